"""The rate of sale of a product without history."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats.decide import decide
from analytics.stats.rates import Rates, rates
from bench.trials import launched

FIVE = np.full(3, 5.0)


def steady(pieces: float, accounts: int = 3, weeks: int = 8) -> np.ndarray:
    return np.full((accounts, weeks), pieces)


def of(pieces: np.ndarray, stores: np.ndarray = FIVE) -> Rates:
    found = rates(pieces, stores)
    assert isinstance(found, Rates)
    return found


def test_the_rate_is_pieces_over_stores_and_weeks():
    found = of(steady(8.0))

    assert np.exp(found.typical.value) == pytest.approx(64.5 / 40)
    assert [np.exp(one.value) for one in found.each if one] == pytest.approx([64.5 / 40] * 3)


def test_alike_accounts_still_differ_as_launches_usually_do():
    found = of(steady(8.0)).typical

    assert found.freedom == 5  # three of the prior and two of three accounts
    assert found.error == pytest.approx((3 * 0.35**2 / 5 / 3) ** 0.5)


def test_a_week_that_was_not_told_and_one_before_the_listing_do_not_count():
    pieces = steady(8.0)
    pieces[0, 2:5] = np.nan

    assert of(pieces).each[0].value == pytest.approx(np.log(40.5 / 25), abs=1e-9)  # pyright: ignore


def test_an_account_without_stores_or_weeks_has_no_part():
    pieces, stores = steady(8.0, 4), np.array([5.0, 5.0, 0.0, 5.0])
    pieces[3] = np.nan
    found = of(pieces, stores)

    assert found.each[2] is None and found.each[3] is None
    assert found.typical.freedom == 4


def test_an_account_that_sold_none_has_a_low_rate_not_an_error():
    pieces = steady(8.0)
    pieces[1] = 0.0
    found = of(pieces)

    assert np.exp(found.each[1].value) == pytest.approx(0.5 / 40)  # pyright: ignore
    assert np.isfinite(found.typical.error)


def test_weeks_that_swing_more_than_whole_pieces_make_an_account_less_sure():
    calm, wild = of(np.tile([8.0, 8.0, 7.0, 9.0], (3, 2))), of(np.tile([0.0, 16.0, 0.0, 16.0], (3, 2)))

    assert calm.each[0].error == pytest.approx(64.5**-0.5)  # pyright: ignore
    assert wild.each[0].error > 2 * calm.each[0].error  # pyright: ignore


@pytest.mark.parametrize(
    ("pieces", "lack"),
    [
        (steady(8.0, 1), "too few pilots"),
        (steady(8.0, 3, 1), "too few weeks"),
        (np.full((3, 8), np.nan), "too few weeks"),
        (np.zeros((0, 8)), "too few weeks"),
    ],
)
def test_too_little_is_a_value(pieces, lack):
    assert rates(pieces, FIVE[: len(pieces)]) == lack


@given(st.floats(0.2, 5), st.lists(st.integers(0, 60), min_size=8, max_size=8))
def test_more_stores_for_the_same_pieces_lower_every_rate_alike(factor, sold):
    pieces = np.array(sold, dtype=float).reshape(2, 4)
    one, other = of(pieces, FIVE[:2]), of(pieces, FIVE[:2] * factor)

    assert one.typical.value - other.typical.value == pytest.approx(np.log(factor), abs=1e-9)
    assert one.typical.error == pytest.approx(other.typical.error)


def test_the_interval_holds_the_rate_it_was_made_from_and_few_bad_ones_go():
    good, bad = ([one.typical for one in launched(300, true)] for true in (1.6, 1.0))
    held = np.mean([one.band(0.8)[0] <= np.log(1.6) <= one.band(0.8)[1] for one in good])
    words = [decide(one, np.log(1.2), 8).word for one in bad]

    assert 0.78 <= held <= 0.93
    assert words.count("go") <= 0.12 * len(words)
