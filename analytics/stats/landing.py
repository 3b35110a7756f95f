"""Where will the year land against its target, and how sure is that?

Landing = actual to date + forecast of the months that are open. Its error has two parts: each month's own, which
averages out, and the error of the level, which does not: variance = single² · Σ f² + level² · (Σ f)². Both are
measured on the method's own past forecasts of as many months. The open months together are taken as lognormal with
that mean and variance, a closed form: band and probability of the target come from one law and agree.
Source: docs/methods.md (the level error persists); variance components after Searle (1971).
"""

from dataclasses import dataclass
from math import log, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from analytics.stats.forecast import COVER, relative_errors
from analytics.stats.seasonal import Array, Codes, Season

Known = NDArray[np.bool_]

NORMAL = NormalDist()
SHRINK = 4.0  # independent forecasts of the accounts' typical error that an account's own is weighed against


@dataclass(frozen=True, slots=True)
class ErrorLaw:
    """Relative standard errors of a forecast: of each period by itself, and of the level that all periods share."""

    single: float
    level: float


@dataclass(frozen=True, slots=True)
class Landing:
    """A year against its target; money or pieces as in the input, shares as ratios.

    `course` (3, months): low, expected and high total up to each month; the three are equal while months are known.
    """

    to_date: float
    target: float
    probability: float  # of reaching the target
    due: float  # what the target's season asks of the months known so far
    required: Array  # (months,) what each open month must bring to reach the target, by season; NaN in known months
    required_rate: float  # Σ required / Σ forecast of the open months; NaN when none is open
    course: Array
    missing: tuple[int, ...]  # positions without an actual before the last known one: counted at their forecast

    @property
    def landing(self) -> float:
        """To date and the open months' forecast."""
        return float(self.course[1, -1])

    @property
    def low(self) -> float:
        """Lower end of the band."""
        return float(self.course[0, -1])

    @property
    def high(self) -> float:
        """Upper end of the band."""
        return float(self.course[2, -1])

    @property
    def attained(self) -> float:
        """To date over target."""
        return self.to_date / self.target

    @property
    def attainment(self) -> float:
        """Landing over target."""
        return self.landing / self.target


def error_laws(y: Array, groups: Codes, season: Season, horizon: int) -> list[ErrorLaw | None]:
    """The law of each series for the total of `horizon` periods ahead, from all its earlier forecasts of that length.

    `y` (series, times). Each series' variances are shrunk towards the median of all; None where no series was ever
    forecast that far, which is under a year and `horizon` periods of history.
    """
    single, running = relative_errors(y, groups, horizon, season, every=1)
    within, total = variances(single, running)
    count = (~np.isnan(running[:, :, -1])).sum(axis=0) / horizon  # forecasts that overlap are one
    if not (count > 0).any():
        return [None] * len(y)
    within, total = _shrunk(within, count), _shrunk(total, count) * (1 + 1 / (count + 1))  # known from few, so wider
    level = np.sqrt(np.maximum(total - within / horizon, 0.0))
    return [ErrorLaw(float(s), float(v)) for s, v in zip(np.sqrt(within), level, strict=True)]


def variances(single: Array, running: Array) -> tuple[Array, Array]:
    """Mean squared relative error of periods about their mean, and of the whole total: (series,) each."""
    known = ~np.isnan(running[:, :, -1])
    count = np.maximum(known.sum(axis=0), 1)
    horizon = single.shape[2]
    about = np.where(known[..., None], single - single.mean(axis=2, keepdims=True), 0.0)
    within = (about**2).sum(axis=(0, 2)) / (count * max(horizon - 1, 1))
    total = np.where(known, running[:, :, -1] ** 2, 0.0).sum(axis=0) / count
    return (within if horizon > 1 else total), total


def _shrunk(own: Array, count: Array) -> Array:
    return (count * own + SHRINK * np.median(own[count > 0])) / (count + SHRINK)


def landing(
    actual: Array, forecast: Array, target: float, law: ErrorLaw, season: Array | None = None, cover: float = COVER
) -> Landing:
    """The landing of one year: `actual` and `forecast` (months,), NaN where unknown; a month needs one of the two.

    `season` (months,): shares by which the target spreads over the year; by default what is known and forecast of it.
    Raises ValueError naming the months without either, or a target that is not positive.
    """
    known = ~np.isnan(actual)
    if (bare := np.flatnonzero(~known & ~(forecast >= 0))).size or target <= 0:
        raise ValueError(f"months {bare.tolist()} have neither actual nor forecast, or target {target} is not positive")
    ahead = np.where(known, 0.0, forecast)
    weight = actual_or_forecast(actual, forecast) if season is None else season
    to_date, left = float(actual[known].sum()), float(ahead.sum())
    gap, spread = max(target - to_date, 0.0), _spread(ahead, law)
    return Landing(
        to_date=to_date,
        target=target,
        probability=_reached(gap, left, spread),
        due=float(target * weight[known].sum() / weight.sum()),
        required=_required(gap, weight, known),
        required_rate=gap / left if left > 0 else float("nan"),
        course=_course(np.where(known, actual, 0.0), ahead, law, cover),
        missing=_missing(known),
    )


def actual_or_forecast(actual: Array, forecast: Array) -> Array:
    """Each month's actual, or its forecast where there is none."""
    return np.where(np.isnan(actual), forecast, actual)


def _required(gap: float, weight: Array, known: Known) -> Array:
    """The gap spread over the open months by their weight."""
    ahead = float(weight[~known].sum())
    return np.where(known | (ahead <= 0), np.nan, gap * weight / (ahead if ahead > 0 else 1.0))


def _missing(known: Known) -> tuple[int, ...]:
    last = int(np.flatnonzero(known)[-1]) if known.any() else 0
    return tuple(int(n) for n in np.flatnonzero(~known[:last]))


def _spread(ahead: Array, law: ErrorLaw) -> float:
    """Standard deviation of the logarithm of the sum of the open months."""
    total = float(ahead.sum())
    if total <= 0:
        return 0.0
    return sqrt(log(1 + law.level**2 + law.single**2 * float((ahead**2).sum()) / total**2))


def _course(known: Array, ahead: Array, law: ErrorLaw, cover: float) -> Array:
    """Low, middle, high of the running total: (3, months)."""
    z = NORMAL.inv_cdf((1 + cover) / 2)
    spreads = np.array([_spread(ahead[: n + 1], law) for n in range(len(ahead))])
    middle, certain = np.cumsum(ahead), np.cumsum(known)
    low, high = (middle * np.exp(side * z * spreads - spreads**2 / 2) for side in (-1, 1))
    return np.stack([certain + low, certain + middle, certain + high])


def _reached(gap: float, left: float, spread: float) -> float:
    """P(what is open brings at least the gap)."""
    if gap <= 0:
        return 1.0
    if left <= 0 or spread == 0:
        return float(left >= gap)
    return 1 - NORMAL.cdf((log(gap / left) + spread**2 / 2) / spread)
