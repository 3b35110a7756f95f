"""How sure is an index of few accounts: its sampling error from the accounts that make it, closed form.

The accounts in hand are taken as a sample of the accounts through which the same market could show itself. Every
component is a smooth function of sums over accounts, so an account's influence on it is its linearised term (Taylor
linearisation: Woodruff 1971; the infinitesimal jackknife of Shao and Tu 1995); the variance of the index is
n / (n − 1) Σ u² over the accounts' influences u on all components together, which keeps what the components share.
What lies beyond the clip of ±3 moves nothing: a component's influence counts by its probability of lying inside, which
is exact for a normal component (Stein's lemma). A few big accounts give few degrees of freedom (Satterthwaite 1946).
The yardstick, median and MAD of the past, is taken as given.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from analytics.stats import student
from analytics.stats.index import CLIP, SCALE, Array
from analytics.stats.student import NORMAL

LEAST = 3  # accounts: of fewer nothing can be said
SHARE = 0.80  # probability of the band, as of every band here
KURTOSIS = 3.0  # of a normal influence: Σ u⁴ estimates three times what Satterthwaite's formula asks for


@dataclass(frozen=True, slots=True)
class Reach:
    """Standard error of the index and half the width of its 80 % band, both in points; of how many accounts."""

    error: float
    half: float
    accounts: int


def of_ratio(above: Array, below: Array) -> Array:
    """Influence of each account (accounts,) on Σ above / Σ below."""
    total = float(below.sum())
    return (above - above.sum() / total * below) / total / _others(below)


def of_log_ratio(above: Array, below: Array) -> Array:
    """Influence of each account on log(Σ above / Σ below)."""
    return (above / above.sum() - below / below.sum()) / _others(below)


def _others(size: Array) -> Array:
    """Share of the accounts that are left when each one is taken away; of an account that is nearly all, a tenth."""
    return np.maximum(0.1, 1 - size / size.sum())


def reach(influences: Array, z: Array, scale: Array, weights: Array) -> Reach | None:
    """The band of an index.

    `influences`: (components, accounts) on the raw values, 0 where an account has no part; `z` (not clipped), `scale`
    (the MAD that made it) and `weights`: (components,). None for fewer than three accounts that have any part.
    """
    accounts = int(np.any(influences != 0, axis=0).sum())
    if accounts < LEAST:
        return None
    widened = accounts / (accounts - 1)
    u = np.zeros(influences.shape[1])
    for line, at, size, weight in zip(influences, z, scale, weights, strict=True):
        if size > 0:
            u += SCALE * weight * _inside(float(at), sqrt(widened * float((line**2).sum())) / size) * line / size
    squares = u**2
    error = sqrt(widened * float(squares.sum()))
    if error == 0.0:
        return Reach(0.0, 0.0, accounts)
    freedom = min(accounts - 1.0, KURTOSIS * float(squares.sum()) ** 2 / float((squares**2).sum()) - 2)
    return Reach(error, error * student.quantile((1 + SHARE) / 2, freedom), accounts)


def _inside(z: float, error: float) -> float:
    """Probability that a component known up to `error` lies inside the clip."""
    if error == 0:
        return float(abs(z) < CLIP)
    return NORMAL.cdf((CLIP - z) / error) - NORMAL.cdf((-CLIP - z) / error)
