"""Bad inputs 29 to 36: pivots, several tables, nothing, too much, and files under a wrong name."""

from pathlib import Path

import pytest
import xlsxwriter

from tests.data.ingest.bad.kit import HEADER, NOTHING, asked, handed_back, noted, options, reason, table, values
from tests.data.ingest.kit import Take, Write, row

MONTHS = ("客户编码", "产品编码", "2026年1月", "2026年2月", "2026年3月")
WIDE = [("A1", "S1", "1", "2", "3"), ("A2", "S1", "4", "", "6")]
OTHER = ("产品编码", "客户编码", "单据日期", "数量", "区域")
SECOND = [("S1", "A8", "2026-02-05", "7", "华东"), ("S1", "A9", "2026-02-05", "8", "华北")]


def book(file: Path, *rows: tuple) -> bytes:
    """A workbook of these rows; an empty one stays blank."""
    with xlsxwriter.Workbook(file) as opened:
        sheet = opened.add_worksheet()
        for at, cells in enumerate(rows):
            sheet.write_row(at, 0, cells)
    return file.read_bytes()


def test_29_months_across_are_asked_about_and_become_rows(take: Take):
    """29 pivot: A, then unpivoted."""
    prepared = take(WIDE, header=MONTHS)
    [question] = [one for one in prepared.questions if one.key == "months"]
    assert {"qty", "amount", "no"} <= {option.value for option in question.options}
    told = take(WIDE, header=MONTHS, answers={"months": "qty"})
    found = zip(*(values(told, name) for name in ("account", "sold_on", "qty")), strict=True)
    rows = [(account, day.isoformat(), int(qty)) for account, day, qty in found]
    assert sorted(rows) == [
        ("A1", "2026-01-01", 1),
        ("A1", "2026-02-01", 2),
        ("A1", "2026-03-01", 3),
        ("A2", "2026-01-01", 4),
        ("A2", "2026-03-01", 6),
    ]


def test_29_months_without_a_year_ask_for_it(take: Take):
    """29 pivot whose months have no year: A twice."""
    header = ("客户编码", "产品编码", "1月", "2月", "3月")
    assert {"months", "months_year"} <= set(asked(take(WIDE, header=header)))
    told = take(WIDE, header=header, answers={"months": "qty", "months_year": "2025"})
    assert sorted({day.isoformat() for day in values(told, "sold_on")}) == ["2025-01-01", "2025-02-01", "2025-03-01"]
    assert sum(values(told, "qty")) == 16


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_30_several_tables_in_a_file_are_asked_about(form: str, take: Take, tmp_path: Path):
    """30 two tables in a sheet: A, by the line at which each begins."""
    rows = [HEADER, row(), row("A2"), (), OTHER, *SECOND]
    text = table(row(), row("A2")) + "\n" + table(*SECOND, header=OTHER)
    content = text.encode() if form == "csv" else book(tmp_path / "two.xlsx", *rows)
    prepared = take(content, name=f"in.{form}")
    assert asked(prepared) == ["table"] and options(prepared) == ["1", "5"]
    assert values(take(content, name=f"in.{form}", answers={"table": "1"}), "account") == ["A1", "A2"]
    assert values(take(content, name=f"in.{form}", answers={"table": "5"}), "account") == ["A8", "A9"]


def test_30_a_table_that_goes_on_below_its_header_again_is_one_table(take: Take):
    """30 the same header on every page: one table, nothing of it lost."""
    prepared = take(table(row(), row("A2")) + "\n" + table(row("A3"), row("A4")))
    if asked(prepared) == ["table"]:
        return
    assert values(prepared, "account") == ["A1", "A2", "A3", "A4"] and handed_back(prepared) in ([], [(5, "header")])


def test_30_another_table_that_is_none_of_ours_is_asked_about_or_handed_back(take: Take):
    """30 a second table of strange columns below the first: A, or Q line by line."""
    prepared = take(table(row(), row("A2")) + "\n区域,负责人\n华东,李敏\n华北,王磊\n")
    if asked(prepared) != ["table"]:
        assert values(prepared, "account") == ["A1", "A2"]
        assert [line for line, _ in handed_back(prepared)] == [5, 6, 7]


def test_31_an_empty_file_is_refused(take: Take):
    """31 empty file: R."""
    assert "empty" in reason(take(b""))


def test_32_a_header_alone_is_refused(take: Take):
    """32 header only: R."""
    assert "no rows" in reason(take(",".join(HEADER) + "\n"))


def test_33_newlines_alone_are_refused(take: Take):
    """33 only newlines: R."""
    assert "no data" in reason(take("\n\r\n\n"))


@pytest.mark.parametrize("columns", [501, 400_000, 1_000_000])
def test_34_a_header_of_too_many_columns_is_refused(columns: int, take: Take):
    """34 a million columns: R, before anything is made of them."""
    assert "columns" in (why := reason(take("a," * (columns - 1) + "a\n1\n"))) or "longer than" in why


def test_35_a_line_without_end_is_refused(take: Take):
    """35 a line of a gigabyte: R; what counts is the limit."""
    assert "Line 3 is longer than" in reason(take(table(row()) + "x" * 3_000_000))


def test_36_a_csv_named_xlsx_and_a_workbook_named_csv_are_read_for_what_they_are(take: Take, tmp_path: Path):
    """36 wrong extension: N."""
    assert values(take(table(row()), name="in.xlsx"), "account") == ["A1"]
    assert values(take(book(tmp_path / "b.xlsx", HEADER, row()), name="in.csv"), "account") == ["A1"]


def test_36_a_web_page_named_xls_is_refused_or_read(take: Take, write: Write):
    """36 HTML named xls: N or R."""
    cells = "".join(f"<td>{cell}</td>" for cell in row())
    head = "".join(f"<th>{word}</th>" for word in HEADER)
    prepared = take(f"<html><table><tr>{head}</tr><tr>{cells}</tr></table></html>", name="in.xls")
    if prepared.refused:
        assert "xlsx" in reason(prepared)
    else:
        assert asked(prepared) == NOTHING and values(prepared, "account") == ["A1"] and handed_back(prepared) == []
        assert noted(prepared, "HTML|web page")
