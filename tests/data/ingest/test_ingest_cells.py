"""One cell's text to one value."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from conftest import LINES
from data.contract import Kind
from data.ingest import cells, dates, numbers
from data.ingest.cells import Ambiguous, Hints, Problem
from data.ingest.numbers import DECIMAL, THOUSANDS, evidence, number
from hypothesis import given
from hypothesis import strategies as st

NO_HINTS = Hints()


def money(cell: str, mark: str = THOUSANDS, scale: int = 1) -> object:
    """A money cell: its decimal text, or the key of the problem."""
    found = number(cell, Kind.MONEY, mark, scale)
    return found.key if isinstance(found, Problem) else found


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234.50", "1234.5000"),
        ("１，２３４．５", "1234.5000"),
        (" 1\u00a0234.5 ", "1234.5000"),
        ("1\u2009234\u2009567", "1234567.0000"),
        ("\u2212 5", "-5.0000"),
        ("(1,234)", "-1234.0000"),
        ("（1,234）", "-1234.0000"),
        ("5-", "-5.0000"),
        ("+5", "5.0000"),
        ("¥1,234.5", "1234.5000"),
        ("￥-5", "-5.0000"),
        ("-￥5", "-5.0000"),
        ("$5", "5.0000"),
        ("5€", "5.0000"),
        ("12.5元", "12.5000"),
        ("RMB 5", "5.0000"),
        ("5 cny", "5.0000"),
        ("1.2万", "12000.0000"),
        ("1.2 万元", "12000.0000"),
        ("-3亿", "-300000000.0000"),
        ("5.", "5.0000"),
        (".5", "0.5000"),
        ('="12"', "12.0000"),
        ("", None),
        ("\u200b ", None),
        ("0.00005", "0.0001"),
        ("-0.00005", "-0.0001"),
        ("0.00004999", "0.0000"),
        ("1.5E-3", "0.0015"),
        ("1.25E+2", "125.0000"),
        ("9999999999999", "9999999999999.0000"),
    ],
)
def test_money_is_read_from_what_people_write(cell: str, value: str | None):
    assert money(cell) == value


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("inf", "number"),
        ("nan", "number"),
        ("-Infinity", "number"),
        ("abc", "number"),
        ("12元5", "number"),
        ("--5", "number"),
        ("(-5)", "number"),
        ("1_000", "number"),
        ("0x10", "number"),
        ("1 2", "number"),
        ("5万万", "number"),
        ("12台", "number"),
        ("12%", "percent"),
        ("6.90E+12", "inexact"),
        ("5E+3", "inexact"),
        ("10000000000000", "huge"),
        ("12,5", "comma"),
        ("1,23,456", "number"),
    ],
)
def test_what_is_no_amount_is_never_made_one(cell: str, problem: str):
    assert money(cell) == problem


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12,5", "12.5000"),
        ("1.234,50", "1234.5000"),
        ("1,234", "1.2340"),
        ("1.234", "1234.0000"),
        ("1.234.567", "1234567.0000"),
        ("-5", "-5.0000"),
        ("1.5", "comma"),
        ("1,234.50", "comma"),
    ],
)
def test_with_a_decimal_comma_the_point_groups(cell: str, value: str):
    assert money(cell, DECIMAL) == value


def test_the_unit_of_the_header_multiplies_once():
    assert money("1.23456789", scale=10_000) == "12345.6789"
    assert money("1.2万", scale=10_000) == "unit"


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (Kind.RATE, "12%", "0.120000000000"),
        (Kind.RATE, "0.5", "0.500000000000"),
        (Kind.COUNT, "1,200", "1200"),
        (Kind.COUNT, "12.0", "12"),
        (Kind.COUNT, "12.5", "whole"),
        (Kind.QUANTITY, "1.2345", "1.235"),
        (Kind.QUANTITY, "5%", "percent"),
    ],
)
def test_each_kind_of_number_has_its_own_rules(kind: Kind, cell: str, value: str):
    found = number(cell, kind, THOUSANDS)
    assert (found.key if isinstance(found, Problem) else found) == value


@pytest.mark.parametrize(
    ("column", "points", "mark"),
    [
        (["1,234.50"], False, THOUSANDS),
        (["1,234,567", "1,234"], False, THOUSANDS),
        (["1,234", "5.50"], False, THOUSANDS),
        (["1,234"], True, THOUSANDS),
        (["12,5", "1,234"], False, DECIMAL),
        (["1234,567"], False, DECIMAL),
        (["0,125"], False, DECIMAL),
        (["1.234,5", "1.234"], False, DECIMAL),
        (["1,234", "5,678"], False, None),
        (["¥1,234 ", "(5,678)"], False, None),
        (["1,234", "1.234"], False, None),
        (["1,234.50", "12,5"], False, None),
        (["12,5"], True, None),
        (["¥5", "n/a"], False, THOUSANDS),
    ],
)
def test_the_comma_is_decided_by_the_column_or_asked(column: list[str], points: bool, mark: str | None):
    assert evidence(column, points) == mark
    asked = numbers.comma(LINES.field("amount"), column, Hints(points=points))
    assert asked == mark if mark else isinstance(asked, Ambiguous) and asked.key == "comma:amount" and "," in asked.example


def test_an_answer_decides_the_comma_and_a_wrong_one_is_our_own_fault():
    field = LINES.field("amount")
    assert numbers.comma(field, ["1,234"], Hints(answer=DECIMAL)) == DECIMAL
    with pytest.raises(ValueError, match="comma:amount"):
        numbers.comma(field, ["1,234"], Hints(answer="maybe"))


AMOUNTS = st.decimals(-(10**10), 10**10, places=4)
WRITTEN = {
    "plain": lambda d: f"{d:f}",
    "thousands": lambda d: f"{d:,f}",
    "brackets": lambda d: f"({-d:,f})" if d < 0 else f"{d:,f}",
    "currency": lambda d: f"￥{d:,f}",
    "trailing": lambda d: f"{-d:f}-" if d < 0 else f"{d:f}元",
    "full width": lambda d: f"{d:f}".translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.-"}),
    "spaces": lambda d: f"{d:,f}".replace(",", "\u202f"),
}


@given(AMOUNTS, st.sampled_from(sorted(WRITTEN)))
def test_every_way_of_writing_an_amount_reads_back_to_the_cent(amount: Decimal, way: str):
    assert Decimal(str(money(WRITTEN[way](amount)))) == amount


@given(AMOUNTS)
def test_a_european_amount_reads_back_to_the_cent(amount: Decimal):
    european = f"{amount:,f}".translate(str.maketrans(",.", ".,"))
    assert Decimal(str(money(european, DECIMAL))) == amount


@given(st.decimals(-(10**9), 10**9, places=9))
def test_money_is_rounded_half_up_to_four_decimals(amount: Decimal):
    assert Decimal(str(money(f"{amount:f}"))) == amount.quantize(Decimal("0.0001"), ROUND_HALF_UP)


def day(cell: str, column: list[str] | None = None, kind: Kind = Kind.DATE, hints: Hints = NO_HINTS) -> object:
    """One date cell of a column: ISO text, the key of a problem, or the orders to be asked."""
    field = next(f for f in LINES.fields if f.kind is Kind.DATE)
    field = type(field)(field.name, kind, field.label)
    parse = dates.parser(field, column or [cell], hints)
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


def test_a_serial_number_is_a_date_only_when_the_whole_column_is():
    assert day("46027", ["46027", "46028", ""]) == "2026-01-05"
    assert day("46027", ["46027", "2026-01-06"]) == "date"
    assert day("46027", ["46027"], hints=Hints(alone=False)) == "date"


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


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"]))
def test_every_year_first_date_reads_back(when: date, form: str):
    assert day(when.strftime(form)) == when.isoformat()


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_serial_date_from_1954_reads_back(when: date):
    serial = str((when - dates.SERIAL_ZERO) // timedelta(days=1))
    assert day(serial) == when.isoformat()


@pytest.mark.parametrize("yes", ["是", "Y", "yes", "1", "TRUE", " y "])
@pytest.mark.parametrize("no", ["否", "N", "no", "0", "False"])
def test_flags_are_read_and_anything_else_is_not(yes: str, no: str):
    assert (cells.flag(yes), cells.flag(no), cells.flag(""), cells.flag("maybe")) == ("true", "false", None, Problem("flag"))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("00123", "00123"),
        (" 苏宁\u3000", "苏宁"),
        ("苏\u200b宁\u202e", "苏宁"),
        ("\ufeffA1\t", "A1"),
        ("NA", "NA"),
        ("NULL", "NULL"),
        ("None", "None"),
        ("无", "无"),
        ("=1+1", "=1+1"),
        ('="00123"', "00123"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("𠮷", "𠮷"),
        ("12E34", "12E34"),
        ("5E10", "5E10"),
        ("12345678901234567890", "12345678901234567890"),
        ("   ", None),
    ],
)
def test_a_code_is_kept_as_it_is_but_for_what_cannot_be_seen(cell: str, value: str | None):
    assert cells.code(cell) == value


def test_a_code_that_lost_its_digits_is_handed_back_and_a_name_like_it_is_not():
    assert cells.code("6.90E+12") == Problem("science")
    assert cells.text("6.90E+12") == "6.90E+12"
    assert "digits" in Problem("science").reason.en
