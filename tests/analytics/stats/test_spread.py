"""How far forecasts miss: a period by itself and the level that all share, each held to a truth that was made."""

import numpy as np
import pytest

from analytics.stats import spread as spread_module
from analytics.stats.seasonal import WEEKLY, at, fit
from analytics.stats.spread import SHRINK, _shrunk, spread
from analytics.stats.stockout import demand, enough

AHEAD, TIMES = 13, 156


def made(seed: int, series: int, noise: float, drift: float = 0.0, times: int = TIMES) -> np.ndarray:
    """Weekly sales of one season, each week off by `noise`, levels that wander by `drift` a week, (series, times)."""
    rng = np.random.default_rng(seed)
    season = 1 + 0.4 * np.sin(2 * np.pi * np.arange(times) / 52)
    level = 200 * np.exp(np.cumsum(rng.normal(0, drift, (series, times)), axis=1))
    return level * season * np.maximum(1 + rng.normal(0, noise, (series, times)), 0)


def found(y: np.ndarray):
    groups = np.zeros(len(y), dtype=int)
    return spread(y, groups, WEEKLY, AHEAD, fit(y, groups, WEEKLY))


@pytest.mark.parametrize("noise", [0.1, 0.3])
def test_a_period_misses_by_its_own_noise_where_levels_stand_still(noise):
    told = found(made(1, 60, noise))

    assert np.median(told.single) == pytest.approx(noise, rel=0.2)
    assert np.median(told.level) < 0.5 * noise  # of some twenty weeks that it is estimated from


def test_a_level_that_wanders_misses_as_a_whole():
    still, wanders = found(made(2, 60, 0.1)), found(made(2, 60, 0.1, drift=0.05))

    assert np.median(wanders.level) > 3 * np.median(still.level)
    assert np.median(wanders.level) == pytest.approx(
        0.05 * np.sqrt(17), rel=0.35
    )  # from the window's middle to the quarter's
    assert np.median(wanders.single) < 2 * np.median(still.single)


def test_a_quarter_is_served_as_often_as_is_promised():
    y = made(3, 400, 0.2, drift=0.03, times=TIMES + AHEAD)
    past, groups = y[:, :TIMES], np.zeros(len(y), dtype=int)
    level = fit(past, groups, WEEKLY)
    told = spread(past, groups, WEEKLY, AHEAD, level)

    points = level.level[:, None] * at(level.index, TIMES, AHEAD, WEEKLY)
    total = demand(points, told.single, told.level).up_to(AHEAD)

    for service in (0.8, 0.95):
        assert (y[:, TIMES:].sum(axis=1) <= enough(total, service)).mean() == pytest.approx(service, abs=0.04)


def test_what_a_period_misses_by_is_not_counted_a_second_time_in_the_level():
    y = made(7, 400, 0.4, times=TIMES + AHEAD)
    past, groups = y[:, :TIMES], np.zeros(len(y), dtype=int)
    level = fit(past, groups, WEEKLY)
    told = spread(past, groups, WEEKLY, AHEAD, level)

    points = level.level[:, None] * at(level.index, TIMES, AHEAD, WEEKLY)
    total = demand(points, told.single, told.level).up_to(AHEAD)

    missed = (y[:, TIMES:].sum(axis=1) - total.mean) / total.mean
    said = np.sqrt(total.variance) / total.mean
    assert np.sqrt((said**2).mean()) == pytest.approx(np.sqrt((missed**2).mean()), rel=0.15)


def test_a_series_without_a_forecast_of_its_own_is_given_the_usual_error():
    y = made(4, 40, 0.2)
    y[0, : TIMES - 30] = np.nan

    told = found(y)

    assert told.single[0] == pytest.approx(np.sqrt((told.single[1:] ** 2).mean()), rel=0.3)


def test_where_no_forecast_can_be_judged_errors_are_not_known():
    told = found(made(5, 5, 0.2, times=52 + AHEAD))

    assert np.isnan(told.single).all() and np.isnan(told.level).all()


def test_an_own_error_is_weighed_against_the_usual_by_how_many_forecasts_it_comes_from():
    own, where = np.array([1.0, 1.0, 3.0, 9.0]), np.zeros(4, dtype=int)

    out = _shrunk(own, np.array([0.0, SHRINK, SHRINK, 0.0]), where)

    usual = np.minimum([1, 3], np.quantile([1, 3], spread_module.CUT)).mean()
    np.testing.assert_allclose(out, [usual, (1 + usual) / 2, (3 + usual) / 2, usual])


def test_bins_keep_apart_and_one_without_any_is_given_the_mean_of_all():
    out = _shrunk(np.array([1.0, 4.0, 0.0]), np.array([1e9, 1e9, 0.0]), np.array([0, 1, 2]))

    np.testing.assert_allclose(out, [1, 4, 2.5], rtol=1e-6)


def test_one_series_that_began_anew_does_not_speak_for_the_others():
    own = np.append(np.ones(99), 1e4)

    assert _shrunk(own, np.ones(100), np.zeros(100, dtype=int))[0] < 1.01


def test_few_forecasts_make_a_total_wider(monkeypatch):
    y = made(6, 10, 0.2, times=90)
    wide = found(y).level
    monkeypatch.setattr(spread_module, "_few", lambda _: 1.0)

    narrow = found(y).level
    assert (narrow <= wide).all() and narrow.sum() < wide.sum()
    monkeypatch.undo()
    assert spread_module._few(np.array([0.0, 1.0, 3.0])) == 1 + 1 / 3 and spread_module._few(np.zeros(2)) == 1
