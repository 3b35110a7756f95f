"""Lists: words in either language are stored alike; a closed list hands everything else back and says what it takes."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies

from data.contract import Choice, Dataset, Field, Kind
from data.datasets import DATASETS
from data.ingest.cells import Problem, choice
from data.text import Text, same
from tests.data.ingest.kit import Take, loaded, reasons

STATE = (Choice("进行中", Text("进行中", "Open")), Choice("完成", Text("完成", "Done")))
DEGREES = (Choice("1", Text("低", "Low")), Choice("3", Text("高", "High")))
THEMES = (Choice("噪音", Text("噪音", "Noise")),)
NOTES = Dataset(
    name="notes",
    title=same("notes"),
    grain=same("one row a note"),
    key=("note",),
    fields=(
        Field("note", Kind.TEXT, Text("编号", "Note")),
        Field("state", Kind.TEXT, Text("状态", "State"), required=False, choices=STATE, closed=True),
        Field("degree", Kind.COUNT, Text("程度", "Degree"), required=False, choices=DEGREES, closed=True),
        Field(
            "theme", Kind.TEXT, Text("主题", "Theme"), required=False, choices=(Choice("噪音", Text("噪音", "Noise")),)
        ),
    ),
)
HEADER = ("编号", "状态", "程度", "主题")
LISTED = [field for dataset in DATASETS for field in dataset.fields if field.choices]


def values(take: Take, *rows: tuple[str, ...]) -> list[tuple]:
    found = loaded(take(list(rows), header=HEADER, dataset=NOTES))
    return [(row["state"], row["degree"], row["theme"]) for row in sorted(found, key=lambda row: row["_line"])]


def test_words_of_both_languages_and_the_stored_value_become_the_stored_value(take: Take):
    rows = (("1", "进行中", "低", "噪音"), ("2", "open", "Low", "NOISE"), ("3", " Done ", "1", "noise"))

    assert values(take, *rows) == [("进行中", 1, "噪音"), ("进行中", 1, "噪音"), ("完成", 1, "噪音")]


def test_numbers_as_spreadsheets_and_chinese_keyboards_write_them_are_the_numbers(take: Take):
    rows = (("1", "", "3.0", ""), ("2", "", "３", ""), ("3", "", "+3", ""))

    assert [degree for _, degree, _ in values(take, *rows)] == [3, 3, 3]


def test_an_empty_cell_stays_empty(take: Take):
    assert values(take, ("1", "", "", " ")) == [(None, None, None)]


def test_a_word_outside_a_closed_list_is_handed_back_with_the_list(take: Take):
    prepared = take([("1", "拖着", "", ""), ("2", "", "2", ""), ("3", "完成", "3", "")], header=HEADER, dataset=NOTES)

    assert reasons(prepared) == [
        (2, "状态", "must be one of: Open, Done"),
        (3, "程度", "must be one of: 1 Low, 3 High"),
    ]
    assert prepared.checked.rejects[1].reason.zh == "只能是：1 低、3 高"
    assert (prepared.checked.rows_in, prepared.checked.rows_good, prepared.checked.rejected) == (3, 1, 2)


def test_a_word_outside_a_usual_list_is_kept_as_it_is_written(take: Take):
    assert values(take, ("1", "", "", " 门封 条"))[0][2] == "门封 条"


@pytest.mark.parametrize("field", LISTED, ids=lambda field: f"{field.name}-{field.label.en}")
def test_every_wording_of_every_list_in_the_contracts_is_understood(field: Field):
    read = choice(field)

    for one in field.choices:
        for word in (one.value, one.label.zh, one.label.en, one.label.en.upper(), f"  {one.label.zh}\u3000"):
            assert read(word) == one.value


@given(strategies.text())
def test_a_closed_list_never_lets_a_word_of_its_own_making_through(word: str):
    found = choice(NOTES.field("state"))(word)

    assert found in (None, "进行中", "完成", Problem("choice"))
    assert choice(replace(NOTES.field("state"), closed=False))(word) != Problem("choice")
