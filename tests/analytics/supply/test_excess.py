"""Stock in excess: its age by what came in last, who is short of it, and what has no age."""

from datetime import date, timedelta
from typing import Any

import pytest

from analytics.answer import Scope
from analytics.charts.theme import Look
from analytics.supply import excess

JUNE = Scope(date(2026, 6, 30))
AGES = ("up_to_90", "up_to_180", "up_to_270", "up_to_365", "over_365", "age_unknown")


def came(days: int, qty: float, account: str = "A") -> dict[str, Any]:
    """A receipt so many days ago."""
    return {"account": account, "sku": "X", "sold_on": JUNE.as_of - timedelta(days=days), "qty": qty}


def ages(row: excess.Row) -> tuple[float | None, ...]:
    return tuple(getattr(row, age) for age in AGES)


@pytest.mark.parametrize(
    ("days", "place"), [(0, 0), (90, 0), (91, 1), (180, 1), (181, 2), (270, 2), (271, 3), (365, 3), (366, 4), (900, 4)]
)
def test_both_ends_of_every_age(store, given, planned, days, place):
    given("sell_in", came(days, 100))
    planned({"on_hand": 100.0, "excess": 30.0})

    [row] = excess.ask(store, JUNE)

    assert ages(row) == tuple(100.0 if n == place else 0.0 for n in range(6))


def test_the_stock_is_what_came_in_last_and_the_rest_has_no_age(store, given, planned):
    given("sell_in", came(10, 30), came(10, 10), came(100, 50), came(400, 500), came(100, -50))
    planned({"on_hand": 100.0, "excess": 30.0})
    [row] = excess.ask(store, JUNE)

    assert ages(row) == (40.0, 50.0, 0.0, 0.0, 10.0, 0.0)


def test_what_no_receipt_explains_has_no_age_and_is_named(store, given, planned):
    given("sell_in", came(10, 30), came(-1, 50))
    planned({"on_hand": 100.0, "excess": 30.0})

    rows = excess.ask(store, JUNE)

    assert ages(rows[0]) == (30.0, 0.0, 0.0, 0.0, 0.0, 70.0)
    assert "70 pcs have no receipt on record, so no age: A" in [f.text.en for f in excess.say(rows, JUNE)]


def test_without_receipts_all_of_it_has_no_age(store, planned):
    planned({"on_hand": 100.0, "excess": 30.0})

    assert ages(excess.ask(store, JUNE)[0])[-1] == 100.0


@pytest.mark.parametrize(("over", "days", "listed"), [(1.0, 0, 1), (0.9, 0, 0), (0.0, 180, 0), (0.0, 181, 1)])
def test_a_piece_of_excess_or_of_old_stock_is_listed(store, given, planned, over, days, listed):
    given("sell_in", came(days, 100))
    planned({"on_hand": 100.0, "excess": over})

    assert len(excess.ask(store, JUNE)) == listed


def test_what_was_not_counted_has_no_ages_rather_than_none_of_each(store, given, planned):
    given("sell_in", came(10, 30))
    planned({"state": "no count", "on_hand": None, "excess": None})

    [row] = excess.ask(store, JUNE)

    assert ages(row) == (None,) * 6


def test_old_stock_of_what_is_not_forecast_any_more_is_told(store, given, planned):
    given("sell_in", came(400, 30))
    planned({"state": "no forecast", "on_hand": 20.0, "excess": None, "recent": 0.0})

    rows = excess.ask(store, JUNE)

    assert [f.text.en for f in excess.say(rows, JUNE)] == ["X: 20 pcs came in more than a year ago, the oldest stock"]
    assert excess.by_age(rows)[4][1] == 20_000


def test_who_is_short_of_it_stands_beside_and_nobody_wants_from_itself(store, planned):
    planned(
        {"account": "A", "excess": 30.0},
        {"account": "B", "ship": 5.0, "rush": 2.0, "excess": 3.0},
        {"account": "C", "ship": 4.0},
        {"account": "D", "sku": "Y", "excess": 9.0},
    )

    found = {r.account: (r.wanted, r.wanted_by) for r in excess.ask(store, JUNE)}

    assert found == {"A": (11.0, "B"), "B": (4.0, "C"), "D": (0.0, "")}


def row(**more: Any) -> excess.Row:
    usual: dict[str, Any] = dict(
        account="A", name="锦泰", name_en="Jintai", owner="李敏", sku="X", sku_name="滚筒", sku_name_en="Washer",
        state="", recent=14.0, on_hand=100.0, cover_days=100.0, need_days=42.0, price=100.0,
        over_pcs=30.0, over_cny=3000.0,
        up_to_90=100.0, up_to_180=0.0, up_to_270=0.0, up_to_365=0.0, over_365=0.0, age_unknown=0.0, wanted=0.0,
        wanted_by="", wanted_by_en="",
    )  # fmt: skip
    return excess.Row(**usual | more)


def test_says_the_sum_the_largest_with_who_could_use_it_and_the_oldest():
    rows = [
        row(wanted_by="万汇", wanted_by_en="Wanhui"),
        row(account="B", name_en="Baili", over_pcs=0.0, over_cny=0.0, up_to_90=0.0, over_365=20.0),
    ]

    assert [f.text.en for f in excess.say(rows, JUNE)] == [
        "Excess stock of ¥3.00K at 1 place",
        "Washer: 30 pcs in excess, lasting 100 days where 42 days are needed; Wanhui is short of it",
        "Washer: 20 pcs came in more than a year ago, the oldest stock",
    ]


def test_half_a_year_old_stock_is_the_oldest_where_none_is_older():
    assert "more than half a year ago" in excess.say([row(up_to_270=5.0)], JUNE)[-1].text.en


def test_nothing_in_excess_is_good_news_and_no_price_no_money():
    well = excess.say([row(over_pcs=0.5, over_cny=50.0)], JUNE)
    bare = excess.say([row(price=None, over_cny=None)], JUNE)

    assert [(f.level, f.text.en) for f in well] == [("fair", "No excess stock")]
    assert bare[0].text.en == "1 place has excess stock; without prices there is no money"
    assert excess.money([row(price=None, over_cny=None)]) is None


def test_bars_are_money_by_age_and_no_bar_stands_for_what_is_not_there():
    drawn: Any = excess.draw([row(over_365=50.0)], Look("en"))

    assert list(drawn.data[0].x) == [10.0, 0.0, 0.0, 0.0, 5.0]
    assert len(excess.by_age([row(age_unknown=1.0)])) == 6
    assert excess.by_age([row(price=None)]) == []
