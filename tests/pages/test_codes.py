"""Names and codes: one click makes two codes one or keeps them apart for good, and each decision can be taken back."""

import pytest

from data.naming import told
from data.store import Store
from tests.conftest import giver
from tests.pages.words import words


@pytest.fixture
def alike(store: Store) -> Store:
    """A home of one's own with 苏宁 and 苏宁易购."""
    rows = [
        ("苏宁易购", "2026-05-02", 5),
        ("苏宁易购", "2026-04-02", 7),
        ("苏宁", "2026-06-02", 3),
        ("国美", "2026-06-02", 1),
    ]
    giver(store)("sell_out", *[{"account": a, "sku": "X", "sold_on": day, "qty": n} for a, day, n in rows])
    (store.root / "begun").touch()
    return store


def figures(store: Store) -> dict[str, int]:
    store.version()
    return dict(store.execute("SELECT account, sum(qty)::INTEGER FROM sales_month GROUP BY account"))


def press(at, key: str):
    """Click the button of this key; the page runs again."""
    [button] = [b for b in at.button if b.key.startswith(key)]
    return button.click().run()


def test_a_pair_is_shown_with_evidence_and_one_click_makes_it_one(run, alike):
    at = run(alike.root, "codes", lang="en")
    assert "Pairs of codes that may be the same: 1" in words(at)
    assert "苏宁: 1 row in 1 month (2026-06 to 2026-06)" in words(at) and "Never both in one month" in words(at)

    at = press(at, "same-")

    assert figures(alike) == {"苏宁易购": 15, "国美": 1}
    assert "No codes need a look" in words(at) and "苏宁 → 苏宁易购" in words(at)
    [batch] = alike.lake.batches("aliases")
    assert batch.receipt.user and batch.receipt.user in words(at)


def test_a_decision_is_taken_back_in_two_clicks_and_the_figures_are_the_former_ones(run, alike):
    before = figures(alike)
    at = press(run(alike.root, "codes", lang="en"), "same-")
    at = press(at, "undo-")
    assert figures(alike) != before

    at = press(at, "sure-")

    assert figures(alike) == before and "Pairs of codes that may be the same: 1" in words(at)


def test_what_is_different_is_not_proposed_again_until_that_is_taken_back(run, alike):
    before = figures(alike)

    at = press(run(alike.root, "codes", lang="en"), "apart-")

    assert figures(alike) == before and "No codes need a look" in words(at)
    assert "苏宁 ≠ 苏宁易购" in words(at) and [one.is_apart for one in told(alike)] == [True]
    at = press(press(at, "undo-"), "sure-")
    assert "Pairs of codes that may be the same: 1" in words(at)


def test_an_alias_without_effect_says_so(run, alike):
    giver(alike)("aliases", {"alias": "a", "account": "b"})
    giver(alike)("aliases", {"alias": "b", "account": "a"})

    at = run(alike.root, "codes", lang="zh")

    assert words(at).count("未生效") == 2 and "在用的别名 0 个" in words(at)


def test_the_demo_can_be_looked_at_and_stays_the_demo(run, demo_home):
    at = run(demo_home, "codes", lang="en")

    assert "The demo company&#x27;s codes cannot be changed" in words(at) and "100200 → A01" in words(at)
    assert not [b for b in at.button if b.key.startswith("undo-")]
    assert all(b.disabled for b in at.button if b.key.startswith(("same-", "apart-")))
    assert not (demo_home / "lake").exists() and not (demo_home / "begun").exists()


def test_an_article_number_of_nobody_says_that_no_row_is_meant(run, alike):
    put = giver(alike)
    put("sell_out", {"account": "A01", "sku": "X1", "sold_on": "2026-01-01", "qty": 1})
    put("aliases", {"alias": "10", "used_by": "SAP", "sku": "X1"}, {"alias": "11", "used_by": "A01", "sku": "X1"})

    at = run(alike.root, "codes", lang="en")

    assert words(at).count("No effect") == 1 and "“SAP” is no known account" in words(at)
