"""`python -m bench.sxl`: what a forecast of 1,000 series costs, in SQL from the rows on and in numpy from the panel on.

CPU seconds of all threads, the median of five by turns, and the largest relative difference between the two.
"""

import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics.answer import Scope
from analytics.stats.forecast import forecast, points, quantiles
from analytics.stats.seasonal import WEEKLY
from analytics.supply import season, weekly
from bench import panels
from bench.panels import Nature, Walmart, accounts
from bench.table import Line, at_most, printed
from data.datasets import BY_NAME
from data.lake import Receipt, arrow_schema
from data.store import Store

ACCOUNTS, SKUS, WEEKS, HORIZON = 20, 50, 156, 13
MONDAY = date(2023, 7, 3)
AS_OF = MONDAY + timedelta(weeks=WEEKS, days=-1)


def made(folder: Path) -> Store:
    """A store with 1,000 series of 156 weeks in ten categories, a row a week."""
    store = Store(folder)
    pcs = np.round(accounts(5, Nature(0.2, 0.01), 52, WEEKS, ACCOUNTS * SKUS))
    series, week = (at.ravel() for at in np.indices(pcs.shape))
    columns = {
        "account": [f"A{n // SKUS:02}" for n in series],
        "sku": [f"S{n % SKUS:02}" for n in series],
        "category": [f"C{n % 10}" for n in series],
        "sold_on": [MONDAY + timedelta(weeks=int(n), days=2) for n in week],
        "qty": pa.array(pcs.ravel()).cast(pa.decimal128(18, 3)),
        "_line": list(range(2, pcs.size + 2)),
    }
    schema = arrow_schema(BY_NAME["sell_out"])
    full = [pa.array(columns[f.name], f.type) if f.name in columns else pa.nulls(pcs.size, f.type) for f in schema]
    store.lake.commit(BY_NAME["sell_out"], pa.table(full, schema=schema), Receipt("made.csv", "", "bench"))
    store.version()
    return store


def points_only() -> str:
    """The SQL up to its points: what comes after them makes the range."""
    code = season.SQL.read_text(encoding="utf-8")
    head = code[: code.index("-- How far each series moves")].rstrip().rstrip(",")
    return f"{head}\nSELECT id AS id, ahead AS ahead, told AS told FROM told WHERE n = 0 AND ahead < $horizon::INTEGER"


def cpu(contenders: dict[str, Callable[[], object]], rounds: int = 5) -> dict[str, float]:
    """Median CPU seconds of each, by turns, after a warm-up."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds + 1):
        for name, run in contenders.items():
            start = time.process_time()
            run()
            if turn:
                taken[name].append(time.process_time() - start)
    return {name: float(np.median(values)) for name, values in taken.items()}


def lines(store: Store) -> list[Line]:
    """Points and ranges, both ways, and how far they are apart."""
    scope = Scope(AS_OF)
    asked = scope.params() | {"by_sku": True, "horizon": HORIZON, "first": 0, "places": None}
    short = {name: asked[name] for name in ("as_of", "flow", "by_sku", "horizon", "places")}
    sql, found = points_only(), weekly.panel(store, scope)
    assert found is not None
    y, groups, size = found.y, found.groups, len(found.y) / 1000
    taken = cpu(
        {
            "points, SQL from the rows on": lambda: store.execute(sql, **short),
            "points, numpy from the panel on": lambda: points(y, groups, HORIZON, WEEKLY),
            "with ranges, SQL from the rows on": lambda: store.rows(season.SQL, season.Week, **asked),
            "with ranges, numpy from the panel on": lambda: forecast(y, groups, HORIZON, WEEKLY),
            "the panel alone, SQL and numpy": lambda: weekly.panel(store, scope),
        }
    )
    bars = {"points": at_most(0.1, "ours"), "with ranges": at_most(0.5, "ours"), "the panel alone": None}
    cost = [
        Line(f"CPU s per 1,000 series, {name}", seconds / size, unit="s", bars=(bar,) if bar else ())
        for name, seconds in taken.items()
        for bar in [bars[name.split(",")[0]]]
    ]
    return [
        *cost,
        Line("largest relative difference", _apart(store, asked, y, groups), unit="", bars=(at_most(1e-9, "ours"),)),
    ]


def _apart(store: Store, asked: dict[str, object], y: np.ndarray, groups: np.ndarray) -> float:
    rows = store.rows(season.SQL, season.Week, **asked)
    told = forecast(y, groups, HORIZON, WEEKLY)
    pairs = (
        ("pcs", told.points), ("low", told.band.low), ("high", told.band.high), ("total", told.total),
        ("total_low", told.total_band.low), ("total_high", told.total_band.high),
    )  # fmt: skip
    ours = {name: np.array([getattr(r, name) for r in rows], float).reshape(-1, HORIZON) for name, _ in pairs}
    return max(float(np.nanmax(np.abs(ours[name] - theirs) / np.abs(theirs))) for name, theirs in pairs)


def stores_held(real: Walmart, origin: int, ahead: int) -> float:
    """Share of Walmart's stores whose next `ahead` weeks lay in the range of their own sums' past misses.

    As `season.sql` gives an account's: sums of its series told and come at up to six earlier weeks, all stores pooled.
    """
    pairs = [_stores(real, earlier, ahead) for earlier in range(origin - ahead, WEEKLY.period, -4)[:6]]
    low, high = quantiles(np.concatenate([came / told - 1 for told, came in pairs])[:, None], np.array([0.1, 0.9]))
    told, came = _stores(real, origin, ahead)
    return float(((came >= told * (1 + low)) & (came <= told * (1 + high))).mean())


def _stores(real: Walmart, origin: int, ahead: int) -> tuple[np.ndarray, np.ndarray]:
    """By store: what its departments were told to sell, and sold."""
    told = points(real.sales[:, :origin], real.department, ahead, WEEKLY)
    came = np.where(np.isnan(told), 0.0, real.sales[:, origin : origin + ahead])
    sums = np.zeros((2, int(real.store.max()) + 1))
    for total, weeks in zip(sums, (told, came), strict=True):
        np.add.at(total, real.store, np.nansum(weeks, axis=1))
    return sums[0], sums[1]


def main() -> None:
    """Print the table; Walmart's stores where WEATHERGLASS_REAL_DATA names their folder."""
    folder = panels.real()
    real = panels.walmart(folder).whole() if folder else None
    for ahead, origins in ((8, (91, 104, 117, 130)), (13, (91, 104, 117, 130))):
        held = [round(stores_held(real, origin, ahead), 3) for origin in origins] if real else "no real data"
        print(f"80 % range of a store's next {ahead} weeks, from weeks {origins}: holds {held}")
    with tempfile.TemporaryDirectory() as folder:
        store = made(Path(folder))
        print(printed(lines(store)))
        store.close()


if __name__ == "__main__":
    main()
