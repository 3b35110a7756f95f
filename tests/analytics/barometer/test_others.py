"""Breadth, weather, reporting, sales and years: rows in, rows and sentences out."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from analytics.answer import Scope, months_back
from analytics.barometer import breadth, cover, growth, sales, weather, years
from analytics.barometer.index import diffusion
from analytics.charts.theme import Look

JUNE = Scope(date(2026, 6, 30))


def sold(account: str, day: str, amount: float, **more):
    return {"account": account, "sku": "X", "sold_on": day, "qty": 1, "amount": amount, **more}


@pytest.mark.parametrize(
    ("changes", "share"),
    [
        ([(0.04, 1), (-0.04, 1)], 0.5),
        ([(0.03, 1), (-0.03, 1)], 0.5),
        ([(0.031, 3), (-0.031, 1)], 0.75),
        ([(0.0, 1)], 0.5),
        ([(1.0, 2), (0.0, 2)], 0.75),
    ],
)
def test_diffusion_counts_rising_whole_and_flat_half(changes, share):
    assert diffusion(changes) == share


def test_breadth_without_the_biggest_shows_when_one_account_makes_the_picture():
    rows = [growth.Row("big", "big", "big", JUNE.month, 200, 100)] + [
        growth.Row(a, a, a, JUNE.month, 8, 10) for a in "abc"
    ]

    row = breadth._row(JUNE.month, rows)
    count, chance, alone = breadth.say([row], JUNE)

    assert (row.rising, row.flat, row.falling) == (1, 0, 3)
    assert (row.equal, row.weighted, row.without_first) == (0.25, 100 / 130, 0.0)
    assert "1 家上升、0 家持平、3 家下降" in count.text.zh
    assert chance.text.en == "Only 4 can be compared: the equal count of 25% can be 24 pts off either way, at 80%"
    assert alone.text.en == "Without the biggest account it is 0%: one account makes the picture"


@pytest.mark.parametrize(
    ("share", "accounts", "low", "high"),
    [(0.5, 20, 0.362, 0.638), (0.0, 5, 0.0, 0.247), (1.0, 5, 0.753, 1.0), (0.5, 500, 0.471, 0.529)],
)
def test_few_accounts_leave_a_wide_interval_also_where_all_agree(share, accounts, low, high):
    assert breadth.interval(share, accounts) == pytest.approx((low, high), abs=0.001)


def test_who_has_not_reported_the_month_is_not_counted_as_falling(store, given):
    months = [months_back(JUNE.month, n) for n in range(24)]
    given(
        "sell_out",
        *[sold(a, f"{m:%Y-%m}-10", 100 if n > 11 else 200) for a in "AB" for n, m in enumerate(months)],
        *[sold("late", f"{m:%Y-%m}-10", 100 if n > 11 else 10) for n, m in enumerate(months) if n],
    )

    last = breadth.ask(store, JUNE)[-1]

    assert (last.rising, last.falling, last.equal) == (2, 0, 1.0)
    assert growth.say(growth.ask(store, JUNE), JUNE)[0].text.en.startswith("+100.0%")


def test_breadth_draws_three_lines_over_the_interval_of_equal_weights():
    rows = [breadth.Row(months_back(JUNE.month, n), 5, 5, 10, 0.4, 0.3, 0.35, 0.2, 0.6) for n in range(30)][::-1]

    figure = breadth.draw(rows, Look("en"))

    band, weighted, equal, without = figure.to_dict()["data"]
    assert [len(line["x"]) for line in (weighted, equal, without)] == [24, 24, 24]
    assert {(round(line["y"][0])) for line in (weighted, equal, without)} == {30, 40, 35}
    assert (min(band["y"]), max(band["y"])) == (20, 60)
    shifts = sorted(a["y"] * 2.5 + a["yshift"] for a in figure.to_dict()["layout"]["annotations"])
    assert min(b - a for a, b in pairwise(shifts)) >= 31.9


def test_weather_ranks_the_worst_account_first_and_says_the_money(store, given):
    months = [months_back(JUNE.month, n) for n in range(24)]
    given("accounts", {"account": "B", "account_name": "锦泰", "name_en": "Jintai", "owner": "李敏"})
    given(
        "sell_out",
        *[
            sold(a, f"{m:%Y-%m}-10", 100 + k * (n < 12))
            for k, a in enumerate("ACDEF", -2)
            for n, m in enumerate(months)
        ],
        *[sold("B", f"{m:%Y-%m}-10", 40 if n < 3 else 100 + (n * 5) % 13) for n, m in enumerate(months)],
    )

    rows = weather.ask(store, JUNE)
    [finding] = [f for f in weather.say(rows, JUNE) if f.account == "B"]

    assert [r.account for r in rows] == ["B", "A", "C", "D", "E", "F"]
    assert rows[0].level == "storm"
    assert (finding.name.en, finding.owner, finding.level) == ("Jintai", "李敏", "storm")
    assert finding.weight == pytest.approx((rows[0].before or 0) - 120)


def test_an_account_that_has_not_reported_has_no_weather_rather_than_a_bad_one(store, given):
    months = [months_back(JUNE.month, n) for n in range(24)]
    given(
        "sell_out",
        *[sold(a, f"{m:%Y-%m}-10", 100 + n % 5) for a in "AB" for n, m in enumerate(months) if a == "A" or n > 5],
    )

    assert {r.account: r.index is None for r in weather.ask(store, JUNE)} == {"A": False, "B": True}


def test_a_late_reporter_has_neither_an_index_nor_money_from_the_months_before(store, given):
    months = [months_back(JUNE.month, n) for n in range(24)]
    given(
        "sell_out",
        *[
            sold(a, f"{m:%Y-%m}-10", 100 + n % 5)
            for a in ("here", "late")
            for n, m in enumerate(months)
            if a == "here" or m < JUNE.month
        ],
    )

    rows = {r.account: r for r in weather.ask(store, JUNE)}

    assert (rows["late"].index, rows["late"].current, rows["late"].before) == (None, None, None)
    assert None not in (rows["here"].index, rows["here"].current, rows["here"].before, rows["late"].previous)


def test_months_without_rows_are_gaps_not_zeros(store, given):
    given("sell_out", sold("A", "2026-03-10", 5), sold("A", "2026-06-10", 7))

    rows = sales.ask(store, JUNE)

    assert [(r.month.month, r.amount) for r in rows] == [(3, Decimal(5)), (4, None), (5, None), (6, Decimal(7))]
    assert sales.say(rows, JUNE)[-1].text.zh == "缺 2 个月的数：2026-04、2026-05"


def test_a_late_reporter_and_a_new_account_move_neither_side_of_the_month(store, given):
    given(
        "sell_out",
        sold("A", "2025-06-10", 100),
        sold("A", "2026-06-10", 110),
        sold("late", "2025-06-10", 900),
        sold("new", "2026-06-10", 700),
    )

    row = sales.ask(store, JUNE)[-1]

    assert (row.amount, row.alike, row.before, row.change) == (810, 110, 100, pytest.approx(0.1))


def test_sell_in_compares_everything_because_no_order_is_a_fact(store, given):
    given(
        "sell_in",
        sold("A", "2025-06-10", 100),
        sold("A", "2026-06-10", 110),
        sold("idle", "2025-06-10", 900),
        sold("new", "2026-06-10", 700),
    )

    row = sales.ask(store, Scope(date(2026, 6, 30), "sell_in"))[-1]

    assert (row.alike, row.before) == (810, 1000)


def test_stock_lasts_by_the_pace_of_the_months_with_figures_and_by_none_without_the_month_itself(store, given):
    given("sell_out", *[sold(a, f"2026-{m:02}-10", 1, qty=q) for a, m, q in (("A", 4, 10), ("A", 6, 20), ("B", 5, 9))])
    given(
        "stock",
        *[{"account": a, "sku": "X", "counted_on": f"2026-{m:02}-28", "on_hand": 60} for a in "AB" for m in (5, 6)],
        {"account": "C", "sku": "X", "counted_on": "2026-06-28", "on_hand": 60},
    )

    rows = cover.ask(store, JUNE)

    assert [(r.account, r.month.month, r.monthly, r.days) for r in rows] == [("B", 5, 9, 200), ("A", 6, 15, 120)]


def test_an_open_month_stands_against_the_same_days(store, given):
    given("sell_out", sold("A", "2025-06-15", 100), sold("A", "2025-06-16", 900), sold("A", "2026-06-01", 110))
    scope = Scope(date(2026, 6, 15))

    row = sales.ask(store, scope)[-1]

    assert (row.before, row.change) == (Decimal(100), pytest.approx(0.10))
    assert "截至 15 日" in sales.say([row], scope)[0].text.zh


def test_rows_after_the_as_of_month_do_not_count(store, given):
    given("sell_out", sold("A", "2026-06-30", 1), sold("A", "2026-07-01", 1000))

    assert [r.amount for r in sales.ask(store, JUNE)] == [Decimal(1)]
    assert [r.amount for r in years.ask(store, JUNE)] == [Decimal(1)]


def test_years_say_how_many_months_they_stand_on(store, given):
    given(
        "sell_out",
        *[sold("A", f"2025-{m:02}-10", 10) for m in range(1, 13)],
        sold("A", "2026-01-10", 5),
        sold("B", "2026-01-11", 5),
    )

    rows = years.ask(store, JUNE)

    assert [(r.year, r.amount, r.months, r.accounts) for r in rows] == [
        (2025, Decimal(120), 12, 1),
        (2026, Decimal(10), 1, 2),
    ]
    assert [f.text.en for f in years.say(rows, JUNE)] == ["2026: ¥10 (months with figures: 1)", "2025: ¥120"]
