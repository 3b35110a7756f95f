"""The season of many series at once: an index by week or month of the year, own and pooled, and the level beneath it.

ratio = y / centred base of one year; index by position = (c · own + k · group) / (c + k) with c the years seen of that
position and k = 1, normalised to mean 1; level = mean over a short and a long window of Σ y / Σ index. Ratios are of
sums, over years and over the group, so that a small noisy series weighs little. NaN is missing and stays out of every
sum. Source: classical ratio-to-moving-average, the index shrunk towards the group's (docs/methods.md).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Codes = NDArray[np.integer]

PRIOR = 1.0  # years of the group's season that a series' own is weighed against
KNOWN = 0.75  # share of a base year that must be known: less, and a missing peak would bend the base
LEVEL_KNOWN = 0.5  # share of a level's window that must be known


@dataclass(frozen=True, slots=True)
class Season:
    """Periods in a year and the two windows of the level, in periods; `places`, where given, the position in the year
    of every time, past and ahead (`festival`), which else is the time modulo the period."""

    period: int
    windows: tuple[int, int]
    places: tuple[int, ...] = ()

    def positions(self, first: int, count: int) -> Codes:
        """Positions of `count` times from time `first` on: (count,)."""
        if self.places:
            return np.array(self.places[first : first + count])
        return (first + np.arange(count)) % self.period


WEEKLY = Season(52, (8, 26))
# The same spans as 8 and 26 weeks. A quarter and a half year lose .001 WAPE on real months and gain as much where
# levels barely move; one and three months win where they run away and lose where they do not (docs/methods.md).
MONTHLY = Season(12, (2, 6))


@dataclass(frozen=True, slots=True)
class Fit:
    """Index (series, period) by position, level (series,) in the unit of y, ratio (series, times) = y / base."""

    index: Array
    level: Array
    ratio: Array


def fit(y: Array, groups: Codes, season: Season) -> Fit:
    """Season and level of `y` (series, times), oldest first, its first column being position 0 of the year.

    `groups`: (series,) codes 0, 1, ...; the index of a series without a year of its own is its group's. NaN index where
    neither has seen a position, NaN level where no window of the last periods is known well enough.
    """
    base = yearly_base(y, season.period)
    used = ~np.isnan(y) & (base > 0)
    index = _pooled_index(y, base, used, groups, season)
    ratio = np.divide(y, base, out=np.full(y.shape, np.nan), where=used)
    return Fit(index, _level(y, index, season), ratio)


def yearly_base(y: Array, period: int) -> Array:
    """Mean over one year around each time, 2 × period centred; at both ends over the nearest whole year.

    (series, times), NaN where under `KNOWN` of that year is known or where there is no whole year.
    """
    times = y.shape[1]
    if times < period:
        return np.full(y.shape, np.nan)
    known = _windows((~np.isnan(y)).astype(np.float64), period)
    total = _windows(np.nan_to_num(y), period)
    mean = np.divide(total, known, out=np.full(total.shape, np.nan), where=known >= KNOWN * period)
    half, base = period // 2, np.empty(y.shape)
    base[:, :half] = mean[:, :1]
    base[:, half : half + mean.shape[1] - 1] = (mean[:, :-1] + mean[:, 1:]) / 2
    base[:, half + mean.shape[1] - 1 :] = mean[:, -1:]
    return base


def _windows(x: Array, width: int) -> Array:
    """Sums over every window of `width` columns."""
    run = np.cumsum(x, axis=1)
    return np.concatenate([run[:, width - 1 : width], run[:, width:] - run[:, :-width]], axis=1)


def _pooled_index(y: Array, base: Array, used: NDArray[np.bool_], groups: Codes, season: Season) -> Array:
    sold, years = _by_position(np.where(used, y, 0.0), season), _by_position(used.astype(np.float64), season)
    expected = _by_position(np.where(used, base, 0.0), season)
    own = np.divide(sold, expected, out=np.zeros(sold.shape), where=expected > 0)
    everyone, all_expected = _by_group(sold, groups), _by_group(expected, groups)
    group = np.divide(everyone, all_expected, out=np.full(everyone.shape, np.nan), where=all_expected > 0)
    index = (years * own + PRIOR * group[groups]) / (years + PRIOR)
    with np.errstate(invalid="ignore", divide="ignore"):  # an index of zeros has no mean to be scaled to: NaN
        seen = ~np.isnan(index)
        return index * seen.sum(axis=1, keepdims=True) / np.nansum(index, axis=1, keepdims=True)


def _by_position(x: Array, season: Season) -> Array:
    """Sums over the years: (series, times) to (series, period)."""
    period = season.period
    if season.places:
        return _by_group(x.T, season.positions(0, x.shape[1]), period).T
    full = np.zeros((x.shape[0], -(-x.shape[1] // period) * period))
    full[:, : x.shape[1]] = x
    return full.reshape(x.shape[0], -1, period).sum(axis=1)


def _by_group(x: Array, groups: Codes, count: int = 0) -> Array:
    """Sums over the rows of each group: (rows, columns) to (groups, columns), at least `count` groups."""
    order = np.argsort(groups, kind="stable")
    found, first = np.unique(groups[order], return_index=True)
    total = np.zeros((max(count, int(found[-1]) + 1), x.shape[1]))
    total[found] = np.add.reduceat(x[order], first, axis=0)
    return total


def at(index: Array, first: int, count: int, season: Season) -> Array:
    """The index of `count` times from time `first` on: (series, count)."""
    return index[:, season.positions(first, count)]


def _level(y: Array, index: Array, season: Season) -> Array:
    levels = np.full((len(season.windows), y.shape[0]), np.nan)
    for n, width in enumerate(season.windows):
        width = min(width, y.shape[1])
        last = y[:, -width:]
        weight = np.where(np.isnan(last), np.nan, at(index, y.shape[1] - width, width, season))
        known = ~np.isnan(weight)
        expected = np.nansum(weight, axis=1)
        enough = (known.sum(axis=1) >= LEVEL_KNOWN * width) & (expected > 0)
        np.divide(np.where(known, last, 0.0).sum(axis=1), expected, out=levels[n], where=enough)
    counted = ~np.isnan(levels)
    total = np.nansum(levels, axis=0)
    return np.divide(total, counted.sum(axis=0), out=np.full(total.shape, np.nan), where=counted.any(axis=0))
