"""What `season.sql` works out, in numpy: for more series than a page can wait for. Same rules, equal to 1e-9.

Source: `stats.forecast`; docs/methods.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from analytics.answer import Scope
from analytics.stats.forecast import COVER, ORIGINS, points, quantiles, volatility
from analytics.stats.seasonal import Array, Codes, Season, fit
from analytics.supply.upcoming import WEEK
from analytics.supply.weekly import Panel, panel
from data.store import Store

EVERY = 4  # weeks between two earlier forecasts
PARTS = ("pcs", "low", "high", "total", "total_low", "total_high", "before")


@dataclass(frozen=True, slots=True)
class Sums:
    """Of each item, by weeks ahead: what was told and, where all of it is known, what came; pcs."""

    told: Array
    came: Array

    def misses(self, first: int) -> tuple[Array, Array]:
        """Relative to the forecast: of single weeks, and of running totals from week `first` on."""
        return _miss(self.told, self.came), _miss(running(self.told, first), running(self.came, first))


def lines(store: Store, scope: Scope, by_sku: bool, horizon: int, first: int) -> Iterator[tuple]:
    """The rows of `season.sql`, in its order; none without sales."""
    known = panel(store, scope)
    if known is None:
        return
    inside = known.of_categories(scope.categories)
    item = np.arange(len(known.y)) if by_sku else np.unique([a for a, _ in known.names], return_inverse=True)[1]
    item = np.where(inside, item, -1)
    found = ahead(known, item, by_sku, horizon, first)
    told: set[int] = set()
    assert known.named is not None
    for n, row in enumerate(known.named.to_pylist()):
        if known.chosen[n] and int(item[n]) not in told:
            told.add(int(item[n]))
            yield from _rows(row, by_sku, int(item[n]), found, known, horizon)


def _rows(row: dict, by_sku: bool, n: int, found: dict[str, Array], known: Panel, horizon: int) -> Iterator[tuple]:
    who = (row["account"], row["name"], row["name_en"], row["owner"])
    what = tuple(row[name] if by_sku else "" for name in ("sku", "sku_name", "sku_name_en"))
    counts = int(found["series"][n]), int(found["forecast"][n])
    for h in range(horizon):
        week: date = known.next + h * WEEK
        values = (float(found[part][n, h]) for part in PARTS)
        yield (*who, *what, week, known.y.shape[1], *counts, *(None if np.isnan(v) else v for v in values))


def ahead(known: Panel, item: Codes, by_sku: bool, horizon: int, first: int) -> dict[str, Array]:
    """PARTS of each item, (items, horizon), NaN without a forecast; `series` and `forecast` (items,) count."""
    y, groups, weeks = known.y, known.groups, known.y.shape[1]
    season, count = known.season(weeks), int(item.max(initial=-1)) + 1
    told = points(y, groups, horizon, season)
    told[np.isnan(told).any(axis=1)] = np.nan
    origins = range(weeks - horizon, season.period, -EVERY)[:ORIGINS]
    earlier = [_sums(points(y[:, :o], groups, horizon, season), y[:, o : o + horizon], item, count) for o in origins]
    now = _sums(told, np.full(told.shape, np.nan), item, count).told
    bins = _bins(known, season) if by_sku else np.zeros(count, int)
    found = _banded(now, running(now, first), [one.misses(first) for one in earlier], bins[:count])
    found["before"] = _added(np.where(np.isnan(told), np.nan, _before(y, season, horizon)), item, count)
    kept = item >= 0
    found["series"] = np.bincount(item[kept], minlength=count).astype(float)
    found["forecast"] = np.bincount(item[kept & ~np.isnan(told[:, 0])], minlength=count).astype(float)
    return found


def _banded(told: Array, total: Array, misses: list[tuple[Array, Array]], bins: Codes) -> dict[str, Array]:
    """Points and their ranges; NaN where a week has none."""
    found = {part: np.full(told.shape, np.nan) for part in PARTS} | {"pcs": told.copy(), "total": total.copy()}
    edges = np.array([(1 - COVER) / 2, (1 + COVER) / 2])
    for b in np.unique(bins) if misses else ():
        mine = bins == b
        for side, name, of in ((0, "", told), (1, "total_", total)):
            low, high = quantiles(np.concatenate([miss[side][mine] for miss in misses]), edges)
            found[f"{name}low"][mine], found[f"{name}high"][mine] = of[mine] * (1 + low), of[mine] * (1 + high)
    bare = np.isnan(found["low"]).any(axis=1)
    for values in found.values():
        values[bare] = np.nan
    return found


def _sums(told: Array, came: Array, item: Codes, count: int) -> Sums:
    known = ~np.isnan(told)
    missing = _added((known & np.isnan(came)).astype(float), item, count)
    total = _added(np.where(known, came, np.nan), item, count)
    return Sums(_added(told, item, count), np.where(missing > 0, np.nan, total))


def _added(x: Array, item: Codes, count: int) -> Array:
    """Sums over the series of each item of what is known; NaN where nothing is. Items of −1 count nowhere."""
    known, kept = ~np.isnan(x), item >= 0
    total, some = np.zeros((count, x.shape[1])), np.zeros((count, x.shape[1]))
    np.add.at(total, item[kept], np.where(known, x, 0.0)[kept])
    np.add.at(some, item[kept], known[kept].astype(float))
    return np.where(some > 0, total, np.nan)


def running(x: Array, first: int) -> Array:
    """Totals from column `first` on; NaN before it, and after one that is unknown."""
    total = np.full(x.shape, np.nan)
    total[:, first:] = np.cumsum(x[:, first:], axis=1)
    return total


def _miss(told: Array, came: Array) -> Array:
    return np.divide(came - told, told, out=np.full(told.shape, np.nan), where=told > 0)


def _bins(known: Panel, season: Season) -> Codes:
    found = fit(known.y, known.groups, season)
    return volatility(found.ratio, found.index, season)


def _before(y: Array, season: Season, horizon: int) -> Array:
    """The last time before now with the place of each week ahead: the same week of last year."""
    weeks = y.shape[1]
    past: NDArray[np.integer] = season.positions(0, weeks)
    last = {int(place): t for t, place in enumerate(past)}
    times = [last.get(int(place), -1) for place in season.positions(weeks, horizon)]
    return np.where(np.array(times) >= 0, y[:, times], np.nan)
