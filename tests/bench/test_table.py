"""The bench's arithmetic: bars, ratios, equal figures, sizes."""

import argparse
from datetime import date
from decimal import Decimal

import pytest

from bench.__main__ import rows_of
from bench.figures import differences
from bench.generate import LAST_DAY, lines, month_rows, periods
from bench.table import Line, at_least, at_most, printed


def test_a_bar_is_reached_at_its_limit_and_missed_beyond_it():
    assert Line("a", 75.0, 100.0, bars=(at_most(0.75),)).reached is True
    assert Line("a", 75.1, 100.0, bars=(at_most(0.75),)).reached is False
    assert Line("a", 500.0, 100.0, bars=(at_least(5),)).reached is True
    assert Line("a", 499.0, 100.0, bars=(at_least(5),)).reached is False
    assert Line("a", 28.0, 3.0, bars=(at_most(25, "difference"),)).reached is True
    assert Line("a", 28.1, 3.0, bars=(at_most(25, "difference"),)).reached is False


def test_one_of_several_bars_is_enough_and_none_without_the_other_side():
    assert Line("a", 120.0, 100.0, bars=(at_most(120, "ours"), at_most(0.75))).reached is True
    assert Line("a", 121.0, 100.0, bars=(at_most(120, "ours"), at_most(0.75))).reached is False
    assert Line("a", 1.0, bars=(at_most(0.75),)).reached is None
    assert "not measured" in printed([Line("a", None, note="not measured: no")])


def test_figures_are_equal_to_the_cent_whatever_their_order_and_type():
    ours = [("A", date(2026, 5, 1), Decimal("10.01")), ("B", date(2026, 5, 1), None)]
    assert differences(ours, [("B", date(2026, 5, 1), float("nan")), ("A", date(2026, 5, 1), 10.01)]) == []
    assert differences(ours, [("A", date(2026, 5, 1), 10.02), ("B", date(2026, 5, 1), None)])
    assert differences(ours, ours[:1])


def test_months_add_up_to_the_rows_and_end_with_the_open_one():
    assert sum(month_rows(1_000_003)) == 1_000_003
    assert len(periods()) == 36 and periods()[-1].days == LAST_DAY.day


def test_the_same_seed_gives_the_same_lines_within_the_month():
    first, second = (next(lines(1_000, 35)) for _ in range(2))
    assert first.equals(second)
    days = first["sold_on"].to_pylist()
    assert days == sorted(days) and date(2026, 6, 1) <= days[0] and days[-1] <= LAST_DAY


def test_rows_are_read_as_people_write_them():
    assert [rows_of(text) for text in ("10M", "300k", "7")] == [10_000_000, 300_000, 7]
    with pytest.raises(argparse.ArgumentTypeError):
        rows_of("many")
