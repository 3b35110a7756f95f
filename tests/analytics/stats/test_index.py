"""The barometer's arithmetic: robust, additive to the last digit, and never beyond 0 or 100."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.stats.index import LEAST, TOTAL, combine, deviation, robust_z

z_values = st.one_of(st.just(np.nan), st.floats(-3, 3))


def test_z_is_the_distance_from_the_median_in_scaled_mads():
    x = np.array([1.0, 2, 3, 4, 5, 9])  # median 3.5, absolute deviations 2.5 1.5 .5 .5 1.5 5.5, their median 1.5

    assert robust_z(x)[-1] == pytest.approx((9 - 3.5) / (1.4826 * 1.5))


def test_z_looks_only_backwards():
    x = np.arange(10.0)
    longer = np.append(x, 1000.0)

    np.testing.assert_array_equal(robust_z(longer)[:10], robust_z(x))


@pytest.mark.parametrize(("known", "counts"), [(LEAST - 1, False), (LEAST, True)])
def test_a_component_counts_from_its_sixth_month_on(known, counts):
    x = np.arange(float(known))

    assert np.isnan(robust_z(x)[-1]) != counts


def test_missing_months_stay_missing_and_do_not_count_as_history():
    x = np.array([1.0, np.nan, 2, 3, np.nan, 4, 5])

    z = robust_z(x)

    assert np.isnan(z).all()  # five known months only
    assert not np.isnan(robust_z(np.append(x, 6.0))[-1])


def test_z_is_clipped_at_three():
    x = np.array([1.0, 2, 3, 4, 5, 1e9])

    assert robust_z(x)[-1] == 3
    assert robust_z(-x)[-1] == -3


@pytest.mark.parametrize(("value", "z"), [(5.0, 0.0), (5.1, 3.0), (4.9, -3.0)])
def test_a_constant_history_makes_any_departure_extreme(value, z):
    assert deviation(value, 5.0, 0.0) == z


@given(arrays(np.float64, st.tuples(st.integers(1, 6), st.integers(1, 8)), elements=z_values))
def test_contributions_sum_exactly_to_the_index(z):
    parts = combine(z)
    known = ~np.isnan(z).all(axis=0)

    np.testing.assert_allclose(50 + parts.points.sum(axis=0)[known], parts.index[known], atol=1e-9)
    assert (parts.index[known] >= -1e-9).all()
    assert (parts.index[known] <= 100 + 1e-9).all()
    assert np.isnan(parts.index[~known]).all()


@given(arrays(np.float64, st.tuples(st.integers(1, 6), st.integers(1, 8)), elements=z_values))
def test_weights_are_equal_among_the_known_and_nothing_for_the_missing(z):
    weights = combine(z).weights
    missing = np.isnan(z)

    assert (weights[missing] == 0).all()
    np.testing.assert_allclose(weights.sum(axis=0)[~missing.all(axis=0)], TOTAL)
    for column, absent in zip(weights.T, missing.T, strict=True):
        assert np.ptp(column[~absent]) < 1e-12 if (~absent).any() else True


def test_the_scale_ends_where_every_component_is_extreme():
    index = combine(np.array([[3.0, -3.0, 0.0], [3.0, -3.0, 0.0]])).index

    np.testing.assert_allclose(index, [100, 0, 50])
