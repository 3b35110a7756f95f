"""The barometer's arithmetic: robust z of each component, weighted so that the parts sum exactly to the index.

Index = 50 + sum of points, points = 10 · w · z. The weights sum to 5/3: with every z clipped to ±3 the index then runs
from 0 to 100 and its own clip never binds, so contributions stay exact (docs/decisions/0005).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

CLIP = 3.0  # z beyond this says "extreme", not "more extreme"
LEAST = 6  # months of a component before its z means anything: a median and a MAD of fewer jump about
NEUTRAL = 50.0  # index points when every component is at its own median
SCALE = 10.0  # index points per unit of weight and z
TOTAL = NEUTRAL / (SCALE * CLIP)  # 5/3, what the weights of the components present sum to
CONSISTENT = 1.4826  # MAD times this estimates the standard deviation of a normal distribution


def robust_z(x: Array, least: int = LEAST) -> Array:
    """z of each value against the median and MAD of the values up to and including it, clipped to ±3.

    `x`: (months,), NaN where missing; returns the same shape, NaN where missing or where fewer than `least` values are
    known so far. A constant history gives 0 for the constant and ±3 for the first departure.
    """
    z = np.full(x.shape, np.nan)
    for t in np.flatnonzero(~np.isnan(x)):
        known = x[: t + 1][~np.isnan(x[: t + 1])]
        if known.size >= least:
            z[t] = deviation(x[t], float(np.median(known)), spread(known))
    return z


def spread(x: Array) -> float:
    """MAD of `x` scaled to a standard deviation; 0 for a constant."""
    return float(CONSISTENT * np.median(np.abs(x - np.median(x))))


def deviation(value: float, centre: float, scale: float) -> float:
    """(value − centre) / scale clipped to ±3; a zero scale gives the sign's extreme, or 0 at the centre."""
    if scale <= 0:
        return float(np.sign(value - centre) * CLIP)
    return float(np.clip((value - centre) / scale, -CLIP, CLIP))


@dataclass(frozen=True, slots=True)
class Parts:
    """Components × months: z, weights (columns sum to 5/3 where anything is known), points; index: (months,)."""

    z: Array
    weights: Array
    points: Array
    index: Array


def combine(z: Array) -> Parts:
    """Equal weights among the components known in each month; NaN z stays out and gets neither weight nor points.

    `z`: (components, months). The index is NaN in a month without any component.
    """
    known = ~np.isnan(z)
    count = known.sum(axis=0)
    weights = np.where(known, TOTAL / np.maximum(count, 1), 0.0)
    points = SCALE * weights * np.where(known, z, 0.0)
    index = np.where(count > 0, NEUTRAL + points.sum(axis=0), np.nan)
    return Parts(z, weights, points, index)
