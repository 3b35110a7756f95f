"""What every product at every account will be asked for in the next half-year, in steps of seven days from today.

By season and level where a year of it or of its category is known (`stats.forecast`); by a slow rate on the category's
season where it sells now and then (`stats.intermittent`); by its mean of late where all of it is new. Weeks that were
cut short by an empty shelf teach nothing (`repair`). Worked out once for a version of the data and a day, kept in the
engine, and read from there by whatever asks. Source: docs/methods.md.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analytics.answer import Scope, months_back
from analytics.stats import intermittent
from analytics.stats.festival import gains, placed
from analytics.stats.seasonal import Array, Fit, at, fit
from analytics.stats.spread import spread
from analytics.supply.blend import Blend, accepted, stamp
from analytics.supply.code import made_by
from analytics.supply.panel import Panel, panels
from analytics.supply.repair import Out, Stocked, stocked
from data.marts import SUPPLY_OUTLOOK
from data.store import Store
from data.workdays import festivals

STEPS, STEP_DAYS = 26, 7  # half a year ahead, in weeks from the day that is looked from
LOT, WORKERS = 15_000, 2  # items worked out together, and lots at a time: so 100,000 items stay within 2 GiB
SEASON, RATE, MEAN, NOTHING = "season", "rate", "mean", ""
AHEAD = {"week": 13, "month": 3}  # periods that the errors are measured over: a quarter, as far as goods are ordered
LATE = {"week": 13, "month": 3}  # periods of the mean of what is new
RECENT = {"week": 8, "month": 2}  # periods with goods on the shelf whose mean is what sells now
LEAST = {"week": 8, "month": 3}  # of these that must be known
MEAN_LEVEL = 0.24  # relative error of a 13-week mean as a forecast of the next 13, on real sales (docs/methods.md)
FAINT = 0.1  # a season's index is at least this where a rate is freed of it: one sale in a dead season is no boom


@dataclass(frozen=True, slots=True)
class Outlook:
    """Items in the order of account and sku. `steps` (items, STEPS) pcs; relative errors of a step and of the level."""

    account: NDArray[np.str_]
    sku: NDArray[np.str_]
    basis: NDArray[np.str_]  # SEASON, RATE, MEAN or NOTHING: then steps and errors are NaN
    steps: Array
    single: Array
    level: Array
    recent: Array  # pcs a week, mean of the last eight weeks with goods on the shelf
    lost: Array  # pcs that an empty shelf cost in the last 13 weeks


def keep(store: Store, scope: Scope) -> str:
    """See that the outlook is kept; returns the mark of its rows in `supply_outlook`."""
    told = Scope(scope.as_of, scope.flow)  # of all accounts and products, whatever is looked at
    return store.kept(
        SUPPLY_OUTLOOK, (made_by(), stamp(store), told.as_of, told.flow), lambda: as_columns(outlook(store, told))
    )


def as_columns(found: Outlook) -> pa.Table:
    """As it is kept."""
    names = ("account", "sku", "basis", "single", "level", "recent", "lost")
    columns = {name: pa.array(getattr(found, name)) for name in names} | {"steps": lists(found.steps)}
    return pa.table({name: columns[name] for name in SUPPLY_OUTLOOK.names})


def lists(steps: Array) -> pa.Array:
    """(items, STEPS) as a column of lists."""
    return pa.FixedSizeListArray.from_arrays(pa.array(steps.ravel()), STEPS).cast(pa.list_(pa.float64()))


def outlook(store: Store, scope: Scope) -> Outlook:
    """Work it out for all accounts and products."""
    found = [festive(store, panel) for panel in panels(store, scope)]
    blend = accepted(store, scope.as_of, scope.flow)
    parts = [part for panel in found for part in _parts(panel, stocked(store, scope, panel), scope.as_of, blend)]
    if not parts:
        none, nobody = np.empty(0), np.empty(0, dtype=np.str_)
        return Outlook(nobody, nobody, nobody, np.empty((0, STEPS)), none, none, none, none)
    names = ("account", "sku", "basis", "steps", "single", "level", "recent", "lost")
    whole = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    order = np.lexsort((whole["sku"], whole["account"]))
    return Outlook(**{name: column[order] for name, column in whole.items()})


def _parts(panel: Panel, stock: Stocked, as_of: date, blend: Blend | None) -> list[Outlook]:
    """The outlook of a panel in lots, two at a time: numpy works outside Python's lock, and a lot bounds memory."""
    lots = panel.lots(LOT)
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(lambda lot: _of(lot, stock.out(lot), as_of, blend), lots))


def festive(store: Store, panel: Panel) -> Panel:
    """The panel with its weeks counted from Spring Festival, where its past shows that winters are foretold better."""
    if not panel.weekly:
        return panel
    first, times = panel.starts[0], panel.y.shape[1] + STEPS + 2
    days = festivals(store, first, first + timedelta(weeks=times))
    moved = placed(panel.season, first, days, times)
    return replace(panel, season=moved) if gains(panel.y, panel.season, moved, first, days) else panel


def _of(panel: Panel, out: Out, as_of: date, blend: Blend | None = None) -> Outlook:
    y, cut, season = np.where(out, np.nan, panel.y), recut(panel, as_of), panel.season
    found, periods = fit(y, panel.group, season), len(cut)
    name = "week" if panel.weekly else "month"
    points = np.where(found.level > 0, found.level, np.nan)[:, None] * at(found.index, y.shape[1], periods, season)
    errors = spread(y, panel.group, season, AHEAD[name], found)
    basis = np.where(np.isnan(points).any(axis=1) | np.isnan(errors.level), NOTHING, SEASON)
    _blended(points, panel, basis == SEASON, blend)
    single, level = errors.single.copy(), errors.level.copy()
    lost = _lost(panel, out, found, AHEAD[name])
    for kind, (which, ahead, one, all_) in _others(panel, y, found, basis, periods).items():
        basis[which], points[which], single[which], level[which] = kind, ahead, one, all_
    bare = basis == NOTHING
    points[bare], single[bare], level[bare] = np.nan, np.nan, np.nan
    days = STEP_DAYS if name == "week" else 365.25 / 12
    single = single * np.sqrt(days / STEP_DAYS)  # the steps of one month share its error
    recent = _recent(y, RECENT[name]) * (STEP_DAYS / days)
    return Outlook(panel.account, panel.sku, basis, points @ cut, single, level, recent, lost)


def _blended(points: Array, panel: Panel, seasonal: NDArray[np.bool_], blend: Blend | None) -> None:
    """Put the nightly average in place of the points of seasonal items, where the past has accepted it (`blend`)."""
    if blend is None or not panel.weekly or blend.since != panel.until + timedelta(days=1):
        return
    row = {key: n for n, key in enumerate(zip(blend.account, blend.sku, strict=True))}
    weeks = min(points.shape[1], blend.pcs.shape[1])
    for item in np.flatnonzero(seasonal):
        if (n := row.get((str(panel.account[item]), str(panel.sku[item])))) is not None:
            points[item, :weeks] = blend.pcs[n, :weeks]


def _others(panel: Panel, y: Array, found: Fit, basis: NDArray[np.str_], periods: int) -> dict[str, tuple]:
    """Items without a season of their own: which, their points, and the two errors."""
    name = "week" if panel.weekly else "month"
    seldom = intermittent.sells_now_and_then(y) if name == "week" else np.zeros(len(y), dtype=bool)
    season = _of_groups(panel, found, basis == SEASON)
    told, ahead = at(season, 0, y.shape[1], panel.season), at(season, y.shape[1], periods, panel.season)
    rate = intermittent.rate(y[seldom] / told[seldom])
    sells = ~np.isnan(rate.mean) & (rate.mean > 0)
    seldom[seldom] = sells
    mean = rate.mean[sells]
    off = rate.variance[sells] / (1 + intermittent.OFF) / mean**2
    late, known = _late(y[:, -LATE[name] :] / told[:, -LATE[name] :], LATE[name])
    new = (basis == NOTHING) & ~seldom & (known >= LEAST[name]) & (late[0] > 0)
    one = late[1] / np.where(late[0] > 0, late[0], 1)
    return {
        RATE: (
            seldom,
            mean[:, None] * ahead[seldom],
            np.sqrt(off),
            np.sqrt(intermittent.OFF * off),
        ),
        MEAN: (
            new,
            (late[0][:, None] * ahead)[new],
            one[new],
            np.sqrt(one**2 / np.maximum(known, 1) + MEAN_LEVEL**2)[new],
        ),
    }


def _of_groups(panel: Panel, found: Fit, seasonal: NDArray[np.bool_]) -> Array:
    """The season of each item's category: the items' own, weighed by their level; flat where none has one."""
    weight = np.where(seasonal, np.nan_to_num(found.level), 0.0)[:, None]
    groups = int(panel.group.max()) + 1
    total, base = np.zeros((groups, panel.season.period)), np.zeros((groups, 1))
    np.add.at(total, panel.group, weight * np.nan_to_num(found.index))
    np.add.at(base, panel.group, weight)
    index = np.divide(total, base, out=np.ones(total.shape), where=base > 0)
    return np.maximum(index, FAINT)[panel.group]


def _late(y: Array, periods: int) -> tuple[tuple[Array, Array], Array]:
    """Mean and standard deviation of the last periods, and how many of them are known."""
    last = y[:, -periods:]
    known = (~np.isnan(last)).sum(axis=1)
    mean = np.nansum(last, axis=1) / np.maximum(known, 1)
    about = np.nansum((last - mean[:, None]) ** 2, axis=1) / np.maximum(known - 1, 1)
    return (mean, np.sqrt(about)), known


def _recent(y: Array, periods: int) -> Array:
    """Mean of the last known periods, NaN where none is known."""
    order = np.cumsum(~np.isnan(y)[:, ::-1], axis=1)[:, ::-1]
    last = ~np.isnan(y) & (order <= periods)
    count = last.sum(axis=1)
    return np.divide(np.where(last, y, 0.0).sum(axis=1), count, out=np.full(len(y), np.nan), where=count > 0)


def _lost(panel: Panel, out: Out, found: Fit, periods: int) -> Array:
    """Pieces not sold in the last periods because there were none."""
    sold = panel.y
    first = max(sold.shape[1] - periods, 0)
    season = at(found.index, first, sold.shape[1] - first, panel.season)
    expected = np.nan_to_num(found.level)[:, None] * np.nan_to_num(season)
    return np.where(out[:, first:], np.maximum(expected - np.nan_to_num(sold[:, first:]), 0.0), 0.0).sum(axis=1)


def recut(panel: Panel, as_of: date) -> Array:
    """(periods ahead, STEPS): the share of each coming period of the panel that falls into each step from `as_of`."""
    begins = panel.until + timedelta(days=1)
    edges = [0]
    while edges[-1] < (as_of - panel.until).days + STEPS * STEP_DAYS:
        edges.append(edges[-1] + 7 if panel.weekly else (months_back(begins, -len(edges)) - begins).days)
    steps = (as_of - panel.until).days + STEP_DAYS * np.arange(STEPS + 1)
    low = np.maximum(np.array(edges[:-1])[:, None], steps[:-1])
    high = np.minimum(np.array(edges[1:])[:, None], steps[1:])
    return np.maximum(high - low, 0) / np.diff(edges)[:, None]
