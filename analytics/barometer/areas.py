"""Where is the weather bad: in which regions, in which categories?

The barometer's own arithmetic on the sales of each region and of each category, growth and breadth against their own
past. Stock, shipments and the pulse are left out here, so that all areas are measured alike.

Units: index in points (0-100, 50 normal); money in CNY over three months.
Source: `growth`, categories from `areas.sql`, regions from `weather.sql`; docs/methods.md, docs/decisions/0005.
Duty: 9, timely and accurate sales statistics.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Level, Scope
from analytics.barometer import growth, index, weather
from analytics.charts.theme import WORDS, Look, band
from analytics.metrics import GROWTH, INDEX
from data.store import Store
from data.text import Text, same

QUESTION = Text("哪些区域、哪些品类天气不好？", "Which regions and categories stand in bad weather?")
CAPTION = Text(
    "各区域、各品类的晴雨指数比常态 50 高或低，分", "Index of regions and categories above or below 50, points"
)
MEANING = Text(
    "用总指数的算法，只算各区域、各品类自己的销售同比和上升面，对照它自身的历史；库存、发货和景气不在内，所以彼此可比。"
    "品类取近 12 个月销售额最大的 12 个。",
    "The barometer's arithmetic on each area's own sales growth and breadth against its own past; stock, shipments and "
    "climate are left out, so that areas compare. Of the categories the twelve with most sales in twelve months.",
)
NEEDS = ("sales",)
ENRICHED_BY = ("accounts", "products")
BUILDS_ON = (growth, weather)
KINDS = {"region": Text("区域", "Region"), "category": Text("品类", "Category")}
WORST = Text(
    "{kind}“{area}”天气最差：{word} {score} 分，近三个月同比 {change}",
    "{kind} “{area}” has the worst weather: {word}, {score}; {change} on last year over three months",
)
UNIT = Text("比常态 50 高或低，分", "Above or below the normal 50, points")


@dataclass(frozen=True, slots=True)
class Category:
    """A category that sells, as `areas.sql` gives it."""

    category: str
    amount: float


@dataclass(frozen=True, slots=True)
class Row:
    """One region or category in the scope's month; no index before it has half a year to compare."""

    kind: str  # "region" or "category"
    area: str
    index: float | None
    previous: float | None  # last month's
    current: float  # CNY, three months
    before: float  # CNY, the same three months a year ago

    @property
    def level(self) -> Level | None:
        """The weather band."""
        return None if self.index is None else band(self.index)


def ask(store: Store, scope: Scope) -> list[Row]:
    """Regions, then categories, in each the worst first."""
    compared = growth.counted(growth.ask(store, scope))
    if not compared:
        return []
    called = store.rows(Path(weather.__file__).with_suffix(".sql"), weather.Called, **scope.params())
    region = {c.account: c.region for c in called}
    rows = [
        _row("region", name, [r for r in compared if region.get(r.account) == name], scope)
        for name in sorted({name for name in region.values() if name})
    ]
    for found in store.rows(Path(__file__).with_suffix(".sql"), Category, **scope.params()):
        within = replace(scope, categories=(found.category,))
        rows.append(_row("category", found.category, growth.counted(growth.ask(store, within)), scope))
    return sorted((r for r in rows if r is not None), key=_badness)


def _badness(row: Row) -> tuple:
    return row.kind != "region", row.index is None, row.index or 0.0, row.area


def _row(kind: str, area: str, rows: Iterable[growth.Row], scope: Scope) -> Row | None:
    """One area; None where nothing of it can be compared this month."""
    known = list(rows)
    now = growth.at(known, scope.month)
    if not now:
        return None
    found = index.reading(index.of(index.Sources(known, [], [], [])), scope.month)
    levels = (None, None) if found is None else (found.index, found.previous)
    return Row(kind, area, *levels, sum(r.current for r in now), sum(r.before for r in now))


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The worst region and the worst category."""
    found = []
    for kind, name in KINDS.items():
        worst = next((r for r in rows if r.kind == kind and r.index is not None), None)
        if worst is not None and worst.level is not None:
            word = WORDS[worst.level]
            change = GROWTH.text(worst.current / worst.before - 1)
            lower = Text(word.zh, word.en.lower())
            text = WORST.fill(kind=name, area=worst.area, word=lower, score=INDEX.text(worst.index), change=change)
            found.append(Finding(worst.level, text))
    return found


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Regions, then categories, as deviations from the normal 50."""
    items = [(same(r.area), r.index - 50) for r in rows if r.index is not None]
    return charts.deviations(items, look, unit=UNIT, digits=0)
