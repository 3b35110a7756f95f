"""Rows that sum up others: right ones are left out and noted, wrong ones handed back with both figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.ingest.totals import UNLABELLED, _agrees, _Row, _Sums
from tests.data.ingest.kit import Take, loaded, reasons, row


def total(word: str = "合计", qty: str = "", amount: str = "") -> tuple[str, ...]:
    return (word, "", "", qty, amount)


def test_a_footer_that_equals_its_rows_is_left_out_noted_and_holds_nothing_back(take: Take):
    prepared = take([row(amount="10"), row(amount="20.50"), total(qty="2", amount="30.50")])

    assert prepared.checked and (prepared.checked.rows_in, prepared.checked.rows_good) == (2, 2)
    assert prepared.checked.rejected == 0 and reasons(prepared) == []
    assert prepared.checked.totals["amount"] == Decimal("30.50")
    assert any("left out: 1 (4)" in note.en for note in prepared.notes)


def test_a_footer_that_differs_is_handed_back_with_what_it_says_and_what_the_rows_sum_to(take: Take):
    prepared = take([row(amount="10"), row(amount="20"), total(amount="999")])

    assert prepared.checked and (prepared.checked.rows_in, prepared.checked.rows_good) == (3, 2)
    assert reasons(prepared) == [(4, "", "this total says 999, the rows add up to 30")]


@pytest.mark.parametrize(("said", "right"), [("30.01", True), ("29.99", True), ("30.02", False), ("29.98", False)])
def test_a_cent_of_rounding_is_no_difference_and_two_are(said: str, right: bool, take: Take):
    prepared = take([row(amount="10"), row(amount="20"), total(amount=said)])

    assert (reasons(prepared) == []) is right


def test_both_figures_of_a_total_must_be_right(take: Take):
    prepared = take([row(amount="10"), row(amount="20"), total(qty="3", amount="30")])

    assert reasons(prepared) == [(4, "", "this total says 3 / 30, the rows add up to 2 / 30")]


LAYOUTS = {
    "first": [total(amount="60"), row(amount="10"), row(amount="20"), row(amount="30")],
    "last": [row(amount="10"), row(amount="20"), row(amount="30"), total(amount="60")],
    "subtotals below": [
        row(amount="10"), row(amount="20"), total("小计", amount="30"),
        row(amount="30"), total("小计", amount="30"), total(amount="60"),
    ],
    "subtotals above": [
        total("小计", amount="30"), row(amount="10"), row(amount="20"), total("小计", amount="30"), row(amount="30"),
    ],
    "nested": [
        row(amount="10"), total("小计", amount="10"), row(amount="20"), total("小计", amount="20"),
        total("华东合计", amount="30"), row(amount="30"), total("小计", amount="30"), total("华南合计", amount="30"),
        total("总计", amount="60"),
    ],
    "unlabelled last": [row(amount="10"), row(amount="20"), row(amount="30"), total("", "3", "60")],
    "unlabelled subtotal": [row(amount="10"), row(amount="20"), total("", "2", "30"), row(amount="30")],
}  # fmt: skip


@pytest.mark.parametrize("rows", LAYOUTS.values(), ids=LAYOUTS)
def test_totals_are_found_wherever_they_stand_and_never_counted(rows: list[tuple[str, ...]], take: Take):
    prepared = take(rows)

    assert reasons(prepared) == []
    assert [one["amount"] for one in loaded(prepared)] == [10, 20, 30]


def test_a_row_without_a_word_that_repeats_one_row_is_a_row_whose_keys_are_missing(take: Take):
    prepared = take([row(amount="10"), total("", "1", "10"), row(amount="20")])

    assert prepared.checked and prepared.checked.rejected == 1
    assert {line for line, *_ in reasons(prepared)} == {3}


def test_a_total_without_figures_is_handed_back_as_before(take: Take):
    assert [why[:24] for *_, why in reasons(take([row(), total()]))] == ["looks like a total row; "]


def test_a_bad_row_is_not_part_of_the_sum_and_the_total_says_so(take: Take):
    prepared = take([row(amount="10"), row(day="2026-02-30", amount="20"), total(amount="30")])

    assert [(line, why) for line, _, why in reasons(prepared)] == [
        (3, "is a day that does not exist"),
        (4, "this total says 30, the rows add up to 10"),
    ]


cents = st.integers(-10_000, 10_000).map(lambda n: Decimal(n) / 100)


@given(blocks=st.lists(st.lists(cents, min_size=1, max_size=5), min_size=1, max_size=6), wrong=st.integers(3, 10**6))
def test_every_subtotal_and_the_grand_total_agree_and_none_that_is_off_by_more_than_all_rows(blocks, wrong):
    before = [_Sums(0, (Decimal(0),))]
    for block in blocks:
        before[-1] = before[-1] + _Sums(len(block), (sum(block, Decimal(0)),))
        before.append(before[-1])
    whole = before[-1].amounts[0]

    for at, block in enumerate(blocks):
        assert _agrees(_Row(at, True, (sum(block, Decimal(0)),)), at, before)
    assert _agrees(_Row(99, True, (whole,)), len(blocks) - 1, before)
    most = sum((abs(v) for block in blocks for v in block), Decimal(0)) * 2
    assert not _agrees(_Row(99, True, (most + wrong,)), len(blocks) - 1, before)


@pytest.mark.parametrize(("rows", "found"), [(UNLABELLED - 1, False), (UNLABELLED, True)])
def test_a_total_without_a_word_sums_up_two_rows_at_least(rows: int, found: bool):
    before = [_Sums(rows, (Decimal(10),)), _Sums(rows, (Decimal(10),))]

    assert _agrees(_Row(9, False, (Decimal(10),)), 0, before) is found
    assert _agrees(_Row(9, True, (Decimal(10),)), 0, before)
