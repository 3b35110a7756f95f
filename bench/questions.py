"""Each question on our path against SQL by hand on the raw table, pandas and polars; the same figures, to the cent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
from duckdb import DuckDBPyConnection

from analytics.answer import Scope
from bench.figures import SIX, Asked, hold
from bench.generate import LAST_DAY
from bench.peers.by_pandas import Pandas
from bench.peers.by_polars import Polars
from bench.raw import connection
from bench.table import Line, at_most, medians, rounds
from data.store import Store

PEERS = Path(__file__).parent / "peers"
ROUNDS = 7
CLOSED = date(2026, 5, 31)  # the newest month that has ended; `LAST_DAY` lies in the open one
COLUMNS = "account, sku, category, sold_on, date_trunc('month', sold_on)::DATE AS month, qty, amount"
BY_HAND = "same SQL by hand"
Answer = Callable[[], Sequence[tuple]]


@dataclass(frozen=True, slots=True)
class StoreRow:
    """One store of a quarter."""

    store: str
    lines: int
    qty: float  # pcs
    amount: float  # CNY


@dataclass(frozen=True, slots=True)
class WeekdayRow:
    """One product on one day of the week."""

    sku: str
    weekday: int
    lines: int
    amount: float  # CNY


def measure(home: Path, rows: int) -> list[Line]:
    """The six questions of a closed month with every peer, their sums for the closed and the open month, and lines."""
    store = Store(home)
    try:
        store.version()
        con = connection(store)
        closed, total = _six(store, con, CLOSED, frames(con, CLOSED))
        _, opened = _six(store, con, LAST_DAY, [])
        sums = [*_sums(total, f"six questions, {CLOSED:%Y-%m}, sum"), *_sums(opened, "six questions, open month, sum")]
        return [*closed, *sums, *_lines(store, con)]
    finally:
        store.close()


def frames(con: DuckDBPyConnection, as_of: date) -> list[Any]:
    """Pandas and polars holding the lines as their users keep them: categories, doubles, the month worked out."""
    table = con.sql(f"SELECT {COLUMNS} FROM sell_out").to_arrow_table()
    words = ["account", "sku", "category"]
    polars = pl.DataFrame(pl.from_arrow(table)).with_columns(
        pl.col(words).cast(pl.Categorical), pl.col("qty", "amount").cast(pl.Float64)
    )
    del table
    plain = {name: polars[name].to_pandas() for name in ("qty", "amount")}
    days = {name: polars[name].to_pandas().astype("datetime64[s]") for name in ("sold_on", "month")}
    coded = {name: _category(polars[name]) for name in words}
    return [Pandas(pd.DataFrame(coded | days | plain), as_of), Polars(polars, as_of)]


def _category(column: pl.Series) -> pd.Categorical:
    words = column.unique().cast(pl.String).sort().to_list()
    codes = column.cast(pl.Enum(words)).to_physical().to_numpy()
    return pd.Categorical.from_codes(codes, categories=words)


def _six(store: Store, con: DuckDBPyConnection, as_of: date, peers: list[Any]) -> tuple[list[Line], dict[str, float]]:
    """A line for each question and contender, and each contender's sum."""
    lines, total = [], dict[str, float]()
    for asked in SIX:
        found = medians(rounds(_contenders(store, con, asked, as_of, peers), ROUNDS))
        total = {name: total.get(name, 0.0) + ms for name, ms in found.items()}
        ours = found.pop("ours")
        lines += [Line(f"{asked.name}, {as_of:%Y-%m}", ours, ms, against=name) for name, ms in found.items()]
    return lines, total


def _contenders(
    store: Store, con: DuckDBPyConnection, asked: Asked, as_of: date, peers: list[Any]
) -> dict[str, Answer]:
    """Who answers, ours first; nobody is timed before the figures agree."""
    scope, sql = Scope(as_of), (PEERS / f"{asked.name}.sql").read_text(encoding="utf-8")
    others: dict[str, Answer] = {"SQL by hand": lambda: _by_hand(con, sql, as_of=as_of)}
    others |= {type(peer).__name__.lower(): getattr(peer, asked.name) for peer in peers}
    compared = {who: (lambda ask=ask: asked.alike(ask())) for who, ask in others.items()}
    hold(asked.name, asked.alike(asked.of(asked.question.ask(store, scope))), compared)
    return {"ours": lambda: asked.question.ask(store, scope)} | others


def _by_hand(con: DuckDBPyConnection, sql: str, **params: object) -> list[tuple]:
    """SQL by hand goes to DuckDB directly, on the same cache."""
    return con.cursor().execute(sql, params).fetchall()


def _sums(total: dict[str, float], name: str) -> list[Line]:
    bars = {"SQL by hand": (at_most(120, "ours"), at_most(0.75))}
    ours = total.pop("ours")
    return [Line(name, ours, ms, against=who, bars=bars.get(who, ())) for who, ms in total.items()]


def _lines(store: Store, con: DuckDBPyConnection) -> list[Line]:
    """Questions that no mart helps, and their sum: our typed rows (4,000 and 3,500) against a bare cursor's tuples."""
    found = []
    for name, row, since in (("by_store", StoreRow, date(2026, 3, 1)), ("by_weekday", WeekdayRow, date(2023, 7, 1))):
        params = {"since": since, "until": CLOSED}
        path = PEERS / f"{name}.sql"
        sql = path.read_text(encoding="utf-8")
        contenders: dict[str, Callable[[], object]] = {
            "ours": lambda path=path, row=row, params=params: store.rows(path, row, **params),
            "cursor": lambda sql=sql, params=params: _by_hand(con, sql, **params),
        }
        ms = medians(rounds(contenders, ROUNDS))
        found.append(Line(f"no mart: {name}", ms["ours"], ms["cursor"], against=BY_HAND))
    ours, theirs = sum(line.ours or 0.0 for line in found), sum(line.theirs or 0.0 for line in found)
    return [*found, Line("no mart, sum", ours, theirs, against=BY_HAND, bars=(at_most(1.15),))]
