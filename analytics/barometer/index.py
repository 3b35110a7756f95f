"""What is the weather: how do sales, their breadth, stock and shipments stand against their own history?

Each component is a robust deviation (median and MAD of its own past, clipped at ±3); weighted equally and added, the
parts' contributions sum exactly to the index, so "why it fell" has one answer. A component without data is left out
and named.

Units: index and contributions in points (0-100, 50 normal).
Source: `growth` (sales and breadth; of sell-in: shipments), `cover`, `index.sql`; docs/methods.md, docs/decisions/0005.
Duty: 9, timely and accurate sales statistics.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate, groupby, pairwise
from pathlib import Path

import numpy as np
import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Level, Scope, months_back
from analytics.barometer import climate, cover, growth
from analytics.charts.theme import WORDS, Look, band
from analytics.metrics import INDEX
from analytics.numbers import plain, signed
from analytics.stats.index import combine, robust_z
from data.store import Store
from data.text import Text

QUESTION = Text("现在是什么天气，为什么变了？", "What is the weather, and why did it change?")
CAPTION = Text("晴雨指数变化，分，本月对上月", "Index change in points, this month against last")
MEANING = Text(
    "指数 = 50 + 各分项贡献。每个分项是它对自身历史中位数的稳健偏离（中位数与 MAD，封顶 ±3），等权相加，"
    "贡献之和恰好等于指数。没有数据的分项不计分并单独列出，不会当成 0。",
    "Index = 50 + the parts' contributions. Each part is its robust deviation from its own past (median and MAD, "
    "clipped at ±3), equally weighted, so that contributions sum exactly to the index. A part without data is left "
    "out and named, never scored as 0.",
)
NEEDS = ("sales",)
ENRICHED_BY = ("stock", "pulse")
BUILDS_ON = (growth, cover, climate)
TENTHS = 10**INDEX.decimals  # of a point: how finely the index, its move and what made it are told, so that they agree
COMPONENTS: dict[str, Text] = {
    "growth": Text("销售同比", "Sales on last year"),
    "breadth": Text("上升面", "Breadth"),
    "cover": Text("客户库存", "Stock at accounts"),
    "orders": Text("发货进度", "Shipments in"),
    "climate": Text("客户景气", "Accounts' climate"),
}
UNLOCKS = {
    "cover": ("stock", "sell_out"),
    "orders": ("sell_in", "sell_out"),
    "climate": ("pulse",),
}  # what a missing component would need
SAME = Text("{now}：晴雨指数 {index} 分，与上月持平", "{now}: the index stands at {index}, as last month")
MOVED = Text(
    "天气由“{from_}”转“{to}”：指数一个月{verb} {size}，主要因为{why}",
    "The weather turns from “{from_}” to “{to}”: the index {verb} {size} in a month, mostly {why}",
)
STAYED = Text(
    "天气仍是“{to}”：指数一个月{verb} {size}，主要因为{why}",
    "The weather is still “{to}”: the index {verb} {size} in a month, mostly {why}",
)
MAINLY: dict[str, Text] = {  # the components as a sentence calls them
    "growth": Text("销售同比", "sales on last year"),
    "breadth": Text("上升客户的占比", "the share of accounts that rise"),
    "cover": Text("客户手里的库存", "stock at accounts"),
    "orders": Text("我们的发货", "our shipments"),
    "climate": Text("客户的预期", "what accounts expect"),
}
FIRST = Text("{now}：晴雨指数 {index} 分", "{now}: the index stands at {index}")
FELL, ROSE = Text("掉了", "fell"), Text("升了", "rose")
SIZE = Text("{size} 分", "{size} points")
TITLE_FELL = Text("为什么掉了 {size}", "Why it fell {size}")
TITLE_ROSE = Text("为什么升了 {size}", "Why it rose {size}")
TITLE_SAME = Text("指数没有变", "The index did not move")


@dataclass(frozen=True, slots=True)
class Row:
    """One component in one month: its raw value, robust z, weight and contribution in points."""

    month: date
    component: str
    value: float  # growth, orders: ratio − 1; breadth: share; cover: minus log ratio; climate: −1 to 1
    z: float | None  # None: fewer than six months of history, the component does not count yet
    weight: float
    points: float


@dataclass(frozen=True, slots=True)
class Book:
    """Our own book of shipments."""

    day: date | None  # the last with any; None: there are none


@dataclass(frozen=True, slots=True)
class Sources:
    """The accounts' figures that the index is made of, each oldest month first."""

    compared: Sequence[growth.Row]
    stock: Sequence[cover.Row]
    shipped: Sequence[growth.Row]
    answers: Sequence[climate.Answer]


@dataclass(frozen=True, slots=True)
class Reading:
    """The barometer in one month: index, last month's, and each component's contribution now and its change."""

    month: date
    index: float
    previous: float | None
    points: dict[str, float]
    change: dict[str, float]

    @property
    def level(self) -> Level:
        """The weather band."""
        return band(self.index)

    @property
    def moved(self) -> int:
        """Change on last month in tenths of a point, between the levels as they are shown; 0 without a last month."""
        return 0 if self.previous is None else _tenths(self.index) - _tenths(self.previous)

    @property
    def told(self) -> dict[str, float]:
        """Each component's change in points as it is shown: from one rounded step of the bridge to the next, so that
        the changes sum to `moved`; each is within a tenth of what it is."""
        if self.previous is None:
            return {}
        steps = list(accumulate(self.change.values(), initial=self.previous))
        tenths = [*map(_tenths, steps[:-1]), _tenths(self.index)]  # the last step but for the error of adding floats
        return {name: (b - a) / TENTHS for name, (a, b) in zip(self.change, pairwise(tenths), strict=True)}


def ask(store: Store, scope: Scope) -> list[Row]:
    """Every component × month up to the scope's, oldest first; empty when a year ago is not in the data."""
    return of(sources(store, scope))


def sources(store: Store, scope: Scope) -> Sources:
    """The accounts' figures; stock and shipments count only beside sell-out, the pulse only for all categories."""
    compared = growth.counted(growth.ask(store, scope))
    answers = climate.answered(store, scope) if compared and scope.categories is None else []
    if scope.flow != "sell_out":
        return Sources(compared, [], [], answers)
    return Sources(compared, cover.ask(store, scope), growth.ask(store, _book(store, scope)), answers)


def _book(store: Store, scope: Scope) -> Scope:
    """The scope of shipments: of an open month to the last day that our book has, which may be behind the accounts'."""
    [book] = store.rows(Path(__file__).with_suffix(".sql"), Book, as_of=scope.as_of)
    behind = scope.open and book.day is not None and book.day >= scope.month
    return replace(scope, flow="sell_in", as_of=book.day if behind else scope.as_of)


def of(known: Sources) -> list[Row]:
    """The components and the index that they make."""
    values = _from_growth(known.compared)
    values |= {("cover", month): value for month, value in cover.pressure(cover.total(known.stock)).items()}
    for month, group in groupby(known.shipped, key=lambda r: r.month):
        of_month = list(group)
        values[("orders", month)] = sum(r.current for r in of_month) / sum(r.before for r in of_month) - 1
    for month, group in groupby(known.answers, key=lambda a: a.month):
        scores = [a.score for a in group]
        if len(scores) >= climate.LEAST and ("growth", month) in values:
            values[("climate", month)] = sum(scores) / len(scores)
    if not values:
        return []
    months = calendar(m for _, m in values)
    grid = np.array([[values.get((c, m), np.nan) for m in months] for c in COMPONENTS])
    return assembled(months, grid)


def _from_growth(rows: Sequence[growth.Row]) -> dict[tuple[str, date], float]:
    """Growth of the total and sales-weighted diffusion, by month."""
    values: dict[tuple[str, date], float] = {}
    for month, group in groupby(rows, key=lambda r: r.month):
        of_month = list(group)
        before = sum(r.before for r in of_month)
        values[("growth", month)] = sum(r.current for r in of_month) / before - 1
        values[("breadth", month)] = diffusion([(r.change, r.before) for r in of_month])
    return values


def diffusion(changes: list[tuple[float, float]]) -> float:
    """Weighted share that rises plus half of what is flat; `changes` are (relative change, weight), 0.5 is neutral."""
    total = sum(weight for _, weight in changes)
    rising = sum(weight for change, weight in changes if growth.lean(change) > 0)
    flat = sum(weight for change, weight in changes if growth.lean(change) == 0)
    return (rising + flat / 2) / total


def calendar(months: Iterable[date]) -> list[date]:
    """Every month from the first to the last of `months`, at least one, so that a gap stays a gap."""
    known = set(months)
    first, last = min(known), max(known)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [months_back(first, -n) for n in range(count)]


def assembled(months: list[date], grid: np.ndarray) -> list[Row]:
    """The index of raw values, `grid`: (components in the order of COMPONENTS, months), NaN where missing."""
    parts = combine(np.vstack([robust_z(line) for line in grid]))
    return [
        Row(
            month,
            component,
            float(grid[i, t]),
            None if np.isnan(parts.z[i, t]) else float(parts.z[i, t]),
            float(parts.weights[i, t]),
            float(parts.points[i, t]),
        )
        for t, month in enumerate(months)
        for i, component in enumerate(COMPONENTS)
        if not np.isnan(grid[i, t])
    ]


def course(rows: Sequence[Row]) -> dict[date, float]:
    """The index by month, where at least one component counts."""
    found: dict[date, float] = {}
    for month, group in groupby(rows, key=lambda r: r.month):
        counting = [r.points for r in group if r.z is not None]
        if counting:
            found[month] = 50.0 + sum(counting)
    return found


def reading(rows: Sequence[Row], month: date) -> Reading | None:
    """The barometer of one month; `None` while no component has enough history."""
    levels = course(rows)
    if month not in levels:
        return None
    before = months_back(month, 1)
    now = {r.component: r.points for r in rows if r.month == month and r.z is not None}
    then = {r.component: r.points for r in rows if r.month == before and r.z is not None}
    names = [c for c in COMPONENTS if c in now or c in then]
    change = {c: now.get(c, 0.0) - then.get(c, 0.0) for c in names} if before in levels else {}
    return Reading(month, levels[month], levels.get(before), now, change)


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The headline: which weather, how far it moved, and the component that moved it most."""
    now = reading(rows, scope.month)
    if now is None:
        return []
    word, score = WORDS[now.level], INDEX.text(now.index)
    if now.previous is None:
        return [Finding(now.level, FIRST.fill(now=word, index=score))]
    if now.moved == 0:
        return [Finding(now.level, SAME.fill(now=word, index=score))]
    pulls = sorted(now.told.items(), key=lambda part: part[1] * (1 if now.moved < 0 else -1))
    why = Text(
        f"{MAINLY[pulls[0][0]].zh}（{signed(pulls[0][1])}）",
        f"{MAINLY[pulls[0][0]].en} ({signed(pulls[0][1])})",
    )
    sentence = STAYED if band(now.previous) == now.level else MOVED
    filled = sentence.fill(
        from_=_lower(WORDS[band(now.previous)]),
        to=_lower(word),
        verb=FELL if now.moved < 0 else ROSE,
        size=_size(now),
        why=why,
    )
    return [Finding(now.level, filled)]


def _size(now: Reading) -> Text:
    return SIZE.fill(size=plain(abs(now.moved) / TENTHS, INDEX.decimals))


def _tenths(level: float) -> int:
    """A level as it is shown, in tenths of a point."""
    return round(round(level, INDEX.decimals) * TENTHS)


def _lower(word: Text) -> Text:
    return Text(word.zh, word.en.lower())


def title(rows: Sequence[Row], scope: Scope) -> Text:
    """What stands above the bridge."""
    now = reading(rows, scope.month)
    if now is None or now.moved == 0:
        return TITLE_SAME
    return (TITLE_FELL if now.moved < 0 else TITLE_ROSE).fill(size=_size(now))


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The bridge of the last month: each component's change in points, then the total."""
    latest = max(course(rows), default=None)
    now = reading(rows, latest) if latest else None
    told = now.told if now else {}
    return charts.bridge([(COMPONENTS[c], points) for c, points in told.items()], look, INDEX.decimals)
