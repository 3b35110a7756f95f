"""The store: a DuckDB cache over the lake, thrown away at will. Nothing else opens DuckDB to answer."""

import hashlib
import logging
import re
import threading
from functools import cache
from inspect import signature
from pathlib import Path
from typing import TypeVar

import duckdb

from data.datasets import DATASETS
from data.lake import Lake
from data.marts import MARTS, VIEWS, ddl
from data.sync import sync

Row = TypeVar("Row")
Version = tuple[tuple[str, int], ...]
log = logging.getLogger(__name__)

_held: set[Path] = set()  # cache files open in this process; DuckDB would hand out the same instance twice
SLOTS = 32  # cache files per home: one process each; the first free one is taken
BOOKS = (
    "CREATE TABLE _synced (dataset VARCHAR PRIMARY KEY, version BIGINT)",
    "CREATE TABLE _batch (id VARCHAR, dataset VARCHAR, seq BIGINT)",
    "CREATE TABLE _shape (mark VARCHAR)",
)


class QueryShapeError(TypeError):
    """A query's columns are not the fields of the row type it was asked to fill."""


class Store:
    """A DuckDB cache of one lake. Thread-safe: every statement runs on a cursor of its own.

    `root` holds `lake/` (the truth) and `cache/` (this); `memory_mb` bounds DuckDB's memory.
    """

    def __init__(self, root: Path, memory_mb: int = 1024):
        self.root = root
        self.lake = Lake(root / "lake")
        self._memory_mb = memory_mb
        self._turn = threading.Lock()  # one sync at a time
        self._con = self._open()
        self._version: Version = ()

    def version(self) -> Version:
        """Bring the cache up to the lake if it lags, and say what it holds; part of every cache key."""
        if self.lake.version() != self._version:
            with self._turn:
                self._version = sync(self._con.cursor(), self.lake)
        return self._version

    def rows(self, query: Path, row: type[Row], **params: object) -> list[Row]:
        """Run the SQL file `query` and return its rows as `row` (a dataclass); `params` it does not name are left out.

        Raises `QueryShapeError`, naming both sides, when columns and fields differ.
        """
        sql, names = _query(query)
        result = self._con.cursor().execute(sql, {name: params[name] for name in names})
        got, want = [c[0] for c in result.description or ()], list(signature(row).parameters)
        if got != want:
            raise QueryShapeError(f"{query.name} returns {got}, but {row.__name__} has {want}")
        return [row(*values) for values in result.fetchall()]

    def execute(self, sql: str, **params: object) -> list[tuple]:
        """Run one statement of our own (never composed from a user's words) and fetch all of it."""
        return self._con.cursor().execute(sql, params or None).fetchall()

    def is_empty(self, dataset: str) -> bool:
        """Whether a dataset holds no row; `dataset` is a contract's name, never user text."""
        return not self.execute(f"SELECT 1 FROM {dataset} LIMIT 1")

    def close(self) -> None:
        """Let go of the cache file, so that another process may take it."""
        self._con.close()
        _held.discard(self._path)

    def _open(self) -> duckdb.DuckDBPyConnection:
        folder = self.root / "cache"
        folder.mkdir(parents=True, exist_ok=True)
        for path in (folder / f"cache-{slot}.duckdb" for slot in range(SLOTS)):
            con = None if path in _held else self._try(path)
            if con is not None:
                _held.add(path)
                self._path = path
                return con
        raise RuntimeError(f"all {SLOTS} cache files below {folder} are in use; stop a process that uses this home")

    def _try(self, path: Path) -> duckdb.DuckDBPyConnection | None:
        """Open one cache file; `None` when another process holds it. An old or broken one is remade."""
        try:
            con = duckdb.connect(str(path))
        except duckdb.IOException as error:
            if "lock" in str(error).lower():
                return None
            return self._anew(path, error)
        except duckdb.Error as error:
            return self._anew(path, error)
        try:
            fits = con.execute("SELECT mark FROM _shape").fetchall() == [(shape(),)]
        except duckdb.CatalogException:
            fits = False
        if not fits:
            con.close()
            return self._anew(path, None)
        return self._guard(con)

    def _anew(self, path: Path, error: Exception | None) -> duckdb.DuckDBPyConnection:
        """A fresh cache in place of one that is unusable; nothing is lost, the lake is the truth."""
        if error is not None:
            log.warning("cache %s is unusable and is rebuilt: %s", path.name, error)
        path.unlink(missing_ok=True)
        Path(f"{path}.wal").unlink(missing_ok=True)
        con = duckdb.connect(str(path))
        for statement in (*BOOKS, *(ddl(d) for d in DATASETS), *(mart.ddl() for mart in MARTS), VIEWS):
            con.execute(statement)
        con.execute("INSERT INTO _shape VALUES ($mark)", {"mark": shape()})
        return self._guard(con)

    def _guard(self, con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
        """Lock DuckDB down: it may read the lake and spill beside the cache; no other file, no network."""
        spill = self.root / "cache" / "spill"
        con.execute("SET enable_progress_bar = false")  # it would mix with what the command lines print
        con.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
        con.execute("SET allow_community_extensions = false; SET allow_persistent_secrets = false")
        con.execute("SET allowed_directories = $dirs", {"dirs": [f"{self.lake.root}/", f"{spill}/"]})
        con.execute("SET temp_directory = $dir", {"dir": str(spill)})
        con.execute("SET max_temp_directory_size = '10GB'; SET preserve_insertion_order = false")
        con.execute(f"SET memory_limit = '{int(self._memory_mb)}MB'")
        con.execute("SET enable_external_access = false; SET lock_configuration = true")
        return con


@cache
def _query(path: Path) -> tuple[str, tuple[str, ...]]:
    """A question's SQL and the names of its parameters; comments do not count."""
    sql = path.read_text(encoding="utf-8")
    code = re.sub(r"--[^\n]*", "", sql)
    return code, tuple(sorted(set(re.findall(r"\$([a-z_][a-z0-9_]*)", code))))


@cache
def shape() -> str:
    """A fingerprint of every table's shape: a cache made by another version of the product is not used."""
    tables = [ddl(dataset) for dataset in DATASETS] + [mart.ddl() + mart.sql for mart in MARTS]
    return hashlib.sha256("\n".join([*BOOKS, *tables, VIEWS]).encode()).hexdigest()
