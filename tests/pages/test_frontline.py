"""The training page: what it says of the demo company, and what it says with few files."""

from datetime import date, timedelta

import pytest

from tests.conftest import Given
from tests.pages.words import words

MONDAY = date(2026, 1, 5)
SESSION = {
    "training": "T1", "account": "A", "held_on": MONDAY, "category": "washers", "trained": 9, "staff": 12,
    "reaction": 4.5, "score_before": 58, "score": 82,
}  # fmt: skip


@pytest.fixture
def taught(store, given: Given) -> Given:
    """A company of one's own with a session at a store; gives more when called."""
    (store.root / "begun").touch()
    given("trainings", SESSION | {"store": "S1"})
    return given


def sold(*stores: str) -> list[dict]:
    return [
        {"account": "A", "store": s, "sku": "W", "category": "washers", "sold_on": MONDAY + timedelta(days=7 * n),
         "qty": 20, "amount": 2000}
        for s in stores for n in range(-8, 13)
    ]  # fmt: skip


def test_says_whether_training_sells_by_its_range_and_whom_to_train_next(run, demo_home):
    at = run(demo_home, "frontline", lang="en")

    assert not at.exception
    said = words(at)
    assert "Training sells" in said and "of the trained range in 8 weeks, 80% range +" in said
    assert "Everything of ours at the store" in said and "competitors" in said
    assert "both ran alike as far as can be seen" in said and "sessions can be measured" in said
    assert "stores were trained" in said
    assert "Train these next" in said and "Never" in said


def test_one_account_is_too_few_to_tell_and_it_says_so(run, demo_home):
    at = run(demo_home, "frontline", lang="en", a="A24")

    assert not at.exception
    assert "A lift needs sell-out by store" in words(at)  # this account reports one figure
    assert "cannot be told yet" in words(at)


def test_without_trainings_it_asks_for_them_and_offers_to_type_one_in(run, store, given):
    (store.root / "begun").touch()
    given("sell_out", *sold("S1"))

    at = run(store.root, "frontline", lang="en")

    assert not at.exception
    assert "Trainings" in words(at)
    assert any(b.key == "register-session" for b in at.button)


def test_without_sell_out_coverage_and_scores_work_and_the_lift_says_what_it_needs(run, taught, store):
    at = run(store.root, "frontline", lang="en")

    assert not at.exception
    said = words(at)
    assert "In twelve months 1 store was trained" in said or "stores were trained" in said
    assert "no sell-out yet" in said
    assert "Sell-out" in said and "Does training sell?" in said


def test_with_sell_out_of_accounts_only_the_lift_is_named_as_needing_stores(run, taught, store):
    taught("sell_out", *sold(""))

    at = run(store.root, "frontline", lang="en")

    assert not at.exception
    assert "A lift needs sell-out by store" in words(at)


def test_the_button_opens_the_register_of_trainings(run, demo_home):
    at = run(demo_home, "frontline", lang="en")
    [button] = [b for b in at.button if b.key == "register-session"]

    at = button.click().run()

    assert not at.exception
    assert "Type rows in" in words(at)
    assert [box.value for box in at.selectbox if box.label == "Which register?"] == ["trainings"]
