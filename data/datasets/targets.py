"""Targets: what an account is to reach in a month or in several, in all or by category."""

from dataclasses import replace

from data.contract import Choice, Dataset, Field, Kind
from data.datasets.fields import ACCOUNT, AMOUNT, CATEGORY, number
from data.text import Text

ONE_MONTH = Choice("month", Text("当月", "month"))
CALENDAR = {  # by length in months: the calendar period that the row's month lies in
    3: Choice("quarter", Text("所在季度", "quarter")),
    6: Choice("half-year", Text("所在半年", "half-year")),
    12: Choice("year", Text("所在年度", "year")),
}
ONWARD = {
    n: Choice(f"{n} months", Text(f"从当月起 {n} 个月", f"{n} months")) for n in CALENDAR
}  # the row's month is first
COVERS = Field(
    "covers",
    Kind.TEXT,
    Text("目标周期", "Period covered"),
    also=("考核周期", "指标周期", "周期", "periodcovered", "targetperiod"),
    required=False,
    example=ONE_MONTH.value,
    about=Text(
        "这一行的目标管多久：所在的季度、半年、年度，或从当月起几个月；空着就是当月",
        "how long the target of the row is for: the quarter, half-year or year that its month lies in, or several "
        "months from it on; empty is the month alone",
    ),
    choices=(ONE_MONTH, *CALENDAR.values(), *ONWARD.values()),
    closed=True,
)

TARGETS = Dataset(
    name="targets",
    title=Text("销售目标", "Sales targets"),
    grain=Text(
        "每客户每品类每月（或季度、半年、年度）一行",
        "One row per account, category and month (or quarter, half-year, year)",
    ),
    key=("account", "category", "month"),
    fields=(
        ACCOUNT,
        CATEGORY,
        Field(
            "month", Kind.MONTH, Text("月份", "Month"), also=("目标月份", "期间", "年月", "period"), example="2026-06"
        ),
        replace(
            AMOUNT,
            label=Text("目标金额", "Target amount"),
            also=("目标", "销售目标", "指标", "任务", "target", "quota", "targetamount", "salesamountquota"),
            required=False,
        ),
        number(
            "qty", Kind.QUANTITY, "目标数量", "Target quantity", "pcs", also=("目标销量", "targetqty"), example="120"
        ),
        COVERS,
    ),
    dated="month",
    quantity="qty",
    amount="amount",
    latest_wins=True,
    typed=True,
)
