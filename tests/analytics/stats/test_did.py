"""Difference in differences: exact on clean numbers, calibrated where truth is known, silent where it cannot tell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats.did import BLOCKS, Effect, blocks, joint, two_groups
from bench.groups import panel

RUNS = 200


def test_what_all_gain_cancels_and_what_the_treated_gain_beyond_is_the_effect():
    flat = np.full((4, 8), 100.0)
    treated, others = flat.copy(), flat.copy()
    treated[:, 4:] *= 1.5 * 1.2
    others[:, 4:] *= 1.5

    found = two_groups(treated, others, 4)

    assert found is not None
    assert found.effect.lift == pytest.approx(0.2)
    assert found.effect.error == pytest.approx(0.0)


@given(st.floats(0.2, 5.0), st.floats(0.01, 1000.0))
def test_neither_a_season_that_all_share_nor_the_unit_of_counting_moves_it(season, unit):
    rng = np.random.default_rng(1)
    y = rng.uniform(50, 150, (8, 12))
    moved = y.copy()
    moved[:, 6:] *= season

    one, other = two_groups(y[:3], y[3:], 6), two_groups(unit * moved[:3], unit * moved[3:], 6)

    assert one is not None and other is not None
    assert one.effect.log == pytest.approx(other.effect.log)
    assert one.effect.error == pytest.approx(other.effect.error)


def test_a_zero_is_a_number_and_a_missing_week_is_left_out():
    y = np.full((6, 8), 10.0)
    y[0, 4] = 0.0
    gap = np.full((6, 8), 10.0)
    gap[0, 4] = np.nan

    zero, missing = two_groups(y[:3], y[3:], 4), two_groups(gap[:3], gap[3:], 4)

    assert zero is not None and missing is not None
    assert zero.effect.lift == pytest.approx(-1 / 12)
    assert missing.effect.lift == pytest.approx(0.0)


@pytest.mark.parametrize(("treated", "others"), [(1, 5), (5, 1)])
def test_one_unit_in_a_group_tells_nothing(treated, others):
    assert two_groups(np.ones((treated, 8)), np.ones((others, 8)), 4) is None
    assert two_groups(np.ones((2, 8)), np.ones((2, 8)), 4) is not None


def test_a_group_that_sold_nothing_before_tells_nothing():
    y = np.ones((3, 8))
    y[:, :4] = 0

    assert two_groups(y, np.ones((3, 8)), 4) is None


def test_ranges_hold_what_was_planted_as_often_as_they_say():
    held, p = [], []
    for seed in range(RUNS):
        y = panel(np.random.default_rng([seed, 21]), 24, 34)
        y[:6, 26:] *= 1.1
        found = two_groups(y[:6], y[6:], 26)
        assert found is not None and found.trend is not None
        held.append([low <= 0.1 <= high for low, high in (found.effect.reach(0.8), found.effect.reach(0.95))])
        p.append(found.trend.p)

    in80, in95 = np.mean(held, axis=0)
    assert 0.75 <= in80 <= 0.90
    assert 0.92 <= in95 <= 0.99
    assert 0.04 <= np.mean(np.array(p) < 0.1) <= 0.16  # its size


def test_groups_that_ran_apart_before_are_found_out():
    y = panel(np.random.default_rng(3), 24, 34)
    y[:12, :26] *= np.linspace(0.6, 1.0, 26)

    found = two_groups(y[:12], y[12:], 26)

    assert found is not None and found.trend is not None
    assert not found.trend.alike


def test_too_short_a_time_before_is_not_tested():
    y = np.random.default_rng(2).uniform(50, 150, (12, 10))

    short, long = two_groups(y[:6], y[6:], BLOCKS - 1), two_groups(y[:6], y[6:], BLOCKS)

    assert short is not None and short.trend is None
    assert long is not None and long.trend is not None


def test_a_joint_test_needs_more_clusters_than_contrasts():
    u = np.random.default_rng(4).normal(size=(4, 3))

    assert joint(np.zeros(3), [u]) is None
    assert joint(np.zeros(3), [u[:0]]) is None
    assert joint(np.zeros(3), [np.random.default_rng(4).normal(size=(5, 3))]) is not None


def test_blocks_cover_the_time_before_once():
    for length in range(BLOCKS, 30):
        spans = blocks(length)
        assert len(spans) == BLOCKS
        assert [n for span in spans for n in range(length)[span]] == list(range(length))


def test_an_effect_tells_the_chance_of_being_larger():
    sure, even = Effect(0.1, 0.0, 9.0), Effect(0.1, 0.05, 9.0)

    assert sure.above(0.0) == 1.0 and sure.above(0.2) == 0.0
    assert even.above(even.lift) == pytest.approx(0.5)
    assert even.above(even.reach(0.8)[0]) == pytest.approx(0.9)
