"""Where a file's text cells lie between reading and checking: Parquet files in one working folder, and the DuckDB that
works on them and can reach nothing else."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data.ingest.shapes import BATCH_ROWS, MEMORY_LIMIT

ROWS = "staged.parquet"  # columns c0, c1, ... as text, empty cells NULL; `_line` unless it follows from the place
TORN = "torn.parquet"  # records that could not be split into cells
TORN_SCHEMA = pa.schema(
    [
        ("line", pa.int64()),
        ("reason", pa.string()),
        ("cells", pa.int64()),
        ("columns", pa.int64()),
        ("raw", pa.string()),
    ]
)
TORN_ROWS = 2_000  # written at a time: a torn record may be as long as MAX_LINE
THREADS = 2
SPILL = "8GB"  # of temporary files, so that one bad file cannot fill the disk


def bench(folder: Path, file: Path | None = None, beside: Path | None = None) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB that may read and write below `folder` (and `beside`), and read `file`; nothing else, no
    network."""
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


class Writer:
    """Writes records as they come, a batch at a time; close it to get (rows, torn)."""

    def __init__(self, folder: Path, width: int):
        self._width = width
        self._schema = pa.schema([(f"c{at}", pa.string()) for at in range(width)] + [("_line", pa.int64())])
        self._rows = pq.ParquetWriter(folder / ROWS, self._schema, compression="lz4")
        self._torn = pq.ParquetWriter(folder / TORN, TORN_SCHEMA, compression="lz4")
        self._pending: list[list[str]] = []
        self._lines: list[int] = []
        self._pieces: list[tuple[int, str, int, int, str]] = []
        self.rows = self.torn = 0

    def add(self, line: int, cells: list[str]) -> None:
        """One record of as many cells as the header has."""
        self._pending.append(cells)
        self._lines.append(line)
        if len(self._pending) >= BATCH_ROWS:
            self._flush()

    def tear(self, line: int, reason: str, cells: int, raw: str) -> None:
        """One record that is handed back as it stands; `reason` is a key of REASONS."""
        self._pieces.append((line, reason, cells, self._width, raw))
        if len(self._pieces) >= TORN_ROWS:
            self._flush_torn()

    def close(self) -> tuple[int, int]:
        """Finish both files."""
        self._flush()
        self._flush_torn()
        self._rows.close()
        self._torn.close()
        return self.rows, self.torn

    def _flush(self) -> None:
        if self._pending:
            columns = [_without_blanks(pa.array(column, pa.string())) for column in zip(*self._pending, strict=True)]
            self._rows.write_batch(pa.RecordBatch.from_arrays([*columns, pa.array(self._lines)], schema=self._schema))
        self.rows += len(self._pending)
        self._pending, self._lines = [], []

    def _flush_torn(self) -> None:
        if self._pieces:
            columns = [
                pa.array(list(column), kind)
                for column, kind in zip(zip(*self._pieces, strict=True), TORN_SCHEMA.types, strict=True)
            ]
            self._torn.write_batch(pa.RecordBatch.from_arrays(columns, schema=TORN_SCHEMA))
        self.torn += len(self._pieces)
        self._pieces = []


def _without_blanks(column: pa.Array) -> pa.Array:
    blank = pc.call_function("equal", [column, pa.scalar("")])
    return pc.call_function("if_else", [blank, pa.scalar(None, pa.string()), column])
