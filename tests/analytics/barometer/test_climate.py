"""The climate: three answers made one, an interval that few answers widen, and a part of the index only where given."""

from datetime import date

import pytest
from hypothesis import given as example
from hypothesis import strategies as st

from analytics.answer import Scope, months_back
from analytics.barometer import climate, course, index
from analytics.charts.theme import Look

JUNE = Scope(date(2026, 6, 30))


def answer(account: str, outlook: int | None, orders: int, stock: int, month: date = JUNE.month) -> dict:
    return {"account": account, "month": month, "outlook": outlook, "order_plan": orders, "stock_view": stock}


def sold(account: str, month: date, amount: float) -> dict:
    return {"account": account, "sku": "X", "sold_on": f"{month:%Y-%m}-10", "qty": 1, "amount": amount}


def ask(store, given, *answers: dict, scope: Scope = JUNE) -> list[climate.Row]:
    given("accounts", *[{"account": a, "region": "E" if a < "4" else "W"} for a in "0123456"])
    given("pulse", *answers)
    return climate.ask(store, scope)


def test_outlook_and_orders_count_up_and_too_much_stock_down(store, given):
    [row] = ask(store, given, *[answer(a, 1, 0, -1) for a in "01234"])

    assert (row.outlook, row.orders, row.stock) == (1.0, 0.5, 0.0)
    assert row.climate == pytest.approx((1 + 2 / 3) / 2)


@pytest.mark.parametrize(("accounts", "shown"), [("0123", False), ("01234", True)])
def test_fewer_than_five_answers_are_not_shown_and_say_so(store, given, accounts, shown):
    rows = ask(store, given, *[answer(a, 1, 1, -1) for a in accounts])

    assert (rows[0].climate is not None) == shown
    assert ("不足 5 家不显示" in climate.say(rows, JUNE)[0].text.zh) != shown


def test_only_whole_answers_of_the_scope_up_to_its_month_count(store, given):
    later = [answer(a, 1, 1, 1, date(2026, 7, 1)) for a in "012345"]
    rows = ask(store, given, *[answer(a, 1, 1, 1) for a in "01234"], answer("5", None, 1, 1), *later)

    assert [(r.month, r.answers) for r in rows] == [(JUNE.month, 5)]
    assert climate.ask(store, Scope(JUNE.as_of, regions=("E",)))[0].answers == 4


def test_a_month_without_answers_says_so(store, given):
    rows = ask(store, given, *[answer(a, 1, 1, 1, date(2026, 5, 1)) for a in "01234"])

    assert climate.say(rows, JUNE)[0].text.en == "No account has answered this month"


@pytest.mark.parametrize(("answers", "level"), [((1, 1, -1), "fair"), ((0, 0, 0), "change"), ((-1, -1, 1), "rain")])
def test_it_is_fair_or_rain_only_when_the_interval_leaves_the_neutral_half(store, given, answers, level):
    rows = ask(store, given, *[answer(a, *answers) for a in "0123456"])

    assert climate.say(rows, JUNE)[0].level == level


@example(st.lists(st.sampled_from([-1.0, -1 / 3, 0.0, 1 / 3, 1.0]), min_size=5, max_size=30))
def test_the_interval_has_a_width_also_where_all_agree_and_turns_with_the_answers(scores):
    low, high = climate.interval(scores)
    turned = climate.interval([-s for s in scores])

    assert 0 <= low < high <= 1
    assert (low, high) == pytest.approx((1 - turned[1], 1 - turned[0]))


def test_it_is_a_part_of_the_index_where_given_and_for_all_categories_only(store, given):
    months = [months_back(JUNE.month, n) for n in range(24)]
    given("sell_out", *[sold(a, m, 100 + (7 * n + int(a)) % 9) for a in "012345" for n, m in enumerate(months)])
    given("products", {"sku": "X", "category": "washers"})
    before = {r.component for r in index.ask(store, JUNE)}

    answers = [(a, n) for a in "012345" for n in range(24)]
    given("pulse", *[answer(a, (n + int(a)) % 3 - 1, 0, 0, months[n]) for a, n in answers])

    assert before == {"growth", "breadth"}
    assert {r.component for r in index.ask(store, JUNE)} == {"growth", "breadth", "climate"}
    assert "climate" not in {r.component for r in index.ask(store, Scope(JUNE.as_of, categories=("washers",)))}
    assert course.ask(store, JUNE)[-1].low is not None


def test_a_month_with_too_few_answers_is_a_gap_in_the_figure():
    full = [climate.Row(months_back(JUNE.month, n), 6, 0.6, 0.5, 0.7, 0.6, 0.6, 0.4) for n in (3, 1, 0)]
    few = climate.Row(months_back(JUNE.month, 2), 4, None, None, None, None, None, None)

    _, line, *_ = climate.draw([full[0], few, *full[1:]], Look("zh")).to_dict()["data"]

    assert [v and round(v) for v in line["y"]] == [60, None, 60, 60]
