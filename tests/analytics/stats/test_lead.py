"""The gate before the word "leads": closed to chance, inertia and a shared calendar, open to what is true."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.stats.lead import TESTABLE, Lead, _past_only, ahead, lead, passes
from bench.panels import inert, led, seasonal
from bench.stats import PLACEBOS, leading


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize(("months", "testable"), [(TESTABLE - 1, False), (TESTABLE, True)])
def test_a_lead_is_testable_from_36_months_on(months, testable):
    found = lead(*led(rng(), months, strength=0.95))

    assert found.months == months
    assert (found.status == "leading") == testable
    assert (found.status == "not yet testable") != testable
    assert np.isnan(found.own_lag) != testable


def test_months_missing_in_either_do_not_count():
    x, y = led(rng(), 40)
    x[:3], y[-2:] = np.nan, np.nan

    assert lead(x, y).months == 35 and lead(x, y).status == "not yet testable"
    assert lead(np.append(x, 1.0), np.append(y, 1.0)).months == 36


def test_a_strong_lead_passes_every_part_of_the_gate():
    found = lead(*led(rng(1), 60, strength=0.95))

    assert found.status == "leading"
    assert found.own_lag > 0.1 and min(found.early, found.late, found.last_year) > 0 and found.p <= 0.1


@pytest.mark.parametrize(
    ("part", "just", "not_quite"),
    [("own_lag", 0.101, 0.1), ("last_year", 1e-9, 0.0), ("early", 1e-9, 0.0), ("late", 1e-9, 0.0), ("p", 0.1, 0.101)],
)
def test_each_part_of_the_gate_can_close_it(part, just, not_quite):
    fine = dict(own_lag=0.5, last_year=0.5, early=0.5, late=0.5, p=0.02)

    assert passes(**fine | {part: just})
    assert not passes(**fine | {part: not_quite})


def test_no_month_is_judged_by_what_came_after_it():
    columns, target, known = np.ones((1, 30, 1)), rng().normal(size=(1, 30)), np.full((1, 30), True)
    later = target.copy()
    later[0, 20:] = 100.0

    errors = _past_only(columns, target, known, 3)

    assert np.isnan(errors[0, :11]).all() and not np.isnan(errors[0, 11:]).any()  # nine months, then three ahead
    np.testing.assert_array_equal(_past_only(columns, later, known, 3)[0, :20], errors[0, :20])
    learnt = target[0, :18].sum() / 19  # ridge of one month
    assert errors[0, 20] == pytest.approx((target[0, 20] - learnt) ** 2)


def test_a_lead_that_ended_half_way_is_not_one():
    x, y = led(rng(1), 60, strength=0.95)
    x[30:] = 3 * inert(rng(6), 30, 0.5)

    found = lead(x, y)

    assert found.early > 0 > found.late
    assert found.status == "coincident"


def test_what_moves_at_the_same_time_is_coincident():
    y = inert(rng(3), 60, 0.3)

    found = lead(y + 0.1 * inert(rng(4), 60, 0.0), y)

    assert found.status == "coincident"


def test_the_far_side_of_the_lead_is_not_a_lead():
    x, y = led(rng(2), 60, strength=0.95)

    assert lead(y, x).status == "coincident"


def test_a_shared_season_is_taken_out_and_costs_a_year():
    x, y = seasonal(rng(1), 60, 0.9, 3, False), seasonal(rng(2), 60, 0.9, 0, False)

    found = lead(x, y)

    assert found.seasonal and found.months == 48 and found.status == "coincident"
    assert not lead(*led(rng(1), 60)).seasonal
    assert lead(x[:40], y[:40]).status == "not yet testable"


def test_a_constant_leads_nothing_and_nothing_leads_a_constant():
    x = inert(rng(), 48, 0.5)

    assert lead(np.ones(48), x).status == "coincident"
    assert lead(x, np.ones(48)).status == "coincident"


@pytest.mark.parametrize(("months", "horizon"), [(47, 3), (48, 0), (48, 13)])
def test_what_cannot_be_asked_is_refused(months, horizon):
    with pytest.raises(ValueError, match=f"horizon {horizon}"):
        lead(np.ones(48), np.ones(months), horizon)


@pytest.mark.parametrize("horizon", [1, 12])
def test_the_horizon_may_be_a_month_or_a_year(horizon):
    assert lead(*led(rng(7), 72, 0.95, horizon), horizon).status == "leading"


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.floats(1e-2, 1e3), st.floats(-100, 100), st.sampled_from([1.0, -1.0]))
def test_unit_origin_and_sign_of_the_indicator_do_not_matter(seed, scale, origin, sign):
    x, y = led(rng(seed), 40)

    one, other = lead(x, y), lead(sign * scale * x + origin, y * scale)

    assert numbers(other) == pytest.approx(numbers(one), abs=1e-6, nan_ok=True)
    assert repr(lead(x, y)) == repr(one)  # nothing in it is random


def numbers(found: Lead) -> list[float]:
    return [found.own_lag, found.last_year, found.early, found.late]


@pytest.mark.parametrize("name", PLACEBOS)
def test_a_placebo_is_called_leading_in_one_of_ten_at_most(name):
    assert leading(PLACEBOS[name], 48, 80) <= 0.10 + 0.04  # the bar and one standard error of 80 runs


@pytest.mark.parametrize(("months", "needed"), [(36, 0.80), (48, 0.90)])
def test_a_true_lead_is_found(months, needed):
    assert leading(led, months, 120) >= needed - 0.03


@pytest.mark.parametrize("months", [36, 48])
def test_what_is_foretold_holds_as_often_as_it_says(months):
    inside, above, came = [], [], []
    for seed in range(150):
        x, y = led(np.random.default_rng([seed, months]), months + 3)
        if lead(x[:months], y[:months]).status == "leading":
            told = ahead(x[:months], y[:months])
            assert told is not None
            inside.append(told.low <= y[-1] <= told.high)
            above.append(told.above_zero)
            came.append(float(y[-1] > 0))

    assert 0.74 <= np.mean(inside) <= 0.88
    assert np.mean((np.array(above) - came) ** 2) < 0.20  # one half every time: .25


def test_nothing_is_foretold_from_a_month_that_is_missing():
    x, y = led(rng(1), 60, strength=0.95)

    assert ahead(x, y) is not None
    assert ahead(np.append(x, np.nan), np.append(y, 1.0)) is None
    assert ahead(np.append(x, 1.0), np.append(y, np.nan)) is None


def test_of_series_with_a_season_last_years_value_is_added_back():
    x, y = seasonal(rng(1), 60, 0.9, 3, False), seasonal(rng(2), 60, 0.9, 0, False)

    told, lifted = ahead(x, y), ahead(x, y + 10)

    assert told is not None and lifted is not None
    assert lifted.value == pytest.approx(told.value + 10)
    assert lifted.high - lifted.low == pytest.approx(told.high - told.low)
