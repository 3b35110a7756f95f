"""May the page say "leads"? An indicator against what it is to foretell, `horizon` months ahead, out of sample.

Two regressions from an ever longer past: y(t+h) on y(t) alone, and on y(t) and x(t). "Leading" only if the second is
better by more than 10 % in squared error over all, better in both halves, better than last year's value, and better
than with x shifted round the circle in nine of ten cases: a shift keeps x's own inertia and breaks the tie to y. Where
both series share a season, x would foretell it by the calendar alone, so both are taken as change on a year before.
Nothing here is random. Source: docs/methods.md; out-of-sample causality after Ashley, Granger and Schmalensee (1980).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analytics.stats import student
from analytics.stats.seasonal import Array

Status = Literal["not yet testable", "coincident", "leading"]
HORIZON = 3  # months ahead
TESTABLE = 36  # months known of both
GAIN = 0.10  # share of the squared error that x must take away
LEVEL = 0.10  # of the circular-shift test
YEAR = 12  # months
SHARED = 0.25  # autocorrelation at 12 months, of both, from which a season is shared; without one 2 % reach it
FIRST = 9  # months that the first regression has to learn from: more leaves too few to be judged on
RIDGE = 1.0  # months of prior in standardised units: a first coefficient from nine months is held back
APART = 6  # months that a shift is away from the true place at least


@dataclass(frozen=True, slots=True)
class Lead:
    """The verdict and what it rests on; gains are shares of squared error taken away, NaN while not testable."""

    status: Status
    months: int  # known of both series; after a shared season was taken out, of the changes on a year before
    own_lag: float  # gain over the regression on y(t) alone
    last_year: float  # gain over y(t + h − 12)
    early: float  # gain over own lag, first half of the months judged
    late: float  # second half
    p: float  # share of shifts, the true place counted, that gain as much
    seasonal: bool  # whether a shared season was taken out


def lead(x: Array, y: Array, horizon: int = HORIZON) -> Lead:
    """Whether `x` (months,) leads `y` (months,) by `horizon` months; NaN is missing.

    Raises ValueError when the two differ in length or the horizon is not 1 to 12 months.
    """
    if x.shape != y.shape or not 1 <= horizon <= YEAR:
        raise ValueError(
            f"x of {x.shape}, y of {y.shape}, horizon {horizon}: give equal months and a horizon of 1 to 12"
        )
    seasonal, x, y = _without_season(x, y)
    months = int((~np.isnan(x) & ~np.isnan(y)).sum())
    if months < TESTABLE:
        nan = float("nan")
        return Lead("not yet testable", months, nan, nan, nan, nan, nan, seasonal)
    return _judged(_standard(x), _standard(y), horizon, months, seasonal)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What `x` tells of y(T + horizon), T the last month: its value, 80 % band, and probability to be above zero."""

    value: float
    low: float
    high: float
    above_zero: float


def ahead(x: Array, y: Array, horizon: int = HORIZON) -> Ahead | None:
    """The regression of `lead` from the whole past, in units of y; its band is Student's t on the errors that it made.

    To be asked only where `lead` says "leading". None where the last month of either series is missing, or, of series
    that share a season, the month of the year before.
    """
    seasonal, x, changes = _without_season(x, y)
    before = float(y[horizon - YEAR - 1]) if seasonal else 0.0
    if np.isnan(x[-1] + changes[-1] + before):
        return None
    centre, scale = float(np.nanmean(changes)), float(np.nanstd(changes)) or 1.0
    own, told = (changes - centre) / scale, _standard(x)
    columns = np.stack([np.ones(len(x)), own, told], axis=-1)
    known = ~np.isnan(columns[:-horizon].sum(axis=-1) + own[horizon:])
    past, target = columns[:-horizon][known], own[horizon:][known]
    found = np.linalg.solve(past.T @ past + RIDGE * np.eye(3), past.T @ target)
    errors = _errors(told[None, :-horizon], own, horizon)[0]
    judged = int((~np.isnan(errors)).sum())
    spread = scale * float(np.sqrt(np.nanmean(errors)))
    value = before + centre + scale * float(found @ columns[-1])
    reach = spread * student.quantile(0.9, judged - 1)
    return Ahead(value, value - reach, value + reach, student.probability(value / spread, judged - 1))


def _without_season(x: Array, y: Array) -> tuple[bool, Array, Array]:
    """Whether both repeat within the year, and both as change on a year before where they do."""
    if min(_yearly(x), _yearly(y)) <= SHARED:
        return False, x, y
    return True, x[YEAR:] - x[:-YEAR], y[YEAR:] - y[:-YEAR]


def _judged(x: Array, y: Array, horizon: int, months: int, seasonal: bool) -> Lead:
    shifts = np.concatenate([[0], np.arange(APART, len(x) - APART + 1)])
    shifted = np.stack([np.roll(x, s)[:-horizon] for s in shifts])
    with_x, alone = _errors(shifted, y, horizon)
    gains = _gain(with_x, alone)
    judged = np.flatnonzero(~np.isnan(with_x[0]))
    early, late = (float(_gain(with_x[:1, part], alone[:1, part])[0]) for part in np.array_split(judged, 2))
    year_ago = np.concatenate([np.full(YEAR - horizon, np.nan), y[: len(y) - YEAR]])
    last_year = float(_gain(with_x[:1], ((y[horizon:] - year_ago) ** 2)[None])[0])
    own_lag = float(gains[0])
    p = float((gains >= gains[0]).mean())
    found: Status = "leading" if passes(own_lag, last_year, early, late, p) else "coincident"
    return Lead(found, months, own_lag, last_year, early, late, p, seasonal)


def passes(own_lag: float, last_year: float, early: float, late: float, p: float) -> bool:
    """The gate itself: every part must hold."""
    return own_lag > GAIN and last_year > 0 and early > 0 and late > 0 and p <= LEVEL


def _errors(shifted: Array, y: Array, horizon: int) -> tuple[Array, Array]:
    """Squared errors (shifts, months) at t of foretelling y(t + h), with x and without; NaN where not judged."""
    own = np.broadcast_to(y[:-horizon], shifted.shape)
    ahead = np.broadcast_to(y[horizon:], shifted.shape)
    known = ~np.isnan(shifted + own + ahead)
    columns = np.stack([np.ones(shifted.shape), own, shifted], axis=-1)
    columns = np.where(known[..., None], columns, 0.0)
    target = np.where(known, ahead, 0.0)
    return _past_only(columns, target, known, horizon), _past_only(columns[..., :2], target, known, horizon)


def _past_only(columns: Array, target: Array, known: NDArray[np.bool_], horizon: int) -> Array:
    """Squared errors of ridge regressions, each from what was known `horizon` months before and earlier."""
    squares = np.cumsum(columns[..., :, None] * columns[..., None, :], axis=1)
    products = np.cumsum(columns * target[..., None], axis=1)
    learnt = np.cumsum(known, axis=1)
    found = np.linalg.solve(squares + RIDGE * np.eye(columns.shape[-1]), products[..., None])[..., 0]
    error = np.full(target.shape, np.nan)
    told = (found[:, :-horizon] * columns[:, horizon:]).sum(axis=-1)
    judged = known[:, horizon:] & (learnt[:, :-horizon] >= FIRST)
    error[:, horizon:] = np.where(judged, (target[:, horizon:] - told) ** 2, np.nan)
    return error


def _gain(error: Array, naive: Array) -> Array:
    """1 − Σ error / Σ naive over the months that both know: (rows,); 0 where there was no error to take away."""
    both = ~np.isnan(error + naive)
    left, before = np.where(both, error, 0.0).sum(axis=1), np.where(both, naive, 0.0).sum(axis=1)
    return np.where(before > 0, 1 - left / np.where(before > 0, before, 1.0), 0.0)


def _standard(x: Array) -> Array:
    """Centred and scaled over what is known, so that the ridge means the same for every unit."""
    scale = float(np.nanstd(x))
    return (x - np.nanmean(x)) / (scale if scale > 0 else 1.0)


def _yearly(x: Array) -> float:
    """Autocorrelation at twelve months of `x` without its straight trend; −1 where under three years are known."""
    known = ~np.isnan(x)
    if known.sum() < TESTABLE:
        return -1.0
    months = np.arange(len(x))
    left = x - np.polyval(np.polyfit(months[known], x[known], 1), months)
    pairs = left[YEAR:] * left[:-YEAR]
    total = float(np.nanmean(left**2))
    return float(np.nanmean(pairs) / total) if total > 0 and not np.isnan(pairs).all() else -1.0
