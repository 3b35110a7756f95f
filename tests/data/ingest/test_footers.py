"""Lines below the data that are no rows: left out and named; whatever may be a row is kept or handed back."""

import io
from collections.abc import Sequence

import pytest
import xlsxwriter

from data.ingest.faults import causes, faults, short
from data.ingest.footers import is_footer
from data.ingest.upload import rejected_file
from tests.data.ingest.kit import HEADER, Take, as_csv, in_order, reasons, row

FEET = [
    ("制表人：张三 审核：李四 日期：2026-01-05",),
    ("制表人：张三", "审核：李四"),
    ("制表人：", "张三"),
    ("打印时间：2026-01-05 12:30:00",),
    ("打印时间", "2026-01-05 12:30:00"),
    ("打印日期 2026-01-05",),
    ("Printed by Li Si on 2026-01-05",),
    ("Printed by: Li Si",),
    ("Page 1 of 3",),
    ("第 1 页 共 3 页",),
    ("第1页，共3页",),
    ("备注：以上数据不含退货",),
    ("数据来源：金蝶",),
    ("甲方：张三 乙方：李四",),
]
ROWS = [
    ("审核：苏宁", "S1", "2026-13-01"),
    ("苏宁：新街口店",),
    ("备注",),
    ("注册用户",),
    ("打印机专卖",),
    ("Page One Books",),
    ("Source Ltd",),
    ("Notebook: A4",),
    ("合计数量：120 合计金额：3400",),
    ("合计：120",),
    ("Total amount: 120",),
    ("制表人：张三", "审核：李四", "日期：", "2026-01-05"),
    ("12:30",),
    ("共 120 条记录",),
]


def wide(cells: Sequence[str], width: int = len(HEADER)) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


@pytest.mark.parametrize("cells", FEET, ids=" ".join)
def test_a_label_with_what_it_says_is_a_footer(cells: tuple[str, ...]):
    assert is_footer(wide(cells), len(HEADER))


@pytest.mark.parametrize("cells", ROWS, ids=" ".join)
def test_what_may_be_a_row_or_a_sum_is_none(cells: tuple[str, ...]):
    assert not is_footer(wide(cells), len(HEADER))


@pytest.mark.parametrize(("filled", "is_one"), [(2, True), (3, False)])
def test_half_of_the_columns_may_be_filled_and_no_more(filled: int, is_one: bool):
    assert is_footer(wide([f"制表人：{n}" for n in range(filled)], 4), 4) is is_one


def test_it_is_left_out_named_and_holds_nothing_back(take: Take):
    prepared = take([row(), row("A2"), wide(FEET[0]), wide(FEET[8])])

    assert prepared.checked and (prepared.checked.rows_in, prepared.checked.rows_good) == (2, 2)
    assert prepared.checked.rejected == 0 and reasons(prepared) == []
    assert any("2 lines at the end" in n.en and "制表人:张三" in n.en and "Page 1 of 3" in n.en for n in prepared.notes)
    assert rejected_file(prepared).count(b"\n") == 1, "the header alone"


def test_a_line_of_fewer_cells_is_no_torn_row(take: Take):
    prepared = take(as_csv([HEADER, row(), row("A2"), ("制表人：张三", "审核：李四"), ("第 1 页 共 1 页",)]))

    assert prepared.checked and (prepared.checked.rows_in, prepared.checked.rejected) == (2, 0)
    assert causes(prepared.checked) == [] and short(prepared.checked) == 0


def test_beside_rows_that_are_handed_back_it_is_no_cause(take: Take):
    content = [HEADER, row(), row(day="2026-02-30"), ("A3", "S1"), ("制表人：张三",), wide(["打印时间：2026-01-05"])]
    prepared = take(as_csv(content))

    assert prepared.checked and (prepared.checked.rows_in, prepared.checked.rejected) == (3, 2)
    assert {line for line, *_ in reasons(prepared)} == {3, 4}
    assert [(one.key, one.rows) for one in causes(prepared.checked)] == [("ragged", 1), ("impossible", 1)]
    assert [one.rows for one in faults(prepared.checked)] == [1] and short(prepared.checked) == 1


def test_below_a_total_both_are_left_out(take: Take):
    prepared = take([row(), row("A2"), wide(["合计", "", "", "2", "20"]), wide(FEET[0])])

    assert prepared.checked and (prepared.checked.rows_in, prepared.checked.rejected) == (2, 0)


def test_above_another_row_it_is_handed_back(take: Take):
    for below in (row("A2"), row("A2", day="2026-02-30")):
        prepared = take([row(), wide(FEET[0]), below])
        assert 3 in {line for line, *_ in reasons(prepared)}


@pytest.mark.parametrize("bad", [{"qty": "5"}, {"amount": "12.50"}])
def test_with_a_figure_it_is_handed_back(bad: dict[str, str], take: Take):
    prepared = take([row(), row("制表人：张三", "", "", **{"qty": "", "amount": "", **bad})])

    assert {line for line, *_ in reasons(prepared)} == {3}


def test_a_good_row_is_kept_whatever_it_says(take: Take):
    prepared = take([row(), row("制表人：张三", "打印时间：无")])

    assert [one["account"] for one in in_order(prepared)] == ["A1", "制表人：张三"]


def test_in_a_workbook_too(take: Take):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate([HEADER, ("A1", "S1", "2026-01-05", 1, 10), ("A2", "S1", "2026-01-06", 2, 20)]):
            sheet.write_row(at, 0, cells)
        sheet.write_row(4, 0, ["制表人：张三", None, "打印时间：2026-01-05"])
    prepared = take(out.getvalue(), name="in.xlsx")

    assert prepared.checked and (prepared.checked.rows_in, prepared.checked.rejected) == (2, 0)
