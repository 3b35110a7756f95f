"""The store: one lake and the engine that answers over it. Nothing else asks an engine."""

import hashlib
import re
import threading
from collections.abc import Callable
from functools import cache
from inspect import signature
from itertools import starmap
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from data.cache import Cache
from data.codes import ALIASES
from data.engine import Engine, Version
from data.lake import Lake
from data.marts import Kept

Row = TypeVar("Row")


class QueryShapeError(TypeError):
    """A query's columns are not the fields of the row type it was asked to fill."""


class Store:
    """The datasets of one home, to be asked. Thread-safe.

    `root` holds `lake/` (the truth) and, with the embedded engine, `cache/`. `engine` is "" for embedded DuckDB, whose
    memory `memory_mb` bounds, or the address of a Spark Connect server ("sc://host:port") that sees the same folder.
    """

    def __init__(self, root: Path, memory_mb: int = 1024, engine: str = ""):
        self.root = root
        self.lake = Lake(root / "lake")
        self._engine = _engine(self.lake, root / "cache", memory_mb, engine)
        self._working = threading.RLock()  # what is kept is worked out once, whoever else asks meanwhile

    def version(self) -> Version:
        """Bring the engine up to the lake if it lags, and say what it holds; part of every cache key."""
        return self._engine.version()

    def rows(self, query: Path, row: type[Row], **params: object) -> list[Row]:
        """Run the SQL file `query` and return its rows as `row` (a dataclass); `params` it does not name are left out.

        Raises `QueryShapeError`, naming both sides, when columns and fields differ.
        """
        sql, names = _query(query)
        got, found = self._engine.fetch(sql, {name: params[name] for name in names})
        want = _parameters(row)
        if got != want:
            raise QueryShapeError(f"{query.name} returns {got}, but {row.__name__} has {want}")
        return list(starmap(row, found))

    def columns(self, query: Path, **params: object) -> pa.Table:
        """Run the SQL file `query` and return its columns, for what is worked out over all of them at once."""
        sql, names = _query(query)
        return self._engine.table(sql, {name: params[name] for name in names})

    def kept(self, kept: Kept, what: object, make: Callable[[], pa.Table]) -> str:
        """See that a kept table holds what `make` works out of what it reads for `what` (told apart by its repr), and
        return the mark under which its rows stand: `WHERE kept = $kept`. `make` runs where nobody has asked before."""
        read = [(name, version) for name, version in self.version() if name in (*kept.reads, ALIASES)]
        told = repr((kept, read, what)).encode()
        mark = hashlib.blake2b(told, digest_size=12).hexdigest()
        if not self._engine.holds(kept, mark):
            with self._working:
                if not self._engine.holds(kept, mark):
                    self._engine.keep(kept, mark, make())
        return mark

    def execute(self, sql: str, **params: object) -> list[tuple]:
        """Run one statement of our own (never composed from a user's words) and fetch all of it."""
        return self._engine.fetch(sql, params).rows

    def is_empty(self, dataset: str) -> bool:
        """Whether a dataset holds no row; `dataset` is a contract's name, never user text."""
        return not self.execute(f"SELECT 1 AS one FROM {dataset} LIMIT 1")

    def close(self) -> None:
        """Let go of the engine; a cache file may then be taken by another process."""
        self._engine.close()


def _engine(lake: Lake, folder: Path, memory_mb: int, address: str) -> Engine:
    if not address:
        return Cache(lake, folder, memory_mb)
    from data.spark import Spark  # an optional requirement, and a slow import

    return Spark(lake, folder, address)


@cache
def _parameters(row: type) -> list[str]:
    """What a row type is made of; worked out once, as it takes as long as fifty rows."""
    return list(signature(row).parameters)


@cache
def _query(path: Path) -> tuple[str, tuple[str, ...]]:
    """A question's SQL and the names of its parameters; comments do not count."""
    sql = path.read_text(encoding="utf-8")
    code = re.sub(r"--[^\n]*", "", sql)
    return code, tuple(sorted(set(re.findall(r"\$([a-z_][a-z0-9_]*)", code))))
