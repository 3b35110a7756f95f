"""The calendar of a year: announced days, a provisional year, one's own rows in their place."""

from datetime import date

import pytest

from data import workdays


def days(spans, kind):
    return {s.name.zh: (s.starts_on, s.ends_on) for s in spans if s.kind == kind}


def test_the_five_peaks_are_there_with_spring_festival_where_it_falls():
    peaks = days(workdays.known(2026), "peak")

    assert set(peaks) == {"春节旺季", "五一", "618", "国庆", "双十一"}
    assert peaks["春节旺季"] == (date(2026, 1, 18), date(2026, 2, 14))  # the day is 17 February
    assert days(workdays.known(2025), "peak")["春节旺季"][1] == date(2025, 1, 26)


@pytest.mark.parametrize(("year", "provisional"), [(2025, False), (2026, False), (2027, True)])
def test_a_year_without_announced_make_up_days_is_provisional(year, provisional):
    spans = workdays.known(year)

    assert workdays.is_provisional(spans) == provisional
    assert bool(days(spans, "work")) != provisional


@pytest.mark.parametrize(
    ("name", "since", "until"),
    [
        ("元旦", "2026-01-01", "2026-01-03"),  # Sunday the 4th is worked
        ("春节", "2026-02-15", "2026-02-23"),  # Saturday the 14th is worked; New Year's Eve is one of its days
        ("清明节", "2026-04-04", "2026-04-06"),
        ("劳动节", "2026-05-01", "2026-05-05"),
        ("端午节", "2026-06-19", "2026-06-21"),
        ("中秋节", "2026-09-25", "2026-09-27"),
        ("国庆节", "2026-10-01", "2026-10-07"),
        ("春节", "2025-01-28", "2025-02-04"),
        ("端午节", "2025-05-31", "2025-06-02"),  # itself a Saturday
        ("国庆节", "2025-10-01", "2025-10-08"),  # with Mid-Autumn in it
    ],
)
def test_a_holiday_is_shown_as_the_state_council_announced_it(name, since, until):
    year = int(since[:4])

    off = days(workdays.joined([s for s in workdays.known(year) if s.kind != "peak"]), "off")

    assert tuple(map(str, off[name])) == (since, until)


def test_holidays_with_a_workday_between_them_stay_two(store, given):
    off = {"name": "盘点", "day_off": True}
    given("calendar", *[off | {"starts_on": day, "ends_on": day} for day in ("2026-08-04", "2026-08-06")])

    spans = [s for s in workdays.calendar(store, 2026) if s.kind == "off"]

    assert [(s.starts_on.day, s.ends_on.day) for s in spans] == [(4, 4), (6, 6)]


@pytest.mark.parametrize(("month", "count"), [(2, 16), (10, 18), (7, 23)])
def test_working_days_leave_out_days_off_and_take_in_make_up_days(month, count):
    assert workdays.working_days(workdays.known(2026), 2026, month) == count


def test_own_peaks_replace_the_known_peaks_of_their_year_only(store, given):
    given("calendar", {"name": "店庆", "starts_on": "2026-08-01", "ends_on": "2026-08-09", "peak": True})

    assert days(workdays.calendar(store, 2026), "peak") == {"店庆": (date(2026, 8, 1), date(2026, 8, 9))}
    assert "国庆" in {s.name.zh.split("节")[0] for s in workdays.calendar(store, 2025)}
    assert all(not s.own for s in workdays.calendar(store, 2026) if s.kind != "peak")


def test_own_days_replace_the_provisional_ones(store, given):
    given(
        "calendar",
        {"name": "国庆", "starts_on": "2027-10-01", "ends_on": "2027-10-07", "day_off": True},
        {"name": "补班", "starts_on": "2027-10-09", "ends_on": "2027-10-09", "working": True},
    )

    spans = workdays.calendar(store, 2027)

    assert not workdays.is_provisional(spans)
    assert workdays.working_days(spans, 2027, 10) == 21 - 5 + 1
    assert "五一" in days(spans, "peak")
