"""SxL: the pooled seasonal index times the level, many series at once, never without its band.

forecast = level × index (`seasonal`). The band comes from the method's own past errors: relative errors of forecasts
made at earlier origins, pooled over series of like volatility, single periods and running totals apart because the
error of the level persists and does not average out. Source: docs/methods.md.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from analytics.stats.seasonal import Array, Codes, Season, at, fit

Why = Literal["", "no year", "no level", "no errors"]
COVER = 0.80  # of the band
BINS = 5  # of volatility
PER_BIN = 12  # series: with fewer, bins are joined
ORIGINS = 6  # earlier forecasts that the errors come from, four weeks or a month apart
LOOK = 26  # periods of ratio to seasonal base that tell volatility


@dataclass(frozen=True, slots=True)
class Band:
    """(series, horizon) each, in the unit of y; NaN where there is no forecast."""

    low: Array
    high: Array


@dataclass(frozen=True, slots=True)
class Forecast:
    """Points (series, horizon) with the band of each period and of the running total; `why` names what is missing.

    no year: neither the series nor its group has been seen for a year · no level: too little known, or nothing sold, of
    late · no errors: history too short for an earlier forecast to be judged, so that there would be no band.
    """

    points: Array
    band: Band
    total: Array
    total_band: Band
    why: tuple[Why, ...]


def points(y: Array, groups: Codes, horizon: int, season: Season) -> Array:
    """Level × index for the `horizon` periods after `y` (series, times): (series, horizon), NaN where not possible."""
    found = fit(y, groups, season)
    level = np.where(found.level > 0, found.level, np.nan)
    return level[:, None] * at(found.index, y.shape[1], horizon, season)


def forecast(y: Array, groups: Codes, horizon: int, season: Season, cover: float = COVER) -> Forecast:
    """Points and bands that hold `cover` of the outcomes; `y` (series, times), NaN missing, `groups` (series,) codes.

    Raises ValueError for a horizon of less than one period or groups of another length than the series.
    """
    if horizon < 1 or len(groups) != len(y):
        raise ValueError(f"horizon {horizon}, {len(y)} series, {len(groups)} groups: give at least 1 and one code each")
    found = fit(y, groups, season)
    level = np.where(found.level > 0, found.level, np.nan)
    told = level[:, None] * at(found.index, y.shape[1], horizon, season)
    total = np.cumsum(told, axis=1)
    single, running = relative_errors(y, groups, horizon, season, max(1, season.period // 13), ORIGINS)
    bins = volatility(found.ratio, found.index, season)
    band, total_band = _band(told, single, bins, cover), _band(total, running, bins, cover)
    why = _why(found.index, level, band)
    bare = np.array([bool(reason) for reason in why])
    for part in (told, total, band.low, band.high, total_band.low, total_band.high):
        part[bare] = np.nan  # no forecast without its band
    return Forecast(told, band, total, total_band, why)


def _why(index: Array, level: Array, band: Band) -> tuple[Why, ...]:
    unseen, unlevelled = np.isnan(index).all(axis=1), np.isnan(level)
    unbanded = np.atleast_1d(np.isnan(band.low).any(axis=1))
    names: tuple[Why, ...] = ("", "no errors", "no level", "no year")
    which = np.where(unseen, 3, np.where(unlevelled, 2, np.where(unbanded, 1, 0)))
    return tuple(names[n] for n in which)


def one_step(y: Array, groups: Codes, season: Season, first: int | None = None) -> Array:
    """Forecast of each period made from the periods before it, for alarms: (series, times).

    NaN before period `first` (a year and the short window, unless given), when there is no season yet to judge by.
    """
    told = np.full(y.shape, np.nan)
    for t in range(season.period + season.windows[0] if first is None else first, y.shape[1]):
        told[:, t] = points(y[:, :t], groups, 1, season)[:, 0]
    return told


def relative_errors(
    y: Array, groups: Codes, horizon: int, season: Season, every: int, count: int | None = None
) -> tuple[Array, Array]:
    """Errors of forecasts made at earlier origins, `every` periods apart and at most `count`, newest first.

    (origins, series, horizon) of single periods and of running totals, relative to the forecast; NaN where there was
    none, and one row of NaN when the history holds no origin with a year before it.
    """
    origins = range(y.shape[1] - horizon, season.period, -every)[:count]
    single = np.full((max(1, len(origins)), len(y), horizon), np.nan)
    running = single.copy()
    for n, origin in enumerate(origins):
        told, came = points(y[:, :origin], groups, horizon, season), y[:, origin : origin + horizon]
        single[n] = _relative(came, told)
        running[n] = _relative(np.cumsum(came, axis=1), np.cumsum(told, axis=1))
    return single, running


def _relative(came: Array, told: Array) -> Array:
    return np.divide(came - told, told, out=np.full(told.shape, np.nan), where=told > 0)


def volatility(ratio: Array, index: Array, season: Season) -> Codes:
    """Volatility bin of each series: quantiles of the mean move of the ratio about its season; unknown is the last."""
    count = max(1, min(BINS, len(ratio) // PER_BIN))
    width = min(LOOK, ratio.shape[1])
    departure = np.abs(ratio[:, -width:] - at(index, ratio.shape[1] - width, width, season))
    known = ~np.isnan(departure)
    seen = known.any(axis=1)
    move = np.nansum(departure, axis=1) / np.maximum(known.sum(axis=1), 1)
    edges = np.quantile(move[seen], np.arange(1, count) / count) if seen.any() else np.empty(0)
    return np.where(seen, np.searchsorted(edges, move), count - 1)


def _band(told: Array, errors: Array, bins: Codes, cover: float) -> Band:
    low, high = np.full(told.shape, np.nan), np.full(told.shape, np.nan)
    for b in np.unique(bins):
        mine = bins == b
        pooled = errors[:, mine].reshape(-1, told.shape[1])
        edges = quantiles(pooled, np.array([(1 - cover) / 2, (1 + cover) / 2]))
        low[mine], high[mine] = told[mine] * (1 + edges[0]), told[mine] * (1 + edges[1])
    return Band(low, high)


def quantiles(x: Array, q: Array) -> Array:
    """Quantiles down the columns of `x` (rows, columns) over what is known: (q, columns); NaN in an unknown column."""
    ordered = np.sort(x, axis=0)  # NaN last
    count = (~np.isnan(x)).sum(axis=0)
    place = np.clip(q[:, None] * (count + 1) - 1, 0, np.maximum(count - 1, 0))  # Weibull's: wide for few
    below = np.floor(place).astype(int)
    above = np.minimum(below + 1, np.maximum(count - 1, 0))
    a, b = np.take_along_axis(ordered, below, axis=0), np.take_along_axis(ordered, above, axis=0)
    return a + (place - below) * (b - a)
