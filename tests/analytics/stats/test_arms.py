"""Variants compared inside their markets, unit by unit."""

import numpy as np
import pytest

from analytics.stats.arms import Contrast, compare
from bench.trials import launch

SIX = np.repeat(np.arange(6), 2)  # units of two periods
ARMS = np.repeat([0, 0, 0, 1, 1, 1], 2)


def only(found: list) -> Contrast:
    [one] = found
    assert isinstance(one, Contrast)
    return one


def test_without_markets_it_is_the_difference_of_means():
    outcome = np.array([1, 1, 2, 2, 3, 3, 5, 5, 6, 6, 7, 7], dtype=float)
    found = only(compare(outcome, ARMS, SIX))

    assert found.difference.value == pytest.approx(-4)
    assert (found.units, found.difference.freedom) == (6, 5)


def test_repeating_a_units_period_makes_nobody_surer():
    outcome = np.array([1, 1, 2, 2, 3, 3, 5, 5, 6, 6, 7, 7], dtype=float)
    once = only(compare(outcome[::2], ARMS[::2], SIX[::2])).difference

    assert only(compare(outcome, ARMS, SIX)).difference.error == pytest.approx(once.error)


def test_a_markets_own_level_is_no_effect_of_the_arm_that_it_has_more_of():
    blocks = np.array([0, 0, 1, 0, 1, 1])
    level = np.array([10.0, 10, 90, 12, 92, 92])
    found = only(compare(level, np.array([0, 0, 0, 1, 1, 1]), np.arange(6), blocks))

    assert found.difference.value == pytest.approx(-2)
    assert found.difference.error == pytest.approx(0, abs=1e-9)


def test_leaving_units_out_one_by_one_gives_the_error():
    rng = np.random.default_rng(3)
    outcome, arms, units, blocks = rng.normal(size=24), np.tile([0, 1], 12), np.arange(24), np.repeat([0, 1, 2], 8)
    found = only(compare(outcome, arms, units, blocks)).difference
    left = [
        only(compare(outcome[k], arms[k], units[k], blocks[k])).difference.value for k in (units != n for n in units)
    ]

    assert found.error == pytest.approx((((np.array(left) - found.value) ** 2).sum() * 23 / 24) ** 0.5)


def test_arms_that_no_market_and_no_third_arm_brings_together_are_not_compared():
    assert compare(np.arange(6.0), np.array([0, 0, 0, 1, 1, 1]), np.arange(6), np.array([0, 0, 0, 1, 1, 1])) == [
        "never in one block"
    ]


def test_two_units_of_an_arm_are_too_few():
    assert compare(np.arange(5.0), np.array([0, 0, 0, 1, 1]), np.arange(5)) == ["too few units"]


def test_what_was_not_told_stays_out():
    outcome = np.array([1, 2, 3, 5, 6, 7, np.nan])
    found = only(compare(outcome, np.array([0, 0, 0, 1, 1, 1, 1]), np.arange(7)))

    assert found.difference.value == pytest.approx(-4) and found.units == 6


def test_the_fast_food_launch_tells_promotions_apart_only_inside_markets(real):
    raw, inside = (launch(real, by_market=by_market).difference for by_market in (False, True))

    assert raw.value == pytest.approx(2.7, abs=0.05) and raw.band(0.95) == pytest.approx((-3.8, 9.3), abs=0.3)
    assert inside.value == pytest.approx(4.9, abs=0.05) and inside.band(0.95) == pytest.approx((3.8, 6.1), abs=0.05)
