"""What can move from one account to another?

A product that one account has in excess and another is short of: first between accounts of one region, then across,
the pairs that save most sales first. No piece is given twice, none goes in beyond what is missing, packs stay whole.
Goods at an account are its own: every line is a proposal that needs its agreement.

Units: pcs; money in CNY.
Source: `supply_plan` (analytics/supply/plan.py); see `transfers.sql`; docs/methods.md.
Duty: 1, assured supply.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from itertools import groupby, product
from math import floor
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Cut, Finding, Scope
from analytics.charts.theme import Look
from analytics.metrics import AT_RISK, EXCESS
from analytics.numbers import plain
from analytics.supply import plan
from data.store import Store
from data.text import Text

QUESTION = Text("哪些货可以在客户之间调？", "What can move from one account to another?")
CAPTION = Text("可调的件数，按产品", "Pieces that can move, by product")
MEANING = Text(
    "一家积压、另一家缺的同一产品：可调件数取两者中小的，整包装；先同区域，再跨区域，保住销售额最多的先配，一件货只用一"
    "次。最多可保：缺货一方预计卖不成的件数中能补上的 × 单价。货已归客户所有，每一条都要双方同意，运费没有计入。",
    "The same product in excess at one account and missing at another: pieces are the smaller of both, in whole packs; "
    "within a region first, then across, the pairs that save most sales first, no piece used twice. Saved at most: of "
    "the pieces expected to be asked for in vain those that are covered, times the price. The goods belong to the "
    "account: each line needs both to agree; freight is not counted.",
)
NEEDS = ("stock", "sales")
ENRICHED_BY = ("orders", "own_stock", "calendar")
SIDES, PAIRS = 40, 60_000  # of a product to each side, and pairs in all: what a second is enough for
TOLD, SHOWN = 3, 8  # proposals in sentences; bars that fit beside another figure
HEAD = Text(
    "{n} 笔可以调货，共 {pieces} 件，最多保住销售 {money}",
    "{n} transfers are possible with {pieces} pcs in all, saving sales of {money} at most",
)
FREED = Text(
    "{n} 笔可以调货，共 {pieces} 件，减少积压 {money}",
    "{n} transfers are possible with {pieces} pcs in all, taking {money} out of excess",
)
BARE = Text("{n} 笔可以调货，共 {pieces} 件{money}", "{n} transfers are possible with {pieces} pcs in all{money}")
MOVE = Text("{product}：从{source}调 {n} 件到{target}{near}", "{product}: {n} pcs from {source} to {target}{near}")
NEAR = Text("（同在{region}）", " (both in {region})")
FAR = Text("（{here}到{there}）", " ({here} to {there})")
AGREE = Text(
    "货已归客户所有，调货要双方同意，运费另计",
    "The goods are the accounts' own: both have to agree, and freight comes on top",
)
LEFT = Text("{n} 处金额较小，没有参与配对", "{n} places with less money were not looked at")
NOWHERE = Text("", "")


@dataclass(frozen=True, slots=True)
class Side:
    """What an account has too much of, or is short of."""

    account: str
    name: str
    name_en: str
    owner: str
    region: str
    sku: str
    sku_name: str
    sku_name_en: str
    over_pcs: float  # pcs
    short_pcs: float  # pcs
    pack: float  # pcs
    price: float | None  # CNY a piece
    lost_pcs: float  # pcs, expected to be asked for in vain

    def saved(self, pieces: float) -> float:
        """Sales that so many pieces save here at most, CNY; zero without a price."""
        return min(pieces, self.lost_pcs) * (self.price or 0.0)


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal."""

    sku: str
    sku_name: str
    sku_name_en: str
    from_account: str
    from_name: str
    from_name_en: str
    from_region: str
    to_account: str
    to_name: str
    to_name_en: str
    to_region: str
    owner: str  # of the account that is short
    qty: float  # pcs
    saved_cny: float | None  # CNY of sales at most, None without a price
    over_cny: float | None  # CNY taken out of excess

    @property
    def near(self) -> bool:
        """Whether both are in one region."""
        return bool(self.from_region) and self.from_region == self.to_region


def ask(store: Store, scope: Scope) -> Cut[Row, int]:
    """By sales saved, then by money taken out of excess; `whole` is how many places were not looked at."""
    sides = store.rows(Path(__file__).with_suffix(".sql"), Side, kept=plan.keep(store, scope), **scope.params())
    seen = bounded(sides)
    rows = matched(seen)
    return Cut(rows, len(rows), len(sides) - len(seen))


def bounded(sides: Sequence[Side]) -> list[Side]:
    """Those with most money of each product, of the products that lose most sales, as far as pairs can be tried."""
    by: dict[str, list[Side]] = {}
    for s in sides:
        by.setdefault(s.sku, []).append(s)
    found, pairs = list[Side](), 0
    for mine in sorted(by.values(), key=lambda some: (-sum(s.saved(s.short_pcs) for s in some), some[0].sku)):
        giving = [s for s in mine if s.short_pcs <= 0]
        giving = sorted(giving, key=lambda s: (-s.over_pcs * (s.price or 1.0), s.account))[:SIDES]
        lacking = [s for s in mine if s.short_pcs > 0]
        lacking = sorted(lacking, key=lambda s: (-s.saved(s.short_pcs), -s.short_pcs, s.account))[:SIDES]
        pairs += len(giving) * len(lacking)
        if pairs > PAIRS:
            break
        found += giving + lacking
    return found


def matched(sides: Sequence[Side]) -> list[Row]:
    """Proposals: product by product, pairs of one region first, then those that save most."""
    products = groupby(sorted(sides, key=lambda s: (s.sku, s.account)), key=lambda s: s.sku)
    rows = [row for _, mine in products for row in _of_product(list(mine))]
    return sorted(
        rows, key=lambda r: (-(r.saved_cny or 0.0), -(r.over_cny or 0.0), r.sku, r.from_account, r.to_account)
    )


def _of_product(sides: Sequence[Side]) -> list[Row]:
    """Pairs of one region, then across: what is left after the first is little."""
    now = {s.account: s for s in sides}
    rows: list[Row] = []
    for near in (True, False):
        giving = [s for s in now.values() if s.over_pcs > 0]
        lacking = [s for s in now.values() if s.short_pcs > 0]
        pairs = [(a, b) for a, b in product(giving, lacking) if _near(a, b) is near and a.account != b.account]
        rows += _best_first(now, pairs)
    return rows


def _best_first(now: dict[str, Side], pairs: Sequence[tuple[Side, Side]]) -> list[Row]:
    """The best pair first, again and again, taken from `now`. What a pair is worth only falls while pieces go, so one
    that still leads when it is looked at again is the best."""
    heap = [_order(source, target) for source, target in pairs]
    heapify(heap)
    rows: list[Row] = []
    while heap:
        was = heappop(heap)
        source, target = now[was[-2]], now[was[-1]]
        pieces, still = _pieces(source, target), _order(source, target)
        if pieces and still != was:
            heappush(heap, still)
        elif pieces:
            rows.append(_row(source, target, pieces))
            now[source.account] = replace(source, over_pcs=source.over_pcs - pieces)
            short, lost = target.short_pcs - pieces, max(target.lost_pcs - pieces, 0.0)
            now[target.account] = replace(target, short_pcs=short, lost_pcs=lost)
    return rows


def _near(source: Side, target: Side) -> bool:
    return bool(source.region) and source.region == target.region


def _pieces(source: Side, target: Side) -> float:
    """Whole packs of what one has too much of and the other lacks."""
    pack = target.pack if target.pack > 0 else 1.0
    return floor(min(source.over_pcs, target.short_pcs) / pack + 1e-9) * pack


def _order(source: Side, target: Side) -> tuple[float, float, str, str]:
    """Most sales saved first, then most pieces; the codes settle ties."""
    pieces = _pieces(source, target)
    return -target.saved(pieces), -pieces, source.account, target.account


def _row(source: Side, target: Side, pieces: float) -> Row:
    price = source.price if source.price is not None else target.price
    return Row(
        source.sku, source.sku_name, source.sku_name_en,
        source.account, source.name, source.name_en, source.region,
        target.account, target.name, target.name_en, target.region, target.owner,
        pieces, None if target.price is None else target.saved(pieces), None if price is None else pieces * price,
    )  # fmt: skip


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """How much can move and what it saves, the first proposals, and that both have to agree."""
    if not rows:
        return []
    saved, freed = sum(r.saved_cny or 0.0 for r in rows), sum(r.over_cny or 0.0 for r in rows)
    pieces = plain(sum(r.qty for r in rows))
    head, cny = (HEAD, AT_RISK.text(saved)) if saved else (FREED, EXCESS.text(freed)) if freed else (BARE, NOWHERE)
    found = [Finding("change", head.fill(n=len(rows), pieces=pieces, money=cny), saved)]
    found += [_move(r) for r in rows[:TOLD]]
    left = rows.whole if isinstance(rows, Cut) else 0
    return [*found, Finding("change", AGREE), *([Finding("change", LEFT.fill(n=f"{left:,}"))] if left else [])]


def _move(r: Row) -> Finding:
    near = NEAR.fill(region=r.from_region) if r.near else FAR.fill(here=r.from_region, there=r.to_region)
    known = near if r.from_region and r.to_region else NOWHERE
    source, target = Text(r.from_name, r.from_name_en), Text(r.to_name, r.to_name_en)
    name = Text(r.sku_name, r.sku_name_en)
    text = MOVE.fill(product=name, source=source, n=plain(r.qty), target=target, near=known)
    return Finding("change", text, r.saved_cny or 0.0, r.to_account, target, r.owner)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Pieces by product, most first."""
    pieces: dict[str, tuple[Text, float]] = {}
    for r in rows:
        name = Text(r.sku_name, r.sku_name_en)
        pieces[r.sku] = (name, pieces.get(r.sku, (name, 0.0))[1] + r.qty)
    first = sorted(pieces.items(), key=lambda entry: (-entry[1][1], entry[0]))[:SHOWN]
    return charts.amounts([entry for _, entry in first], look, Text("件", "pcs"), 0)
