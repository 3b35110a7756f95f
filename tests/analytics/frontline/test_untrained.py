"""Important stores without training: what is important, what counts as trained, what a session could bring there."""

from datetime import date

import pytest

from analytics.answer import Scope
from analytics.frontline import untrained
from analytics.stats.did import Effect
from tests.analytics.frontline.weeks import FRIDGE, JUNE, MONDAY, WEEK, session, sold

SCOPE = Scope(JUNE)


def places(store, scope=SCOPE) -> list[tuple[str, str]]:
    return [(r.store, r.category) for r in untrained.ask(store, scope)]


def test_the_stores_that_make_four_fifths_are_looked_at(store, given):
    given("sell_out", *sold("S1", pcs=50), *sold("S2", pcs=30), *sold("S3", pcs=20))

    assert places(store) == [("S1", "washers"), ("S2", "washers")]


@pytest.mark.parametrize(("day", "listed"), [(date(2025, 7, 1), False), (date(2025, 6, 30), True)])
def test_a_session_counts_for_twelve_months(store, given, day, listed):
    given("sell_out", *sold("S1"))
    given("trainings", session("S1", held_on=day))
    rows = untrained.ask(store, SCOPE)

    assert bool(rows) == listed
    assert not listed or rows[0].last_on == day


def test_a_session_in_another_range_or_at_another_store_does_not_count(store, given):
    given("sell_out", *sold("S1"), *sold("S1", pcs=30, **FRIDGE))
    given("trainings", session("S1"), session("S2", "T2", category="fridges"))

    assert places(store) == [("S1", "fridges")]


def test_of_an_account_without_stores_the_share_that_is_untrained_counts(store, given):
    given("accounts", {"account": "A", "account_name": "Alpha", "stores": 4}, {"account": "B", "account_name": "B"})
    given("sell_out", *sold("", pcs=20), *sold("", account="B", pcs=10), *sold("", account="C", pcs=16))
    given("trainings", session("S1"), session("S2", "T2", account="B"))
    rows = {r.account: r for r in untrained.ask(store, SCOPE)}

    assert rows["A"].untrained == pytest.approx(0.75)
    assert rows["A"].place.en == "Alpha (75% of its stores)"
    assert rows["C"].untrained == 1.0
    assert "B" not in rows  # one trained of nobody knows how many


def test_sales_without_a_store_do_not_count_twice_at_an_account_that_reports_stores(store, given):
    given("sell_out", *sold("S1"), *sold("", pcs=99))

    assert places(store) == [("S1", "washers")]


def test_sales_without_an_amount_take_the_price_of_the_master(store, given):
    given("products", {"sku": "W", "sku_name": "W", "category": "washers", "price": 7})
    given("sell_out", *({**row, "amount": None} for row in sold("S1")))

    assert untrained.ask(store, SCOPE)[0].sales == pytest.approx(7 * 20 * 21)


def test_what_could_be_gained_is_the_lift_of_eight_weeks_with_its_range(store, given, monkeypatch):
    effect = Effect(0.1, 0.02, 30.0)
    monkeypatch.setattr(untrained, "pooled", lambda store, scope: effect)
    given("sell_out", *sold("S1"))
    [row] = untrained.ask(store, SCOPE)

    known = (JUNE - (MONDAY - 8 * WEEK)).days + 1  # the account's sales begin eight weeks before
    eight_weeks = row.sales * 8 / (known / 7)
    assert row.gain_cny == pytest.approx(eight_weeks * effect.lift)
    assert (row.low, row.high) == pytest.approx(tuple(eight_weeks * x for x in effect.reach()))
    assert "could sell" in untrained.say([row], SCOPE)[0].text.en


def test_without_a_lift_nothing_is_promised_and_places_stand_by_sales(store, given):
    given("sell_out", *sold("S1", pcs=20), *sold("S2", pcs=30), *sold("S3", pcs=25))
    rows = untrained.ask(store, SCOPE)
    said = untrained.say(rows, SCOPE)

    assert [r.store for r in rows] == ["S2", "S3", "S1"]
    assert all(r.gain_cny is None for r in rows)
    assert "cannot be told yet" in said[0].text.en and "gain" not in said[1].text.en


def test_five_are_listed_and_all_are_counted(store, given):
    given("sell_out", *(r for n in range(10) for r in sold(f"S{n}")))
    rows = untrained.ask(store, SCOPE)

    found = untrained.whole(rows)
    assert found is not None and found.places == len(rows) == 8
    assert len(untrained.say(rows, SCOPE)) == 1 + 5
