"""The strip of training: a number with its range, or why there is none; never a zero for what is not known."""

import pytest

from analytics.answer import Cut
from analytics.frontline import coverage, glance, learned, lift, untrained
from analytics.stats.did import Effect


def study(brand: Effect | None) -> Cut:
    return Cut([], 0, lift.Study(9, 9, (), brand, None, None, None))


def test_a_lift_stands_with_its_range():
    brand, total = glance.sold(study(Effect(0.1, 0.02, 30.0)))

    assert brand.shown("en") == "+10.5%"
    assert brand.against.en == "80%: +7.7% to +13.5%"
    assert total.value is None and total.against.en == "cannot be told yet"


@pytest.mark.parametrize(("rows", "why"), [(None, "no sell-out yet"), ((), "cannot be told yet")])
def test_no_lift_says_why(rows, why):
    brand, _ = glance.sold(rows)

    assert (brand.value, brand.against.en) == (None, why)


def account(stores: int | None, trained: int) -> coverage.Row:
    return coverage.Row("A", "A", "A", "", stores, "", trained, trained, trained, None, None, 0, None)


def test_coverage_is_of_the_stores_that_are_known():
    assert glance.covered([account(4, 1)]).value == 0.25
    assert glance.covered([account(4, 1)]).against.en == "1 of 4 stores, 12 months"
    assert glance.covered([account(None, 1)]).value is None


def test_tests_passed_or_no_tests():
    assert glance.passed([learned.Row("all", "", 9, 90, passed=0.5)]).value == 0.5
    assert glance.passed([learned.Row("all", "", 9, 90)]).against.en == "no test scores"


def place(gain: float | None) -> untrained.Row:
    ends = (None, None) if gain is None else (0.5 * gain, 2 * gain)
    return untrained.Row("A", "A", "A", "", "S1", "washers", 1000.0, 1.0, None, gain, *ends)


@pytest.mark.parametrize(
    ("rows", "value", "against"),
    [
        ([place(100.0), place(200.0)], 300.0, "first 2, 80%: ¥150 to ¥600"),
        ([place(None)], None, "cannot be told yet"),
        ([], None, "no important store is left"),
        (None, None, "no sell-out yet"),
    ],
)
def test_what_the_first_could_bring(rows, value, against):
    found = glance.to_gain(rows)

    assert (found.value, found.against.en) == (value, against)
