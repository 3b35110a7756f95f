"""What is said of rows that are loaded all the same."""

import pytest
import xlsxwriter

from tests.data.ingest.kit import HEADER, Take, loaded, reasons, row


def said(prepared) -> str:
    """All notes in English."""
    return " ".join(note.en for note in prepared.notes)


@pytest.mark.parametrize(("qty", "told"), [("-1", True), ("0", False)])
def test_negative_quantities_are_counted(qty: str, told: bool, take: Take):
    assert ("1 row has a negative “Quantity”" in said(take([row(qty=qty, amount="0"), row()]))) is told


@pytest.mark.parametrize(("qty", "amount", "told"), [("-1", "10", True), ("-1", "-10", False), ("-1", "0", False)])
def test_quantity_and_amount_of_opposite_signs_are_counted(qty: str, amount: str, told: bool, take: Take):
    assert ("In 1 row quantity and amount have opposite signs" in said(take([row(qty=qty, amount=amount)]))) is told


@pytest.mark.parametrize(("price", "told"), [("10", False), ("10.1", False), ("10.2", True), ("", False), ("x", False)])
def test_an_amount_that_is_not_quantity_times_price_is_counted(price: str, told: bool, take: Take):
    done = take([(*row(), price)], header=(*HEADER, "单价"))

    assert ("not quantity × “单价”" in said(done)) is told


@pytest.mark.parametrize(("most", "told"), [("1000", True), ("999", False)])
def test_a_figure_out_of_all_proportion_to_the_next_is_named(most: str, told: bool, take: Take):
    rows = [row(amount="10", qty=str(n + 1)) for n in range(8)] + [row(amount=most)]

    assert ("The largest “Amount” is 1,000, 100 times the one in place 6" in said(take(rows))) is told


@pytest.mark.parametrize(("code", "told"), [("6901234567890120", True), ("690123456789012", False)])
def test_long_codes_that_a_workbook_may_have_rounded_are_named(code: str, told: bool, take: Take, tmp_path):
    file = tmp_path / "codes.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, row(sku=code))

    assert ("codes of more than 15 digits" in said(take(file.read_bytes()))) is told
    assert "15 digits" not in said(take([row(sku=code)]))


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("(50.00)", "(7)"), "(50.00) → -50"),
        (("¥300", "4"), "¥300 → 300"),
        (("１２", "4"), "１２ → 12"),
        (("5-", "4"), "5- → -5"),
        (("1.2万", "3万"), "1.2万 → 12000"),
    ],
)
def test_how_cells_were_converted_is_told_by_an_example(cells, told: str, take: Take):
    assert told in said(take([row(amount=cell) for cell in cells]))


def test_each_spelling_is_told_once_and_plain_cells_not_at_all(take: Take):
    notes = [note.en for note in take([row(amount=cell) for cell in ("(1)", "(22)", "¥3", "4")]).notes]

    assert [note for note in notes if "converted" in note] == [
        "Spellings in “金额” were converted: (1) → -1, ¥3 → 3."
    ] or any("(22) → -22" in note and "¥3 → 3" in note and note.count("→") == 2 for note in notes)
    assert "converted" not in said(take([row()]))


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026年1月5日", "2026年1月5日 → 2026-01-05"),
        ("20260105", "20260105 → 2026-01-05"),
        ("2026年1月", "dates without a day"),
        ("2026-W02", "the Monday of the week"),
        ("2026年第2周", "2026年第2周 → 2026-01-05"),
    ],
)
def test_how_dates_were_read_is_told(day: str, told: str, take: Take):
    assert told in said(take([row(day=day)]))


def test_words_that_were_trimmed_are_told(take: Take):
    assert "Outer spaces or invisible marks in “客户编码”" in said(take([row("苏宁\u200b"), row("苏宁")]))


@pytest.mark.parametrize(("rows", "asked"), [(5, ["twice"]), (4, [])])
def test_a_table_that_stands_in_its_file_twice_is_asked_about(rows: int, asked: list[str], take: Take):
    table = [row(qty=str(n)) for n in range(1, rows + 1)]

    assert [q.key for q in take(table * 2).questions] == asked
    assert [q.key for q in take([*table * 2, row(qty="9")]).questions] == []


def test_it_counts_once_or_twice_as_told(take: Take):
    table = [row(qty=str(n)) for n in range(1, 6)]

    once, both = (take([*table, HEADER, *table], answers={"twice": answer}) for answer in ("once", "keep"))

    assert sorted(one["qty"] for one in loaded(once)) == [1, 2, 3, 4, 5]
    assert [(line, why[:12]) for line, _, why in reasons(once)][1:] == [(n, "equals a row") for n in range(8, 13)]
    assert len(loaded(both)) == 10
    with pytest.raises(ValueError, match="twice"):
        take(table, answers={"twice": "thrice"})


@pytest.mark.parametrize("name", ["Müller", "ÄÖ GmbH", "Ångström & Søn"])
def test_latin_letters_with_accents_are_loaded_as_they_are_and_nothing_is_said(name: str, take: Take):
    done = take([row(name)])

    assert loaded(done)[0]["account"] == name and "invisible" not in said(done)
