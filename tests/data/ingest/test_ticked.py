"""A column called after one word of a list: yes is that word, no leaves the others open, and it is said."""

import pytest

from data.contract import Choice, Dataset, Field, Kind
from data.ingest import ticked
from data.ingest.cells import Problem
from data.text import Text, same
from tests.data.ingest.kit import Take, in_order

STAGES = (Choice("在售", Text("在售", "On sale")), Choice("停产", Text("停产", "Discontinued")))
GOODS = Dataset(
    name="goods",
    title=same("goods"),
    grain=same("one row a product"),
    key=("sku",),
    fields=(
        Field("sku", Kind.TEXT, Text("产品编码", "SKU")),
        Field("stage", Kind.TEXT, Text("生命周期", "Lifecycle"), required=False, choices=STAGES),
        Field("grade", Kind.COUNT, Text("等级", "Grade"), required=False, choices=(Choice("1", same("Top")),)),
    ),
)


def stages(take: Take, header: str, *cells: str, **told: str) -> list[str | None]:
    rows = [(f"S{n}", cell) for n, cell in enumerate(cells)]
    prepared = take(rows, header=("SKU", header), dataset=GOODS, mapping=told)
    return [one["stage"] for one in in_order(prepared)]


@pytest.mark.parametrize("header", ["Discontinued", "停产", "是否停产", "DISCONTINUED "])
def test_yes_is_the_word_and_no_is_none_of_them(take: Take, header: str):
    assert stages(take, header, "1", "0", "", "1") == ["停产", None, None, "停产"]


def test_yes_and_no_are_understood_as_people_write_them(take: Take):
    assert stages(take, "停产", "是", "否", "Yes", "FALSE") == ["停产", None, "停产", None]


def test_it_is_said(take: Take):
    prepared = take([("S1", "1"), ("S2", "0")], header=("SKU", "Discontinued"), dataset=GOODS)

    told = "Where “Discontinued” is yes, “Lifecycle” becomes “Discontinued”; where it is no, it stays empty."
    assert [note.en for note in prepared.notes] == [told]


@pytest.mark.parametrize("cell", ["2025-05-31", "soon", "2"])
def test_a_column_with_anything_but_yes_and_no_is_not_taken_unasked(take: Take, cell: str):
    assert stages(take, "Discontinued", "1", cell) == [None, None]


def test_one_that_is_told_keeps_the_lists_words_beside_yes_and_no(take: Take):
    assert stages(take, "Discontinued", "1", "On sale", "no", "trial", stage="Discontinued") == [
        "停产",
        "在售",
        None,
        "trial",
    ]


def test_the_lists_own_column_goes_before_it(take: Take):
    rows = [("S1", "在售", "1")]
    prepared = take(rows, header=("SKU", "Lifecycle", "Discontinued"), dataset=GOODS)

    assert prepared.mapping == {"sku": "SKU", "stage": "Lifecycle"}
    assert in_order(prepared)[0]["stage"] == "在售"


def test_two_such_columns_are_none(take: Take):
    prepared = take([("S1", "1", "0")], header=("SKU", "Discontinued", "On sale"), dataset=GOODS)

    assert prepared.mapping == {"sku": "SKU"}


def test_a_list_of_numbers_has_a_one_of_its_own(take: Take):
    prepared = take([("S1", "1")], header=("SKU", "Top"), dataset=GOODS)

    assert prepared.mapping == {"sku": "SKU"}


def test_a_column_of_blanks_says_nothing():
    assert ticked.told(GOODS, ("SKU", "Discontinued"), (("S1",), ()), {"sku": "SKU"}) == {}


def test_a_word_beside_yes_and_no_is_read_as_the_list_reads_it():
    read = ticked.parser(GOODS.field("stage"), STAGES[1])

    assert [read(cell) for cell in ("√", "×", "on sale", "")] == ["停产", None, "在售", None]
    assert read("锟斤拷") == Problem("mojibake")
