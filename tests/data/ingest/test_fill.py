"""Keys that stand on the first line of a document only: asked once, then filled down."""

import pytest

from tests.data.ingest.kit import HEADER, Take, loaded, reasons, row

BELOW = ("", "S2", "", "2", "20")


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        ([row(), BELOW, BELOW], True),
        ([row(), BELOW], False),
        ([row()] * 38 + [BELOW] * 2, True),
        ([row()] * 39 + [BELOW] * 2, False),
        ([BELOW, BELOW, row()], False),
        ([row(), ("", "小计", "", "1", "10")] * 3, False),
        ([row(), ("", "", "", "1", "10")] * 3, False),
    ],
    ids=["two below", "one below", "a twentieth", "fewer", "nothing above", "subtotals", "sums without a word"],
)
def test_blanks_below_filled_cells_are_asked_about_when_they_are_a_habit(rows, asked: bool, take: Take):
    assert [q.key for q in take(rows).questions] == (["fill"] if asked else [])


def test_what_was_blank_takes_the_cell_above_and_the_note_says_how_many(take: Take):
    done = take([row("A1"), BELOW, BELOW, row("A2"), BELOW], answers={"fill": "down"})

    assert [one["account"] for one in loaded(done)] == ["A1", "A1", "A1", "A2", "A2"]
    assert [one["_line"] for one in loaded(done)] == [2, 3, 4, 5, 6]
    assert any("filled down into 3 rows" in note.en for note in done.notes)


def test_without_consent_the_rows_are_handed_back(take: Take):
    done = take([row("A1"), BELOW, BELOW], answers={"fill": "no"})

    assert {line for line, _, _ in reasons(done)} == {3, 4}


def test_an_optional_column_is_filled_only_where_it_is_blank_with_the_keys(take: Take):
    header = (*HEADER, "单据编号", "区域")
    rows = [(*row("A1"), "D1", "华东"), (*BELOW, "", "华南"), (*BELOW, "", ""), (*row("A2"), "D2", "")]

    done = loaded(take(rows, header=header, answers={"fill": "down"}))

    assert [one["doc_no"] for one in done] == ["D1", "D1", "D1", "D2"]
    assert [one["region"] for one in done] == ["华东", "华南", None, None]


def test_a_wrong_answer_is_refused_by_name(take: Take):
    with pytest.raises(ValueError, match="fill"):
        take([row()], answers={"fill": "up"})
