"""Panels with known truth, made from a seed, and the real one of Walmart: what the statistics are judged on."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
REAL = "WEATHERGLASS_REAL_DATA"  # the folder of real data, as for the tests
DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True)
class Nature:
    """How made accounts behave: spread of a period's noise, of the level's weekly or monthly step, of own seasons."""

    noise: float
    step: float
    season: float = 0.2  # spread of the season that all share, in logarithms
    own: float = 0.05  # and of what each account adds to it


def accounts(seed: int, nature: Nature, period: int, times: int, count: int = 24) -> Array:
    """Accounts × times: random-walk level (own and shared) × season (shared and own) × noise of differing size."""
    rng = np.random.default_rng(seed)
    season = rng.normal(0, nature.season, period) + rng.normal(0, nature.own, (count, period))
    walk = np.cumsum(rng.normal(0, nature.step, (count, times)), axis=1)
    market = np.cumsum(rng.normal(0, nature.step / 2, times))
    noise = rng.normal(0, nature.noise, (count, times)) * rng.lognormal(0, 0.3, (count, 1))
    size = rng.lognormal(3, 1, (count, 1))
    return size * np.exp(season[:, np.arange(times) % period] + walk + market + noise)


def dropped(panel: Array, which: NDArray[np.integer], time: int, share: float = 0.2) -> Array:
    """The panel with these accounts sold a share less from `time` on."""
    less = panel.copy()
    less[which, time:] *= 1 - share
    return less


def inert(rng: np.random.Generator, months: int, keep: float) -> Array:
    """Autoregressive noise of unit variance (a random walk for `keep` 1)."""
    shocks = rng.normal(size=months + 50)
    for t in range(1, len(shocks)):
        shocks[t] += keep * shocks[t - 1]
    return shocks[50:] * (np.sqrt(1 - keep**2) if keep < 1 else 1.0)


def seasonal(rng: np.random.Generator, months: int, share: float, peak: int | None, sharp: bool) -> Array:
    """A yearly wave or one sharp month of deviation `share` over inert noise; its place at random for `peak` None."""
    place = np.arange(months) + (int(rng.integers(12)) if peak is None else peak)
    wave = 3.3 * (place % 12 == 0) if sharp else np.sqrt(2) * np.sin(2 * np.pi * place / 12)
    return share * wave + np.sqrt(1 - share**2) * inert(rng, months, 0.5)


def led(rng: np.random.Generator, months: int, strength: float = 0.8, ahead: int = 3) -> tuple[Array, Array]:
    """x and y where y is x of `ahead` months before (correlation `strength`) and inert noise of its own."""
    x, rest = inert(rng, months + ahead, 0.7), inert(rng, months + ahead, 0.5)
    y = strength * x[:-ahead] + np.sqrt(1 - strength**2) * rest[ahead:]
    return x[ahead:], y


@dataclass(frozen=True, slots=True)
class Walmart:
    """Weekly sales of store × department (NaN: no sales told), with the codes of both, and the Fridays they end on."""

    sales: Array
    store: NDArray[np.integer]
    department: NDArray[np.integer]
    fridays: NDArray[np.datetime64]

    def whole(self) -> "Walmart":
        """The series known in every week."""
        keep = ~np.isnan(self.sales).any(axis=1)
        department = np.unique(self.department[keep], return_inverse=True)[1]
        return Walmart(self.sales[keep], self.store[keep], department, self.fridays)

    def stores(self) -> Array:
        """Weekly totals of the 45 stores."""
        totals = np.zeros((int(self.store.max()) + 1, self.sales.shape[1]))
        np.add.at(totals, self.store, np.nan_to_num(self.sales))
        return totals

    def months(self) -> Array:
        """The series by calendar month, each week spread evenly over its days; whole months only."""
        days = self.fridays[:, None] - np.arange(DAYS_IN_WEEK - 1, -1, -1)
        month = days.astype("datetime64[M]")
        kept = np.unique(month)[1:-1]
        return self.sales @ ((month[:, :, None] == kept).sum(axis=1) / DAYS_IN_WEEK)


def walmart(folder: Path) -> Walmart:
    """The panel from its Parquet file below the folder of real data."""
    import pyarrow.parquet as pq

    table = pq.read_table(folder / "walmart" / "train.parquet")
    store, department, day = (table[name].to_numpy() for name in ("Store", "Dept", "Date"))
    fridays, week = np.unique(day.astype("datetime64[D]"), return_inverse=True)
    keys, series = np.unique(np.stack([store, department]), axis=1, return_inverse=True)
    sales = np.full((keys.shape[1], len(fridays)), np.nan)
    sales[series.ravel(), week] = table["Weekly_Sales"].to_numpy()
    codes = [np.unique(line, return_inverse=True)[1] for line in keys]
    return Walmart(sales, codes[0], codes[1], fridays)


def real() -> Path | None:
    """The folder of real data, where it is told and there."""
    told = os.environ.get(REAL)
    return Path(told) if told and Path(told).is_dir() else None
