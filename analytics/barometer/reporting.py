"""Are the numbers complete: which accounts have not reported the month yet?

Expected is whoever had sales in at least two of the three months before; who has none in the month is named, with
what it usually sells, because a missing report is not a month without sales.

Units: accounts; money in CNY a month.
Source: `sales_day`; see `reporting.sql`.
Duty: 9, timely and accurate sales statistics.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.charts.theme import Look
from analytics.metrics import SALES
from analytics.numbers import unit_for
from data.store import Store
from data.text import Text

QUESTION = Text("数字齐了吗，谁还没报？", "Are the numbers complete, and who has not reported?")
CAPTION = Text("未报数的客户平常每月的销售额", "What the accounts that have not reported usually sell in a month")
MEANING = Text(
    "前三个月里至少两个月有数的客户，本月应当有数；没有的列在这里。没报数不等于没销售。",
    "An account with figures in at least two of the three months before is expected this month; one without is named "
    "here. Not reported is not the same as not sold.",
)
NEEDS = ("sales",)
COUNT = Text("{total} 家客户中 {have} 家已报数", "{have} of {total} accounts reported")
INVOICED = Text("本月 {have} 家客户有发货", "{have} accounts were shipped to this month")
WAITING = Text("未报 {date} 之后的数；平常每月约 {usual}", "Nothing since {date}; usually about {usual} a month")


@dataclass(frozen=True, slots=True)
class Row:
    """One account that should have figures for the month."""

    account: str
    name: str
    name_en: str
    owner: str
    last_day: date
    reported: bool
    usual: float | None  # CNY a month; None for an account that is new this month

    @property
    def called(self) -> Text:
        """The account's name in both languages."""
        return Text(self.name, self.name_en)


def ask(store: Store, scope: Scope) -> list[Row]:
    """Those that have not reported first, by what they usually sell."""
    return store.rows(Path(__file__).with_suffix(".sql"), Row, **scope.params())


def count(rows: Sequence[Row], scope: Scope) -> Text:
    """The line of the freshness chip. For sell-in a month without an order is normal, so nobody is "late"."""
    have = sum(r.reported for r in rows)
    return (COUNT if scope.flow == "sell_out" else INVOICED).fill(have=have, total=len(rows))


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The count, then one line for each account that has not reported."""
    if not rows:
        return []
    late = [r for r in rows if not r.reported] if scope.flow == "sell_out" else []
    head = Finding("change" if late else "fair", count(rows, scope))
    return [head] + [
        Finding(
            "rain",
            WAITING.fill(date=r.last_day, usual=SALES.text(r.usual)),
            r.usual or 0.0,
            r.account,
            r.called,
            r.owner,
        )
        for r in late
    ]


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """What the missing accounts usually sell in a month, largest first; empty when nobody is missing."""
    late = [r for r in rows if not r.reported][:12]
    unit = unit_for([r.usual or 0.0 for r in late], look.lang)
    word = Text(f"平常每月，{unit.name}", f"Usual month, {unit.name}")
    return charts.amounts([(r.called, (r.usual or 0.0) / unit.size) for r in late], look, word, unit.digits)
