"""What each account would sell of each product, level x season x mix, before anything is planted in it.

Planted truth: the level of each account (drift, a 22-month cycle that all share, slow noise, two turning down and two
up).
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from data.samples import market
from data.samples.columns import Floats
from data.samples.seasons import FIRST, axis, by_period

BEFORE = 18  # months of level before FIRST, so that growth on last year is known from the first month
AHEAD = 14  # months of level after LAST
CYCLE_MONTHS = 22  # the trade's ups and downs, shared by all accounts
CYCLE = 0.07  # log amplitude of that cycle
CYCLE_START = 11.5  # month from FIRST in which it rises through zero: its trough is November 2025
DRIFT_SD = 0.018  # log, monthly innovation of an account's slow noise
DRIFT_STAYS = 0.85  # share of it that is left a month later
TURNS = {  # from which month (number from FIRST) an account's level changes by how much a month (log), until LAST
    "A01": (28, -0.042),
    "A02": (26, -0.032),
    "A23": (26, 0.016),
    "A24": (27, 0.016),
}
RAMP_DAYS = 84  # a launch needs twelve weeks to its full rate
RUN_OFF_DAYS = 45  # demand for a product out of production falls by 1/e in this time
PRICE_PATH = (  # list price against today's, by year 2023-2026 and category: appliances get cheaper
    (1.04, 1.03, 1.06, 1.02, 1.05),
    (1.03, 1.02, 1.05, 1.02, 1.03),
    (1.00, 1.01, 1.03, 1.00, 1.01),
    (1.00, 1.00, 1.00, 1.00, 1.00),
)
LISTED = 0.78  # share of products that an account carries
ALWAYS = ("XQG100-B1", "XQG80-B2", "XQG100-H1", "BCD-456F", "KFR-35GW-A", "JSQ30-A1")  # listed by every account


@dataclass(frozen=True, slots=True)
class Market:
    """What is known of accounts A, products S and periods P (to HORIZON) before anything is planted.

    `level` (A, months from BEFORE months before FIRST), log; `listed` (A, S) 0 or 1; `price` (P, A, S) supply price,
    CNY a piece; `base` (P, A, S) expected pieces.
    """

    level: Floats
    listed: Floats
    price: Floats
    base: Floats

    def month_level(self, number: int) -> Floats:
        """Log level of each account in a month counted from FIRST, (A,)."""
        return self.level[:, number + BEFORE]


def market_of(rng: np.random.Generator) -> Market:
    """Draw the market: who lists what, in what mix, at which level."""
    level = _levels(rng)
    listed = _listing(rng)
    price = _prices()
    raw = _mix(rng, listed)[None] * _life()[:, None, :] * by_period()[:, None, market.CATEGORY_OF]
    raw *= np.exp(_at_periods(level))[:, :, None]
    first_year = slice(0, int(np.searchsorted(axis().month, 12)))
    worth = np.einsum("pas,pas->a", raw[first_year], price[first_year])
    size = np.array([account.sales_mcny for account in market.ACCOUNTS]) * 1e6 / worth
    return Market(level, listed, price, raw * size[None, :, None] * _open()[:, :, None])


def growth(level: Floats) -> dict[str, float]:
    """Change of each account's level from June 2025 to June 2026, as a share."""
    change = np.exp(level[:, BEFORE + 35] - level[:, BEFORE + 23]) - 1
    return dict(zip(market.CODES, map(float, change), strict=True))


def _levels(rng: np.random.Generator) -> Floats:
    months = np.arange(-BEFORE, 36 + AHEAD)
    drift = np.array([account.growth for account in market.ACCOUNTS])
    share = rng.uniform(0.6, 1.4, len(drift))  # how much of the cycle an account feels
    level = np.outer(drift, months / 12) + CYCLE * np.outer(
        share, np.sin(2 * np.pi * (months - CYCLE_START) / CYCLE_MONTHS)
    )
    noise = rng.normal(0, DRIFT_SD, level.shape)
    for month in range(1, len(months)):
        noise[:, month] += DRIFT_STAYS * noise[:, month - 1]
    level += noise
    for code, (since, change) in TURNS.items():
        level[market.account(code)] += change * np.clip(months - since + 1, 0, 36 - since)
    return level


def _at_periods(level: Floats, lag_days: int = 0) -> Floats:
    """Log level in each period, (P, A); `lag_days` looks that far back."""
    middle = (axis().start + axis().end) / 2 - lag_days
    months = np.arange(-BEFORE, 36 + AHEAD) * 30.4375 + 15.2
    return np.array([np.interp(middle, months, row) for row in level]).T


def lagged(market_now: Market, lag_days: int) -> Floats:
    """By how much the level that a buyer knows (lag_days old) differs from the true one, (P, A) as a ratio."""
    return np.exp(_at_periods(market_now.level, lag_days) - _at_periods(market_now.level))


def _listing(rng: np.random.Generator) -> Floats:
    """Who carries what, (A, S) of 0 or 1; popular products are carried more often."""
    weight = np.array([product.weight for product in market.PRODUCTS])
    chance = np.clip(LISTED + 0.35 * (weight - weight.mean()) / weight.std() * 0.4, 0.4, 1.0)
    listed = (rng.random((len(market.CODES), len(weight))) < chance).astype(np.float64)
    listed[:, [market.sku(code) for code in ALWAYS]] = 1.0
    listed[:, weight == 0] = 0.0  # products of weight 0 are sold in trials only
    return listed


def _mix(rng: np.random.Generator, listed: Floats) -> Floats:
    """Pieces of a product on a mean day, (A, S), of an account of size 1; categories keep their share of CNY."""
    price = np.array([product.price for product in market.PRODUCTS])
    taste = np.exp(rng.normal(0, 0.25, listed.shape)) * listed
    pieces = np.array([product.weight for product in market.PRODUCTS]) * taste
    affinity = np.exp(rng.normal(0, 0.18, (len(listed), len(market.CATEGORIES))))
    mix = np.zeros_like(pieces)
    for k, share in enumerate(market.CATEGORY_SHARE):
        own = np.array(market.CATEGORY_OF) == k
        worth = (pieces[:, own] * price[own]).sum(axis=1, keepdims=True)
        mix[:, own] = pieces[:, own] / np.maximum(worth, 1e-9) * share * affinity[:, [k]]
    return mix


@cache
def _life() -> Floats:
    """Share of its full rate that a product has reached in each period, (P, S)."""
    middle = (axis().start + axis().end) / 2
    launch = np.array([(np.datetime64(p.launched) - FIRST).astype(int) for p in market.PRODUCTS])
    ramp = np.clip((middle[:, None] - launch) / RAMP_DAYS, 0, 1) * (axis().start[:, None] >= launch)
    return ramp * np.exp(-np.clip(middle[:, None] - _stops(), 0, None) / RUN_OFF_DAYS)


@cache
def out_of_production(days: int) -> Floats:
    """Run-off as buyers expect it over the true one, (P, S): full sales for `days` after its end, then none."""
    middle = (axis().start + axis().end) / 2
    past = np.clip(middle[:, None] - _stops(), 0, None)
    return np.exp(np.minimum(past, days) / RUN_OFF_DAYS) * (past <= days)


def _stops() -> Floats:
    """The day number on which each product goes out of production, (S,); far away for the current ones."""
    return np.array(
        [(np.datetime64(p.until or "2099-12-31") - FIRST).astype(int) for p in market.PRODUCTS], dtype=float
    )


@cache
def _open() -> Floats:
    """1 from the period in which an account became ours, (P, A)."""
    since = np.array([(np.datetime64(account.since) - FIRST).astype(int) for account in market.ACCOUNTS])
    return (axis().start[:, None] >= since).astype(np.float64)


@cache
def _prices() -> Floats:
    """Supply price after the account's discount, CNY a piece in whole 0.01, (P, A, S)."""
    year = (axis().month + 6) // 12  # 0 in 2023
    today = np.array([product.price for product in market.PRODUCTS], dtype=np.float64)
    listed = np.rint(today * np.array(PRICE_PATH)[year][:, market.CATEGORY_OF])
    discount = np.array([account.discount for account in market.ACCOUNTS], dtype=np.float64)
    price: Floats = listed[:, None, :] * (1 - discount[None, :, None])
    return price.round(2)
