"""Workbooks (xlsx, xls, ods) to staged cells: everything as text, as it was written."""

import mmap
from collections.abc import Sequence
from pathlib import Path

import fastexcel

from data.guide import GUIDE
from data.ingest.encoding import head
from data.ingest.grid import stage_cells
from data.ingest.layout import NO_ROWS
from data.ingest.preflight import DAMAGED, preflight
from data.ingest.shapes import Option, Outcome, Question, Refused
from data.text import Text, same

MOST_SHEETS = 200  # a question with more choices nobody answers; a sheet a day makes 31
PEEK = 5  # rows that tell whether another sheet holds anything
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PASSWORD = Text(
    "工作簿有密码保护。请在 Excel 里取消密码后再上传。",
    "The workbook is password protected. Remove the password in Excel and upload it again.",
)
WHICH_SHEET = Text("工作簿有多个有数据的工作表，要读哪一个？", "Several sheets hold data. Which one is to be read?")
NO_SHEET = Text("工作簿里没有名为“{sheet}”的工作表。", "The workbook has no sheet called “{sheet}”.")
MANY_SHEETS = Text(
    "工作簿有 {count:,} 个工作表，最多可有 {limit} 个。",
    "The workbook has {count:,} sheets; at most {limit} can be read.",
)
ERRORS = Text(
    "有 {count} 个单元格是错误值（如 #N/A），读作空白。", "{count} cells hold errors such as #N/A and read as blank."
)


def stage(file: Path, out: Path, known: frozenset[str], chosen: str | None = None, table: str | None = None) -> Outcome:
    """Read the chosen sheet, or the first that holds data while asking which; raises `Refused`."""
    kind, notes = preflight(file) if head(file, 2) == b"PK" else _unlocked(file)
    book_file = out / f"book.{kind}"  # the reader goes by the extension, which is not to be trusted
    book_file.symlink_to(file)
    try:
        book = fastexcel.read_excel(book_file)
        sheets = _filled(book)
        name = pick(book.sheet_names, sheets, chosen)
        cells, errors = _load(book, name).to_arrow_with_errors()
    except fastexcel.FastExcelError as error:
        raise Refused(PASSWORD if "password" in str(error).lower() else DAMAGED) from error
    if errors:
        notes = (*notes, ERRORS.fill(count=len(errors.errors)))
    asked = () if chosen is not None or len(sheets) == 1 else (ask(sheets),)
    return stage_cells(cells.columns, out, known, name, notes, asked, table)


def pick(names: Sequence[str], filled: Sequence[str], chosen: str | None) -> str:
    """The sheet to be read: the one that was answered, else the first that holds anything; raises `Refused`."""
    if chosen is not None and chosen not in names:
        raise Refused(NO_SHEET.fill(sheet=chosen))
    if not filled:
        raise Refused(NO_ROWS)
    return chosen if chosen is not None else filled[0]


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
    if len(book.sheet_names) > MOST_SHEETS:
        raise Refused(MANY_SHEETS.fill(count=len(book.sheet_names), limit=MOST_SHEETS))
    looks = [(name, _load(book, name, PEEK)) for name in book.sheet_names]
    filled = [(n, sheet) for n, sheet in looks if sheet.total_height and sheet.width and not _is_guide(sheet)]
    return [name for name, sheet in filled if sheet.visible == "visible"] or [name for name, _ in filled]


def _is_guide(sheet: fastexcel.ExcelSheet) -> bool:
    """Whether a sheet is the one that our own templates explain themselves on."""
    return sheet.to_arrow().column(0)[0].as_py() in (GUIDE.zh, GUIDE.en)


def ask(sheets: Sequence[str]) -> Question:
    """Which sheet is meant."""
    return Question("sheet", WHICH_SHEET, tuple(Option(name, same(name)) for name in sheets))
