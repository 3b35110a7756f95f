"""Pilots that stand for all, and the controls most like them.

Pilots: the accounts in three classes of size, from each as many as from the others, those nearest the middle of their
class, a region that has none yet before one that has. The biggest would show an effect soonest and say least of the
others. Controls: to each pilot the account whose course before was most like its own, each used once while there are
any; a course is four weeks' sales over the account's own mean, less what all have in common.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.stats.seasonal import Array

CLASSES = 3  # of size
STEP = 4  # weeks summed in a course: single weeks of whole pieces are mostly noise
COURSE_WEEKS = 52  # of the past that are compared


@dataclass(frozen=True, slots=True)
class Pair:
    """A pilot and its control (rows), and by how much their courses usually differ (a ratio of their level)."""

    pilot: int
    control: int
    apart: float


def pilots(size: Array, regions: Sequence[str], count: int) -> list[int]:
    """`count` rows that represent accounts of this `size` (pcs a week) and these `regions`, by row."""
    order = sorted(range(len(size)), key=lambda n: (float(size[n]), n))
    classes = [list(part) for part in np.array_split(np.array(order, dtype=int), CLASSES)]
    chosen: list[int] = []
    while len(chosen) < min(count, len(order)):
        for part in classes:
            rest = [n for n in part if n not in chosen]
            if rest and len(chosen) < count:
                chosen.append(_next(rest, part, size, regions, chosen))
    return sorted(int(n) for n in chosen)


def _next(rest: Sequence[int], part: Sequence[int], size: Array, regions: Sequence[str], chosen: Sequence[int]) -> int:
    """Of a class the account whose region is least represented so far, then the one nearest the class's middle."""
    middle = float(np.median(size[list(part)]))
    taken = [regions[n] for n in chosen]
    return min(rest, key=lambda n: (taken.count(regions[n]), abs(float(size[n]) - middle), n))


def courses(y: Array) -> Array:
    """The course of each account of `y` (accounts, weeks; NaN not reported): (accounts, steps), logs about the mean of
    all; a step without a report is NaN."""
    weeks = min(COURSE_WEEKS, y.shape[1] // STEP * STEP)
    steps = y[:, y.shape[1] - weeks :].reshape(len(y), weeks // STEP, STEP)
    known = ~np.isnan(steps)
    rate = np.where(known.any(axis=2), np.nansum(steps, axis=2) / np.maximum(known.sum(axis=2), 1), np.nan)
    level = _mean(rate, 1)[:, None]
    logs = np.log((rate + 1e-3 * level + 1e-9) / (level + 1e-9))
    return logs - _mean(logs, 0)


def pairs(y: Array, chosen: Sequence[int]) -> list[Pair]:
    """A control for each chosen row of `y`, the likest pair first; none where there is no other account."""
    course, rest = courses(y), [n for n in range(len(y)) if n not in chosen]
    apart = {(p, c): _apart(course[p], course[c]) for p in chosen for c in rest}
    found: list[Pair] = []
    open_, free = list(chosen), list(rest)
    while open_ and rest:
        free = free or list(rest)  # fewer controls than pilots: the best serve twice
        p, c = min(((p, c) for p in open_ for c in free), key=lambda pair: (apart[pair], pair))
        found.append(Pair(p, c, apart[p, c]))
        open_.remove(p)
        free.remove(c)
    return found


def _apart(one: Array, other: Array) -> float:
    """The usual difference of two courses; infinite where they have no step in common."""
    both = ~np.isnan(one) & ~np.isnan(other)
    return float(np.sqrt(((one - other)[both] ** 2).mean())) if both.any() else float("inf")


def _mean(values: Array, axis: int) -> Array:
    known = ~np.isnan(values)
    return np.where(known, values, 0.0).sum(axis=axis) / np.maximum(known.sum(axis=axis), 1)
