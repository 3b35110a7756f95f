"""What answers the questions' SQL: the embedded DuckDB cache, or a Spark cluster over the same Delta files."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

import pyarrow as pa

from data.marts import Kept

Version = tuple[tuple[str, int], ...]  # the Delta version of every table that exists


class EngineError(Exception):
    """The engine cannot be reached or used; the message says what is set and the next step."""


class Answer(NamedTuple):
    """The columns of a query and its rows, as Python values: str, int, float, bool, date, Decimal or None."""

    columns: list[str]
    rows: list[tuple]


class Engine(Protocol):
    """Tables, marts and the view `sales` under the names the questions use; thread-safe.

    SQL is written for DuckDB, with `$name` parameters; an engine of another dialect translates it.
    """

    def version(self) -> Version:
        """Catch up with the lake where it is newer, and say what is held."""
        ...

    def fetch(self, sql: str, params: Mapping[str, object]) -> Answer:
        """Run one statement; `params` holds exactly the parameters that it names."""
        ...

    def table(self, sql: str, params: Mapping[str, object]) -> pa.Table:
        """The same as columns, for what is worked out over all rows: no Python value is made for each cell."""
        ...

    def holds(self, kept: Kept, mark: str) -> bool:
        """Whether a kept table has the rows of `mark`."""
        ...

    def keep(self, kept: Kept, mark: str, rows: pa.Table) -> None:
        """Put the rows of `mark` into a kept table; the oldest marks go."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
