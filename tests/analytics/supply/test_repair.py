"""Weeks that an empty shelf cut short: stock followed from count to count, and what a count of nothing alone says."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from analytics.answer import Flow, Scope
from analytics.stats.seasonal import fit
from analytics.supply.panel import Panel, panels
from analytics.supply.repair import APART, TRUSTED, between, followed, out_of_stock
from data.samples import company

SUNDAY = date(2026, 6, 28)
NAN = np.nan


def back(n: int, weekday: int = 0) -> date:
    return SUNDAY - timedelta(days=6 - weekday + 7 * n)


def sold(n: int, pcs: float, sku: str = "X", weekday: int = 2) -> dict:
    return {"account": "A", "sku": sku, "sold_on": back(n, weekday), "qty": pcs}


def count(n: int, pcs: float | None, weekday: int = 6, **more) -> dict:
    return {"account": "A", "sku": "X", "counted_on": back(n, weekday), "on_hand": pcs} | more


def short(store, flow: Flow = "sell_out") -> list[int]:
    """How many weeks ago X was cut short."""
    [panel] = panels(store, Scope(SUNDAY, flow))
    out = out_of_stock(store, Scope(SUNDAY, flow), panel)
    assert not out[panel.sku == "Y"].any()
    return [
        n for n, is_out in zip(range(len(panel.starts) - 1, -1, -1), out[panel.sku == "X"][0], strict=True) if is_out
    ]


@pytest.fixture
def weekly(given):
    """X and Y sell ten a week for thirty weeks, on Wednesdays."""
    given("sell_out", *(sold(n, 10, sku) for n in range(30) for sku in "XY"))


@pytest.mark.parametrize(("counted", "found"), [(31, [5, 4]), (32, [])])
def test_a_week_that_closed_with_next_to_nothing_and_the_one_that_opened_so_are_cut_short(
    store, given, weekly, counted, found
):
    given("stock", count(8, counted))  # less ten a week: 1 or 2 left at the end of week 5; 1.5 is nothing
    given("sell_in", sold(4, 60))

    assert short(store) == found


def test_what_comes_in_and_goes_back_is_part_of_the_stock(store, given, weekly):
    given("stock", count(6, 30))
    given("sell_in", sold(5, 20), sold(4, -29))  # 40 at the end of week 5, 1 at the end of week 4

    assert short(store)[:2] == [4, 3]


@pytest.mark.parametrize(("weekday", "came", "found"), [(1, 0, [5, 4]), (2, 0, []), (1, 1, [])])
def test_a_count_within_a_week_is_brought_to_its_end(store, given, weekly, weekday, came, found):
    given("stock", count(5, 11, weekday), count(4, 90))
    given("sell_in", sold(5, came, weekday=6), sold(20, 1))

    assert short(store) == found


def test_the_last_count_of_a_week_counts_and_stores_add_up(store, given, weekly):
    given("stock", count(5, 50, 3), count(5, 1, 4, store="1"), count(5, 9, 4, store="2"), count(4, 90))
    given("sell_in", sold(20, 1))

    assert short(store) == []


@pytest.mark.parametrize(("first", "found"), [(9, [9, 8, 7, 6, 5, 4]), (10, [10, 4])])
def test_without_shipments_only_weeks_between_two_near_counts_of_nothing_are_cut_short(
    store, given, weekly, first, found
):
    given("stock", count(first, 1), count(4, 0))

    assert short(store) == found


def test_a_count_of_something_between_two_of_nothing_parts_them(store, given, weekly):
    given("stock", count(8, 0), count(6, 2), count(4, 0))

    assert short(store) == [8, 4]


def test_nothing_is_taken_out_without_counts_of_months_and_of_our_own_shipments(store, given, weekly):
    assert short(store) == []
    given("sell_in", *(sold(n, 10) for n in range(30)), *(sold(n, 10, "Y") for n in range(30)))
    given("stock", *(count(n, 0) for n in range(30)))

    assert short(store, "sell_in") == []
    assert short(store) == list(range(29, -1, -1))


def test_counted_stock_takes_the_place_of_what_was_followed():
    counted = np.array([[5.0, NAN, NAN, 40.0, NAN]])
    came, asked = np.array([[0.0, 10.0, 0.0, 0.0, 0.0]]), np.full((1, 5), 3.0)

    np.testing.assert_equal(followed(counted, came, asked), [[5, 12, 9, 40, 37]])


@pytest.mark.parametrize(("weeks", "known"), [(9, True), (10, False)])
def test_a_count_is_followed_for_nine_weeks(weeks, known):
    counted = np.full((1, weeks + 1), NAN)
    counted[0, 0] = 100

    found = followed(counted, np.zeros(counted.shape), np.ones(counted.shape))

    assert np.isnan(found[0, -1]) != known and found[0, 9] == 100 - 9


def test_before_the_first_count_and_after_sales_that_nobody_reported_stock_is_not_known():
    counted = np.array([[NAN, 9.0, NAN, NAN]])

    found = followed(counted, np.zeros((1, 4)), np.array([[1.0, 1.0, NAN, 1.0]]))

    np.testing.assert_equal(found, [[NAN, 9, NAN, NAN]])


@drawn(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=TRUSTED))
def test_followed_stock_closes_the_books(moves):
    came, asked = (np.array([[0.0, *column]]) for column in zip(*moves, strict=True))
    counted = np.full(came.shape, NAN)
    counted[0, 0] = 100

    found = followed(counted, came, asked)

    assert found[0, -1] == 100 + came.sum() - asked.sum()


@drawn(st.lists(st.sampled_from("0+-"), min_size=1, max_size=16))
def test_a_week_lies_between_two_near_counts_of_nothing_or_is_one(counts):
    """0 a count of nothing, + of something, - none."""
    nothing, uncounted = (np.array([[c == sign for c in counts]]) for sign in "0-")

    def cut(t: int) -> bool:
        before = next((n for n in range(t, -1, -1) if counts[n] != "-"), None)
        after = next((n for n in range(t, len(counts)) if counts[n] != "-"), None)
        if before is None or after is None:
            return False
        return counts[before] == counts[after] == "0" and after - before <= APART

    assert list(between(nothing, uncounted)[0]) == [cut(t) for t in range(len(counts))]


@pytest.fixture(scope="module")
def truth():
    """The demo company: what people truly came for by account, product and week."""
    return company().truth


def asked(truth, panel: Panel) -> np.ndarray:
    """What people came for at the items of a panel, by week: (items, weeks)."""
    base, first = truth.baseline, np.datetime64(panel.starts[0])
    week = (base.starts.astype("datetime64[D]") - first).astype(int) // 7
    whole = np.zeros((len(panel.starts), *base.demand.shape[1:]))
    inside = (week >= 0) & (week < len(whole))
    np.add.at(whole, week[inside], base.demand[inside])
    at = [(base.accounts.index(a), base.skus.index(s)) for a, s in zip(panel.account, panel.sku, strict=True)]
    return np.array([whole[:, i, j] for i, j in at])


def test_on_the_demo_nearly_all_weeks_that_were_cut_short_are_found(demo, demo_scope, truth):
    [panel] = panels(demo, demo_scope)

    out = out_of_stock(demo, demo_scope, panel)
    cut = asked(truth, panel) - panel.y >= 1  # missing weeks are not

    assert cut.sum() > 200
    assert (out & cut).sum() / cut.sum() >= 0.95
    assert out.mean() < 0.02  # what is taken for cut short and was not, costs little


def test_on_the_demo_the_repaired_level_of_the_planted_shortages_is_nearer_the_truth(demo, truth):
    off = []
    for planted in truth.stock_outs:
        scope = Scope(min(planted.until, np.datetime64("2026-06-28")).astype(date))
        panel = next(p for p in panels(demo, scope) if p.weekly)
        out, want = out_of_stock(demo, scope, panel), asked(truth, panel)
        [n] = np.flatnonzero((panel.account == planted.account) & (panel.sku == planted.sku))
        plain, repaired, true = (
            fit(y, panel.group, panel.season).level[n] for y in (panel.y, np.where(out, NAN, panel.y), want)
        )
        off.append((abs(plain / true - 1), abs(repaired / true - 1)))
    before, after = np.array(off).T

    assert (after < before).all(), off
    assert after.mean() <= 0.1 < 0.3 <= before.mean()
