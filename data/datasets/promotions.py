"""Promotions: what was agreed with an account for one product, when, how deep, and who pays."""

from data.contract import Dataset, Kind
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, SKU, SKU_NAME, day, number, text
from data.text import Text

MECHANICS = (
    Text("直降", "Price cut"),
    Text("满减", "Money off above a sum"),
    Text("以旧换新", "Trade-in"),
    Text("赠品", "Gift"),
    Text("套购", "Bundle"),
    Text("联合海报", "Joint poster"),
    Text("陈列", "Display"),
)

PROMOTIONS = Dataset(
    name="promotions",
    title=Text("促销活动", "Promotions"),
    grain=Text("每活动每客户每产品一行", "One row per promotion, account and product"),
    key=("promotion", "account", "sku"),
    fields=(
        text(
            "promotion",
            "促销编号",
            "Promotion code",
            need=True,
            also=("活动编号", "活动编码", "促销单号", "促销编码", "promotionkey", "promotionid", "promocode"),
            example="PR0601",
        ),
        text(
            "title",
            "活动名称",
            "Promotion title",
            also=("促销名称", "活动主题", "promotionname"),
            example="618 以旧换新",
        ),
        ACCOUNT,
        ACCOUNT_NAME,
        SKU,
        SKU_NAME,
        day(
            "starts_on",
            "开始日期",
            "Starts on",
            also=("活动开始", "开始时间", "起始日期", "startdate"),
            example="2026-06-08",
        ),
        day(
            "ends_on", "结束日期", "Ends on", also=("活动结束", "结束时间", "截止日期", "enddate"), example="2026-06-21"
        ),
        text(
            "mechanic",
            "促销方式",
            "Mechanic",
            also=("活动类型", "促销形式", "promotiontype", "mechanism"),
            example="直降",
            usual=MECHANICS,
        ),
        number(
            "depth",
            Kind.RATE,
            "折扣深度",
            "Depth",
            "share of price",
            also=("折扣率", "优惠幅度", "让利比例", "discountpct", "discount"),
            check="depth BETWEEN 0 AND 1",
            example="0.12",
        ),
        number(
            "fixed_cost",
            Kind.MONEY,
            "固定费用",
            "Fixed cost",
            "CNY",
            also=("活动费用", "费用金额", "堆头费", "陈列费", "fixedcost"),
            check="fixed_cost >= 0",
            example="18000.00",
        ),
        number(
            "our_share",
            Kind.RATE,
            "我方承担比例",
            "Our share of the discount",
            "share",
            also=("厂家承担比例", "费用承担比例", "承担比例", "fundingshare"),
            check="our_share BETWEEN 0 AND 1",
            example="0.6",
            about=Text("折扣由我方出几成", "how much of the discount we pay"),
        ),
        number(
            "account_margin",
            Kind.MONEY,
            "客户单台毛利",
            "Account's unit margin",
            "CNY/pc",
            also=("客户毛利", "零售毛利", "accountmargin"),
            example="410.00",
        ),
        number(
            "expected_uplift",
            Kind.RATE,
            "预计增幅",
            "Expected uplift",
            "share of baseline",
            also=("预计提升", "预期增量比例", "expecteduplift"),
            check="expected_uplift > -1",
            example="0.5",
        ),
    ),
    dated="starts_on",
    latest_wins=True,
    typed=True,
)
