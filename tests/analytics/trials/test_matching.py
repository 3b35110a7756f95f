"""Pilots stand for all accounts, not for the biggest; each control is the account most like its pilot."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.trials.matching import courses, pairs, pilots


def test_each_class_of_size_sends_as_many_and_from_its_middle():
    size = np.array([1, 2, 3, 4, 5, 10, 20, 30, 40, 50, 100, 200, 300, 400, 500], dtype=float)

    assert pilots(size, [""] * 15, 3) == [2, 7, 12]
    assert len([n for n in pilots(size, [""] * 15, 6) if n >= 10]) == 2


def test_a_region_that_has_no_pilot_yet_goes_before_the_middle():
    size = np.array([1, 2, 3, 10, 20, 30, 100, 200, 300], dtype=float)
    regions = ["E", "E", "W", "E", "E", "W", "E", "E", "W"]

    chosen = pilots(size, regions, 3)

    assert {regions[n] for n in chosen} == {"E", "W"} and 1 in chosen


@given(st.lists(st.floats(0, 1e4), max_size=30), st.integers(0, 12))
def test_there_are_as_many_as_asked_for_or_as_there_are_each_once(size, count):
    chosen = pilots(np.array(size), ["E"] * len(size), count)

    assert len(chosen) == len(set(chosen)) == min(count, len(size))


def panel(*factors: float) -> np.ndarray:
    """Accounts whose sales rise to `factor` times in the second half year."""
    return np.array([np.concatenate([np.full(26, 40.0), np.full(26, 40.0 * f)]) for f in factors])


def test_the_control_is_the_account_with_the_most_similar_course_whatever_its_size():
    y = panel(2.0, 1.0, 1.1, 1.9)
    y[3] *= 50

    assert [(p.pilot, p.control) for p in pairs(y, [0])] == [(0, 3)]


def test_a_control_serves_once_while_there_are_others_and_the_likest_pair_goes_first():
    y = panel(2.0, 1.9, 1.95, 0.5)

    assert {(p.pilot, p.control) for p in pairs(y, [0, 1])} == {(0, 3), (1, 2)} or pairs(y, [0, 1])[0].control == 2
    assert sorted(p.control for p in pairs(y, [0, 1])) == [2, 3]
    assert [p.control for p in pairs(y[:3], [0, 1])] == [2, 2]
    assert pairs(y, [0, 1, 2, 3]) == []


def test_what_all_have_in_common_and_weeks_without_a_report_make_no_difference():
    y = panel(1.0, 1.0, 1.0) * (1 + 0.5 * np.sin(np.arange(52) / 4))
    y[1, 10] = np.nan

    assert courses(y)[0] == pytest.approx(np.zeros(13), abs=0.01)
    y[2, 8:12] = np.nan
    assert np.isnan(courses(y)[2, 2]) and pairs(y, [0])[0].apart < 0.2
