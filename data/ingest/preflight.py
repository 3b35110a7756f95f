"""What a workbook's zip tells before anything is parsed: bombs, far cells, macros and DTDs are refused in milliseconds.

A 4.8 kB xlsx with one cell at XFD1048576 makes every fast parser ask for 549 GB, so the used area is measured first.
"""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from data.ingest.shapes import Refused
from data.text import Text

UNPACKED = 300 << 20  # bytes in all entries together
RATIO = 200  # unpacked to packed; dense sheets of repeated text reach about 50
ENTRIES = 2_000
TAIL, SIGNATURE, COUNT = 65_557, b"PK\x05\x06", slice(10, 12)  # a zip's last record: where to look, its entries in all
MANY = 0xFFFF  # in that record: as many, or more than it can say
CELLS = 20_000_000  # of the used area; Excel's own sheets of real data stay below 10 M
PIECE = 1 << 20  # bytes of XML searched at a time
OVERLAP = 64  # bytes carried over, longer than anything searched for
COLUMN = re.compile(rb"""r\s*=\s*["']([A-Z]{1,3})[0-9]""")  # of a cell reference, wherever the attribute stands
ROW = re.compile(rb"""r\s*=\s*["'][A-Z]{1,3}([0-9]{1,7})["']""")
EQUALS, R, QUOTE, APOSTROPHE, SPACE = map(ord, "=r\"' ")  # what COLUMN looks at; below a space are the other blanks
LETTERS, ABOVE_A = 26, ord("A") - 1  # columns are numbers in base 26 whose digits are A for 1 to Z for 26
MAX_ROWS = 1 << 20  # of any xlsx sheet
UNCACHED = re.compile(rb"<f[ >][^<]*</f>\s*(?:<v\s*/>|<v></v>|</c>)")
ODS_ROW = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d+)["']""")
ODS_CELL = re.compile(rb"""<table:(?:covered-)?table-cell([^>]*)>""")
ODS_COLUMNS = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d+)["']""")

DAMAGED = Text("文件已损坏或不是工作簿，无法打开。", "The file is damaged or not a workbook; it cannot be opened.")
NOT_A_WORKBOOK = Text(
    "这是压缩包，不是工作簿。请解压后上传里面的表格。",
    "This is a zip archive, not a workbook. Unpack it and upload the table inside.",
)
BINARY = Text("暂不支持 xlsb。请另存为 xlsx 再上传。", "xlsb is not supported. Save it as xlsx and upload that.")
BOMB = Text("文件解压后过大（{size} MB），已拒绝。", "The file unpacks to {size} MB; refused.")
TOO_MANY = Text("压缩包内文件过多（{count}），已拒绝。", "The archive holds {count} entries; refused.")
PATHS = Text("压缩包内的文件名不安全，已拒绝。", "The archive holds unsafe or repeated names; refused.")
MACROS = Text(
    "工作簿含有宏。请另存为不带宏的 xlsx 再上传。",
    "The workbook holds macros. Save it as xlsx without macros and upload that.",
)
DTD = Text("工作簿含有 DTD 声明，已拒绝。", "The workbook holds a DTD; refused.")
FAR_CELL = Text(
    "工作表的使用区域达到 {rows:,} 行 × {columns:,} 列，多半有一个远处的单元格。请删除后再上传。",
    "The sheet's used area is {rows:,} rows × {columns:,} columns, most likely for one far cell. Delete that cell.",
)
NO_VALUE = Text(
    "有 {count} 个公式没有保存结果，读作空白。请在 Excel 里打开并保存一次。",
    "{count} formulas have no saved result and read as blank. Open and save the file in Excel once.",
)


def preflight(file: Path) -> tuple[str, tuple[Text, ...]]:
    """("xlsx" or "ods", notes) of a zipped workbook that is safe to parse; raises `Refused` for any other zip."""
    if (count := _claimed(file)) > ENTRIES:  # to read a directory of 100,000 names takes more than a second
        raise Refused(TOO_MANY.fill(count=f"{count}+" if count == MANY else count))
    try:
        with zipfile.ZipFile(file) as book:
            _entries(book, file.stat().st_size)
            names = set(book.namelist())
            if "content.xml" in names:
                _ods(book)
                return "ods", ()
            if "xl/workbook.xml" not in names:
                raise Refused(BINARY if "xl/workbook.bin" in names else NOT_A_WORKBOOK)
            return "xlsx", _xlsx(book)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Refused(DAMAGED) from error


def _claimed(file: Path) -> int:
    """How many entries a zip says it holds, without reading them; 0 where it does not say."""
    with file.open("rb") as raw:
        raw.seek(max(0, file.stat().st_size - TAIL))
        tail = raw.read()
    at = tail.rfind(SIGNATURE)
    return int.from_bytes(tail[at:][COUNT], "little") if at >= 0 else 0


def _entries(book: zipfile.ZipFile, packed: int) -> None:
    """Refuse by the directory alone, before anything is unpacked."""
    entries = book.infolist()
    if len(entries) > ENTRIES:
        raise Refused(TOO_MANY.fill(count=len(entries)))
    names = [entry.filename for entry in entries]
    links = any((entry.external_attr >> 16) & 0o170000 == 0o120000 for entry in entries)
    if links or len(set(names)) != len(names) or any(".." in name or name.startswith("/") for name in names):
        raise Refused(PATHS)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED or unpacked > RATIO * max(1, packed):
        raise Refused(BOMB.fill(size=unpacked >> 20))
    if any("vbaproject" in name.lower() for name in names):
        raise Refused(MACROS)


def _xlsx(book: zipfile.ZipFile) -> tuple[Text, ...]:
    """Search every XML part for a DTD, for the area that its cells span and for formulas without a result."""
    uncached = 0
    for entry in book.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            columns: set[int] = set()
            for piece, fresh in _pieces(book, entry):
                if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                    raise Refused(DTD)
                columns |= _ends(piece)
                uncached += len(UNCACHED.findall(fresh)) if b"<f" in fresh else 0
            width = _span(columns)
            if width * MAX_ROWS > CELLS:  # otherwise no row can be far enough: most sheets are looked through once
                _check_area(_height(book, entry), width)
    return (NO_VALUE.fill(count=uncached),) if uncached else ()


def _ends(piece: bytes) -> set[int]:
    """The first and the last column that a piece of XML refers to; none when it has no cell.

    As COLUMN finds them, in a seventh of its time where every attribute is spelled as spreadsheets spell it.
    """
    signs = np.frombuffer(piece, np.uint8)
    at = np.flatnonzero(signs == EQUALS)
    before, after = (signs.take(at + n, mode="clip") for n in (-1, 1))
    if (before <= SPACE).any() or (after <= SPACE).any() or (after == APOSTROPHE).any():
        found = {_number(letters) for letters in COLUMN.findall(piece)}
        return {min(found), max(found)} if found else set()
    at = at[(before == R) & (after == QUOTE)]
    a, b, c, d = (signs.take(at + n, mode="clip").astype(np.int32) - ABOVE_A for n in range(2, 6))
    one, two, three = (_is_letter(sign) for sign in (a, b, c))
    numbers = np.concatenate(
        (
            a[one & _is_digit(b)],
            (a * LETTERS + b)[one & two & _is_digit(c)],
            ((a * LETTERS + b) * LETTERS + c)[one & two & three & _is_digit(d)],
        )
    )
    return {int(numbers.min()), int(numbers.max())} if numbers.size else set()


def _is_letter(sign: np.ndarray) -> np.ndarray:
    return (sign >= 1) & (sign <= LETTERS)


def _is_digit(sign: np.ndarray) -> np.ndarray:
    return (sign >= ord("0") - ABOVE_A) & (sign <= ord("9") - ABOVE_A)


def _height(book: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """The rows that the cells of a sheet span."""
    rows: set[bytes] = set()
    for piece, _ in _pieces(book, entry):
        rows.update(ROW.findall(piece))
    return _span(int(row) for row in rows)


def _pieces(book: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[tuple[bytes, bytes]]:
    """(the end of the piece before and this piece, this piece) of an entry, unpacked."""
    tail, unpacked = b"", 0
    with book.open(entry) as part:
        while fresh := part.read(PIECE):
            unpacked += len(fresh)
            if unpacked > UNPACKED:  # the directory lied
                raise Refused(BOMB.fill(size=unpacked >> 20))
            yield tail + fresh, fresh
            tail = fresh[-OVERLAP:]


def _check_area(rows: int, columns: int) -> None:
    if rows * columns > CELLS:
        raise Refused(FAR_CELL.fill(rows=rows, columns=columns))


def _span(places: Iterable[int]) -> int:
    """From the first to the last, both counted."""
    found = sorted(places)
    return found[-1] - found[0] + 1 if found else 0


def _number(letters: bytes) -> int:
    """A column's number: A is 1, XFD 16384."""
    number = 0
    for letter in letters:
        number = number * LETTERS + letter - ABOVE_A
    return number


def _ods(book: zipfile.ZipFile) -> None:
    """An OpenDocument sheet repeats rows and cells by a count, so the used area hides in the counts."""
    content = book.read("content.xml")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused(DTD)
    for sheet in content.split(b"<table:table ")[1:]:
        at = last = width = 0
        for row in sheet.split(b"<table:table-row")[1:]:
            repeated = ODS_ROW.search(row, 0, row.find(b">"))
            at += int(repeated[1]) if repeated else 1
            if b"office:value" in row or b"<text:p" in row:
                last, width = at, max(width, _ods_width(row))
        _check_area(last, width)


def _ods_width(row: bytes) -> int:
    """Columns up to the last cell; trailing blanks count too, which errs on the safe side only beyond CELLS."""
    width = last = 0
    for cell in ODS_CELL.finditer(row):
        repeated = ODS_COLUMNS.search(cell[1])
        width += int(repeated[1]) if repeated else 1
        filled = b"office:" in cell[1] or not cell[1].endswith(b"/")
        last = width if filled else last
    return last
