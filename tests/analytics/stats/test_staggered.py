"""Sessions stacked: a planted lift comes out whatever the counts, ranges hold it, small things are said to be small."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats import staggered
from analytics.stats.staggered import AFTER, BEFORE, Strata
from bench.frontline import drawn, mean_lift, world

RUNS = 120


def even(lift: float, units: int = 6, pcs: float = 100.0) -> Strata:
    """Every store sells the same each week, the trained one more from week 1 on."""
    trained = np.full((units, BEFORE + 1 + AFTER), pcs)
    trained[:, BEFORE + 1 :] *= 1 + lift
    return Strata(np.arange(units), np.arange(units), trained, np.full_like(trained, 4 * pcs))


@given(st.floats(-0.5, 1.0), st.floats(0.2, 5.0))
def test_a_lift_comes_out_whatever_strikes_both_sides_alike(lift, shock):
    strata = even(lift)
    season = np.linspace(1.0, shock, BEFORE + 1 + AFTER)

    found = staggered.average(replace(strata, trained=strata.trained * season, others=strata.others * season))

    assert found is not None
    assert found.lift == pytest.approx(lift, abs=1e-9)


def test_a_week_unknown_on_both_sides_counts_for_nothing():
    strata = even(0.2)
    trained, others = strata.trained.copy(), strata.others.copy()
    trained[0, [2, 11]] = others[0, [2, 11]] = 0.0

    found = staggered.average(replace(strata, trained=trained, others=others))

    assert found is not None
    assert found.lift == pytest.approx(0.2)
    assert staggered.known(replace(strata, trained=trained, others=others), 3) == 5


def test_a_store_without_anything_to_compare_with_counts_for_nothing():
    strata = even(0.2)
    others, trained = strata.others.copy(), strata.trained.copy()
    others[0], trained[0, BEFORE + 1 :] = 0.0, 1e6

    found = staggered.average(replace(strata, trained=trained, others=others))

    assert found is not None
    assert found.lift == pytest.approx(0.2)


@pytest.mark.parametrize(("units", "told"), [(2, False), (3, True)])
def test_fewer_than_three_stores_tell_nothing(units, told):
    assert (staggered.average(even(0.2, units)) is not None) == told
    assert (staggered.decay(even(0.2, units)) is not None) == told


def test_two_sessions_at_one_store_are_one_cluster():
    strata = even(0.2, 3)

    assert staggered.average(replace(strata, cluster=np.array([0, 0, 1]))) is None


def test_a_week_before_is_set_against_the_other_seven():
    strata = even(0.0)
    trained = strata.trained.copy()
    trained[:, BEFORE - 3] *= 2

    found = staggered.effect(replace(strata, trained=trained), (-3,), 1.0)

    assert found is not None
    assert found.lift == pytest.approx(1.0)


def test_ranges_hold_the_planted_average_as_often_as_they_say_and_the_test_before_has_its_size():
    held, error, p = [], [], []
    for seed in range(RUNS):
        rng = np.random.default_rng([seed, 77])
        lifts = drawn(rng, 30)
        strata = world(rng, 1.0, lifts)
        found, before, truth = staggered.average(strata), staggered.trend(strata), mean_lift(strata, lifts)
        assert found is not None and before is not None
        held.append([low <= truth <= high for low, high in (found.reach(0.8), found.reach(0.95))])
        error.append(found.lift - truth)
        p.append(before.p)

    in80, in95 = np.mean(held, axis=0)
    assert 0.72 <= in80 <= 0.90
    assert 0.91 <= in95 <= 0.995
    assert abs(np.mean(error)) <= 0.01  # of lifts that average .097
    assert 0.04 <= np.mean(np.array(p) < 0.1) <= 0.17


def test_counts_so_small_that_most_weeks_are_zero_leave_no_bias():
    found = []
    for seed in range(60):
        rng = np.random.default_rng([seed, 3])
        strata = world(rng, 0.1, np.full(60, 0.2), half_life=1e9)
        effect = staggered.average(strata)
        assert effect is not None
        found.append(effect.log)

    assert np.mean(found) == pytest.approx(np.log(1.2), abs=0.04)


def test_stores_that_ran_apart_before_are_found_out():
    strata = world(np.random.default_rng(5), 3.0, np.zeros(40))
    trained = strata.trained * np.where(np.arange(BEFORE + 1 + AFTER) < 4, 0.7, 1.0)

    before = staggered.trend(replace(strata, trained=np.round(trained)))

    assert before is not None
    assert not before.alike


def test_a_half_life_is_read_from_clean_numbers_and_left_untold_from_noise():
    strata = even(0.0)
    weeks = np.arange(-BEFORE, AFTER + 1)
    fading = strata.trained * (1 + np.where(weeks > 0, 0.3 * 0.5 ** (weeks / 8), 0.0))

    told = staggered.decay(replace(strata, trained=fading))
    nothing = staggered.decay(world(np.random.default_rng(1), 0.3, np.zeros(20)))

    assert told is not None
    assert told.weeks == pytest.approx(8.0)
    assert nothing is None


def test_a_lift_that_stays_has_no_half_life():
    told = staggered.decay(even(0.3))

    assert told is not None
    assert told.weeks == inf


def test_dispersion_is_never_under_that_of_counts_and_more_where_stores_swing():
    def phi(swing: float) -> list[float]:
        return [staggered.dispersion(world(np.random.default_rng(n), 3.0, np.zeros(40), swing=swing)) for n in range(8)]

    assert min(phi(0.0)) == 1.0  # half of them scatter less by chance
    assert np.mean(phi(0.0)) < 1.2
    assert np.mean(phi(0.4)) > 1.5


def test_each_session_stands_alone_and_one_that_sold_nothing_after_is_finite():
    strata = even(0.2)
    trained = strata.trained.copy()
    trained[0, BEFORE + 1 :] = 0.0

    found = staggered.each(replace(strata, trained=trained), 1.0)

    assert list(found.unit) == list(range(6))
    assert np.expm1(found.log[1:]) == pytest.approx(0.2)
    assert np.isfinite(found.log[0]) and found.log[0] < -3
    assert found.variance[0] > found.variance[1]
