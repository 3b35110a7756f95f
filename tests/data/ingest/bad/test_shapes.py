"""Bad inputs 12 to 28: records, delimiters, newlines, headers."""

import pytest

from tests.data.ingest.bad.kit import HEADER, NOTHING, asked, handed_back, noted, options, table, values
from tests.data.ingest.kit import Take, Write, row

WIDE = (*HEADER, "区域")
THREE = (row("A1"), row("A2"), row("A3"))
NAMES = ["A1", "A2", "A3"]


def test_12_a_record_with_too_few_cells_is_handed_back(take: Take):
    """12 ragged short: Q."""
    prepared = take(table(row(), ("A2", "S1"), row("A3")))
    assert values(prepared, "account") == ["A1", "A3"] and handed_back(prepared) == [(3, "ragged")]


def test_13_a_record_with_too_many_cells_is_handed_back(take: Take):
    """13 ragged long: Q."""
    prepared = take(table(row(), (*row("A2"), "x", "y"), row("A3")))
    assert values(prepared, "account") == ["A1", "A3"] and handed_back(prepared) == [(3, "ragged")]


def test_14_an_open_quotation_mark_costs_its_own_record(take: Take):
    """14 unbalanced quote: Q."""
    prepared = take(table(row()) + '"A2,S1,2026-01-05,1,10\n' + "A3,S1,2026-01-05,1,10\n")
    assert values(prepared, "account") == ["A1", "A3"] and handed_back(prepared) == [(3, "quote")]


def test_15_a_newline_within_quotes_belongs_to_its_cell(take: Take):
    """15 embedded newline: accepted."""
    prepared = take(table((*row(), "华东\n上海"), (*row("A2"), "华北"), header=WIDE))
    assert values(prepared, "region") == ["华东\n上海", "华北"] and handed_back(prepared) == []


@pytest.mark.parametrize("cell", ['"6""屏幕"', r'"6\"屏幕"'], ids=["doubled", "backslash"])
def test_16_a_quotation_mark_within_quotes_is_part_of_the_cell(cell: str, take: Take):
    """16 doubled or backslashed quotes: accepted."""
    line = f"A1,S1,2026-01-05,1,10,{cell}\n"
    prepared = take(",".join(WIDE) + "\n" + line * 3)
    assert values(prepared, "region") == ['6"屏幕'] * 3 and handed_back(prepared) == []


def test_17_two_columns_of_one_name_are_asked_about(take: Take):
    """17 duplicate headers: A."""
    rows, header = [(*row(amount="10"), "99")], (*HEADER, "含税金额")
    prepared = take(rows, header=header)
    assert asked(prepared) == ["map.amount"]
    chosen = {answer: take(rows, header=header, answers={"map.amount": answer}) for answer in options(prepared)}
    assert sorted(str(values(one, "amount")[0]) for one in chosen.values()) == ["10.0000", "99.0000", "None"]


def test_18_a_column_of_data_without_a_header_is_asked_about(take: Take):
    """18 blank header: A."""
    rows, header = [(*row(), "华东"), (*row("A2"), "华北")], (*HEADER, "")
    assert asked(take(rows, header=header)) == ["column:6"]
    told = take(rows, header=header, answers={"column:6": "region"})
    assert values(told, "region") == ["华东", "华北"]
    assert values(take(rows, header=header, answers={"column:6": "-"}), "region") == [None, None]
    assert asked(take([(*row(), "")], header=header)) == NOTHING  # an empty column is nothing to ask about


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (("客户编码", "产品编码", "单据日期", "销售", ""), ("", "", "", "数量", "含税金额")),
        (HEADER, ("account", "sku", "sold_on", "qty", "amount_tax")),
        (HEADER, ("", "", "", "(件)", "(元)")),
    ],
    ids=["grouped", "bilingual", "units"],
)
def test_19_two_header_lines_are_one_header(upper: tuple, lower: tuple, take: Take):
    """19 two header lines: N, joined."""
    prepared = take(table(lower, row(), row("A2"), header=upper))
    assert values(prepared, "account") == ["A1", "A2"] and handed_back(prepared) == []
    assert [str(one) for one in values(prepared, "qty")] == ["1.000", "1.000"]
    assert noted(prepared, "header")


def test_20_titles_above_the_header_are_no_data(take: Take):
    """20 title rows: N."""
    prepared = take("2026年1月销售明细\n打印日期：2026-02-01\n" + table(*THREE))
    assert values(prepared, "account") == NAMES and noted(prepared, "2 rows above the header")


@pytest.mark.parametrize("word", ["合计", "总计", "小计", "本页合计", "Grand Total"])
def test_21_a_total_at_the_foot_is_left_out_when_right_and_handed_back_when_wrong(word: str, take: Take):
    """21 footer: dropped and checked, R on a mismatch."""
    right, wrong = (take([*THREE, (word, "", "", "3", amount)]) for amount in ("30", "31"))
    assert values(right, "account") == NAMES and handed_back(right) == [] and noted(right, "sum up others.*5")
    assert values(wrong, "account") == NAMES
    [(line, why)] = handed_back(wrong)
    assert line == 5 and "31" in why and "30" in why


def test_22_subtotals_between_the_rows_are_left_out_when_right_and_handed_back_when_wrong(take: Take):
    """22 mid-table subtotals: as 21."""
    sub, wrong = ("A1 小计", "", "", "2", "20"), ("A2 小计", "", "", "1", "99")
    prepared = take([row(), row(), sub, row("A2"), wrong, ("合计", "", "", "3", "30")])
    assert values(prepared, "account") == ["A1", "A1", "A2"]
    assert [line for line, _ in handed_back(prepared)] == [6] and noted(prepared, "left out: 2")


def test_23_delimiters_too_many_at_the_end_of_records_are_passed_over_and_noted(take: Take):
    """23 trailing commas: N."""
    prepared = take(table(*((*one, "", "") for one in THREE)))
    assert values(prepared, "account") == NAMES and handed_back(prepared) == [] and asked(prepared) == NOTHING
    assert noted(prepared, "trailing|at the end|empty cells|beyond the header")
    with_header = take(table(*((*one, "") for one in THREE), header=(*HEADER, "")))
    assert values(with_header, "account") == NAMES and handed_back(with_header) == []


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_24_other_delimiters_are_recognised(mark: str, take: Take):
    """24 semicolon, TAB, bar: N, recorded as the file's delimiter."""
    prepared = take(table(*THREE, mark=mark))
    assert values(prepared, "account") == NAMES
    assert prepared.source.staged and prepared.source.staged.delimiter == mark


def test_25_the_full_width_comma_is_a_delimiter(take: Take):
    """25 full-width comma: N, recorded as the file's delimiter."""
    prepared = take(table(*THREE, mark="，"))
    assert values(prepared, "account") == NAMES
    assert prepared.source.staged and prepared.source.staged.delimiter == "，"


def test_26_carriage_returns_alone_end_lines(take: Take):
    """26 CR only: N."""
    prepared = take(table(*THREE).replace("\n", "\r"))
    assert values(prepared, "account") == NAMES and handed_back(prepared) == []


def test_27_newlines_of_several_kinds_end_lines(take: Take):
    """27 mixed newlines: N."""
    first, second, *rest = table(*THREE).splitlines()
    prepared = take(f"{first}\r\n{second}\r{rest[0]}\n{rest[1]}\r\n")
    assert values(prepared, "account") == NAMES and handed_back(prepared) == []


def test_28_blank_lines_are_passed_over_and_counted(take: Take, write: Write):
    """28 blank lines: N."""
    head, *lines = table(*THREE).splitlines()
    prepared = take("\n".join(["", head, "", *lines[:2], ",,,,", lines[2], "", ""]))
    assert values(prepared, "account") == NAMES and noted(prepared, "blank rows")
