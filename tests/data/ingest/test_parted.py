"""Year and month in two columns make a date; a month that is one already, and what is no date, stays as it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from data.contract import Field, Kind
from data.text import Text
from tests.data.ingest.kit import LINES, TODAY, Take, in_order, reasons

MONTHLY = replace(
    LINES,
    fields=(*LINES.fields[:2], Field("month", Kind.MONTH, Text("月份", "Month"), also=("期间",)), *LINES.fields[3:5]),
    dated="month",
)
ZH = ("客户编码", "产品编码", "年份", "月份", "数量")


def days(prepared, name: str = "sold_on") -> list[date]:
    return [one[name] for one in in_order(prepared)]


@pytest.mark.parametrize(
    ("year", "months"),
    [
        ("2026", ("1", "2")),
        ("2026", ("01", "02")),
        ("2026年", ("1月", "2月份")),
        ("2026年度", ("一月", "二月")),
        ("2026.0", ("1.0", "2.0")),
        ("２０２６", ("１月", "２月")),
        ("2026", ("Jan", "February")),
    ],
)
def test_both_columns_make_a_month_as_numbers_and_as_words(year: str, months: Sequence[str], take: Take):
    prepared = take([("A1", "S1", year, month, "1") for month in months], header=ZH)

    assert not prepared.questions and days(prepared) == [date(2026, 1, 1), date(2026, 2, 1)]
    assert prepared.mapping["sold_on"] == "单据日期" and "年份" not in prepared.headers
    assert any("“年份 + 月份” were put together as “单据日期”: 2026-01, 2026-02." in note.en for note in prepared.notes)
    assert prepared.checked and prepared.checked.answers["grain"] == "month"


@pytest.mark.parametrize(
    "words", [("年", "月"), ("年度", "月"), ("年度", "月份"), ("year", "month"), ("Year", "Month")]
)
def test_the_words_for_year_and_month_are_many(words: tuple[str, str], take: Take):
    prepared = take([("A1", "S1", "2026", "3", "1")], header=(*ZH[:2], *words, "数量"))

    assert days(prepared) == [date(2026, 3, 1)]


def test_with_a_column_of_days_they_make_a_day(take: Take):
    prepared = take([("A1", "S1", "2026", "3", "15日", "1")], header=(*ZH[:4], "日", "数量"))

    assert days(prepared) == [date(2026, 3, 15)]
    assert prepared.checked and "grain" not in prepared.checked.answers


def test_a_dataset_by_month_takes_them_too(take: Take):
    rows = [("A1", "S1", "2025", "12", "1"), ("A1", "S1", "2026", "1", "2")]
    prepared = take(rows, header=ZH, dataset=MONTHLY)

    assert days(prepared, "month") == [date(2025, 12, 1), date(2026, 1, 1)] and prepared.mapping["month"] == "月份"


@pytest.mark.parametrize("cell", ["2026-03", "2026年3月", "202603", "2026-03-01"])
def test_a_month_that_holds_whole_dates_stays_as_it_is(cell: str, take: Take):
    prepared = take([("A1", "S1", "2025", cell, "1")], header=ZH, dataset=MONTHLY)

    assert days(prepared, "month") == [date(2026, 3, 1)]
    assert not any("put together" in note.en for note in prepared.notes)


def test_beside_a_column_of_dates_nothing_is_put_together(take: Take):
    prepared = take([("A1", "S1", "2025", "3", "2026-05-06", "1")], header=(*ZH[:4], "单据日期", "数量"))

    assert days(prepared) == [date(2026, 5, 6)] and "年份" in prepared.headers


@pytest.mark.parametrize("header", [(*ZH[:3], "数量"), (*ZH[:2], "月份", "数量"), (*ZH[:3], "年度", "月份", "数量")])
def test_one_of_them_alone_or_two_years_are_asked(header: tuple[str, ...], take: Take):
    cells = {"客户编码": "A1", "产品编码": "S1", "年份": "2026", "年度": "2025", "月份": "3", "数量": "1"}
    prepared = take([[cells[word] for word in header]], header=header)

    assert [q.key for q in prepared.questions] == ["map.sold_on"]


@pytest.mark.parametrize(("bad", "is_one"), [(1, True), (2, False)])
def test_four_of_five_rows_must_be_dates(bad: int, is_one: bool, take: Take):
    months = ["1", "2", "3", "4", "5"][bad:] + ["上半年"] * bad
    prepared = take([("A1", "S1", "2026", month, "1") for month in months], header=ZH)

    assert (prepared.questions == ()) is is_one
    if is_one:
        assert reasons(prepared) == [(6, "单据日期", "is not a date")]


@pytest.mark.parametrize("cells", [("2026", "13"), ("2026", ""), ("", "2"), ("26", "2")])
def test_what_makes_no_date_is_handed_back_as_it_stands(cells: tuple[str, str], take: Take):
    good = [("A1", "S1", "2026", month, "1") for month in "12345"]
    prepared = take([*good, ("A1", "S1", *cells, "1")], header=ZH)

    assert prepared.checked and (prepared.checked.rows_good, prepared.checked.rejected) == (5, 1)
    assert prepared.checked.rejects[0].value == " ".join(filter(None, cells)) and TODAY.year == 2026


def test_a_total_below_them_is_still_one(take: Take):
    rows = [("A1", "S1", "2026", "1", "1"), ("A1", "S1", "2026", "2", "2"), ("合计", "", "", "", "3")]
    prepared = take(rows, header=ZH)

    assert prepared.checked and (prepared.checked.rows_in, prepared.checked.rejected) == (2, 0)
