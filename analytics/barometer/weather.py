"""Which accounts stand in the rain?

Each account's index by the barometer's own arithmetic: its sales on last year and its stock on last year, measured
against what all accounts in the scope have shown so far (median and MAD), so that tiles can be compared with each
other.

Units: index in points (0-100, 50 normal); money in CNY over three months.
Source: `growth`, `cover`, names from `weather.sql`; docs/methods.md, docs/decisions/0005.
Duty: 9, timely and accurate sales statistics.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Level, OfAccount, Scope, months_back
from analytics.barometer import cover, growth
from analytics.charts.theme import Look, band
from analytics.metrics import GROWTH, SALES
from analytics.stats.index import LEAST, combine, deviation, spread
from data.store import Store
from data.text import Text

QUESTION = Text("哪些客户在下雨？", "Which accounts stand in the rain?")
CAPTION = Text("每格一家客户，数字是晴雨指数，从差到好排", "One tile per account with its index, worst first")
MEANING = Text(
    "每家客户的指数与总指数算法相同：近三个月同比和库存同比，对照全部客户至今的分布（中位数与 MAD）。"
    "没有可比数的客户没有指数，排在最后。",
    "An account's index uses the barometer's own arithmetic: its sales and its cover on last year against the spread "
    "of all accounts so far (median and MAD). An account with nothing to compare has no index and stands last.",
)
NEEDS = ("sales",)
ENRICHED_BY = ("accounts", "stock")
BUILDS_ON = (growth, cover)
LESS = Text("近三个月比去年同期少 {gap}（{change}）", "{gap} below last year over three months ({change})")
MORE = Text("近三个月比去年同期多 {gap}（{change}）", "{gap} above last year over three months ({change})")
FINE = Text("{n} 家可比客户都不在雨中", "None of the {n} comparable accounts stands in the rain")
MAP = Text("客户天气图", "Account weather map")
MAPPED = 120  # tiles: two screens on a phone; who has more accounts sees the largest, and all of them in the table
LARGEST = Text(
    "{all} 家中销售额最大的 {n} 家，数字是晴雨指数，从差到好排", "The {n} largest of {all} accounts, worst first"
)
UNIT = Text("晴雨指数比常态 50 高或低，分", "Index above or below the normal 50, points")


@dataclass(frozen=True, slots=True)
class Called:
    """An account as people call it, as `weather.sql` gives it."""

    account: str
    name: str
    name_en: str
    region: str
    owner: str


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One account: its weather now and a month ago, and the money behind it."""

    account: str
    name: str
    name_en: str
    region: str
    owner: str
    index: float | None  # None: nothing to compare with a year ago, or not reported
    previous: float | None
    current: float | None  # CNY, three months
    before: float | None  # CNY, the same three months a year ago

    @property
    def level(self) -> Level | None:
        """The weather band."""
        return None if self.index is None else band(self.index)


def ask(store: Store, scope: Scope) -> list[Row]:
    """Every account that has ever been compared, worst first; those without an index this month come last."""
    sales = growth.ask(store, scope)
    stock = _pressure(cover.ask(store, scope)) if scope.flow == "sell_out" else {}
    now = _indices(sales, stock, scope.month)
    then = _indices(sales, stock, months_back(scope.month, 1))
    money = {r.account: r for r in growth.at(sales, scope.month) if r.reported}
    known = {r.account for r in sales}
    rows = [
        Row(
            c.account, c.name, c.name_en, c.region, c.owner,
            now.get(c.account), then.get(c.account),
            money[c.account].current if c.account in money else None,
            money[c.account].before if c.account in money else None,
        )
        for c in store.rows(Path(__file__).with_suffix(".sql"), Called, **scope.params())
        if c.account in known
    ]  # fmt: skip
    return sorted(rows, key=lambda r: (r.index is None, r.index or 0.0, r.account))


def mapped(rows: Sequence[Row]) -> list[Row]:
    """The accounts that the map has room for: those with most sales in either year, in the order of `rows`."""
    by_size = sorted(rows, key=lambda r: (-max(r.current or 0.0, r.before or 0.0), r.account))
    shown = {r.account for r in by_size[:MAPPED]}
    return [r for r in rows if r.account in shown]


def map_caption(rows: Sequence[Row]) -> Text:
    """What the map shows; of whom, where it has no room for all."""
    return CAPTION if len(rows) <= MAPPED else LARGEST.fill(n=MAPPED, all=len(rows))


def _pressure(rows: Sequence[cover.Row]) -> dict[tuple[str, date], float]:
    """Each account's cover on last year, as the index counts it."""
    days: dict[str, dict[date, float]] = {}
    for row in rows:
        days.setdefault(row.account, {})[row.month] = row.days
    return {(account, month): v for account, own in days.items() for month, v in cover.pressure(own).items()}


def _indices(sales: Sequence[growth.Row], stock: dict[tuple[str, date], float], month: date) -> dict[str, float]:
    """The index of every account that has reported `month` and can be compared."""
    grown = _scores({(r.account, r.month): r.change for r in sales if r.reported}, month)
    stocked = _scores(stock, month)
    accounts = sorted(grown)
    z = np.array([[grown[a] for a in accounts], [stocked.get(a, np.nan) for a in accounts]])
    return dict(zip(accounts, combine(z).index.tolist(), strict=True)) if accounts else {}


def _scores(values: dict[tuple[str, date], float], month: date) -> dict[str, float]:
    """z of each account's value in `month` against all accounts' values up to it; none before there are enough."""
    known = np.array([v for (_, m), v in values.items() if m <= month])
    if known.size < LEAST:
        return {}
    centre, scale = float(np.median(known)), spread(known)
    return {account: deviation(v, centre, scale) for (account, m), v in values.items() if m == month}


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """Accounts in storm or rain by the money they lack against last year; one reassuring line when there are none."""
    compared = [r for r in rows if r.index is not None]
    wet = [r for r in compared if r.level in ("storm", "rain")]
    found = [_finding(r) for r in wet]
    if compared and not found:
        return [Finding("fair", FINE.fill(n=len(compared)))]
    return sorted(found, key=lambda f: (-f.weight, f.account))


def _finding(row: Row) -> Finding:
    current, before = row.current or 0.0, row.before or 0.0
    sentence = LESS if current < before else MORE
    change = GROWTH.text(current / before - 1 if before else None)
    text = sentence.fill(gap=SALES.text(abs(current - before)), change=change)
    assert row.level is not None
    return Finding(row.level, text, max(before - current, 0.0), row.account, row.called, row.owner)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The twelve worst accounts as deviations from the normal 50."""
    worst = [r for r in rows if r.index is not None][:12]
    return charts.deviations([(r.called, (r.index or 0.0) - 50) for r in worst], look, unit=UNIT, digits=0)
