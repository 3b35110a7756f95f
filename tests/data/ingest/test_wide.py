"""Tables with a column for each month become rows; what the figures are, and of which year, is asked."""

from datetime import date

import pytest

from data.ingest import rejected_file
from data.ingest.match import match
from data.ingest.wide import find
from tests.data.ingest.kit import LINES, Take, loaded, reasons

ROWS = [("A1", "S1", "1", "", "3"), ("A2", "S2", "4", "5", "6")]
ISO = ("客户编码", "产品编码", "2026-01", "2026-02", "2026-03")


def figures(prepared) -> list[tuple]:
    """(line, account, day, quantity) of the loaded rows."""
    return sorted((one["_line"], one["account"], one["sold_on"], one["qty"]) for one in loaded(prepared))


def test_every_filled_month_of_a_row_becomes_a_row_and_blanks_none(take: Take):
    asked = take(ROWS, header=ISO)
    done = take(ROWS, header=ISO, answers={"months": "qty"})

    assert [q.key for q in asked.questions] == ["months"] and not asked.has_columns and done.has_columns
    assert figures(done) == [
        (2, "A1", date(2026, 1, 1), 1),
        (2, "A1", date(2026, 3, 1), 3),
        (3, "A2", date(2026, 1, 1), 4),
        (3, "A2", date(2026, 2, 1), 5),
        (3, "A2", date(2026, 3, 1), 6),
    ]
    assert any("3 columns of months became rows: 5 of 2" in note.en for note in done.notes)


@pytest.mark.parametrize(
    "months",
    [
        ("2026-01", "2026/2", "2026.03"),
        ("2026年1月", "2026年02月份", "2026年3月"),
        ("202601", "202602", "202603"),
        ("Jan-26", "Feb 2026", "March'26"),
        ("2026-01-01", "2026-02-01 00:00:00", "2026年3月1日"),
    ],
)
def test_months_are_recognised_in_the_ways_that_people_write_them(months, take: Take):
    done = take(ROWS, header=(*ISO[:2], *months), answers={"months": "qty"})

    assert {day for _, _, day, _ in figures(done)} == {date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)}


@pytest.mark.parametrize("months", [("11月", "12月", "1月"), ("十一月", "十二月", "一月"), ("Nov", "Dec", "Jan")])
def test_months_without_a_year_are_asked_for_it_and_go_on_into_the_next(months, take: Take):
    header = (*ISO[:2], *months)

    asked = take(ROWS, header=header, answers={"months": "qty"})
    done = take(ROWS, header=header, answers={"months": "qty", "months_year": "2025"})

    assert asked.questions[0].key == "months_year"
    assert {day for _, _, day, _ in figures(done)} == {date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)}


def test_the_year_that_a_title_states_is_what_is_offered(take: Take):
    text = "2024年销售统计\n客户编码,产品编码,1月,2月,3月\nA1,S1,1,2,3\n"

    asked = take(text, answers={"months": "qty"})

    assert [o.value for o in asked.questions[0].options] == ["2024"]


def test_months_over_several_figures_each_are_read_by_their_words(take: Take):
    text = "客户编码,产品编码,2026-01,,2026-02,\n,,数量,金额,数量,金额\nA1,S1,1,10,2,20\n"

    done = take(text)

    assert [(one["sold_on"].month, one["qty"], one["amount"]) for one in loaded(done)] == [(1, 1, 10), (2, 2, 20)]


def test_figures_that_are_not_by_month_are_left_out_and_named(take: Take):
    header = ("客户编码", "产品编码", "价税合计", *ISO[2:])

    done = take([("A1", "S1", "99", "1", "", "3")], header=header, answers={"months": "qty"})

    assert [one["amount"] for one in loaded(done)] == [None, None]
    assert any("价税合计" in note.en for note in done.notes)


@pytest.mark.parametrize(("last", "good"), [("9", 5), ("8", 5)])
def test_a_row_of_totals_is_left_out_when_every_month_agrees_and_handed_back_otherwise(last, good, take: Take):
    done = take([*ROWS, ("合计", "", "5", "5", last)], header=ISO, answers={"months": "qty"})

    assert len(loaded(done)) == good
    assert bool(reasons(done)) is (last == "8")


def test_a_column_without_a_name_is_asked_about_by_its_place_in_the_file(take: Take):
    header, rows = ("1月", "2月", "3月", "客户编码", ""), [("1", "2", "3", "A1", "S1")]
    told = {"months": "qty", "months_year": "2026"}

    asked = take(rows, header=header, answers=told)

    assert [q.key for q in asked.questions] == ["column:5", "map.sku"] and "S1" in asked.questions[0].ask.en
    assert loaded(take(rows, header=header, answers={**told, "column:5": "sku"}))[0]["sku"] == "S1"


def test_the_answer_no_leaves_the_months_as_they_are(take: Take):
    keys = [q.key for q in take(ROWS, header=ISO, answers={"months": "no"}).questions]

    assert "months" not in keys and "map.sold_on" in keys


@pytest.mark.parametrize(
    ("header", "is_wide"),
    [(ISO, True), (ISO[:3], True), (("客户编码", "单据日期", *ISO[2:]), False), (("客户编码", "1", "2", "3"), False)],
    ids=["three months", "one month", "a column of dates", "numbers"],
)
def test_a_table_is_wide_with_three_months_and_no_dates(header, is_wide: bool):
    assert (find(LINES, match(LINES, header), header) is not None) is is_wide


@pytest.mark.parametrize("answers", [{"months": "x"}, {"months": "qty", "months_year": "soon"}])
def test_a_wrong_answer_is_refused_by_name(answers, take: Take):
    with pytest.raises(ValueError, match="months"):
        take(ROWS, header=("客户编码", "产品编码", "1月", "2月", "3月"), answers=answers)


def test_what_is_handed_back_of_a_wide_file_is_long_and_loads_again(take: Take):
    done = take([("A1", "S1", "1", "x", "3")], header=ISO, answers={"months": "qty"})

    mended = rejected_file(done).decode("utf-8-sig").replace(",x,", ",2,")

    assert figures(take(mended)) == [(2, "A1", date(2026, 2, 1), 2)]


@pytest.mark.parametrize(
    ("total", "told"), [("60", False), ("60.01", False), ("60.02", True), ("99", True), ("", False)]
)
def test_a_column_of_totals_beside_the_months_is_held_against_them(total: str, told: bool, take: Take):
    header = ("客户编码", "产品编码", "2026年1月", "2026年2月", "2026年3月", "合计")

    done = take(
        [("A01", "X1", "10", "20", "30", total), ("A02", "X1", "1", "2", "3", "6")], header, answers={"months": "qty"}
    )

    said = [note.en for note in done.notes if "differs from the sum" in note.en]
    assert len(said) == told and sum(int(row["qty"]) for row in loaded(done)) == 66
    assert not told or "in 1 row, such as row 2" in said[0]


# -- one or two months ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "months",
    [
        ("2026-01", "2026-02"),
        ("2026年1月", "2026年2月"),
        ("202601", "202602"),
        ("Jan 2026", "Feb 2026"),
        ("1月", "2月"),
    ],
)
def test_two_months_are_turned_as_three_are(months: tuple[str, str], take: Take):
    rows = [("A1", "S1", "1", "2"), ("A2", "S1", "", "4")]
    asked = take(rows, header=(*ISO[:2], *months))
    done = take(rows, header=(*ISO[:2], *months), answers={"months": "qty", "months_year": "2026"})

    assert asked.questions[0].key == "months" and done.questions == ()
    assert figures(done) == [
        (2, "A1", date(2026, 1, 1), 1),
        (2, "A1", date(2026, 2, 1), 2),
        (3, "A2", date(2026, 2, 1), 4),
    ]


def test_two_months_far_apart_are_turned_where_both_have_a_year(take: Take):
    done = take([("A1", "S1", "1", "2")], header=(*ISO[:2], "2025-01", "2026-01"), answers={"months": "qty"})

    assert [day for _, _, day, _ in figures(done)] == [date(2025, 1, 1), date(2026, 1, 1)]


@pytest.mark.parametrize("months", [("1月", "3月"), ("2026-01", "2月"), ("1月数量", "1月金额"), ("2026-01", "2026.01")])
def test_two_columns_that_leave_a_doubt_are_not_turned(months: tuple[str, str], take: Take):
    asked = take([("A1", "S1", "1", "2")], header=(*ISO[:2], *months))

    assert "months" not in [q.key for q in asked.questions] and asked.questions


def test_nothing_but_two_months_is_no_table_of_them():
    assert find(LINES, match(LINES, ["1月", "2月"]), ["1月", "2月"]) is None
    assert find(LINES, match(LINES, ["客户编码", "1月", "2月"]), ["客户编码", "1月", "2月"])


def test_beside_a_column_of_dates_two_months_are_no_months(take: Take):
    prepared = take([("A1", "S1", "2026-03-04", "7", "1", "2")], header=(*ISO[:2], "单据日期", "数量", "1月", "2月"))

    assert [(one["sold_on"], one["qty"]) for one in loaded(prepared)] == [(date(2026, 3, 4), 7)]


def test_a_single_month_with_its_year_is_asked_and_turned_only_then(take: Take):
    rows, header = [("A1", "S1", "5")], (*ISO[:2], "2026-01")

    asked = take(rows, header=header)
    assert [q.key for q in asked.questions] == ["months"] and "is a month" in asked.questions[0].ask.en
    assert figures(take(rows, header=header, answers={"months": "qty"})) == [(2, "A1", date(2026, 1, 1), 5)]
    assert "map.sold_on" in [q.key for q in take(rows, header=header, answers={"months": "no"}).questions]


@pytest.mark.parametrize("header", ["1月", "2026年1月销量", "2026-01-05"])
def test_any_other_single_column_is_not_taken_for_a_month(header: str, take: Take):
    asked = take([("A1", "S1", "5")], header=(*ISO[:2], header))

    assert "months" not in [q.key for q in asked.questions]


@pytest.mark.parametrize(
    ("months", "days"),
    [
        (("3月", "2月", "1月"), [(2026, 3), (2026, 2), (2026, 1)]),
        (("2月", "1月", "12月"), [(2026, 2), (2026, 1), (2025, 12)]),
        (("2月", "1月"), [(2026, 2), (2026, 1)]),
        (("12月", "1月"), [(2026, 12), (2027, 1)]),
        (("12月", "1月", "2月"), [(2026, 12), (2027, 1), (2027, 2)]),
    ],
)
def test_months_may_run_backwards(months: tuple[str, ...], days: list[tuple[int, int]], take: Take):
    header = (*ISO[:2], *months)
    done = take([("A1", "S1", *map(str, range(len(months))))], header=header, answers=OF_2026)

    by_figure = sorted(figures(done), key=lambda one: one[3])
    assert [(day.year, day.month) for _, _, day, _ in by_figure] == days


def test_two_figures_one_after_the_other_are_of_the_same_year(take: Take):
    header = (*ISO[:2], "1月数量", "2月数量", "1月金额", "2月金额")
    done = take([("A1", "S1", "1", "2", "10", "20")], header=header, answers={"months_year": "2026"})

    assert sorted((one["sold_on"], one["qty"], one["amount"]) for one in loaded(done)) == [
        (date(2026, 1, 1), 1, 10),
        (date(2026, 2, 1), 2, 20),
    ]


OF_2026 = {"months": "qty", "months_year": "2026", "future": "keep"}
