"""How long a target is for is asked where its rows stand months apart; a monthly file is not asked."""

from itertools import product

import pytest

from data.datasets.targets import TARGETS
from data.ingest import WrongAnswer
from tests.data.ingest.kit import Take, in_order

HEADER = ("客户编码", "月份", "目标金额")


def rows(*months: str) -> list[tuple[str, ...]]:
    return [(account, month, "300") for account, month in product(("A1", "A2"), months)]


def options(take: Take, *months: str) -> list[str]:
    """What is on offer; nothing where nothing is asked."""
    asked = take(rows(*months), HEADER, dataset=TARGETS).questions
    assert {q.key for q in asked} <= {"period"}
    return [option.value for q in asked for option in q.options]


@pytest.mark.parametrize(
    "months",
    [
        ("2026-01", "2026-02", "2026-03"),
        ("2026-01", "2026-04", "2026-05", "2026-07"),  # one month follows another: it is monthly
        ("2025-12", "2026-01"),
        ("2026-06",),  # begins no quarter
        ("2026-12",),
    ],
)
def test_a_monthly_file_is_not_asked(take: Take, months):
    assert options(take, *months) == []
    done = take(rows(*months), HEADER, dataset=TARGETS)
    assert {one["covers"] for one in in_order(done)} == {None}


@pytest.mark.parametrize(
    ("months", "offered"),
    [
        (("2026-01", "2026-04", "2026-07", "2026-10"), ["month", "quarter"]),
        (("2026-01", "2026-03"), ["month", "quarter", "3 months"]),  # nothing says that February was forgotten
        (("2026-03", "2026-06", "2026-09"), ["month", "quarter", "3 months"]),
        (("2010-12", "2011-03", "2011-07", "2011-09", "2011-12"), ["month", "quarter", "3 months"]),
        (("2026-01", "2026-07"), ["month", "half-year"]),
        (("2025-04", "2025-10"), ["month", "half-year", "6 months"]),
        (("2025-01", "2026-01"), ["month", "year"]),
        (("2025-04", "2026-04"), ["month", "year", "12 months"]),
        (("2026-01",), ["month", "quarter", "half-year", "year"]),
        (("2026-04",), ["month", "quarter"]),
        (("2026-07",), ["month", "quarter", "half-year"]),
    ],
)
def test_rows_that_stand_months_apart_are_asked_what_they_cover(take: Take, months, offered):
    assert options(take, *months) == offered


@pytest.mark.parametrize("answer", ["month", "quarter", "3 months"])
def test_the_answer_stands_in_every_row_and_is_told(take: Take, answer):
    months = ("2026-03-31", "2026-06-30")  # the day is of no account
    done = take(rows(*months), HEADER, dataset=TARGETS, answers={"period": answer})

    assert {one["covers"] for one in in_order(done)} == {answer}
    assert done.answers["period"] == answer
    assert any("do not say their period" in note.en for note in done.notes)


def test_a_row_that_says_its_period_keeps_it_and_only_the_others_are_asked_about(take: Take):
    header = (*HEADER, "目标周期")
    said = [("A1", "2026-01", "9", "所在季度"), ("A1", "2026-04", "9", "quarter"), ("A1", "2026-07", "9", "")]

    assert take(said[:2], header, dataset=TARGETS).questions == ()
    assert [q.key for q in take(said, header, dataset=TARGETS).questions] == ["period"]  # July begins a quarter
    done = take(said, header, dataset=TARGETS, answers={"period": "half-year"})
    assert [one["covers"] for one in in_order(done)] == ["quarter", "quarter", "half-year"]


def test_other_datasets_are_not_asked(take: Take):
    assert take([("A1", "S1", "2026-01-05", "1", "1"), ("A1", "S1", "2026-04-05", "1", "1")]).questions == ()


def test_a_wrong_answer_is_refused_with_those_it_takes(take: Take):
    with pytest.raises(WrongAnswer, match=r"period is answered 'decade'.*'3 months'"):
        take(rows("2026-01"), HEADER, dataset=TARGETS, answers={"period": "decade"})
