"""Payments: what an account was already given, and for which agreement, promotion or contest."""

from dataclasses import replace

from data.contract import Dataset
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, AMOUNT, day, text
from data.text import Text

FORMS = (
    Text("货款折让", "Off the invoice"),
    Text("银行转账", "Bank transfer"),
    Text("实物", "Goods"),
)

PAYMENTS = Dataset(
    name="payments",
    title=Text("返利与费用兑付", "Payments to accounts"),
    grain=Text("每笔兑付一行", "One row per payment"),
    key=("payment",),
    fields=(
        text(
            "payment",
            "兑付单号",
            "Payment number",
            need=True,
            also=("付款单号", "核销单号", "单据编号", "单据号", "单号", "fbillno", "belnr", "paymentno"),
            example="DF000045",
        ),
        ACCOUNT,
        ACCOUNT_NAME,
        day(
            "paid_on",
            "兑付日期",
            "Paid on",
            also=("付款日期", "核销日期", "单据日期", "日期", "budat", "fdate", "ddate", "paymentdate"),
            example="2026-04-20",
        ),
        replace(
            AMOUNT,
            label=Text("兑付金额", "Amount paid"),
            also=("金额", "付款金额", "返利金额", "核销金额", "famount", "wrbtr"),
            example="126000.00",
        ),
        text("agreement", "协议编号", "Agreement", also=("合同编号", "返利编号"), example="FL2026A01"),
        text("promotion", "促销编号", "Promotion code", also=("活动编号", "促销单号"), example=""),
        text("contest", "竞赛编号", "Contest", also=("比赛编号",), example=""),
        text("form", "兑付形式", "Form", also=("兑付方式", "付款方式", "结算方式"), example="货款折让", usual=FORMS),
    ),
    dated="paid_on",
    happened=True,
    amount="amount",
)
