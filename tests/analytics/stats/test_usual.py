"""An account's own range: twelve values at least, the median, and three robust deviations above it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats.index import CONSISTENT
from analytics.stats.usual import LEAST, usual


@pytest.mark.parametrize(("count", "known"), [(LEAST - 1, False), (LEAST, True)])
def test_a_year_makes_a_range_and_less_does_not(count, known):
    assert (usual(np.ones(count)) is not None) is known


def test_the_upper_end_is_three_robust_deviations_above_the_median():
    past = np.array([1.0] * 4 + [2.0] * 5 + [3.0] * 4)

    assert usual(past) == (2.0, pytest.approx(2.0 + 3 * CONSISTENT * 1.0))


def test_one_wild_value_neither_moves_nor_widens_it():
    past = np.tile([1.0, 2.0, 3.0], 5)

    assert usual(np.append(past[:-1], 900.0)) == usual(past)


@given(st.lists(st.floats(-1e6, 1e6), min_size=LEAST, max_size=40), st.floats(0.1, 100))
def test_it_grows_with_its_unit(values, scale):
    one, other = usual(np.array(values)), usual(np.array(values) * scale)

    assert other == (pytest.approx(one[0] * scale, abs=1e-6), pytest.approx(one[1] * scale, rel=1e-9, abs=1e-6))
