"""Bad inputs 37 to 53: numbers as people and systems write them."""

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from tests.data.ingest.bad.kit import HEADER, NOTHING, asked, handed_back, noted, options, values
from tests.data.ingest.kit import Take, row

FAR = r"outlier|far (beyond|above|from)|largest|unusual"
SHARE, CODES = (*HEADER, "占比"), ["00123", "0000", "007"]


def amounts(take: Take, *cells: str, header: tuple[str, ...] = HEADER) -> list[Decimal]:
    """Amounts read from these cells, nothing handed back."""
    prepared = take([row(amount=cell) for cell in cells], header=header)
    assert handed_back(prepared) == []
    return values(prepared, "amount")


def test_37_grouped_digits_are_one_number(take: Take):
    """37 "1,234.50": N."""
    assert amounts(take, "1,234.50", "1,234,567.5") == [Decimal("1234.5"), Decimal("1234567.5")]


def test_38_full_width_digits_are_digits_and_noted(take: Take):
    """38 full-width digits: N."""
    prepared = take([row(qty="１２", amount="３４．５"), row(qty="3")])
    assert values(prepared, "qty") == [12, 3] and values(prepared, "amount")[0] == Decimal("34.5")
    assert noted(prepared, "“数量” were converted: .*→") and noted(prepared, "“含税金额” were converted: .*→")


def test_39_the_typographic_minus_and_spaces_within_are_understood(take: Take):
    """39 U+2212, NBSP inside: N."""
    prepared = take([row(qty="\u22125", amount="\u22121\u00a0234.5"), row(amount=" 7\u00a0")])
    assert values(prepared, "qty")[0] == -5 and values(prepared, "amount") == [Decimal("-1234.5"), 7]


def test_40_brackets_are_a_minus_and_noted(take: Take):
    """40 (1,234): N."""
    prepared = take([row(qty="(2)", amount="(1,234.00)"), row(qty="（3）", amount="(5.5)"), row()])
    assert values(prepared, "amount") == [-1234, Decimal("-5.5"), 10] and values(prepared, "qty") == [-2, -3, 1]
    assert noted(prepared, r"\(1,234\.50?\) → -1234|\(.*\) → -")


def test_41_a_percentage_is_a_hundredth_in_a_rate_and_noted(take: Take):
    """41 12%: N."""
    prepared = take([(*row(), "12%"), (*row(), "3.5％")], header=SHARE)
    assert values(prepared, "share") == [0.12, 0.035] and noted(prepared, "percent|%")


@pytest.mark.parametrize("cell", ["¥12.5", "￥12.5", "RMB 12.5", "12.5元", "CNY12.5", "12.5 RMB"])
def test_42_a_currency_sign_is_no_part_of_the_number_and_noted(cell: str, take: Take):
    """42 currency signs: N."""
    prepared = take([row(amount=cell), row()])
    assert values(prepared, "amount") == [Decimal("12.5"), 10] and noted(prepared, "→ 12.5")


@pytest.mark.parametrize(("header", "scale"), [("含税金额(万元)", 10_000), ("含税金额（亿）", 100_000_000)])
def test_43_a_unit_in_the_header_multiplies_and_is_noted(header: str, scale: int, take: Take):
    """43 万元 or 亿 in the header: N."""
    prepared = take([row(amount="1.5")], header=(*HEADER[:4], header))
    assert values(prepared, "amount") == [scale * 3 // 2] and noted(prepared, f"multiplied by {scale:,}")


def test_43_a_unit_in_some_cells_only_is_asked_about(take: Take):
    """43 万 in some cells: A."""
    rows = [row(amount="1.2万"), row(amount="300")]
    prepared = take(rows)
    assert asked(prepared) == ["unit:amount"] and {"yuan", "wan"} <= set(options(prepared))
    assert values(take(rows, answers={"unit:amount": "yuan"}), "amount") == [12_000, 300]
    assert values(take(rows, answers={"unit:amount": "wan"}), "amount") == [12_000, 3_000_000]


def test_44_cells_in_ten_thousands_are_multiplied_and_noted(take: Take):
    """44 "1.2万": N."""
    prepared = take([row(amount="1.2万"), row(amount="0.03亿元")])
    assert values(prepared, "amount") == [12_000, 3_000_000] and noted(prepared, "万")


def test_45_a_barcode_in_scientific_notation_has_lost_digits_and_is_handed_back(take: Take):
    """45 6.90E+12: Q."""
    prepared = take([row(sku="6.90E+12"), row(sku="6901234567890")])
    assert values(prepared, "sku") == ["6901234567890"] and handed_back(prepared) == [(2, "science")]


def test_46_leading_zeros_are_kept(take: Take):
    """46 leading zeros: text."""
    prepared = take([row(account=code, sku=code) for code in CODES])
    assert values(prepared, "account") == values(prepared, "sku") == CODES


def test_47_long_codes_keep_every_digit(take: Take):
    """47 17 and more digits: text."""
    codes = ["12345678901234567", "123456789012345678901234567890"]
    assert values(take([row(sku=code) for code in codes]), "sku") == codes


def test_47_a_code_that_a_workbook_holds_as_a_number_of_more_than_15_digits_is_noted(take: Take, tmp_path: Path):
    """47 more than 15 digits as a number in a workbook: W, the last ones are lost."""
    with xlsxwriter.Workbook(tmp_path / "b.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for at, code in enumerate((12345678901234567, 690123456789), start=1):
            sheet.write_row(at, 0, row())
            sheet.write_number(at, 1, code)
    prepared = take((tmp_path / "b.xlsx").read_bytes(), name="b.xlsx")
    if values(prepared, "sku") == ["690123456789"]:
        assert [line for line, _ in handed_back(prepared)] == [2]
    else:
        assert noted(prepared, "digits")


@pytest.mark.parametrize("cell", ["inf", "nan", "-Infinity", "NaN", "+inf"])
def test_48_what_is_no_finite_number_is_handed_back(cell: str, take: Take):
    """48 inf and nan: Q."""
    prepared = take([row(qty=cell), row(amount=cell), row("A3")])
    assert values(prepared, "account") == ["A3"] and handed_back(prepared) == [(2, "number"), (3, "number")]


def test_49_accounts_that_are_called_like_nothing_keep_their_names(take: Take):
    """49 "NA", "NULL", "None", 无: kept."""
    names = ["NA", "NULL", "None", "无", "nan", "N/A", "-", "null", "True"]
    prepared = take([row(account=name) for name in names])
    assert values(prepared, "account") == names and handed_back(prepared) == []


def test_50_sums_of_money_do_not_drift(take: Take):
    """50 float drift: decimals."""
    prepared = take([row(amount=cell) for cell in ["0.1", "0.2", *["0.01"] * 100]])
    assert prepared.checked and prepared.checked.totals["amount"] == Decimal("1.3")


def test_51_a_late_cell_of_another_kind_is_handed_back_alone(take: Take):
    """51 late type change: Q."""
    prepared = take([*[row()] * 20_000, row(qty="待定"), row("A9")])
    assert len(values(prepared, "qty")) == 20_001 and handed_back(prepared) == [(20_002, "number")]


def test_52_amounts_beyond_any_business_are_handed_back_or_noted(take: Take):
    """52 overflow and 9e15: W outlier."""
    prepared = take([row(), row(amount="9000000000000000"), row(amount="9" * 40)])
    assert prepared.checked and prepared.checked.rows_in == 3
    assert handed_back(prepared) == [(3, "huge"), (4, "huge")]


def test_52_an_amount_far_beyond_the_others_is_noted(take: Take):
    """52 outlier: W."""
    usual = [row(amount=str(90 + n % 20)) for n in range(60)]
    prepared = take([*usual, row(amount="123456789")])
    assert len(values(prepared, "amount")) == 61 and noted(prepared, FAR) and not noted(take(usual), FAR)


def test_53_a_comma_that_may_be_decimal_is_asked_about(take: Take):
    """53 comma decimals: A where 1,234 fits both; 1,5 fits one."""
    rows = [row(amount="1,234"), row(amount="5,678")]
    prepared = take(rows)
    assert asked(prepared) == ["comma:amount"] and options(prepared) == ["thousands", "decimal"]
    assert values(take(rows, answers={"comma:amount": "decimal"}), "amount")[0] == Decimal("1.234")
    clear = take([row(amount="1,5"), row(amount="2,75")])
    assert asked(clear) in (NOTHING, ["comma:amount"])
    if not asked(clear):
        assert values(clear, "amount") == [Decimal("1.5"), Decimal("2.75")]
