"""Records as they come, to staged cells: what the careful lane of delimited text writes with."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data.ingest.shapes import BATCH_ROWS
from data.ingest.staging import ROWS, TORN

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
