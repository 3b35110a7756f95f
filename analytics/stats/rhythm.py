"""Is an account silent, measured by its own rhythm, and is it slipping, measured by its own noise?

Silence: cube roots of the gaps between an account's order days, their median and MAD; the present silence is unusual
when its z lies beyond the limit, which takes a weekly buyer less time than a quarterly one. The cube root makes gaps
near to normal whether they are regular or come by chance (Wilson and Hilferty 1931); with logarithms a buyer who orders
by chance would be silent after 33 usual gaps only. Slipping: mean of the last three months over the mean of the last
twelve, both without season, against what the months' own noise would do to that ratio (derived below).
Source: docs/methods.md.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analytics.stats.index import spread
from analytics.stats.seasonal import Array

Days = NDArray[np.integer]

LEAST_GAPS = 5  # gaps before an account has a rhythm
SILENT = 3.0  # z of the present silence; false words a year in docs/methods.md
FLOOR = 0.07  # smallest spread, of the centre: who buys like a clock still has holidays, so silent from 1.8 gaps on
SHORT, LONG = 3, 12  # months of the slope
SLIPPING = 2.4  # z of the slope; noise known from twelve months only needs more than the normal's 2
Slope = Literal["slipping", "steady", "rising", "too short"]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """An account's own rhythm in days: usual gap, present silence, its z, the day count from which it is unusual.

    `usual`, `z`, `limit` are NaN and `silent` is None where fewer than `LEAST_GAPS` gaps are known.
    """

    gaps: int
    usual: float
    silence: int
    z: float
    limit: float
    silent: bool | None


def rhythm(days: Days, today: int) -> Rhythm:
    """The rhythm of the order days `days` (ordinals, any order, repeats count once) as of the day `today`.

    Orders after today are left out. Ordinals of working days serve as well and then pass over holidays. Raises
    ValueError where no order lies before today: silence needs a beginning.
    """
    past = np.unique(days[days <= today])
    if not past.size:
        raise ValueError(f"no order on or before day {today}: there is no silence to measure")
    gaps, silence = np.diff(past), int(today - past[-1])
    if gaps.size < LEAST_GAPS:
        return Rhythm(gaps.size, np.nan, silence, np.nan, np.nan, None)
    roots = np.cbrt(gaps)
    centre = float(np.median(roots))
    scale = max(spread(roots), FLOOR * centre)
    z = (float(np.cbrt(silence)) - centre) / scale
    limit = (centre + SILENT * scale) ** 3
    return Rhythm(gaps.size, centre**3, silence, z, limit, silence > limit)


@dataclass(frozen=True, slots=True)
class Slip:
    """Mean of the last 3 months over that of the last 12, minus 1; its z; the change beyond which it is not noise."""

    change: float
    z: float
    threshold: float
    verdict: Slope


def slip(y: Array, index: Array | None = None) -> Slip:
    """The slope of `y` (months,), oldest first, NaN missing; `index` (months,) is the season to divide by, if any.

    "too short" with a missing month among the last twelve: the ratio would not compare like with like. The noise is
    taken from the differences of all neighbouring months, which a level's slow course hardly enters.
    """
    flat = y if index is None else y / index
    last = flat[-LONG:]
    if len(last) < LONG or np.isnan(last).any() or last.mean() <= 0:
        return Slip(np.nan, np.nan, np.nan, "too short")
    change = float(last[-SHORT:].mean() / last.mean() - 1)
    noise = _noise(flat) / float(last.mean())
    # last 3 − all 12 = (9/12) (last 3 − first 9), variance (9/12)² (1/3 + 1/9) = 1/3 − 1/12 of one month's
    error = noise * float(np.sqrt(1 / SHORT - 1 / LONG))
    z = change / error if error > 0 else float(np.sign(change)) * np.inf if change else 0.0
    verdict: Slope = "slipping" if z < -SLIPPING else "rising" if z > SLIPPING else "steady"
    return Slip(change, float(z), SLIPPING * error, verdict)


def _noise(flat: Array) -> float:
    """Standard deviation of a month about its level: MAD of neighbours' differences / √2, a difference having two."""
    steps = np.diff(flat)
    return spread(steps[~np.isnan(steps)]) / float(np.sqrt(2))
