"""Season and level: exact where the truth is exact, pooled where a series has little of its own, else unknown."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats.seasonal import KNOWN, MONTHLY, Season, at, fit, yearly_base

QUARTERS = Season(4, (2, 4))
SHAPE = np.array([0.5, 1.0, 1.5, 1.0])
ONE = np.zeros(1, int)


def panel(*levels: float, years: int = 3) -> np.ndarray:
    """Series of one shape at these levels."""
    return np.outer(levels, np.tile(SHAPE, years))


def test_an_exact_season_is_found_exactly():
    found = fit(panel(10, 40), np.zeros(2, int), QUARTERS)

    np.testing.assert_allclose(found.index, [SHAPE, SHAPE])
    np.testing.assert_allclose(found.level, [10, 40])


def test_the_base_is_centred_inside_and_the_nearest_year_at_both_ends():
    y = np.array([[1.0, 2, 3, 4, 5, 6, 7, 8]])

    base = yearly_base(y, 4)[0]

    np.testing.assert_allclose(base[2:6], [3, 4, 5, 6])  # (1 + 2·2 + 2·3 + 2·4 + 5) / 8 and so on
    np.testing.assert_allclose(base[:2], [2.5, 2.5])
    np.testing.assert_allclose(base[-1:], [6.5])


@pytest.mark.parametrize(("times", "known"), [(3, False), (4, True)])
def test_there_is_a_base_from_a_whole_year_on(times, known):
    assert np.isnan(yearly_base(np.ones((1, times)), 4)).all() != known


@pytest.mark.parametrize(("missing", "known"), [(3, True), (4, False)])
def test_a_year_with_more_than_a_quarter_missing_has_no_base(missing, known):
    assert KNOWN == 0.75
    y = np.ones((1, 12))
    y[0, :missing] = np.nan

    assert np.isnan(yearly_base(y, 12)).all() != known


def test_a_missing_period_is_not_a_zero():
    y = panel(10, years=4)
    y[0, 5] = np.nan

    found = fit(y, ONE, QUARTERS)

    assert np.isnan(found.ratio[0, 5])
    assert found.index[0, 1] == pytest.approx(1.0, abs=0.1)  # a zero would have pulled it to 0.7


def test_one_year_of_a_series_weighs_as_much_as_its_group():
    y = np.vstack([np.tile([1.0, 1, 1, 1], 1), np.tile(SHAPE, 1) * 1e6])

    index = fit(y, np.zeros(2, int), QUARTERS).index

    np.testing.assert_allclose(index[0], (1 + SHAPE) / 2, atol=1e-5)  # the group is the large one


def test_a_newcomer_takes_the_season_of_its_group_and_of_no_other():
    y = np.vstack([panel(10, 10), np.tile(SHAPE[::-1], 3)[None]])
    y[1, :-2] = np.nan

    index = fit(y, np.array([0, 0, 1]), QUARTERS).index

    np.testing.assert_allclose(index[1], SHAPE)


def test_a_newcomer_alone_has_no_season():
    y = panel(10)
    y[0, :-2] = np.nan

    found = fit(y, ONE, QUARTERS)

    assert np.isnan(found.index).all() and np.isnan(found.level).all()


def test_the_level_is_the_mean_of_both_windows_each_a_ratio_of_sums():
    y = panel(10, years=5)
    y[0, -2:] *= 2

    found = fit(y, ONE, QUARTERS)
    last = at(found.index, 16, 4, QUARTERS)[0]
    short, long = y[0, -2:].sum() / last[-2:].sum(), y[0, -4:].sum() / last.sum()

    assert found.level[0] == pytest.approx((short + long) / 2)


@pytest.mark.parametrize(("missing", "windows"), [(1, 2), (2, 1)])
def test_a_window_counts_when_half_of_it_is_known(missing, windows):
    y = panel(10, years=4)
    y[0, -4:-2] = 14 * SHAPE[:2]  # seen by the long window only
    y[0, -missing:] = np.nan

    found = fit(y, ONE, QUARTERS)
    last = np.where(np.isnan(y[0, -4:]), np.nan, at(found.index, 12, 4, QUARTERS)[0])
    long = np.nansum(y[0, -4:]) / np.nansum(last)
    short = np.nansum(y[0, -2:]) / np.nansum(last[-2:]) if windows == 2 else long

    assert found.level[0] == pytest.approx((short + long) / 2)


def test_the_level_is_unknown_when_nothing_is_known_of_late():
    y = panel(10, 10, years=4)
    y[0, -4:] = np.nan

    assert np.isnan(fit(y, np.zeros(2, int), QUARTERS).level).tolist() == [True, False]


@given(st.integers(0, 10_000), st.floats(1e-3, 1e6))
def test_the_index_has_mean_one_and_scale_goes_to_the_level_alone(seed, scale):
    rng = np.random.default_rng(seed)
    y, groups = rng.lognormal(0, 0.5, (6, 30)), rng.integers(0, 3, 6)
    y[rng.random(y.shape) < 0.05] = np.nan

    one, other = fit(y, groups, MONTHLY), fit(y * scale, groups, MONTHLY)

    np.testing.assert_allclose(np.nanmean(one.index, axis=1), 1)
    np.testing.assert_allclose(other.index, one.index, rtol=1e-9)
    np.testing.assert_allclose(other.level, one.level * scale, rtol=1e-9)


@given(st.integers(0, 10_000))
def test_the_order_of_series_and_the_names_of_groups_do_not_matter(seed):
    rng = np.random.default_rng(seed)
    y, groups, order = rng.lognormal(0, 0.5, (7, 30)), rng.integers(0, 3, 7), rng.permutation(7)

    one, other = fit(y, groups, MONTHLY), fit(y[order], (groups * 2 + 5)[order], MONTHLY)

    np.testing.assert_allclose(other.index, one.index[order], rtol=1e-9)
    np.testing.assert_allclose(other.level, one.level[order], rtol=1e-9)
