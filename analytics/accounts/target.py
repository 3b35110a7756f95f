"""Who reaches the target, and how much is missing?

Actual over target for the month and for the calendar year so far; accounts and months without a target are left
out on both sides, and an account with a target that has reported nothing this month is left out of the month and
counted. The target of a quarter, half-year or year is spread evenly over its months (data/marts/target_month.sql).

Units: money in CNY, attainment as a ratio (1 is 100 %).
Source: `target_month`, `sales_month`; see `target.sql`.
Duty: 9, timely and accurate sales statistics.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Level, OfAccount, Scope
from analytics.charts.theme import Look
from analytics.metrics import ATTAINMENT, SALES
from data.store import Store
from data.text import Text

QUESTION = Text("目标完成了多少，还差多少？", "How much of the target is reached, and what is missing?")
CAPTION = Text(
    "今年以来实际占目标 %，粗条为实际，竖线为目标，圆圈为去年",
    "Year to date as % of target: bar is actual, tick is target, ring is last year",
)
MEANING = Text(
    "实际之和 ÷ 目标之和，不对比率求平均。没有目标的客户和月份、还没有报数的月份，两边都不算，并写明家数。"
    "季度、半年、年度目标平均摊到所管的各月。",
    "Sum of actual over sum of target; ratios are never averaged. Accounts and months without a target and months not "
    "reported count on neither side, and the accounts concerned are counted. The target of a quarter, half-year or "
    "year is spread evenly over its months.",
)
NEEDS = ("targets", "sales")
ENRICHED_BY = ("accounts",)
SHOWN = 10  # bullets that fit a screen; the table has all
BEHIND, NEAR = 0.80, 0.95  # the ranges of the bullet: behind below 80 %, near below 95 %
TOTAL = Text("今年以来完成目标 {share}，差 {gap}", "{share} of the year-to-date target, {gap} missing")
OVER = Text("今年以来完成目标 {share}，超出 {gap}", "{share} of the year-to-date target, {gap} above it")
ONE = Text("今年以来完成目标 {share}，差 {gap}", "{share} of the target this year, {gap} missing")
LEFT_OUT = Text(
    "{n} 家本月还没有数，不计入本月完成率", "{n} accounts have no figures this month and are left out of its rate"
)
TARGET = Text("目标", "Target")


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One account with a target this year."""

    account: str
    name: str
    name_en: str
    owner: str
    month_amount: Decimal | None  # CNY; None: no rows this month
    month_target: Decimal | None  # CNY; None: no target this month
    year_amount: Decimal | None  # CNY, calendar year to the month, months with a target
    year_target: Decimal | None  # CNY, of the months with figures; None: nothing reported this year
    year_before: Decimal | None  # CNY, the same months a year before

    @property
    def attained(self) -> float | None:
        """Year to date over target."""
        return None if self.year_amount is None or not self.year_target else float(self.year_amount / self.year_target)


def ask(store: Store, scope: Scope) -> list[Row]:
    """Largest shortfall first."""
    return store.rows(Path(__file__).with_suffix(".sql"), Row, **scope.params())


def month_rate(rows: Sequence[Row]) -> float | None:
    """The month's attainment over the accounts that have both a target and figures; never a mean of ratios."""
    both = [r for r in rows if r.month_target and r.month_amount is not None]
    target = sum(r.month_target or 0 for r in both)
    return float(sum(r.month_amount or 0 for r in both) / target) if target else None


def year_rate(rows: Sequence[Row]) -> float | None:
    """Year to date: sum of actual over sum of target."""
    target = sum(r.year_target or 0 for r in rows)
    return float(sum(r.year_amount or 0 for r in rows if r.year_target) / target) if target else None


def level(rate: float) -> Level:
    """Weather of an attainment: storm below 80 %, rain below 95 %, change up to 100 %, fair from there."""
    return "storm" if rate < BEHIND else "rain" if rate < NEAR else "change" if rate < 1 else "fair"


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The whole against target, then each account below 95 % by what it lacks."""
    rate = year_rate(rows)
    if rate is None:
        return []
    gap = float(sum((r.year_amount or 0) - r.year_target for r in rows if r.year_target))
    text = (TOTAL if gap < 0 else OVER).fill(share=ATTAINMENT.text(rate), gap=SALES.text(abs(gap)))
    found = [Finding(level(rate), text, max(-gap, 0.0))]
    for r in (r for r in rows if r.attained is not None and r.attained < NEAR):
        lack = float((r.year_target or 0) - (r.year_amount or 0))
        one = ONE.fill(share=ATTAINMENT.text(r.attained), gap=SALES.text(lack))
        found.append(Finding(level(r.attained or 0.0), one, lack, r.account, r.called, r.owner))
    silent = sum(1 for r in rows if r.month_target and r.month_amount is None)
    return found + ([Finding("change", LEFT_OUT.fill(n=silent))] if silent else [])


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Bullets of the accounts furthest behind: bar is actual, tick is target, ring is last year."""
    items = [
        (
            r.called,
            (r.attained or 0.0) * 100,
            float(r.year_before / r.year_target) * 100 if r.year_before is not None and r.year_target else None,
            SALES.show(r.year_amount, look.lang),
        )
        for r in [r for r in rows if r.attained is not None][:SHOWN]
    ]
    return charts.bullets(items, look, TARGET)
