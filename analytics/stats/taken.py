"""How many pieces a new product took from the one it stands beside, against accounts that do not sell it.

Expected of a pilot: its own level before the trial times what the controls sold in the same weeks over their levels.
The loss is what lacks of it, over all pilots. Its error comes from the same accounts' own past: windows of the same
length before the trial in which nothing was taken, each account held against the others, squared misses of an account
weighed against those of all. Source: placebo errors after Abadie, Diamond and Hainmueller (2010); docs/methods.md.
"""

from dataclasses import dataclass

import numpy as np

from analytics.stats import student
from analytics.stats.seasonal import Array

LEVEL_WEEKS = 26  # before the trial: half a year holds the level; longer ones drift apart, shorter ones are noisier
WINDOWS = 6  # of the past that are judged; they and their levels reach back two years at most
SHRINK = 4.0  # windows of all accounts' usual error that an account's own are weighed against
SHARE = 0.80  # probability of the interval
LEAST = 2  # controls: of one nobody knows whether it is like the others


@dataclass(frozen=True, slots=True)
class Taken:
    """Pieces lost at the pilots with their standard error, and the ends of the 80 % interval; of how many accounts."""

    pieces: float
    error: float
    low: float
    high: float
    pilots: int
    controls: int


def taken(y: Array, pilot: np.ndarray, start: int) -> Taken | None:
    """The loss at the `pilot` rows of `y` (accounts, weeks; pieces, NaN not reported) from week `start` on.

    None where fewer than two controls or no pilot sold it before, or no past is long enough to say how sure it is.
    """
    weeks = y.shape[1] - start
    sold = np.nansum(y[:, max(0, start - LEVEL_WEEKS) : start], axis=1) > 0
    pilots, controls = np.flatnonzero(pilot & sold), np.flatnonzero(~pilot & sold)
    if not len(pilots) or len(controls) < LEAST or weeks < 1:
        return None
    variance = _variances(y, pilot, start, weeks)
    if variance is None:
        return None
    held = _expected(y, pilots, controls, start, weeks)
    seen = np.where(np.isnan(y[pilots, start:]), np.nan, held)
    expected, got = np.nansum(seen, axis=1), np.nansum(y[pilots, start:], axis=1)
    loss = float((expected - got).sum())
    weight = np.nansum(y[controls, start:], axis=1)
    shared = float((weight**2 * variance[controls]).sum() / max(weight.sum(), 1e-9) ** 2)
    error = float(np.sqrt((expected**2 * variance[pilots]).sum() + expected.sum() ** 2 * shared))
    reach = error * student.quantile((1 + SHARE) / 2, len(pilots) + len(controls) - 2)
    return Taken(loss, error, loss - reach, loss + reach, len(pilots), len(controls))


def _expected(y: Array, which: np.ndarray, others: np.ndarray, start: int, weeks: int) -> Array:
    """What `which` would have sold in the weeks from `start`, by the course of `others`, (which, weeks)."""
    past = slice(max(0, start - LEVEL_WEEKS), start)
    level = np.nanmean(y[others, past], axis=1)
    both = y[others, past.start : start + weeks]
    index = np.nansum(both, axis=0) / np.maximum(np.where(np.isnan(both), 0.0, level[:, None]).sum(axis=0), 1e-9)
    before = y[which, past]
    own = np.nansum(before, axis=1) / np.maximum(
        np.where(np.isnan(before), 0.0, index[: start - past.start]).sum(axis=1), 1e-9
    )
    return own[:, None] * index[start - past.start :]


def _variances(y: Array, pilot: np.ndarray, start: int, weeks: int) -> Array | None:
    """Relative variance of each account about the others over a window of this length, (accounts,)."""
    starts = [start - n * weeks for n in range(1, WINDOWS + 1) if start - n * weeks >= LEVEL_WEEKS]
    misses = [_misses(y, np.ones(len(y), dtype=bool), at, weeks) for at in starts]
    misses.append(_misses(y, ~pilot, start, weeks))
    squares = np.array(misses) ** 2
    known = np.isfinite(squares)
    squares *= 1 - 1 / np.maximum(known.sum(axis=1, keepdims=True), 1)  # the others' own share in a miss
    if not starts or not known.any():
        return None
    count = known.sum(axis=0)
    own = np.where(known, squares, 0.0).sum(axis=0)
    return (own + SHRINK * squares[known].mean()) / (count + SHRINK)


def _misses(y: Array, judged: np.ndarray, at: int, weeks: int) -> Array:
    """What each of the judged accounts sold over what the other ones let expect, less one; NaN for the rest."""
    found = np.full(len(y), np.nan)
    sold = judged & (np.nansum(y[:, at - LEVEL_WEEKS : at], axis=1) > 0)
    for one in np.flatnonzero(sold):
        others = np.flatnonzero(sold & (np.arange(len(y)) != one))
        window = y[one, at : at + weeks]
        known = ~np.isnan(window)
        if len(others) < LEAST or not known.any():
            continue
        expected = float(_expected(y, np.array([one]), others, at, weeks)[0][known].sum())
        if expected > 0:
            found[one] = float(window[known].sum()) / expected - 1
    return found
