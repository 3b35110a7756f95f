"""What a file would add, what it would meet, and how its last month compares, before anything is published."""

from datetime import date
from decimal import Decimal

import pytest

from data.effect import Effect, effect
from data.intake import take

MAY = ("A,X,2026-05-01,1,10", "A,X,2026-05-31,2,20", "B,X,2026-05-05,4,40", "C,X,2026-05-06,8,80")


def held(home, came, *lines: str, dataset: str = "sell_out") -> None:
    take(home, came(*lines, dataset=dataset), {"overlap": "add"}, "li", False)


def test_each_month_of_the_file_stands_beside_what_its_accounts_have_there(home, came):
    held(home, came, *MAY)

    found = effect(home.own(), came("A,X,2026-05-20,5,50", "A,X,2026-06-30,7,70"))

    assert [(c.new.month.month, c.new.rows, c.new.qty, c.new.amount) for c in found.changes] == [
        (5, 1, Decimal(5), Decimal(50)),
        (6, 1, Decimal(7), Decimal(70)),
    ]
    assert [(c.rows_there, c.qty_there, c.amount_there) for c in found.changes] == [(2, 3, 30), (0, None, None)]


@pytest.mark.parametrize(("day", "until", "amount"), [("30", 31, 30), ("29", 29, 10), ("01", 1, 10)])
def test_a_whole_month_is_held_against_a_whole_one_and_an_open_one_against_as_many_days(day, until, amount, home, came):
    held(home, came, *MAY)

    before = effect(home.own(), came(f"A,X,2026-06-{day},1,10")).before

    assert (before.since, before.until, before.amount) == (date(2026, 5, 1), date(2026, 5, until), amount)


def test_the_days_before_a_long_month_end_with_the_shorter_one(home, came):
    held(home, came, "A,X,2026-02-28,1,10")

    assert effect(home.own(), came("A,X,2026-03-30,1,10")).before.until == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("lines", "absent"),
    [
        (["A,X,2026-06-30,1,1", "B,X,2026-06-30,1,1"], ("C",)),
        (["A,X,2026-06-30,1,1"], ()),
        (["A,X,2026-06-30,1,1", "B,X,2026-06-30,1,1", "C,X,2026-05-01,1,1"], ("C",)),
        (["A,X,2026-06-30,1,1", "B,X,2026-06-30,1,1", "C,X,2026-06-01,1,1"], ()),
    ],
    ids=["two of three", "one of three", "there only in May", "all"],
)
def test_accounts_of_the_month_before_are_missed_where_most_of_them_are_in_the_last_month(lines, absent, home, came):
    held(home, came, *MAY)

    assert effect(home.own(), came(*lines)).absent == absent


def test_nothing_before_is_no_comparison_and_never_a_zero(home, came):
    held(home, came, "A,X,2026-04-30,1,10", "B,X,2026-05-02,1,10")

    assert effect(home.own(), came("A,X,2026-06-30,1,10")).before is None


def test_another_name_of_an_account_is_the_account(home, came):
    held(home, came, *MAY)

    found = effect(home.own(), came("A2,X,2026-06-30,1,10"), {"alias:account:A2": "A"})

    assert found.before.amount == 30


def test_files_with_open_questions_change_nothing_by_month(home, came):
    assert effect(home.own(), came("A,X,03/04/2026,1,10")) == Effect()


def test_of_a_register_it_says_what_becomes_of_its_keys_and_nothing_by_month(home, came):
    found = effect(home.own(), came("X,Milk", dataset="products"))

    assert found.changes == () and found.overwrite.new == 1
