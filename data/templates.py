"""Empty files to fill in: CSV, or a workbook with drop-downs, notes on the headers and a sheet that explains them."""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from data.contract import Dataset, Field, Kind
from data.guide import COLUMNS, GUIDE, example, note, wording, written
from data.ingest.basis import is_asked_of
from data.text import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

WITH_TAX = Text("（含税）", " (incl. tax)")  # whoever fills in net amounts says so here
NEEDED = "*"  # behind the header of a required column; header matching folds it away
DATA, EXPLAINED = Text("数据", "Data"), Text("填写说明", "Guide")
FORMATS = {  # how Excel shows the cells of a column
    Kind.TEXT: "@",  # codes keep their leading zeros
    Kind.DATE: "yyyy-mm-dd",
    Kind.MONTH: "yyyy-mm",
    Kind.QUANTITY: "#,##0.###",
    Kind.MONEY: "#,##0.00",
    Kind.COUNT: "0",
    Kind.RATE: "General",
    Kind.FLAG: "@",
}
WRONG = Text("请从列表里选", "Please choose from the list")
LAST_ROW = 1_048_575  # of a sheet, from 0
WIDTHS = (14, 28)  # characters, least and most, of a column
NOTE = {"x_scale": 1.6, "y_scale": 1.5, "visible": False}


def header(dataset: Dataset, field: Field, lang: Lang) -> str:
    """The official header, marked where every row must have the column; one of sales documents says its tax basis."""
    taxed = WITH_TAX[lang] if field.name == dataset.amount and is_asked_of(dataset) else ""
    return field.label[lang] + taxed + (NEEDED if field.required else "")


def as_csv(dataset: Dataset, lang: Lang) -> bytes:
    """Headers and one example row; UTF-8 with BOM, for Excel."""
    out = io.StringIO()
    columns = [(header(dataset, f, lang), example(f, lang)) for f in dataset.fields]
    csv.writer(out).writerows(zip(*columns, strict=True))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(dataset: Dataset, lang: Lang) -> bytes:
    """The same as a workbook; its second sheet begins with `GUIDE`, by which the reader knows that it is no data."""
    import xlsxwriter

    out = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, plain) as book:
        book.set_properties({"title": f"{dataset.title[lang]} ({dataset.name})"})
        _data(book, dataset, lang)
        _guide(book, dataset, lang)
    return out.getvalue()


MAKERS: dict[str, Callable[[Dataset, Lang], bytes]] = {"xlsx": as_xlsx, "csv": as_csv}


def _data(book: "Workbook", dataset: Dataset, lang: Lang) -> None:
    """The sheet to fill in: frozen headers with notes, columns in their format, drop-downs where there is a list."""
    sheet = book.add_worksheet(DATA[lang])
    sheet.freeze_panes(1, 0)
    must = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
    may = book.add_format({"bottom": 1, "text_wrap": True, "valign": "top"})
    for at, field in enumerate(dataset.fields):
        shown = book.add_format({"num_format": FORMATS[field.kind]})
        head, cell = header(dataset, field, lang), example(field, lang)
        low, high = WIDTHS
        sheet.set_column(at, at, min(high, max(low, *(2 + _width(word) for word in (head, cell)))), shown)
        sheet.write_string(0, at, head, must if field.required else may)
        sheet.write_comment(0, at, note(field, lang), NOTE)
        _example(sheet, at, field, cell, book.add_format({"num_format": FORMATS[field.kind], "italic": True}))
        _drop_down(sheet, at, field, lang)


def _example(sheet: "Worksheet", at: int, field: Field, cell: str, shown: "Format") -> None:
    """The example row, each cell in its own type."""
    if not cell:
        return
    match field.kind:
        case Kind.DATE | Kind.MONTH:
            sheet.write_datetime(1, at, datetime.fromisoformat(f"{cell}-01"[:10]), shown)
        case Kind.QUANTITY | Kind.MONEY | Kind.COUNT | Kind.RATE if not field.choices:
            sheet.write_number(1, at, float(cell), shown)
        case _:
            sheet.write_string(1, at, cell, shown)


def _drop_down(sheet: "Worksheet", at: int, field: Field, lang: Lang) -> None:
    """A list to choose from; only a closed one refuses other words."""
    words = wording(field, lang)
    if not words:
        return
    rule = {"validate": "list", "source": words, "ignore_blank": True, "error_message": WRONG[lang]}
    closed = field.closed or field.kind is Kind.FLAG
    sheet.data_validation(1, at, LAST_ROW, at, rule | {"show_error": closed})


def _guide(book: "Workbook", dataset: Dataset, lang: Lang) -> None:
    """The sheet that explains: what a row is, then a line for each column."""
    sheet = book.add_worksheet(EXPLAINED[lang])
    big, bold = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, GUIDE[lang], big)
    for line, said in enumerate(written(dataset), 1):
        sheet.write_string(line, 0, said[lang])
    top = len(written(dataset)) + 2
    for at, (title, width, tell) in enumerate(COLUMNS):
        sheet.set_column(at, at, width)
        sheet.write_string(top, at, title[lang], bold)
        for line, field in enumerate(dataset.fields, top + 1):
            sheet.write_string(line, at, tell(field)[lang], wrapped)


def _width(word: str) -> int:
    """How many characters wide a word is; a Chinese one takes two."""
    return sum(1 + (ord(sign) > 0x2E7F) for sign in word)
