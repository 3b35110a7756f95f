"""The landing: what is known is certain, what is open has a band, and sums and probabilities agree with each other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats.landing import ErrorLaw, error_laws, landing
from analytics.stats.seasonal import MONTHLY
from bench.panels import Nature, accounts
from bench.stats import landed

NAN = np.nan
LAW = ErrorLaw(single=0.08, level=0.05)
YEAR = np.array([80.0, 60, 100, 100, 100, 110, 90, 90, 110, 120, 120, 120])


def split(known: int) -> tuple[np.ndarray, np.ndarray]:
    """The first months as actual, the others as forecast."""
    months = np.arange(12)
    return np.where(months < known, YEAR, NAN), np.where(months < known, NAN, YEAR)


def test_a_half_year_against_its_target():
    found = landing(*split(6), target=1320, law=LAW)

    assert (found.to_date, found.landing) == (550, 1200)
    assert found.attained == pytest.approx(550 / 1320) and found.attainment == pytest.approx(1200 / 1320)
    assert found.due == pytest.approx(1320 * 550 / 1200)
    np.testing.assert_allclose(found.required[6:], YEAR[6:] * 770 / 650)
    assert np.isnan(found.required[:6]).all() and found.required_rate == pytest.approx(770 / 650)
    assert found.low < 1200 < found.high and found.probability < 0.1
    assert found.missing == ()


def test_the_targets_own_season_spreads_what_is_required():
    found = landing(*split(10), target=1400, law=LAW, season=np.array([1.0] * 10 + [3, 1]))

    np.testing.assert_allclose(found.required[10:], [330, 110])  # 1400 − 960 = 440, three to one
    assert found.due == pytest.approx(1400 * 10 / 14)


def test_a_full_year_is_certain():
    over, under = landing(*split(12), target=1200, law=LAW), landing(*split(12), target=1200.01, law=LAW)

    assert (over.low, over.high, over.probability) == (1200, 1200, 1)
    assert under.probability == 0 and np.isnan(under.required_rate) and np.isnan(under.required).all()


def test_a_target_already_reached_asks_for_nothing_more():
    found = landing(*split(6), target=550, law=LAW)

    assert found.probability == 1 and found.required_rate == 0
    np.testing.assert_array_equal(found.required[6:], 0)


def test_a_year_not_begun_is_all_forecast():
    found = landing(*split(0), target=1200, law=LAW)

    assert found.to_date == 0 and found.landing == 1200 and found.due == 0
    assert found.course[0, 0] < YEAR[0] < found.course[2, 0]


def test_a_missing_month_is_named_and_counted_at_its_forecast_never_as_nothing():
    actual, forecast = split(6)
    actual[2], forecast[2] = NAN, 105

    found = landing(actual, forecast, target=1300, law=LAW)

    assert found.missing == (2,) and found.to_date == 450 and found.landing == 1205
    assert found.course[0, 5] < found.course[1, 5] < found.course[2, 5]


def test_a_month_with_neither_actual_nor_forecast_is_refused():
    actual, forecast = split(6)
    forecast[8] = NAN

    with pytest.raises(ValueError, match=r"\[8\]"):
        landing(actual, forecast, target=1300, law=LAW)


@pytest.mark.parametrize("target", [0, -1])
def test_a_target_must_be_positive(target):
    with pytest.raises(ValueError, match=f"target {target}"):
        landing(*split(6), target=target, law=LAW)


def test_the_error_of_the_level_does_not_average_out():
    shared, apart = (landing(*split(0), 1200, law) for law in (ErrorLaw(0.0, 0.08), ErrorLaw(0.08, 0.0)))

    assert shared.high - shared.low > 3 * (apart.high - apart.low)  # √12 of it


@given(st.integers(0, 11), st.floats(0.001, 0.3), st.floats(0, 0.3), st.floats(0.5, 2), st.floats(0.01, 1e6))
def test_band_probability_and_required_rate_agree_in_every_unit(known, single, level, ask, scale):
    law, target = ErrorLaw(single, level), float(YEAR.sum()) * ask
    actual, forecast = split(known)

    found = landing(actual * scale, forecast * scale, target * scale, law)
    at_low = landing(actual * scale, forecast * scale, found.low, law)

    assert at_low.probability == pytest.approx(0.9, abs=1e-9)
    assert found.low <= found.landing <= found.high * (1 + level)
    assert (np.diff(found.course, axis=1) > -1e-9 * scale).all()
    assert found.course[1, -1] == pytest.approx(found.landing)
    assert found.to_date + np.nansum(found.required) == pytest.approx(max(target * scale, found.to_date))
    assert found.probability == pytest.approx(landing(actual, forecast, target, law).probability, abs=1e-9)


def test_the_law_tells_a_months_noise_from_the_levels():
    noisy = accounts(1, Nature(0.1, 0.0), 12, 60, 30)
    drifting = accounts(1, Nature(0.02, 0.04), 12, 60, 30)

    a, b = (error_laws(y, np.zeros(30, int), MONTHLY, 6) for y in (noisy, drifting))

    assert np.median([law.single for law in a]) == pytest.approx(0.11, abs=0.03)
    assert np.median([law.level for law in a]) < 0.06 < 0.09 < np.median([law.level for law in b])


def test_there_is_no_law_without_an_earlier_forecast_of_that_length():
    y = accounts(1, Nature(0.05, 0.01), 12, 19, 5)

    assert error_laws(y, np.zeros(5, int), MONTHLY, 7) == [None] * 5
    assert None not in error_laws(y, np.zeros(5, int), MONTHLY, 6)


@pytest.mark.parametrize(("count", "worlds"), [(24, 8), (1, 200)], ids=["24 accounts", "one series"])
@pytest.mark.parametrize("ahead", [3, 6])
def test_the_band_of_the_year_holds_what_it_promises(count, worlds, ahead):
    cover, brier = landed(Nature(0.05, 0.01), ahead, worlds, count)

    assert 0.74 <= cover <= 0.88
    assert brier < 0.25  # what "one half" every time would score
