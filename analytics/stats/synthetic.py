"""What pilots would have sold without a measure: de-meaned simplex synthetic control, with errors from placebos.

Every series is taken as an index of its own mean before the start. The pilots' deviations from their mean are matched
by a weighted mean of the controls' (weights >= 0 that sum to 1: Abadie, Diamond and Hainmueller 2010; de-meaned:
Doudchenko and Imbens 2016, Ferman and Pinto 2021). Each control is then treated as if it were the pilot: how far it
departs from its own synthetic control, against the noise that it and its controls had before the start, says by what
factor noise before turns into error after (Abadie's ratio of prediction errors), and so how sure the pilots' own
departure is. A unit's noise before the start counts halfway (geometrically) between its own and the usual one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from analytics.stats.decide import Estimate
from analytics.stats.index import Array

CLOSEST = 40  # controls that are weighed: those whose course before the start is most like the pilots'
LEAST_CONTROLS = 4  # each is held against the others, and fewer than three match nothing
LEAST_BEFORE = 13  # periods before the start: a quarter
LEAST_AFTER = 2  # periods since the start
KNOWN = 0.8  # share of its periods that a unit must have told; a control's others are read as what controls did
SOLD = 0.5  # share of the periods before the start in which a control must have sold
FIRM = 100.0  # times the largest deviation: how heavily the weights' sum of 1 counts against the fit
LEAST_DUE = 0.01  # index: an expectation below a hundredth of the level before is none to divide by
INDEPENDENT = 0.5  # degrees of freedom of a placebo: each is also part of the others' controls
NOISELESS = 1e-16  # variance of an index below which a unit has none
Flags = NDArray[np.bool_]
Lack = Literal["too few pilots", "too few controls", "too few weeks before", "too few weeks"]


@dataclass(frozen=True, slots=True)
class Readout:
    """What pilots sold beyond their synthetic control since the start, together and each.

    `ratio` and `each` are shares of what was to be expected (None: a pilot that told or sold too little before the
    start, or nothing since); `gain` is in units of the series a period, all pilots together. By period: `sold` and
    `expected`, indices with the level before the start as 1, NaN where no pilot told; `error` of the expectation of one
    period. `weights`: (controls,), 0 of those that have no part; `used`: those that were weighed.
    """

    ratio: Estimate
    gain: float
    each: tuple[Estimate | None, ...]
    sold: Array
    expected: Array
    error: float
    level: float  # units a period behind an index of 1, all pilots together
    weights: Array
    used: Flags
    filled: int  # periods that the controls weighed did not tell


@dataclass(frozen=True, slots=True)
class _Ground:
    """Indices: targets `y` (periods, 1 + pilots), the first the pilots together; controls `x` (periods, controls).

    `base`: units behind an index of 1, like `y`; of the pilots together those of the pilots that told.
    """

    y: Array
    base: Array
    x: Array
    start: int
    recent: int  # periods before the start whose mean is departed from


@dataclass(frozen=True, slots=True)
class _Fit:
    """One series against others: their weights, what was to be expected (periods,), variance of misses before."""

    weights: Array
    expected: Array
    noise: float


@dataclass(frozen=True, slots=True)
class _Errors:
    """Units' variances before the start, and by what factors they become those after: of all periods, and of one."""

    controls: Array
    pilots: Array
    whole: float
    single: float


def read(pilots: Array, controls: Array, start: int, recent: int = 0, *, alike: bool = False) -> Readout | Lack:
    """Read a trial out. `pilots`, `controls`: (units, periods), NaN what was not told; `start`: its first period.

    `recent`: what is departed from is the level of so many periods before the start (0: of all). `alike`: units are of
    like size, and their deviations are compared as they are, not as shares of each one's own mean.
    """
    judged = _told(pilots[:, :start]) & (_mean(pilots[:, :start]) > 0) & ~np.isnan(pilots[:, start:]).all(axis=1)
    used = _told(controls[:, :start]) & _told(controls[:, start:]) & (_mean(controls[:, :start] > 0) >= SOLD)
    if start < LEAST_BEFORE or pilots.shape[1] - start < LEAST_AFTER:
        return "too few weeks before" if start < LEAST_BEFORE else "too few weeks"
    if not judged.any() or used.sum() < LEAST_CONTROLS:
        return "too few controls" if judged.any() else "too few pilots"
    ground = _ground(pilots[judged], controls[used], start, recent or start, alike)
    near = _closest(ground)
    used[np.flatnonzero(used)[~near]] = False
    filled = int(np.isnan(controls[used]).sum())
    found = _readout(replace(ground, x=ground.x[:, near]), used, filled)
    at = np.cumsum(judged) - 1
    return replace(found, each=tuple(found.each[n] if here else None for n, here in zip(at, judged, strict=True)))


def _told(series: Array) -> Flags:
    """Which units told enough of these periods."""
    return (~np.isnan(series)).mean(axis=1) >= KNOWN if series.shape[1] else np.zeros(len(series), dtype=bool)


def _mean(series: Array | Flags) -> Array:
    """Means of units over the periods they told; 0 where they told none."""
    known = ~np.isnan(series)
    return np.where(known, series, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)


def _ground(pilots: Array, controls: Array, start: int, recent: int, alike: bool) -> _Ground:
    size, known = _mean(pilots[:, :start]), ~np.isnan(pilots)
    base = np.where(known, size[:, None], 0.0)
    whole, sold = base.sum(axis=0), np.where(known, pilots, 0.0).sum(axis=0)
    together = np.divide(sold, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    own = np.full(len(controls), size.mean()) if alike else _mean(controls[:, :start])
    x = (controls / own[:, None]).T
    x = np.where(np.isnan(x), _mean(x)[:, None], x)
    y, base = np.vstack([together, pilots / size[:, None]]).T, np.vstack([whole, base]).T
    return _Ground(y, base, x, start, recent)


def _closest(ground: _Ground) -> Flags:
    """The controls whose deviations before the start are least far from those of the pilots together."""
    y, x = ground.y[: ground.start, 0], ground.x[: ground.start]
    known = ~np.isnan(y)
    apart = (((x - x[known].mean(axis=0)) - (y - y[known].mean())[:, None])[known] ** 2).sum(axis=0)
    near = np.zeros(x.shape[1], dtype=bool)
    near[np.argsort(apart, kind="stable")[:CLOSEST]] = True
    return near


def _readout(ground: _Ground, used: Flags, filled: int) -> Readout:
    fits = [_fit(y, ground.x, ground) for y in ground.y.T]
    errors = _errors(ground, np.array([fit.noise for fit in fits[1:]]))
    variances = _variances(ground, fits, errors)
    periods = int((ground.base[ground.start :, 0] > 0).sum())
    shrinks = min(1.0, errors.single / periods / errors.whole) if errors.whole else 1.0
    freedom = (ground.x.shape[1] - 1) * INDEPENDENT
    told = (_departure(n, fit, ground) for n, fit in enumerate(fits))
    found = [
        Estimate(ratio, (errors.whole * variance) ** 0.5 / around * max(1.0, 1 + ratio), freedom, shrinks)
        for (ratio, around), variance in zip(told, variances, strict=True)
    ]
    gap = ((ground.y[:, 0] - fits[0].expected) * ground.base[:, 0])[ground.start :]
    weights = np.zeros(len(used))
    weights[used] = fits[0].weights
    return Readout(
        found[0], float(np.nansum(gap)) / periods, tuple(found[1:]), ground.y[:, 0], fits[0].expected,
        (errors.single * variances[0]) ** 0.5, float(ground.base[:, 0].max()), weights, used, filled,
    )  # fmt: skip


def _variances(ground: _Ground, fits: Sequence[_Fit], errors: _Errors) -> list[float]:
    """Of the pilots together and each against its control, as before the start: pilots' own noise and the controls'."""
    after = ground.base[ground.start :, 1:].sum(axis=0)
    own = [float(((after / after.sum()) ** 2 * errors.pilots).sum()), *errors.pilots.tolist()]
    return [mine + float((fit.weights**2 * errors.controls).sum()) for mine, fit in zip(own, fits, strict=True)]


def _fit(y: Array, x: Array, ground: _Ground) -> _Fit:
    """Match `y` by the columns of `x` before the start; departed from is the level of the recent periods."""
    before = np.flatnonzero(~np.isnan(y[: ground.start]))
    weights = simplex(x[before] - x[before].mean(axis=0), y[before] - y[before].mean())
    left = y - x @ weights
    recent = before[before >= ground.start - ground.recent]
    return _Fit(weights, x @ weights + left[recent if len(recent) else before].mean(), float(left[before].var()))


def simplex(x: Array, y: Array) -> Array:
    """Weights (columns of `x`,), none below 0, that sum to 1 and bring `x` closest to `y`."""
    firm = FIRM * max(float(np.abs(x).max(initial=0)), float(np.abs(y).max(initial=0))) or 1.0
    columns = x.shape[1]
    weights, _ = nnls(np.vstack([x, np.full(columns, firm)]), np.append(y, firm), maxiter=30 * columns)
    return weights / weights.sum()


def _departure(target: int, fit: _Fit, ground: _Ground) -> tuple[float, float]:
    """Sold over expected less 1 since the start, over the periods told; and the mean index that was expected."""
    y, base, expected = (part[ground.start :] for part in (ground.y[:, target], ground.base[:, target], fit.expected))
    known = ~np.isnan(y)
    due = max(float((expected * base)[known].sum()), LEAST_DUE * float(base[known].sum()))
    return float((y * base)[known].sum()) / due - 1, due / float(base[known].sum())


def _errors(ground: _Ground, pilots: Array) -> _Errors:
    """The factors by which noise before became error after, at each control as if it were the pilot."""
    count, start = ground.x.shape[1], ground.start
    others = [np.delete(np.arange(count), n) for n in range(count)]
    fits = [_fit(ground.x[:, n], ground.x[:, other], ground) for n, other in enumerate(others)]
    noise = np.maximum([*(fit.noise for fit in fits), *pilots], NOISELESS)
    noise = np.sqrt(noise * np.exp(np.log(noise).mean()))
    own = noise[:count]
    spread = np.array([own[n] + fit.weights**2 @ own[others[n]] for n, fit in enumerate(fits)])
    apart = np.array([ground.x[start:, n] - fit.expected[start:] for n, fit in enumerate(fits)])
    whole, single = apart.mean(axis=1) ** 2 / spread, (apart**2).mean(axis=1) / spread
    return _Errors(own, noise[count:], float(whole.mean()), float(single.mean()))
