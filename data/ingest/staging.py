"""Where a file's text cells lie between reading and checking: Parquet files in one working folder, and the DuckDB that
works on them and can reach nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import duckdb

from data.ingest.shapes import MEMORY_LIMIT

ROWS = "staged.parquet"  # columns c0, c1, ... as text, empty cells NULL; `_line` unless it follows from the place
TORN = "torn.parquet"  # records that could not be split into cells
THREADS = 2
SPILL = "8GB"  # of temporary files, so that one bad file cannot fill the disk


Con = duckdb.DuckDBPyConnection
_held: ContextVar[tuple[Path, list[Con]] | None] = ContextVar(
    "_held", default=None
)  # a folder, and its DuckDB once open


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """One DuckDB for all who ask for a `bench` on `folder` meanwhile: to start one takes as long as what they ask."""
    opened: list[Con] = []
    before = _held.set((folder, opened))
    try:
        yield
    finally:
        _held.reset(before)
        for con in opened:
            con.close()


def bench(folder: Path, file: Path | None = None, beside: Path | None = None) -> Con:
    """An in-memory DuckDB that may read and write below `folder` (and `beside`), and read `file`; nothing else, no
    network. Where one is `held`, a connection of its own to that."""
    now = _held.get()
    if now is None or now[0] != folder or file or beside:
        return _opened(folder, file, beside)
    if not now[1]:
        now[1].append(_opened(folder, None, None))
    return now[1][0].cursor()


def _opened(folder: Path, file: Path | None, beside: Path | None) -> Con:
    con = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": MEMORY_LIMIT,
            "threads": THREADS,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "allow_persistent_secrets": "false",
        },
    )
    con.execute("SET enable_progress_bar = false")  # it would be written into the child's answer on stdout
    con.execute(f"SET temp_directory = {literal(folder)}")
    con.execute(f"SET max_temp_directory_size = '{SPILL}'")
    con.execute(f"SET allowed_directories = [{', '.join(literal(one) for one in (folder, beside) if one)}]")
    if file:
        con.execute(f"SET allowed_paths = [{literal(file)}]")
    con.execute("SET enable_external_access = false")  # the order matters: afterwards nothing above can be set
    con.execute("SET lock_configuration = true")
    return con


def literal(word: object) -> str:
    """A SQL string; for paths, which SET and COPY do not take as parameters, and for our own patterns."""
    return "'" + str(word).replace("'", "''") + "'"
