"""What a file changes in a dataset where the latest row of a key wins: which rows are new, which are changed, what a
total goes from and to, and a few of the changed rows by name.

Asked in DuckDB over the file's checked rows and the lake's live files, so that it is the same with either engine.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import duckdb
import pyarrow as pa

from data.codes import MEANS, SAID, Meaning, door, in_force, said_of
from data.contract import Dataset, Field, Kind
from data.ingest import Prepared
from data.ingest.check import register
from data.ingest.staging import bench, literal
from data.lake import Lake
from data.rows import hidden, rows_that_count
from data.store import Store
from data.text import Text
from data.vet import aliases, spoken

NAMED = 5  # changed rows that are named: enough to see a wrong column or unit, few enough to read
SUMMED = ("CNY", "pcs")  # units that add up over rows; a price (CNY/pc) or a share does not
SUMMARY = Text(
    "新增 {new:,} 行，改动 {changed:,} 行，相同 {same:,} 行", "New: {new:,}; changed: {changed:,}; the same: {same:,}"
)
Value = object  # of a cell: str, int, float, bool, date, Decimal or None


@dataclass(frozen=True, slots=True)
class Total:
    """What a column of the file's keys adds up to: as they stand now (None: nothing is there), and afterwards."""

    field: Field
    before: Decimal | None
    after: Decimal | None

    @property
    def growth(self) -> float | None:
        """The sum afterwards as a ratio of the one now, less one; None where either is missing or that was nothing."""
        if self.after is None or self.before is None or self.before <= 0:
            return None
        return float(self.after / self.before) - 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column in which rows change: how many, and how many of them have it empty afterwards."""

    field: Field
    rows: int
    emptied: int


@dataclass(frozen=True, slots=True)
class Changed:
    """One row that is changed: its key, and each column that differs with what is there and what comes."""

    key: tuple[tuple[Field, Value], ...]
    cells: tuple[tuple[Field, Value, Value], ...]


@dataclass(frozen=True, slots=True)
class Overwrite:
    """The keys of a file by what becomes of them; `repeated` are its rows that a later one of the same key outdates.
    `totals` are sums over all of them; `columns` and `examples` are of the changed ones, the largest change of the
    total first."""

    new: int
    changed: int
    same: int
    repeated: int = 0
    totals: tuple[Total, ...] = ()
    columns: tuple[Column, ...] = ()
    examples: tuple[Changed, ...] = ()

    @property
    def summary(self) -> Text:
        """How many rows are new, changed and the same."""
        return SUMMARY.fill(new=self.new, changed=self.changed, same=self.same)


def overwrite(store: Store, prepared: Prepared, answers: Mapping[str, str]) -> Overwrite | None:
    """Hold a checked file against what is there; None where rows add up, or the file has questions or no good rows.

    Codes count as they will with the aliases that are published with the file.
    """
    dataset, checked = prepared.dataset, prepared.checked
    if not dataset.latest_wins or prepared.questions or checked is None or not checked.rows_good:
        return None
    lake, meanings = store.lake, in_force([*spoken(store), *aliases(prepared, answers)])
    with bench(prepared.source.folder, beside=lake.root / dataset.name) as con:
        _means(con, meanings)
        rows = _by_key(dataset, rows_that_count(door(dataset, meanings)))
        _came(con, prepared, rows)
        _there(con, lake, dataset, rows)
        found = _compared(con, dataset)
    outdated = checked.rows_good - found.new - found.changed - found.same
    return found if dataset.adds else replace(found, repeated=outdated)


def summed(dataset: Dataset) -> list[Field]:
    """The columns whose sums say something: money and pieces of days or months; a master's pack sizes do not add up."""
    kinds = (Kind.MONEY, Kind.QUANTITY)
    return [f for f in dataset.fields if dataset.dated and f.kind in kinds and f.unit in SUMMED]


def plainly(field: Field, value: Value) -> str | int | float | bool | None:
    """A cell as JSON has it: days as ISO days, months without a day, decimals as numbers."""
    match value:
        case date():
            return f"{value:%Y-%m}" if field.kind is Kind.MONTH else value.isoformat()
        case Decimal():
            return float(value)
        case str() | int() | float() | None:
            return value
    raise TypeError(f"{field.name} holds {value!r}, which no column of a dataset does")


def _by_key(dataset: Dataset, rows: str) -> str:
    """SQL: one row a key, where rows of a file add up."""
    if not dataset.adds:
        return rows
    rest = [f.name for f in dataset.fields if f.name not in dataset.key]
    values = {name: f"{'sum' if name in dataset.adds else 'max'}({name}) AS {name}" for name in rest}
    columns = ", ".join(values.get(f.name, f.name) for f in dataset.fields)
    last = f"max({SAID}) AS {SAID}, max(_seq) AS _seq, min(_line) AS _line"
    return f"SELECT {columns}, {last} FROM ({rows}) GROUP BY {', '.join(dataset.key)}"


def _means(con: duckdb.DuckDBPyConnection, meanings: Iterable[Meaning]) -> None:
    columns = list(zip(*meanings, strict=True)) or [()] * len(Meaning._fields)
    con.register(MEANS, pa.table([pa.array(c, pa.string()) for c in columns], names=list(Meaning._fields)))


def _came(con: duckdb.DuckDBPyConnection, prepared: Prepared, rows: str) -> None:
    """The table `came`: the file's good rows, of each key the one that counts."""
    plan, name = prepared.checked and prepared.checked.plan, prepared.dataset.name
    assert plan is not None
    register(con, plan)
    good = f"SELECT {plan.row()}, '' AS _batch FROM ({plan.judged()}) WHERE {plan.is_good()}"
    con.execute(f"CREATE TABLE _file_{name} AS {good}", plan.headers())
    _listed(con, name, [("", 0)], [])
    con.execute(f"CREATE TABLE came AS {rows}")
    con.execute(f"DROP TABLE _file_{name}")


def _there(con: duckdb.DuckDBPyConnection, lake: Lake, dataset: Dataset, rows: str) -> None:
    """The table `there`: what counts now of the keys in `came`."""
    name, batches = dataset.name, lake.batches(dataset.name)
    files = [file for batch in lake.files(name).values() for file in batch]
    con.execute(f"CREATE VIEW _file_{name} AS {_read(con, dataset, files)}")
    _listed(con, name, [(batch.id, batch.seq) for batch in batches if batch.live], hidden(batches))
    met = f"SELECT 1 FROM came AS n WHERE {_same_key(dataset, 'n', 'o')}"
    con.execute(f"CREATE TABLE there AS SELECT o.* FROM ({rows}) AS o WHERE EXISTS ({met})")


def _read(con: duckdb.DuckDBPyConnection, dataset: Dataset, files: list[str]) -> str:
    """SQL: the rows of these files; a column that the contract gained later is empty in those of before."""
    listed = f"[{', '.join(map(literal, files))}]"
    found = con.execute(f"SELECT DISTINCT name FROM parquet_schema({listed})").fetchall() if files else []
    lacking = (f for f in dataset.fields if f.name not in {name for (name,) in found})
    empty = ", ".join(f"CAST(NULL AS {f.kind.sql}) AS {f.name}" for f in lacking)
    if not files:
        return f"SELECT {empty}, CAST(0 AS BIGINT) AS _line, '' AS _batch WHERE false"
    rows = f"read_parquet({listed}, union_by_name = true, hive_partitioning = false)"
    return f"SELECT *{', ' * bool(empty)}{empty} FROM {rows}"


def _listed(con: duckdb.DuckDBPyConnection, name: str, live: list[tuple[str, int]], hides: list[tuple]) -> None:
    """What `rows_that_count` reads beside the rows: the batches in their order, and what they hide of each other."""
    con.execute(f"CREATE OR REPLACE TABLE _live_{name} (id VARCHAR, seq BIGINT)")
    con.execute(f"CREATE OR REPLACE TABLE _hidden_{name} (id VARCHAR, since DATE, until DATE, account VARCHAR)")
    for table, rows in ((f"_live_{name}", live), (f"_hidden_{name}", hides)):
        if rows:
            con.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' for _ in rows[0])})", rows)


def _same_key(dataset: Dataset, one: str, other: str) -> str:
    return " AND ".join(f"{one}.{name} IS NOT DISTINCT FROM {other}.{name}" for name in dataset.key)


def _compared(con: duckdb.DuckDBPyConnection, dataset: Dataset) -> Overwrite:
    rest = [f for f in dataset.fields if f.name not in dataset.key]
    differs = " OR ".join(f"(o.{f.name} IS DISTINCT FROM n.{f.name})" for f in rest) or "false"
    own = f" AND (n.{SAID} IS NULL OR o.{SAID} IS NOT NULL)" if dataset.key == (said_of(dataset),) else ""
    changed = f"o._seq IS NOT NULL AND ({differs}){own}"  # in a master a row under its own code goes before an alias's
    con.execute(
        f"CREATE VIEW both_ AS SELECT n AS n, o AS o, {changed} AS changed, o._seq IS NULL AS fresh "
        f"FROM came AS n LEFT JOIN there AS o ON {_same_key(dataset, 'n', 'o')}"
    )
    looks = ["count_if(fresh)", "count_if(changed)", "count_if(NOT fresh AND NOT changed)"]
    looks += [f"sum({side}.{f.name})" for f in summed(dataset) for side in ("o", "n")]
    for f in rest:
        cell = f"changed AND o.{f.name} IS DISTINCT FROM n.{f.name}"
        looks += [f"count_if({cell})", f"count_if({cell} AND n.{f.name} IS NULL)"]
    [(new, altered, same, *rest_)] = con.execute(f"SELECT {', '.join(looks)} FROM both_").fetchall()
    sums, counts = rest_[: 2 * len(summed(dataset))], rest_[2 * len(summed(dataset)) :]
    totals = (Total(f, b, a) for f, b, a in zip(summed(dataset), sums[::2], sums[1::2], strict=True))
    columns = (Column(f, n, e) for f, n, e in zip(rest, counts[::2], counts[1::2], strict=True))
    return Overwrite(
        new,
        altered,
        same,
        totals=tuple(total for total in totals if (total.before, total.after) != (None, None)),
        columns=tuple(sorted((column for column in columns if column.rows), key=lambda column: -column.rows)),
        examples=tuple(_examples(con, dataset, rest)) if altered else (),
    )


def _examples(con: duckdb.DuckDBPyConnection, dataset: Dataset, rest: list[Field]) -> Iterator[Changed]:
    """A few changed rows: those that move the total most, then by key."""
    moved = [f"abs(coalesce(n.{x}, 0) - coalesce(o.{x}, 0)) DESC" for x in (dataset.amount, dataset.quantity) if x]
    order = ", ".join([*moved, *(f"n.{name}" for name in dataset.key)])
    cells = ", ".join(f"{side}.{f.name}" for f in rest for side in ("o", "n"))
    keys = ", ".join(f"n.{name}" for name in dataset.key)
    rows = con.execute(f"SELECT {keys}, {cells} FROM both_ WHERE changed ORDER BY {order} LIMIT {NAMED}").fetchall()
    for row in rows:
        key, values = row[: len(dataset.key)], row[len(dataset.key) :]
        yield Changed(
            tuple((dataset.field(name), value) for name, value in zip(dataset.key, key, strict=True)),
            tuple((f, o, n) for f, o, n in zip(rest, values[::2], values[1::2], strict=True) if o != n),
        )
