"""How many days does the stock last, and at whom is it too little?

Days until what is on hand and on its way is sold at the rate of the coming season, against the days that have to be
covered: lead time and the days between two orders. The total is a sum of stock over a sum of rates. What has no count
of late, no forecast or no lead time is named and never taken for nothing.

Units: stock in pcs, cover in days, money in CNY.
Source: `supply_plan` (analytics/supply/plan.py); see `cover.sql`; docs/methods.md.
Duty: 1, assured supply.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Cut, Finding, OfAccount, Scope, cut
from analytics.charts.heat import Cell
from analytics.charts.theme import WORDS, Look, Shade
from analytics.metrics import FORWARD_COVER
from analytics.numbers import NONE
from analytics.supply import covered, plan
from analytics.supply.covered import ACCOUNTS, EDGES, PRODUCTS, Total, Whole
from analytics.supply.naming import lines
from analytics.supply.plan import LONGEST
from analytics.supply.untold import groups
from analytics.supply.untold import say as say_untold
from data.store import Store
from data.text import Text

QUESTION = Text("货够卖几天，哪几家不够？", "How many days does the stock last, and at whom is it too little?")
CAPTION = Text(
    "库存加在途够卖的天数，按未来的销量；最缺的排在最上、最左",
    "Days that stock on hand and in transit lasts at the rate to come; the shortest on top and at the left",
)
MEANING = Text(
    "够卖天数：库存加在途，按未来逐周的预测卖完要几天，最多看 182 天。需要的天数：交货周期加两次订货的间隔。不到需要的"
    "一半为暴雨，不到八成为雨，再不够为变，够了为晴，三分之五以上为积压。合计是库存之和除以日销量之和。图中取金额最大"
    "的 10 家和 6 种产品。超过 45 天没有盘点的不判断，写明数量。",
    "Days of cover: how long stock on hand and in transit lasts on the weekly forecast, 182 days at most. Days needed: "
    "lead time and the days between two orders. Below half of that is storm, below 80% rain, below 100% change, enough "
    "is fair, five thirds and more is over-stock. The total is the sum of stock over the sum of daily rates. Shown are "
    "the ten accounts and six products with most money at stake. Without a count in 45 days nothing is said, and how "
    "many these are is named.",
)
NEEDS = ("stock", "sales")
ENRICHED_BY = ("orders", "own_stock", "calendar")
MOST = 700  # rows: more than anyone reads, and a few ms
OVERSTOCK = Text("积压", "Over-stock")
BELOW, FROM_TO, FROM = (
    Text("{n} 天以下", "under {n} days"),
    Text("{a}–{b} 天", "{a}–{b} days"),
    Text("{n} 天以上", "{n} days or more"),
)
PART_BELOW, PART, PART_FROM = (
    Text("不到需要的 {n}%", "under {n}% of the need"),
    Text("{a}–{b}%", "{a}–{b}%"),
    Text("{n}% 以上", "{n}% or more"),
)
CLASS, UNKNOWN = (
    Text("{limits} {word}", "{word}, {limits}"),
    Text("– 没有近期盘点或没有销售", "– no recent count or no sales"),
)
LASTS = Text("库存加在途够卖 {days}，需要 {need}", "Stock and goods in transit last {days}; {need} are needed")
SHORT = Text(
    "{all} 处中有 {n} 处不够，其中 {half} 处不到需要的一半",
    "{n} of {all} places are short, {half} below half of the days needed",
)
ENOUGH = Text("{all} 处都够卖到下一批货", "{all} places are looked at, and all last until their next goods")
TOLD = Text("{name}，{product}：够卖 {days}，需要 {need}", "{name}, {product}: lasts {days} of {need} needed")


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One product at one account; None is not known."""

    account: str
    name: str
    name_en: str
    sku: str
    sku_name: str
    sku_name_en: str
    category: str
    state: str  # "" planned, else why not
    counted_on: date | None
    on_hand: float | None  # pcs
    in_transit: float | None  # pcs
    recent: float | None  # pcs a week
    rate: float | None  # pcs a day over the next four weeks
    cover_now: float | None  # days of the stock on hand at what sells now
    cover_days: float | None  # days of stock and goods in transit at the rate to come, LONGEST at most
    need_days: float | None  # days
    price: float | None  # CNY a piece
    risk_cny: float | None  # CNY
    over_pcs: float | None  # pcs
    over_cny: float | None  # CNY

    @property
    def product(self) -> Text:
        """What the product is called."""
        return Text(self.sku_name, self.sku_name_en)

    @property
    def days(self) -> int | None:
        """Days of cover as they are shown."""
        return None if self.cover_days is None else round(self.cover_days)

    @property
    def shade(self) -> Shade | None:
        """The class of the days that are shown; None where either side is not known."""
        if self.days is None or self.need_days is None:
            return None
        begin = limits(self.need_days)
        return next(name for name, _ in reversed(EDGES) if self.days >= begin[name])

    @property
    def short_pcs(self) -> float:
        """Pieces that are missing for the days needed, at the rate to come."""
        return max(0.0, (self.need_days or 0.0) - (self.cover_days or 0.0)) * (self.rate or 0.0) if self.shade else 0.0


def limits(need_days: float) -> dict[Shade, int]:
    """The first whole day of each class; the days needed count as they are shown."""
    return {name: ceil(edge * round(need_days) - 1e-9) for name, edge in EDGES}


Rows = Cut[Row, Whole]


def ask(store: Store, scope: Scope) -> Rows:
    """By account and product: the places with most at stake, and what all of them come to."""
    kept = plan.keep(store, scope)
    all_, places = covered.whole(store, kept, scope)
    figure = {"first_accounts": sorted(all_.accounts), "first_products": sorted(all_.products)}
    query = Path(__file__).with_suffix(".sql")
    return Rows(store.rows(query, Row, kept=kept, most=MOST, **figure, **scope.params()), places, all_)


def whole(rows: Sequence[Row]) -> Whole:
    """What all places come to: as it was asked for with the rows, or of rows that are all."""
    if isinstance(rows, Cut):
        return rows.whole
    told, over = [r for r in rows if r.shade], [r for r in rows if (r.over_pcs or 0.0) >= 1]
    short = [r for r in told if r.shade in ("storm", "rain", "change")]
    shown, known = _worth_most(rows), [r.over_cny for r in over if r.over_cny is not None]
    return Whole(
        len(told),
        len(short),
        sum(r.shade == "storm" for r in short),
        sum(r.short_pcs * (r.price or 0.0) for r in short),
        _total(told),
        len(over),
        sum(known) if known or not over else None,
        groups(rows),
        frozenset(r.account for r in shown),
        frozenset(r.sku for r in shown),
    )


def total(rows: Sequence[Row]) -> Total | None:
    """Days of cover of all places that sell and can be told; None where there is none."""
    return whole(rows).total


def _total(told: Sequence[Row]) -> Total | None:
    stood = [((r.on_hand or 0.0) + (r.in_transit or 0.0), r.rate, r.need_days) for r in told]
    rates = [(stock, rate, need) for stock, rate, need in stood if rate and need]
    pace = sum(rate for _, rate, _ in rates)
    if not pace:
        return None
    return Total(sum(x for x, _, _ in rates) / pace, sum(rate * need for _, rate, need in rates) / pace)


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """How long all of it lasts, how many places are short, of how many nothing can be said, and that rows are cut."""
    found, all_ = list[Finding](), whole(rows)
    if all_.total is not None:
        days, need = FORWARD_COVER.text(all_.total.days), FORWARD_COVER.text(all_.total.need_days)
        found.append(Finding(all_.total.level, LASTS.fill(days=days, need=need)))
    if all_.short:
        text = SHORT.fill(all=all_.told, n=all_.short, half=all_.half)
        found.append(Finding("rain" if all_.half else "change", text, all_.short_cny))
    elif all_.told:
        found.append(Finding("fair", ENOUGH.fill(all=all_.told)))
    return [*found, *say_untold(all_.untold), *cut(rows)]


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Days in every cell, of the accounts and products with most money at stake; the worst on top and at the left."""
    shown = {(r.account, r.sku): r for r in _shown(rows)}
    accounts = _worst(list(shown.values()), lambda r: r.account)
    products = _worst(list(shown.values()), lambda r: r.sku)
    named = {r.account: r.called for r in shown.values()}
    heads = {r.sku: lines(r.product[look.lang], r.category) for r in shown.values()}
    table = [(named[a], [_cell(shown.get((a, s))) for s in products]) for a in accounts]
    return charts.heat(table, [heads[s] for s in products], look)


def legend(rows: Sequence[Row]) -> list[tuple[Shade | None, Text]]:
    """What the classes of the figure mean: in days where all that is shown needs as many, else in % of the need."""
    shown = _shown(rows)
    needs = {round(r.need_days) for r in shown if r.need_days is not None}
    if not needs:
        return []
    alone = len(needs) == 1
    begin = limits(needs.pop()) if alone else {name: round(100 * edge) for name, edge in EDGES}
    below, between, above = (BELOW, FROM_TO, FROM) if alone else (PART_BELOW, PART, PART_FROM)
    found: list[tuple[Shade | None, Text]] = []
    for (name, _), (after, _) in pairwise(EDGES):
        words = between.fill(a=begin[name], b=begin[after] - 1) if begin[name] else below.fill(n=begin[after])
        found.append((name, CLASS.fill(limits=words, word=_word(name))))
    last = CLASS.fill(limits=above.fill(n=begin["over"]), word=_word("over"))
    return [*found, ("over", last), (None, UNKNOWN)]


def _word(name: Shade) -> Text:
    return OVERSTOCK if name == "over" else WORDS[name]


def _shown(rows: Sequence[Row]) -> list[Row]:
    """The rows of the figure, among those with a number."""
    all_ = whole(rows)
    return [r for r in rows if r.days is not None and r.account in all_.accounts and r.sku in all_.products]


def _worth_most(rows: Sequence[Row]) -> list[Row]:
    """The rows of the accounts and products with most money at stake, among those with a number."""
    told = [r for r in rows if r.days is not None]
    for key, most in ((lambda r: r.account, ACCOUNTS), (lambda r: r.sku, PRODUCTS)):
        stake: dict[str, tuple[float, float]] = {}
        for r in told:
            money, pieces = stake.get(key(r), (0.0, 0.0))
            stake[key(r)] = (money + (r.risk_cny or 0.0) + (r.over_cny or 0.0), pieces + r.short_pcs)
        first = set(sorted(stake, key=lambda k: (-stake[k][0], -stake[k][1], k))[:most])
        told = [r for r in told if key(r) in first]
    return told


def _worst(rows: Sequence[Row], key: Callable[[Row], str]) -> list[str]:
    """Keys by the share of the pieces needed that is missing, the largest first."""
    share: dict[str, tuple[float, float]] = {}
    for r in rows:
        short, need = share.get(key(r), (0.0, 0.0))
        share[key(r)] = (short + r.short_pcs, need + (r.need_days or 0.0) * (r.rate or 0.0))
    return sorted(share, key=lambda k: (-share[k][0] / share[k][1] if share[k][1] else 0.0, k))


def _cell(row: Row | None) -> Cell:
    if row is None or row.days is None:
        return Cell(NONE, None, UNKNOWN)
    days, need = FORWARD_COVER.text(row.cover_days), FORWARD_COVER.text(row.need_days)
    sign = f"{row.days}+" if row.days >= LONGEST else str(row.days)
    return Cell(sign, row.shade, TOLD.fill(name=row.called, product=row.product, days=days, need=need))
