"""How do the accounts see the months ahead?

Every month's three answers of the pulse as one climate: the mean of the sales outlook, the orders planned and, turned
round, the stock in hand, as the European Commission's confidence indicators are made. Told like a PMI: the share that
sees it up plus half of those that see no change, 50 is neutral. Fewer than five answers are not shown.

Units: shares (0-1), accounts.
Source: `pulse`; Joint Harmonised EU Programme of Business and Consumer Surveys (user guide); the interval is the
adjusted Wald one with three answers added (Rocks 2016), because with few answers the plain one is far too narrow.
Duty: 9, timely and accurate sales statistics.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import sqrt
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope, months_back
from analytics.charts.theme import Look
from analytics.numbers import plain
from analytics.stats.student import NORMAL
from data.store import Store
from data.text import Text

QUESTION = Text("客户怎么看接下来几个月？", "How do the accounts see the months ahead?")
CAPTION = Text(
    "客户景气，0 到 100，50 为中性；浅带是综合的 80% 区间",
    "Climate of 0 to 100, 50 is neutral; the band is its 80% interval",
)
MEANING = Text(
    "每月三问：销售预期、下单意愿、库存感受（偏多算坏）。综合是三者的平均，"
    "看好的占比加一半持平的占比，与 PMI 读法相同。"
    "只算三问都答的客户；不足 5 家不显示。区间为修正 Wald 80%。",
    "Three questions a month: sales outlook, orders planned, stock in hand (too much counts as bad). The climate is "
    "the mean of the three, the share that sees it up plus half of the unchanged, read like a PMI. Only accounts that "
    "answered all three; fewer than five are not shown. Adjusted Wald interval, 80%.",
)
NEEDS = ("pulse",)
ENRICHED_BY = ("accounts", "sell_out", "sell_in")  # which say in what region an account is
LEAST = 5  # answers: fewer could be told apart, and say little
SHOWN = 24  # months drawn
Z = NORMAL.inv_cdf(0.9)  # of an 80 % interval
ADDED = 3  # answers, one in four of them up and one in four down: see Source
NOW = Text(
    "客户景气 {now}（{n} 家，80% 区间 {low} 到 {high}）：销售预期 {outlook}，下单意愿 {orders}",
    "Climate {now} ({n} accounts, 80% interval {low} to {high}): sales outlook {outlook}, orders planned {orders}",
)
FEW = Text(
    "本月只有 {n} 家答全三问，不足 5 家不显示", "Only {n} accounts answered all three this month; five are needed"
)
NOBODY = Text("本月还没有客户回答", "No account has answered this month")
LINES = (Text("综合", "Climate"), Text("销售<br>预期", "Sales<br>outlook"), Text("下单<br>意愿", "Orders<br>planned"))


@dataclass(frozen=True, slots=True)
class Answer:
    """One account's answers of a month, each −1, 0 or 1."""

    account: str
    month: date
    outlook: float
    order_plan: float
    stock_view: float

    @property
    def score(self) -> float:
        """Of all three, −1 to 1."""
        return (self.outlook + self.order_plan - self.stock_view) / 3


@dataclass(frozen=True, slots=True)
class Row:
    """The climate of one month as shares of 0-1; None with fewer than five answers."""

    month: date
    answers: int  # accounts
    climate: float | None
    low: float | None  # of the 80 % interval
    high: float | None
    outlook: float | None
    orders: float | None
    stock: float | None  # share that holds too much, half of those content counted


def answered(store: Store, scope: Scope) -> list[Answer]:
    """The accounts' answers, oldest first."""
    params = {name: value for name, value in scope.params().items() if name in ("as_of", "accounts", "regions")}
    return store.rows(Path(__file__).with_suffix(".sql"), Answer, **params)


def ask(store: Store, scope: Scope) -> list[Row]:
    """One row a month with any answer, oldest first."""
    return [_row(month, list(group)) for month, group in groupby(answered(store, scope), key=lambda a: a.month)]


def _row(month: date, answers: Sequence[Answer]) -> Row:
    n = len(answers)
    if n < LEAST:
        return Row(month, n, None, None, None, None, None, None)
    means = (sum(getattr(a, name) for a in answers) / n for name in ("outlook", "order_plan", "stock_view"))
    scores = [a.score for a in answers]
    return Row(month, n, _share(sum(scores) / n), *interval(scores), *map(_share, means))


def _share(balance: float) -> float:
    """A balance of −1 to 1 as share up plus half of the unchanged."""
    return (balance + 1) / 2


def interval(scores: Sequence[float]) -> tuple[float, float]:
    """Adjusted Wald 80 % interval of the mean of scores of −1 to 1, as shares."""
    n = len(scores) + ADDED
    centre = sum(scores) / n
    spread = (sum(s * s for s in scores) + ADDED / 2) / n - centre**2
    half = Z * sqrt(spread / n)
    return max(0.0, _share(centre - half)), min(1.0, _share(centre + half))


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The climate of the month, or why there is none."""
    if not rows:
        return []
    now = next((r for r in rows if r.month == scope.month), None)
    if now is None or now.climate is None:
        return [Finding("change", NOBODY if now is None else FEW.fill(n=now.answers))]
    shown = {name: _points(getattr(now, name)) for name in ("low", "high", "outlook", "orders")}
    level = "fair" if (now.low or 0) > 0.5 else "rain" if (now.high or 0) < 0.5 else "change"
    return [Finding(level, NOW.fill(now=_points(now.climate), n=now.answers, **shown))]


def _points(share: float | None) -> str:
    return plain(None if share is None else 100 * share)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Climate, outlook and orders month by month about the neutral 50, with the climate's interval."""
    by_month = {r.month: r for r in rows if r.climate is not None}
    if not by_month:
        return charts.shares([], [], [], look)
    first, last = max(min(by_month), months_back(max(by_month), SHOWN - 1)), max(by_month)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = [months_back(first, -n) for n in range(count)]
    shown = [by_month.get(m) for m in months]
    views = ([r and r.climate for r in shown], [r and r.outlook for r in shown], [r and r.orders for r in shown])
    bands = [r and (r.low or 0.0, r.high or 0.0) for r in shown]
    return charts.shares([f"{m:%Y-%m}" for m in months], list(zip(LINES, views, strict=True)), bands, look)
