"""The rule of twenty: three definitions, both sides of every line, and what stays between eighteen and twenty."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.accounts import ranking
from analytics.answer import Scope, months_back
from analytics.portfolio import keys, twenty

JUNE = Scope(date(2026, 6, 30), "sell_in", key_cny=100.0)


def sold(account: str, day: str, amount: float, sku: str = "X"):
    return {"account": account, "sku": sku, "sold_on": day, "qty": 1, "amount": amount}


def counts(*accounts: int, first: date = date(2026, 1, 1)) -> list[twenty.Row]:
    return [twenty.Row(months_back(first, -n), "sales", 100.0, k, 0, 0) for n, k in enumerate(accounts)]


@pytest.mark.parametrize(
    ("course", "since", "running"),
    [
        ([20, 20], None, 2),
        ([20, 20, 20], date(2026, 3, 1), 3),
        ([20, 19, 20, 20], None, 2),
        ([19, 20, 20, 20], date(2026, 4, 1), 3),
        ([20, 20, 20, 18], date(2026, 3, 1), 0),  # between the lines: what was stays
        ([20, 20, 20, 17], None, 0),
        ([20, 20, 20, 17, 20, 20], None, 2),
        ([20, 20, 20, 17, 19, 20, 20, 20], date(2026, 8, 1), 3),
        ([19, 19, 19, 19], None, 0),
    ],
)
def test_a_department_is_founded_by_three_months_at_twenty_and_ended_below_eighteen(course, since, running):
    stands = twenty.standing(counts(*course))

    assert (stands.since, stands.running) == (since, running)


def test_a_month_without_a_count_breaks_a_run():
    rows = [*counts(20, 20), *counts(20, first=date(2026, 4, 1))]

    assert twenty.standing(rows) == twenty.Standing(None, 1)


@pytest.mark.parametrize(
    ("course", "words"),
    [
        ([13], "7 short of twenty"),
        ([13, 20, 20], "twenty or more for 2 of three months"),
        ([20, 20, 21], "enough for a department since 2026-03"),
        ([20, 20, 20, 18], "a department since 2026-03, kept until below 18"),
    ],
)
def test_the_sentence_says_where_the_rule_stands(course, words):
    rows = counts(*course)

    assert twenty.verdict(rows[-1].accounts, twenty.standing(rows)).en == words
    assert twenty.say(rows, JUNE)[0].text.en == f"By sales: {course[-1]} key accounts, {words}"


def test_months_are_counted_from_twelve_months_of_history_on(store, given):
    given("sell_in", sold("A", "2025-07-01", 100), sold("B", "2025-08-31", 100), sold("A", "2026-07-01", 5))

    for month, months in ((date(2026, 5, 31), []), (date(2026, 6, 30), ["2026-06"])):
        rows = twenty.ask(store, Scope(month, "sell_in", key_cny=100.0))
        assert [f"{r.month:%Y-%m}" for r in twenty.under(rows, "sales")] == months


def test_an_account_is_key_by_sales_at_the_line_in_the_twelve_months_and_not_a_cent_below(store, given):
    given(
        "sell_in",
        sold("first", "2025-06-30", 100),  # the day before the twelve months
        sold("at", "2025-07-01", 60),
        sold("at", "2026-06-30", 40),
        sold("below", "2026-06-30", 99.99),
    )

    assert {r.account: r.by_sales for r in keys.ask(store, JUNE)} == {"at": True, "below": False}
    assert [r.accounts for r in twenty.under(twenty.ask(store, JUNE), "sales")] == [1, 1]


def test_by_share_the_account_that_crosses_the_line_is_the_last_one_in(store, given):
    given(
        "sell_in",
        sold("old", "2025-06-30", 9),
        *[sold(a, "2026-06-10", m) for a, m in zip("ABCD", (60, 20, 12, 8), strict=True)],
    )

    for share, inside in ((0.5, "A"), (0.6, "A"), (0.7, "AB"), (0.9, "ABC"), (0.95, "ABCD")):
        scope = Scope(date(2026, 6, 30), "sell_in", key_share=share)
        assert "".join(r.account for r in keys.ask(store, scope) if r.by_share) == inside
        assert twenty.under(twenty.ask(store, scope), "share")[-1].accounts == len(inside)


def test_without_a_flag_in_the_master_nobody_is_said_to_be_unflagged(store, given):
    given("sell_in", sold("A", "2025-07-01", 500))
    given("accounts", {"account": "A", "account_name": "A"})

    [row] = keys.ask(store, JUNE)

    assert row.flagged is None and not twenty.under(twenty.ask(store, JUNE), "flag")
    assert keys.say([row], JUNE)[0].text.en.endswith("an unknown number (the master has no such column) are flagged")


def test_who_is_key_by_one_definition_only_is_named(store, given):
    given("accounts", {"account": "A", "account_name": "Ann", "key_account": False})
    given("accounts", {"account": "B", "account_name": "Ben", "key_account": True})
    given("sell_in", sold("A", "2025-07-01", 500), sold("B", "2026-06-01", 50))

    said = [f.text.en for f in keys.say(keys.ask(store, JUNE), JUNE)]

    assert said[1:] == ["Reach the sales line but are not flagged: Ann", "Flagged but below the sales line: Ben"]
    assert twenty.under(twenty.ask(store, JUNE), "flag")[-1].accounts == 1


def test_an_account_that_has_not_reported_is_named_and_may_still_reach_the_line(store, given):
    whole = [
        sold("on time", f"{y}-{m:02}-10", 10)
        for y, m in [(2025, k) for k in range(7, 13)] + [(2026, k) for k in range(1, 7)]
    ]
    late = [sold("late", f"2026-0{m}-10", 10) for m in (3, 4, 5)]
    given("sell_out", *whole, *late)

    for line, pending in ((30.0, 0), (40.0, 1), (40.01, 0)):
        scope = Scope(date(2026, 6, 30), "sell_out", key_cny=line)
        last = twenty.under(twenty.ask(store, scope), "sales")[-1]
        assert (last.late, last.pending) == (1, pending)
    assert {r.account: r.late for r in keys.ask(store, scope)} == {"on time": False, "late": True}


def test_an_open_month_is_left_out(store, given):
    given("sell_in", sold("A", "2025-06-10", 60), sold("A", "2026-05-10", 40), sold("A", "2026-06-10", 900))
    middle = Scope(date(2026, 6, 15), "sell_in", key_cny=100.0)

    assert [r.month for r in twenty.under(twenty.ask(store, middle), "sales")] == [date(2026, 5, 1)]
    assert [r.rolling for r in keys.ask(store, middle)] == [Decimal(100)]


@pytest.mark.parametrize(
    ("amount", "line"), [(0.4, 1), (1, 1), (199, 100), (200, 200), (499, 200), (500, 500), (1e7, 1e7)]
)
def test_the_usual_line_is_a_round_number_below_one_percent(amount, line):
    assert keys.rounded(amount) == line


def test_the_usual_line_is_the_companys_whatever_region_is_looked_at(store, given):
    given(
        "sell_in", sold("A", "2025-07-01", 30_000) | {"region": "E"}, sold("B", "2026-06-01", 20_000) | {"region": "W"}
    )

    for regions in (None, ("E",), ("W",)):
        assert keys.line(store, Scope(date(2026, 6, 30), "sell_in", None, regions)) == 500.0


def test_the_count_now_is_the_same_in_the_course_and_in_the_list(demo, demo_scope):
    for scope in (demo_scope, Scope(demo_scope.as_of, "sell_in", key_cny=3e7, key_share=0.9)):
        rows, listed = twenty.ask(demo, scope), keys.ask(demo, scope)
        assert twenty.under(rows, "sales")[-1].accounts == sum(r.by_sales for r in listed)
        assert twenty.under(rows, "share")[-1].accounts == sum(r.by_share for r in listed)
        assert twenty.under(rows, "flag")[-1].accounts == sum(bool(r.flagged) for r in listed)
    usual = ranking.ask(demo, demo_scope)
    assert twenty.under(twenty.ask(demo, demo_scope), "share")[-1].accounts == ranking.reach(usual)
