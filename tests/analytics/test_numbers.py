"""How numbers are spelled: three significant digits, real minus signs, a dash for what is missing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import numbers
from data.text import Text


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "1,000", "1.00K"),
        (9_999, "1.00万", "10.0K"),
        (10_000, "1.00万", "10.0K"),
        (12_345_678, "1,235万", "12.3M"),
        (99_999_999, "1.00亿", "100M"),
        (128_400_000, "1.28亿", "128M"),
        (2_500_000_000, "25.0亿", "2.50B"),
        (-600_000, "−60.0万", "−600K"),
        (Decimal("16117548.2370"), "1,612万", "16.1M"),
        (None, "–", "–"),
    ],
)
def test_short_numbers(value, zh, en):
    assert (numbers.short(value, "zh"), numbers.short(value, "en")) == (zh, en)


def test_money_puts_the_sign_before_the_currency():
    assert numbers.money(-600_000, "zh") == "−¥60.0万"
    assert numbers.money(128_400_000, "en") == "¥128M"
    assert numbers.money(None, "en") == "–"


@pytest.mark.parametrize(
    ("value", "text"), [(1.25, "+1.2"), (-5.7, "−5.7"), (0.04, "±0.0"), (-0.04, "±0.0"), (0.05, "+0.1"), (None, "–")]
)
def test_variances_carry_their_sign_and_a_rounded_zero_is_plus_minus(value, text):
    assert numbers.signed(value) == text


def test_percent_and_points():
    assert numbers.percent(0.946) == "94.6%"
    assert numbers.signed_percent(-0.032) == "−3.2%"
    assert numbers.percent(None) == "–"


@given(st.floats(-1e12, 1e12))
def test_no_number_is_ever_spelled_with_an_ascii_minus_or_as_minus_zero(value):
    for text in (
        numbers.short(value, "zh"),
        numbers.short(value, "en"),
        numbers.plain(value, 1),
        numbers.signed(value),
    ):
        assert "-" not in text
        assert not (text.startswith("−") and not text.strip("−0.,"))


@given(st.floats(1, 1e12))
def test_short_numbers_stay_within_half_a_percent(value):
    steps = {"亿": 1e8, "万": 1e4, "B": 1e9, "M": 1e6, "K": 1e3}
    for lang in ("zh", "en"):
        text = numbers.short(value, lang)
        read = float(text.rstrip("亿万BMK").replace(",", "")) * steps.get(text[-1], 1)
        assert abs(read - value) <= max(0.0051 * value, 0.5)


def test_a_chart_has_one_unit_for_all_its_bars():
    assert numbers.unit_for([31_200_000, 5.0], "zh") == numbers.Unit("万元", 1e4, 0)
    assert numbers.unit_for([31_200_000], "en") == numbers.Unit("¥M", 1e6, 1)
    assert numbers.unit_for([177_000_000, 30_000_000], "zh") == numbers.Unit("万元", 1e4, 0)  # not 1.8 and 0.3 亿
    assert numbers.unit_for([10_000_000_000], "zh") == numbers.Unit("亿元", 1e8, 1)
    assert numbers.unit_for([], "en") == numbers.Unit("¥", 1.0, 0)
    assert numbers.unit_for([2_000_000], "zh", Text("台", "pcs")).show(None) == "–"
