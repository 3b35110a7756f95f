"""Supply: accounts order up to a level, we deliver (late or short at times), people buy what is there.

Planted truth: SHORTAGES (deliveries cut, so that stock runs out and sell-out is censored), PUSHES (an account takes
too much before a rebate threshold and sends part back). The identity holds in every period: stock = stock before +
delivered - returned - sold.
"""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from data.samples import market
from data.samples.columns import Floats, Ints
from data.samples.demand import Market, lagged, out_of_production
from data.samples.seasons import axis

REVIEW_DAYS = 14  # accounts order every second week
LAG_DAYS = 56  # a buyer plans on the level of eight weeks ago: falling accounts pile up stock, rising ones run thin
LEAST_LINE = 0.35  # smallest order line, as a share of two weeks' plan: less is not worth a truck
EAGER = 0.12  # share of lines asked for one to five days before we can promise them
DISBELIEF_DAYS = (
    75  # buyers plan on full sales this long after a product has gone out of production, and are left with stock
)
SHORT = 0.07  # share of lines that we cannot fill
LATE = (0.08, 0.15)  # share of lines late in the first and in the last half-year
TRANSIT_DAYS = {"华北": 3, "华东": 2, "华南": 3, "西部": 5}
RETURNED = 0.006  # share of cells that send something back in a period ...
RETURN_SHARE = 0.04  # ... and how much of their stock
BEYOND = 2  # rows past the time axis, where deliveries of next year are put and forgotten
MONDAY = 2  # day number of a Monday modulo 7: day 0 is a Saturday
CAUSES = ("产能不足", "缺料", "运输延误", "客户改期")


class Shortage(NamedTuple):
    """Deliveries promised between two days are cut to `supplied` of what was ordered."""

    sku: str
    accounts: tuple[str, ...]
    since: str
    until: str
    supplied: float


class Push(NamedTuple):
    """Orders placed between two days are `factor` times the need; `returned` of the stock comes back on `back_on`."""

    account: str
    since: str
    until: str
    factor: float
    back_on: str
    returned: float


SHORTAGES = (
    Shortage("KFR-35GW-A", ("A01", "A05", "A12", "A14", "A20", "A24"), "2025-04-21", "2025-06-29", 0.05),
    Shortage("XQG100-B1", ("A08", "A11", "A20", "A22"), "2024-09-09", "2024-11-24", 0.05),
    Shortage("XQG100-B1", ("A05", "A14"), "2026-03-30", "2026-12-31", 0.20),  # from hand to mouth before National Day
)
SHORT_NOW = (("A05", "XQG100-B1"), ("A14", "XQG100-B1"))
PUSHES = (
    Push("A12", "2024-11-18", "2024-12-15", 1.7, "2025-01-20", 0.22),
    Push("A12", "2025-11-17", "2025-12-14", 1.7, "2026-01-19", 0.22),
)


@dataclass(frozen=True, slots=True)
class Orders:
    """Order lines (R,); a cell is an account x SKU pair, account number x SKUs + SKU number.

    Days are day numbers, `qty` and `shipped` pieces, `cause` a number in CAUSES or -1.
    """

    cell: Ints
    ordered: Ints
    requested: Ints
    promised: Ints
    delivered: Ints
    qty: Ints
    shipped: Ints
    cause: Ints

    @property
    def account(self) -> Ints:
        """Account numbers."""
        return self.cell // len(market.SKUS)

    @property
    def sku(self) -> Ints:
        """SKU numbers."""
        return self.cell % len(market.SKUS)


@dataclass(frozen=True, slots=True)
class Supply:
    """What was played, by known period and cell, (P, C) pieces, and all orders; `stock` is held at the close."""

    demand: Ints
    sold: Ints
    returned: Ints
    stock: Ints
    orders: Orders


@dataclass(frozen=True, slots=True)
class _Draws:
    """Chance, drawn at once: by period and cell."""

    short: Floats
    filled: Floats
    late: Floats
    eager: Ints
    noise: Floats
    back: Floats


def run(rng: np.random.Generator, now: Market, expected: Floats, demand: Ints) -> Supply:
    """Play period after period: order, deliver, sell what is there, send back.

    `expected` (P, A, S) is what buyers plan on, `demand` (known, A, S) what people come for.
    """
    ask = demand.reshape(len(demand), -1)
    plan, draws = _plan(now, expected), _draw(rng, now)
    arrivals = np.zeros((len(axis().start) + BEYOND, ask.shape[1]), dtype=np.int64)
    stock = np.rint(_ahead(plan, 0, _cover() + _lead())).astype(np.int64)  # a lead time more: nothing is on its way yet
    on_order, lines = np.zeros_like(stock), []
    sold, left, returned = np.zeros_like(ask), np.zeros_like(ask), np.zeros_like(ask)
    for t in range(len(ask)):
        if axis().start[t] % 7 == MONDAY:
            lines.append(_order(t, plan, stock + on_order, draws))
            _await(lines[-1], arrivals, on_order)
        on_order -= arrivals[t]
        stock += arrivals[t]
        sold[t] = np.minimum(ask[t], stock)
        returned[t] = (draws.back[t] * (stock - sold[t])).astype(np.int64)
        stock = stock - sold[t] - returned[t]
        left[t] = stock
    return Supply(ask, sold, returned, left, _together(lines))


def _plan(now: Market, expected: Floats) -> Floats:
    """Pieces that buyers plan to sell before each period, (P + 1, C): on an old level, blind to a product's end."""
    need = expected * lagged(now, LAG_DAYS)[:, :, None] * out_of_production(DISBELIEF_DAYS)[:, None]
    need = need.reshape(len(need), -1)
    return np.concatenate([np.zeros((1, need.shape[1])), np.cumsum(need, axis=0)])


def _await(line: Orders, arrivals: Ints, on_order: Ints) -> None:
    """Enter what was just ordered into `arrivals` (periods, C) and `on_order` (C,)."""
    arrivals[_period(line.delivered), line.cell] += line.shipped  # a cell orders once in a period: no index twice
    on_order[line.cell] += line.shipped


def _draw(rng: np.random.Generator, now: Market) -> _Draws:
    shape = (axis().known, now.base.shape[1] * now.base.shape[2])
    back = np.where(rng.random(shape) < RETURNED, RETURN_SHARE, 0.0)
    for push in PUSHES:
        back[axis().period[axis().at(push.back_on)], _cells(push.account)] = push.returned
    return _Draws(
        short=rng.random(shape),
        filled=rng.uniform(0.35, 0.9, shape),
        late=rng.random(shape),
        eager=rng.integers(1, 6, shape) * (rng.random(shape) < EAGER),
        noise=np.exp(rng.normal(0, 0.12, shape)),
        back=back,
    )


def _order(t: int, plan: Floats, position: Ints, draws: _Draws) -> Orders:
    """What is ordered in period t by the accounts whose turn it is, and what becomes of it."""
    wanted = _ahead(plan, t, _lead() + REVIEW_DAYS + _cover()) * draws.noise[t] * _pushed()[t]
    turn = _account() % 2 == axis().week[t] % 2
    enough = LEAST_LINE * _ahead(plan, t, np.full_like(_lead(), REVIEW_DAYS)) + 1
    cell = np.flatnonzero(turn & (wanted - position >= enough))
    qty = np.rint(wanted - position)[cell].astype(np.int64)
    ordered = axis().start[t] + np.minimum(_account()[cell] % 3, axis().length[t] - 1)
    promised = ordered + _lead()[cell]
    cut = _supplied()[_period(promised), cell]
    short = (draws.short[t, cell] < SHORT) | (cut < 1)
    shipped = np.where(short, np.floor(qty * np.minimum(cut, draws.filled[t, cell])), qty).astype(np.int64)
    delay = _delay(t, cell, draws)
    cause = np.where(short, np.where(cut < 1, 0, cell % 2), np.where(delay > 0, 2 + (delay > 5), -1))
    return Orders(cell, ordered, promised - draws.eager[t, cell], promised, promised + delay, qty, shipped, cause)


def _delay(t: int, cell: Ints, draws: _Draws) -> Ints:
    """Days late; the share of late lines grows over the years, and the west is late half as often again."""
    far = np.array([account.region == market.W for account in market.ACCOUNTS])[_account()[cell]]
    share = np.interp(t, (0, axis().known), LATE) * np.where(far, 1.5, 1.0)
    late = draws.late[t, cell]
    return np.where(late < share, 1 + np.floor(late / share * 8), np.where(late > 0.97, -1, 0)).astype(np.int64)


def _ahead(plan: Floats, t: int, days: Ints) -> Floats:
    """Pieces planned from period t for `days` days (by cell), (C,); by whole periods, the last one in part."""
    until = np.minimum(axis().start[t] + days, len(axis().days) - 1)
    period = axis().period[until]
    part = (until - axis().start[period]) / axis().length[period]
    cells = np.arange(plan.shape[1])
    reached = plan[period, cells] + part * (plan[period + 1, cells] - plan[period, cells])
    return reached - plan[t]


def _period(days: Ints) -> Ints:
    """Period numbers; days past the axis go to a drain beyond it."""
    return np.where(
        days < len(axis().days), axis().period[np.minimum(days, len(axis().days) - 1)], len(axis().start) + 1
    )


@cache
def _account() -> Ints:
    """Account number of each cell, (C,)."""
    return np.repeat(np.arange(len(market.CODES)), len(market.SKUS))


def _cells(code: str) -> slice:
    """The cells of one account."""
    first = market.account(code) * len(market.SKUS)
    return slice(first, first + len(market.SKUS))


@cache
def _lead() -> Ints:
    """Days from order to delivery of each cell, (C,)."""
    return np.tile([product.lead_days for product in market.PRODUCTS], len(market.CODES))


@cache
def _cover() -> Ints:
    """Days of stock that each cell aims at, (C,)."""
    return np.repeat([account.cover_days for account in market.ACCOUNTS], len(market.SKUS))


@cache
def _supplied() -> Floats:
    """Share of an order that the planted shortages let through, by promised period and cell."""
    share = np.ones((len(axis().start) + 2, len(market.CODES) * len(market.SKUS)))
    for shortage in SHORTAGES:
        when = axis().within(shortage.since, shortage.until)
        for code in shortage.accounts:
            share[when, market.account(code) * len(market.SKUS) + market.sku(shortage.sku)] = shortage.supplied
    return share


@cache
def _pushed() -> Floats:
    """By how much each cell is pushed to order, by period and cell."""
    factor = np.ones((len(axis().start), len(market.CODES) * len(market.SKUS)))
    for push in PUSHES:
        factor[axis().within(push.since, push.until), _cells(push.account)] = push.factor
    return factor


def _together(lines: list[Orders]) -> Orders:
    names = ("cell", "ordered", "requested", "promised", "delivered", "qty", "shipped", "cause")
    return Orders(*(np.concatenate([getattr(line, name) for line in lines]) for name in names))
