"""Control totals from a source's own report: equal to the digit that was typed, or the difference in figures."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import control
from data.control import compared, kept, unsettled
from data.ingest import Checked

FILE = Checked(420, 420, totals={"qty": Decimal("1234.500"), "amount": Decimal("5678.9049")})


def one(name: str, typed: str, file: Checked = FILE) -> control.Control:
    [found] = compared(file, {name: typed})
    return found


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("rows", "420"),
        ("rows", "420.0"),
        ("qty", "1234.5"),
        ("qty", "1,234.500"),
        ("qty", "1235"),  # as a report rounds it
        ("amount", "5678.90"),
        ("amount", "5678.9049"),  # to the cent: finer digits are a sum's rounding
        ("amount", "5678.9000001"),
        ("amount", "¥5,678.9"),
        ("amount", " ５６７９ "),
    ],
)
def test_a_total_agrees_to_the_digit_that_was_typed_and_to_the_cent_at_most(name, typed):
    assert one(name, typed).agrees


@pytest.mark.parametrize(
    ("name", "typed", "difference", "share"),
    [
        ("rows", "421", "-1", -1 / 421),
        ("qty", "1234", "1", 1 / 1234),
        ("qty", "1234.499", "0.001", 0.001 / 1234.499),
        ("amount", "5678.91", "-0.01", -0.01 / 5678.91),
        ("amount", "5678.89", "0.01", 0.01 / 5678.89),
        ("amount", "0", "5679", None),
        ("amount", "-5678.90", "11357.80", -2),
    ],
)
def test_a_difference_is_what_the_file_has_more_or_less_and_a_share_of_what_it_should_have(
    name, typed, difference, share
):
    found = one(name, typed)

    assert not found.agrees and found.difference == Decimal(difference)
    assert found.share == (share if share is None else pytest.approx(share))


def test_the_sentence_says_both_figures_and_the_share_and_never_that_a_difference_is_none():
    assert one("amount", "5700.00").sentence.en == "Amount: 5,678.90 instead of 5,700.00, −21.10 (−0.37%)"
    assert one("amount", "5700.00").sentence.zh == "金额是 5,678.90，应为 5,700.00：差 −21.10 (−0.37%)"
    large = Checked(9, 9, totals={"amount": Decimal("1000000.01")})
    assert one("amount", "1000000.00", large).sentence.en.endswith("+0.01 (<0.01%)")
    assert one("amount", "1000000.02", large).sentence.en.endswith("−0.01 (<0.01%)")


@pytest.mark.parametrize("typed", ["many", "1,5", "12,34", "1.2.3", "NaN", "1e5", "--1", "9" * 16, "420.5"])
def test_what_is_no_number_or_no_whole_number_of_rows_agrees_with_nothing_and_cannot_be_accepted(typed):
    found = one("rows", typed)

    assert (found.agrees, found.said, found.difference, found.question.options) == (False, None, None, ())
    assert unsettled(FILE, {"rows": typed}, {"control:rows": "accept"}) == [found]
    assert kept({"rows": typed}) == {}


def test_a_total_that_the_file_does_not_have_is_a_difference():
    found = one("amount", "5", Checked(1, 1, totals={"qty": Decimal(1), "amount": None}))

    assert (found.agrees, found.difference, found.share) == (False, None, None)
    assert "the file has none" in found.sentence.en


def test_nothing_typed_is_nothing_compared():
    assert compared(FILE, {}) == compared(FILE, {"rows": "", "qty": "  "}) == []


def test_a_difference_stands_until_it_is_accepted_by_name():
    typed = {"rows": "421", "qty": "1234.5", "amount": "1"}

    assert [c.name for c in unsettled(FILE, typed, {})] == ["rows", "amount"]
    assert [c.name for c in unsettled(FILE, typed, {"control:rows": "accept", "control:amount": "no"})] == ["amount"]
    assert unsettled(FILE, typed, {"control:rows": "accept", "control:amount": "accept"}) == []


def test_a_receipt_keeps_numbers():
    assert kept({"rows": "1,420", "amount": "¥5.10", "qty": ""}) == {"rows": "1420", "amount": "5.10"}


@given(st.decimals(-(10**12), 10**12, places=4), st.integers(0, 6))
def test_a_sum_agrees_with_itself_as_any_report_rounds_it_and_not_with_its_neighbour(amount, places):
    file = Checked(1, 1, totals={"amount": amount})
    step = Decimal(1).scaleb(-min(places, 2))
    typed = amount.quantize(step, ROUND_HALF_UP)

    assert one("amount", f"{typed:f}", file).agrees and one("amount", f"{typed:,f}", file).agrees
    assert one("amount", f"{typed + step:f}", file).difference == -step
