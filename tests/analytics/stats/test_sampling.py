"""The error of an index of few accounts: against leaving accounts out one by one, and against a known market."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats.sampling import of_log_ratio, of_ratio, reach
from bench.barometer import held

ONE = np.ones(1)
sums = st.lists(st.tuples(st.floats(1, 100), st.floats(1, 100)), min_size=3, max_size=9)


@given(sums)
def test_the_influence_on_a_ratio_is_what_leaving_the_account_out_changes(pairs):
    above, below = np.array(pairs).T
    without = np.array([(above.sum() - a) / (below.sum() - b) for a, b in pairs])

    found = of_ratio(above, below)

    big = below / below.sum() > 0.9
    assert found[~big] == pytest.approx((above.sum() / below.sum() - without)[~big], abs=1e-9)


@given(sums)
def test_influences_on_a_logarithm_are_those_on_the_ratio_over_it(pairs):
    above, below = np.array(pairs).T

    assert of_log_ratio(above, below) == pytest.approx(of_ratio(above, below) / (above.sum() / below.sum()), abs=1e-9)


def test_equal_accounts_give_the_error_of_a_mean():
    values = np.random.default_rng(0).normal(0, 1, 40)
    found = reach(of_ratio(values + 100, np.ones(40))[None], np.zeros(1), np.array([10.0]), ONE)

    assert found is not None
    assert found.error == pytest.approx(values.std(ddof=1) / np.sqrt(40) * 40 / 39, rel=1e-3)  # 10 points a unit of z
    assert found.accounts == 40 and found.half > 1.28 * found.error


@pytest.mark.parametrize(("accounts", "known"), [(2, False), (3, True)])
def test_fewer_than_three_accounts_say_nothing(accounts, known):
    influences = np.zeros((1, 5))
    influences[0, :accounts] = np.arange(1, accounts + 1)

    assert (reach(influences, np.zeros(1), ONE, ONE) is not None) == known


def test_what_lies_far_beyond_the_clip_moves_nothing():
    influences = np.array([[0.1, -0.1, 0.05, -0.05]])

    inside, beyond = (reach(influences, np.array([z]), ONE, ONE) for z in (0.0, 9.0))

    assert inside is not None and beyond is not None
    assert inside.half > 1 and beyond.half == pytest.approx(0, abs=1e-9)


def test_two_components_that_go_together_are_less_sure_than_two_that_do_not():
    line = np.array([0.1, -0.1, 0.05, -0.05])
    alike, apart = (reach(np.stack([line, other]), np.zeros(2), np.ones(2), np.ones(2)) for other in (line, -line))

    assert alike is not None and apart is not None
    assert alike.error > 0 and apart.error == 0


@pytest.mark.parametrize(("count", "sizes"), [(12, 1.0), (24, 0.5)])
def test_the_band_holds_a_known_market_about_eight_times_in_ten(count, sizes):
    inside, _, _ = held(count, 0.12, sizes, 100)

    assert 0.72 <= inside <= 0.90
