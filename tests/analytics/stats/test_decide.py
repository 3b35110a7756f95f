"""Go, hold or stop: both sides of each line, and the weeks that would settle a hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats.decide import LONGEST, Estimate, decide

values, errors = st.floats(-0.5, 0.5), st.floats(0.001, 0.5)


@pytest.mark.parametrize(
    ("value", "word"), [(0.0842, "go"), (0.0841, "hold"), (0.0, "hold"), (-0.0841, "hold"), (-0.0842, "stop")]
)
def test_the_lines_are_probabilities_of_reaching_the_target(value, word):
    assert decide(Estimate(value, 0.1, 1e6), 0.0, 8).word == word


def test_a_department_may_draw_other_lines():
    found = Estimate(0.1, 0.1, 1e6)

    assert decide(found, 0.0, 8, go_at=0.85).word == "hold"
    assert decide(found, 0.2, 8, stop_at=0.1).word == "hold"


def test_what_is_settled_takes_no_more_weeks():
    assert decide(Estimate(0.3, 0.1, 50), 0.05, 8).weeks_more == 0


def test_eight_weeks_more_halve_the_variance_of_eight():
    assert Estimate(0.1, 0.2, 9).after(8, 8).error == pytest.approx(0.2 / 2**0.5)
    assert Estimate(0.1, 0.2, 9, shrinks=0.5).after(8, 8).error == pytest.approx(0.2 * 0.75**0.5)


def test_a_hold_names_the_first_week_that_would_settle_it():
    found, target = Estimate(0.08, 0.05, 12), 0.05
    told = decide(found, target, 8)

    assert told.word == "hold" and told.weeks_more is not None and told.weeks_more > 1
    assert found.after(8, told.weeks_more).chance(target) >= 0.8
    assert found.after(8, told.weeks_more - 1).chance(target) < 0.8


def test_where_accounts_differ_more_weeks_do_not_settle_it():
    assert decide(Estimate(0.08, 0.05, 12, shrinks=0.0), 0.05, 8).weeks_more is None
    assert decide(Estimate(0.0501, 0.05, 12), 0.05, 8).weeks_more is None  # half a year would not


def test_without_any_error_the_target_itself_decides():
    assert decide(Estimate(0.05, 0.0, 9), 0.05, 8).chance == 1.0
    assert decide(Estimate(0.049, 0.0, 9), 0.05, 8).chance == 0.0


@given(values, errors, values, st.floats(2, 60), st.floats(0, 1))
def test_the_chance_of_a_target_and_the_interval_say_the_same(value, error, target, freedom, shrinks):
    found = Estimate(value, error, freedom, shrinks)
    low, high = found.band(0.6)

    assert (found.chance(target) >= 0.8) == (target <= low) or target == pytest.approx(low)
    assert (found.chance(target) <= 0.2) == (target >= high) or target == pytest.approx(high)


@given(values, errors, values, st.floats(1, 60), st.floats(0, 1))
def test_a_verdict_is_settled_or_says_within_half_a_year(value, error, target, weeks, shrinks):
    told = decide(Estimate(value, error, 9, shrinks), target, weeks)

    assert (told.word == "hold") == (told.weeks_more != 0)
    assert told.weeks_more is None or 0 <= told.weeks_more <= LONGEST
