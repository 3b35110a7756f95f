"""Where does stock rot, how old is it, and who could use it?

Excess is stock on hand and in transit beyond what is forecast to sell in five thirds of the days to be provided for.
Its age: what is on hand is taken as what came in last, so that the oldest is sold first; what no receipt explains has
no age and is named. Who is short of the same product is beside it.

Units: stock in pcs, money in CNY, age in days.
Source: `supply_plan` (analytics/supply/plan.py), `sell_in`; see `excess.sql`; docs/methods.md.
Duty: 1, assured supply.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, OfAccount, Scope
from analytics.charts.theme import Look
from analytics.metrics import EXCESS, FORWARD_COVER
from analytics.numbers import Unit, plain, unit_for
from analytics.supply import plan
from analytics.supply.naming import listed
from analytics.supply.plan import LONGEST
from analytics.supply.untold import untold
from data.store import Store
from data.text import Text

QUESTION = Text("哪里积压了，放了多久，谁用得上？", "Where does stock rot, how old is it, and who could use it?")
CAPTION = Text("积压产品的库存货值，按库龄", "Stock of products in excess, by age")
MEANING = Text(
    "积压：库存加在途超过需要天数三分之五的预测销量的部分。库龄：把库存看作最后进的货，先进先出；进货记录解释不了的为库龄"
    "不明。货值按近一年的实付单价，没有时按目录价。列出有积压或有半年以上老货的，并列出同一产品谁缺货。",
    "Excess: stock on hand and in transit beyond what is forecast to sell in five thirds of the days needed. Age: the "
    "stock is what came in last, first in first out; what no receipt explains has no age. Money is at the price paid "
    "in the last year, else at the list price. Listed is what has excess or stock older than half a year, beside who "
    "is short of the same product.",
)
NEEDS = ("stock", "sales")
ENRICHED_BY = ("orders", "own_stock", "calendar")
OLD_DAYS = 180  # half a year: a model is usually followed by its successor within two
TOLD = 3  # places named in sentences; the table has all
AGES = (
    ("up_to_90", Text("90 天内", "Up to 90 days")),
    ("up_to_180", Text("91–180 天", "91–180 days")),
    ("up_to_270", Text("181–270 天", "181–270 days")),
    ("up_to_365", Text("271–365 天", "271–365 days")),
    ("over_365", Text("一年以上", "Over a year")),
    ("age_unknown", Text("库龄不明", "Age not known")),
)
HEAD = Text("积压 {money}，{n} 处", "Excess stock of {money} at {n} places")
COUNTED = Text("{n} 处积压，没有单价，算不出金额", "{n} places have excess stock; without prices there is no money")
NONE_OVER = Text("没有积压", "No excess stock")
PLACE = Text(
    "{product}：积压 {n} 件，够卖 {days}，需要 {need}{by}",
    "{product}: {n} pcs in excess, lasting {days} where {need} are needed{by}",
)
LONG = Text("182 天以上", "half a year and more")
WANTED = Text("；{who}正缺", "; {who} is short of it")
OLDEST = Text(
    "{product}：{n} 件进货超过{age}，是最老的货", "{product}: {n} pcs came in more than {age} ago, the oldest stock"
)
YEAR, HALF = Text("一年", "a year"), Text("半年", "half a year")
AGELESS = Text("{n} 件查不到进货记录，库龄不明：{who}", "{n} pcs have no receipt on record, so no age: {who}")
NO_PRICE = Text("{n} 处积压没有单价，不计金额：{who}", "No price for the excess at {n} places, so no money: {who}")
NOBODY = Text("", "")


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
    on_hand: float | None  # pcs
    cover_days: float | None  # days
    need_days: float | None  # days
    price: float | None  # CNY a piece
    over_pcs: float | None  # pcs
    over_cny: float | None  # CNY
    up_to_90: float | None  # pcs on hand by age
    up_to_180: float | None  # pcs
    up_to_270: float | None  # pcs
    up_to_365: float | None  # pcs
    over_365: float | None  # pcs
    age_unknown: float | None  # pcs
    wanted: float  # pcs that other accounts are short of
    wanted_by: str  # the one with most, "" none
    wanted_by_en: str

    @property
    def product(self) -> Text:
        """What the product is called."""
        return Text(self.sku_name, self.sku_name_en)

    @property
    def old_pcs(self) -> float:
        """Pieces on hand that came in more than OLD_DAYS ago."""
        return (self.up_to_270 or 0.0) + (self.up_to_365 or 0.0) + (self.over_365 or 0.0)


def ask(store: Store, scope: Scope) -> list[Row]:
    """By money in excess, largest first."""
    kept = plan.keep(store, scope)
    return store.rows(Path(__file__).with_suffix(".sql"), Row, kept=kept, old=OLD_DAYS, **scope.params())


def over(rows: Sequence[Row]) -> list[Row]:
    """The places with at least one piece of excess."""
    return [r for r in rows if (r.over_pcs or 0.0) >= 1]


def aged(rows: Sequence[Row]) -> list[Row]:
    """The places whose stock has an age to tell: those with excess or old stock, also where nothing is forecast."""
    return [r for r in rows if r.on_hand is not None and ((r.over_pcs or 0.0) >= 1 or r.old_pcs >= 1)]


def money(rows: Sequence[Row]) -> float | None:
    """Money in excess stock, CNY; None where none of it has a price."""
    known = [r.over_cny for r in over(rows) if r.over_cny is not None]
    return sum(known) if known or not over(rows) else None


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The sum, the largest places and who could use them, the oldest stock, and what has no age or no price."""
    planned, bad, told = [r for r in rows if not r.state], over(rows), aged(rows)
    cny, found = money(rows), []
    if bad:
        text = COUNTED.fill(n=len(bad)) if cny is None else HEAD.fill(money=EXCESS.text(cny), n=len(bad))
        found.append(Finding("change", text, cny or 0.0))
    elif planned:
        found.append(Finding("fair", NONE_OVER))
    found += [_place(r) for r in bad[:TOLD]]
    if oldest := max(told, key=lambda r: (r.over_365 or 0.0, r.old_pcs * (r.price or 0.0)), default=None):
        found += _oldest(oldest)
    if lost := [r for r in told if (r.age_unknown or 0.0) >= 1]:
        n = plain(sum(r.age_unknown or 0.0 for r in lost))
        found.append(Finding("change", AGELESS.fill(n=n, who=listed(r.called for r in lost))))
    if bare := [r for r in bad if r.over_cny is None]:
        found.append(Finding("change", NO_PRICE.fill(n=len(bare), who=listed(r.called for r in bare))))
    return [*found, *untold(rows)]


def _place(r: Row) -> Finding:
    by = WANTED.fill(who=Text(r.wanted_by, r.wanted_by_en)) if r.wanted_by else NOBODY
    days = LONG if (r.cover_days or 0.0) >= LONGEST else FORWARD_COVER.text(r.cover_days)
    need = FORWARD_COVER.text(r.need_days)
    text = PLACE.fill(product=r.product, n=plain(r.over_pcs), days=days, need=need, by=by)
    return Finding("rain", text, r.over_cny or 0.0, r.account, r.called, r.owner)


def _oldest(r: Row) -> list[Finding]:
    year = r.over_365 or 0.0
    pieces, age = (year, YEAR) if year >= 1 else (r.old_pcs, HALF)
    if pieces < 1:
        return []
    text = OLDEST.fill(product=r.product, n=plain(pieces), age=age)
    return [Finding("rain", text, pieces * (r.price or 0.0), r.account, r.called, r.owner)]


def by_age(rows: Sequence[Row]) -> list[tuple[Text, float]]:
    """Money of the stock on hand of what is listed, CNY by age; what has no price is left out."""
    priced = [(r, r.price) for r in aged(rows) if r.price is not None]
    sums = [(name, sum(((getattr(r, age) or 0.0) * price for r, price in priced), 0.0)) for age, name in AGES]
    known = sums if sums[-1][1] else sums[:-1]
    return known if any(cny for _, cny in known) else []


def unit(rows: Sequence[Row], look: Look) -> Unit:
    """What the figure's numbers are counted in."""
    return unit_for([cny for _, cny in by_age(rows)], look.lang)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Money by age, youngest first."""
    scale = unit(rows, look)
    items = [(name, cny / scale.size) for name, cny in by_age(rows)]
    return charts.amounts(items, look, Text(scale.name, scale.name), scale.digits)
