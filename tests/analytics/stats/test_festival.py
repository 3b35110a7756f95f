"""A festival that moves: its weeks take the same places every year, and only where the past gains by it."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats import festival
from analytics.stats.festival import AFTER, BEFORE, GAIN, ZONE, gains, placed
from analytics.stats.seasonal import MONTHLY, WEEKLY

FIRST = date(2023, 7, 3)  # a Monday
TIMES = 156
DAYS = (date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17))
WEEKS = [(day - FIRST).days // 7 for day in DAYS]
PLACES = placed(WEEKLY, FIRST, DAYS, TIMES).positions(0, TIMES)


def test_weeks_around_every_festival_stand_in_the_same_places():
    around = [list(PLACES[week - 5 : week + 4]) for week in WEEKS]

    assert around[0] == around[1] == around[2]
    assert [b - a for a, b in pairwise(around[0])] == [1] * 8


def test_other_weeks_of_the_year_stay_where_they_are():
    plain, middle = np.arange(TIMES) % 52, int(np.median([week % 52 for week in WEEKS]))
    winter = np.abs((plain - middle + 26) % 52 - 26) <= ZONE

    np.testing.assert_array_equal(PLACES[~winter], plain[~winter])
    assert (plain != PLACES)[winter].any()


@given(st.lists(st.integers(-6, 6), min_size=3, max_size=3), st.integers(0, 51))
def test_every_year_has_each_place_once_wherever_the_day_falls(moves, start):
    days = [FIRST + timedelta(weeks=start + 52 * n + move) for n, move in enumerate(moves, 1)]

    places = placed(WEEKLY, FIRST, days, 52 * 6).positions(0, 52 * 6)

    middle = int(np.median([start + m for m in moves]))
    for year in range(1, 5):  # years that begin far from the winters
        begin = (middle + 26) % 52 + 52 * year
        assert sorted(places[begin : begin + 52]) == list(range(52))


@given(st.integers(-3, 3))
def test_a_day_moved_by_up_to_three_weeks_takes_its_weeks_along(move):
    days = [FIRST + timedelta(weeks=30), FIRST + timedelta(weeks=82 + move), FIRST + timedelta(weeks=134)]

    places = placed(WEEKLY, FIRST, days, TIMES).positions(0, TIMES)

    np.testing.assert_array_equal(
        places[82 + move - BEFORE : 82 + move + AFTER + 1], np.arange(30 - BEFORE, 30 + AFTER + 1)
    )


def test_without_a_festival_the_year_is_as_it_was():
    assert placed(WEEKLY, FIRST, [], TIMES) is WEEKLY
    assert placed(WEEKLY, FIRST, DAYS, TIMES).period == WEEKLY.period


def sold(weeks: list[int], lift: float, times: int = TIMES, seed: int = 1) -> np.ndarray:
    """Forty series with a lift in the month before each of some weeks and a hole in it and after it."""
    rng = np.random.default_rng(seed)
    course = np.full(times, 100.0)
    for week in weeks:
        for n in range(times):
            course[n] *= 1 + lift * (-4 <= n - week < -1) - lift * (0 <= n - week < 2)
    return rng.poisson(course, (40, times)).astype(float)


def helps(y: np.ndarray) -> bool:
    times = y.shape[1]
    return gains(y, WEEKLY, placed(WEEKLY, FIRST, DAYS, times), FIRST, DAYS)


@pytest.mark.parametrize("lift", [0.05, 0.3, 0.6])
def test_sales_that_move_with_the_festival_are_foretold_better_from_it(lift):
    assert helps(sold(WEEKS, lift))


def test_sales_that_keep_to_the_calendar_are_not_and_those_without_a_season_seldom():
    middle = int(np.median([week % 52 for week in WEEKS]))

    assert not any(helps(sold([middle + 52 * n for n in range(3)], lift)) for lift in (0.05, 0.1, 0.5))
    assert (
        np.mean([helps(sold([], 0.0, seed=seed)) for seed in range(60)]) <= 0.25
    )  # harmless where all weeks are alike


@pytest.mark.parametrize(("error", "helped"), [(1 - GAIN - 0.001, True), (1 - GAIN, False)])
def test_a_tenth_of_the_error_must_go(monkeypatch, error, helped):
    errors = iter([1.0, error])  # by the calendar, from the festival
    monkeypatch.setattr(festival, "_error", lambda *_: next(errors))

    assert helps(sold(WEEKS, 0.5)) == helped


@pytest.mark.parametrize(("after", "known"), [(ZONE + 1, True), (ZONE, False)])
def test_two_whole_winters_are_needed(after, known):
    assert helps(sold(WEEKS, 0.6)[:, : WEEKS[1] + after]) == known


def test_months_are_not_counted_from_it():
    assert not gains(sold(WEEKS, 0.6), WEEKLY, WEEKLY, FIRST, DAYS)  # nothing was moved
    assert not gains(np.ones((2, 36)), MONTHLY, MONTHLY, FIRST, DAYS)
