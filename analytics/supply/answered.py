"""Answers that go through all orders or counts and come to few rows: kept, so that a page opens without the facts."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa

from analytics.answer import Scope
from analytics.supply.code import made_by
from data.marts import Kept
from data.store import Store

Row = TypeVar("Row")
KINDS = {
    "VARCHAR": pa.string(), "DATE": pa.date32(), "DOUBLE": pa.float64(), "BIGINT": pa.int64(), "BOOLEAN": pa.bool_(),
}  # fmt: skip


def answered(
    store: Store, scope: Scope, kept: Kept, query: Path, row: type[Row], make: Callable[[], Sequence[Row]]
) -> list[Row]:
    """The rows of a question in their order, read by `query`; worked out by `make` where nobody has asked before. They
    depend on the day, accounts, regions and categories of the scope only."""
    told: tuple[date | tuple[str, ...] | None, ...] = (scope.as_of, scope.accounts, scope.regions, scope.categories)
    mark = store.kept(kept, (made_by(), *told), lambda: _table(kept, make()))
    return store.rows(query, row, kept=mark)


def _table(kept: Kept, rows: Sequence[Any]) -> pa.Table:
    """Rows as columns, each with its place."""
    kinds = dict(column.split() for column in kept.columns.split(", "))
    columns = {n: pa.array([getattr(r, n) for r in rows], KINDS[kinds[n]]) for n in kept.names if n != "place"}
    return pa.table({"place": pa.array(range(len(rows)), pa.int64())} | columns)
