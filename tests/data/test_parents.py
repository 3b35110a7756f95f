"""The top of an account's group: as far as the master says, in whatever order; nobody climbs in circles."""

import pytest


@pytest.fixture
def tops(store, given):
    """Load a master of (account, parent) and say each account's top."""

    def load(*pairs: tuple[str, str | None]) -> dict[str, str]:
        given("accounts", *[{"account": a, "account_name": a, "parent": parent} for a, parent in pairs])
        return dict(store.execute("SELECT account, parent FROM account_dim ORDER BY account"))

    return load


def test_an_account_without_parent_is_its_own_top(tops):
    assert tops(("a", None)) == {"a": "a"}


def test_the_top_is_reached_over_several_levels_and_need_not_be_in_the_master(tops):
    assert tops(("a", "b"), ("b", "c"), ("c", "group"), ("d", "c")) == dict.fromkeys("abcd", "group")


@pytest.mark.parametrize(("levels", "reached"), [(16, True), (17, False)])
def test_sixteen_levels_are_climbed_and_who_stands_lower_stands_alone(tops, levels, reached):
    found = tops(*[(f"{n}", f"{n + 1}") for n in range(levels)])

    assert found["0"] == (f"{levels}" if reached else "0") and found["1"] == f"{levels}"


def test_who_climbs_in_a_circle_or_into_one_stands_alone(tops):
    assert tops(("a", "b"), ("b", "a"), ("x", "a"), ("s", "s"), ("t", "s")) == {
        **{code: code for code in "abxs"},
        "t": "s",
    }


def test_an_account_that_only_sales_name_is_its_own_top(store, given):
    given("sell_out", {"account": "new", "sold_on": "2026-02-14"})

    assert store.execute("SELECT account, parent FROM account_dim") == [("new", "new")]


def test_a_parent_goes_by_the_code_that_counts(store, given, tops):
    given("aliases", {"alias": "old", "account": "group"})

    assert tops(("a", "old"), ("b", "group")) == {"a": "group", "b": "group"}
