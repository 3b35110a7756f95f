"""Estimates drawn together: the truth is nearer, the ranges hold, and nobody's own word is lost where it is sure."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats.shrunk import shrunk


def test_the_truth_is_nearer_and_the_ranges_hold_it():
    raw, drawn, held = [], [], []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        truth, variance = rng.normal(0.1, 0.05, 20), rng.uniform(0.005, 0.04, 20)
        seen = rng.normal(truth, np.sqrt(variance))
        found = shrunk(seen, variance)
        assert found is not None
        low, high = found.reach(0.8)
        raw.append(np.mean((seen - truth) ** 2))
        drawn.append(np.mean((found.mean - truth) ** 2))
        held.append(np.mean((low <= truth) & (truth <= high)))

    assert np.sqrt(np.mean(drawn)) <= 0.75 * np.sqrt(np.mean(raw))
    assert 0.76 <= np.mean(held) <= 0.90


def test_what_is_sure_keeps_its_own_word_and_what_is_not_takes_that_of_all():
    found = shrunk(np.array([0.5, 0.1, 0.1, 0.1, 0.5]), np.array([1e-6, 1e-6, 1e-6, 1e-6, 10.0]))

    assert found is not None
    assert found.mean[0] == pytest.approx(0.5, abs=0.01)
    assert abs(found.mean[4] - 0.5) > 0.2


@pytest.mark.parametrize(("n", "told"), [(2, False), (3, True)])
def test_of_fewer_than_three_nothing_is_learned(n, told):
    assert (shrunk(np.full(n, 0.1), np.full(n, 0.01)) is not None) == told


@given(st.lists(st.floats(-1, 1), min_size=3, max_size=12), st.floats(-2, 2))
def test_moving_all_moves_all(seen, by):
    variance = np.full(len(seen), 0.02)

    one, other = shrunk(np.array(seen), variance), shrunk(np.array(seen) + by, variance)

    assert one is not None and other is not None
    assert other.mean == pytest.approx(one.mean + by, abs=1e-6)
    assert other.sd == pytest.approx(one.sd, abs=1e-6)
