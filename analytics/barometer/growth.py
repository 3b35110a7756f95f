"""How do sales compare with a year ago, account by account?

The three months that end with a month against the same three a year before, like for like: only what both sides have
is compared, so that a late reporter or a new account moves nothing. The barometer, its breadth and the weather map
stand on it.

Units: CNY.
Source: `sales_month` (and `sales` for the days of an open month); see `growth.sql`. docs/methods.md.
Duty: 9, timely and accurate sales statistics.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Level, OfAccount, Scope
from analytics.charts.theme import Look
from analytics.metrics import GROWTH, SALES
from data.store import Store
from data.text import Text

QUESTION = Text("各客户近三个月比去年同期如何？", "How do the accounts' last three months compare with a year ago?")
CAPTION = Text("各客户近三个月同比，%", "Change on last year over three months by account, %")
MEANING = Text(
    "近三个月销售额与去年同三个月相比，只比两边都有的：终端销售按月配对，缺报的月份两边都不算；发货按客户配对。"
    "未结束的月份只比到同一天。春节在一月、二月之间移动，所以一二月合在一起比：二月齐了才算进去，"
    "此前看十月到十二月；四月连同一月起一共比四个月。",
    "Three months against the same three a year before, only what both sides have: sell-out is matched month by "
    "month, so that a month not reported counts on neither side; sell-in is matched by account. An open month is "
    "compared up to the same day. Spring Festival moves between January and February, so the two are compared "
    "together: until February is complete, October to December stand; April is compared from January on.",
)
NEEDS = ("sales",)
LEVELS: dict[int, Level] = {1: "fair", 0: "change", -1: "rain"}
FLAT = 0.03  # within ±3 % an account counts as flat: less than that is within what reporting days alone can move
TOTAL = Text(
    "近三个月同比 {change}：{n} 家可比客户，本期 {now}，去年同期 {then}",
    "{change} on last year over three months: {n} comparable accounts, {now} now, {then} then",
)


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One account × month: what it sold in the three months to that month, and a year before."""

    account: str
    name: str
    name_en: str
    month: date
    current: float  # CNY
    before: float  # CNY, above zero
    reported: bool = True  # whether the month itself is in it; a late reporter is compared by the months before

    @property
    def change(self) -> float:
        """Relative change; −0.05 is five percent less."""
        return self.current / self.before - 1


def lean(change: float) -> int:
    """+1 rising, −1 falling, 0 flat; the edges of ±3 % are flat, whatever the last binary digit of a division."""
    return 0 if abs(change) <= FLAT + 1e-12 else 1 if change > 0 else -1


def ask(store: Store, scope: Scope) -> list[Row]:
    """Every account × month that can be compared, oldest month first; empty when a year ago is not in the data."""
    return store.rows(Path(__file__).with_suffix(".sql"), Row, **scope.params())


def at(rows: Sequence[Row], month: date) -> list[Row]:
    """The rows of one month."""
    return [row for row in rows if row.month == month]


def counted(rows: Sequence[Row]) -> list[Row]:
    """Those that have reported the month itself: who has not is named elsewhere, and neither rises nor falls."""
    return [row for row in rows if row.reported]


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """One line: the like-for-like change of all comparable accounts together."""
    now = at(counted(rows), scope.month)
    if not now:
        return []
    current, before = sum(r.current for r in now), sum(r.before for r in now)
    change = current / before - 1
    return [
        Finding(
            LEVELS[lean(change)],
            TOTAL.fill(change=GROWTH.text(change), n=len(now), now=SALES.text(current), then=SALES.text(before)),
            abs(current - before),
        )
    ]


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Relative change by account in the latest month, worst at the top."""
    latest = max((r.month for r in rows), default=None)
    worst = sorted((r for r in rows if r.month == latest), key=lambda r: (r.change, r.account))[:12]
    return charts.deviations(
        [(r.called, r.change * 100) for r in worst], look, unit=Text("同比，%", "Change on last year, %")
    )
