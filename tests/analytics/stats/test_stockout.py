"""Stock-out risk: how often stock runs out, what is lost, how much keeps a promise, each held to a truth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats.stockout import Demand, beyond, demand, enough, lost, newsvendor, risk, rolled, ship
from bench.supply import calibration, served, world

PIECES = st.floats(0.1, 5_000)
ERROR = st.floats(0.0, 0.8)


def one(mean: float, deviation: float) -> Demand:
    """A total of one item."""
    return Demand(np.array([mean]), np.array([deviation**2]))


def steady(weeks: int = 4, a_week: float = 100, single: float = 0.2, level: float = 0.1) -> Demand:
    return demand(np.full((1, weeks), a_week), np.array([single]), np.array([level]))


def test_the_levels_error_persists_and_a_weeks_own_averages_out():
    total = steady()

    np.testing.assert_allclose(total.mean[0], [100, 200, 300, 400])
    np.testing.assert_allclose(total.variance[0], [(20**2) * n + (10 * n) ** 2 for n in (1, 2, 3, 4)])


def test_pieces_that_come_one_by_one_vary_by_their_mean_at_least():
    total = demand(np.full((1, 2), 0.5), np.zeros(1), np.zeros(1))

    np.testing.assert_allclose(total.variance, total.mean)


def test_a_gamma_of_shape_one_is_the_exponential():
    total = one(100, 100)

    assert beyond(total, np.array([50.0])) == pytest.approx(np.exp(-0.5))
    assert lost(total, np.array([50.0])) == pytest.approx(100 * np.exp(-0.5))
    assert enough(total, 0.9) == pytest.approx(100 * np.log(10))


@given(PIECES, st.floats(0.05, 1.5), st.floats(0.5, 0.999))
def test_what_is_enough_for_a_service_runs_out_as_often_as_that_service_allows(mean, relative, service):
    total = one(mean, mean * relative)

    assert beyond(total, enough(total, service)) == pytest.approx(1 - service, abs=1e-9)


@given(PIECES, st.floats(0.05, 1.5), st.floats(0, 3))
def test_what_is_lost_is_the_sum_of_what_is_beyond(mean, relative, part):
    total, stock = one(mean, mean * relative), part * mean
    steps = np.linspace(stock, stock + 25 * mean * max(relative, 0.2), 20_001)

    tail = beyond(Demand(np.full(len(steps), mean), np.full(len(steps), (mean * relative) ** 2)), steps)

    assert lost(total, np.array([stock]))[0] == pytest.approx(np.trapezoid(tail, steps), rel=1e-3, abs=1e-4 * mean)


def test_an_item_that_nobody_asks_for_never_runs_out_and_needs_nothing():
    total = demand(np.zeros((1, 4)), np.array([0.3]), np.array([0.3]))
    nothing = np.zeros(1)

    assert risk(total, nothing, [(np.zeros((1, 4)), np.ones(1))]) == 0
    assert ship(total, 0.99, nothing) == 0
    assert lost(Demand(total.mean[:, -1], total.variance[:, -1]), nothing) == 0


def there_from(week: int, pieces: float) -> np.ndarray:
    """Goods that are there from a week on, 0 the first of four."""
    return np.where(np.arange(4) >= week, pieces, 0.0)[None]


def test_goods_that_come_too_late_do_not_help():
    total, on_hand, sure = steady(), np.array([150.0]), np.ones(1)

    by_week = [risk(total, on_hand, [(there_from(n, 1000.0), sure)])[0] for n in range(5)]

    assert by_week == sorted(by_week) and by_week[0] < 0.05 and by_week[4] > 0.95
    evenly = [(there_from(n, 1000.0), np.array([0.2])) for n in range(5)]
    assert risk(total, on_hand, evenly)[0] == pytest.approx(np.mean(by_week))


def test_several_deliveries_help_each_in_its_week():
    total, on_hand, sure = steady(), np.array([150.0]), np.ones(1)

    split = risk(total, on_hand, [(there_from(1, 150.0) + there_from(2, 1000.0), sure)])[0]

    assert split < risk(total, on_hand, [(there_from(2, 1150.0), sure)])[0]


def test_goods_in_time_but_too_few_do_not_hide_that_it_runs_out():
    total = steady()

    found = risk(total, np.array([110.0]), [(there_from(0, 100.0), np.ones(1))])[0]

    assert found == pytest.approx(beyond(total, np.array([[210.0]]))[0, -1]) and found > 0.9


@pytest.mark.parametrize(
    ("on_hand", "coming", "sent"), [(0, 0, 492), (0, 2, 480), (481, 0, 12), (482, 0, 0), (900, 0, 0)]
)
def test_what_is_sent_fills_up_to_the_service_in_whole_packs(on_hand, coming, sent):
    total = one(400, 62)  # a service of 90 % needs 481.2
    four_weeks = Demand(total.mean[:, None], total.variance[:, None])

    assert enough(total, 0.9) == pytest.approx(481.2, abs=0.05)
    assert ship(four_weeks, 0.9, np.array([on_hand + coming]), pack=12) == sent


def test_a_shared_shock_does_not_average_out():
    total = demand(np.full((25, 1), 100.0), np.full(25, 0.2), np.full(25, 0.1))
    together = np.zeros(25, dtype=int)

    alone, shaken = rolled(total, together, 0.0), rolled(total, together, 0.1)

    assert alone.mean == shaken.mean == 2500
    assert np.sqrt(alone.variance[0, 0]) == pytest.approx(5 * np.hypot(20, 10))
    assert np.sqrt(shaken.variance[0, 0]) == pytest.approx(np.hypot(5 * 20, 250))


@given(st.lists(st.tuples(PIECES, ERROR, ERROR), min_size=1, max_size=6), st.floats(0, 0.3))
def test_of_one_item_a_group_is_the_item(items, shared):
    points, single, level = (np.array(column) for column in zip(*items, strict=True))
    total = demand(points[:, None], single, level)

    found = rolled(total, np.arange(len(items)), shared)

    np.testing.assert_allclose(found.mean, total.mean)
    np.testing.assert_allclose(found.variance, total.variance)


def test_the_newsvendor_weighs_a_missing_piece_against_one_that_stays():
    np.testing.assert_allclose(newsvendor(np.array([300.0, 100]), np.array([100.0, 300])), [0.75, 0.25])


def test_a_total_up_to_no_period_is_nothing():
    total = steady().up_to(np.array([0]))

    assert (total.mean, total.variance) == (0, 0) and beyond(total, np.zeros(1)) == 0
    assert steady().up_to(3).mean == 300


def test_in_made_worlds_the_probabilities_come_true():
    found = calibration(world(seed=1, items=6_000))

    assert found.error <= 0.03 and 0.9 <= found.slope <= 1.1
    assert found.brier < found.naive_brier  # than a rule by days of cover


@pytest.mark.parametrize("service", [0.8, 0.9, 0.95, 0.98])
def test_in_made_worlds_a_service_is_kept(service):
    assert served(world(seed=2, items=6_000), service) == pytest.approx(service, abs=0.02)
