"""What a column leaves open is asked, and either answer is honoured; what it settles is noted."""

from datetime import date
from decimal import Decimal

import pytest

from data.ingest.verdicts import REPEATS
from tests.data.ingest.kit import HEADER, Take, loaded, reasons, row


def test_a_column_of_ambiguous_commas_is_asked_and_answered_either_way(take: Take):
    rows = [row(amount="1,234"), row(amount="5")]
    prepared = take(rows)
    [question] = prepared.questions
    assert question.key == "comma:amount" and "1,234" in question.ask.zh
    assert prepared.checked and prepared.checked.rows_good == 0
    for answer, amount in (("thousands", "1234"), ("decimal", "1.234")):
        answered = take(rows, answers={"comma:amount": answer})
        assert [one["amount"] for one in loaded(answered)] == [Decimal(amount), 5]


def test_in_a_column_of_decimal_commas_a_plain_looking_point_groups_thousands(take: Take):
    assert [one["amount"] for one in loaded(take([row(amount=amount) for amount in ("12,5", "1.234")]))][1] == 1234
    rows = [row(amount=amount) for amount in ("12,5", "1.234", "7", "1.5")]
    assert [q.key for q in take(rows).questions] == ["comma:amount"]
    prepared = take(rows, answers={"comma:amount": "decimal"})
    assert [one["amount"] for one in loaded(prepared)] == [Decimal("12.5"), 1234, 7]
    assert [(line, why[:9]) for line, _, why in reasons(prepared)] == [(5, "its comma")]


def test_plain_points_show_that_the_comma_separates_thousands(take: Take):
    assert [one["amount"] for one in loaded(take([row(amount="1,234"), row(amount="5.50")]))] == [1234, Decimal("5.5")]
    assert take([row(amount="1,234"), row(amount="5.500")]).questions[0].key == "comma:amount"


def test_day_and_month_are_asked_and_answered(take: Take):
    rows = [row(day="03/04/2026"), row(day="2026-01-01")]
    [question] = take(rows).questions
    assert (question.key, [o.value for o in question.options]) == ("dates:sold_on", ["dmy", "mdy"])
    assert loaded(take(rows, answers={"dates:sold_on": "mdy"}))[0]["sold_on"] == date(2026, 3, 4)


def test_contradicting_orders_are_handed_back_and_the_rest_is_loaded(take: Take):
    prepared = take([row(day="13/04/2026"), row(day="04/13/2026"), row(day="2026-01-01")])
    assert [line for line, *_ in reasons(prepared)] == [2, 3]
    assert len(loaded(prepared)) == 1


def test_dates_without_a_day_are_noted(take: Take):
    prepared = take([row(day="2026年1月"), row(day="2026-01-05")])
    assert loaded(prepared)[0]["sold_on"] == date(2026, 1, 1)
    assert any("first of the month" in note.en for note in prepared.notes)


@pytest.mark.parametrize(
    ("header", "amount"),
    [
        ("金额(万元)", 15_000),
        ("金额（千元）", 1_500),
        ("金额【百万】", 1_500_000),
        ("金额(元)", "1.5"),
        ("金额", "1.5"),
    ],
)
def test_the_unit_in_a_header_multiplies_and_is_noted(header: str, amount: object, take: Take):
    prepared = take([row(amount="1.5")], header=(*HEADER[:4], header))
    assert loaded(prepared)[0]["amount"] == Decimal(str(amount))
    assert any("multiplied" in note.en for note in prepared.notes) is (amount != "1.5")


@pytest.mark.parametrize(("answer", "amount"), [("as_stated", 15_000), ("yuan", "1.5")])
def test_a_unit_stated_above_the_table_is_asked(answer: str, amount: object, take: Take):
    text = "销售明细,,,,\n单位：万元,,,,\n" + ",".join(HEADER) + "\nA1,S1,2026-01-05,2,1.5\n"
    assert [q.key for q in take(text).questions] == ["unit"]
    [one] = loaded(take(text, answers={"unit": answer}))
    assert (one["amount"], one["qty"]) == (Decimal(str(amount)), 2)


@pytest.mark.parametrize("odd_at", [0, 7, 39])
@pytest.mark.parametrize("different", [1, REPEATS, 40], ids=["all alike", "at the limit", "all different"])
def test_an_odd_cell_is_found_whether_or_not_the_cells_of_its_column_repeat(different: int, odd_at: int, take: Take):
    rows = [row(sku=f"S{n % different}", amount=str(n % different)) for n in range(40)]
    rows[odd_at] = row(sku="　S9", amount="２5")

    found = loaded(take(rows))

    assert (found[odd_at]["sku"], found[odd_at]["amount"]) == ("S9", 25)
    assert [one["sku"] for one in found].count("S9") == 1 + (different == 40)


@pytest.mark.parametrize("cell", ["合计", "合 计：", "小计", "Total", "GRAND TOTAL", "subtotals"])
def test_a_row_that_says_it_is_a_total_is_no_row_in_any_spelling(cell: str, take: Take):
    for amount, right in (("10", True), ("11", False)):
        prepared = take([row(), row(account=cell, sku="", day="", qty="1", amount=amount)])

        assert len(loaded(prepared)) == 1 and (reasons(prepared) == []) is right


@pytest.mark.parametrize("name", ["计算机城", "Total Tools Ltd", "统计局"])
def test_a_name_with_such_a_word_in_it_is_a_name(name: str, take: Take):
    assert [one["account"] for one in loaded(take([row(account=name)]))] == [name]


@pytest.mark.parametrize(
    ("answer", "bare"), [("yuan", 300), ("wan", 3_000_000), ("yi", 30_000_000_000)]
)  # fmt: skip
def test_bare_numbers_beside_ten_thousands_are_asked_about_and_read_as_told(answer: str, bare: int, take: Take):
    rows = [row(amount="1.2万"), row(amount="300"), row(amount="￥50"), row(amount="(2万元)")]

    [question] = take(rows).questions
    assert (question.key, [o.value for o in question.options]) == ("unit:amount", ["yuan", "wan", "yi"])
    assert "万" in question.ask.zh
    prepared = take(rows, answers={"unit:amount": answer})

    assert {one["_line"]: one["amount"] for one in loaded(prepared)} == {2: 12_000, 3: bare, 4: 50, 5: -20_000}
    assert prepared.questions == ()


@pytest.mark.parametrize("amounts", [("1.2万", "3亿"), ("1.2万", "300元"), ("1.2 万元", "¥300"), ("300", "1,234.50")])
def test_where_every_cell_says_its_unit_or_none_does_nothing_is_asked(amounts: tuple[str, ...], take: Take):
    assert take([row(amount=amount) for amount in amounts]).questions == ()


@pytest.mark.parametrize(("answer", "amount"), [("yuan", 300), ("wan", 3_000_000)])
def test_a_unit_that_was_told_holds_where_no_cell_has_a_sign(take: Take, answer, amount):
    [loaded_row] = loaded(take([row(amount="300")], answers={"unit:amount": answer}))
    assert loaded_row["amount"] == amount
