"""Many small estimates, each drawn towards what all of them say: empirical Bayes, the spread between them integrated.

θᵢ ~ N(μ, τ²), seen with known variance; μ flat, τ flat on a grid (Gelman 2006), so that "all alike" and "all
different" are both weighed and no single guess of τ is taken for true. Source: Rubin (1981); docs/methods.md.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from analytics.stats.index import Array
from analytics.stats.student import NORMAL

LEAST = 3  # estimates: of fewer nothing is learned of how far they lie apart
GRID = 80  # values of τ
WIDEST = 3.0  # the largest τ, in spreads of the estimates


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Mean and standard deviation of what each is after all (n,); `middle` and `apart` of the law they come from."""

    mean: Array
    sd: Array
    middle: float
    apart: float

    def reach(self, share: float) -> tuple[Array, Array]:
        """Low and high (n,) that hold each with probability `share`."""
        half = self.sd * NORMAL.inv_cdf((1 + share) / 2)
        return self.mean - half, self.mean + half


def shrunk(seen: Array, variance: Array) -> Shrunk | None:
    """`seen` (n,) with their variances (n,), all positive; None with fewer than three."""
    if len(seen) < LEAST:
        return None
    widest = WIDEST * max(float(seen.std()), sqrt(float(np.median(variance))))
    tau = np.linspace(0.0, widest, GRID)
    precision = 1 / (variance[None, :] + tau[:, None] ** 2)  # (τ, n)
    total = precision.sum(axis=1)
    middle = (precision * seen).sum(axis=1) / total
    weight = _weights(seen, precision, total, middle)
    keep = variance[None, :] * precision  # the share of μ in each
    mean = keep * middle[:, None] + (1 - keep) * seen
    spread = (1 - keep) * variance + keep**2 / total[:, None]
    best = weight @ mean
    sd = np.sqrt(weight @ (spread + (mean - best) ** 2))
    return Shrunk(best, sd, float(weight @ middle), float(weight @ tau))


def _weights(seen: Array, precision: Array, total: Array, middle: Array) -> Array:
    """The probability of each τ on the grid."""
    logs = 0.5 * np.log(precision).sum(axis=1) - 0.5 * np.log(total)
    logs = logs - 0.5 * (precision * (seen - middle[:, None]) ** 2).sum(axis=1)
    weight = np.exp(logs - logs.max())
    return weight / weight.sum()
