"""Bad inputs 54 to 65: days as people and systems write them."""

from dataclasses import replace
from datetime import date

import pytest

from tests.data.ingest.bad.kit import asked, handed_back, noted, options, values
from tests.data.ingest.kit import LINES, TODAY, Take, row

FIFTH = date(2026, 1, 5)
HAPPENED = replace(LINES, happened=True)


def days(take: Take, *cells: str, **answers: str) -> list[date]:
    """The days of these cells, nothing handed back."""
    prepared = take([row(day=cell) for cell in cells], answers=answers)
    assert handed_back(prepared) == []
    return values(prepared, "sold_on")


def test_54_slashes_separate_as_well(take: Take):
    """54 2026/1/5: N."""
    assert days(take, "2026/1/5", "2026/01/05", "2026-1-5", "2026.1.5") == [FIFTH] * 4


def test_55_eight_digits_are_a_day(take: Take):
    """55 20260105: N."""
    assert days(take, "20260105", "20260105") == [FIFTH] * 2


def test_56_days_in_chinese_are_read_and_noted(take: Take):
    """56 2026年1月5日: N."""
    prepared = take([row(day="2026年1月5日"), row(day="2026年01月05日")])
    assert values(prepared, "sold_on") == [FIFTH] * 2 and noted(prepared, "→ 2026-01-05")


def test_57_serial_numbers_are_days_where_the_column_is_a_date_and_noted(take: Take):
    """57 46027: N."""
    prepared = take([row(day="46027"), row(day="46028")])
    assert values(prepared, "sold_on") == [FIFTH, date(2026, 1, 6)] and noted(prepared, "→ 2026-01-05")
    assert [str(one) for one in values(take([row(qty="46027")]), "qty")] == ["46027.000"]


def test_57_serial_numbers_among_days_are_read_and_noted_or_handed_back(take: Take):
    """57 some serial numbers in a column of days: N near those days, else Q, never another day."""
    near = take([row(day="46027"), row(day="2026-01-06"), row(day="2026-01-07")])
    assert values(near, "sold_on") == [FIFTH, date(2026, 1, 6), date(2026, 1, 7)]
    assert noted(near, "1 numbers among its dates") and noted(near, "46027 → 2026-01-05")
    far = take([row(day="40000"), row(day="2026-01-06"), row(day="2026-01-07")])
    assert handed_back(far) == [(2, "date")] and not noted(far, "numbers among its dates")
    assert not noted(take([row(day="46027"), row(day="46028")]), "numbers among its dates")


def test_58_the_order_of_day_and_month_is_asked(take: Take):
    """58 03/04/2026: A."""
    prepared = take([row(day="03/04/2026"), row(day="05/06/2026")])
    assert asked(prepared) == ["dates:sold_on"] and options(prepared) == ["dmy", "mdy"]
    assert days(take, "03/04/2026", **{"dates:sold_on": "dmy"}) == [date(2026, 4, 3)]
    assert days(take, "03/04/2026", **{"dates:sold_on": "mdy"}) == [date(2026, 3, 4)]


def test_59_days_of_both_orders_in_one_column_are_handed_back(take: Take):
    """59 13/04 and 04/13 mixed: Q."""
    prepared = take([row(day="13/04/2026"), row(day="04/13/2026"), row(day="03/04/2026"), row(day="2026-04-13")])
    assert values(prepared, "sold_on") == [date(2026, 4, 13)]
    assert handed_back(prepared) == [(2, "order"), (3, "order"), (4, "order")]


def test_60_years_of_two_digits_are_asked_about(take: Take):
    """60 26-01-05: A."""
    prepared = take([row(day="26-01-05")])
    assert asked(prepared) == ["dates:sold_on"] and options(prepared) == ["ymd", "dmy", "mdy"]
    assert days(take, "26-01-05", **{"dates:sold_on": "ymd"}) == [FIFTH]


def test_61_a_day_that_does_not_exist_is_handed_back(take: Take):
    """61 2026-02-30: Q."""
    prepared = take([row(day="2026-02-30"), row(day="2026-02-29"), row()])
    assert values(prepared, "sold_on") == [FIFTH]
    assert handed_back(prepared) == [(2, "impossible"), (3, "impossible")]


def test_62_days_after_the_upload_are_asked_about(take: Take):
    """62 future dates: Q or W, by answer."""
    rows = [row(day="2026-07-01"), row(day=TODAY.isoformat())]
    prepared = take(rows, dataset=HAPPENED)
    assert asked(prepared) == ["future"] and set(options(prepared)) == {"keep", "hand_back"}
    kept, back = (take(rows, dataset=HAPPENED, answers={"future": answer}) for answer in ("keep", "hand_back"))
    assert values(kept, "sold_on") == [date(2026, 7, 1), TODAY] and noted(kept, "after 2026-06-30")
    assert values(back, "sold_on") == [TODAY] and [line for line, _ in handed_back(back)] == [2]
    assert days(take, TODAY.isoformat()) == [TODAY]


@pytest.mark.parametrize("cell", ["1900-01-00", "0000-00-00", "1900-01-01", "9999-12-31"])
def test_63_fillers_are_no_days(cell: str, take: Take):
    """63 1900-01-00, 0000-00-00: Q."""
    prepared = take([row(day=cell), row()])
    assert values(prepared, "sold_on") == [FIFTH]
    assert [(line, why in ("range", "impossible")) for line, why in handed_back(prepared)] == [(2, True)]


def test_64_times_with_a_zone_are_days_of_shanghai(take: Take):
    """64 zones: N."""
    assert days(take, "2026-01-04T20:00:00Z", "2026-01-05T00:30:00+08:00", "2026-01-04 23:00:00-05:00") == [FIFTH] * 3
    assert days(take, "2026-01-05 23:59:59", "2026-01-05T23:59") == [FIFTH] * 2


def test_65_months_are_read_as_their_first_day_and_noted(take: Take):
    """65 month only: W on the grain."""
    prepared = take([row(day="2026年1月"), row(day="2026-02")])
    assert values(prepared, "sold_on") == [date(2026, 1, 1), date(2026, 2, 1)]
    assert noted(prepared, "without a day|month")


def test_65_weeks_are_read_as_their_monday_and_noted(take: Take):
    """65 week of a year: W on the grain."""
    prepared = take([row(day="2026年第3周"), row(day="2026-W03")])
    assert values(prepared, "sold_on") == [date(2026, 1, 12)] * 2 and noted(prepared, "week")


def test_65_a_week_without_a_year_is_never_a_day(take: Take):
    """65 第3周 alone: asked or handed back."""
    prepared = take([row(day="第3周"), row()])
    assert asked(prepared) or [line for line, _ in handed_back(prepared)] == [2]


def test_a_few_days_far_from_all_others_are_asked_about(take: Take):
    """Beside 62: 2062 for 2026 is no future date only when it is 2016; a jump is asked about."""
    rows = [*(row(day=f"2026-01-{n % 28 + 1:02}") for n in range(60)), row(day="2016-01-05")]
    prepared = take(rows, dataset=HAPPENED)
    assert asked(prepared) == ["jump"] and set(options(prepared)) == {"keep", "hand_back"}
    kept, back = (take(rows, dataset=HAPPENED, answers={"jump": answer}) for answer in ("keep", "hand_back"))
    assert len(values(kept, "sold_on")) == 61
    assert len(values(back, "sold_on")) == 60 and [line for line, _ in handed_back(back)] == [62]
