"""By how much the forecast of each series misses: of each period by itself, and of the level that all periods share.

Relative errors of forecasts made at earlier origins give each series' two variances; as a series has few of them they
are weighed against those of all series of like volatility. What a stock must hold is worked out from both
(`stockout.demand`). Source: docs/methods.md; variance components after Searle (1971).
"""

from dataclasses import dataclass

import numpy as np

from analytics.stats.forecast import ORIGINS, relative_errors, volatility
from analytics.stats.landing import variances
from analytics.stats.seasonal import Array, Codes, Fit, Season

SHRINK = 4.0  # independent forecasts of the usual error in its bin that a series' own is weighed against
CUT = 0.98  # quantile of a bin's squared errors beyond which one is cut to it: a series that began anew says nothing


@dataclass(frozen=True, slots=True)
class Spread:
    """Relative standard errors (series,); NaN where no earlier forecast could be judged in the whole panel."""

    single: Array
    level: Array


def spread(y: Array, groups: Codes, season: Season, horizon: int, found: Fit) -> Spread:
    """The errors of forecasts `horizon` periods ahead; `found` is the fit of `y` (series, times)."""
    every = max(1, season.period // 13)
    single, running = relative_errors(y, groups, horizon, season, every, ORIGINS)
    within, total = variances(single, running)
    known = (~np.isnan(running[:, :, -1])).sum(axis=0)
    count = np.where(known > 0, 1 + (known - 1) * every / horizon, 0)  # forecasts that overlap are one
    where = volatility(found.ratio, found.index, season)
    within, total = _shrunk(within, count, where), _shrunk(total, count, where) * _few(count)
    return Spread(np.sqrt(within), np.sqrt(np.maximum(total - within / horizon, 0.0)))


def _shrunk(own: Array, count: Array, where: Codes) -> Array:
    """Each series' variance with its bin's mean; NaN where not one series has its own."""
    usual = np.full(len(own), np.nan)
    judged = (count > 0) & ~np.isnan(own)
    for b in np.unique(where):
        mine = own[judged & (where == b)]
        if len(mine):
            usual[where == b] = np.minimum(mine, np.quantile(mine, CUT)).mean()
    usual = np.where(np.isnan(usual), own[judged].mean() if judged.any() else np.nan, usual)
    return np.where(judged, (count * np.where(judged, own, 0.0) + SHRINK * usual) / (count + SHRINK), usual)


def _few(count: Array) -> float:
    """How much wider a total is for being known from few forecasts that do not overlap, as in `landing.error_laws`."""
    return 1 + 1 / (float(np.median(count[count > 0], keepdims=False)) + 1) if (count > 0).any() else 1.0
