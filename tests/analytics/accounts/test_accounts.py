"""Ranking, change, target and products: windows with both their sides, shares that close, ratios of sums."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.accounts import change, products, ranking, target
from analytics.answer import Scope

JUNE = Scope(date(2026, 6, 30))

SELL_IN = Scope(date(2026, 6, 30), "sell_in")


def sold(account: str, day: str, amount: float, sku: str = "X", **more):
    return {"account": account, "sku": sku, "sold_on": day, "qty": 2, "amount": amount, **more}


def test_ranking_windows_end_with_the_month(store, given):
    given(
        "sell_out",
        sold("A", "2024-06-30", 1),  # the day before the twelve before
        sold("A", "2024-07-01", 2),  # their first day
        sold("A", "2025-06-30", 4),  # their last day, and last year's month
        sold("A", "2025-07-01", 8),  # first day of the rolling twelve
        sold("A", "2026-01-01", 16),
        sold("A", "2026-06-30", 32),
        sold("A", "2026-07-01", 64),  # after the month
    )

    [row] = ranking.ask(store, JUNE)

    assert (row.rolling, row.rolling_before, row.total) == (Decimal(56), Decimal(6), Decimal(63))
    assert (row.month_amount, row.month_before, row.year_amount) == (Decimal(32), Decimal(4), Decimal(48))


def test_an_open_month_is_cut_in_last_years_month_and_in_the_twelve_before(store, given):
    given("sell_out", sold("A", "2025-06-15", 10), sold("A", "2025-06-16", 90), sold("A", "2026-06-15", 11))

    [row] = ranking.ask(store, Scope(date(2026, 6, 15)))

    assert (row.month_before, row.rolling_before) == (Decimal(10), Decimal(10))


def test_a_month_without_a_year_before_and_one_not_yet_reported_stand_on_neither_side_of_the_change(store, given):
    given(
        "sell_out",
        sold("A", "2025-06-10", 10),
        sold("A", "2026-06-10", 12),
        sold("A", "2026-05-10", 500),  # nothing a year before
        sold("A", "2025-04-10", 700),  # not reported this year
        sold("new", "2026-06-10", 900),
        sold("late", "2025-06-10", 300),
    )

    rows = {r.account: r for r in ranking.ask(store, JUNE)}

    sides = {a: (r.alike, r.rolling_before) for a, r in rows.items()}
    assert sides == {"A": (12, 10), "new": (None, None), "late": (None, None)}
    assert (rows["A"].rolling, rows["A"].change, rows["new"].change) == (512, pytest.approx(0.2), None)
    assert ranking.trend(list(rows.values())) == pytest.approx(0.2)


def test_sell_in_compares_all_accounts_so_that_new_and_lost_ones_are_part_of_the_change(store, given):
    given(
        "sell_in",
        sold("A", "2026-05-10", 50),
        sold("A", "2025-05-10", 20),
        sold("new", "2026-06-10", 7),
        sold("lost", "2025-06-10", 30),
    )

    rows = {r.account: r for r in ranking.ask(store, SELL_IN)}

    sides = {a: (r.alike, r.rolling_before, r.change) for a, r in rows.items()}
    assert sides == {"A": (50, 20, 1.5), "new": (7, None, None), "lost": (0, 30, -1)}
    assert ranking.trend(list(rows.values())) == pytest.approx(57 / 50 - 1)


def test_a_month_in_which_nobody_bought_is_a_gap_and_its_other_year_is_not_compared(store, given):
    given(
        "sell_in",
        sold("A", "2026-06-10", 12),
        sold("A", "2025-06-10", 10),
        sold("A", "2026-05-10", 500),  # nobody at all in May 2025: the history does not reach back, or a gap
        sold("B", "2025-04-10", 700),  # nobody at all in April 2026
    )

    rows = {r.account: r for r in ranking.ask(store, SELL_IN)}

    assert {a: (r.alike, r.rolling_before) for a, r in rows.items()} == {"A": (12, 10), "B": (None, None)}
    assert [(r.current, r.before) for r in change.ask(store, SELL_IN)] == [(12, 10)]


def test_without_a_twelve_before_the_sentence_says_so(store, given):
    given("sell_in", sold("A", "2026-06-10", 12))

    said = ranking.say(ranking.ask(store, SELL_IN), SELL_IN)

    assert said[1].text.en == "Rolling twelve months ¥12, no twelve before to compare"


def test_accounts_are_ranked_by_code_not_by_name_and_ties_by_code(store, given):
    given(
        "sell_out",
        sold("2", "2026-06-01", 5, account_name="黄磊"),
        sold("1", "2026-06-01", 5, account_name="黄磊"),
        sold("3", "2026-06-01", 9, account_name="徐婵"),
    )

    rows = ranking.ask(store, JUNE)

    assert [(r.rank, r.account, r.name) for r in rows] == [(1, "3", "徐婵"), (2, "1", "黄磊"), (3, "2", "黄磊")]


def test_pareto_effective_accounts_and_shares(store, given):
    given("sell_out", *[sold(a, "2026-06-01", v) for a, v in (("A", 60), ("B", 20), ("C", 12), ("D", 8))])

    rows = ranking.ask(store, JUNE)

    assert [round(r.cumulative or 0, 9) for r in rows] == [0.6, 0.8, 0.92, 1.0]
    assert ranking.reach(rows) == 2
    assert ranking.effective(rows) == pytest.approx(1 / (0.36 + 0.04 + 0.0144 + 0.0064))
    assert ranking.say(rows, JUNE)[0].text.zh.startswith("4 家中 2 家做成八成销售额")


def test_equal_accounts_are_as_many_as_they_are(store, given):
    given("sell_out", *[sold(a, "2026-06-01", 10) for a in "ABCDE"])

    assert ranking.effective(ranking.ask(store, JUNE)) == pytest.approx(5)


def test_an_account_with_old_sales_only_has_no_rolling_figure_rather_than_zero(store, given):
    given("sell_out", sold("A", "2024-01-01", 5), sold("B", "2026-06-01", 5))

    rows = {r.account: r for r in ranking.ask(store, JUNE)}

    assert (rows["A"].rolling, rows["A"].total, rows["A"].rank) == (None, Decimal(5), 2)


def test_change_by_category_sums_to_the_difference(store, given):
    given("products", {"sku": "X", "category": "washers"}, {"sku": "Y", "category": "fridges"})
    given(
        "sell_out",
        sold("A", "2026-03-31", 999),  # before the three months
        sold("A", "2026-04-01", 10),
        sold("A", "2026-06-30", 10, "Y"),
        sold("A", "2025-03-31", 999),
        sold("A", "2025-04-01", 50),
        sold("A", "2025-06-30", 5, "Y"),
        sold("A", "2025-07-01", 999),
    )

    rows = change.ask(store, JUNE)
    [finding] = change.say(rows, JUNE)

    assert [(r.category, r.current, r.before) for r in rows] == [("washers", 10, 50), ("fridges", 10, 5)]
    assert sum(r.gap for r in rows) == -35
    assert finding.text.zh == "近三个月比去年同期少 ¥35，主要少在washers（−¥40）"


def test_with_sell_in_new_and_lost_accounts_are_part_of_the_difference_and_with_sell_out_they_are_not(store, given):
    lines = [sold("both", "2026-05-10", 3), sold("both", "2025-05-10", 2), sold("new", "2026-05-10", 70)]
    for flow in ("sell_in", "sell_out"):
        given(flow, *lines, sold("lost", "2025-05-10", 5))

    assert [(r.current, r.before) for r in change.ask(store, SELL_IN)] == [(73, 7)]
    assert [(r.current, r.before) for r in change.ask(store, JUNE)] == [(3, 2)]


def test_a_difference_is_not_told_where_there_was_nothing_a_year_ago(store, given):
    given("sell_out", sold("A", "2026-06-01", 10))

    assert change.say(change.ask(store, JUNE), JUNE) == []


@pytest.mark.parametrize(
    ("actual", "level"), [(79, "storm"), (80, "rain"), (94, "rain"), (95, "change"), (99, "change"), (100, "fair")]
)
def test_the_weather_of_attainment_turns_at_80_95_and_100_percent(store, given, actual, level):
    given("targets", {"account": "A", "category": "", "month": "2026-06-01", "amount": 100})
    given("sell_out", sold("A", "2026-06-10", actual))

    assert target.say(target.ask(store, JUNE), JUNE)[0].level == level


def test_attainment_is_a_ratio_of_sums_over_those_with_a_target_and_figures(store, given):
    given(
        "targets",
        {"account": "A", "category": "", "month": "2026-06-01", "amount": 100},
        {"account": "B", "category": "", "month": "2026-06-01", "amount": 300},
        {"account": "silent", "category": "", "month": "2026-06-01", "amount": 500},
        {"account": "A", "category": "", "month": "2026-07-01", "amount": 10_000},  # after the month
        {"account": "A", "category": "", "month": "2025-12-01", "amount": 10_000},  # last year's
    )
    given("sell_out", sold("A", "2026-06-10", 50), sold("B", "2026-06-10", 330), sold("none", "2026-06-10", 9999))

    rows = target.ask(store, JUNE)

    assert target.month_rate(rows) == pytest.approx(380 / 400)
    assert target.year_rate(rows) == pytest.approx(380 / 400)  # the silent account counts on neither side
    assert target.say(rows, JUNE)[-1].text.zh == "1 家本月还没有数，不计入本月完成率"


@pytest.mark.parametrize(
    ("covers", "wanted", "made"),
    [
        (None, [300], 20),  # April alone
        ("quarter", [100, 100, 100], 20 + 30 + 50),  # April to June
        ("3 months", [100, 100, 100], 20 + 30 + 50),
        ("half-year", [50, 50, 50, 50, 50, 50], 7 + 20 + 30 + 50),  # from January on
        ("year", [25] * 6, 7 + 20 + 30 + 50),  # the other half of the year is not asked for in June
    ],
)
def test_a_target_counts_in_the_months_that_it_covers_and_so_do_the_sales(store, given, covers, wanted, made):
    given("targets", {"account": "A", "category": "", "month": "2026-04-01", "amount": 300, "covers": covers})
    months = {"2026-01-05": 7, "2026-02-05": 0, "2026-03-05": 0, "2026-04-05": 20, "2026-05-05": 30, "2026-06-05": 50}
    given("sell_out", *[sold("A", day, amount) for day, amount in months.items()])
    given("sell_out", sold("A", "2025-04-05", 11), sold("A", "2025-03-05", 13))

    [row] = target.ask(store, JUNE)

    assert (row.year_target, row.year_amount) == (sum(wanted), made)
    assert row.month_target == (None if covers is None else wanted[-1])
    assert row.year_before == (24 if covers in ("half-year", "year") else 11)


def test_products_that_make_four_fifths(store, given):
    given(
        "sell_out",
        sold("A", "2026-06-01", 60, "X"),
        sold("A", "2026-06-01", 25, "Y"),
        sold("A", "2026-06-01", 15, "Z"),
        sold("A", "2025-05-01", 7, "old"),
    )

    rows = products.ask(store, JUNE)

    assert [(r.sku, r.rolling, r.rolling_before) for r in rows][-1] == ("old", None, Decimal(7))
    assert products.say(rows, JUNE)[0].text.en == "2 of 3 products make 80% of sales"
