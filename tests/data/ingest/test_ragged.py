"""Rows that are too short are handed back; filled at the end only where a person says so."""

import pytest

from data.ingest import again, rejected_file
from data.ingest.faults import short
from tests.data.ingest.kit import PLAIN, TODAY, Take, in_order, reasons

TEXT = "客户编码,产品编码,单据日期,数量,金额\nA1,S1,2026-01-05,1,10\nA2,S2,2026-01-06,2\nA3,S3,2026-01-07,3,30,9\n"


def test_short_rows_are_handed_back_and_counted_apart_from_long_ones(take: Take):
    done = take(TEXT)

    assert [line for line, _, _ in reasons(done)] == [3, 4] and short(done.checked) == 1


def test_short_rows_are_filled_by_choice_and_long_ones_are_not(take: Take):
    done = take(TEXT, answers={"ragged": "fill"})

    assert [(one["account"], one["amount"] is None) for one in in_order(done)] == [("A1", False), ("A2", True)]
    assert [line for line, _, _ in reasons(done)] == [4] and short(done.checked) == 0
    assert any(note.en.startswith("1 row is too short") for note in done.notes)


def test_saying_so_later_reads_the_file_anew_and_taking_it_back_too(take: Take):
    first = take(TEXT)

    filled = again(first, mapping={}, answers={**PLAIN, "ragged": "fill"}, today=TODAY)
    back = again(filled, mapping={}, answers=PLAIN, today=TODAY)

    assert [p.checked.rejected for p in (first, filled, back)] == [2, 1, 2]


@pytest.mark.parametrize("row", ["A2", "A2,,"])
def test_a_filled_row_is_still_judged(row: str, take: Take):
    done = take(f"客户编码,产品编码,单据日期,数量,金额\nA1,S1,2026-01-05,1,10\n{row}\n", answers={"ragged": "fill"})

    assert {(line, reason) for line, _, reason in reasons(done)} == {(3, "must not be empty")}


def test_an_answer_that_is_none_is_refused_by_name(take: Take):
    assert "'fill'" in take(TEXT, answers={"ragged": "pad"}).refused.en


def test_the_sentence_speaks_of_the_columns_of_the_file_also_when_one_was_added(take: Take):
    done = take(TEXT, answers={"value:region": "North"})

    assert ("this row has 4 cells, the header 5") in [reason for _, _, reason in reasons(done)]
    assert b"A2,S2,2026-01-06,2" in rejected_file(done)
