"""Days after the day of upload and days far from all others are questioned."""

from dataclasses import replace
from datetime import date

import pytest

from data.ingest.timing import Months
from tests.data.ingest.kit import LINES, TODAY, Take, loaded, reasons, row

HAPPENED = replace(LINES, happened=True)


@pytest.mark.parametrize(("day", "asked"), [("2026-06-30", []), ("2026-07-01", ["future"])])
def test_rows_after_the_day_of_upload_are_asked_about(day: str, asked: list[str], take: Take):
    assert [q.key for q in take([row(day=day)], dataset=HAPPENED).questions] == asked
    assert take([row(day=day)]).questions == ()  # a plan may be of days to come


def test_they_are_kept_with_a_note_or_handed_back(take: Take):
    rows = [row(), row(day="2026-07-01")]

    kept = take(rows, dataset=HAPPENED, answers={"future": "keep"})
    back = take(rows, dataset=HAPPENED, answers={"future": "hand_back"})

    assert len(loaded(kept)) == 2 and any("1 row is dated after 2026-06-30" in note.en for note in kept.notes)
    assert len(loaded(back)) == 1
    assert reasons(back) == [(3, "单据日期", "is dated after the days that were accepted")]
    assert back.checked and (back.checked.rows_in, back.checked.rows_good, back.checked.rejected) == (2, 1, 1)


@pytest.mark.parametrize(
    ("counts", "far"),
    [
        ({100: 95, 113: 5}, [113]),
        ({100: 94, 113: 6}, []),
        ({100: 95, 112: 5}, []),
        ({60: 1, 100: 95, 113: 2}, [60, 113]),
        ({100: 1}, []),
    ],
)
def test_months_are_far_beyond_a_year_without_rows_and_when_they_hold_one_row_in_twenty(counts, far):
    assert Months(counts, 0).far()[0] == far


def test_a_range_that_jumps_is_asked_about_and_handed_back_on_demand(take: Take):
    rows = [row(day="2016-01-05"), *[row(day="2026-01-31")] * 30, row(day="2026-03-01")]

    asked = take(rows, dataset=HAPPENED)
    back = take(rows, dataset=HAPPENED, answers={"jump": "hand_back"})

    assert [q.key for q in asked.questions] == ["jump"] and "2016-01" in asked.questions[0].ask.en
    assert [line for line, *_ in reasons(back)] == [2]
    assert back.checked and back.checked.period == (date(2026, 1, 31), date(2026, 3, 1))
    assert len(loaded(take(rows, dataset=HAPPENED, answers={"jump": "keep"}))) == 32


@pytest.mark.parametrize("key", ["future", "jump"])
def test_a_wrong_answer_is_refused_by_name(key: str, take: Take):
    with pytest.raises(ValueError, match=key):
        take([row()], dataset=HAPPENED, answers={key: "maybe"})


def test_both_kinds_of_days_may_be_handed_back_at_once(take: Take):
    rows = [row(day="2016-01-05"), *[row()] * 40, row(day=str(TODAY.replace(year=2028)))]

    done = take(rows, dataset=HAPPENED, answers={"future": "hand_back", "jump": "hand_back"})

    assert [line for line, *_ in reasons(done)] == [2, 43]
