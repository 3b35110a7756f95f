"""Our own warehouses: month-end counts of the last twelve months, what is on order, and when more is ordered.

Planted truth: a product of SHORTAGES is short in every warehouse while its shortage lasts; UNORDERED is down to its
level with nothing on order at the last count; products out of production are left over and no longer ordered, though
nobody took their level off.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from data.samples import market
from data.samples.columns import NEVER, Floats, Ints, Words, table, what
from data.samples.seasons import FIRST, LAST, axis
from data.samples.supply import SHORTAGES

COUNTS = 12  # month ends, the last of them LAST
BASE_WEEKS = 1.9  # of shipments that a warehouse holds beside what its products' lead times ask for
WEEKS_A_LEAD_WEEK = 0.9  # weeks held for each week of lead time
SPREAD_WEEKS = 0.8  # standard deviation of the weeks held, from product to product ...
SWING_WEEKS = 0.4  # ... and from count to count
LEAST_WEEKS = 0.2  # a warehouse is never quite empty: pieces on display and returns
SHORT_WEEKS = (0.05, 0.35)  # weeks held of a product that we cannot make enough of
CAPACITY_DAYS = 45  # days until the plant delivers what it is short of
SERVICE_Z = 1.282  # a reorder level that suffices in 90 cycles of 100
WEEK_CV = 0.35  # standard deviation of a week's shipments over their mean
REVIEW_WEEKS = 4  # what is ordered reaches this much further than the reorder level
LEFT_OVER = 0.25  # of a usual stock is still there when a product goes out of production ...
SOLD_OFF_DAYS = 200  # ... and falls by 1/e in this time
LEAST_RATE = 0.5  # pieces a week below which a warehouse does not hold a product


class Warehouse(NamedTuple):
    """One of ours, and the region that it serves first."""

    name: str
    region: str


WAREHOUSES = (
    Warehouse("杭州仓", market.E),
    Warehouse("广州仓", market.S),
    Warehouse("天津仓", market.N),
    Warehouse("成都仓", market.W),
)
UNORDERED = (("天津仓", "XQG100-B1"), ("成都仓", "XQB30-M1"), ("广州仓", "BC-95"))


@dataclass(frozen=True, slots=True)
class _Chance:
    """Drawn at once: by warehouse and SKU, or by count, warehouse and SKU."""

    habit: Floats
    swing: Floats
    short: Floats
    due: Floats


def own_stock(rng: np.random.Generator, planned: Floats) -> pa.Table:
    """The dataset `own_stock`; `planned` (P, A, S) are the pieces that accounts are expected to sell."""
    days, drawn = _count_days(), _draw(rng)
    week, level = _ahead(planned, days)
    level = np.where(_over(days), np.ceil(_usual(planned)), level)
    short, unordered = _short(days), _unordered()
    held = np.where(short, drawn.short, _weeks(drawn))
    on_hand = np.rint(np.where(_over(days), LEFT_OVER * _left(days) * _usual(planned), held * week))
    on_hand[-1] = np.where(unordered, np.minimum(on_hand[-1], np.floor(level[-1] * 0.6)), on_hand[-1])
    due = np.where(short, CAPACITY_DAYS, np.ceil(drawn.due * _lead_days())).astype(np.int64)
    on_order = np.where(_ordered(on_hand, level, days), np.ceil(level + REVIEW_WEEKS * week - on_hand), 0.0)
    n, w, s = np.nonzero(np.where(_over(days), on_hand > 0, week >= LEAST_RATE))
    coming = on_order[n, w, s]
    return table(
        "own_stock",
        warehouse=Words(w, [one.name for one in WAREHOUSES]),
        region=Words(w, [one.region for one in WAREHOUSES]),
        **what(s),
        counted_on=FIRST + days[n],
        on_hand=on_hand[n, w, s],
        on_order=coming,
        due_on=np.where(coming > 0, FIRST + days[n] + due[n, w, s], NEVER),
        reorder_level=level[n, w, s],
    )


def _count_days() -> Ints:
    """Day numbers of the last month ends, (C,)."""
    opens = axis().start[axis().month_opens]
    return opens[opens <= axis().at(LAST) + 1][-COUNTS:] - 1


def _draw(rng: np.random.Generator) -> _Chance:
    cells = (len(WAREHOUSES), len(market.SKUS))
    counts = (COUNTS, *cells)
    return _Chance(
        habit=rng.normal(0, SPREAD_WEEKS, cells),
        swing=rng.normal(0, SWING_WEEKS, counts),
        short=rng.uniform(*SHORT_WEEKS, counts),
        due=rng.uniform(0.15, 1.0, counts),
    )


def _lead_days() -> Ints:
    return np.array([product.lead_days for product in market.PRODUCTS])


def _weeks(drawn: _Chance) -> Floats:
    """Weeks of shipments held where nothing is wrong, (C, W, S): about three to six."""
    usual = BASE_WEEKS + WEEKS_A_LEAD_WEEK * _lead_days() / 7
    return np.maximum(usual + drawn.habit + drawn.swing, LEAST_WEEKS)


def _by_region(pieces: Floats) -> Floats:
    """Pieces by account and SKU, (..., A, S), as each warehouse ships them, (..., W, S)."""
    of = np.array([[account.region == w.region for account in market.ACCOUNTS] for w in WAREHOUSES], dtype=np.float64)
    return of @ pieces


def _ahead(planned: Floats, days: Ints) -> tuple[Floats, Floats]:
    """At each count the pieces of a coming week, and the reorder level: both (C, W, S), by plan.

    The level covers the lead time and z standard deviations of what is shipped in it.
    """
    per_day = _by_region(planned / axis().length[:, None, None])[axis().period]
    until = np.concatenate([np.zeros((1, *per_day.shape[1:])), np.cumsum(per_day, axis=0)])
    weeks = _lead_days() / 7
    month = (until[days + 29] - until[days + 1]) / 4
    need = until[days[:, None] + 1 + _lead_days(), :, np.arange(len(weeks))].transpose(0, 2, 1) - until[days + 1]
    safety = SERVICE_Z * WEEK_CV * np.sqrt(weeks) * need / weeks
    return month, np.ceil(need + safety)


def _usual(planned: Floats) -> Floats:
    """Pieces that a warehouse held of a product in its last full year, (W, S): four mean weeks."""
    year = axis().within(FIRST, FIRST + 364)
    return _by_region(planned[year].sum(axis=0)) * 4 / 52


def _stopped() -> Ints:
    """The day number on which each product goes out of production, (S,); far away for the current ones."""
    return np.array([axis().at(p.until or "2099-12-31") for p in market.PRODUCTS])


def _over(days: Ints) -> np.ndarray:
    """Whether a product is out of production at a count, (C, 1, S)."""
    return (days[:, None] > _stopped())[:, None, :]


def _left(days: Ints) -> Floats:
    """Share of the left-overs that is still there at a count, (C, 1, S)."""
    return np.exp(-np.clip(days[:, None] - _stopped(), 0, None) / SOLD_OFF_DAYS)[:, None, :]


def _short(days: Ints) -> np.ndarray:
    """Whether we are short of a product at a count, (C, 1, S): everywhere while a planted shortage lasts."""
    found = np.zeros((len(days), 1, len(market.SKUS)), dtype=bool)
    for shortage in SHORTAGES:
        found[:, 0, market.sku(shortage.sku)] |= (days >= axis().at(shortage.since)) & (
            days <= axis().at(shortage.until)
        )
    return found


def _unordered() -> np.ndarray:
    """Where nothing is on order at the last count although it should be, (W, S)."""
    names = [one.name for one in WAREHOUSES]
    found = np.zeros((len(names), len(market.SKUS)), dtype=bool)
    for warehouse, sku in UNORDERED:
        found[names.index(warehouse), market.sku(sku)] = True
    return found


def _ordered(on_hand: Floats, level: Floats, days: Ints) -> np.ndarray:
    """Whether something is on order, (C, W, S): stock is down to its level, and nobody forgot; nothing any more of
    what is out of production."""
    ordered = (on_hand <= level) & ~_over(days)
    ordered[-1] &= ~_unordered()
    return ordered
