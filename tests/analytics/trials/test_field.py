"""What a trial shows beside its effect: listed, sold, sold through, sold again; what is not known stays unknown."""

from dataclasses import replace
from datetime import date

import pytest

from analytics.answer import Scope
from analytics.charts.theme import Look
from analytics.trials import field
from analytics.trials.pieces import Row
from data.samples.company import company
from data.samples.trials import TRIALS
from tests.analytics.trials.conftest import SCOPE, UNTIL


def asked(store, scope: Scope = SCOPE) -> dict[str, Row]:
    return {row.account: row for row in field.ask(store, scope)}


def said(rows: dict[str, Row]) -> list[str]:
    return [finding.text.en for finding in field.say(list(rows.values()), SCOPE)]


# -- which trial ------------------------------------------------------------------------------------------------------


def test_without_a_code_the_trial_that_began_last_is_meant_and_one_to_come_is_not(store, trial, scoped):
    for code, starts in (("OLD", "2026-01-05"), ("NOW", "2026-03-31"), ("NEXT", "2026-04-01")):
        trial(code, starts_on=starts, ends_on="2026-12-31")
        scoped({"A01": True}, code)

    assert {row.trial for row in field.ask(store, SCOPE)} == {"NOW"}
    assert {row.trial for row in field.ask(store, replace(SCOPE, trial="OLD"))} == {"OLD"}
    assert field.ask(store, replace(SCOPE, trial="NEXT")) == []


def test_controls_have_no_row_and_the_total_comes_first(store, trial, scoped):
    trial()
    scoped({"A02": True, "A01": True, "B01": False})

    assert [row.account for row in field.ask(store, SCOPE)] == ["", "A01", "A02"]


# -- distribution and rate of sale ------------------------------------------------------------------------------------


def test_rate_is_pieces_over_listed_stores_times_weeks_that_were_reported(store, given, trial, scoped, sold):
    given("accounts", {"account": "A01", "stores": 10}, {"account": "A02", "stores": 2})
    trial()
    scoped({"A01": True}, stores_listed=4)
    scoped({"A02": True}, stores_listed=1)
    sold(("A01", 0, 8), ("A01", 1, 12), ("A02", 0, 3))
    sold(("A01", 2, 5), sku="OTHER")  # reported, and none of the product

    rows = asked(store)

    assert (rows["A01"].weeks, rows["A01"].store_weeks, rows["A01"].rate) == (3, 12, 20 / 12)
    assert rows[""].rate == 23 / 13 and rows[""].distribution == 5 / 12
    assert said(rows)[0] == "5 stores list it (42%); a store sells 1.8 a week"


def test_only_whole_weeks_from_the_listing_on_count_and_nothing_after_the_end(store, given, trial, scoped, sold):
    trial()
    scoped({"A01": True}, stores_listed=1, listed_on="2026-03-10")
    sold(("A01", 0, 100), ("A01", 1, 50), ("A01", 2, 7), ("A01", 3, 9), ("A01", 4, 1000))

    assert (asked(store)["A01"].weeks, asked(store)["A01"].sold_pcs) == (2, 16.0)
    assert asked(store, Scope(date(2026, 3, 28)))["A01"].weeks == 1


def test_an_account_that_reported_nothing_has_no_rate_and_is_named(store, trial, scoped, sold):
    trial()
    scoped({"A01": True, "A02": True}, stores_listed=2)
    sold(("A01", 0, 4))

    rows = asked(store)

    assert rows["A02"].rate is None and rows["A02"].sold_pcs is None and rows[""].rate == 2.0
    assert said(rows)[0].endswith("(without figures: A02)")


def test_without_sell_out_the_rate_is_unknown_not_zero(store, trial, scoped):
    trial()
    scoped({"A01": True}, stores_listed=2)

    assert asked(store)[""].rate is None
    assert said(asked(store))[0] == "Rate of sale unknown: no sell-out or no listed stores"


def test_stores_that_sell_are_counted_in_the_last_four_weeks_where_sell_out_names_stores(store, trial, scoped, sold):
    trial(ends_on="2026-05-03")
    scoped({"A01": True, "A02": True})
    scope = Scope(date(2026, 5, 3))
    sold(("A01", 4, 1), store="S1")  # the fifth week before the end
    sold(("A01", 5, 1), ("A01", 8, 1), store="S2")
    sold(("A01", 8, 0), store="S3")
    sold(("A02", 8, 9))

    rows = asked(store, scope)

    assert (rows["A01"].stores_selling, rows["A02"].stores_selling, rows[""].stores_selling) == (1, None, 1)


def test_where_the_trial_is_in_some_stores_the_others_do_not_count(store, trial, scoped, sold):
    trial()
    scoped({("A01", "S1"): True, ("A01", "S2"): True, ("A01", "S9"): False})
    sold(("A01", 0, 4), store="S1")
    sold(("A01", 0, 40), store="S9")

    row = asked(store)["A01"]

    assert (row.stores_listed, row.sold_pcs, row.rate) == (2, 4.0, 2.0)


# -- sell-through -----------------------------------------------------------------------------------------------------


def count(given, day: str, on_hand: float, account: str = "A01", sku: str = "NEW") -> None:
    given("stock", {"account": account, "sku": sku, "counted_on": day, "on_hand": on_hand})


def came(given, day: str, qty: float, account: str = "A01", sku: str = "NEW") -> None:
    given("sell_in", {"account": account, "sku": sku, "sold_on": day, "qty": qty})


def test_sell_through_is_sold_over_the_last_count_before_and_what_came_since(store, given, trial, scoped, sold):
    trial()
    scoped({"A01": True})
    count(given, "2026-02-20", 99)
    count(given, "2026-02-28", 10)
    count(given, "2026-03-15", 77)
    came(given, "2026-02-28", 50)  # in the count already
    came(given, "2026-03-01", 30)
    came(given, "2026-03-06", -4)
    came(given, "2026-03-27", 500)  # after the last day that the account reported
    sold(("A01", 0, 9), ("A01", 3, 18))

    row = asked(store)["A01"]

    assert (row.goods_pcs, row.gone_pcs, row.sell_through) == (36.0, 27.0, 0.75)


@pytest.mark.parametrize(("day", "known"), [("2026-01-16", True), ("2026-01-15", False), ("2026-03-02", True)])
def test_a_count_serves_when_it_is_at_most_45_days_old_at_the_start(store, given, trial, scoped, sold, day, known):
    trial()
    scoped({"A01": True})
    count(given, day, 10)
    came(given, "2026-03-10", 10)
    sold(("A01", 0, 5))

    assert (asked(store)["A01"].sell_through is not None) is known


def test_a_product_that_was_not_in_the_count_was_not_there(store, given, trial, scoped, sold):
    trial()
    scoped({"A01": True})
    count(given, "2026-02-28", 10, sku="OTHER")
    came(given, "2026-03-05", 20)
    sold(("A01", 0, 5))

    assert asked(store)["A01"].sell_through == 0.25


def test_without_a_count_or_without_sell_in_it_is_unknown_and_the_total_is_of_those_that_know(
    store, given, trial, scoped, sold
):
    trial()
    scoped({"A01": True, "A02": True})
    count(given, "2026-02-28", 10)
    sold(("A01", 0, 5), ("A02", 0, 5))
    assert said(asked(store))[1] == "Sell-through unknown: no stock count before it, or no sell-in"

    came(given, "2026-03-05", 10)

    assert asked(store)[""].sell_through == 0.25 and asked(store)["A02"].sell_through is None
    assert said(asked(store))[1] == "Sell-through 25%: of 20 pcs counted or received 5 were sold (without figures: A02)"


# -- sold again -------------------------------------------------------------------------------------------------------


def test_again_sold_is_a_store_that_sold_in_both_halves(store, trial, scoped, sold):
    trial()
    scoped({"A01": True, "A02": True}, stores_listed=5)
    sold(("A01", 0, 1), ("A01", 3, 1), store="S1")
    sold(("A01", 0, 1), ("A01", 1, 1), store="S2")
    sold(("A01", 2, 1), store="S3")
    sold(("A02", 0, 1), ("A02", 2, 1))

    rows = asked(store)

    assert (rows["A01"].units_listed, rows["A01"].units_sold, rows["A01"].units_again) == (5, 2, 1)
    assert (rows["A02"].units_listed, rows["A02"].units_sold, rows["A02"].units_again) == (1, 1, 1)
    assert (rows[""].units_listed, rows[""].units_sold, rows[""].repeat) == (5, 2, 0.5)
    assert said(rows)[2] == "2 stores sold it, 1 sold it again"


def test_under_four_whole_weeks_nobody_can_have_sold_again(store, trial, scoped, sold):
    trial()
    scoped({"A01": True})
    sold(("A01", 0, 1), ("A01", 2, 1))

    assert asked(store, Scope(date(2026, 3, 28)))["A01"].repeat is None
    assert asked(store, Scope(UNTIL))["A01"].repeat == 1.0
    assert said(asked(store, Scope(date(2026, 3, 28))))[2].startswith("Repeat cannot be told yet")


def test_the_funnel_has_a_bar_a_step_and_the_share_of_the_one_before(store, trial, scoped, sold):
    trial()
    scoped({"A01": True}, stores_listed=5)
    sold(("A01", 0, 1), ("A01", 3, 1), store="S1")
    sold(("A01", 0, 1), store="S2")

    figure = field.draw(field.ask(store, SCOPE), Look("en"))

    assert list(figure.data[0].x) == [5, 2, 1]  # type: ignore[attr-defined]
    assert [note.text for note in figure.layout.annotations] == ["40%", "50%"]  # type: ignore[attr-defined]


# -- cannibalised -----------------------------------------------------------------------------------------------------


def course(sold, pilots: int, controls: int, during: float) -> None:
    """Two years of the old product at 20 a week with a little noise; at the pilots `during` from the trial on."""
    accounts = [(f"A{n}", during) for n in range(pilots)] + [(f"B{n}", 20.0) for n in range(controls)]
    for n, (account, rate) in enumerate(accounts):
        lines = [(account, w, (rate if w >= 0 else 20) + (w * 7 + n * 3) % 5 - 2) for w in range(-104, 4)]
        sold(*lines, sku="OLD")


def test_what_the_old_product_lost_against_the_controls_is_told_in_pieces_of_the_new_one(store, trial, scoped, sold):
    trial(replaces="OLD")
    scoped({"A0": True, "A1": True, "B0": False, "B1": False, "B2": False})
    course(sold, 2, 3, 14)
    sold(*((f"A{n}", w, 10) for n in range(2) for w in range(4)))

    total = asked(store)[""]

    assert total.taken_share is not None and total.taken_low is not None and total.taken_high is not None
    assert total.taken_share == pytest.approx(0.6, abs=0.1) and 0 < total.taken_low < 0.6 < total.taken_high < 1
    assert "were taken from OLD (80% interval" in said(asked(store))[3]


def test_an_interval_from_below_none_to_above_all_is_too_small_to_tell(store, trial, scoped, sold):
    trial(replaces="OLD")
    scoped({"A0": True, "A1": True, "B0": False, "B1": False, "B2": False})
    course(sold, 2, 3, 20)
    sold(("A0", 0, 1), ("A1", 0, 1))

    assert not asked(store)[""].told
    assert said(asked(store))[3].startswith("How much was taken from OLD cannot be told yet")


def test_one_control_is_not_enough_and_no_replaced_product_is_said(store, trial, scoped, sold):
    trial(replaces="OLD")
    scoped({"A0": True, "B0": False})
    course(sold, 1, 1, 14)
    sold(("A0", 0, 10))
    assert asked(store)[""].taken_share is None
    assert said(asked(store))[3] == "Cannibalised share unknown: fewer than two controls, or no past"

    trial()

    assert said(asked(store))[3] == "No product is registered that it may replace"


# -- the demo company's planted truth ---------------------------------------------------------------------------------


def test_on_the_demo_the_planted_rate_and_the_planted_share_lie_where_they_should(demo, demo_scope):
    planted = company().truth.trials["SD03"]

    total, *pilots = field.ask(demo, demo_scope)

    assert total.trial == "SD03" and [r.account for r in pilots] == sorted(planted.pilots)
    assert total.rate == pytest.approx(planted.rate, rel=0.2)  # by how much the season of those weeks moves it
    assert total.distribution == 1.0 and total.stores_selling == total.units_listed == 19
    assert total.taken_low is not None and total.taken_high is not None
    assert total.taken_low <= planted.cannibalised <= total.taken_high
    assert TRIALS[2].replaces == total.replaces
