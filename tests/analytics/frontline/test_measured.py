"""Which sessions can be measured, against which stores, and why the others cannot."""

from datetime import date, timedelta

import pytest

from analytics.answer import Scope
from analytics.asking import NEVER
from analytics.frontline import measured
from tests.analytics.frontline.weeks import FRIDGE, HELD, JUNE, MONDAY, WEEK, session, sold


def reason(store, training: str = "T1", as_of: date = JUNE) -> str:
    found = measured.measure(store, Scope(as_of))
    assert found is not None
    return next(r for s, r in zip(found.sessions, found.reasons, strict=True) if s.training == training)


def others_pcs(store) -> float:
    """Pieces of the stores compared with, in all weeks."""
    found = measured.measure(store, Scope(JUNE))
    assert found is not None
    return float(found.strata.others.sum())


def test_nothing_registered_is_nothing(store):
    assert measured.measure(store, Scope(JUNE)) is None


def test_a_session_beside_an_untrained_store_is_measured(store, given):
    given("sell_out", *sold("S1"), *sold("S2"))
    given("trainings", session("S1"))

    assert reason(store) == ""


def test_a_store_that_reports_no_sales_of_its_own_is_named(store, given):
    given("sell_out", *sold(""), *sold("S2"))
    given("trainings", session("S1"))

    assert reason(store) == "store"


@pytest.mark.parametrize(("days", "why"), [(62, ""), (61, "open")])
def test_eight_whole_weeks_must_be_over(store, given, days, why):
    given("sell_out", *sold("S1"), *sold("S2"))
    given("trainings", session("S1"))

    assert reason(store, as_of=MONDAY + timedelta(days=days)) == why


@pytest.mark.parametrize(("since", "until", "why"), [(-6, 6, ""), (-5, 8, "gaps"), (-8, 5, "gaps")])
def test_six_of_eight_weeks_on_each_side_must_have_sales(store, given, since, until, why):
    given("sell_out", *sold("S1", since=since, until=until), *sold("S2"))
    given("trainings", session("S1"))

    assert reason(store) == why


@pytest.mark.parametrize(("weeks", "why"), [(-60, "repeated"), (-61, ""), (12, "repeated"), (13, ""), (0, "repeated")])
def test_another_session_in_the_range_within_a_year_before_the_window_cannot_be_told_apart(store, given, weeks, why):
    given("sell_out", *sold("S1"), *sold("S2"))
    given("trainings", session("S1"), session("S1", "T2", HELD + weeks * WEEK))

    assert reason(store) == why


def test_a_session_in_another_range_does_not_matter(store, given):
    given("sell_out", *sold("S1"), *sold("S2"))
    given("trainings", session("S1"), session("S1", "T2", HELD, category="fridges"))

    assert reason(store) == ""


@pytest.mark.parametrize(("weeks", "why"), [(0, "alone"), (-60, "alone"), (12, "alone"), (-61, ""), (13, "")])
def test_a_store_trained_in_the_range_is_no_comparison(store, given, weeks, why):
    given("sell_out", *sold("S1"), *sold("S2"))
    given("trainings", session("S1"), session("S2", "T2", HELD + weeks * WEEK))

    assert reason(store) == why


def test_stores_of_one_session_are_not_compared_with_each_other(store, given):
    given("sell_out", *sold("S1"), *sold("S2"))
    given("trainings", session("S1"), session("S2"))

    assert reason(store) == "alone"


def test_stores_of_another_account_are_no_comparison(store, given):
    given("sell_out", *sold("S1"), *sold("S2", account="B"))
    given("trainings", session("S1"))

    assert reason(store) == "alone"


def test_another_accounts_store_of_the_same_code_is_another_store(store, given):
    given("sell_out", *sold("1"), *sold("2"), *sold("1", account="B"), *sold("2", account="B"))
    given("trainings", session("1"), session("2", "T2", account="B"))

    assert reason(store, "T1") == reason(store, "T2") == ""
    assert others_pcs(store) == 2 * 20 * 21


@pytest.mark.parametrize(("before", "why"), [(10, ""), (9, "thin")])
def test_ten_pieces_before_are_needed_on_each_side(store, given, before, why):
    few = sold("S1", pcs=1)
    few[0]["qty"] = before - 7

    given("sell_out", *few, *sold("S2"))
    given("trainings", session("S1"))

    assert reason(store) == why


def test_a_store_that_opens_within_the_weeks_is_not_compared_with(store, given):
    given("sell_out", *sold("S1"), *sold("S2"), *sold("S3", since=-5))
    given("trainings", session("S1"))

    assert others_pcs(store) == 20 * 21  # S2 alone


def test_everything_of_ours_leaves_out_ranges_in_which_either_store_was_trained(store, given):
    given("sell_out", *sold("S1"), *sold("S2"), *sold("S1", **FRIDGE), *sold("S2", **FRIDGE), *sold("S3", **FRIDGE))
    given("trainings", session("S1"), session("S2", "T2", category="fridges"))
    found = measured.measure(store, Scope(JUNE))

    assert found is not None
    first = found.where(lambda s: s.training == "T1")
    assert found.brand(first).trained.sum() == 20 * 21
    assert found.total(first).trained.sum() == 2 * 20 * 21
    assert found.total(first).others.sum() == 2 * 20 * 21  # washers at S2, fridges at S3


def test_the_range_may_come_from_the_product_and_a_session_about_nothing_is_about_all(store, given):
    given("sell_out", *sold("S1"), *sold("S2"), *sold("S1", **FRIDGE), *sold("S2", **FRIDGE))
    given("products", {"sku": "W", "sku_name": "W", "category": "washers"})
    given("trainings", session("S1", category=None, sku="W"))
    found = measured.measure(store, Scope(JUNE))

    assert found is not None
    assert found.sessions[0].category == "washers"
    given("trainings", session("S2", "T2", HELD, category=None))
    assert reason(store) == "alone"


def test_a_test_is_passed_from_sixty_and_no_test_is_not_failed(store, given):
    given("trainings", session("S1", score=60), session("S2", score=59.9), session("S3", score=None))
    found = measured.measure(store, Scope(JUNE))

    assert found is not None
    assert [s.failed for s in found.sessions] == [False, True, False]


def test_a_session_after_the_day_looked_at_has_not_happened(store, given):
    given("trainings", session("S1", held_on=JUNE), session("S2", "T2", JUNE + timedelta(days=1)))
    found = measured.measure(store, Scope(JUNE))

    assert found is not None
    assert [s.training for s in found.sessions] == ["T1"]


def test_without_any_sales_the_newest_session_says_what_day_it_is(store, given):
    never = Scope(NEVER)
    assert measured.dated(store, never) == never

    given("trainings", session("S1"), session("S2", "T2", HELD + WEEK))

    assert measured.dated(store, never).as_of == HELD + WEEK
    assert measured.dated(store, Scope(JUNE)).as_of == JUNE


@pytest.mark.parametrize(("day", "sunday"), [(28, 28), (27, 21), (29, 28), (30, 28)])
def test_weeks_end_on_sunday(day, sunday):
    assert measured.last_sunday(date(2026, 6, day)) == date(2026, 6, sunday)
