"""The cells of a sheet, all of them text, to staged rows: one table of it, without blank rows and blank columns."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from data.ingest import tables
from data.ingest.layout import HEADER_ONLY, NO_ROWS, Row, look
from data.ingest.shapes import Outcome, Question, Refused, Staged
from data.ingest.staging import ROWS, bench, literal
from data.text import Text

FIRST = 200  # rows that show the layout
MIDNIGHT = r"^(\d{4}-\d{2}-\d{2}) 00:00:00$"  # how the reader spells a date without a time
BATCH = 16_384  # rows that one thread of DuckDB takes at a time
SHORT = 17  # characters; no shorter cell is one of those two
DRIFT = r"-?[1-9]\d{6,}\.\d{9}"  # the reader prints nine decimals; a double is exact to fifteen digits only


def stage_cells(
    cells: Sequence[pa.Array],
    out: Path,
    known: frozenset[str],
    sheet: str,
    notes: tuple[Text, ...],
    asked: tuple[Question, ...] = (),
    table: str | None = None,
) -> Outcome:
    """Stage the sheet whose columns are `cells`: of several tables the one answered, or the first while asking.

    With `asked` open, a sheet without a table is a cover, and only the questions come back; else raises `Refused`.
    """
    try:
        found = tables.blocks(list(enumerate(_rows(cells, tables.LINES), start=1)), known)
        block = tables.chosen(found, table)
        first, last = (block.first, block.last) if block else (1, 0)
        cut = [column.slice(first - 1, (last or len(column)) - first + 1) for column in cells]
        more = (tables.question(found),) if block and table is None else ()
        return Outcome(_stage(cut, first, out, known, sheet, notes), questions=(*asked, *more))
    except Refused:
        if not asked:
            raise
        return Outcome(questions=asked)


def _rows(columns: Sequence[pa.Array], most: int) -> list[Row]:
    """The first rows, as tuples of cells."""
    return list(zip(*(column.slice(0, most).to_pylist() for column in columns), strict=True))


def _stage(
    cells: Sequence[pa.Array], first: int, out: Path, known: frozenset[str], sheet: str, notes: tuple[Text, ...]
) -> Staged:
    """Write the rows below the header; `first` is the row of the sheet that the cells begin with."""
    columns = _filled(cells)
    with bench(out) as con:
        head = con.sql(_cleaned(con, [column.slice(0, FIRST) for column in columns], first))
        layout = look([row[1:] for row in head.fetchall()], known)
        filled = " OR ".join(f"c{n} IS NOT NULL" for n in range(len(columns)))
        [(rows,)] = con.execute(
            f"COPY (FROM ({_cleaned(con, columns, first)}) WHERE _line >= {first + layout.begins} AND ({filled})) "
            f"TO {literal(out / ROWS)} (FORMAT parquet, COMPRESSION lz4_raw)"
        ).fetchall()
    if not rows:
        raise Refused(HEADER_ONLY)
    return Staged(
        layout.headers,
        rows,
        blank=len(columns[0]) - layout.begins - rows,
        sheet=sheet,
        above=layout.above,
        notes=(*notes, *layout.notes),
        unnamed=layout.unnamed,
        samples=layout.samples,
    )


def _cleaned(con: duckdb.DuckDBPyConnection, columns: Sequence[pa.Array], first: int) -> str:
    """SQL: `_line` and the cells, dates without midnight, doubles without the reader's last digits; in their order."""
    lines = np.arange(first, first + len(columns[0]), dtype=np.int64)
    named = {
        "_line": pa.Array.from_buffers(pa.int64(), len(lines), [None, pa.py_buffer(lines)]),
        **{f"c{n}": column for n, column in enumerate(columns)},
    }
    sheet = pa.Table.from_batches(pa.table(named).to_batches(BATCH))
    con.register("sheet", sheet)
    cells = (
        f"CASE WHEN trim({name}) = '' THEN NULL WHEN length({name}) < {SHORT} THEN {name} "
        f"WHEN regexp_full_match({name}, '{DRIFT}') THEN format('{{:.15g}}', {name}::DOUBLE) "
        f"ELSE regexp_replace({name}, '{MIDNIGHT}', '\\1') END AS {name}"
        for name in named
        if name != "_line"
    )
    return f"SELECT _line, {', '.join(cells)} FROM sheet"


def _filled(cells: Sequence[pa.Array]) -> list[pa.Array]:
    """The columns that hold anything; raises `Refused` when none does."""
    columns = [column for column in cells if _holds_anything(column)]
    if not columns:
        raise Refused(NO_ROWS)
    return columns


def _holds_anything(column: pa.Array) -> bool:
    """Whether any cell is more than blanks; the first few usually tell."""
    if column.null_count == len(column):
        return False
    return any((cell.as_py() or "").strip() for cell in column)
