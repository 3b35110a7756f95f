"""How far ahead is provided for: to the account's next goods, or to the end of a peak that begins before they come."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from analytics.answer import Plan, Scope
from analytics.supply.horizon import EVERY_DAYS, LONGEST, Horizon, horizon
from analytics.supply.peak import Peak
from analytics.supply.position import Position

TODAY = date(2026, 6, 30)
NAN = np.nan
USUAL = Plan()


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def peak(starts: int, ends: int, category: str | None = None, growth: float | None = None) -> Peak:
    return Peak("国庆", "National Day", ahead(starts), ahead(ends), category, growth)


def of(*found: Peak, lead=(21.0,), every=(14.0,), category=("P",), plan: Plan = USUAL) -> Horizon:
    told: dict[str, Any] = dict.fromkeys(Position.__slots__)
    told |= {"lead_days": np.array(lead), "every_days": np.array(every), "category": np.array(category, dtype=object)}
    return horizon(Position(**told), found, Scope(TODAY, plan=plan))


def test_an_item_is_provided_for_until_goods_of_the_next_order_can_be_there():
    found = of(lead=(21.0, 21.0, NAN, 170.0), every=(10.0, NAN, 10.0, 30.0), category=("P",) * 4)

    np.testing.assert_equal(found.need_days, [31, 21 + EVERY_DAYS, NAN, LONGEST])
    np.testing.assert_equal(found.until_days, found.need_days)
    assert list(found.until[[0, 3]].astype(date)) == [ahead(31), ahead(182)]
    assert (found.growth == 1).all() and list(found.peak) == [""] * 4


@pytest.mark.parametrize(("starts", "until"), [(35, 51), (36, 35)])
def test_a_peak_is_provided_for_when_it_begins_before_those_goods_are_there(starts, until):
    found = of(peak(starts, 50))

    assert found.until_days == until and found.need_days == 35
    assert list(found.peak) == list(found.peak_en) == [""] if until == 35 else list(found.peak_en) == ["National Day"]
    assert found.until[0].astype(date) == ahead(until)


def test_a_peak_that_is_on_and_ends_before_those_goods_does_not_shorten_the_days():
    assert of(peak(-5, 3)).until_days == 35


def test_a_peak_is_not_looked_beyond_half_a_year():
    assert of(peak(30, 400)).until_days == LONGEST


def test_an_item_without_a_lead_time_is_not_extended():
    found = of(peak(1, 50), lead=(NAN,))

    assert np.isnan(found.until_days[0]) and list(found.peak) == [""]


def test_a_peak_is_of_its_category_and_the_next_of_it_counts():
    found = of(
        peak(10, 40, "P"),
        peak(20, 60, "Q"),
        peak(30, 90),
        lead=(21.0,) * 3,
        every=(14.0,) * 3,
        category=("P", "Q", "R"),
    )

    assert list(found.until_days) == [41, 61, 91]


def test_growth_is_of_the_days_within_the_peak_alone():
    found = of(peak(7, 15, "P", 0.5), lead=(21.0,) * 2, every=(14.0,) * 2, category=("P", "Q"))

    np.testing.assert_allclose(found.growth[0, :4], [1, 1.5, 1 + 0.5 * 2 / 7, 1])
    assert (found.growth[1] == 1).all()


def test_a_peak_that_is_on_grows_what_is_left_of_it():
    np.testing.assert_allclose(of(peak(-5, 3, growth=0.7)).growth[0, :2], [1 + 0.7 * 4 / 7, 1])


def test_a_peak_that_begins_too_late_grows_its_days_all_the_same():
    found = of(peak(70, 76, growth=-0.5))

    assert found.until_days == 35 and found.growth[0, 10] == 0.5


def test_the_reader_tries_another_lead_time_for_all():
    found = of(peak(30, 50), lead=(21.0, NAN), every=(14.0, 14.0), category=("P", "P"), plan=Plan(lead_days=7))

    assert list(found.lead_days) == [7, 7] and list(found.need_days) == [21, 21] and list(found.until_days) == [21, 21]


def test_the_plan_keeps_what_it_names():
    assert set(of().columns()) == {"lead_days", "need_days", "until_days", "peak", "peak_en", "until"}
