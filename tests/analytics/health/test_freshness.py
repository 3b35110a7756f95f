"""Freshness: the last day, the usual and the longest pause, and both sides of overdue."""

from datetime import date, timedelta
from typing import Any

import pytest

from analytics.answer import Scope
from analytics.charts.theme import Look
from analytics.health import freshness

END = date(2026, 6, 30)
JUNE = Scope(END)


def counted(*ago: int) -> list[dict]:
    return [{"account": "A", "sku": "X", "counted_on": END - timedelta(days=n), "on_hand": 1} for n in ago]


def sold(*ago: int) -> list[dict]:
    return [{"account": "A", "sku": "X", "sold_on": END - timedelta(days=n), "qty": 1, "amount": 1} for n in ago]


@pytest.mark.parametrize(("since", "late"), [(10, False), (11, True)])
def test_overdue_is_what_has_been_silent_for_longer_than_its_longest_pause(store, given, since, late):
    given("stock", *counted(since, since + 7, since + 14, since + 24))

    [row] = freshness.ask(store, JUNE)

    assert (row.last_day, row.silent_days) == (END - timedelta(days=since), since)
    assert (row.usual_days, row.longest_days, row.overdue) == (7.0, 10, late)


@pytest.mark.parametrize(("as_of", "last", "silent"), [(END, END, 0), (date(2026, 7, 31), END, 31)])
def test_a_row_of_a_month_is_as_fresh_as_the_last_day_of_it(store, given, as_of, last, silent):
    given("stock", *counted(29), answers={"grain": "month"})  # dated the first of June

    [row] = freshness.ask(store, Scope(as_of))

    assert (row.last_day, row.silent_days) == (last, silent)


def test_two_pauses_are_no_rhythm_and_are_not_judged(store, given):
    given("stock", *counted(100, 101, 102))

    [row] = freshness.ask(store, JUNE)

    assert (row.usual_days, row.longest_days, row.overdue) == (None, None, False)


def test_a_single_day_has_no_pause_at_all(store, given):
    given("stock", *counted(3))

    assert freshness.ask(store, JUNE) == [freshness.Row("stock", END - timedelta(days=3), 3, None, None)]


def test_only_the_last_year_makes_the_rhythm_and_several_rows_of_a_day_are_one(store, given):
    given("stock", *counted(0, 0, 1, 2, 3, 300, 364), *counted(366, 700))

    [row] = freshness.ask(store, JUNE)

    assert (row.usual_days, row.longest_days) == (1.0, 297)


def test_days_after_the_day_looked_at_do_not_count(store, given):
    given("stock", *counted(-1, 5, 6, 7, 8))

    [row] = freshness.ask(store, JUNE)

    assert (row.silent_days, row.longest_days) == (5, 1)


def test_the_overdue_come_first_and_are_said_else_that_all_is_well(store, given):
    given("sell_out", *sold(0, 1, 2, 3, 4))
    given("stock", *counted(40, 47, 54, 61))

    rows = freshness.ask(store, JUNE)
    [late] = freshness.say(rows, JUNE)

    assert [r.dataset for r in rows] == ["stock", "sell_out"]
    assert late.text.en == "Stock ends on 2026-05-21: 40 days, when the longest pause in a year was 7"
    assert freshness.say(rows[1:], JUNE)[0].text.en == "All 1 datasets are within their usual pauses"


def test_the_bars_are_days_since_the_last_row(store, given):
    given("sell_out", *sold(0, 1))
    given("stock", *counted(40))

    figure: Any = freshness.draw(freshness.ask(store, JUNE), Look("en"))
    [bars] = figure.data

    assert sorted(bars.x) == [0, 40]
