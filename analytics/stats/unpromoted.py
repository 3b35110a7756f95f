"""What every product at every account would have sold without promotions, for every window of some weeks at once.

A window is so many weeks from some week on and the four weeks after them. Its level is told by the half-years before
and after it, never by itself, and its season is held against the controls' own sales in the same weeks. So each window
that no promotion touched is a placebo of one that a promotion did. Source: docs/methods.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.stats.seasonal import Array, Codes, Season, at, fit

AFTER = 4  # weeks after a promotion in which what was pulled forward is missing
REACH, NEAR = 26, 8  # weeks on each side that tell the level; alone, the side before counts as SxL's two windows do
LEAST = 8  # known weeks of a side without which it tells nothing
TRUST = 150.0  # pieces of the same product at other accounts that weigh as much as all their products of the category

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sold:
    """Series × weeks: `y` pcs, NaN missing; codes 0, 1, ... of each series' account, product and category (series,)."""

    y: Array
    account: Codes
    sku: Codes
    category: Codes
    season: Season


@dataclass(frozen=True, slots=True)
class Promoted:
    """One promoted product at one account a row: its series, first week and number of weeks (places in `Sold.y`), and
    the deal it is part of, 0, 1, ...: what one account promotes together."""

    series: Codes
    start: Codes
    weeks: Codes
    deal: Codes


@dataclass(frozen=True, slots=True)
class Touched:
    """Which weeks (series, weeks) are promoted, in the four weeks after, or beside a promoted product."""

    promoted: Flags
    after: Flags
    beside: Flags

    @property
    def any(self) -> Flags:
        """Whether a promotion touched the week at all."""
        return self.promoted | self.after | self.beside


@dataclass(frozen=True, slots=True)
class Basis:
    """Sales that no promotion touched, NaN else, and what a level of 1 sells: season × the category's own course."""

    sold: Sold
    touched: Touched
    calm: Array
    course: Array


@dataclass(frozen=True, slots=True)
class Window:
    """Of the weeks from each on: pieces sold and baseline (series, weeks), NaN where unknown; `free` where the product
    itself was not promoted, `calm` where none beside it was either; `controls`, accounts that it was held against."""

    actual: Array
    base: Array
    free: Flags
    calm: Flags
    controls: Codes


@dataclass(frozen=True, slots=True)
class Windows:
    """A promotion's own weeks and the four after; `known` of these."""

    during: Window
    after: Window
    known: Codes


def touched(sold: Sold, promoted: Promoted) -> Touched:
    """What the promotions touch."""
    marks = [np.zeros(sold.y.shape, bool) for _ in range(3)]
    for series, start, weeks in zip(promoted.series, promoted.start, promoted.weeks, strict=True):
        on = slice(start, start + weeks)
        marks[0][series, on] = True
        marks[1][series, start + weeks : start + weeks + AFTER] = True
        same = (sold.account == sold.account[series]) & (sold.category == sold.category[series])
        marks[2][same, on] = True
    return Touched(marks[0], marks[1] & ~marks[0], marks[2] & ~marks[0] & ~marks[1])


def basis(sold: Sold, promoted: Promoted) -> Basis:
    """Season and common course, from weeks that no promotion touched."""
    marks = touched(sold, promoted)
    calm = np.where(marks.any, np.nan, sold.y)
    index = _season(calm, sold)[sold.category]
    known = ~np.isnan(calm) & (index > 0)
    level = _ratio(np.where(known, calm, 0.0).sum(axis=1), np.where(known, index, 0.0).sum(axis=1))
    expected = np.where(known & ~np.isnan(level)[:, None], level[:, None] * index, 0.0)
    came = np.where(expected > 0, calm, 0.0)
    common = _ratio(grouped(came, sold.category), grouped(expected, sold.category))
    return Basis(sold, marks, calm, index * np.where(np.isnan(common), 1.0, common)[sold.category])


def _season(calm: Array, sold: Sold) -> Array:
    """The index of each category (categories, weeks): its series' own weighed by their levels.

    A series' own would hold the very weeks that a placebo is judged by, and a week's pieces are few.
    """
    found = fit(calm, sold.category, sold.season)
    index = at(found.index, 0, calm.shape[1], sold.season)
    seen = ~np.isnan(index) & (found.level > 0)[:, None]
    weight = np.where(seen, np.nan_to_num(found.level)[:, None], 0.0)
    return _ratio(grouped(np.where(seen, index, 0.0) * weight, sold.category), grouped(weight, sold.category))


def windows(told: Basis, weeks: int, *, sided: bool) -> Windows:
    """The windows of `weeks` weeks; `sided`: the level is that of both sides, else of the side before alone."""
    level = _level(told, weeks, sided)
    during, _ = _window(told, level, 0, weeks)
    after, known = _window(told, level, weeks, AFTER)
    return Windows(during, after, known)


def _level(told: Basis, weeks: int, sided: bool) -> Array:
    known = ~np.isnan(told.calm) & (told.course > 0)
    sums = [_run(np.where(known, x, 0.0)) for x in (told.calm, told.course, np.ones(told.calm.shape))]
    before = [_between(run, -REACH, 0) for run in sums]
    if not sided:
        near = [_between(run, -NEAR, 0) for run in sums]
        far_level, near_level = (_ratio(*part[:2]) for part in (before, near))
        level = np.where(near[2] >= LEAST / 2, (far_level + near_level) / 2, far_level)
        return np.where(before[2] >= LEAST, level, np.nan)
    since = weeks + AFTER
    later = [_between(run, since, since + REACH) for run in sums]
    enough = (before[2] >= LEAST) & (later[2] >= LEAST)
    return np.where(enough, _ratio(before[0] + later[0], before[1] + later[1]), np.nan)


def _window(told: Basis, level: Array, since: int, weeks: int) -> tuple[Window, Codes]:
    """The window that begins `since` weeks after each week, and how many of its weeks are known."""
    y, course, marks = told.sold.y, told.course, told.touched
    known = ~np.isnan(y) & ~np.isnan(course)
    parts = (np.where(known, y, 0.0), np.where(known, course, 0.0), known, marks.promoted | marks.after, marks.any)
    actual, expected, count, own, near = (_between(_run(x.astype(float)), since, since + weeks) for x in parts)
    base = np.where((count > 0) & (expected > 0), level * expected, np.nan)
    whole = (count == weeks) & ~np.isnan(base)
    calm = whole & (near == 0)
    ratio, controls = _controls(told.sold, np.where(calm, actual, 0.0), np.where(calm, base, 0.0), calm)
    base = base * ratio
    return Window(np.where(count > 0, actual, np.nan), base, whole & (own == 0), calm, controls), count.astype(int)


def _controls(sold: Sold, actual: Array, base: Array, calm: Flags) -> tuple[Array, Codes]:
    """Actual over baseline of the same product at other accounts, shrunk to the category's there; and the accounts."""
    pair = pairs(sold)
    sums = [grouped(x, sold.category)[sold.category] - grouped(x, pair)[pair] for x in (actual, base)]
    whole = np.where(sums[1] > 0, _ratio(*sums), 1.0)
    same = [grouped(x, sold.sku)[sold.sku] - x for x in (actual, base)]
    count = grouped(calm.astype(float), sold.sku)[sold.sku] - calm
    return (same[0] + TRUST * whole) / (same[1] + TRUST), count.astype(int)


def pairs(sold: Sold) -> Codes:
    """The code of account and category together, 0, 1, ...: (series,)."""
    return np.unique(np.stack([sold.account, sold.category]), axis=1, return_inverse=True)[1].ravel()


def grouped(x: Array, codes: Codes) -> Array:
    """Sums over the rows of each code 0, 1, ...: (rows, columns) to (codes, columns)."""
    order = np.argsort(codes, kind="stable")
    found, first = np.unique(codes[order], return_index=True)
    total = np.zeros((int(found[-1]) + 1, x.shape[1]))
    total[found] = np.add.reduceat(x[order], first, axis=0)
    return total


def _run(x: Array) -> Array:
    """Running sums from 0 on: (rows, columns + 1)."""
    return np.concatenate([np.zeros((len(x), 1)), np.cumsum(x, axis=1)], axis=1)


def _between(run: Array, since: int, until: int) -> Array:
    """Sums from `since` to before `until` weeks after each week, cut to what there is."""
    weeks = run.shape[1] - 1
    at_weeks = np.arange(weeks)
    return run[:, np.clip(at_weeks + until, 0, weeks)] - run[:, np.clip(at_weeks + since, 0, weeks)]


def _ratio(above: Array, below: Array) -> Array:
    return np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below > 0)
