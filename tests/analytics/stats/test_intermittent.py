"""Items that sell now and then: the rate, what a stock of whole pieces serves, and the service that is kept."""

from math import comb, exp, factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom

from analytics.stats import intermittent
from analytics.stats.intermittent import OFF, RATES, Rate, beyond, enough, rate, sells_now_and_then
from bench.supply import now_and_then

NAN = np.nan


def one(mean: float, variance: float) -> Rate:
    return Rate(np.array([mean]), np.array([variance]))


@pytest.mark.parametrize(("sold", "is_one"), [(25, True), (26, False)])
def test_an_item_sells_now_and_then_below_half_of_the_weeks_of_a_year(sold, is_one):
    year = np.zeros((1, 60))
    year[0, 8 : 8 + sold] = 2
    year[0, :8] = 5  # more than a year ago

    assert sells_now_and_then(year)[0] == is_one


def test_unknown_weeks_are_not_weeks_without_a_sale():
    assert not sells_now_and_then(np.array([[NAN] * 40 + [1.0] * 12]))[0]
    assert not sells_now_and_then(np.full((1, 52), NAN))[0]


def test_the_rate_begins_with_the_first_quarter_and_follows_by_a_tenth():
    y = np.array([[1.0, 0] * 6 + [1, 4, NAN]])

    found = rate(y)

    assert found.mean[0] == pytest.approx(7 / 13 + 0.1 * (4 - 7 / 13))


@pytest.mark.parametrize(("known", "is_there"), [(12, False), (13, True)])
def test_a_rate_takes_a_quarter_of_a_year(known, is_there):
    found = rate(np.array([[NAN] * 20 + [1.0] * known]))

    assert np.isfinite(found.mean[0]) == is_there
    assert np.isfinite(beyond(found, 4, np.array([1.0]))[0]) == is_there


def test_pieces_alike_every_week_vary_as_poisson_at_least():
    assert rate(np.full((1, 60), 2.0)).variance[0] == pytest.approx(2.0)


def sure(monkeypatch) -> None:
    """As if the rate were known for certain."""
    monkeypatch.setattr(intermittent, "RATES", ((0.0, 1.0),))


def total(mean: float, variance: float, periods: int) -> Rate:
    """A rate whose `periods` have this mean and variance in all."""
    return one(mean / periods, variance * (1 + OFF) / periods)


def test_without_bunches_it_is_poisson(monkeypatch):
    sure(monkeypatch)

    got = beyond(total(2, 2, periods=4), 4, np.array([3.0]))[0]

    assert got == pytest.approx(1 - sum(exp(-2) * 2**k / factorial(k) for k in range(4)))


def test_with_bunches_it_is_negative_binomial(monkeypatch):
    sure(monkeypatch)

    got = beyond(total(3, 6, periods=3), 3, np.array([2.0]))[0]  # size 3, share .5

    assert got == pytest.approx(1 - sum(comb(k + 2, k) * 0.5**3 * 0.5**k for k in range(3)))


def test_the_rate_may_lie_to_either_side_alike_and_the_counts_lie_about_each():
    found, stock = total(40, 80, periods=4), np.array([50.0])
    off = np.sqrt(OFF * 80 / 4) * 4

    parts = [1 - nbinom.cdf(50, m, 0.5) for m in (40 - 3**0.5 * off, 40, 40 + 3**0.5 * off)]

    assert beyond(found, 4, stock)[0] == pytest.approx(parts[0] / 6 + parts[1] * 2 / 3 + parts[2] / 6)
    assert sum(share for _, share in RATES) == pytest.approx(1)
    assert sum(share * away**2 for away, share in RATES) == pytest.approx(1)


def test_the_error_of_the_rate_stays_and_does_not_average_out():
    short, long = (enough(one(4, 40), periods, 0.95) - 4 * periods for periods in (1, 16))

    assert long > 4 * short * 1.15  # without it four times, as the root of sixteen


def test_an_item_that_never_sold_needs_nothing():
    found = rate(np.zeros((1, 60)))

    assert enough(found, 8, 0.99) == 0 and beyond(found, 8, np.zeros(1)) == 0


@given(st.floats(0.02, 20), st.floats(1, 8), st.integers(1, 26), st.floats(0.5, 0.995))
def test_what_is_enough_keeps_the_service_and_a_piece_less_does_not(mean, bunch, periods, service):
    found = one(mean, mean * bunch)

    pieces = enough(found, periods, service)

    assert beyond(found, periods, pieces) <= 1 - service
    assert pieces == 0 or beyond(found, periods, pieces - 1) > 1 - service


@pytest.mark.parametrize("service", [0.9, 0.95, 0.98])
def test_in_made_worlds_three_quarters_without_a_sale_the_service_is_kept(service):
    kept = now_and_then(seed=3, items=4_000, service=service)

    assert kept == pytest.approx(service, abs=0.02)
