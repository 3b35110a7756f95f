"""Visit plan: how often executives and managers are to see an account of each tier."""

from data.contract import Dataset, Kind
from data.datasets.accounts import LEVELS
from data.datasets.fields import flag, number, text
from data.text import Text

VISIT_PLAN = Dataset(
    name="visit_plan",
    title=Text("拜访计划标准", "Visit plan"),
    grain=Text("每客户级别每类拜访人一行", "One row per tier and kind of visitor"),
    key=("tier", "executive"),
    fields=(
        text(
            "tier",
            "客户级别",
            "Tier",
            need=True,
            also=("等级", "客户等级", "客户分级", "tier"),
            example="A",
            usual=LEVELS,
        ),
        flag("executive", "是否高管拜访", "By an executive", need=True, also=("高管拜访", "高管"), example="是"),
        number(
            "visits_a_year",
            Kind.RATE,
            "年拜访次数",
            "Visits a year",
            "visits per account",
            need=True,
            also=("年度次数", "计划次数", "频次"),
            check="visits_a_year >= 0",
            example="6",
        ),
        number(
            "days",
            Kind.RATE,
            "每次占用天数",
            "Days a visit takes",
            "days",
            also=("每次天数", "单次天数"),
            check="days >= 0",
            example="1.5",
        ),
    ),
    latest_wins=True,
    typed=True,
)
