"""Agreements: what an account is to buy or sell in a period to earn a rebate, and how it is reckoned."""

from data.contract import Dataset, Kind
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, CATEGORY, SKU, day, flag, number, optional, text
from data.text import Text

AGREEMENTS = Dataset(
    name="agreements",
    title=Text("返利协议", "Rebate agreements"),
    grain=Text("每协议一行", "One row per agreement"),
    key=("agreement",),
    fields=(
        text(
            "agreement",
            "协议编号",
            "Agreement",
            need=True,
            also=("合同编号", "合同号", "返利编号", "返利政策编号", "knuma", "contractno"),
            example="FL2026A01",
        ),
        text(
            "title", "协议名称", "Agreement title", also=("合同名称", "政策名称", "返利名称"), example="2026 年度返利"
        ),
        ACCOUNT,
        ACCOUNT_NAME,
        day(
            "starts_on",
            "开始日期",
            "Starts on",
            also=("生效日期", "起始日期", "startdate", "datab"),
            example="2026-01-01",
        ),
        day(
            "ends_on",
            "结束日期",
            "Ends on",
            also=("失效日期", "截止日期", "到期日期", "enddate", "datbi"),
            example="2026-12-31",
        ),
        CATEGORY,
        optional(SKU),
        text(
            "excluded",
            "不计返利产品",
            "Excluded SKUs",
            also=("除外产品", "排除产品", "不参与产品", "exclusions"),
            example="XQB70-L1;XQB60-L2",
            about=Text("产品编码，用分号隔开", "SKUs, separated by semicolons"),
        ),
        flag(
            "by_sell_out",
            "按终端销售计",
            "Earned on sell-out",
            also=("按实销计", "按零售计"),
            example="否",
            about=Text(
                "是：按客户卖出计；否：按我方发货计", "yes: on what the account sells; no: on what we ship to it"
            ),
        ),
        flag(
            "by_qty",
            "按台数计",
            "Earned on pieces",
            also=("按数量计", "按销量计"),
            example="否",
            about=Text("是：基数是台数；否：基数是金额", "yes: the basis is pieces; no: it is money"),
        ),
        flag(
            "retroactive",
            "达档全额返",
            "Retroactive",
            also=("全额返利", "追溯", "全额累进", "retroactive"),
            example="是",
            about=Text(
                "是：达到档位后全部基数按该档返；否：只返超出部分",
                "yes: a tier pays on the whole basis; no: only on what lies above it",
            ),
        ),
        flag(
            "without_promotions", "不含促销销量", "Promoted sales excluded", also=("特价不计", "促销除外"), example="否"
        ),
        number(
            "forecast",
            Kind.MONEY,
            "预计全年基数",
            "Expected basis of the period",
            "CNY or pcs",
            also=("预计销售额", "计划销售额", "年度任务"),
            check="forecast >= 0",
            example="42000000",
            about=Text("按月计提时用它推算落在哪一档", "accruals reckon with the tier that it reaches"),
        ),
    ),
    dated="starts_on",
    latest_wins=True,
    typed=True,
)
