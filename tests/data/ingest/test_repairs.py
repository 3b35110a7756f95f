"""One word repairs every cell of a column that says the same; what is left empty, or found no use, is said."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.contract import Choice, Field, Kind
from data.ingest import WrongAnswer, again
from data.ingest.cells import Problem, text
from data.ingest.faults import LISTED, causes, faults
from data.ingest.repairs import Repairs, refuse_misfits, told
from data.text import Text, same
from tests.data.ingest.kit import LINES, TODAY, Take, in_order, reasons, row

TWELVE = {"fix:qty:十二": "12"}


def test_a_word_said_once_repairs_all_rows_that_have_it(take: Take):
    done = take([row(), row(qty="十二"), row(qty="十二"), row(qty="多")], answers=TWELVE)

    assert [int(one["qty"]) for one in in_order(done)] == [1, 12, 12]
    assert reasons(done) == [(5, "数量", "is not a number")]
    assert "“数量”: “十二” was read as “12”." in [note.en for note in done.notes]


def test_a_repair_is_read_as_the_column_is(take: Take):
    done = take([row(amount="1.234,50"), row(amount="五千")], answers={"fix:amount:五千": "5.000,25"})

    assert [str(one["amount"]) for one in in_order(done)] == ["1234.5000", "5000.2500"]


def test_a_repair_that_cannot_be_read_either_leaves_the_row_handed_back(take: Take):
    done = take([row(), row(qty="十二")], answers={"fix:qty:十二": "a dozen"})

    assert reasons(done) == [(3, "数量", "is not a number")]
    said = [note.en for note in done.notes]
    assert "“十二” in “数量” was not repaired: “a dozen” will not do, the column takes a number." in said
    assert not any("was read as" in note for note in said)


@pytest.mark.parametrize(
    ("field", "meant", "takes"),
    [
        ("amount", "2026-01-05", "an amount of money in digits"),
        ("amount", "五号", "an amount of money in digits"),
        ("qty", "12%", "a number"),
        ("boxes", "1.5", "a whole number"),
        ("share", "many", "a number or a percentage"),
        ("sold_on", "12.50", "a date such as 2026-01-05"),
        ("sold_on", "2026-02-30", "a date such as 2026-01-05"),
        ("gift", "maybe", "yes or no"),
    ],
)
def test_a_repair_of_another_kind_is_refused_at_once_with_the_kind_expected(field: str, meant: str, takes: str):
    with pytest.raises(WrongAnswer, match=f"^fix:{field}:\\? is answered '{meant}'; {field} takes {takes}$"):
        refuse_misfits(LINES, {f"fix:{field}:?": meant})


@pytest.mark.parametrize(
    ("field", "meant"),
    [
        ("amount", "1,234.50"), ("amount", "1.234,50"), ("amount", "¥5"), ("amount", "1.2万"), ("amount", "46027"),
        ("qty", "(3)"), ("boxes", "2"), ("share", "12%"), ("gift", "是"), ("account", "2026-01-05"),
        ("sold_on", "2026年1月"), ("sold_on", "03/04/2026"), ("sold_on", "26-01-05"), ("sold_on", "46027"),
    ],
)  # fmt: skip
def test_a_repair_that_some_file_could_hold_is_not_refused_beforehand(field: str, meant: str):
    refuse_misfits(LINES, {f"fix:{field}:?": meant, "fix:7": "x", "unit": "yuan"})


def test_a_repair_of_a_closed_list_names_what_is_on_it_and_one_of_no_field_the_fields():
    choices = (Choice("a", Text("甲", "A")), Choice("b", Text("乙", "B")))
    dataset = replace(LINES, fields=(Field("kind", Kind.TEXT, same("kind"), choices=choices, closed=True),))
    refuse_misfits(dataset, {"fix:kind:?": "甲"})
    with pytest.raises(WrongAnswer, match="kind takes a A, b B"):
        refuse_misfits(dataset, {"fix:kind:?": "c"})
    with pytest.raises(WrongAnswer, match=r"no field of lines; it has \['kind'\]"):
        refuse_misfits(dataset, {"fix:qty:?": "1"})


def test_a_repair_that_no_cell_calls_for_is_named(take: Take):
    done = take([row(), row(qty="多")], answers=TWELVE)

    assert "A repair found no use: no unreadable cell of “数量” says “十二”." in [note.en for note in done.notes]


def test_what_cannot_be_read_in_an_optional_column_is_left_empty_by_choice_only(take: Take):
    rows = [row(), row(amount="待定"), row(amount="?")]

    assert len(reasons(take(rows))) == 2
    done = take(rows, answers={"blank:amount": "empty"})

    assert [one["amount"] is None for one in in_order(done)] == [False, True, True]
    assert any("2 kinds of cells that cannot be read were left empty" in note.en for note in done.notes)


@pytest.mark.parametrize("answers", [{"blank:qty": "empty"}, {"blank:amount": "yes"}])
def test_a_required_column_is_never_left_empty_and_the_answer_is_one_word(answers, take: Take):
    with pytest.raises(WrongAnswer, match=next(iter(answers)).removeprefix("blank:")):
        take([row(), row(qty="十二", amount="?")], answers=answers)


def test_faults_come_by_column_and_reason_with_the_commonest_cells(take: Take):
    rows = [row(qty="十二")] * 3 + [row(qty="多")] + [row(day="2026-02-30")] * 2 + [row()]

    found = faults(take(rows).checked)

    assert [(f.field.name, f.header, f.rows, f.kinds, f.cells) for f in found] == [
        ("qty", "数量", 4, 2, (("十二", 3), ("多", 1))),
        ("sold_on", "单据日期", 2, 1, (("2026-02-30", 2),)),
    ]
    assert found[0].reason.en == "is not a number"


def test_only_the_first_cells_are_offered_and_all_are_counted(take: Take):
    [fault] = faults(take([row(qty=f"约{n}") for n in range(LISTED + 1)] + [row()]).checked)

    assert (len(fault.cells), fault.kinds, fault.rows) == (LISTED, LISTED + 1, LISTED + 1)


def test_a_file_without_rejects_or_with_open_questions_has_no_faults(take: Take):
    assert faults(take([row()]).checked) == []
    assert faults(take([row(day="03/04/2026")]).checked) == []


def test_a_repair_can_be_taken_back(take: Take):
    done = take([row(), row(qty="十二")], answers=TWELVE)

    back = again(done, mapping={}, answers={"tax_basis": "unknown"}, today=TODAY)

    assert (done.checked.rejected, back.checked.rejected) == (0, 1)


@given(st.dictionaries(st.text(max_size=4), st.text(max_size=4)), st.text(max_size=4), st.booleans())
def test_cells_without_a_repair_are_read_as_ever(fixes, cell, empties):
    found = Repairs(fixes, empties).on(text)(cell)

    if cell not in fixes and not isinstance(text(cell), Problem):
        assert found == text(cell)
    assert not (empties and isinstance(found, Problem))


def test_an_answer_of_another_column_says_nothing():
    field = Field("qty", Kind.QUANTITY, same("qty"))

    assert told(field, {"fix:qty2:a": "1", "fix:amount:a": "2", "blank:amount": "empty"}) == Repairs({})


def test_causes_count_every_row_also_beyond_those_that_are_listed_and_those_that_could_not_be_split(take: Take):
    lines = [
        "客户编码,产品编码,单据日期,数量,金额",
        "A1,S1,2026-01-05,x,?",
        "A1,S1,2026-01-05,y,1",
        "A1,S1",
        "合计,,,9,9",
    ]

    found = causes(take("\n".join(lines) + "\n").checked)

    assert [(c.column, c.key, c.rows) for c in found] == [
        ("数量", "number", 2),
        ("", "ragged", 1),
        ("", "total", 1),
        ("金额", "number", 1),
    ]
    assert found[1].reason.en == "has another number of cells than the header"
    assert causes(take([row()]).checked) == causes(take([row(day="03/04/2026")]).checked) == []
