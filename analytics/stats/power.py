"""What a trial will be able to show: the smallest uplift that so many pilots and weeks find with 80 % probability.

Noise comes from the accounts' own past: over windows of the trial's length in which nothing was tried, by how much an
account sells more or less than its level before and the others' course let expect (log). An uplift is shown when the
80 % interval of pilots less controls lies above nothing; the smallest that four in five such trials show is
(t(.9) + t(.8)) x noise x sqrt(1/pilots + 1/controls). Source: minimum detectable effect after Bloom (1995), placebo
windows after Abadie, Diamond and Hainmueller (2010); docs/methods.md.
"""

from dataclasses import dataclass
from math import exp, sqrt

import numpy as np

from analytics.stats import student
from analytics.stats.seasonal import Array

LEVEL_WEEKS = 26  # before a window, that hold an account's level
WINDOWS = 6  # of the past that are judged, one behind the other
LEAST = 3  # accounts: of two nobody knows which one moved
SHARE, SHOWN = 0.80, 0.80  # probability of the interval; with which an uplift of that size is shown
LENGTHS = tuple(range(4, 17))  # weeks of a trial that are looked at
HALF_A_PIECE = 0.5  # added to both sides of a ratio, so that a window without a sale has a logarithm


@dataclass(frozen=True, slots=True)
class Noise:
    """Standard deviation of an account's log miss, and how many degrees of freedom it is known with."""

    sd: float
    freedom: float


@dataclass(frozen=True, slots=True)
class Contrast:
    """Pilots less controls as a log ratio, its standard error, and the lower end of its 80 % interval."""

    effect: float
    error: float
    low: float


def misses(y: Array, at: int, weeks: int) -> Array:
    """What each account of `y` (accounts, weeks; NaN not reported) sold in the `weeks` from `at` over what its level
    and the common course let expect: logs about their mean, NaN for an account without a level or a report."""
    before = y[:, at - LEVEL_WEEKS : at]
    level = _mean(before, 1)
    sold = level > 0
    with np.errstate(invalid="ignore", divide="ignore"):
        relative = np.where(sold[:, None], y[:, at - LEVEL_WEEKS : at + weeks] / level[:, None], np.nan)
    course = _mean(relative, 0)
    known = ~np.isnan(y[:, at - LEVEL_WEEKS : at + weeks])
    expected = known * np.nan_to_num(course)
    past, now = expected[:, :LEVEL_WEEKS].sum(axis=1), expected[:, LEVEL_WEEKS:].sum(axis=1)
    usable = sold & (past > 0) & (now > 0)
    own = np.nansum(before, axis=1) / np.where(usable, past, 1.0)
    got = np.nansum(y[:, at : at + weeks], axis=1)
    logs = np.log((np.maximum(got, 0.0) + HALF_A_PIECE) / (own * now + HALF_A_PIECE), where=usable, out=got * np.nan)
    return logs - _mean(logs[None, :], 1)[0]


def noise(y: Array, weeks: int) -> Noise | None:
    """The noise of windows of `weeks` at the end of `y`; None for fewer than three accounts or without a past."""
    starts = [y.shape[1] - n * weeks for n in range(1, WINDOWS + 1)]
    found = [misses(y, at, weeks) for at in starts if at >= LEVEL_WEEKS]
    known = [one[~np.isnan(one)] for one in found]
    known = [one for one in known if len(one) >= LEAST]
    freedom = sum(len(one) - 1 for one in known)
    if not freedom:
        return None
    return Noise(sqrt(sum(float((one**2).sum()) for one in known) / freedom), freedom / 2)  # windows share their levels


def course(y: Array) -> dict[int, Noise]:
    """The noise by weeks of a trial, smoothed: a part that stays (accounts drift apart) and one that averages out."""
    found = {weeks: one for weeks in LENGTHS if (one := noise(y, weeks)) is not None}
    if not found:
        return {}
    inverse = 1 / np.array(list(found), dtype=float)
    squares = np.array([one.sd**2 for one in found.values()])
    parts = np.stack([np.ones_like(inverse), inverse], axis=1)
    stays, averages = np.linalg.lstsq(parts, squares, rcond=None)[0]
    if stays < 0:
        stays, averages = 0.0, float((squares * inverse).sum() / (inverse**2).sum())
    if averages < 0:
        stays, averages = float(squares.mean()), 0.0
    return {weeks: Noise(sqrt(stays + averages / weeks), one.freedom) for weeks, one in found.items()}


def detectable(noise_: Noise, pilots: int, controls: int) -> float:
    """The smallest uplift (a ratio, .08 is 8 %) that is shown with 80 % probability."""
    reach = student.quantile((1 + SHARE) / 2, noise_.freedom) + student.quantile(SHOWN, noise_.freedom)
    return exp(reach * noise_.sd * sqrt(1 / pilots + 1 / controls)) - 1


def contrast(y: Array, pilot: np.ndarray, start: int) -> Contrast | None:
    """What the pilots of a trial from week `start` sold more, by the noise of the weeks before it."""
    weeks = y.shape[1] - start
    known = noise(y[:, :start], weeks)
    logs = misses(y, start, weeks)
    with_, without = logs[pilot & ~np.isnan(logs)], logs[~pilot & ~np.isnan(logs)]
    if known is None or not len(with_) or not len(without):
        return None
    effect, error = float(with_.mean() - without.mean()), known.sd * sqrt(1 / len(with_) + 1 / len(without))
    return Contrast(effect, error, effect - error * student.quantile((1 + SHARE) / 2, known.freedom))


def _mean(values: Array, axis: int) -> Array:
    """The mean of what is known, NaN where nothing is."""
    known = ~np.isnan(values)
    count = known.sum(axis=axis)
    return np.where(count > 0, np.where(known, values, 0.0).sum(axis=axis) / np.maximum(count, 1), np.nan)
