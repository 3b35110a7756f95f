"""Dates and months: one cell's text to one day, in the light of its column."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.contract import Kind
from data.ingest import dates
from data.ingest.cells import Ambiguous, Hints, Problem
from tests.data.ingest.kit import LINES

NO_HINTS = Hints()


def day(cell: str, column: list[str] | None = None, kind: Kind = Kind.DATE, hints: Hints = NO_HINTS) -> object:
    """One date cell of a column: ISO text, the key of a problem, or the orders to be asked."""
    parse = dates.parser(replace(LINES.field("sold_on"), kind=kind), column or [cell], hints)
    if isinstance(parse, Ambiguous):
        return parse.choices
    found = parse(cell)
    return found.key if isinstance(found, Problem) else found


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2026-1-5", "2026-01-05"),
        ("2026/1/5", "2026-01-05"),
        ("2026.1.5", "2026-01-05"),
        ("20260105", "2026-01-05"),
        ("2026年1月5日", "2026-01-05"),
        ("２０２６年１月５日", "2026-01-05"),
        ("2026-01-05 10:30", "2026-01-05"),
        ("2026-01-05T10:30:00", "2026-01-05"),
        ("2026/1/5 上午", "date"),
        ("2026-01-05 23:30:00Z", "2026-01-06"),
        ("2026-01-05T10:00:00+08:00", "2026-01-05"),
        ("2026-01-05T23:00:00-0500", "2026-01-06"),
        ("2026年1月", "2026-01-01"),
        ("2026-06", "2026-06-01"),
        ("46027", "2026-01-05"),
        (" ", None),
        ("2026-02-30", "impossible"),
        ("2026-13-01", "impossible"),
        ("0000-00-00", "range"),
        ("1900-01-00", "range"),
        ("1989-12-31", "range"),
        ("1990-01-01", "1990-01-01"),
        ("2099-12-31", "2099-12-31"),
        ("2100-01-01", "range"),
        ("2026-01/05", "date"),
        ("yesterday", "date"),
        ("01.02.0003", "range"),
    ],
)
def test_a_date_is_read_from_what_people_and_systems_write(cell: str, value: str | None):
    assert day(cell, [cell, "25.12.2025"] if cell == "01.02.0003" else None) == value


@pytest.mark.parametrize(
    ("cell", "column", "value"),
    [
        ("03/04/2026", ["03/04/2026", "13/04/2026"], "2026-04-03"),
        ("03/04/2026", ["03/04/2026", "04/13/2026"], "2026-03-04"),
        ("03/04/2026", ["03/04/2026", "13/04/2026", "04/13/2026"], "order"),
        ("13/04/2026", ["13/04/2026", "04/13/2026"], "order"),
        ("03/04/2026", ["03/04/2026", "12/12/2026"], ("dmy", "mdy")),
        ("03.04.2026 10:00", ["03.04.2026 10:00", "13.04.2026"], "2026-04-03"),
        ("26-01-05", ["26-01-05"], ("ymd", "dmy", "mdy")),
        ("31/12/26", ["31/12/26"], ("ymd", "dmy", "mdy")),
        ("2026-01-05", ["2026-01-05", "13/04/2026", "04/13/2026"], "2026-01-05"),
    ],
)
def test_the_order_of_day_and_month_is_decided_by_the_column_or_asked(cell: str, column: list[str], value: object):
    assert day(cell, column) == value


@pytest.mark.parametrize(
    ("cell", "answer", "value"),
    [
        ("03/04/2026", "dmy", "2026-04-03"),
        ("03/04/2026", "mdy", "2026-03-04"),
        ("13/04/2026", "mdy", "impossible"),
        ("26-01-05", "ymd", "2026-01-05"),
        ("26-01-05", "dmy", "2005-01-26"),
        ("03/04/2026", "ymd", "order"),
    ],
)
def test_an_answer_decides_the_order(cell: str, answer: str, value: str):
    assert day(cell, hints=Hints(answer=answer)) == value


JANUARY = Hints(alone=False, span=(date(2026, 1, 5), date(2026, 1, 20), 2))


@pytest.mark.parametrize(
    ("cell", "column", "value"),
    [
        ("46027", ["46027", "46028", ""], "2026-01-05"),
        ("46027", ["46027", "2026.01.06"], "2026-01-05"),
        ("46027", ["46027", "2026年1月"], "2026-01-05"),
        ("46027", ["46027", "46028", "2026.01.06"], "date"),
        ("46027", ["46027", "13/01/2026"], "date"),
        ("46027", ["46027", "26-01-05", "2026.01.06"], ("ymd", "dmy", "mdy")),
        ("46027", ["46027", "46028", "46029", "46030", "合计"], "2026-01-05"),
        ("46027", ["46027", "46028", "46029", "合计"], "date"),
        ("合计", ["46027", "46028", "46029", "46030", "合计"], "date"),
    ],
)
def test_a_serial_number_is_a_date_beside_as_many_others_or_nothing_else(cell: str, column: list[str], value: str):
    assert day(cell, column) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [("45995", "date"), ("45996", "2025-12-05"), ("46073", "2026-02-20"), ("46074", "date")],
)
def test_a_serial_number_counts_within_a_month_of_the_days_beside_it(cell: str, value: str):
    assert day(cell, hints=JANUARY) == value


def test_without_a_day_beside_them_numbers_are_none_in_a_column_of_days():
    assert day("46027", ["46027"], hints=Hints(alone=False)) == "date"
    assert day("46027", ["46027", "46028"], hints=JANUARY) == "2026-01-05"
    assert day("46027", ["46027", "46028", "46029"], hints=JANUARY) == "date"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2026年1月", "2026-01-01"),
        ("2026-06", "2026-06-01"),
        ("202606", "2026-06-01"),
        ("2026/6", "2026-06-01"),
        ("2026.06", "2026-06-01"),
        ("2026-06-15", "2026-06-01"),
        ("2026.1", "month"),
        ("2026-13", "impossible"),
        ("六月", "month"),
    ],
)
def test_a_month_is_its_first_day(cell: str, value: str):
    assert day(cell, kind=Kind.MONTH) == value


@given(
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"]),
)
def test_every_year_first_date_reads_back(when: date, form: str):
    assert day(when.strftime(form)) == when.isoformat()


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_serial_date_from_1954_reads_back(when: date):
    serial = str((when - dates.SERIAL_ZERO) // timedelta(days=1))
    assert day(serial) == when.isoformat()
