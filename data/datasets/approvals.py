"""Approved shipments: what was decided to send to whom by when, kept to be held against what happened."""

from dataclasses import replace

from data.contract import Dataset, Kind, Rule
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, QTY, SKU, SKU_NAME, day, number, text
from data.datasets.headers import HEADERS
from data.text import Text

APPROVALS = Dataset(
    name="approvals",
    title=Text("发货决定", "Approved shipments"),
    grain=Text("每次决定每客户每产品一行", "One row per decision, account and product"),
    key=("decision", "account", "sku"),
    fields=(
        text(
            "decision",
            "决定编号",
            "Decision",
            need=True,
            also=("批准编号", "审批单号", "发货计划号", "approvalno", "decisionid"),
            example="FH-2026-06-30-1",
        ),
        day("decided_on", "决定日期", "Decided on", also=("批准日期", "审批日期", "approvedon"), example="2026-06-30"),
        ACCOUNT,
        ACCOUNT_NAME,
        SKU,
        SKU_NAME,
        replace(
            QTY,
            label=Text("批准数量", "Approved quantity"),
            also=("批准发货数量", "计划发货数量", "数量", "approvedqty", "qty", "quantity"),
            check="qty > 0 AND qty < 1e12",
            example="60",
        ),
        day(
            "dispatch_by",
            "最晚发货日期",
            "Dispatch by",
            need=False,
            also=("最晚发货", "计划发货日期", "shipby"),
            example="2026-07-08",
        ),
        day(
            "arrive_by",
            "最晚到货日期",
            "Arrive by",
            need=False,
            also=("最晚到货", "计划到货日期", "deliverby"),
            example="2026-07-10",
            about=Text("没有它就判断不了是否按时", "Without it nobody can say whether it was in time"),
        ),
        text("warehouse", "发货仓库", "Warehouse", also=HEADERS["warehouse"], example="杭州仓"),
        number(
            "risk",
            Kind.RATE,
            "断货概率",
            "Risk",
            "probability",
            also=("三周内断货概率", "断货风险"),
            check="risk BETWEEN 0 AND 1",
            example="0.72",
            about=Text("决定当时看，三周内断货的概率", "of being out within three weeks, as it was seen when decided"),
        ),
        day(
            "until",
            "要撑到",
            "To last until",
            need=False,
            also=("撑到日期", "覆盖至"),
            example="2026-08-05",
            about=Text("货要够卖到哪一天", "the day that stock should last to"),
        ),
        number(
            "kept",
            Kind.MONEY,
            "预计保住的销售额",
            "Sales kept, expected",
            "CNY",
            also=("保住的销售额", "保住的销额", "saleskept"),
            check="kept >= 0 AND kept < 1e12",
            example="86000.00",
        ),
        text("note", "备注", "Note", also=("说明", "remark", "memo"), example="国庆前备货"),
    ),
    dated="decided_on",
    quantity="qty",
    latest_wins=True,
    typed=True,
    rules=(
        Rule(
            "dispatch_late",
            "dispatch_by",
            "dispatch_by > arrive_by",
            Text("晚于最晚到货日期", "is after the day of arrival"),
            needs=("arrive_by",),
        ),
        Rule(
            "until_early",
            "until",
            "until < arrive_by",
            Text("早于最晚到货日期", "is before the day of arrival"),
            needs=("arrive_by",),
        ),
    ),
)
