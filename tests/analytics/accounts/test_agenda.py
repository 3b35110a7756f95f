"""What to talk about: bad news by money; what is open with an account, both sides of each window."""

from datetime import date, timedelta

import pytest

from analytics.accounts import contacts
from analytics.accounts.agenda import agenda, topics
from analytics.answer import Finding, Scope
from data.text import same

JUNE = Scope(date(2026, 6, 30))


def finding(account: str, weight: float, words: str, level="rain") -> Finding:
    return Finding(level, same(words), weight, account)


def test_an_agenda_names_each_account_once_with_what_costs_most_and_no_good_news():
    found = [finding("A", 5, "small"), finding("A", 9, "big"), finding("B", 7, "b"), finding("C", 99, "well", "fair")]

    assert [(f.account, f.text.en) for f in agenda([*found, finding("", 50, "all")])] == [("A", "big"), ("B", "b")]
    assert len(agenda([finding(str(n), n, "x") for n in range(9)])) == 5


def test_topics_are_all_of_one_account_each_sentence_once_without_money_last():
    found = [finding("A", 0, "promise"), finding("A", 5, "five"), finding("A", 9, "nine"), finding("A", 5, "five")]

    assert [f.text.en for f in topics(found)] == ["nine", "five", "promise"]


def days(n: int) -> date:
    return JUNE.as_of + timedelta(days=n)


def kept(store) -> list[str]:
    return sorted(r.code for r in contacts.ask(store, JUNE))


@pytest.mark.parametrize(
    ("closed", "listed", "open"),
    [(None, True, True), (1, True, True), (0, True, False), (-89, True, False), (-90, False, False)],
)
def test_a_promise_is_listed_while_open_and_for_90_days_after(store, given, closed, listed, open):
    row = {"promise": "P", "account": "A", "made_on": days(-300), "due_on": days(-1), "words": "w"}
    given("promises", row | {"closed_on": None if closed is None else days(closed)})

    rows = contacts.ask(store, JUNE)

    assert [r.open for r in rows] == ([open] if listed else [])
    assert [r.overdue for r in rows] == ([open] if listed else [])


@pytest.mark.parametrize(("due", "overdue"), [(-1, True), (0, False)])
def test_a_promise_is_overdue_the_day_after_it_was_due(store, given, due, overdue):
    given("promises", {"promise": "P", "account": "A", "made_on": days(-9), "due_on": days(due), "words": "w"})

    [row] = contacts.ask(store, JUNE)
    said = [f.text.en for f in contacts.say([row], JUNE)]

    assert row.overdue is overdue
    assert said[0] == ("Promises overdue: 1" if overdue else "Open: promises 1, complaints 0")


def test_visits_of_a_year_and_those_to_come_count_and_those_that_fell_through_do_not(store, given):
    def visit(code: str, day: date, **more) -> dict:
        return {"visit": code, "account": "A", "visited_on": day, "visitor": "v"} | more

    given(
        "visits",
        visit("old", date(2025, 6, 30)),
        visit("first", date(2025, 7, 1)),
        visit("dropped", days(-5), done=False),
        visit("today", days(0), done=True),
        visit("next", days(90)),
        visit("far", days(91)),
    )

    assert kept(store) == ["first", "next", "today"]
    last = contacts.last_visit(contacts.ask(store, JUNE))
    assert last is not None and last.code == "today"


def test_complaints_of_a_year_and_events_of_90_days_either_way(store, given):
    given(
        "complaints",
        *[{"complaint": c, "account": "A", "raised_on": day, "theme": "t"}
          for c, day in (("old", date(2025, 6, 30)), ("new", date(2025, 7, 1)), ("later", days(1)))],
    )  # fmt: skip
    given(
        "events",
        *[{"event": f"e{n}", "account": "A", "starts_on": days(n)} for n in (-90, -89, 90, 91)],
    )

    assert kept(store) == ["e-89", "e90", "new"]
    assert {r.code: contacts.state(r).en for r in contacts.ask(store, JUNE)} == {
        "new": "Open", "e-89": "Done", "e90": "To come",
    }  # fmt: skip
