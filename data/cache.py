"""The embedded engine: a DuckDB cache over the lake, thrown away at will. Nothing else opens DuckDB to answer."""

import hashlib
import logging
import threading
import weakref
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

from data.codes import MEANS, MEANS_COLUMNS
from data.datasets import DATASETS
from data.engine import Answer, Version
from data.lake import Lake
from data.marts import KEPT, MARTS, VIEWS, Kept, Mart, ddl
from data.sync import sync

log = logging.getLogger(__name__)

_held: set[Path] = set()  # cache files open in this process; DuckDB would hand out the same instance twice
MARKS = 8  # answers a kept table holds: months and plans that are looked at in turn
SLOTS = 32  # cache files per home: one process each; the first free one is taken
BOOKS = (
    "CREATE TABLE _synced (dataset VARCHAR PRIMARY KEY, version BIGINT)",
    "CREATE TABLE _batch (id VARCHAR, dataset VARCHAR, seq BIGINT)",
    "CREATE TABLE _shape (mark VARCHAR)",
    f"CREATE TABLE {MEANS} ({MEANS_COLUMNS})",
    "CREATE TABLE _kept (name VARCHAR, mark VARCHAR, turn BIGINT)",
)


class Cache:
    """The embedded engine: a DuckDB file in `folder`, one per process, built from the lake and thrown away at will.

    Every statement runs on a cursor of its own. `memory_mb` bounds DuckDB's memory.
    """

    def __init__(self, lake: Lake, folder: Path, memory_mb: int = 1024):
        self._lake = lake
        self._folder = folder
        self._memory_mb = memory_mb
        self._turn = threading.Lock()  # one change of tables at a time
        self._con = self._open()
        self._version: Version = ()
        self._marks: set[str] = set()  # of kept rows that were found: a page asks a dozen times

    def version(self) -> Version:
        """Bring the cache up to the lake if it lags, and say what it holds."""
        if self._lake.version() != self._version:
            with self._turn:
                self._version = sync(self._con.cursor(), self._lake)
        return self._version

    def fetch(self, sql: str, params: Mapping[str, object]) -> Answer:
        """Run one statement on a cursor of its own."""
        result = self._con.cursor().execute(sql, params or None)
        return Answer([c[0] for c in result.description or ()], result.fetchall())

    def table(self, sql: str, params: Mapping[str, object]) -> pa.Table:
        """The same as Arrow columns."""
        return self._con.cursor().sql(sql, params=params or None).to_arrow_table()

    def holds(self, kept: Kept, mark: str) -> bool:
        """Whether a kept table has the rows of a mark."""
        if mark in self._marks:
            return True
        asked = "SELECT 1 FROM _kept WHERE name = $name AND mark = $mark"
        held = bool(self.fetch(asked, {"name": kept.name, "mark": mark}).rows)
        if held:
            self._marks.add(mark)
        return held

    def keep(self, kept: Kept, mark: str, rows: pa.Table) -> None:
        """Put rows in as one transaction; beyond MARKS the oldest go."""
        names = ", ".join(kept.names)
        with self._turn:
            con = self._con.cursor()
            con.register("_rows", rows)
            con.execute("BEGIN")
            con.execute(f"INSERT INTO {kept.name} (kept, {names}) SELECT $mark, {names} FROM _rows", {"mark": mark})
            con.execute(
                "INSERT INTO _kept SELECT $name, $mark, coalesce(max(turn), 0) + 1 FROM _kept",
                {"name": kept.name, "mark": mark},
            )
            old = "SELECT mark FROM _kept WHERE name = $name ORDER BY turn DESC OFFSET $marks"
            gone = [m for (m,) in con.execute(old, {"name": kept.name, "marks": MARKS}).fetchall()]
            con.execute(f"DELETE FROM {kept.name} WHERE list_contains($gone::VARCHAR[], kept)", {"gone": gone})
            con.execute("DELETE FROM _kept WHERE list_contains($gone::VARCHAR[], mark)", {"gone": gone})
            con.execute("COMMIT")
            self._marks.difference_update(gone)
            con.unregister("_rows")

    def close(self) -> None:
        """Let go of the cache file, so that another process may take it; a cache nobody refers to lets go by itself."""
        self._con.close()
        self._release()

    def _open(self) -> duckdb.DuckDBPyConnection:
        self._folder.mkdir(parents=True, exist_ok=True)
        for path in (self._folder / f"cache-{slot}.duckdb" for slot in range(SLOTS)):
            con = None if path in _held else self._try(path)
            if con is not None:
                _held.add(path)
                self._release = weakref.finalize(self, _held.discard, path)
                return con
        raise RuntimeError(
            f"all {SLOTS} cache files below {self._folder} are in use; stop a process that uses this home"
        )

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
        con.execute("BEGIN")  # one write to disk, where each statement by itself would make one
        for statement in (*BOOKS, *(ddl(d) for d in DATASETS), *map(Mart.ddl, MARTS), *map(Kept.ddl, KEPT), *_views()):
            con.execute(statement)
        con.execute("INSERT INTO _shape VALUES ($mark)", {"mark": shape()})
        con.execute("COMMIT")
        return self._guard(con)

    def _guard(self, con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
        """Lock DuckDB down: it may read the lake and spill beside the cache; no other file, no network."""
        spill = self._folder / "spill"
        con.execute("SET enable_progress_bar = false")  # it would mix with what the command lines print
        con.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
        con.execute("SET allow_community_extensions = false; SET allow_persistent_secrets = false")
        con.execute("SET allowed_directories = $dirs", {"dirs": [f"{self._lake.root}/", f"{spill}/"]})
        con.execute("SET temp_directory = $dir", {"dir": str(spill)})
        con.execute("SET max_temp_directory_size = '10GB'; SET preserve_insertion_order = false")
        con.execute(f"SET memory_limit = '{int(self._memory_mb)}MB'")
        con.execute("SET enable_external_access = false; SET lock_configuration = true")
        return con


@cache
def shape() -> str:
    """A fingerprint of every table's shape: a cache made by another version of the product is not used."""
    tables = [ddl(dataset) for dataset in DATASETS] + [mart.ddl() + mart.sql for mart in MARTS]
    return hashlib.sha256("\n".join([*BOOKS, *tables, *map(Kept.ddl, KEPT), *_views()]).encode()).hexdigest()


def _views() -> list[str]:
    return [f"CREATE VIEW {name} AS {sql}" for name, sql in VIEWS.items()]
