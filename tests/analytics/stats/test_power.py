"""What a trial will be able to show: more pilots and weeks find less, and what is said is found as often as said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats.power import LEVEL_WEEKS, Noise, contrast, course, detectable, misses, noise

WEEKS, PAST = 8, 104


def means(rng: np.random.Generator, accounts: int, drift: float = 0.02, weeks: int = PAST + WEEKS) -> np.ndarray:
    """What accounts of different size sell that share a season, each with a slow drift of its own."""
    size = rng.uniform(15, 120, (accounts, 1))
    season = 1 + 0.3 * np.sin(np.arange(weeks) / 8)
    slow = rng.normal(0, drift, (accounts, weeks))
    for n in range(1, weeks):
        slow[:, n] += 0.9 * slow[:, n - 1]
    return size * season * np.exp(slow)


def panel(rng: np.random.Generator, accounts: int = 24, weeks: int = PAST + WEEKS) -> np.ndarray:
    """Their sales in whole pieces."""
    return rng.poisson(means(rng, accounts, weeks=weeks)).astype(float)


def known(found: Noise | None) -> Noise:
    assert found is not None
    return found


def test_without_noise_a_common_season_leaves_no_miss():
    mean = np.outer(np.linspace(20, 90, 8), 1 + 0.4 * np.sin(np.arange(80) / 5)) * 1e6

    assert misses(mean, 60, 8) == pytest.approx(np.zeros(8), abs=1e-6)


def test_a_week_that_was_not_reported_is_missing_not_nothing_sold():
    mean = np.outer(np.linspace(20, 90, 8), np.ones(80)) * 1e6
    mean[3, 62:66] = np.nan
    mean[4, 50] = np.nan
    mean[5, 60:68] = np.nan

    found = misses(mean, 60, 8)

    assert np.isnan(found[5]) and found[np.arange(8) != 5] == pytest.approx(np.zeros(7), abs=1e-6)


def test_noise_of_independent_pieces_is_what_poisson_says():
    rng = np.random.default_rng(3)
    y = rng.poisson(50, (40, PAST)).astype(float)

    expected = np.sqrt(1 / (50 * WEEKS) + 1 / (50 * LEVEL_WEEKS))
    assert known(noise(y, WEEKS)).sd == pytest.approx(expected, rel=0.1)


@pytest.mark.parametrize(("pilots", "controls"), [(3, 18), (6, 18), (10, 14)])
def test_an_uplift_of_the_size_that_is_said_is_shown_in_about_four_of_five_trials(pilots, controls):
    rng = np.random.default_rng(pilots)
    shown = 0
    for _ in range(400):
        mean = means(rng, pilots + controls)
        past = rng.poisson(mean[:, :PAST]).astype(float)
        pilot = np.isin(np.arange(pilots + controls), rng.choice(pilots + controls, pilots, replace=False))
        mean[pilot, PAST:] *= 1 + detectable(known(noise(past, WEEKS)), pilots, controls)
        found = contrast(np.hstack([past, rng.poisson(mean[:, PAST:]).astype(float)]), pilot, PAST)
        shown += found is not None and found.low > 0

    assert 0.75 <= shown / 400 <= 0.85


def test_without_an_uplift_one_trial_in_ten_seems_to_show_one():
    rng = np.random.default_rng(8)
    false = 0
    for _ in range(400):
        y = panel(rng)
        found = contrast(y, np.arange(24) < 6, PAST)
        false += found is not None and found.low > 0

    assert 0.06 <= false / 400 <= 0.14


@given(st.floats(0.01, 0.3), st.integers(2, 20), st.integers(2, 20))
def test_more_pilots_more_controls_and_less_noise_show_less(sd, pilots, controls):
    least = detectable(Noise(sd, 50), pilots, controls)

    assert detectable(Noise(sd, 50), pilots + 1, controls) < least
    assert detectable(Noise(sd, 50), pilots, controls + 1) < least
    assert detectable(Noise(sd * 0.9, 50), pilots, controls) < least
    assert detectable(Noise(sd, 5), pilots, controls) > least


def test_longer_trials_show_less_but_never_more_than_the_part_that_stays_allows():
    found = course(panel(np.random.default_rng(5), weeks=PAST + 40))
    sds = [found[weeks].sd for weeks in sorted(found)]

    assert sorted(found) == list(range(4, 17)) and sds == sorted(sds, reverse=True)


@pytest.mark.parametrize("shape", [(2, 120), (10, LEVEL_WEEKS + 7), (0, 120)])
def test_without_accounts_or_a_past_there_is_no_noise_to_tell(shape):
    y = np.ones(shape)

    assert noise(y, WEEKS) is None
    assert contrast(np.ones((10, LEVEL_WEEKS + 8)), np.arange(10) < 3, LEVEL_WEEKS) is None
