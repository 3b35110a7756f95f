"""Coverage: stores and staff trained of all, in twelve months and ever; what is not known is named."""

from datetime import date

import pytest

from analytics.answer import Scope
from analytics.frontline import coverage
from tests.analytics.frontline.weeks import JUNE, session, sold

SCOPE = Scope(JUNE)


def by_account(store, scope=SCOPE) -> dict[str, coverage.Row]:
    return {r.account: r for r in coverage.ask(store, scope)}


def said(store) -> str:
    return " ".join(f.text.en for f in coverage.say(coverage.ask(store, SCOPE), SCOPE))


def test_stores_of_the_master_come_before_those_that_sell_out_names(store, given):
    given("accounts", {"account": "A", "account_name": "A", "stores": 8}, {"account": "B", "account_name": "B"})
    given("sell_out", *sold("S1"), *sold("S2"), *sold("S3", account="B"), *sold("S4", account="B"))
    given("trainings", session("S1"), session("S3", "T2", account="B"))
    rows = by_account(store)

    assert (rows["A"].stores, rows["A"].counted, rows["A"].share) == (8, "listed", 1 / 8)
    assert (rows["B"].stores, rows["B"].counted, rows["B"].share) == (2, "seen", 1 / 2)
    assert "2 of 10 stores were trained (20%)" in said(store)


def test_an_account_whose_stores_nobody_knows_has_no_share_and_is_named(store, given):
    given("trainings", session("S1"))
    row = by_account(store)["A"]

    assert (row.stores, row.counted, row.share, row.trained_stores) == (None, "", None, 1)
    assert "In twelve months 1 store" in said(store) and "how many there are is not in the file" in said(store)
    assert "Accounts whose stores nobody has counted, left out of the share: 1" in said(store)


@pytest.mark.parametrize(("day", "recent"), [(date(2025, 7, 1), 1), (date(2025, 6, 30), 0)])
def test_twelve_months_back_and_not_a_day_more(store, given, day, recent):
    given("trainings", session("S1", held_on=day))
    row = by_account(store)["A"]

    assert (row.trained_stores, row.ever_stores, row.sessions) == (recent, 1, recent)


def test_a_store_trained_twice_is_one_store_and_its_staff_counts_once(store, given):
    given(
        "trainings",
        session("S1", trained=5, staff=10),
        session("S1", "T2", trained=8, staff=10),
        session("S2", "T3", trained=4, staff=None),
        session("S3", "T4", trained=9, staff=6),
    )
    row = by_account(store)["A"]

    assert (row.trained_stores, row.sessions) == (3, 4)
    assert (row.people, row.staff, row.unstaffed) == (8 + 6, 16, 1)  # never more people than work there
    assert "14 of 16 staff took part (88%)" in said(store)


def test_more_stores_trained_than_the_master_lists_is_all_of_them(store, given):
    given("accounts", {"account": "A", "account_name": "A", "stores": 1})
    given("trainings", session("S1"), session("S2", "T2"))

    assert by_account(store)["A"].share == 1.0
    assert coverage.total(coverage.ask(store, SCOPE)).share == 1.0


def test_shares_are_sums_over_sums(store, given):
    given("accounts", *({"account": a, "account_name": a, "stores": n} for a, n in (("A", 1), ("B", 9))))
    given("trainings", session("S1"))

    assert coverage.total(coverage.ask(store, SCOPE)).share == pytest.approx(0.1)  # not the mean of 100 % and 0 %
    assert "1 account had no session" in said(store)


def test_a_range_counts_its_own_sessions_and_those_about_everything(store, given):
    given("trainings", session("S1"), session("S2", "T2", category="fridges"), session("S3", "T3", category=None))

    assert by_account(store, Scope(JUNE, categories=("washers",)))["A"].trained_stores == 2


def test_the_largest_account_comes_first(store, given):
    given("sell_out", *sold("S1", account="A", pcs=1), *sold("S2", account="B", pcs=9))

    assert [r.account for r in coverage.ask(store, SCOPE)] == ["B", "A"]
