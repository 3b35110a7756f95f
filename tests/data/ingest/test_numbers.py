"""Quantities, money, counts and rates: one cell's text to one value."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.contract import Kind
from data.ingest import numbers
from data.ingest.cells import Ambiguous, Hints, Problem
from data.ingest.numbers import DECIMAL, THOUSANDS, evidence, number
from tests.data.ingest.kit import LINES


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
    assert (
        asked == mark if mark else isinstance(asked, Ambiguous) and asked.key == "comma:amount" and "," in asked.example
    )


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
