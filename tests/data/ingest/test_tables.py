"""Several tables one below the other: asked once, and only the one that was meant is read."""

import pytest
import xlsxwriter

from data.contract import plain
from data.ingest.tables import blocks
from tests.data.ingest.kit import HEADER, Take, as_csv, loaded, reasons, row

KNOWN = frozenset(map(plain, HEADER))
BLANK = ("", "", "", "", "")
OTHER = ("产品编码", "单据日期", "客户编码", "数量", "金额")


def lines(*rows: tuple[str, ...]) -> list:
    """Rows by line."""
    return list(enumerate(rows, start=1))


def test_a_second_header_after_a_blank_row_begins_another_table():
    found = blocks(lines(HEADER, row(), BLANK, OTHER, row(), row()), KNOWN)

    assert [(b.first, b.last, b.headers) for b in found] == [(1, 3, HEADER), (4, 0, OTHER)]


@pytest.mark.parametrize(
    "rest",
    [
        (row(), row()),
        (HEADER, row()),
        (("制表人：张三", "", "", "", ""),),
        (("合计", "", "", "2", "20"),),
        (("退货", "件", "", "", ""), ("A1", "3", "", "", ""), ("A2", "4", "", "", "")),
    ],
    ids=["more rows", "the header again", "a footer", "a total", "words that are not known"],
)
def test_other_rows_after_a_blank_one_belong_to_the_table(rest):
    assert len(blocks(lines(HEADER, row(), BLANK, *rest), KNOWN)) == 1


def test_titles_above_a_blank_row_are_no_table():
    titles = (("部门", "华东", "", "", ""), ("日期", "2026-01-31", "", "", ""))

    assert [b.first for b in blocks(lines(*titles, BLANK, HEADER, row()), KNOWN)] == [4]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_which_table_is_meant_is_asked_and_only_that_one_is_read(form: str, take: Take, tmp_path):
    rows = [HEADER, row("A1"), row("A2"), BLANK, OTHER, ("S9", "2026-02-01", "A9", "5", "50")]
    content = as_csv(rows).encode() if form == "csv" else _sheet(tmp_path / "two.xlsx", rows)

    asked = take(content)

    assert [(q.key, [o.value for o in q.options]) for q in asked.questions] == [("table", ["1", "5"])]
    first = take(content, answers={"table": "1"})
    assert [one["account"] for one in loaded(first)] == ["A1", "A2"] and reasons(first) == []
    [last] = loaded(take(content, answers={"table": "5"}))
    assert (last["account"], last["sku"], last["_line"]) == ("A9", "S9", 6)
    assert take(content, answers={"table": "2"}).refused


def _sheet(file, rows) -> bytes:
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for n, cells in enumerate(rows):
            sheet.write_row(n, 0, [cell or None for cell in cells])
    return file.read_bytes()
