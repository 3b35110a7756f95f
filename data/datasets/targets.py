"""Targets: what an account is to reach in a month, in all or by category."""

from dataclasses import replace

from data.contract import Dataset, Field, Kind
from data.datasets.fields import ACCOUNT, AMOUNT, CATEGORY, number
from data.text import Text

TARGETS = Dataset(
    name="targets",
    title=Text("销售目标", "Sales targets"),
    grain=Text("每客户每品类每月一行", "One row per account, category and month"),
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
    ),
    dated="month",
    quantity="qty",
    amount="amount",
    latest_wins=True,
    typed=True,
)
