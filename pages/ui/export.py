"""Rows as files. Cells that a spreadsheet would take for a formula are made text; numbers stay numbers."""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from analytics.answer import cut
from data.text import Lang, Text

FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # OWASP's list, and its full-width twins, which Chinese Excel takes as well
Cell = str | int | float | Decimal | date | None
SHEET = 31  # characters; Excel's limit for a sheet's name


@dataclass(frozen=True, slots=True)
class Table:
    """One question's rows for people: a name, headers, and cells in one language."""

    name: str
    headers: list[str]
    rows: list[list[Cell]]


def table(name: str, rows: Sequence, lang: Lang, labels: dict[str, Text]) -> Table:
    """Rows of a question's `Row` as a table; a field that holds a series has no place in a cell and is left out. Where
    they are not all, the last line says so."""
    names = [f.name for f in fields(rows[0]) if _fits(getattr(rows[0], f.name))] if rows else list(labels)
    headers = [labels[n][lang] if n in labels else n for n in names]
    cells = [[_cell(getattr(row, n), lang) for n in names] for row in rows]
    return Table(name, headers, [*cells, *([said[lang], *[None] * (len(names) - 1)] for said in _first(rows))])


def _first(rows: Sequence) -> list[Text]:
    return [found.text for found in cut(rows)]


def _fits(value: object) -> bool:
    return value is None or isinstance(value, str | int | float | Decimal | date | Text)


def _cell(value: object, lang: Lang) -> Cell:
    return value[lang] if isinstance(value, Text) else value  # type: ignore[return-value]


def guarded(cell: Cell) -> Cell:
    """The cell with an apostrophe in front where a spreadsheet would run it."""
    return "'" + cell if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def as_csv(tables: Sequence[Table]) -> bytes:
    """UTF-8 with BOM, for Excel; several tables come as a zip of one file each."""
    if len(tables) == 1:
        return _csv(tables[0])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, one in enumerate(tables, 1):
            archive.writestr(f"{number:02} {file_name(one.name)}.csv", _csv(one))
    return out.getvalue()


def _csv(one: Table) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([[guarded(c) for c in row] for row in [one.headers, *one.rows]])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(tables: Sequence[Table]) -> bytes:
    """A workbook, one sheet a table; text is written as text and never as formula or link."""
    import xlsxwriter

    out = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(out, plain) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for number, one in enumerate(tables, 1):
            sheet = book.add_worksheet(_sheet(number, one.name))
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, one.headers, bold)
            for line, row in enumerate(one.rows, 1):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):  # never as a formula or a link
                        sheet.write_string(line, column, cell)
                    else:
                        sheet.write(line, column, cell, day if isinstance(cell, date) else None)
            sheet.autofit()
    return out.getvalue()


def _sheet(number: int, name: str) -> str:
    return f"{number} {file_name(name)}"[:SHEET]


def file_name(text: str) -> str:
    """A text as part of a file name on any system."""
    return "".join(c if c.isalnum() or c in " -_" else "_" for c in text).strip()[:80] or "weatherglass"
