"""Completeness: rows in, states, order, sentences and figure out."""

from datetime import date
from typing import Any

import pytest

from analytics.answer import Scope, months_back
from analytics.charts.theme import Look
from analytics.health import completeness
from data.text import LANGS

JUNE = Scope(date(2026, 6, 30))


def sold(account: str, *ago: int, amount: float = 100, qty: float = 1, day: int = 10) -> list[dict]:
    months = [months_back(JUNE.month, n) for n in ago]
    return [
        {"account": account, "sku": "X", "sold_on": m.replace(day=day), "qty": qty, "amount": amount} for m in months
    ]


def stocked(account: str, *ago: int, on_hand: float = 5) -> list[dict]:
    months = [months_back(JUNE.month, n) for n in ago]
    return [{"account": account, "sku": "X", "counted_on": m.replace(day=28), "on_hand": on_hand} for m in months]


def ask(store, scope: Scope = JUNE, dataset: str = "sell_out") -> dict[str, completeness.Row]:
    return {r.account: r for r in completeness.of(completeness.ask(store, scope), dataset)}


def test_the_worst_are_on_top_and_among_them_the_biggest(store, given):
    given(
        "sell_out",
        *sold("fine", *range(6)),
        *sold("holed", 5, 4, 2, 1, 0, amount=1),
        *sold("late", *range(1, 6)),
        *sold("stopped", *range(2, 6), amount=10),
        *sold("stopped big", *range(3, 6), amount=20),
        *sold("new", 0),
        *sold("zero", *range(1, 6)),
        *sold("zero", 0, amount=0, qty=0),
        *sold("quiet", *range(2, 6)),
    )
    given("stock", *stocked("quiet", *range(6)))

    rows = ask(store)

    assert [(r.account, r.course[-6:]) for r in rows.values()] == [
        ("stopped big", "✓✓✓×××"),
        ("stopped", "✓✓✓✓××"),
        ("quiet", "✓✓✓✓○○"),
        ("late", "✓✓✓✓✓?"),
        ("zero", "✓✓✓✓✓0"),
        ("holed", "✓✓–✓✓✓"),
        ("fine", "✓✓✓✓✓✓"),
        ("new", "·····✓"),
    ]
    assert [r.missing for r in rows.values()] == [3, 2, 2, 1, 1, 0, 0, 0]
    assert rows["stopped"].last_month == date(2026, 4, 1) and rows["stopped"].judged == JUNE.month


def test_returns_that_cancel_out_are_no_sale_and_one_that_does_not_is(store, given):
    given(
        "sell_out", *sold("A", 1), *sold("A", 0), *sold("A", 0, amount=-100, qty=-1), *sold("B", 0, amount=-5, qty=-1)
    )

    assert [ask(store)[a].course[-1] for a in "AB"] == ["0", "✓"]


def test_what_an_account_usually_sells_is_the_mean_of_its_last_three_whole_months_with_figures(store, given):
    given(
        "sell_out",
        *sold("A", 9, amount=900),
        *sold("A", 6, 5, amount=10),
        *sold("A", 3, amount=40),
        *sold("A", 0, day=3),
    )
    given("sell_in", *sold("A", 6, amount=7))
    open_ = Scope(date(2026, 6, 3))

    assert ask(store, open_)["A"].usual == 20.0
    assert ask(store, Scope(date(2026, 6, 30), "sell_in"), "sell_in")["A"].usual == 7.0
    assert ask(store)["A"].usual == 50.0


def test_without_amounts_the_usual_is_unknown_and_not_zero(store, given):
    given("sell_out", *[row | {"amount": None} for row in sold("A", 2, 1)])
    given("stock", *stocked("only stock", 1, 0))

    assert ask(store)["A"].usual is None
    assert ask(store, dataset="stock")["only stock"].usual is None


def test_twelve_months_are_shown_and_who_is_in_none_of_them_has_left(store, given):
    given("sell_out", *sold("old", 13, 12, 11), *sold("gone", 14, 13, 12), *sold("here", 0), *sold("back", 12, 0))

    assert {a: r.course for a, r in ask(store).items()} == {
        "old": "✓" + "×" * 11,
        "here": "·" * 11 + "✓",
        "back": "–" * 11 + "✓",
    }


def test_rows_after_the_month_looked_at_do_not_count(store, given):
    given("sell_out", *sold("A", 2, 1, 0), *sold("B", 0))
    april = Scope(date(2026, 4, 30))

    assert [(a, r.course[-1]) for a, r in ask(store, april).items()] == [("A", "✓")]


def test_an_open_month_is_shown_as_such_and_the_month_before_it_is_judged(store, given):
    given("sell_out", *sold("A", 2, 1, 0, day=3), *sold("B", 3, 2, 1), *sold("C", 3, 2))
    rows = ask(store, Scope(date(2026, 6, 3)))

    assert {a: r.course[-2:] for a, r in rows.items()} == {"A": "✓✓", "B": "✓…", "C": "?…"}
    assert {r.judged for r in rows.values()} == {date(2026, 5, 1)}
    found = completeness.say(list(rows.values()), Scope(date(2026, 6, 3)))
    assert found[0].text.en == "2 of 3 accounts reported May 2026; 1 late"


def test_in_our_own_books_an_account_without_an_order_is_not_called(store, given):
    given("sell_in", *sold("A", 3, 2, 1, 0), *sold("B", 3))
    scope = Scope(date(2026, 6, 30), "sell_in")

    rows = completeness.ask(store, scope)

    assert [r.course[-4:] for r in rows] == ["✓000", "✓✓✓✓"]
    assert not any(r.calls for r in rows) and not completeness.is_lacking(rows)
    assert [f.text.en for f in completeness.say(rows, scope)] == ["1 of 2 accounts have entries for June 2026"]


def test_a_month_of_ours_that_has_not_come_lacks(store, given):
    given("orders", {"account": "A", "sku": "X", "order_no": "1", "line_no": "1", "ordered_on": "2026-05-10", "qty": 1})

    [row] = completeness.ask(store, JUNE)

    assert (row.dataset, row.course[-2:]) == ("orders", "✓?") and completeness.is_lacking([row])


def test_regions_and_accounts_narrow_it_without_changing_what_came(store, given):
    given("accounts", {"account": "A", "region": "E"}, {"account": "B", "region": "W"})
    given("sell_in", *sold("A", 2, 0), *sold("B", 1))
    here = Scope(date(2026, 6, 30), "sell_in", None, ("E",))

    assert [(a, r.course[-3:]) for a, r in ask(store, here, "sell_in").items()] == [("A", "✓0✓")]
    assert list(ask(store, Scope(date(2026, 6, 30), "sell_in", ("B",)), "sell_in")) == ["B"]


def test_the_sentences_count_by_state_and_call_each_account_with_its_money_and_owner(store, given):
    given("accounts", {"account": "S", "account_name": "锦泰", "name_en": "Jintai", "owner": "李敏"})
    given("sell_out", *sold("A", 2, 1, 0), *sold("S", 4, 3, 2, amount=60), *sold("L", 2, 1), *sold("N", 0))

    head, stopped, late = completeness.say(completeness.ask(store, JUNE), JUNE)

    assert head.text.zh == "4 家客户中 2 家报了 2026 年 6 月的数；1 家停止报数、1 家迟报"
    assert head.text.en == "2 of 4 accounts reported June 2026; 1 stopped reporting, 1 late"
    assert (stopped.account, stopped.owner, stopped.weight, stopped.level) == ("S", "李敏", 60.0, "storm")
    assert stopped.text.en == "Not reporting. Last for 2026-04, months missing: 2"
    assert (late.account, late.level) == ("L", "rain")


def test_the_year_counts_who_has_no_hole_a_zero_is_none(store, given):
    given("sell_out", *sold("A", 2, 1, 0), *sold("B", 2, 0), *sold("Z", 1), *sold("Z", 0, amount=0, qty=0))

    assert completeness.year(list(ask(store).values())).en == "Without a gap in twelve months: 2; with one: 1"


def test_the_kind_of_sales_that_is_looked_at_comes_first(store, given):
    given("sell_out", *sold("A", 0))
    given("sell_in", *sold("A", 0))
    given("stock", *stocked("A", 0))

    def order(scope: Scope) -> list[str]:
        return [r.dataset for r in completeness.ask(store, scope)]

    assert order(JUNE) == ["sell_out", "sell_in", "stock"]
    assert order(Scope(JUNE.as_of, "sell_in")) == ["sell_in", "sell_out", "stock"]


@pytest.mark.parametrize("lang", LANGS)
def test_the_figure_has_the_first_dataset_the_worst_on_top_and_at_most_what_can_be_scrolled(store, given, lang):
    given("sell_out", *[row for n in range(50) for row in sold(f"A{n:02}", 1, 0)], *sold("gone", 3, 2, 1, amount=1))
    given("stock", *stocked("A00", 1, 0))

    figure: Any = completeness.draw(completeness.ask(store, JUNE), Look(lang))
    [trace] = figure.data

    assert len(trace.y) == completeness.SHOWN
    assert list(trace.text[0])[-3:] == ["✓", "✓", "?"]
    assert trace.z[0][0] is None  # before the first report


def test_three_hundred_accounts_stay_within_what_people_read(store, given):
    given("sell_out", *[row for n in range(300) for row in sold(f"A{n:03}", *range(24))])

    rows = completeness.ask(store, JUNE)

    assert len(rows) == 300 and {r.course for r in rows} == {"✓" * 12}


def test_the_count_of_the_side_bar_is_that_of_this_page_and_names_the_month_that_it_judges(store, given):
    given("sell_out", *sold("here", *range(6)), *sold("late", *range(1, 6)), *sold("stopped", *range(3, 6)))

    def count(day: int):
        scope = Scope(date(2026, 6, day))
        return completeness.count(completeness.ask(store, scope), scope)

    assert count(30).zh == "3 家客户中 1 家已报数"
    assert count(29).zh == "3 家客户中 2 家报了 2026 年 5 月的数"
    assert completeness.count([], JUNE).en == "No account has reported yet"
