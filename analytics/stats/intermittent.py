"""Items that sell now and then: a rate that follows slowly, and counts about it that come in bunches.

rate = exponential smoothing with α .1, off to either side alike by α / (2 − α) of a period's variance, and it stays so;
about each rate that it may be the pieces of h periods are negative binomial, with the variance of past errors.
Errors of single periods favour the forecast "nothing ever" here and judge nothing: what counts is the service that a
stock gives. Source: docs/methods.md; smoothing of intermittent demand after Croston (1972), the negative binomial for
its stock after Snyder, Ord and Beaumont (2012).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, gammaincc

from analytics.stats.seasonal import Array

ALPHA = 0.1  # of a new period in the rate
OFF = ALPHA / (2 - ALPHA)  # variance of the smoothed rate, of a period's own
RATES = ((-(3**0.5), 1 / 6), (0.0, 2 / 3), (3**0.5, 1 / 6))  # standard errors away, weight: a normal law (Hermite)
FAINT = 0.05  # of the rate: the least it may be, for it cannot be negative
BEGIN = 13  # known periods whose mean the smoothing begins with
BARE = 0.5  # share of periods with a sale in the last year: with fewer an item sells now and then
YEAR = 52  # periods looked back on


@dataclass(frozen=True, slots=True)
class Rate:
    """Pieces in a period: mean, and mean squared error of the smoothing one period ahead, (items,) each.

    NaN where under `BEGIN` periods are known.
    """

    mean: Array
    variance: Array


def sells_now_and_then(y: Array) -> NDArray[np.bool_]:
    """Which items (items, periods; NaN unknown) sold in fewer than `BARE` of the known periods of the last year."""
    last = y[:, -YEAR:]
    known = (~np.isnan(last)).sum(axis=1)
    return (known > 0) & ((last > 0).sum(axis=1) < BARE * known)


def rate(y: Array) -> Rate:
    """The rate after the last period of `y` (items, periods), pcs, oldest first, NaN unknown."""
    known = ~np.isnan(y)
    order = np.cumsum(known, axis=1)
    early = known & (order <= BEGIN)
    level = np.where(early, y, 0.0).sum(axis=1) / np.maximum(early.sum(axis=1), 1)
    errors, weight = np.zeros(len(y)), np.zeros(len(y))
    for now, seen, later in zip(y.T, known.T, (order > BEGIN).T, strict=True):
        told = seen & later
        miss = np.where(told, now - level, 0.0)
        errors, weight = errors + miss**2, weight + told
        level = level + ALPHA * miss
    first = np.where(early, (y - level[:, None]) ** 2, 0.0).sum(axis=1) / np.maximum(early.sum(axis=1) - 1, 1)
    variance = np.where(weight >= BEGIN, errors / np.maximum(weight, 1), first)
    short = order[:, -1] < BEGIN
    return Rate(np.where(short, np.nan, level), np.where(short, np.nan, np.maximum(variance, level)))


def beyond(found: Rate, periods: int, stock: Array) -> Array:
    """P(more than `stock` pieces are asked for in `periods` periods): (items,); NaN without a rate."""
    own = found.variance / (1 + OFF)
    off, whole = np.sqrt(OFF * own), np.floor(np.maximum(stock, 0))
    chance = np.zeros(len(found.mean))
    for away, share in RATES:
        mean = np.maximum(found.mean + away * off, FAINT * found.mean)
        variance = own * np.divide(mean, found.mean, out=np.ones(len(mean)), where=found.mean > 0)
        chance += share * _beyond(periods * mean, periods * variance, whole)
    return np.where(np.isnan(found.mean), np.nan, chance)


def _beyond(mean: Array, variance: Array, whole: Array) -> Array:
    """The same for a known mean and variance: negative binomial, or Poisson where pieces do not come in bunches."""
    bunched = variance > mean * (1 + 1e-9)
    size = mean**2 / np.where(bunched, variance - mean, 1.0)
    share = np.where(bunched, mean / np.where(variance > 0, variance, 1.0), 0.5)
    negative = 1 - betainc(np.maximum(size, 1e-12), whole + 1, share)
    poisson = 1 - gammaincc(whole + 1, mean)
    return np.where(mean > 0, np.where(bunched, negative, poisson), 0.0)


def enough(found: Rate, periods: int, service: float) -> Array:
    """The fewest whole pieces that meet all of `periods` periods with probability `service` (0-1): (items,)."""
    low = np.full(len(found.mean), -1.0)
    high = np.ceil(periods * (found.mean + np.sqrt(found.variance)) + 1)
    while (beyond(found, periods, high) > 1 - service).any():
        high = np.where(beyond(found, periods, high) > 1 - service, 2 * high, high)
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        short = beyond(found, periods, middle) > 1 - service
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return high
