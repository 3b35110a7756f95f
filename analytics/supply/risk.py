"""Who runs out before new goods arrive, and before the peak ends?

Two chances: to be out within 21 days with what is on hand and in transit, which only goods sent now can change; and to
be out before the goods of the account's next order are there, or the peak has ended, with all that is coming. Money is
the expected lost sales, the larger of both; without a price there is none.

Units: money in CNY, chances as ratios, stock in pcs.
Source: `supply_plan` (analytics/supply/plan.py), `stats.stockout`; see `risk.sql`; docs/methods.md.
Duty: 1, assured supply.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Cut, Finding, OfAccount, Scope, cut
from analytics.charts.theme import Look
from analytics.metrics import AT_RISK
from analytics.numbers import Unit, percent, plain, unit_for
from analytics.supply import plan
from analytics.supply.naming import day_name, listed
from analytics.supply.plan import LONGEST
from analytics.supply.untold import NO_PRICE as BARE
from analytics.supply.untold import Untold, groups
from analytics.supply.untold import ask as ask_untold
from analytics.supply.untold import say as say_untold
from data.store import Store
from data.text import Text

QUESTION = Text("哪里会在新货到之前断货？", "Who runs out before new goods arrive, and before the peak ends?")
CAPTION = Text("缺货风险销售额，按产品，最大的在上", "Sales at risk by product, the largest on top")
MEANING = Text(
    "两个概率：21 天内只靠现有库存和在途会不会断货；到下一批货或旺季结束，连已订的货一起算会不会断货。任一达到 50% "
    "为有风险，21 天内 20% 以上的也列出。风险销售额：预计卖不成的件数（两者取大）× 单价，没有单价的不计金额并写明。",
    "Two chances: to be out within 21 days with what is on hand and in transit; and to be out before the goods of the "
    "next order, or the end of the peak, with open orders too. At risk is 50% of either; from 20% within 21 days it is "
    "listed. Sales at risk are the pieces expected to be asked for in vain (the larger of both) times the price; "
    "without a price there is no money, and that is named.",
)
NEEDS = ("stock", "sales")
ENRICHED_BY = ("orders", "own_stock", "calendar")
RISKY = 0.5  # chance from which a place is at risk: likelier out than not, which such places were (docs/methods.md)
LISTED = 0.2  # chance within 21 days from which it is listed: one in five
MOST, FEW = 0.5, 2  # this part of the money in so many products is a concentration
TOLD = 4  # places named in sentences; the table has all
ROWS = 300  # the worst: more than anyone reads, and a few ms
SHOWN = 8  # bars: what fits beside a heatmap
HEAD = Text("{n} 处有缺货风险，风险销售额 {money}", "{n} places are at risk, with sales of {money}")
CONCENTRATED = Text(
    "{n} 处有缺货风险，集中在{products}，风险销售额 {money}",
    "{n} places are at risk, mostly {products}, with sales of {money}",
)
UNPRICED = Text("{n} 处有缺货风险", "{n} places are at risk")
SAFE = Text(
    "没有缺货风险：最可能断货的一处概率 {p}", "No place is at risk: the likeliest to run out has a chance of {p}"
)
PLACE = Text(
    "{product}：21 天内断货概率 {p}{out}{rush}", "{product}: out within 21 days with a chance of {p}{out}{rush}"
)
LATER = Text(
    "{product}：下一批货前断货概率 {p}{out}{rush}",
    "{product}: out before its next goods with a chance of {p}{out}{rush}",
)
PEAK = Text(
    "{product}：{peak}结束前断货概率 {p}{out}{rush}",
    "{product}: out before {peak} ends with a chance of {p}{out}{rush}",
)
OUT = Text("，{day}前后卖完", ", sold by about {day}")
RUSH = Text("，先发已订的 {n} 件", "; send {n} pcs on order now")
NO_PRICE = Text("{n} 处没有单价，算不出金额：{who}", "No price at {n} places, so no money: {who}")
NONE = Text("", "")


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One product at one account; None is not known."""

    account: str
    name: str
    name_en: str
    owner: str
    sku: str
    sku_name: str
    sku_name_en: str
    state: str  # "" planned, else why not
    recent: float | None  # pcs a week
    risk: float | None  # 0-1, out within 21 days with what has left us
    risk_until: float | None  # 0-1, out before the next goods with all that is coming
    until: date | None  # the goods of the next order are there, or the peak has ended
    peak: str  # the peak that it must last through, "" none
    peak_en: str
    out_on: date | None  # stock and goods in transit are sold
    soon_cny: float | None  # CNY, expected lost sales within 21 days
    lost_cny: float | None  # CNY, until the next goods
    on_order: float | None  # pcs, not sent yet
    rush: float | None  # pcs of these that must be sent now

    @property
    def product(self) -> Text:
        """What the product is called."""
        return Text(self.sku_name, self.sku_name_en)

    @property
    def risk_cny(self) -> float | None:
        """Sales at risk, CNY: the larger of both."""
        known = [x for x in (self.soon_cny, self.lost_cny) if x is not None]
        return max(known) if known else None

    @property
    def chance(self) -> float:
        """The larger of both chances."""
        return max(self.risk or 0.0, self.risk_until or 0.0)


@dataclass(frozen=True, slots=True)
class OfProduct:
    """What runs out of a product; see `risk_whole.sql`."""

    sku: str
    sku_name: str
    sku_name_en: str
    listed: int  # places
    likeliest: float  # 0-1, the largest chance of them
    risky: int  # places at risk
    priced: int  # of these those with a price
    risk_cny: float  # CNY of places at risk


@dataclass(frozen=True, slots=True)
class Whole:
    """All places, also those that no row is of: products with places at risk, the one with most money first; and the
    largest chance of those listed."""

    products: Sequence[OfProduct]
    likeliest: float | None  # None: nothing is planned
    untold: Sequence[Untold]

    @property
    def risky(self) -> int:
        """How many places are at risk."""
        return sum(p.risky for p in self.products)

    @property
    def money(self) -> float | None:
        """Sales at risk of all places at risk, CNY; None where none of them has a price."""
        priced = any(p.priced for p in self.products)
        return sum(p.risk_cny for p in self.products) if priced or not self.risky else None


Rows = Cut[Row, Whole]


def ask(store: Store, scope: Scope) -> Rows:
    """By sales at risk, largest first: the places with most of it, and what all of them come to."""
    here, kept = Path(__file__), plan.keep(store, scope)
    told = {"kept": kept, "listed": LISTED, "risky": RISKY} | scope.params()
    rows = store.rows(here.with_suffix(".sql"), Row, longest=float(LONGEST), most=ROWS, **told)
    by = store.rows(here.with_name("risk_whole.sql"), OfProduct, **told)
    unknown = ask_untold(store, kept, scope)
    chances = [p.likeliest for p in by] + [r.chance for r in rows if not r.state]
    listed_ = sum(p.listed for p in by) + sum(u.places for u in unknown if u.reason != BARE)
    return Rows(rows, max(listed_, len(rows)), Whole(by, max(chances, default=None), unknown))


def whole(rows: Sequence[Row]) -> Whole:
    """What all places come to: as it was asked for with the rows, or of rows that are all."""
    if isinstance(rows, Cut):
        return rows.whole
    by: dict[str, list[Row]] = {}
    for r in rows:
        if not r.state:
            by.setdefault(r.sku, []).append(r)
    products = sorted((_product(mine) for mine in by.values()), key=lambda p: (-p.risk_cny, p.sku))
    bare = [r for r in rows if r.chance >= RISKY and r.risk_cny is None]
    unknown = [Untold(BARE, r.account, r.name, r.name_en, 1) for r in bare]
    return Whole(products, max((p.likeliest for p in products), default=None), [*groups(rows), *unknown])


def _product(rows: Sequence[Row]) -> OfProduct:
    bad = [r for r in rows if r.chance >= RISKY]
    known = [r.risk_cny for r in bad if r.risk_cny is not None]
    name = (rows[0].sku, rows[0].sku_name, rows[0].sku_name_en)
    return OfProduct(*name, len(rows), max(r.chance for r in rows), len(bad), len(known), sum(known))


def is_planned(rows: Sequence[Row]) -> bool:
    """Whether anything is planned at all; else there is no risk to tell, which is not the same as none."""
    return whole(rows).likeliest is not None


def risky(rows: Sequence[Row]) -> list[Row]:
    """The rows of places at risk; `whole` counts all places."""
    return [r for r in rows if r.chance >= RISKY]


def money(rows: Sequence[Row]) -> float | None:
    """Sales at risk of all places at risk, CNY; None where none of them has a price."""
    return whole(rows).money


def concentration(rows: Sequence[Row]) -> list[Text]:
    """The few products that hold most of the money at risk; none where it is spread, or there are no others."""
    by = _by_product(rows)
    if len(by) <= FEW or sum(cny for _, cny in by[:FEW]) < MOST * sum(cny for _, cny in by):
        return []
    return [name for name, _ in by[:FEW]]


def _by_product(rows: Sequence[Row]) -> list[tuple[Text, float]]:
    """Name and CNY of each product with money at risk, largest first."""
    return [(Text(p.sku_name, p.sku_name_en), p.risk_cny) for p in whole(rows).products if p.risk_cny]


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """How many places are at risk, in which products, with what money; the largest; what could not be said."""
    all_ = whole(rows)
    found = [_head(rows)] if all_.risky else []
    if not found and all_.likeliest is not None:
        found.append(Finding("fair", SAFE.fill(p=percent(all_.likeliest, 0))))
    found += [_place(r) for r in risky(rows)[:TOLD]]
    if bare := [u for u in all_.untold if u.reason == BARE]:
        n, who = sum(u.places for u in bare), listed(u.called for u in bare)
        found.append(Finding("change", NO_PRICE.fill(n=n, who=who)))
    return [*found, *say_untold(all_.untold), *cut(rows)]


def _head(rows: Sequence[Row]) -> Finding:
    cny, few, n = money(rows), concentration(rows), whole(rows).risky
    if cny is None:
        return Finding("rain", UNPRICED.fill(n=n))
    sentence = CONCENTRATED if few else HEAD
    return Finding("storm", sentence.fill(n=n, money=AT_RISK.text(cny), products=listed(few)), cny)


def _place(r: Row) -> Finding:
    soon = (r.risk or 0.0) >= RISKY
    out = NONE if r.out_on is None or not soon else OUT.fill(day=day_name(r.out_on))
    rush = RUSH.fill(n=plain(r.rush)) if r.rush else NONE
    words = PLACE if soon else PEAK if r.peak else LATER
    text = words.fill(
        product=r.product,
        peak=Text(r.peak, r.peak_en),
        p=percent(r.risk if soon else r.risk_until, 0),
        out=out,
        rush=rush,
    )
    return Finding("storm" if soon else "rain", text, r.risk_cny or 0.0, r.account, r.called, r.owner)


def unit(rows: Sequence[Row], look: Look) -> Unit:
    """What the figure's numbers are counted in."""
    return unit_for([cny for _, cny in _by_product(rows)], look.lang)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Sales at risk of each product, of all places at risk."""
    scale = unit(rows, look)
    items = [(name, cny / scale.size) for name, cny in _by_product(rows)[:SHOWN]]
    return charts.amounts(items, look, Text(scale.name, scale.name), scale.digits)
