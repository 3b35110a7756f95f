"""Like for like: what cannot be compared with a year ago is left out on both sides."""

from datetime import date

import pytest

from analytics.answer import Scope
from analytics.barometer import growth

JUNE = Scope(date(2026, 6, 30))


def month(account: str, day: str, amount: float, **more):
    return {"account": account, "sku": "X", "sold_on": day, "qty": 1, "amount": amount, **more}


def of_june(store, scope=JUNE):
    return {r.account: (r.current, r.before) for r in growth.at(growth.ask(store, scope), scope.month)}


def test_three_months_stand_against_the_same_three_a_year_before(store, given):
    given(
        "sell_out",
        *[month("A", f"2026-{m:02}-10", 10) for m in (3, 4, 5, 6)],
        *[month("A", f"2025-{m:02}-10", 8) for m in (3, 4, 5, 6)],
    )

    assert of_june(store) == {"A": (30, 24)}


def test_a_sell_out_month_that_was_not_reported_is_left_out_on_both_sides(store, given):
    given(
        "sell_out",
        *[month("A", f"2026-{m:02}-10", 10) for m in (4, 5)],
        *[month("A", f"2025-{m:02}-10", 8) for m in (4, 5, 6)],
        month("B", "2026-06-10", 1),
    )

    assert of_june(store) == {"A": (20, 16)}


def test_a_sell_in_month_without_an_order_counts_as_it_is(store, given):
    given(
        "sell_in",
        *[month("A", f"2026-{m:02}-10", 10) for m in (4, 5)],
        *[month("A", f"2025-{m:02}-10", 8) for m in (4, 5, 6)],
        month("B", "2026-06-10", 1),
    )

    assert of_june(store, Scope(date(2026, 6, 30), "sell_in")) == {"A": (20, 24)}


def test_new_and_lost_accounts_are_not_compared(store, given):
    given(
        "sell_in",
        month("new", "2026-05-10", 10),
        month("lost", "2025-05-10", 8),
        month("both", "2026-05-10", 3),
        month("both", "2025-05-10", 2),
        month("new", "2026-06-10", 1),
    )

    assert of_june(store, Scope(date(2026, 6, 30), "sell_in")) == {"both": (3, 2)}


def test_a_month_in_which_nobody_bought_a_year_ago_is_compared_on_neither_side(store, given):
    given(
        "sell_in",
        month("A", "2026-05-10", 500),  # nobody in May 2025
        month("A", "2026-06-10", 12),
        month("A", "2025-06-10", 10),
        month("A", "2025-04-10", 700),  # nobody in April 2026
    )

    assert of_june(store, Scope(date(2026, 6, 30), "sell_in")) == {"A": (12, 10)}


@pytest.mark.parametrize(
    ("last_day", "before"), [(date(2026, 6, 14), 100), (date(2026, 6, 15), 1100), (date(2026, 6, 30), 3100)]
)
def test_an_open_month_is_compared_with_the_same_days_of_last_year(store, given, last_day, before):
    given(
        "sell_out",
        month("A", "2026-06-10", 90),
        month("A", "2025-06-14", 100),
        month("A", "2025-06-15", 1000),
        month("A", "2025-06-16", 2000),
    )

    assert of_june(store, Scope(last_day)) == {"A": (90, before)}


def test_scope_limits_accounts_regions_categories_and_never_mixes_flows(store, given):
    given("accounts", {"account": "A", "region": "E"}, {"account": "B", "region": "W"})
    given("products", {"sku": "X", "category": "washers"}, {"sku": "Y", "category": "fridges"})
    for account in "AB":
        given(
            "sell_out",
            month(account, "2026-06-10", 10),
            month(account, "2025-06-10", 8),
            month(account, "2026-06-11", 5, sku="Y"),
        )
    given("sell_in", month("A", "2026-06-10", 7777), month("A", "2025-06-10", 7777))

    assert of_june(store) == {"A": (15, 8), "B": (15, 8)}
    assert of_june(store, Scope(date(2026, 6, 30), accounts=("B",))) == {"B": (15, 8)}
    assert of_june(store, Scope(date(2026, 6, 30), regions=("W",))) == {"B": (15, 8)}
    assert of_june(store, Scope(date(2026, 6, 30), categories=("washers",))) == {"A": (10, 8), "B": (10, 8)}


@pytest.mark.parametrize(("current", "level"), [(1031, "fair"), (1030, "change"), (970, "change"), (969, "rain")])
def test_the_weather_turns_at_three_percent(current, level):
    row = growth.Row("A", "甲", "A", date(2026, 6, 1), current, 1000)

    [finding] = growth.say([row], JUNE)

    assert finding.level == level


def test_the_sentence_says_change_accounts_and_money():
    [finding] = growth.say([growth.Row("A", "甲", "A", date(2026, 6, 1), 920_000, 1_000_000)], JUNE)

    assert finding.text.zh == "近三个月同比 −8.0%：1 家可比客户，本期 ¥92.0万，去年同期 ¥100万"
    assert finding.text.en == "−8.0% on last year over three months: 1 comparable accounts, ¥920K now, ¥1.00M then"
