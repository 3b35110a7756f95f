"""How far data reaches: a row of a month counts to its end, an open month no further than anybody knows."""

from datetime import date, timedelta

import pytest

from data import spans
from data.reach import coarse, reach
from data.shelf import shelf
from data.store import Store

FIRST, JUNE = date(2026, 6, 1), {"sold_on": "2026-06-01", "account": "A"}
MONTHS, WEEKS = {spans.GRAIN: spans.MONTH}, {spans.GRAIN: spans.WEEK}


@pytest.mark.parametrize(
    ("published", "days", "until"),
    [
        ("2026-07-03", None, "2026-06-30"),
        ("2026-06-30", None, "2026-06-30"),
        ("2026-06-30", "2026-06-18", "2026-06-30"),  # it had ended: others are late
        ("2026-06-29", None, "2026-06-29"),  # open, and nobody else says a day
        ("2026-06-29", "2026-06-18", "2026-06-18"),  # open: no further than the others
        ("2026-06-29", "2026-06-01", "2026-06-01"),
        ("2026-06-29", "2026-05-31", "2026-06-29"),  # theirs is another month
        ("2026-06-29", "2026-07-04", "2026-06-30"),  # others are past it
        ("2026-05-20", None, "2026-06-01"),  # of a month to come nothing is known but that it was said
    ],
)
def test_a_month_counts_to_its_end_and_an_open_one_to_what_is_known(published, days, until):
    day = days and date.fromisoformat(days)

    assert str(spans.known_until(FIRST, spans.MONTH, date.fromisoformat(published), day)) == until


@pytest.mark.parametrize(("published", "until"), [("2026-06-21", "2026-06-21"), ("2026-06-20", "2026-06-20")])
def test_a_week_counts_to_its_sunday(published, until):
    assert str(spans.known_until(date(2026, 6, 15), spans.WEEK, date.fromisoformat(published), None)) == until


def reached(store: Store, as_of: date = date.max) -> str:
    [(last,)] = store.execute("SELECT max(sold_on) AS last_day FROM sell_out WHERE sold_on <= $as_of", as_of=as_of)
    return str(reach(store, "sell_out", last, as_of))


@pytest.mark.parametrize(
    ("answers", "day", "until"),
    [
        ({}, "2026-06-01", "2026-06-01"),
        (MONTHS, "2026-06-01", "2026-06-30"),
        (MONTHS, "2026-06-02", "2026-06-02"),  # a day among the months of a file is a day
        (WEEKS, "2026-06-01", "2026-06-07"),
        (WEEKS, "2026-06-02", "2026-06-02"),
    ],
)
def test_rows_of_a_month_or_a_week_reach_to_its_end_and_days_do_not(store, given, answers, day, until):
    given("sell_out", {**JUNE, "sold_on": day}, answers=answers)

    assert reached(store) == until
    assert shelf(store).last_day == {"sell_out": date.fromisoformat(until)}


def test_the_newest_of_months_and_days_counts(store, given):
    given("sell_out", {**JUNE, "sold_on": "2026-05-01"}, answers=MONTHS)
    given("sell_out", {**JUNE, "account": "B", "sold_on": "2026-06-18"})
    assert reached(store) == "2026-06-18"

    given("sell_out", {**JUNE, "account": "C"}, answers=MONTHS)
    assert reached(store) == "2026-06-30"


@pytest.mark.parametrize(("as_of", "until"), [("2026-06-30", "2026-06-30"), ("2026-06-15", "2026-06-15")])
def test_it_never_reaches_beyond_the_day_looked_at(store, given, as_of, until):
    given("sell_out", JUNE, answers=MONTHS)

    assert reached(store, date.fromisoformat(as_of)) == until


def test_this_month_counts_to_today_or_to_the_days_of_others(store, given):
    today = date.today()
    batch = given("sell_out", {**JUNE, "sold_on": str(today.replace(day=1))}, answers=MONTHS)
    today = batch.committed_at.astimezone().date()
    assert reached(store) == str(today)

    given("sell_out", {**JUNE, "account": "B", "sold_on": str(today.replace(day=1))})
    open_ = today < spans.last(today)
    assert reached(store) == str(today.replace(day=1) if open_ else today)


def test_an_undone_file_reaches_nowhere(store, given):
    given("sell_out", {**JUNE, "sold_on": "2026-05-20"})
    batch = given("sell_out", JUNE, answers=MONTHS)
    assert coarse(store.lake, "sell_out") == {spans.MONTH: [batch.seq]}

    store.lake.undo(batch.id, "u")
    store.version()
    assert reached(store) == "2026-05-20" and coarse(store.lake, "sell_out") == {}


def test_both_engines_reach_equally_far(store, given, spark_address):
    given("sell_out", JUNE, {**JUNE, "sold_on": "2026-05-20"}, answers=MONTHS)
    given("sell_out", {**JUNE, "account": "B", "sold_on": "2026-06-18"})
    spark = Store(store.root, engine=spark_address)

    assert shelf(spark).last_day == shelf(store).last_day == {"sell_out": FIRST + timedelta(days=29)}
    spark.close()
