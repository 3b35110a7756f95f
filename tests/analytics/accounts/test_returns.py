"""What comes back: share of what was shipped against the account's own range; discount on the list price."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.accounts import returns
from analytics.answer import Scope
from tests.analytics.accounts.test_alarms import JUNE, start


def line(n: int, qty: float, amount: float, account: str = "A", sku: str = "X") -> dict:
    return {"account": account, "sku": sku, "sold_on": start(n).replace(day=10), "qty": qty, "amount": amount}


def usual(count: int = 36, rate: float = 4) -> list[dict]:
    """Each month 100 pieces for 1,000 and some of them back, more and less in turn."""
    wobble = [0, 1, -1]
    return [
        r
        for n in range(36 - count, 36)
        for r in (line(n, 100, 1000), line(n, -(rate + wobble[n % 3]), -10 * (rate + wobble[n % 3])))
    ]


def test_returns_are_not_netted_with_what_was_shipped(store, given):
    given("sell_out", *usual(12))

    [row] = returns.ask(store, JUNE)

    assert (row.back, row.shipped) == (Decimal(480), Decimal(12_000))
    assert row.share == pytest.approx(0.04) and returns.total([row]) == pytest.approx(0.04)
    assert len(row.course) == 12 and row.course[-1] == pytest.approx((4 - 1) / 100)


@pytest.mark.parametrize(("more", "state"), [(60, "usual"), (61, "high")])
def test_above_usual_is_beyond_the_own_range_and_two_points(store, given, more, state):
    given("sell_out", *usual(), line(35, -1, -more))

    [row] = returns.ask(store, JUNE)

    assert row.state == state  # 60 of 3,000 are two points
    assert row.usual_share == pytest.approx(0.04)
    if state == "high":
        assert row.stake == pytest.approx(61) and "came back over three months" in returns.say([row], JUNE)[1].text.en


@pytest.mark.parametrize(("months", "state"), [(15, "high"), (14, "short")])
def test_a_range_takes_twelve_windows(store, given, months, state):
    given("sell_out", *usual(months), line(35, -1, -900))

    assert returns.ask(store, JUNE)[0].state == state


def test_a_month_below_zero_is_named(store, given):
    given("sell_in", line(34, 10, 100), line(35, -20, -200))

    rows = returns.ask(store, Scope(JUNE.as_of, "sell_in"))

    assert rows[0].negative_months == 1
    assert returns.say(rows, JUNE)[-1].text.en == "Months below zero in twelve: 1"


def test_who_had_nothing_for_a_year_is_not_listed(store, given):
    given("sell_out", line(23, 5, 5, "old"), line(24, 5, 5, "young"))

    assert [r.account for r in returns.ask(store, JUNE)] == ["young"]


def test_the_discount_is_on_todays_price_of_lines_that_have_one(store, given):
    given("products", {"sku": "X", "price": 12.5}, {"sku": "Y", "price": None})
    given(
        "sell_out",
        line(35, 100, 1000),  # 20 % under 1,250
        line(35, 50, 1, sku="Y"),  # no price known
        line(35, 10, 0),  # free goods
        line(35, -40, -400),
        line(23, 100, 1250),
    )

    [row] = returns.ask(store, JUNE)

    assert (row.discount, row.discount_before) == (pytest.approx(0.2), pytest.approx(0))
    assert [(name.en, text.en) for name, text in returns.facts(row)][2:] == [
        ("Discount", "20.0%"),
        ("Discount a year before", "0.0%"),
    ]


def test_nothing_came_back(store, given):
    given("sell_out", line(35, 1, 10))

    [finding] = returns.say(returns.ask(store, JUNE), JUNE)

    assert finding.text.en == "Nothing came back in twelve months" and finding.level == "fair"


def test_no_more_than_the_month_looked_at(store, given):
    given("sell_out", line(35, 1, 10), line(36, -1, -10))

    assert returns.ask(store, JUNE)[0].back == 0
    assert returns.ask(store, Scope(date(2026, 7, 31)))[0].back == 10


def test_sell_in_is_looked_at_where_it_is_loaded(store, given):
    given("sell_out", line(35, 1, 10))
    assert returns.ask(store, JUNE)[0].back == 0

    given("sell_in", line(35, 100, 1000), line(35, -1, -10))

    assert returns.ask(store, JUNE)[0].back == 10
