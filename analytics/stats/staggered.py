"""Difference in differences with staggered dates: each session beside stores that had none, stacked and pooled.

A stratum is one product of one session: pieces of the treated store and of the stores that are compared with it, week
by week. Within a stratum a promotion, an empty shelf or the season strikes both sides alike and cancels. Strata pool
by Mantel and Haenszel (1959): lift = Σ T₁C₀/N ÷ Σ T₀C₁/N, a ratio of sums that holds however thin each stratum is and
needs nothing added to zeros. Its error is that of Robins, Breslow and Greenland (1986), exact for counts, times the
dispersion that sham effects in the weeks before show from store to store: so it is clustered by store, and lifts that
truly differ do not count as error of their average. Stacking only clean controls avoids the forbidden comparisons of
staggered designs (Goodman-Bacon 2021; Cengiz et al. 2019). A week unknown is 0 on both sides and then counts for
nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, log, log2, sqrt

import numpy as np
from numpy.typing import NDArray

from analytics.stats import student
from analytics.stats.did import LEAST, SHARE, Effect, Trend, blocks, joint
from analytics.stats.seasonal import Array, Codes

BEFORE, AFTER = 8, 12  # weeks around the session's own week, which is 0 and belongs to neither side
AVERAGE = 8  # weeks after over which the average lift is taken
HALVES = (tuple(range(1, 7)), tuple(range(7, 13)))  # weeks whose lifts, set against each other, tell the decay
STEP = 6  # weeks between the halves
SHAMS = ((slice(0, 4), slice(4, 8)), (slice(0, 2), slice(2, 4)), (slice(4, 6), slice(6, 8)))  # spans before: (from, to)
FLOOR = 0.25  # of a session's own sum: half a piece, halved as both spans share it; only where it sold nothing


@dataclass(frozen=True, slots=True)
class Strata:
    """`trained`, `others` (strata, weeks −8..12) in pieces; `unit` (strata,) session; `cluster` (units,) its store."""

    unit: Codes
    cluster: Codes
    trained: Array
    others: Array

    def of(self, which: NDArray[np.bool_]) -> "Strata":
        """Some of the strata; units keep their numbers."""
        return Strata(self.unit[which], self.cluster, self.trained[which], self.others[which])


@dataclass(frozen=True, slots=True)
class Decay:
    """Weeks in which the lift halves, with its 80 % interval; `high` infinite: it may not decay at all."""

    weeks: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Each:
    """By unit that could be measured: its number, log lift and variance."""

    unit: Codes
    log: Array
    variance: Array


@dataclass(frozen=True, slots=True)
class _Sums:
    """Mantel-Haenszel sums by unit (units,): above, below, and the three parts of their variance."""

    above: Array
    below: Array
    parts: Array

    @property
    def variance(self) -> Array:
        """Of each unit's log ratio; of all together when summed first."""
        return _variance(self.above, self.below, self.parts)


def weeks_of(which: Sequence[int]) -> list[int]:
    """Columns of weeks that are counted from the session."""
    return [week + BEFORE for week in which]


def average(strata: Strata, phi: float | None = None) -> Effect | None:
    """The lift over the weeks 1 to 8; None with fewer than three stores."""
    return effect(strata, range(1, AVERAGE + 1), dispersion(strata) if phi is None else phi)


def effect(strata: Strata, weeks: Sequence[int], phi: float) -> Effect | None:
    """The lift over some weeks against those before; a week before is set against the other seven."""
    columns = weeks_of(weeks)
    base = [n for n in range(BEFORE) if n not in columns]
    sums = _sums(strata, base, columns)
    clusters = _clusters(strata, sums)
    above, below = float(sums.above.sum()), float(sums.below.sum())
    if clusters < LEAST or above <= 0 or below <= 0:
        return None
    variance = phi * float(_variance(sums.above.sum(), sums.below.sum(), sums.parts.sum(axis=1)))
    return Effect(log(above / below), sqrt(variance), clusters - 1.0)


def dispersion(strata: Strata) -> float:
    """How much more than counts the sham effects of the weeks before scatter from store to store; at least 1."""
    found = []
    for since, until in SHAMS:
        sums = _sums(strata, since, until)
        if _clusters(strata, sums) < LEAST or sums.above.sum() <= 0 or sums.below.sum() <= 0:
            continue
        u = _influences(strata, sums)
        clustered = float((u**2).sum()) * (len(u) - 1) / len(u)
        found.append(clustered / float(_variance(sums.above.sum(), sums.below.sum(), sums.parts.sum(axis=1))))
    return max(1.0, float(np.mean(found))) if found else 1.0


def trend(strata: Strata) -> Trend | None:
    """Did trained stores and the others run alike before? Two weeks each, against the last two before."""
    *earlier, last = blocks(BEFORE)
    contrasts, columns = [], []
    for span in earlier:
        sums = _sums(strata, last, span)
        if sums.above.sum() <= 0 or sums.below.sum() <= 0:
            return None
        contrasts.append(log(sums.above.sum() / sums.below.sum()))
        columns.append(_influences(strata, sums, whole=True))
    used = np.any(np.stack(columns) != 0, axis=0)
    return joint(np.array(contrasts), [np.stack(columns, axis=1)[used]])


def decay(strata: Strata, share: float = SHARE) -> Decay | None:
    """How fast the lift goes, by Fieller's (1954) interval of the ratio of its two halves; None: too small to tell.

    Only units whose twelve weeks are over should come.
    """
    base = slice(0, BEFORE)
    sums = [_sums(strata, base, weeks_of(half)) for half in HALVES]
    clusters = min(_clusters(strata, s) for s in sums)
    if clusters < LEAST or any(s.below.sum() <= 0 for s in sums):
        return None
    lifts = [float(s.above.sum() / s.below.sum()) - 1 for s in sums]
    u = np.stack([_influences(strata, s, whole=True) * (1 + x) for s, x in zip(sums, lifts, strict=True)])
    bounds = _fieller(lifts, u @ u.T * (clusters - 1) / clusters, student.quantile((1 + share) / 2, clusters - 1.0))
    return None if bounds is None else Decay(_half_life(lifts[1] / lifts[0]), *map(_half_life, bounds))


def each(strata: Strata, phi: float) -> Each:
    """Every session by itself, over the weeks 1 to 8."""
    sums = _sums(strata, slice(0, BEFORE), weeks_of(range(1, AVERAGE + 1)))
    told = np.flatnonzero(sums.above + sums.below > 0)
    above, below = (np.maximum(side[told], FLOOR) for side in (sums.above, sums.below))
    return Each(told, np.log(above / below), phi * _variance(above, below, sums.parts[:, told]))


def _half_life(left: float) -> float:
    """Weeks to halve, where after STEP weeks this share is left."""
    return 0.0 if left <= 0 else inf if left >= 1 else -STEP / log2(left)


def _fieller(lifts: Sequence[float], v: Array, t: float) -> tuple[float, float] | None:
    """The interval of lifts[1] / lifts[0]; None where the first one cannot be told from zero."""
    a = lifts[0] ** 2 - t**2 * v[0, 0]
    if lifts[0] <= 0 or a <= 0:
        return None
    b, c = lifts[0] * lifts[1] - t**2 * v[0, 1], lifts[1] ** 2 - t**2 * v[1, 1]
    half = sqrt(max(0.0, float(b**2 - a * c)))
    return float(b - half) / a, float(b + half) / a


def _sums(strata: Strata, base: slice | list[int], span: slice | list[int]) -> _Sums:
    """The sums of `span` against `base`, by unit."""
    t0, c0 = strata.trained[:, base].sum(axis=1), strata.others[:, base].sum(axis=1)
    t1, c1 = strata.trained[:, span].sum(axis=1), strata.others[:, span].sum(axis=1)
    n = np.maximum(t0 + c0 + t1 + c1, 1e-9)
    r, s, p, q = t1 * c0 / n, t0 * c1 / n, (t1 + c0) / n, (t0 + c1) / n
    units = len(strata.cluster)
    add = [_by(strata.unit, part, units) for part in (r, s, p * r, p * s + q * r, q * s)]
    return _Sums(add[0], add[1], np.stack(add[2:]))


def _by(codes: Codes, amounts: Array, count: int) -> Array:
    """Sums of amounts by code, (count,)."""
    return np.asarray(np.bincount(codes, amounts, count), dtype=np.float64)


def _variance(above: Array, below: Array, parts: Array) -> Array:
    """Robins, Breslow and Greenland's variance of log(above / below)."""
    return parts[0] / (2 * above**2) + parts[1] / (2 * above * below) + parts[2] / (2 * below**2)


def _clusters(strata: Strata, sums: _Sums) -> int:
    """Stores that say anything."""
    return len(np.unique(strata.cluster[sums.above + sums.below > 0]))


def _influences(strata: Strata, sums: _Sums, *, whole: bool = False) -> Array:
    """Each store's influence on the log ratio; `whole`: of all stores, 0 where one says nothing."""
    count = int(strata.cluster.max()) + 1
    above, below = (_by(strata.cluster, side, count) for side in (sums.above, sums.below))
    found = above / above.sum() - below / below.sum()
    found = found / np.maximum(0.1, 1 - below / below.sum())  # of a store that is nearly all, a tenth is left
    return found if whole else found[above + below > 0]


def known(strata: Strata, week: int) -> int:
    """How many sessions a week is known of."""
    column = week + BEFORE
    sold = strata.trained[:, column] + strata.others[:, column] > 0
    return len(np.unique(strata.unit[sold]))
