"""Alarms: a drop of one account is told once, soon and in its size; a falling market, a gap or a good month is not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.stats.alarms import MONTHS, WEEKS, Alarm, Watch, beside_peers, raised, standard, watch
from analytics.stats.seasonal import WEEKLY, Season
from bench.panels import Nature, accounts, dropped
from bench.stats import STEADY, watched

SMALL = Watch(WEEKLY, k=0.5, h=8.0, warm=4)


def codes(y: np.ndarray) -> np.ndarray:
    return np.zeros(len(y), int)


def told(*z: float, how: Watch = SMALL, drop: float = np.nan) -> list[tuple]:
    """(raised, since, rule) of the alarms of one line of z with a scale of .1; of unknown size unless given."""
    line = np.array(z)
    alarms: list[Alarm] = list(raised(0, line, np.full(line.shape, 0.1), how, lambda since, t: drop))
    return [(a.raised, a.since, a.rule) for a in alarms]


@pytest.mark.parametrize(("z", "alarms"), [(-2.5, []), (-2.6, [(3, 0, "slow")])])
def test_the_slow_rule_raises_beyond_its_limit(z, alarms):
    assert told(*[z] * 4) == alarms  # four times 2.0 is the limit of 8, four times 2.1 beyond it


def test_an_extreme_week_counts_as_three():
    assert told(-50, 0, -2, -2) == []
    assert told(-2.9, -2.9, -2.9, -2.9) == [(3, 0, "slow")]


def test_the_drop_is_counted_from_where_it_began_most_likely():
    assert told(-1, 3, 0, -2.9, -2.9, -2.9, -2.9) == [(6, 3, "slow")]
    assert told(-1, -0.9, -6, -6) == [(3, 2, "fast")]  # a little low by chance just before


@pytest.mark.parametrize(
    ("z", "alarms"),
    [
        ((-3.1, 0, -3.1), [(2, 0, "fast")]),
        ((-3.1, -3.1, 0), [(1, 0, "fast")]),
        ((-3.1, 0, 0, -3.1), []),
        ((-3.0, 0, -3.1), []),
        ((-3.1, 3, -3.1), []),  # caught up in between: goods came late
    ],
)
def test_the_fast_rule_takes_two_of_three_weeks_below_minus_three(z, alarms):
    assert told(*z) == alarms


def test_a_drop_that_was_told_is_not_told_again_while_the_level_learns():
    lag = [-0.2 * (1 - n / 8) / (1 - 0.2 * n / 8) / 0.1 for n in range(8)]
    how = Watch(Season(52, (8, 8)), k=0.0, h=3.0, warm=4)

    assert told(*lag, how=how, drop=-0.2) == [(1, 0, "slow")]
    assert len(told(*lag, how=how, drop=np.nan)) == 2


def test_a_drop_is_told_once_and_a_second_one_again():
    y = accounts(3, Nature(0.02, 0.002), 52, 156, 10)
    once = dropped(y, np.array([4]), 100)

    assert [a.series for a in watch(once, codes(y)).alarms] == [4]
    assert [a.series for a in watch(dropped(once, np.array([4]), 120), codes(y)).alarms] == [4, 4]


def test_no_single_month_raises_the_monthly_alarm():
    assert told(-50, 0, 0, how=MONTHS) == []
    assert told(-50, -0.6, how=MONTHS) == [(1, 0, "slow")]


def test_a_missing_week_neither_raises_nor_clears():
    assert [found[0] for found in told(-2.9, -2.9, np.nan, -2.9, np.nan, -2.9)] == [5]
    assert [found[0] for found in told(-3.1, np.nan, np.nan, -3.1)] == [3]


def test_z_is_against_the_own_past_shrunk_towards_what_is_typical():
    x = np.array([[-1.0, 1, -1, 1, 5], [-2, 2, -2, 2, 5]])

    z, _ = standard(x, 4)

    assert np.isnan(z[:, :4]).all()
    own = 1.4826 * np.array([1.0, 2.0])
    scale = np.sqrt((4 * own**2 + 26 * np.median(own**2)) / 30)
    np.testing.assert_allclose(z[:, 4], 5 / scale)


def test_after_a_constant_past_any_departure_is_extreme():
    assert standard(np.array([[1.0, 1, 1, 1, 1], [1, 1, 1, 1, 0.9]]), 4)[0][:, 4].tolist() == [0, -3]


@pytest.mark.parametrize(("count", "taken_off"), [(3, 0.0), (4, 1.0)])
def test_peers_are_taken_off_from_three_others_on(count, taken_off):
    x = np.ones((count, 5))

    np.testing.assert_array_equal(beside_peers(x), 1 - taken_off)


def test_an_account_is_not_its_own_peer():
    x = np.array([[-0.5], [0.0], [0.1], [0.2]])

    np.testing.assert_allclose(beside_peers(x)[:, 0], [-0.6, -0.1, 0.1, 0.2])


def test_a_drop_is_told_with_when_since_and_how_much():
    y = accounts(3, Nature(0.02, 0.002), 52, 130, 10)

    found = watch(dropped(y, np.array([4]), 110), codes(y))

    (alarm,) = found.alarms
    assert alarm.series == 4 and alarm.rule == "fast"
    assert 110 < alarm.raised < 118 and alarm.since == 110
    assert alarm.drop == pytest.approx(-0.2, abs=0.04)
    assert found.against_peers and found.unwatched == ()


def test_a_market_that_falls_as_a_whole_raises_nobody():
    y = accounts(3, Nature(0.02, 0.002), 52, 130, 10)

    fallen = watch(dropped(y, np.arange(10), 110), codes(y))
    few = watch(dropped(y[:3], np.arange(3), 110), codes(y[:3]))

    assert fallen.alarms == ()
    assert len(few.alarms) == 3 and not few.against_peers  # three accounts cannot tell a market from themselves


def test_what_cannot_be_watched_is_named():
    y = accounts(3, Nature(0.02, 0.002), 52, 130, 10)
    y[2, :-10] = np.nan
    y[7] = np.nan

    assert watch(y, codes(y)).unwatched == (2, 7)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.floats(1e-2, 1e4))
def test_alarms_do_not_depend_on_the_unit(seed, scale):
    y = dropped(accounts(seed, STEADY, 52, 110, 8), np.array([1]), 95)

    one, other = watch(y, codes(y)), watch(y * scale, codes(y))

    assert [(a.series, a.raised, a.rule) for a in one.alarms] == [(a.series, a.raised, a.rule) for a in other.alarms]
    np.testing.assert_allclose(other.z, one.z, atol=1e-6)


def test_alarms_hold_their_bars_in_a_made_world_of_weeks():
    found = watched([accounts(seed, STEADY, 52, 156) for seed in range(2)], [110], 8, WEEKS, 52)

    assert found.false <= 0.25
    assert found.found >= 0.90
    assert -0.22 <= found.size <= -0.17


def test_alarms_hold_what_is_said_of_them_in_a_made_world_of_months():
    found = watched([accounts(seed, Nature(0.03, 0.01), 12, 36) for seed in range(6)], [30], 2, MONTHS, 12)

    assert found.false <= 0.25
    assert found.found >= 0.85


def test_alarms_hold_their_bars_on_walmarts_stores(walmart):
    found = watched([walmart.stores()], [92, 120], 8, WEEKS, 52)

    assert found.false <= 0.25
    assert found.found >= 0.90
