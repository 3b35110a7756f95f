"""The supply page: what it says of the demo company, what another plan changes, and what it says with few files."""

from datetime import date, timedelta

import pytest

from tests.conftest import Given
from tests.pages.words import words

SATURDAY = date(2026, 6, 27)  # the last day with sales


@pytest.fixture
def sold(store, given: Given) -> Given:
    """Two years of weekly sell-out of two products at an account; gives more when called."""
    (store.root / "begun").touch()
    given(
        "sell_out",
        *(
            {"account": "A", "sku": sku, "sold_on": SATURDAY - timedelta(days=7 * n), "qty": 20, "amount": 2000}
            for n in range(104)
            for sku in ("X", "Y")
        ),
    )
    return given


def test_says_who_is_at_risk_what_to_send_and_when_the_peak_comes(run, demo_home):
    at = run(demo_home, "supply", lang="en")

    assert not at.exception
    said = words(at)
    assert "places are at risk" in said and "lines to send" in said
    assert "days to National Day" in said and "2026-08-20" in said  # 35 days before it begins
    assert [box.label for box in at.selectbox][-4:] == [
        "Peak begins", "Peak above forecast", "Chance not to run out", "Lead time",
    ]  # fmt: skip


def test_another_plan_changes_the_list_at_once_and_says_by_how_much(run, demo_home):
    usual, tried = run(demo_home, "supply", lang="en"), run(demo_home, "supply", lang="en", v="99")

    assert "Against the plan as it is" in words(tried)
    assert "Against the plan as it is" not in words(usual)


def test_a_peak_in_two_weeks_is_counted_in_the_hero(run, demo_home):
    at = run(demo_home, "supply", lang="en", k="2026-07-14")

    assert "14" in words(at) and "National Day begins 2026-07-14" in words(at)


def test_a_plan_that_is_not_on_offer_is_no_plan(run, demo_home):
    at = run(demo_home, "supply", lang="en", v="97", l="3", k="2026-07-01")

    assert not at.exception and "Against the plan as it is" not in words(at)


def test_nothing_ticked_is_nothing_to_approve(run, demo_home):
    at = run(demo_home, "supply", lang="en")

    [button] = [b for b in at.button if b.key == "approve"]
    assert button.disabled and button.label == "Tick to approve"


def test_with_sales_only_it_tells_the_need_and_asks_for_stock(run, sold, store):
    at = run(store.root, "supply", lang="en")

    assert not at.exception
    assert "Stock at the account" in words(at)  # what is not there yet
    assert "lines to send" not in words(at)


def test_with_stock_but_no_lead_times_it_tells_cover_and_what_lead_times_would_add(run, sold, store):
    sold("stock", *({"account": "A", "sku": sku, "counted_on": SATURDAY, "on_hand": 60} for sku in ("X", "Y")))

    at = run(store.root, "supply", lang="en")

    assert not at.exception
    assert "With lead times in the product master" in words(at)
    assert "No lead time is known" in words(at)
    assert "suffice" not in words(at) and "cannot be told yet" in words(at)  # not known is not safe


def test_with_lead_times_it_tells_what_to_send_and_what_orders_would_add(run, sold, store):
    sold("stock", *({"account": "A", "sku": sku, "counted_on": SATURDAY, "on_hand": 20} for sku in ("X", "Y")))
    sold("products", *({"sku": sku, "sku_name": sku, "lead_days": 21, "price": 100} for sku in ("X", "Y")))

    at = run(store.root, "supply", lang="en")

    assert not at.exception
    assert "2 lines to send" in words(at)
    assert "With orders, goods on their way" in words(at)
