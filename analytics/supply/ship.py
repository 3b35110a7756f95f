"""What do we send to whom, from where, by when?

One list over all accounts. Every line is a product at an account whose stock, with all that is coming, does not last
until goods of its next order can be there (or to the end of a peak that begins before), or that runs short before open
orders are sent. Where our own stock does not reach, it is shared out by the sales that a piece keeps.

Units: pieces (pcs), days, money in CNY at what the account pays.
Source: `supply_plan`, which `plan.py` works out; see `ship.sql`; docs/methods.md.
Duty: 1, assured supply, above all before a peak season.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Cut, Finding, OfAccount, Scope, cut
from analytics.charts.theme import Look
from analytics.metrics import PIECES, SALES
from analytics.numbers import Unit, unit_for
from analytics.supply import plan, sums
from analytics.supply.sums import SOON_DAYS
from data.approve import Line
from data.store import Store
from data.text import Text

QUESTION = Text("给谁发什么，从哪个仓，最晚哪天？", "What do we send to whom, from where, by when?")
CAPTION = Text("保住的销售额", "Sales kept")
MEANING = Text(
    "要撑到客户下一次订的货能到（供货周期＋两次订货的间隔）；旺季在这之前开始的，撑到旺季结束。要有的货＝这段时间的"
    "需求按 95% 不断货的量；减去库存、在途和未发订单（按近五周实发率折算），不够的是补单。现有库存加在途三周内"
    "多半会断货的，从未发订单里先发，是加急。发不出那么多时，按一台能保住的销额分给各客户（可发＝我方库存＋31 天内入"
    "库）。最晚发货＝断货风险超过 5% 那天减路上天数（该区九成做到的）；最晚下单＝那天减供货周期。保住的销额＝发了以后"
    "少丢的期望销量 × 客户进价。",
    "Stock must last until goods of the account's next order can be there (lead time and days between two orders), or "
    "to the end of a peak that begins before. Needed: what meets all demand of that time with 95%; on hand, in transit "
    "and open orders (at the part filled in the last five weeks) go off, and what is missing is to be ordered. What "
    "is likelier than not to run out in three weeks is sent first from open orders. Where we cannot send as "
    "much, pieces go where each keeps the most sales (ours to send: our own stock and what comes in within 31 days). "
    "Latest dispatch: the day the risk passes 5%, less days on the way (nine in ten of the region); latest order: that "
    "day less the lead time. Sales kept: expected sales no longer lost, at what the account pays.",
)
NEEDS = ("sales", "stock", "products")
ENRICHED_BY = ("orders", "calendar", "own_stock")
SHOWN = 8
TO_SEND = Text("{n} 单共 {pcs} 件，可保住约 {money} 销额", "{n} lines, {pcs} pieces, keep about {money} of sales")
SOON = Text("其中 {n} 单要在 {day} 前发出", "{n} of them leave by {day}")
LATE = Text(
    "{n} 单最晚下单日已过，先用现货或调货补",
    "Past the latest order date: {n} lines; send from stock or move goods",
)
LACKING = Text(
    "我方的货不够：要 {wanted} 件，能发 {given} 件，按保住的销额分",
    "Our own stock lacks: {wanted} wanted, {given} can go, shared by sales kept",
)
UNPRICED = Text("{n} 单没有价格，金额没算", "{n} lines have no price; their money is not counted")
MOST = 1000  # lines: those that keep most sales; a file of more is nobody's list
WHO = Text("{name} {sku}", "{name} {sku}")


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One line of the list."""

    account: str
    name: str
    name_en: str
    owner: str
    sku: str
    sku_name: str
    sku_name_en: str
    rush: float  # pcs of open orders to be sent first
    ship: float  # pcs to be ordered beyond open orders
    allotted: float  # pcs of both that we can send
    warehouse: str  # "": not known
    dispatch_by: date
    order_by: date | None  # None: nothing to order
    arrive_by: date
    until: date
    peak: str  # "": none begins soon enough
    peak_en: str
    cover_days: float
    need_days: float
    risk: float  # P(out within three weeks)
    price: float | None  # CNY a piece
    goods_cny: float | None
    kept_cny: float | None

    @property
    def product(self) -> Text:
        """The product's name in both languages."""
        return Text(self.sku_name, self.sku_name_en)


def line(row: Row) -> Line:
    """The line as it is approved: all that we can send of it."""
    return Line(
        row.account, row.name, row.sku, row.sku_name, row.allotted, row.dispatch_by, row.arrive_by, row.warehouse,
        row.risk, row.until, row.kept_cny,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sum:
    """A list in numbers: lines, pcs and CNY wanted, pcs and CNY that can go, CNY of sales kept; lines to be sent soon,
    past their latest order date and without a price; the most days that any line needs."""

    lines: int
    wanted: float
    wanted_cny: float
    pcs: float
    goods_cny: float
    kept_cny: float
    soon: int
    late: int
    unpriced: int
    need_days: float


Rows = Cut[Row, Sum]


def ask(store: Store, scope: Scope) -> Rows:
    """By sales kept, the most first: the lines that keep most, and what all of them come to."""
    here, told = Path(__file__), {"kept": plan.keep(store, scope)} | scope.params()
    [whole] = store.rows(here.with_name("ship_whole.sql"), Sum, kept=sums.keep(store, scope), **scope.params())
    return Rows(store.rows(here.with_suffix(".sql"), Row, most=MOST, **told), whole.lines, whole)


def total(rows: Rows) -> Sum:
    """All lines together; a line without a price counts in pieces only."""
    return rows.whole


def say(rows: Rows, scope: Scope) -> list[Finding]:
    """How much, how soon, what is late already, what we lack, and that not all lines are listed."""
    if not rows:
        return []
    all_, day = total(rows), scope.as_of + SOON_DAYS
    money, pcs = SALES.text(all_.kept_cny), PIECES.text(all_.pcs)
    found = [Finding("rain", TO_SEND.fill(n=all_.lines, pcs=pcs, money=money))]
    counts = (
        (SOON.fill(n=all_.soon, day=day.isoformat()), all_.soon),
        (LATE.fill(n=all_.late), all_.late),
        (UNPRICED.fill(n=all_.unpriced), all_.unpriced),
    )
    found += [Finding("change", text) for text, n in counts if n]
    if all_.pcs < all_.wanted:
        found.append(Finding("storm", LACKING.fill(wanted=PIECES.text(all_.wanted), given=PIECES.text(all_.pcs))))
    return [*found, *cut(rows)]


def unit(rows: Sequence[Row], look: Look) -> Unit:
    """What the figure's numbers are in."""
    return unit_for([r.kept_cny or 0.0 for r in rows], look.lang)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Sales kept by line, the most first."""
    shown, scale = [r for r in rows if r.kept_cny][:SHOWN], unit(rows, look)
    items = [(WHO.fill(name=r.called, sku=r.product), (r.kept_cny or 0.0) / scale.size) for r in shown]
    return charts.amounts(items, look, Text(scale.name, scale.name), scale.digits)
