"""Web pages and XML spreadsheets (Excel 2003) that systems save under the name of a workbook: their tables as cells."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from lxml import etree, html  # pyright: ignore[reportAttributeAccessIssue]

from data.ingest.encoding import as_utf8, detect, head
from data.ingest.grid import stage_cells
from data.ingest.preflight import CELLS, DAMAGED, DTD
from data.ingest.shapes import MAX_COLUMNS, Outcome, Refused
from data.ingest.workbook import ask, pick
from data.text import Text

Rows = list[list[str | None]]

SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
NAME = "{urn:schemas-microsoft-com:office:spreadsheet}"
HEAD = 1 << 12  # bytes that tell which of the two it is
MOST = 1 << 27  # bytes; beyond it a tree of elements does not fit the child's memory
FARTHEST_ROW, FARTHEST_COLUMN = 1 << 20, 1 << 14  # of a sheet in any workbook
MOST_TABLES = 1_000  # of one page; a parser needs seconds to give up on a million in each other
NO_TABLE = Text(
    "这是网页或 XML，里面没有表格。请在原系统另存为 xlsx 或 csv。",
    "This is a web page or XML without a table in it. Save it as xlsx or csv in the system that made it.",
)
TOO_LONG = Text(
    "网页格式的文件最大 {limit} MB。请在原系统另存为 xlsx 或 csv。",
    "A web page under a table's name may have {limit} MB. Save it as xlsx or csv in the system that made it.",
)
CONVERTED = Text("文件其实是{kind}，已按其中的表格读取。", "The file really is {kind}; the table in it was read.")
WEB, XML = Text("网页", "a web page"), Text(" XML 表格", "an XML spreadsheet")
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})T00:00:00(\.0+)?")  # how an XML spreadsheet spells a date


def stage(file: Path, out: Path, known: frozenset[str], chosen: str | None = None, table: str | None = None) -> Outcome:
    """Read the chosen table, or the first while asking which; raises `Refused`."""
    if file.stat().st_size > MOST:
        raise Refused(TOO_LONG.fill(limit=MOST >> 20))
    is_xml = SPREADSHEET in head(file, HEAD)
    sheets = _spreadsheet(file) if is_xml else _page(as_utf8(file, detect(file), out))
    if not sheets:
        raise Refused(NO_TABLE)
    name = pick(list(sheets), list(sheets), chosen)
    asked = () if chosen is not None or len(sheets) == 1 else (ask(list(sheets)),)
    notes = (CONVERTED.fill(kind=XML if is_xml else WEB),)
    return stage_cells(_columns(sheets[name]), out, known, name if len(sheets) > 1 else "", notes, asked, table)


def _columns(rows: Rows) -> list[pa.Array]:
    width = max(map(len, rows))
    if width * len(rows) > CELLS:
        raise Refused(DAMAGED)
    padded = ([*row, *[None] * (width - len(row))] for row in rows)
    return [pa.array(column, pa.string()) for column in zip(*padded, strict=True)]


def _page(file: Path) -> dict[str, Rows]:
    """The innermost tables of a web page, by their number; those of one row are layout."""
    if file.read_bytes().lower().count(b"<table") > MOST_TABLES:
        raise Refused(DAMAGED)
    tree = html.parse(file, parser=html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False))
    root = tree.getroot()
    if root is None or any(error.level == etree.ErrorLevels.FATAL for error in tree.parser.error_log):
        raise Refused(DAMAGED)
    inner = [table for table in root.iter("table") if table.find(".//table") is None]
    found = [rows for rows in map(_rows, inner) if len(rows) > 1]
    return {f"table {n}": rows for n, rows in enumerate(found, start=1)}


def _rows(table: html.HtmlElement) -> Rows:
    """The cells of a table; one that spans several keeps its words in the first."""
    found: Rows = []
    taken: dict[tuple[int, int], bool] = {}
    for at, row in enumerate(table.iter("tr")):
        cells: list[str | None] = []
        for cell in row.iterchildren("td", "th"):
            while taken.get((at, len(cells))):
                cells.append(None)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for down in range(1, high):
                taken.update({(at + down, len(cells) + n): True for n in range(wide)})
            cells += [" ".join(cell.text_content().split()) or None, *[None] * (wide - 1)]
        found.append(cells)
    return [row for row in found if row]


def _span(cell: html.HtmlElement, name: str) -> int:
    said = cell.get(name, "1")
    return min(max(int(said), 1), MAX_COLUMNS) if said.isdecimal() else 1


def _spreadsheet(file: Path) -> dict[str, Rows]:
    """The worksheets of an XML spreadsheet by name; raises `Refused` for a DTD, which could blow it up."""
    found: dict[str, Rows] = {}
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    try:
        with file.open("rb") as source:
            for _, sheet in etree.iterparse(source, tag=f"{NAME}Worksheet", **safe):
                if sheet.getroottree().docinfo.doctype:
                    raise Refused(DTD)
                rows = list(_xml_rows(sheet))
                if any(any(row) for row in rows):
                    found[sheet.get(f"{NAME}Name", f"table {len(found) + 1}")] = rows
                sheet.clear()
    except etree.XMLSyntaxError as error:
        raise Refused(DAMAGED) from error
    return found


def _xml_rows(sheet: "etree._Element") -> Iterator[list[str | None]]:
    """The rows of a worksheet; ss:Index skips blank rows and cells, merged cells keep their words in the first."""
    at = 0
    for row in sheet.iter(f"{NAME}Row"):
        begins = _index(row, at + 1, FARTHEST_ROW)
        for _ in range(begins - at - 1):
            yield []
        at = begins
        cells: list[str | None] = []
        for cell in row.iterchildren(f"{NAME}Cell"):
            cells += [None] * (_index(cell, len(cells) + 1, FARTHEST_COLUMN) - len(cells) - 1)
            data = cell.find(f"{NAME}Data")
            word = "".join(data.itertext()).strip() if data is not None else ""
            day = DAY.fullmatch(word)
            cells += [day[1] if day else word or None, *[None] * _across(cell)]
        yield cells


def _index(element: "etree._Element", next_: int, farthest: int) -> int:
    """Where a row or cell stands, from 1; raises `Refused` when that is before the one before, or far away."""
    said = element.get(f"{NAME}Index", str(next_))
    at = int(said) if said.isdecimal() else 0
    if not next_ <= at <= farthest:
        raise Refused(DAMAGED)
    return at


def _across(cell: "etree._Element") -> int:
    said = cell.get(f"{NAME}MergeAcross", "0")
    return min(int(said), MAX_COLUMNS) if said.isdecimal() else 0
