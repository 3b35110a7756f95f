"""How long does the stock at our accounts last?

Stock at month end over mean daily sell-out of the last three months (a month of 30 days); the total is a ratio of sums
over the accounts that have both. An account without a count or without sell-out in the month has no cover.

Units: stock in pieces (pcs), cover in days.
Source: `stock_month`, `sales_month`; see `cover.sql`.
Duty: 9, timely and accurate sales statistics; it also feeds duty 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope, months_back
from analytics.charts.theme import Look
from analytics.metrics import COVER
from data.store import Store
from data.text import Text

QUESTION = Text("客户手里的货够卖多少天？", "How long does the stock at our accounts last?")
CAPTION = Text("库存可销天数比去年同期多或少，天", "Days of cover above or below a year ago")
MEANING = Text(
    "客户月末库存 ÷ 近三个月日均终端销量（每月按 30 天），合计为各家之和相除；没有盘点或本月没有报数的客户不算。",
    "Stock at month end over mean daily sell-out of three months (a month of 30 days), sums over sums; an account "
    "without a count, or without figures this month, has none.",
)
NEEDS = ("stock", "sell_out")
MONTH_DAYS = 30  # days in a month of cover, so that months of different length compare
SHOWN = 6  # accounts drawn: the largest differences; the table has all
BOTH = Text("客户库存够卖 {days}，去年同期 {before}", "Stock at accounts lasts {days}, a year ago {before}")
NOW = Text("客户库存够卖 {days}", "Stock at accounts lasts {days}")


@dataclass(frozen=True, slots=True)
class Row:
    """One account × month with both a count and sell-out."""

    account: str
    name: str
    name_en: str
    month: date
    on_hand: float  # pcs
    monthly: float  # pcs a month, above zero

    @property
    def days(self) -> float:
        """Days of cover."""
        return self.on_hand / self.monthly * MONTH_DAYS


def ask(store: Store, scope: Scope) -> list[Row]:
    """Oldest month first."""
    return store.rows(Path(__file__).with_suffix(".sql"), Row, **scope.params())


def total(rows: Sequence[Row]) -> dict[date, float]:
    """Days of cover of all accounts together, by month: sum of stock over sum of pace."""
    stock: dict[date, float] = {}
    pace: dict[date, float] = {}
    for row in rows:
        stock[row.month] = stock.get(row.month, 0.0) + row.on_hand
        pace[row.month] = pace.get(row.month, 0.0) + row.monthly
    return {month: stock[month] / pace[month] * MONTH_DAYS for month in stock}


def pressure(days: dict[date, float]) -> dict[date, float]:
    """Minus the log of cover over cover a year before: more stock than then is bad weather for what we ship next."""
    before = {month: days[months_back(month, 12)] for month in days if months_back(month, 12) in days}
    return {month: -log(days[month] / then) for month, then in before.items()}


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The total against a year ago."""
    days = total(rows)
    if scope.month not in days:
        return []
    now, before = days[scope.month], days.get(months_back(scope.month, 12))
    if before is None:
        return [Finding("change", NOW.fill(days=COVER.text(now)))]
    return [Finding("change", BOTH.fill(days=COVER.text(now), before=COVER.text(before)))]


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Days above or below a year ago, by account, of the latest month; the largest differences first."""
    latest = max((r.month for r in rows), default=None)
    days = {(r.account, r.month): r.days for r in rows}
    before = {} if latest is None else {a: d for (a, m), d in days.items() if m == months_back(latest, 12)}
    gaps = [(r, r.days - before[r.account]) for r in rows if r.month == latest and r.account in before]
    largest = sorted(gaps, key=lambda g: (-abs(g[1]), g[0].account))[:SHOWN]
    items = [(Text(r.name, r.name_en), gap) for r, gap in largest]
    return charts.deviations(items, look, unit=CAPTION, digits=0, judged=False)
