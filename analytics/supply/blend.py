"""The average of SxL and a second forecaster, taken only where the past says that it is better.

The second one learns, over all series together, what came relative to SxL's yearly base from what was known at earlier
weeks: sales of late and a year before, SxL's own forecast and index, weeks ahead, week of the year, category. Both are
back-tested at the last weeks that can be judged; the average is accepted where its error is at least 2 % less than
SxL's. Accepted points lie in one file beside the data, and count for the version of the data they were made from only.
Source: docs/methods.md; averages of forecasts after Bates and Granger (1969).
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analytics.answer import Flow, Scope
from analytics.stats.forecast import points
from analytics.stats.seasonal import WEEKLY, Array, Codes, Season
from analytics.supply.upcoming import next_monday
from analytics.supply.weekly import Panel, panel
from data.store import Store

HORIZON = 13  # weeks: a quarter, as far as goods are ordered
EVERY = 4  # weeks between two weeks that are learned from or judged by
LEARNED, JUDGED = 6, 3  # earlier weeks that are learned from; later ones that are judged by
LEAST_GAIN = 0.02  # of SxL's error that the average must take away, or it is not worth its keep
BACK = (1, 2, 3, 4, 8)  # weeks back that are looked at one by one
MEANS = (4, 13, 26)  # weeks of which the mean is looked at
TREES = 200  # at a learning rate of .05: seconds for 1,000 series
FILE = "blend.parquet"
YEAR = WEEKLY.period

Regressor = Callable[[Array, Array, Array], Array]  # (features, targets, new features) to what is expected of the new


@dataclass(frozen=True, slots=True)
class Trial:
    """Errors of SxL and of the average over the same weeks, Σ|came − told| / Σ|came|."""

    alone: float
    blended: float
    origins: int

    @property
    def gain(self) -> float:
        """Share of SxL's error that the average takes away."""
        return 1 - self.blended / self.alone if self.alone > 0 else 0.0

    @property
    def accepted(self) -> bool:
        """Whether the average is to be taken."""
        return self.gain >= LEAST_GAIN


@dataclass(frozen=True, slots=True)
class Blend:
    """Accepted points: `pcs` (series, HORIZON) of the weeks from the Monday `since` on; series in order."""

    account: tuple[str, ...]
    sku: tuple[str, ...]
    since: date
    pcs: Array


def tried(known: Panel, regressor: Regressor) -> Trial | None:
    """The back-test at the last weeks; None where the history is too short for one of them."""
    weeks = known.y.shape[1]
    origins = [o for o in range(weeks - HORIZON, YEAR, -EVERY)[:JUDGED] if _earlier(o)]
    if not origins:
        return None
    misses = np.zeros(3)
    for origin in origins:
        alone, both = blended(known.y[:, :origin], known.groups, regressor, known.season(origin))
        came = known.y[:, origin : origin + HORIZON]
        judged = ~np.isnan(alone + both + came)
        misses += [np.abs(came - told)[judged].sum() for told in (alone, both, np.zeros(came.shape))]
    return Trial(float(misses[0] / misses[2]), float(misses[1] / misses[2]), len(origins)) if misses[2] > 0 else None


def blended(y: Array, groups: Codes, regressor: Regressor, season: Season) -> tuple[Array, Array]:
    """SxL alone and the average of both, (series, HORIZON) each, for the weeks after `y` (series, weeks)."""
    rows, targets = _learned(y, groups, season)
    alone = points(y, groups, HORIZON, season)
    new, scale = features(y, groups, alone, season)
    usable = ~np.isnan(alone) & (scale > 0)[:, None]
    told = np.full(alone.shape, np.nan)
    if len(rows) and usable.any():
        found = regressor(rows, targets, new[usable])
        told[usable] = np.maximum(found, 0.0) * np.broadcast_to(scale[:, None], alone.shape)[usable]
    return alone, (alone + told) / 2


def _earlier(origin: int) -> list[int]:
    """Weeks that a forecast made at `origin` can learn from: their outcome was known by then."""
    return list(range(origin - HORIZON, YEAR, -EVERY))[:LEARNED]


def _learned(y: Array, groups: Codes, season: Season) -> tuple[Array, Array]:
    """Features and what came, relative to the scale of its series, of all earlier weeks."""
    rows: list[Array] = []
    targets: list[Array] = []
    for origin in _earlier(y.shape[1]):
        told, came = points(y[:, :origin], groups, HORIZON, season), y[:, origin : origin + HORIZON]
        found, scale = features(y[:, :origin], groups, told, season)
        usable = ~np.isnan(told + came) & (scale > 0)[:, None]
        rows.append(found[usable])
        targets.append((came / np.where(scale > 0, scale, 1.0)[:, None])[usable])
    return (np.concatenate(rows), np.concatenate(targets)) if rows else (np.empty((0, 1)), np.empty(0))


def features(y: Array, groups: Codes, told: Array, season: Season) -> tuple[Array, Array]:
    """What is known at the end of `y` (series, weeks) of each week ahead: (series, HORIZON, features), and the scale
    (series,), the mean of the last year, that all pieces are divided by; NaN where unknown."""
    weeks, ahead = y.shape[1], np.arange(HORIZON)
    last = y[:, -YEAR:]
    known = (~np.isnan(last)).sum(axis=1)
    scale = np.divide(np.nansum(last, axis=1), known, out=np.full(len(y), np.nan), where=known > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        late = [y[:, -back] for back in BACK] + [_mean(y[:, -width:]) for width in MEANS]
        own = np.stack([x / scale for x in late], axis=1)
        before = [y[:, weeks - YEAR + shift :][:, :HORIZON] / scale[:, None] for shift in (-1, 0, 1)]
        alone = told / scale[:, None]
    shape = (len(y), HORIZON)
    parts = [np.broadcast_to(own[:, None, n], shape) for n in range(own.shape[1])]
    parts += [*before, alone, np.broadcast_to(ahead, shape), np.broadcast_to(season.positions(weeks, HORIZON), shape)]
    parts += [np.broadcast_to(groups[:, None], shape), np.broadcast_to(np.log1p(np.maximum(scale, 0))[:, None], shape)]
    return np.stack([np.asarray(part, float) for part in parts], axis=2), scale


def _mean(x: Array) -> Array:
    known = (~np.isnan(x)).sum(axis=1)
    return np.divide(np.nansum(x, axis=1), known, out=np.full(len(x), np.nan), where=known > 0)


def run(store: Store, scope: Scope, regressor: Regressor) -> Trial | None:
    """Try it on all series of the scope's flow, and keep the points where it is accepted; None: too short a history."""
    known, file = panel(store, Scope(scope.as_of, scope.flow)), store.root / FILE
    trial = None if known is None else tried(known, regressor)
    file.unlink(missing_ok=True)
    if known is not None and trial is not None and trial.accepted:
        _, both = blended(known.y, known.groups, regressor, known.season(known.y.shape[1]))
        _write(file, known, both, _mark(store, scope.as_of, scope.flow))
    return trial


def verdict(store: Store, scope: Scope, regressor: Regressor) -> dict[str, str | float | None]:
    """`run` in words and figures, for the command line."""
    trial = run(store, scope, regressor)
    if trial is None:
        said = f"not tried: a back-test needs {YEAR + 1 + 2 * HORIZON} weeks of sales by week"
        return {"status": "not tried", "alone": None, "blended": None, "gain": None, "said": said}
    status = "accepted" if trial.accepted else "not accepted"
    said = (
        f"{status}: SxL alone misses by {trial.alone:.1%}, the average by {trial.blended:.1%} "
        f"({trial.gain:+.1%} of the error taken away, {LEAST_GAIN:.0%} needed; {trial.origins} weeks judged)"
    )
    return {"status": status, "alone": trial.alone, "blended": trial.blended, "gain": trial.gain, "said": said}


def accepted(store: Store, as_of: date, flow: Flow) -> Blend | None:
    """The points that were accepted for today's data; None where there are none, or the data has moved on."""
    import pyarrow.parquet as pq

    file = store.root / FILE
    if not file.exists():
        return None
    table = pq.read_table(file)
    if (table.schema.metadata or {}).get(b"mark") != _mark(store, as_of, flow):
        return None
    pcs = table["pcs"].combine_chunks().flatten().to_numpy(zero_copy_only=False).reshape(-1, HORIZON)
    account, sku = (tuple(table[name].to_pylist()) for name in ("account", "sku"))
    return Blend(account, sku, next_monday(as_of), pcs)


def stamp(store: Store) -> int:
    """Which trial the points come from; 0: none was accepted. What is worked out with them depends on it."""
    file = store.root / FILE
    return file.stat().st_mtime_ns if file.exists() else 0


def _write(file: Path, known: Panel, pcs: Array, mark: bytes) -> None:
    """One row a series that has points, under a name of its own until it is whole."""
    import pyarrow.parquet as pq

    told: NDArray[np.bool_] = np.asarray(~np.isnan(pcs).any(axis=1))
    names: Sequence[tuple[str, str]] = [name for name, has in zip(known.names, told, strict=True) if has]
    lists = pa.FixedSizeListArray.from_arrays(pa.array(pcs[told].ravel()), HORIZON)
    columns = {"account": [a for a, _ in names], "sku": [s for _, s in names], "pcs": lists}
    begun = file.with_suffix(".new")
    pq.write_table(pa.table(columns).replace_schema_metadata({b"mark": mark}), begun)
    os.replace(begun, file)


def _mark(store: Store, as_of: date, flow: Flow) -> bytes:
    """What the points were made from."""
    return repr((store.version(), next_monday(as_of), flow)).encode()


def lightgbm(rows: Array, targets: Array, new: Array) -> Array:
    """LightGBM on absolute errors; raises ImportError where the package is not installed."""
    from lightgbm import Dataset, train  # pyright: ignore[reportMissingImports]

    told = dict(
        objective="mae", learning_rate=0.05, num_leaves=31, min_data_in_leaf=40, bagging_fraction=0.8, bagging_freq=1,
        seed=1, num_threads=1, deterministic=True, verbose=-1,
    )  # fmt: skip
    return np.asarray(train(told, Dataset(rows, targets), TREES).predict(new), float)
