"""Silence by the account's own rhythm, slipping by its own noise: both sides of every threshold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats.rhythm import SLIPPING, rhythm, slip
from bench.stats import GAPS, silences, slips

WEEKLY_DAYS = np.arange(0, 71, 7)


def test_a_weekly_buyer_is_silent_after_twelve_days_and_not_before():
    assert [rhythm(WEEKLY_DAYS, 70 + n).silent for n in (0, 7, 12, 13)] == [False, False, False, True]


def test_a_quarterly_buyer_is_not_silent_after_a_month():
    days = np.array([0, 95, 180, 275, 360, 455])

    assert rhythm(days, 455 + 30).silent is False
    assert rhythm(days, 455 + 180).silent is True


def test_the_limit_is_where_the_verdict_turns():
    days = np.cumsum([3, 9, 14, 5, 11, 8, 20, 6])
    limit = rhythm(days, int(days[-1])).limit

    assert rhythm(days, int(days[-1] + np.floor(limit))).silent is False
    assert rhythm(days, int(days[-1] + np.ceil(limit))).silent is True


@pytest.mark.parametrize(("gaps", "known"), [(4, False), (5, True)])
def test_a_rhythm_takes_five_gaps(gaps, known):
    found = rhythm(np.arange(gaps + 1) * 7, 1000)

    assert found.gaps == gaps and (found.silent is True) == known and (found.silent is None) != known
    assert np.isnan(found.limit) != known


def test_one_long_gap_does_not_change_the_rhythm():
    days = np.append(WEEKLY_DAYS, 70 + 200)

    assert rhythm(days, 270).usual == pytest.approx(7)


def test_orders_after_today_and_repeats_are_left_out():
    assert rhythm(np.concatenate([WEEKLY_DAYS, WEEKLY_DAYS, [500]]), 90) == rhythm(WEEKLY_DAYS, 90)


def test_there_is_no_silence_without_an_order():
    with pytest.raises(ValueError, match="day 5"):
        rhythm(np.array([6, 7]), 5)


@given(st.lists(st.integers(1, 60), min_size=6, max_size=40), st.integers(0, 400), st.integers(2, 9), st.randoms())
def test_a_rhythm_in_other_days_or_order_is_the_same_rhythm(gaps, silence, scale, shuffle):
    days = np.cumsum([0, *gaps])
    mixed = days.tolist()
    shuffle.shuffle(mixed)

    one, other = rhythm(days, int(days[-1]) + silence), rhythm(np.array(mixed) * scale, int(days[-1] + silence) * scale)

    assert other.z == pytest.approx(one.z, abs=1e-9)
    assert other.limit == pytest.approx(one.limit * scale) and other.usual == pytest.approx(one.usual * scale)
    assert (one.z > 3 + 1e-9) <= bool(one.silent) <= (one.z > 3 - 1e-9)


@pytest.mark.parametrize("name", GAPS)
def test_an_account_that_never_changed_is_seldom_called_silent(name):
    assert silences(GAPS[name], 60) <= 0.25


def test_the_slope_is_the_last_three_months_against_the_last_twelve():
    y = np.array([100.0, 102, 99, 101, 100, 98, 102, 100, 99, 80, 80, 80])

    found = slip(y)

    assert found.change == pytest.approx(80 / y.mean() - 1)
    assert found.verdict == "slipping"
    assert slip(200 - y).verdict == "rising"


def test_the_season_is_divided_out():
    index = np.tile([1.2] * 9 + [0.4] * 3, 2)
    noise = np.tile([1.0, 1.01, 0.99], 8)

    assert slip(100 * index * noise).verdict == "slipping"
    assert slip(100 * index * noise, index).verdict == "steady"


@pytest.mark.parametrize(("y", "told"), [(np.ones(11), False), (np.ones(12), True), (np.zeros(12), False)])
def test_a_slope_takes_twelve_months_with_sales(y, told):
    assert (slip(y).verdict == "steady") == told and (slip(y).verdict == "too short") != told


def test_a_missing_month_is_not_a_bad_month():
    y = np.full(24, 100.0)
    old, new = y.copy(), y.copy()
    old[3], new[-2] = np.nan, np.nan

    assert slip(old).verdict == "steady"
    assert slip(new).verdict == "too short"


@given(st.integers(0, 10_000), st.floats(0.01, 1e6))
def test_the_verdict_is_the_thresholds_in_every_unit(seed, scale):
    y = np.exp(np.random.default_rng(seed).normal(0, 0.1, 24))
    y[-3:] *= np.random.default_rng(seed).uniform(0.6, 1.4)

    one, other = slip(y), slip(y * scale)

    assert (one.verdict == "slipping") == (one.change < -one.threshold)
    assert (one.verdict == "rising") == (one.change > one.threshold)
    assert one.threshold == pytest.approx(SLIPPING * one.change / one.z)
    assert other.z == pytest.approx(one.z) and other.change == pytest.approx(one.change)


def test_steady_accounts_are_seldom_slipping_and_falling_ones_mostly():
    assert slips(24, 0.0, 0.08, 600) <= 0.05
    assert slips(24, 0.2, 0.08, 200) >= 0.8
