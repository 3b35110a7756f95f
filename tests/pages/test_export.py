"""Files for spreadsheets: nothing in them runs, numbers stay numbers."""

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from data.text import Text
from pages.ui import export


@dataclass(frozen=True, slots=True)
class Row:
    name: Text | str
    day: date
    amount: Decimal
    share: float | None
    series: tuple[float, ...] = ()


ROWS = [Row(Text("锦泰", "Jintai"), date(2026, 6, 1), Decimal("-12.50"), None, (1.0, 2.0))]


def test_a_table_speaks_one_language_and_leaves_series_out():
    table = export.table("x", ROWS, "en", {"amount": Text("金额（元）", "Amount (CNY)")})

    assert table.headers == ["name", "day", "Amount (CNY)", "share"]
    assert table.rows == [["Jintai", date(2026, 6, 1), Decimal("-12.50"), None]]


@pytest.mark.parametrize(
    "cell", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1"]
)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(cell):
    assert export.guarded(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["锦泰", "A-1", "", Decimal("-12.50"), -3, None, date(2026, 6, 1)])
def test_everything_else_stays_as_it_is(cell):
    assert export.guarded(cell) == cell


def test_csv_opens_in_excel_and_keeps_negative_numbers():
    content = export.as_csv([export.table("x", [Row("=1+1", date(2026, 6, 1), Decimal("-12.50"), 0.5)], "zh", {})])

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines() == ["name,day,amount,share", "'=1+1,2026-06-01,-12.50,0.5"]


def test_several_tables_come_as_one_zip():
    tables = [export.table(name, ROWS, "zh", {}) for name in ("哪些客户在下雨？", "../../etc")]

    with zipfile.ZipFile(io.BytesIO(export.as_csv(tables))) as archive:
        assert archive.namelist() == ["01 哪些客户在下雨_.csv", "02 ______etc.csv"]


def test_a_workbook_holds_no_formula_and_no_link():
    hostile = [
        Row(text, date(2026, 6, 1), Decimal(1), 0.5)
        for text in ("=1+1", "{=1+1}", "http://a.example", "external:x.xlsx")
    ]

    with zipfile.ZipFile(io.BytesIO(export.as_xlsx([export.table("[a]:*?/\\" * 9, hostile, "zh", {})]))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()

        assert "<f>" not in sheet and "<hyperlink" not in sheet
        assert "=1+1" in book.read("xl/sharedStrings.xml").decode()


def test_a_workbook_takes_two_tables_of_the_same_name_and_an_empty_one():
    tables = [export.table("x", ROWS, "zh", {}), export.table("x", ROWS, "zh", {}), export.table("y", [], "zh", {})]

    assert export.as_xlsx(tables)[:2] == b"PK"
