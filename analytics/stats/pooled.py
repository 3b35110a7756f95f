"""Effects of many small measurements together: what is usual, what each kind adds, and what to expect of a new one.

y = x · β + u + e with known standard errors of e, u ~ N(0, τ²) between cases alike, and effects of kinds (a mechanic,
an account) that are drawn from N(0, σ²) each, so that a kind seen once or twice stays near the others. τ and every σ
are integrated over a grid by their marginal likelihood, not plugged in: with few cases they are hardly known. Source:
normal-normal empirical Bayes (Efron and Morris 1975), hyperparameters as in Gelman et al., Bayesian Data Analysis 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from analytics.stats.seasonal import Array, Codes
from analytics.stats.student import NORMAL

WIDE = 3.0  # prior standard deviation of what is common to all: a share or a logarithm of one, so nearly none
BETWEEN = np.array([0.0, 0.02, 0.05, 0.08, 0.12, 0.17, 0.24, 0.35, 0.5, 0.8])  # of τ: in shares or logarithms
KINDS = np.array([0.0, 0.05, 0.12, 0.25, 0.5])  # of each σ
LIKELY = 1e-6  # of the best point's weight: less is left out


@dataclass(frozen=True, slots=True)
class Told:
    """A mean with its standard error."""

    mean: float
    error: float

    def chance(self, above: float) -> float:
        """The probability of more than `above`."""
        if self.error <= 0:
            return float(self.mean > above)
        return 1 - NORMAL.cdf((above - self.mean) / self.error)


@dataclass(frozen=True, slots=True)
class Pooled:
    """The grid's likely points: `weight`, `between` (τ), `beta` (points, columns) and its covariance; and the cases."""

    weight: Array
    between: Array
    beta: Array
    spread: Array
    y: Array
    errors: Array
    design: Array

    def usual(self, x: Array) -> Told:
        """The effect that cases of the columns `x` have on average."""
        means = self.beta @ x
        return self._mixed(means, np.einsum("i,gij,j->g", x, self.spread, x))

    def new(self, x: Array) -> Told:
        """What to expect of one more such case."""
        means = self.beta @ x
        return self._mixed(means, np.einsum("i,gij,j->g", x, self.spread, x) + self.between**2)

    def total(self, sizes: Array) -> Told:
        """Σ sizes × what the cases truly did: each case's own measurement, shrunk towards what is usual."""
        square = self.between[:, None] ** 2
        own = square / (square + self.errors**2)
        expected = self.beta @ self.design.T
        means = ((expected + own * (self.y - expected)) * sizes).sum(axis=1)
        shared = ((1 - own) * sizes) @ self.design
        spread = np.einsum("gi,gij,gj->g", shared, self.spread, shared)
        return self._mixed(means, spread + (own * self.errors**2 * sizes**2).sum(axis=1))

    def _mixed(self, means: Array, squares: Array) -> Told:
        mean = float(self.weight @ means)
        return Told(mean, float(np.sqrt(self.weight @ (squares + (means - mean) ** 2))))


def pooled(y: Array, errors: Array, fixed: Array, kinds: Sequence[Codes] = ()) -> Pooled:
    """Pool the cases `y` (cases,) with standard `errors`; `fixed` (cases, columns) has the columns common to all, the
    first of ones; `kinds` are codes 0, 1, ... of each case, one array a way of sorting them.

    Columns of the result: those of `fixed`, then one a code of every kind. Raises ValueError for no cases.
    """
    if not len(y):
        raise ValueError("no cases to pool: give at least one measurement with its standard error")
    blocks = [np.eye(int(codes.max()) + 1)[codes] for codes in kinds]
    design = np.concatenate([fixed, *blocks], axis=1)
    points = list(product(BETWEEN, *([KINDS] * len(blocks))))
    found = [_point(y, errors, design, _prior(fixed.shape[1], blocks, scales), tau) for tau, *scales in points]
    likelihood = np.array([f[0] for f in found])
    weight = np.exp(likelihood - likelihood.max())
    kept = np.flatnonzero(weight > LIKELY)
    weight = weight[kept] / weight[kept].sum()
    between = np.array([points[n][0] for n in kept])
    beta, spread = (np.array([found[n][part] for n in kept]) for part in (1, 2))
    return Pooled(weight, between, beta, spread, y, errors, design)


def _prior(fixed: int, blocks: Sequence[Array], scales: Sequence[float]) -> Array:
    """Prior standard deviations of all columns."""
    return np.concatenate(
        [np.full(fixed, WIDE), *(np.full(b.shape[1], s) for b, s in zip(blocks, scales, strict=True))]
    )


def _point(y: Array, errors: Array, design: Array, prior: Array, between: float) -> tuple[float, Array, Array]:
    """Log marginal likelihood, mean and covariance of β at one point of the grid (Woodbury: columns are few)."""
    inverse = 1 / (errors**2 + between**2)
    scaled = design * prior
    inner = np.eye(len(prior)) + scaled.T @ (scaled * inverse[:, None])
    solved = np.linalg.inv(inner)
    pull = scaled.T @ (y * inverse)
    mean = prior * (solved @ pull)
    log = np.log(inverse).sum() - np.linalg.slogdet(inner)[1] - (y**2 * inverse).sum() + pull @ solved @ pull
    return float(log) / 2, mean, prior[:, None] * solved * prior
