"""Rows in, rows out: what is loaded, what is handed back, and what the totals are."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.ingest.check import stream
from data.lake import arrow_schema
from tests.data.ingest.kit import HEADER, LINES, SKUS, Take, loaded, reasons, row


def test_good_rows_come_out_in_the_contract_s_types_with_their_lines(take: Take):
    prepared = take([row(qty="2", amount="1,234.50"), row("A2", "S2", "2026/1/6", "-1", "")])
    assert prepared.checked and stream(prepared.checked).schema == arrow_schema(LINES)
    first, second = loaded(prepared)
    assert first == {
        "account": "A1",
        "sku": "S1",
        "sold_on": date(2026, 1, 5),
        "qty": Decimal("2.000"),
        "amount": Decimal("1234.5000"),
        "doc_no": None,
        "region": None,
        "boxes": None,
        "share": None,
        "gift": None,
        "_line": 2,
    }
    assert (second["sold_on"], second["qty"], second["amount"], second["_line"]) == (date(2026, 1, 6), -1, None, 3)


def test_totals_period_and_accounts_are_of_the_good_rows_only(take: Take):
    prepared = take(
        [row("A2", day="2026-03-01", amount="0.3333"), row("A1", amount="0.3333"), row("A9", qty="x", amount="9")]
    )
    checked = prepared.checked
    assert checked
    assert checked.totals == {"qty": Decimal("2.000"), "amount": Decimal("0.6666")}
    assert checked.period == (date(2026, 1, 5), date(2026, 3, 1))
    assert checked.accounts == ("A1", "A2")
    assert (checked.rows_in, checked.rows_good, checked.rejected) == (3, 2, 1)


@pytest.mark.parametrize(
    ("bad", "column", "reason"),
    [
        (row(account=""), "客户编码", "must not be empty"),
        (row(account=" \u200b"), "客户编码", "must not be empty"),
        (row(account="6.90E+12"), "客户编码", "the code was turned into scientific"),
        (row(day="2026-02-30"), "单据日期", "is a day that does not exist"),
        (row(day="1989-12-31"), "单据日期", "lies outside the years"),
        (row(qty=""), "数量", "must not be empty"),
        (row(qty="many"), "数量", "is not a number"),
        (row(qty="1000000000000"), "数量", "is outside the allowed range"),
        (row(qty="5%"), "数量", "a percentage"),
        (row(amount="nan"), "金额", "is not a number"),
        (row(amount="1e3x"), "金额", "is not a number"),
    ],
)
def test_a_bad_cell_is_handed_back_with_line_column_value_and_reason(bad: tuple, column: str, reason: str, take: Take):
    prepared = take([row(), bad, row()])
    [(line, where, why)] = reasons(prepared)
    assert (line, where) == (3, column) and why.startswith(reason)
    assert [one["_line"] for one in loaded(prepared)] == [2, 4]


def test_the_check_of_the_contract_holds_on_both_sides(take: Take):
    below, at = "999999999999.999", "1000000000000"
    prepared = take([row(qty=below), row(qty=at), row(qty=f"-{at}")])
    assert [one["qty"] for one in loaded(prepared)] == [Decimal(below)]
    assert [line for line, *_ in reasons(prepared)] == [3, 4]


def test_a_record_with_several_bad_cells_counts_once(take: Take):
    prepared = take([row(account="", qty="x", day="never"), row()])
    checked = prepared.checked
    assert checked and (checked.rows_in, checked.rows_good, checked.rejected) == (2, 1, 1)
    assert [column for _, column, _ in reasons(prepared)] == ["客户编码", "单据日期", "数量"]


def test_torn_records_count_as_handed_back_in_the_order_of_the_file(take: Take):
    text = (
        ",".join(HEADER)
        + '\nA1,S1,2026-01-05,1,2\nA1,S1\nA1,S1,2026-01-05,x,2\n"A"1,S1,2026-01-05,1,2\n\nA1,S1,2026-01-05,1,2\n'
    )
    prepared = take(text)
    checked = prepared.checked
    assert checked and (checked.rows_in, checked.rows_good, checked.rejected) == (5, 2, 3)
    assert [(line, why[:16]) for line, _, why in reasons(prepared)] == [
        (3, "this row has 2 c"),
        (4, "is not a number"),
        (5, "a quotation mark"),
    ]


@pytest.mark.parametrize(
    "total",
    [
        ("合计", "", "", "3", "30"),
        ("", "", "总 计：", "3", "30"),
        ("Grand Total", "", "", "3", "30"),
        ("A1 小计", "S1", "2026-01-05", "3", "30"),
        ("A1", "合计", "2026-01-05", "3", "30"),
        ("Total", "S1", "2026-01-05", "3", "30"),
    ],
)
def test_a_total_row_is_never_loaded(total: tuple, take: Take):
    right = take([row(qty="1", amount="10"), row(qty="2", amount="20"), total])
    wrong = take([row(qty="1", amount="10"), row(qty="2", amount="21"), total])

    assert reasons(right) == [] and [(line, column) for line, column, _ in reasons(wrong)] == [(4, "")]
    for prepared in (right, wrong):
        assert prepared.checked and (prepared.checked.rows_good, prepared.checked.totals["qty"]) == (2, 3)


def test_an_unlabelled_row_that_is_no_total_lacks_its_keys_and_is_handed_back(take: Take):
    prepared = take([row(qty="1"), row(qty="2"), ("", "", "", "3", "31")])
    assert {line for line, *_ in reasons(prepared)} == {4}
    assert prepared.checked and prepared.checked.totals["qty"] == 3


@pytest.mark.parametrize("region", ["Total", "设计院", "统计局", "小计算机"])
def test_a_name_that_only_resembles_a_total_is_loaded(region: str, take: Take):
    prepared = take([(*row(), region)], header=(*HEADER, "区域"))
    assert not reasons(prepared)
    assert loaded(prepared)[0]["region"] == region


def test_a_row_that_repeats_the_header_is_handed_back(take: Take):
    prepared = take([row(), HEADER, row()])
    [(line, _, why)] = reasons(prepared)
    assert line == 3 and why == "repeats the header row"


def test_exact_duplicates_are_counted_and_kept(take: Take):
    prepared = take([row(), row(), row(), row(amount="11")])
    assert len(loaded(prepared)) == 4
    assert any(note.en.startswith("2 rows repeat another row exactly") for note in prepared.notes)
    assert not any("repeat" in note.en for note in take([row(), row(amount="11")]).notes)


def test_blank_rows_are_counted_in_a_note(take: Take):
    prepared = take([row(), ("", "", "", "", ""), row()])
    assert len(loaded(prepared)) == 2
    assert any(note.en.startswith("1 blank rows") for note in prepared.notes)


@pytest.mark.parametrize(("rows", "noted"), [(999, False), (1000, True), (1001, False)])
def test_a_row_count_at_which_exports_stop_is_noted(rows: int, noted: bool, take: Take):
    prepared = take([row(qty=str(n)) for n in range(rows)])
    assert any("cut off" in note.en for note in prepared.notes) is noted


def test_flags_counts_and_rates_are_typed(take: Take):
    prepared = take(
        [(*row(), "是", "1,200", "12%"), (*row(), "maybe", "1.5", "x")], header=(*HEADER, "是否赠品", "箱数", "占比")
    )
    [one] = loaded(prepared)
    assert (one["gift"], one["boxes"], one["share"]) == (True, 1200, 0.12)
    assert [column for _, column, _ in reasons(prepared)] == ["箱数", "占比", "是否赠品"]


def test_master_data_without_dates_amounts_or_accounts_is_checked_too(take: Take):
    prepared = take([["S1", "x"], ["", "y"]], header=("SKU", "区域"), dataset=SKUS)
    checked = prepared.checked
    assert checked and (checked.totals, checked.period, checked.accounts) == ({}, None, ())
    assert (checked.rows_good, checked.rejected) == (1, 1)


def test_names_that_look_like_sql_or_markup_are_data(take: Take):
    nasty = ["'; DROP TABLE x; --", '"', "<img onerror=1>", "{0}", "$h0", "=cmd|' /C calc'!A0", "%s", "\\", "c0"]
    prepared = take([row(account=name) for name in nasty], header=("客户编码", "产品编码", "单据日期", "数量", "金额"))
    assert [one["account"] for one in loaded(prepared)] == nasty
    odd = take(
        [row()],
        header=("客户'编码\"", "产品编码", "单据日期", "数量", "$h0"),
        mapping={"account": "客户'编码\"", "amount": "$h0"},
    )
    assert loaded(odd)[0]["account"] == "A1"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A1", "A2", "", "合计", "6.90E+12"]),
            st.sampled_from(["S1", "", "小计"]),
            st.sampled_from(["2026-01-05", "2026/2/30", "", "20260105", "x"]),
            st.sampled_from(["1", "1,234.5", "", "x", "(2)", "1e99"]),
            st.sampled_from(["10", "", "¥5", "?"]),
        ).filter(any),
        min_size=1,
        max_size=12,
    )
)
def test_every_record_is_either_loaded_or_handed_back(take: Take, rows: list[tuple]):
    prepared = take(rows, answers={"fill": "no"})
    checked = prepared.checked
    assert checked is not None and checked.plan is not None
    left_out = checked.plan.totals.agree
    assert checked.rows_in + len(left_out) == len(rows)
    good = [one["_line"] for one in loaded(prepared)]
    bad = {line for line, *_ in reasons(prepared)}
    assert sorted([*good, *bad, *left_out]) == list(range(2, len(rows) + 2))
    assert (checked.rows_good, checked.rejected) == (len(good), len(bad))


def test_the_stream_can_be_read_twice(take: Take):
    prepared = take([row(), row("A2")])
    assert prepared.checked
    first, second = (stream(prepared.checked).read_all() for _ in range(2))
    assert isinstance(first, pa.Table) and first.equals(second)
