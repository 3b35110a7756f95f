"""Difference in differences: by how much what was treated grew beyond what was not, and did the two run alike before.

Everything is a log ratio of sums (a sum over units before and after, set against the same of the others), so zeros
need no log(1 + x), which at small counts takes a share of every effect away (docs/methods.md). Errors are clustered
by unit, by the infinitesimal jackknife: what the log ratio would move by if the unit were not there, squared and
summed; Student's t with Welch's (1947) freedom. Source: Card and Krueger (1994); Bertrand, Duflo and Mullainathan
(2004) for the clusters; Bell and McCaffrey (2002) for few of them; Roth (2022) for what a test of the time before can
tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import expm1, sqrt

import numpy as np
from scipy.special import fdtrc

from analytics.stats import student
from analytics.stats.index import Array
from analytics.stats.sampling import of_log_ratio

SHARE = 0.80  # probability of a shown interval, as everywhere here
LEAST = 3  # clusters: of fewer no error can be told
SUSPECT = 0.10  # p below which the time before speaks against the comparison: few clusters see little, so not .05
BLOCKS = 4  # into which the time before is cut for its test: single periods would ask more than a few clusters can say


@dataclass(frozen=True, slots=True)
class Effect:
    """A log ratio with its standard error and degrees of freedom."""

    log: float
    error: float
    freedom: float

    @property
    def lift(self) -> float:
        """What it adds, a ratio: .1 is a tenth more."""
        return expm1(self.log)

    def reach(self, share: float = SHARE) -> tuple[float, float]:
        """The lift's interval, ratios."""
        half = self.error * student.quantile((1 + share) / 2, self.freedom)
        return expm1(self.log - half), expm1(self.log + half)

    def above(self, lift: float) -> float:
        """The probability of a lift larger than this one."""
        if self.error == 0:
            return float(self.log > np.log1p(lift))
        return 1 - student.probability((np.log1p(lift) - self.log) / self.error, self.freedom)


@dataclass(frozen=True, slots=True)
class Trend:
    """Did treated and untreated run alike before? `p`: that chance makes blocks differ so; of how many `clusters`."""

    f: float
    p: float
    clusters: int

    @property
    def alike(self) -> bool:
        """Nothing speaks against the comparison; with few clusters little could."""
        return self.p >= SUSPECT


@dataclass(frozen=True, slots=True)
class Comparison:
    """Of two groups: the effect, and the test of the time before (None: too few units, or too short)."""

    effect: Effect
    trend: Trend | None


def two_groups(treated: Array, others: Array, start: int) -> Comparison | None:
    """Treated (units, times) against others (units, times), before and from column `start` on.

    Values are amounts; NaN is missing and left out of the unit's mean. None with under two units in a group, or where a
    group has nothing before or after.
    """
    sides = [(_mean(y[:, start:]), _mean(y[:, :start])) for y in (treated, others)]
    if min(len(treated), len(others)) < 2 or any(np.isnan(part).any() or part.sum() <= 0 for s in sides for part in s):
        return None
    parts = [_variance(of_log_ratio(after, before)) for after, before in sides]
    total = parts[0] + parts[1]
    squares = sum(v**2 / (len(y) - 1) for v, y in zip(parts, (treated, others), strict=True))
    freedom = total**2 / squares if squares > 0 else float(len(treated) + len(others) - 2)  # Welch 1947
    return Comparison(
        Effect(_log(sides[0]) - _log(sides[1]), sqrt(total), freedom), _before(treated[:, :start], others[:, :start])
    )


def joint(contrasts: Array, groups: Sequence[Array]) -> Trend | None:
    """Whether `contrasts` (q,) are all zero, by the influences (clusters, q) of one group of clusters or of two.

    Hotelling's T² (1931), with Nel and van der Merwe's (1986) freedom where groups spread differently. None with too
    few clusters to tell.
    """
    q = len(contrasts)
    if min(map(len, groups)) < 2:
        return None
    parts = [u.T @ u * (len(u) - 1) / len(u) for u in groups]
    spread = np.sum(parts, axis=0)
    sizes = [_size(part) / (len(u) - 1) for part, u in zip(parts, groups, strict=True)]
    freedom = _size(spread) / sum(sizes) if sum(sizes) > 0 else 0.0
    if freedom < q + 1:
        return None
    f = float(contrasts @ np.linalg.pinv(spread) @ contrasts) * (freedom - q + 1) / (q * freedom)
    return Trend(f, float(fdtrc(q, freedom - q + 1, f)), sum(map(len, groups)))


def _size(spread: Array) -> float:
    return float(np.trace(spread @ spread) + np.trace(spread) ** 2)


def blocks(length: int) -> list[slice]:
    """Four spans of the time before, the first the longest where it does not divide evenly."""
    ends = [length - (length // BLOCKS) * n for n in range(BLOCKS - 1, -1, -1)]
    return [slice(a, b) for a, b in zip([0, *ends[:-1]], ends, strict=True)]


def _before(treated: Array, others: Array) -> Trend | None:
    """Each block against the last before the start."""
    if treated.shape[1] < BLOCKS:
        return None
    *earlier, last = blocks(treated.shape[1])
    contrasts: list[float] = []
    influences: list[list[Array]] = [[], []]
    for span in earlier:
        parts = [(_mean(y[:, span]), _mean(y[:, last])) for y in (treated, others)]
        if any(np.isnan(part).any() or part.sum() <= 0 for side in parts for part in side):
            return None
        contrasts.append(_log(parts[0]) - _log(parts[1]))
        for mine, part in zip(influences, parts, strict=True):
            mine.append(of_log_ratio(*part))
    return joint(np.array(contrasts), [np.stack(mine, axis=1) for mine in influences])


def _log(sides: tuple[Array, Array]) -> float:
    return float(np.log(sides[0].sum() / sides[1].sum()))


def _mean(y: Array) -> Array:
    """Each unit's mean of what is known, NaN where nothing is."""
    known = ~np.isnan(y)
    return np.where(known, y, 0.0).sum(axis=1) / np.where(known.any(axis=1), known.sum(axis=1), np.nan)


def _variance(influences: Array) -> float:
    return float((influences**2).sum()) * (len(influences) - 1) / len(influences)
