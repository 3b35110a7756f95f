"""A month's row and the rows of its days are the same sales: whichever comes second, it is asked about."""

from datetime import date

import pytest

from data import intake, spans
from data.effect import effect
from tests.data.conftest import HEADERS

DAYS = ("A,X,2026-05-10,60,600", "A,X,2026-05-20,40,400")
MONTH = ("A,X,2026年5月,100,1000",)
WEEK = ("A,X,2026-W20,40,400",)  # from Monday, 11 May


def published(home, came, *lines: str, **answers: str):
    return intake.take(home, came(*lines), answers, "li", False)


def asked(home, came, *lines: str):
    [question] = intake.open_questions(home, came(*lines), {})
    return question.ask.en


def sold(home) -> int:
    home.own().version()
    return home.own().execute("SELECT sum(qty)::INTEGER FROM sell_out")[0][0]


@pytest.mark.parametrize(
    ("first", "second", "span"),
    [
        (DAYS, MONTH, "from 2026-05-01 to 2026-05-31"),
        (MONTH, DAYS, "from 2026-05-01 to 2026-05-31"),
        (MONTH, WEEK, "from 2026-05-01 to 2026-05-31"),
        (DAYS, WEEK, "from 2026-05-11 to 2026-05-17"),
        (WEEK, ("A,X,2026-05-17,1,10",), "from 2026-05-11 to 2026-05-17"),
    ],
    ids=["days, month", "month, days", "month, week", "days, week", "week, its Sunday"],
)
def test_what_covers_the_same_days_is_asked_about_whatever_its_rows_are_dated(first, second, span, home, came):
    published(home, came, *first)
    if (first, second) == (DAYS, WEEK):  # neither of these days lies in the week
        assert intake.open_questions(home, came(*second), {}) == []
        return

    assert span in asked(home, came, *second)


@pytest.mark.parametrize("second", ["A,X,2026-06-01,1,10", "A,X,2026-04-30,1,10", "B,X,2026-05-10,1,10"])
def test_days_of_other_months_and_other_accounts_meet_nothing(second, home, came):
    published(home, came, *MONTH)

    assert intake.open_questions(home, came(second), {}) == []


@pytest.mark.parametrize(("day", "meets"), [("10", False), ("11", True), ("17", True), ("18", False)])
def test_a_week_ends_with_its_sunday(day, meets, home, came):
    published(home, came, *WEEK)

    assert bool(intake.open_questions(home, came(f"A,X,2026-05-{day},1,10"), {})) is meets


def test_days_that_replace_a_month_take_all_of_it_out_and_undo_brings_it_back(home, came):
    published(home, came, *MONTH)

    batch = published(home, came, *DAYS[:1], overlap="replace")

    assert (batch.receipt.replaces.since, batch.receipt.replaces.until) == (date(2026, 5, 1), date(2026, 5, 31))
    assert sold(home) == 60
    home.own().lake.undo(batch.id, "li")
    assert sold(home) == 100


def test_months_across_cover_their_months_too(home, came, monkeypatch):
    published(home, came, "A,X,2026-03-15,1,10")
    monkeypatch.setitem(HEADERS, "sell_out", "客户编码,产品编码,2026年1月,2026年2月,2026年3月")

    wide = came("A,X,1,2,3", answers={"months": "qty"})

    assert wide.checked.answers[spans.GRAIN] == spans.MONTH
    assert "to 2026-03-31" in intake.open_questions(home, wide, {})[0].ask.en


def test_a_file_of_days_says_nothing_of_its_grain(came):
    assert spans.GRAIN not in came(*DAYS).checked.answers


def test_a_month_is_not_held_against_some_days_of_one_that_has_none(home, came):
    published(home, came, *MONTH)

    assert effect(home.own(), came("A,X,2026-06-11,1,10")).before is None
    assert effect(home.own(), came("A,X,2026年6月,1,10")).before.amount == 1000
    assert effect(home.own(), came("A,X,2026-06-30,1,10")).before.amount == 1000
