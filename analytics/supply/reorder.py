"""Which products are we ourselves short of?

The last count of each product in each of our warehouses against its reorder level. Short is what lies at or under the
level; first comes what has nothing on order, then what is overdue, then where even stock and order together do not
reach above the level. Products out of production are left out and counted: nobody orders them again.

Units: pieces (pcs); money in CNY at list price.
Source: `own_stock`, `products` (lifecycle, price); see `reorder.sql`. Reorder point: continuous review (s, Q).
Duty: 1, assured supply.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Level, Scope
from analytics.charts.theme import Look
from analytics.numbers import pieces
from data.datasets.products import DISCONTINUED
from data.store import Store
from data.text import Text

QUESTION = Text("我们自己缺哪些货？", "Which products are we ourselves short of?")
CAPTION = Text("库存占再订货点的百分比，最急的在前", "Stock in % of its reorder level, the most urgent first")
MEANING = Text(
    "取每个仓库每个产品在所选日期以前的最近一次盘点。库存不高于再订货点算缺；在订为零的排最前，其次是预计入库日已过的，"
    "再次是连在订一起仍不高于再订货点的，再按库存占再订货点的比例。没填再订货点的不判断，单独报数。生命周期为停产的"
    "不算，只报个数。没写在订数量的按没有在订。还差＝再订货点 − 库存 − 在订，不足零按零。",
    "Of each product in each warehouse the last count up to the day looked at. Short is a stock at or under its level: "
    "first what has nothing on order, then what is past its due day, then where stock and order together are still at "
    "or under the level, then by stock over level. Without a level nothing is judged, and that is said. Products out "
    "of production are left out and counted. No word of an order counts as none. Below the level: level − stock − on "
    "order, never less than zero.",
)
NEEDS = ("own_stock",)
ENRICHED_BY = ("products",)
SHOWN = 10  # bars of the figure; the table has all
NAMED = 5  # of one kind; the others are summed up in a sentence
BARE, OVERDUE, SCANT, COMING = "bare", "overdue", "scant", "coming"
ABOVE, NO_LEVEL, STOPPED = "above", "no level", "stopped"
STATES = {
    BARE: Text("没有在订", "Nothing on order"),
    OVERDUE: Text("在订已过期", "Order overdue"),
    SCANT: Text("订少了", "Too little on order"),
    COMING: Text("已订，在等入库", "On order, to come in"),
    ABOVE: Text("够", "Enough"),
    NO_LEVEL: Text("没填再订货点", "No reorder level"),
    STOPPED: Text("停产", "Out of production"),
}
BRIEF = {  # beside a bar, on a phone too
    BARE: Text("没有在订", "no order"),
    OVERDUE: Text("已过期", "overdue"),
    SCANT: Text("订少了", "too little"),
    COMING: Text("已订", "ordered"),
}
SHORT = (BARE, OVERDUE, SCANT, COMING)  # at or under the level, the most urgent first
LEVELS: dict[str, Level] = {BARE: "storm", OVERDUE: "rain", SCANT: "rain"}
HEAD = Text(
    "{n} 项库存到了再订货点，其中 {bare} 项没有在订；共查 {all} 项",
    "{n} of {all} items are at or under their reorder level, {bare} of them with nothing on order",
)
FINE = Text("{all} 项自有库存都在再订货点以上", "None of {all} items is at or under its reorder level")
ONE = Text("{item}：库存 {held}，再订货点 {level}，{state}", "{item}: {held} in stock, reorder level {level}; {state}")
DUE = Text("预计 {day} 入库 {qty}", "{qty} due on {day}")
NO_DAY = Text("在订 {qty}，没写哪天到", "{qty} on order, no day given")
NOTHING = Text("没有在订", "nothing on order")
AT = Text("{name}（{warehouse}）", "{name} ({warehouse})")
LEVEL = Text("再订货点", "Level")
MORE = Text("另有 {n} 项：{state}", "{n} more: {state}")
ON_THE_WAY = Text("{n} 项已经订了货，在等入库", "{n} items are only waited for: enough is on order")
LEFT_OUT = Text("停产的 {n} 项没有算进来", "{n} items are left out: out of production")
UNJUDGED = Text("{n} 项没填再订货点，判断不了", "{n} items have no reorder level to be judged by")
OLD = Text("{n} 项不在所在仓库最近一次的盘点里", "{n} items are missing in the latest count of the warehouse")


@dataclass(frozen=True, slots=True)
class Row:
    """One product in one of our warehouses at its last count."""

    state: str  # a key of STATES
    warehouse: str  # "" where there is only one
    region: str  # that it serves first, "" all
    sku: str
    name: str
    name_en: str
    counted_on: date
    stale: bool  # whether its warehouse has counted since
    on_hand: float  # pcs
    on_order: float | None  # pcs; None: the file does not say
    due_on: date | None
    reorder_level: float | None  # pcs
    short_pcs: float  # level - stock - on order, at least 0
    short_cny: float | None  # the same at list price; None: no price

    @property
    def held(self) -> float:
        """Stock over reorder level; 1 without one."""
        return self.on_hand / self.reorder_level if self.reorder_level else 1.0

    @property
    def called(self) -> Text:
        """The product, and its warehouse where it has a name."""
        name = Text(self.name, self.name_en)
        return AT.fill(name=name, warehouse=self.warehouse) if self.warehouse else name


@dataclass(frozen=True, slots=True)
class Count:
    """One row of the SQL."""

    warehouse: str
    region: str
    sku: str
    name: str
    name_en: str
    counted_on: date
    newest: date
    on_hand: float
    on_order: float | None
    due_on: date | None
    reorder_level: float | None
    price: float | None
    is_stopped: bool


def ask(store: Store, scope: Scope) -> list[Row]:
    """What is short first, the most urgent first, then by pieces; accounts do not narrow it, warehouses serve all."""
    stopped = [DISCONTINUED.zh, DISCONTINUED.en]
    found = store.rows(Path(__file__).with_suffix(".sql"), Count, **scope.params(), stopped=stopped)
    order = list(STATES)
    rows = [_row(count, scope.as_of) for count in found]
    return sorted(rows, key=lambda r: (order.index(r.state), -r.short_pcs, r.held, r.warehouse, r.sku))


def _row(c: Count, as_of: date) -> Row:
    lacking = max(0.0, (c.reorder_level or 0.0) - c.on_hand - (c.on_order or 0.0))
    worth = lacking * c.price if c.price is not None else None
    return Row(
        *(_state(c, as_of), c.warehouse, c.region, c.sku, c.name, c.name_en, c.counted_on, c.counted_on < c.newest),
        *(c.on_hand, c.on_order, c.due_on, c.reorder_level, lacking, worth),
    )


def _state(c: Count, as_of: date) -> str:
    if c.is_stopped:
        return STOPPED
    if c.reorder_level is None:
        return NO_LEVEL
    if c.on_hand > c.reorder_level:
        return ABOVE
    if not c.on_order:
        return BARE
    if c.due_on is not None and c.due_on < as_of:
        return OVERDUE
    return SCANT if c.on_hand + c.on_order <= c.reorder_level else COMING


def short(rows: Sequence[Row]) -> list[Row]:
    """What is at or under its reorder level, the most urgent first."""
    return [r for r in rows if r.state in SHORT]


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """How many are short, each that somebody must move for, then what is only waited for and what was left out."""
    counted = Counter(r.state for r in rows)
    checked = len(rows) - counted[STOPPED] - counted[NO_LEVEL]
    found = [Finding("fair", FINE.fill(all=checked))] if checked else []
    if some := short(rows):
        worst = LEVELS.get(some[0].state, "change")
        found = [Finding(worst, HEAD.fill(n=len(some), bare=counted[BARE], all=checked))]
        found += [finding for state in LEVELS for finding in _named([r for r in some if r.state == state])]
    stale = sum(r.stale for r in rows if r.state not in (STOPPED, NO_LEVEL))
    told = ((ON_THE_WAY, counted[COMING]), (OLD, stale), (UNJUDGED, counted[NO_LEVEL]), (LEFT_OUT, counted[STOPPED]))
    return found + [Finding("change", text.fill(n=n)) for text, n in told if n]


def _named(rows: Sequence[Row]) -> list[Finding]:
    """The first of one state by name, the others as a number."""
    found = [Finding(LEVELS[r.state], reason(r), r.short_cny or 0.0) for r in rows[:NAMED]]
    if rest := rows[NAMED:]:
        weight = sum(r.short_cny or 0.0 for r in rest)
        found.append(Finding(LEVELS[rows[0].state], MORE.fill(n=len(rest), state=STATES[rows[0].state]), weight))
    return found


def reason(row: Row) -> Text:
    """Why a product is listed, and what is on order."""
    qty = pieces(row.on_order)
    state = NOTHING if row.state == BARE else DUE.fill(day=row.due_on, qty=qty) if row.due_on else NO_DAY.fill(qty=qty)
    return ONE.fill(item=row.called, held=pieces(row.on_hand), level=pieces(row.reorder_level), state=state)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Stock against its reorder level, the most urgent first; words say what is on order."""
    told = [(r.called, r.held * 100, None, BRIEF[r.state][look.lang]) for r in short(rows)[:SHOWN]]
    return charts.bullets(told, look, LEVEL)
