"""Difference in differences of two groups on made stores and on Walmart's; a part of `bench.frontline`."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from analytics.stats.did import two_groups
from bench.panels import REAL

Array = NDArray[np.float64]
RUNS, TIMES = 200, 300


def groups(_: Path | None) -> Iterator[str]:
    """Six pilots and 18 others, 26 weeks before and 8 after, a level that wanders: coverage, size of the test."""
    inside, p = [], []
    for seed in range(RUNS):
        rng = np.random.default_rng([seed, 9])
        y = panel(rng, 24, 34)
        y[:6, 26:] *= 1.1
        found = two_groups(y[:6], y[6:], 26)
        if found is None or found.trend is None:
            raise ValueError(f"seed {seed}: two groups of 6 and 18 could not be compared")
        inside.append([low <= 0.1 <= high for low, high in (found.effect.reach(0.8), found.effect.reach(0.95))])
        p.append(found.trend.p)
    in80, in95 = np.array(inside, dtype=float).T
    yield f"{coverage(in80, in95)}; the test before says apart {percent(np.array(p) < 0.1)} (10 wanted)"


def coverage(in80: Array, in95: Array) -> str:
    return f"80 % holds {percent(in80)}, 95 % holds {percent(in95)}"


def percent(which: Array | NDArray[np.bool_]) -> str:
    return f"{100 * which.mean():.0f} %"


def panel(rng: np.random.Generator, units: int, weeks: int) -> Array:
    """Stores with sizes of their own, a season that all share and noise that each has."""
    season = np.exp(0.2 * np.sin(np.arange(weeks) / 6) + np.cumsum(rng.normal(0, 0.02, weeks)))
    return rng.lognormal(6, 0.5, (units, 1)) * season * np.exp(rng.normal(0, 0.08, (units, weeks)))


def walmart(folder: Path | None) -> Iterator[str]:
    """300 times six of 45 stores at random for eight weeks: a lift of 10 % put in, and none."""
    if folder is None:
        yield f"left out: no folder of real data ({REAL})"
        return
    y = _stores(folder)
    table = np.array([_injected(np.random.default_rng(n), y) for n in range(TIMES)])
    error, in80, in95, go, false = table.T
    yield (
        f"rmse {100 * np.sqrt((error**2).mean()):.1f} points, within 5 points {percent(abs(error) <= 0.05)}, "
        f"{coverage(in80, in95)}, go when true {percent(go)}, false go {percent(false)}"
    )


def _stores(folder: Path) -> Array:
    sold = pq.read_table(folder / "walmart" / "train.parquet").to_pandas()
    store, day, amount = sold.columns[0], "Date", "Weekly_Sales"
    return sold.groupby([store, day])[amount].sum().unstack().to_numpy(dtype=float)


def _injected(rng: np.random.Generator, y: Array) -> tuple[float, ...]:
    """Error of the lift, whether the ranges hold it; go with it and without (more than 5 % with a chance of .8)."""
    order, start = rng.permutation(len(y)), int(rng.integers(30, y.shape[1] - 8))
    window = y[:, start - 26 : start + 8]
    with_lift = window.copy()
    with_lift[order[:6], 26:] *= 1.1
    found, nothing = (two_groups(z[order[:6]], z[order[6:]], 26) for z in (with_lift, window))
    if found is None or nothing is None:
        raise ValueError("Walmart's stores could not be compared")
    held = [low <= 0.1 <= high for low, high in (found.effect.reach(0.8), found.effect.reach(0.95))]
    go = [float(e.effect.above(0.05) >= 0.8) for e in (found, nothing)]
    return found.effect.lift - 0.1, *map(float, held), *go
