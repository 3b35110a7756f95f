"""A late batch: 300,000 rows into the newest month. When is it visible, when is it gone again, and what else moves?"""

import statistics
import time
from datetime import date
from pathlib import Path

import pyarrow as pa

from analytics.accounts import ranking
from analytics.answer import Scope
from analytics.barometer import sales
from bench.generate import LAST_DAY, MONTHS, lines
from bench.questions import CLOSED
from bench.table import Line, at_most
from data.datasets import BY_NAME
from data.lake import Receipt, arrow_schema
from data.store import Store

LATE, ROUNDS = 300_000, 3
SINCE, DAYS = 11, 10  # the batch fills days 11 to 20 of the newest month
VISIBLE, UNDONE = 1_000, 500  # ms: the bars


def measure(home: Path, rows: int) -> list[Line]:
    """Commit, look, undo, look; closed months are compared to the cent each time."""
    store = Store(home)
    try:
        store.version()
        taken = [_round(store, turn) for turn in range(ROUNDS)]
    finally:
        store.close()
    committed, visible, undone = (statistics.median(one) for one in zip(*taken, strict=True))
    into = f"into {rows:,}"
    return [
        Line(f"batch of {LATE:,} rows {into}: committed", committed),
        Line(f"batch of {LATE:,} rows {into}: visible after commit", visible, bars=(at_most(VISIBLE, "ours"),)),
        Line(f"batch of {LATE:,} rows {into}: undone", undone, bars=(at_most(UNDONE, "ours"),)),
        Line("closed months after batch and undo: differences", 0.0, unit="", bars=(at_most(0, "ours"),)),
    ]


def _round(store: Store, turn: int) -> tuple[float, float, float]:
    """Milliseconds to commit, to see and to undo one batch; stops at any figure that should not have moved."""
    closed, opened = _closed(store), _total(store)
    table = pa.Table.from_batches(list(lines(LATE, MONTHS - 1, SINCE, DAYS)), arrow_schema(BY_NAME["sell_out"]))
    start = time.perf_counter()
    batch = store.lake.commit(BY_NAME["sell_out"], table, Receipt(f"late-{turn}", "", "bench", rows_in=LATE))
    committed = time.perf_counter()
    store.version()
    rows, amount = _total(store)
    visible = time.perf_counter()
    if (rows - opened[0], amount - opened[1]) != (LATE, sum(table["amount"].to_pylist())) or _closed(store) != closed:
        raise SystemExit("the batch is not what became visible, or it moved a closed month")
    again = time.perf_counter()
    store.lake.undo(batch.id, "bench")
    store.version()
    now = _total(store)
    undone = time.perf_counter()
    if now != opened or _closed(store) != closed:
        raise SystemExit("the undo did not bring the old figures back, or it moved a closed month")
    return (committed - start) * 1e3, (visible - committed) * 1e3, (undone - again) * 1e3


def _total(store: Store) -> tuple:
    """Rows and amount of the newest month, as the mart has them."""
    first = LAST_DAY.replace(day=1)
    sql = "SELECT sum(lines), sum(amount) FROM sales_month WHERE flow = 'sell_out' AND month = $month"
    return store.execute(sql, month=first)[0]


def _closed(store: Store, as_of: date = CLOSED) -> tuple[list, list]:
    """What a closed month's readers see: months and accounts, in decimals."""
    return sales.ask(store, Scope(as_of)), ranking.ask(store, Scope(as_of))
