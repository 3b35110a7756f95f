"""Counts that are missing or old: both sides of 31 and of 90 days; what was never counted is named, never zero."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from analytics.answer import Scope
from analytics.charts.theme import Look
from analytics.supply import counts

TODAY = date(2026, 6, 30)
JUNE = Scope(TODAY)


def sold(account: str = "A", sku: str = "X", qty: float = 10, ago: int = 5, **more) -> dict:
    return {"account": account, "sku": sku, "sold_on": TODAY - timedelta(days=ago), "qty": qty, "amount": qty} | more


def counted(account: str = "A", sku: str = "X", ago: int = 5, held: float = 3) -> dict:
    return {"account": account, "sku": sku, "counted_on": TODAY - timedelta(days=ago), "on_hand": held}


def states(store, scope: Scope = JUNE) -> dict[str, str]:
    return {r.account: r.state for r in counts.of(counts.ask(store, scope), "account")}


@pytest.mark.parametrize(("ago", "state"), [(0, "fresh"), (31, "fresh"), (32, "old"), (400, "old"), (-1, "never")])
def test_a_count_is_old_after_a_month_and_tomorrows_is_none_yet(store, given, ago, state):
    given("sell_out", sold())
    given("stock", counted(ago=ago))

    [row] = counts.of(counts.ask(store, JUNE), "account")

    assert row.state == state
    assert row.age_days == (None if state == "never" else ago)


@pytest.mark.parametrize(("ago", "listed"), [(89, True), (90, False), (-1, False)])
def test_what_sold_in_ninety_days_is_listed(store, given, ago, listed):
    given("sell_out", sold(ago=ago))
    given("stock", counted())

    assert bool(counts.ask(store, JUNE)) is listed


def test_what_came_back_whole_is_not_listed(store, given):
    given("sell_out", sold(qty=4), sold(qty=-4), sold("B"))
    given("stock", counted("B"))

    assert states(store) == {"B": "fresh"}


def test_a_count_of_nothing_is_a_count(store, given):
    given("sell_out", sold())
    given("stock", counted(held=0))

    assert states(store) == {"A": "fresh"}


def test_products_without_a_count_and_with_an_old_one_are_told_apart(store, given):
    given("products", {"sku": "Y", "sku_name": "洗衣机", "name_en": "Washer"})
    given("sell_out", sold(sku="X", qty=50), sold(sku="Y", qty=30), sold(sku="Z", qty=20))
    given("stock", counted(sku="X"), counted(sku="Y", ago=40), counted(sku="not sold", ago=90))

    rows = counts.ask(store, JUNE)

    [account] = counts.of(rows, "account")
    assert (account.state, account.skus, account.lacking_skus, account.sold_pcs, account.lacking_pcs) == (
        *("part", 3, 2),
        *(100, 50),
    )
    assert [(r.sku, r.sku_name_en, r.state, r.age_days) for r in counts.of(rows, "sku")] == [
        ("Y", "Washer", "old", 40),
        ("Z", "Z", "missing", None),
    ]
    assert counts.reason(account).en == "2 of 3 products have no count of late, 50% of the pieces sold"


def test_accounts_without_any_stock_are_named_first(store, given):
    given("accounts", {"account": "N", "account_name": "无", "name_en": "None", "owner": "Li"})
    given("sell_out", sold("A", qty=70), sold("N", qty=10), sold("N", "Y", qty=10), sold("O", qty=10))
    given("stock", counted("A"), counted("O", ago=45))

    rows = counts.ask(store, JUNE)
    head, never, old = counts.say(rows, JUNE)

    assert head.text.en == "Counts are missing or old at 2 of 3 accounts; 30% of the pieces sold cannot be seen"
    assert (never.level, never.name.en, never.owner) == ("storm", "None", "Li")
    assert never.text.en == "Sells 2 products, and no stock has ever come"
    assert old.text.en == "Last counted on 2026-05-16, 45 days ago"
    figure = counts.draw(rows, Look("en"))
    assert list(figure.data[0].x) == [45, 5]  # pyright: ignore


def test_when_all_is_counted_it_is_said_in_one_sentence(store, given):
    given("sell_out", sold("A"), sold("B"))
    given("stock", counted("A"), counted("B"))

    [finding] = counts.say(counts.ask(store, JUNE), JUNE)

    assert finding.text.en == "All that 2 accounts sell was counted in the last 31 days" and finding.level == "fair"


def test_many_alike_are_summed_up(store, given):
    given("sell_out", *(sold(f"A{n}") for n in range(8)))
    given("stock", counted("elsewhere"))

    found = counts.say(counts.ask(store, JUNE), JUNE)

    assert len(found) == 1 + counts.NAMED + 1 and found[-1].text.en == "3 more: No stock at all"


@pytest.mark.parametrize(("grain", "age"), [("month", 0), ("week", 23), ("", 29)])
def test_a_count_of_a_month_or_a_week_stands_for_its_last_day(store, given, grain, age):
    given("sell_out", sold())
    given("stock", counted(ago=29), answers={"grain": grain} if grain else {})  # dated the first of June

    assert counts.ask(store, JUNE)[0].age_days == age


def test_a_count_of_a_month_that_has_not_ended_is_no_older_than_today(store, given):
    given("sell_out", sold(ago=25))
    given("stock", counted(ago=29), answers={"grain": "month"})

    assert counts.ask(store, Scope(date(2026, 6, 15)))[0].age_days == 0


def test_with_sell_in_it_is_what_we_shipped_that_must_be_counted(store, given):
    given("sell_in", sold("A", doc_no="1", line_no="1"))
    given("stock", counted("A", ago=60))

    assert states(store) == {} and states(store, Scope(TODAY, "sell_in")) == {"A": "old"}


def test_a_region_and_a_category_see_their_own(store, given):
    given("accounts", {"account": "A", "region": "East"}, {"account": "B", "region": "West"})
    given("products", {"sku": "X", "category": "washers"}, {"sku": "Y", "category": "fridges"})
    given("sell_out", sold("A"), sold("B"), sold("B", "Y"))
    given("stock", counted("A"), counted("B"))

    assert states(store) == {"A": "fresh", "B": "part"}
    assert states(store, replace(JUNE, regions=("West",))) == {"B": "part"}
    assert states(store, replace(JUNE, categories=("fridges",))) == {"B": "part"}
    assert states(store, replace(JUNE, categories=("washers",))) == {"A": "fresh", "B": "fresh"}
    assert states(store, replace(JUNE, accounts=("A",))) == {"A": "fresh"}
