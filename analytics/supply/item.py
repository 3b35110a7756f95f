"""How will the stock of one product run down, and what does a shipment change?

Counts of the last 13 weeks, then what is expected of the weeks to come: what is on hand and arrives of goods in
transit, less quantiles of the running total of demand. Sales lost on an empty shelf do not come back. A second line has
the open orders and the goods to be sent. The bands hold the error of demand; arrivals count at their mean by how late
the region's deliveries are.

Units: stock in pcs.
Source: `supply_plan`, `supply_outlook`, `stock`; see `item.sql` and those beside it; `stats.stockout`; docs/methods.md.
Duty: 1, assured supply.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil
from pathlib import Path

import numpy as np
import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, OfAccount, Scope
from analytics.charts.stock import Course
from analytics.charts.theme import Look
from analytics.numbers import plain
from analytics.stats.seasonal import Array
from analytics.stats.stockout import Demand, demand, enough
from analytics.supply import outlook, peak, plan
from analytics.supply.horizon import grown
from analytics.supply.naming import day_name
from analytics.supply.outlook import STEP_DAYS, STEPS
from analytics.supply.peak import Peak
from analytics.supply.plan import LONGEST
from data.store import Store
from data.text import Text

QUESTION = Text(
    "最紧的一种货什么时候断？", "How will the stock of one product run down, and what does a shipment change?"
)
CAPTION = Text(
    "库存，件：实线为盘点，虚线为预计，色带 50% 和 80%，阴影为旺季",
    "Stock, pcs: line is counted, dashes expected, bands 50% and 80%, shade is the peak",
)
MEANING = Text(
    "所选范围内风险销售额最大的一处。实线：近 13 周的盘点。虚线：现有库存加已在途的货，减去预测销量的中位数；色带来自"
    "预测误差，50% 和 80% 的可能落在其中，不含到货早晚的误差。另一条虚线：再加已订未发的货和现在要补的货。断货时没"
    "卖成的不补卖。",
    "The place with most sales at risk in the chosen scope. Line: counts of 13 weeks. Dashes: stock and goods on the "
    "way less the median of what is forecast to be asked for; the bands hold it in 50% and 80% of cases, by the error "
    "of the forecast, not by that of arrivals. The other dashes add goods on order and those to be sent now. What an "
    "empty shelf does not sell is lost.",
)
NEEDS = ("stock", "sales")
ENRICHED_BY = ("orders", "own_stock", "calendar")
QUANTILES = (0.9, 0.75, 0.5, 0.25, 0.1)  # of demand: the low end of stock first
SHOWN_WEEKS = 5  # ahead at least, as many as the counts beside them; else until the goods of the next order
OUT = Text("{name} {product}：不补货，{day}前后断货", "{name}, {product}: out about {day} without a shipment")
KEEPS = Text("{name} {product}：够卖到{day}以后", "{name}, {product}: lasts beyond {day}")
SHIP = Text("要补 {n} 件，最晚 {day}到货", "{n} pcs are to be there by {day}")
AT_ONCE = Text("要补 {n} 件，越快越好", "{n} pcs are to be sent at once")
SHIPPED, EMPTY = Text("补 {n} 件后", "With {n} pcs"), Text("{day}断货", "Out {day}")


@dataclass(frozen=True, slots=True)
class Facts:
    """The item as the plan keeps it."""

    account: str
    name: str
    name_en: str
    sku: str
    sku_name: str
    sku_name_en: str
    category: str
    on_hand: float  # pcs on the day looked from
    cover_days: float  # days
    rush: float  # pcs
    ship: float  # pcs
    unsent: float  # pcs
    arrive_by: date | None
    transit_days: float | None  # days on the way of nine shipments in ten
    until_days: float  # until the goods of the next order
    sent_by_step: Sequence[float]  # pcs in transit that are expected by the end of each step
    unsent_by_step: Sequence[float]  # pcs, of open orders


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted on a day, pcs."""

    counted_on: date
    counted: float


@dataclass(frozen=True, slots=True)
class Ahead:
    """The outlook of the item: `steps` (STEPS) pcs, relative errors of a step and of the level."""

    steps: Sequence[float]
    single: float
    level: float


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One day: a count, or the end of a week to come; today is both."""

    account: str
    name: str
    name_en: str
    sku: str
    sku_name: str
    sku_name_en: str
    day: date
    actual: float | None  # pcs counted, today as it stands
    low80: float | None  # pcs
    low50: float | None  # pcs
    middle: float | None  # pcs
    high50: float | None  # pcs
    high80: float | None  # pcs
    with_shipment: float | None  # pcs, the middle with open orders and the shipment; None where none is to be sent
    shipment: float  # pcs to be sent now, those of open orders included
    arrive_by: date | None  # the shipment must be there
    out_on: date | None  # stock and goods in transit are sold; None beyond half a year
    peak: str  # the next peak, "" none
    peak_en: str
    peak_starts: date | None
    peak_ends: date | None

    @property
    def product(self) -> Text:
        """What the product is called."""
        return Text(self.sku_name, self.sku_name_en)


@dataclass(frozen=True, slots=True)
class Fan:
    """Pieces in stock at the end of each step: quantiles (5, STEPS) and the median with goods sent now (STEPS,)."""

    bands: Array
    shipped: Array
    weeks: int  # worth showing


def ask(store: Store, scope: Scope) -> list[Row]:
    """The worst item of the scope, by day."""
    return ask_item(store, scope)


def ask_item(store: Store, scope: Scope, account: str | None = None, sku: str | None = None) -> list[Row]:
    """One item, by day: that of an account and a SKU, or the worst of what is left open; none if not planned."""
    told, here = {"account": account, "sku": sku} | scope.params(), Path(__file__)
    facts = store.rows(here.with_suffix(".sql"), Facts, kept=plan.keep(store, scope), **told)
    if not facts:
        return []
    item, which = facts[0], {"account": facts[0].account, "sku": facts[0].sku}
    ahead = peak.next_for(item.category, peak.peaks(store, scope))
    counts = store.rows(here.with_name("item_counts.sql"), Count, as_of=scope.as_of, **which)
    mark = outlook.keep(store, scope)
    [asked] = store.rows(here.with_name("item_ahead.sql"), Ahead, outlook=mark, **which)
    return _rows(item, counts, _fan(item, asked, ahead, scope.as_of), ahead, scope.as_of)


def _fan(item: Facts, asked: Ahead, ahead: Peak | None, as_of: date) -> Fan:
    """The item's stock to come."""
    steps = np.array(asked.steps)[None, :] * (1.0 if ahead is None else grown(ahead, as_of))
    total = demand(steps, np.array([asked.single]), np.array([asked.level]))
    sent, unsent = np.array(item.sent_by_step), np.array(item.unsent_by_step)
    later = unsent * max(1.0 - item.rush / item.unsent, 0.0) if item.unsent else unsent
    weeks = ceil(item.until_days / STEP_DAYS)
    return fan(item.on_hand, sent, sent + later + _there(item, as_of), total, weeks)


def fan(on_hand: float, sent: Array, shipped: Array, total: Demand, weeks: int) -> Fan:
    """Stock by the end of each step: `on_hand` and what is there by then, (STEPS,) pcs, less quantiles of demand."""
    asked = np.array([enough(Demand(total.mean[0], total.variance[0]), q) for q in QUANTILES])
    bands = np.array([left(on_hand + sent - one) for one in asked])
    return Fan(bands, left(on_hand + shipped - asked[len(QUANTILES) // 2]), min(max(weeks, SHOWN_WEEKS), STEPS))


def left(balance: Array) -> Array:
    """Stock where a balance (STEPS,) would fall below nothing: what could not be sold then is not owed later."""
    return balance - np.minimum(np.minimum.accumulate(balance), 0.0)


def _there(item: Facts, as_of: date) -> Array:
    """The shipment from the step on that holds the day it must be there, or can be there if sent today."""
    if item.arrive_by is None:
        return np.zeros(STEPS)
    days = max((item.arrive_by - as_of).days, ceil(item.transit_days or 0), 1)
    return np.where(np.arange(STEPS) >= (days - 1) // STEP_DAYS, item.rush + item.ship, 0.0)


def _rows(item: Facts, counted: Sequence[Count], fan: Fan, ahead: Peak | None, as_of: date) -> list[Row]:
    """The counts, today, and the ends of the weeks to come."""
    today = _today(item, ahead, as_of)
    bare = replace(today, low80=None, low50=None, middle=None, high50=None, high80=None, with_shipment=None)
    rows = [replace(bare, day=c.counted_on, actual=c.counted) for c in counted if c.counted_on < as_of]
    before = len(rows)
    for n in range(fan.weeks):
        low80, low50, middle, high50, high80 = fan.bands[:, n].tolist()
        week = replace(today, day=as_of + timedelta(days=STEP_DAYS * (n + 1)), actual=None, low80=low80, low50=low50)
        shipped = float(fan.shipped[n]) if today.shipment else None
        rows.append(replace(week, middle=middle, high50=high50, high80=high80, with_shipment=shipped))
    return [*rows[:before], today, *rows[before:]]


def _today(item: Facts, ahead: Peak | None, as_of: date) -> Row:
    """The day looked from: what is there is known, and the fan opens from it."""
    now, send = item.on_hand, item.rush + item.ship
    out = as_of + timedelta(days=int(item.cover_days)) if item.cover_days < LONGEST else None
    names = ("", "", None, None) if ahead is None else (ahead.name, ahead.name_en, ahead.starts_on, ahead.ends_on)
    return Row(
        item.account, item.name, item.name_en, item.sku, item.sku_name, item.sku_name_en, as_of,
        now, now, now, now, now, now, now if send else None, send, item.arrive_by, out, *names,
    )  # fmt: skip


def title(rows: Sequence[Row]) -> Text:
    """Which item it is, and when it runs out without a shipment; `rows` are of one item, at least one."""
    last = rows[-1]
    if last.out_on is None or last.out_on > last.day:
        return KEEPS.fill(name=last.called, product=last.product, day=day_name(last.day))
    return OUT.fill(name=last.called, product=last.product, day=day_name(last.out_on))


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """When it runs out, and what has to be there by when."""
    if not rows:
        return []
    last = rows[-1]
    out = last.out_on is not None and last.out_on <= last.day
    found = [Finding("storm" if out else "fair", title(rows), 0.0, last.account, last.called)]
    if last.shipment and last.arrive_by is not None:
        words = SHIP if last.arrive_by > scope.as_of else AT_ONCE
        text = words.fill(n=plain(last.shipment), day=day_name(last.arrive_by))
        found.append(Finding("rain", text, 0.0, last.account, last.called))
    return found


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Counts, the fan, the line with the shipment, the peak as a shade, and the day it runs out."""
    last = rows[-1] if rows else None
    if last is None:
        return charts.stock(Course((), (), (), SHIPPED), look)
    ahead = [
        (r.day.isoformat(), (r.low80, r.low50, r.middle, r.high50, r.high80))
        for r in rows
        if r.low80 is not None and r.low50 is not None and r.middle is not None
        and r.high50 is not None and r.high80 is not None
    ]  # fmt: skip
    course = Course(
        [(r.day.isoformat(), r.actual) for r in rows if r.actual is not None],
        ahead,
        [(r.day.isoformat(), r.with_shipment) for r in rows if r.with_shipment is not None],
        SHIPPED.fill(n=plain(last.shipment)),
        None if last.out_on is None or last.out_on > last.day
        else (last.out_on.isoformat(), EMPTY.fill(day=day_name(last.out_on))),
        _peak(last),
    )  # fmt: skip
    return charts.stock(course, look)


def _peak(row: Row) -> tuple[str, str, Text] | None:
    """The peak, where the figure reaches it."""
    if row.peak_starts is None or row.peak_ends is None or row.peak_starts >= row.day:
        return None
    return row.peak_starts.isoformat(), row.peak_ends.isoformat(), Text(row.peak, row.peak_en)
