"""The page of promotions: both sides, one of them, a deal that is tried and registered, and few files."""

from datetime import date, timedelta

import pytest

from analytics.asking import scope as newest
from analytics.promotions import effect, planned, tried
from data.datasets.promotions import PROMOTIONS
from data.home import Home
from data.shelf import shelf
from tests.conftest import Given
from tests.pages.words import words

MONDAY = date(2026, 6, 1)


@pytest.fixture
def sold(store, given: Given) -> Given:
    """Two years of weekly sell-out of a product at three accounts; gives more when called."""
    (store.root / "begun").touch()
    given(
        "sell_out",
        *(
            {"account": a, "sku": "X", "sold_on": MONDAY - timedelta(days=7 * n), "qty": 20 + n % 3, "amount": 2000}
            for a in ("A", "B", "C")
            for n in range(110)
        ),
    )
    return given


def test_says_what_both_sides_got_and_how_much_was_only_pulled_forward(run, demo_home, demo, demo_scope):
    at = run(demo_home, "promotions", lang="en")

    assert not at.exception
    whole = effect.ask(demo, demo_scope).whole
    said = words(at)
    assert f"{whole.count} promotions together: we lost" in said and "the accounts&#x27; gain" in said
    assert "were only pulled forward" in said and "only about 70% of the time" in said
    assert f"{100 * whole.ours.roi:.0f}".replace("-", "\u2212") + "%" in said  # the verdict is the answer's own number


def test_one_promotion_is_chosen_in_the_address(run, demo_home):
    last, other = run(demo_home, "promotions", lang="en"), run(demo_home, "promotions", lang="en", b="PR001")

    assert not other.exception
    assert "2023-12-11 – 2023-12-24" in words(other) and "2023-12-11 – 2023-12-24" not in words(last)


def test_a_deal_is_tried_in_the_address_and_changes_what_is_expected(run, demo_home):
    usual, deep = (run(demo_home, "promotions", lang="en", a="A14", **query) for query in ({}, {"d": "30"}))

    assert not deep.exception
    assert [box.value for box in deep.selectbox if box.label == "Depth"] == ["30"]
    ours = [text[text.index("Ours ") :][:30] for text in (words(usual), words(deep))]
    assert ours[0] != ours[1]
    assert not [b for b in usual.button if b.key == "register-deal"]  # what is usual is no plan


def test_a_term_that_is_not_on_offer_is_the_usual_one(run, demo_home):
    at = run(demo_home, "promotions", lang="en", a="A14", d="77", q="nothing")

    assert not at.exception and [box.value for box in at.selectbox if box.label == "Depth"] == [""]


def test_a_deal_that_was_tried_can_be_registered_and_is_then_a_plan(run, tmp_path):
    home = Home(tmp_path / "home")
    home.make_demo()
    store = home.store()
    scope = newest(shelf(store), account="A14")
    row = planned.ask(store, tried.tried(scope, {"d": "8", "i": "2026-08-10"}))[0]

    at = run(home.path, "promotions", lang="en", a="A14", d="8", i="2026-08-10")
    [button] = [b for b in at.button if b.key == "register-deal"]
    button.click().run()

    assert not at.exception
    assert "Registered 1 row" in words(at)
    store.version()  # another process has published
    code = tried.register_row(row)["promotion"]
    found = store.execute("SELECT account, sku, starts_on, depth FROM promotions WHERE promotion = $code", code=code)
    assert [(a, s, d) for a, s, d, _ in found] == [("A14", row.sku, date(2026, 8, 10))]
    assert float(found[0][3]) == 0.08


def test_promotions_can_be_typed_in():
    assert PROMOTIONS.typed


def test_without_promotions_it_says_which_file_to_upload(run, sold, store):
    at = run(store.root, "promotions", lang="en")

    assert not at.exception
    assert "Not there yet: Promotions" in words(at)


def test_with_one_promotion_it_says_that_nothing_can_be_learnt_yet(run, sold, store):
    start = MONDAY - timedelta(days=7 * 20)
    sold(
        "promotions",
        {"promotion": "P1", "account": "A", "sku": "X", "starts_on": start, "ends_on": start + timedelta(days=13)},
    )

    at = run(store.root, "promotions", lang="en")

    assert not at.exception
    said = words(at)
    assert "Only 1 promotion" in said and "too few to judge together" in said
    assert "have no return for want of" in said or "has no return for want of" in said  # no master, no terms
    assert "Fewer than three promotions are over" in said


def test_numbers_of_twelve_months_say_so_beside_a_headline_of_all(run, demo_home):
    at = run(demo_home, "promotions", lang="en")

    assert words(at).count("12 months, 80%:") == 3  # net pieces, our gain, the account's
