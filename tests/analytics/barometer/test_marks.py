"""What happened: the largest, one a month, five at most, of the scope and of two years."""

from datetime import date

import pytest

from analytics.answer import Scope, months_back
from analytics.barometer import course, marks
from analytics.charts.theme import Look

JUNE = Scope(date(2026, 6, 30))


def sold(account: str, month: date, amount: float) -> dict:
    return {"account": account, "sku": "X", "sold_on": f"{month:%Y-%m}-10", "qty": 1, "amount": amount}


def event(code: str, account: str, day: str, title: str | None = None) -> dict:
    return {"event": code, "account": account, "starts_on": day, "title": title or code}


@pytest.fixture
def market(given):
    """A sells 300 a month, B 200, C 100, for three years."""
    months = [months_back(JUNE.month, n) for n in range(36)]
    given("accounts", *[{"account": a, "account_name": a, "region": "E" if a == "A" else "W"} for a in "ABC"])
    given("sell_out", *[sold(a, m, amount) for a, amount in zip("ABC", (300, 200, 100), strict=True) for m in months])


def test_of_a_month_the_one_that_concerns_most_sales_is_named(store, given, market):
    given("events", event("small", "C", "2026-05-02"), event("big", "A", "2026-05-20"))
    given("promotions", {"promotion": "P", "account": "B", "starts_on": "2026-04-01", "title": "sale"})

    assert [(r.month.month, r.title, r.amount) for r in marks.ask(store, JUNE)] == [(5, "big", 300), (4, "sale", 200)]


def test_a_trial_counts_with_all_its_pilots_and_without_its_controls(store, given, market):
    given("trials", {"trial": "T", "title": "tasting", "starts_on": "2026-03-05"})
    given("trial_scope", *[{"trial": "T", "account": a, "pilot": a != "A"} for a in "ABC"])

    [row] = marks.ask(store, JUNE)

    assert (row.amount, row.accounts, row.who.en) == (300, 2, "2 accounts")


def test_there_are_five_at_most_and_they_are_numbered_as_time_goes(store, given, market):
    given("events", *[event(f"e{n}", "ABC"[n % 3], f"2026-{n:02}-15") for n in range(1, 7)])

    rows = marks.ask(store, JUNE)

    assert [r.amount for r in rows] == [300, 300, 200, 200, 100]
    assert list(marks.numbered(rows).values()) == [1, 2, 3, 4, 5]
    assert sorted(marks.numbered(rows)) == list(marks.numbered(rows))


@pytest.mark.parametrize(
    ("day", "there"), [("2024-06-30", False), ("2024-07-01", True), ("2026-06-30", True), ("2026-07-01", False)]
)
def test_two_years_count_and_nothing_that_is_ahead(store, given, market, day, there):
    given("events", event("e", "A", day))

    assert bool(marks.ask(store, JUNE)) == there


def test_the_scope_narrows_whom_it_concerns(store, given, market):
    given("events", event("a", "A", "2026-05-20"), event("b", "B", "2026-05-20"))

    assert [r.title for r in marks.ask(store, Scope(JUNE.as_of, regions=("W",)))] == ["b"]


def test_the_line_does_not_say_the_account_twice():
    row = marks.Row(JUNE.month, JUNE.month, "events", "锦泰店庆", 1, "锦泰", "Jintai", 1e6)

    assert marks.say([row], JUNE)[0].text.zh == "1　2026-06 大事：锦泰店庆"


def test_numbers_stand_at_their_months_in_the_course():
    rows = [course.Row(months_back(JUNE.month, n), 50.0, 45.0, 55.0, 9, n or None) for n in range(3)]

    texts = {a["text"]: a["x"] for a in course.draw(rows, Look("en")).to_dict()["layout"]["annotations"] if "x" in a}

    assert (texts["1"], texts["2"]) == ("2026-05", "2026-04")
