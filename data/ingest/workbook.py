"""Workbooks (xlsx, xls, ods) to staged cells: everything as text, as it was written."""

import mmap
from pathlib import Path

import duckdb
import fastexcel
import pyarrow as pa

from data.guide import GUIDE
from data.ingest.delimited import HEADER_ONLY
from data.ingest.dialect import NO_ROWS, above, header_row, names
from data.ingest.encoding import head
from data.ingest.preflight import DAMAGED, preflight
from data.ingest.shapes import HEADER_SEARCH, Option, Outcome, Question, Refused, Staged
from data.ingest.staging import ROWS, bench, literal
from data.text import Text, same

PEEK = 5  # rows that tell whether another sheet holds anything
MIDNIGHT = r"^(\d{4}-\d{2}-\d{2}) 00:00:00$"  # how the reader spells a date without a time
SHORT = 17  # characters; no shorter cell is one of those two
DRIFT = r"-?[1-9]\d{6,}\.\d{9}"  # the reader prints nine decimals; a double is exact to fifteen digits only
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PASSWORD = Text(
    "工作簿有密码保护。请在 Excel 里取消密码后再上传。",
    "The workbook is password protected. Remove the password in Excel and upload it again.",
)
WHICH_SHEET = Text("工作簿有多个有数据的工作表，要读哪一个？", "Several sheets hold data. Which one is to be read?")
NO_SHEET = Text("工作簿里没有名为“{sheet}”的工作表。", "The workbook has no sheet called “{sheet}”.")
ERRORS = Text(
    "有 {count} 个单元格是错误值（如 #N/A），读作空白。", "{count} cells hold errors such as #N/A and read as blank."
)


def stage(file: Path, out: Path, known: frozenset[str], chosen: str | None = None) -> Outcome:
    """Read the chosen sheet, or the first that holds data while asking which; raises `Refused`."""
    kind, notes = preflight(file) if head(file, 2) == b"PK" else _unlocked(file)
    book_file = out / f"book.{kind}"  # the reader goes by the extension, which is not to be trusted
    book_file.symlink_to(file)
    try:
        book = fastexcel.read_excel(book_file)
        sheets = _filled(book)
        if chosen is not None and chosen not in book.sheet_names:
            raise Refused(NO_SHEET.fill(sheet=chosen))
        if not sheets:
            raise Refused(NO_ROWS)
        name = chosen if chosen is not None else sheets[0]
        cells, errors = _load(book, name).to_arrow_with_errors()
    except fastexcel.FastExcelError as error:
        raise Refused(PASSWORD if "password" in str(error).lower() else DAMAGED) from error
    if errors:
        notes = (*notes, ERRORS.fill(count=len(errors.errors)))
    questions = () if chosen is not None or len(sheets) == 1 else (_ask(sheets),)
    try:
        return Outcome(_stage(cells, out, known, name, notes), questions=questions)
    except Refused:
        if not questions:
            raise
        return Outcome(questions=questions)  # a cover: the table is on another sheet


def _unlocked(file: Path) -> tuple[str, tuple[Text, ...]]:
    """Refuse an xlsx that Excel encrypted, which is an OLE file with this stream; anything else is taken for an xls."""
    with file.open("rb") as source, mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as bytes_:
        if bytes_.find(ENCRYPTED) >= 0:
            raise Refused(PASSWORD)
    return "xls", ()


def _load(book: fastexcel.ExcelReader, name: str, rows: int | None = None) -> fastexcel.ExcelSheet:
    return book.load_sheet(name, header_row=None, skip_rows=0, n_rows=rows, dtypes="string")


def _filled(book: fastexcel.ExcelReader) -> list[str]:
    """Sheets that hold data, visible ones only unless all are hidden; an only sheet is not looked at twice."""
    if len(book.sheet_names) == 1:
        return book.sheet_names
    looks = [(name, _load(book, name, PEEK)) for name in book.sheet_names]
    filled = [(n, sheet) for n, sheet in looks if sheet.total_height and sheet.width and not _is_guide(sheet)]
    return [name for name, sheet in filled if sheet.visible == "visible"] or [name for name, _ in filled]


def _is_guide(sheet: fastexcel.ExcelSheet) -> bool:
    """Whether a sheet is the one that our own templates explain themselves on."""
    return sheet.to_arrow().column(0)[0].as_py() in (GUIDE.zh, GUIDE.en)


def _ask(sheets: list[str]) -> Question:
    return Question("sheet", WHICH_SHEET, tuple(Option(name, same(name)) for name in sheets))


def _stage(cells: pa.RecordBatch, out: Path, known: frozenset[str], sheet: str, notes: tuple[Text, ...]) -> Staged:
    """Write the rows below the header; blank rows and blank columns go."""
    with bench(out) as con:
        table = _clean(con, cells)
        first = [list(row.values())[1:] for row in table.slice(0, HEADER_SEARCH).to_pylist()]
        at = header_row(first, known)
        headers = names(first[at])
        titles, title_notes = above(first[:at])
        con.register("sheet", table)
        filled = " OR ".join(f"c{n} IS NOT NULL" for n in range(len(headers)))
        [(rows,)] = con.execute(
            f"COPY (SELECT * FROM sheet WHERE _line > {at + 1} AND ({filled})) "
            f"TO {literal(out / ROWS)} (FORMAT parquet, COMPRESSION lz4_raw)"
        ).fetchall()
    if not rows:
        raise Refused(HEADER_ONLY)
    blank = table.num_rows - at - 1 - rows
    return Staged(headers, rows, blank=blank, sheet=sheet, above=titles, notes=(*notes, *title_notes))


def _clean(con: duckdb.DuckDBPyConnection, cells: pa.RecordBatch) -> pa.Table:
    """`_line` and the columns that hold anything: dates without midnight, doubles without the reader's last digits."""
    columns = [column for column in cells.columns if _holds_anything(column)]
    if not columns:
        raise Refused(NO_ROWS)
    named = {"_line": pa.array(range(1, cells.num_rows + 1)), **{f"c{n}": column for n, column in enumerate(columns)}}
    con.register("raw_sheet", pa.table(named))
    cleaned = (
        f"CASE WHEN trim({name}) = '' THEN NULL WHEN length({name}) < {SHORT} THEN {name} "
        f"WHEN regexp_full_match({name}, '{DRIFT}') THEN format('{{:.15g}}', {name}::DOUBLE) "
        f"ELSE regexp_replace({name}, '{MIDNIGHT}', '\\1') END AS {name}"
        for name in named
        if name != "_line"
    )
    return con.sql(f"SELECT _line, {', '.join(cleaned)} FROM raw_sheet").to_arrow_table()


def _holds_anything(column: pa.Array) -> bool:
    return any(cell.as_py().strip() for cell in column.drop_null())
