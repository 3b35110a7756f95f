"""What an executive sees first: who lacks most and how much of all that is, and numbers with their change."""

from datetime import date
from decimal import Decimal

import pytest

from analytics import glance
from analytics.accounts import ranking, target
from analytics.answer import Finding, Scope, months_back
from analytics.barometer import breadth, cover, index, sales, weather
from data.text import Text

JUNE = Scope(date(2026, 6, 30))


def account(
    code: str, score: float | None, current: float | None, before: float | None, owner: str = ""
) -> weather.Row:
    return weather.Row(code, code, f"{code} Ltd", "", owner, score, score, current, before)


def action(rows: list[weather.Row]) -> Text:
    return glance.action(rows, weather.say(rows, JUNE))


def first(rows: list[weather.Row], most: int = 5) -> list[Finding]:
    return glance.first(weather.say(rows, JUNE), most)


def test_the_two_that_lack_most_are_named_with_owner_money_and_share_of_all_that_is_missing():
    rows = [account("甲", 5, 60, 100, "李敏"), account("乙", 30, 70, 100), account("丙", 39, 90, 100)]

    text = action([*rows, account("丁", 50, 80, 100)])

    assert text.zh == "先看甲（李敏）、乙：近三个月比去年同期少 ¥70，占全部减少额的 70%。"
    assert (
        text.en
        == "Look at 甲 Ltd (李敏) and 乙 Ltd first: ¥70 below last year over three months, 70% of all that "
        + ("is missing.")
    )


def test_what_others_gained_does_not_make_less_of_what_is_missing():
    rows = [
        account("A", 5, 60, 100),
        account("B", 50, 40, 100),
        account("C", 90, 1000, 100),
        account("D", None, None, 9),
    ]

    assert "¥40 below" in action(rows).en
    assert "37% of all" in action(rows).en  # 40 of 40 + 60 + 9


def test_an_account_in_the_rain_that_lacks_nothing_is_no_place_to_look_first():
    up, down = account("up", 5, 110, 100), account("down", 30, 99, 100)

    assert action([up]) == glance.ALL_WELL
    assert action([up, down]).zh == "先看down：近三个月比去年同期少 ¥1，占全部减少额的 100%。"
    assert [f.account for f in first([up, down])] == ["down"]


def test_an_account_in_fair_weather_is_not_named_even_when_it_lacks_something():
    assert action([account("A", 60, 99, 100)]) == glance.ALL_WELL
    assert first([account("A", 60, 99, 100)]) == []


def test_without_any_index_there_is_no_advice():
    assert action([]) == action([account("A", None, 1, 100)]) == glance.NO_YEAR


def test_the_ranked_list_is_by_money_and_not_longer_than_asked():
    rows = [account(code, 10, 100 - lack, 100) for code, lack in (("A", 1), ("B", 9), ("C", 5), ("D", 9))]

    assert [(f.account, f.weight) for f in first(rows, most=3)] == [("B", 9), ("D", 9), ("C", 5)]


def of_sales(n: int, amount: int | None, alike: int | None = None, before: int | None = None) -> sales.Row:
    money = [None if v is None else Decimal(v) for v in (amount, alike, before)]
    return sales.Row(months_back(JUNE.month, n), money[0], None, 1, money[1], money[2])


@pytest.mark.parametrize(
    ("alike", "change", "good"), [(110, "+10.0%", True), (90, "−10.0%", False), (100, "±0.0%", None)]
)
def test_the_months_sales_stand_beside_last_years(alike, change, good):
    kpi = glance.sold([of_sales(2, 5), of_sales(1, None), of_sales(0, 130, alike, 100)], JUNE)

    assert (kpi.value, kpi.change, kpi.good, kpi.against) == (130, change, good, glance.YEAR_BEFORE)
    assert kpi.series == (5, 130)  # a month without rows is no zero


def test_sales_without_a_year_before_have_no_change_and_a_month_without_rows_no_value():
    assert glance.sold([of_sales(0, 130)], JUNE) == glance.Kpi(
        glance.SALES, 130, "", None, glance.NOTHING_BEFORE, (130,)
    )
    assert [glance.sold(rows, JUNE).value for rows in ([], [of_sales(0, None)], [of_sales(1, 7)])] == [None] * 3
    assert glance.sold([], JUNE).shown("zh") == "–"


def aimed(amount: int | None, goal: int | None) -> target.Row:
    money = [None if v is None else Decimal(v) for v in (amount, goal)]
    return target.Row("A", "A", "A", "", money[0], money[1], None, None, None)


def test_attainment_is_judged_by_its_distance_to_the_whole_target_in_points():
    short, over = glance.attained([aimed(95, 100)]), glance.attained([aimed(105, 100)])

    assert (short.value, short.change, short.good) == (0.95, "−5.0", False)
    assert (over.change, over.good, over.against) == ("+5.0", True, glance.TO_TARGET)
    for nothing in (None, [], [aimed(5, None)], [aimed(None, 100)]):
        assert glance.attained(nothing) == glance.Kpi(glance.ATTAINMENT, None, "", None, glance.NO_TARGET)


def stock(n: int, on_hand: float) -> cover.Row:
    return cover.Row("A", "A", "A", months_back(JUNE.month, n), on_hand, 30.0)


def test_days_of_cover_stand_beside_last_years_and_neither_direction_is_good():
    kpi = glance.stocked([stock(12, 50), stock(1, 45), stock(0, 40)], JUNE)

    assert (kpi.value, kpi.change, kpi.good, kpi.against, kpi.series) == (
        40,
        "−10",
        None,
        glance.YEAR_BEFORE,
        (50, 45, 40),
    )
    assert glance.stocked([stock(0, 40)], JUNE).against == glance.NOTHING_BEFORE
    assert glance.stocked(None, JUNE).against == glance.stocked([stock(1, 40)], JUNE).against == glance.NO_STOCK


def rising(n: int, weighted: float) -> breadth.Row:
    return breadth.Row(months_back(JUNE.month, n), 1, 1, 1, 0.5, weighted, None, 0.2, 0.8)


@pytest.mark.parametrize(
    ("before", "change", "good"), [(0.50, "+4", True), (0.60, "−6", False), (0.538, "±0", None), (0.536, "±0", None)]
)
def test_breadth_moves_in_points_and_is_judged_as_it_is_shown(before, change, good):
    kpi = glance.broad([rising(1, before), rising(0, 0.54)], JUNE)

    assert (kpi.value, kpi.change, kpi.good, kpi.against) == (0.54, change, good, glance.MONTH_BEFORE)


def test_breadth_without_a_month_before_has_no_change_and_names_none():
    assert glance.broad([rising(0, 0.54)], JUNE).against == Text("", "")
    assert glance.broad([rising(1, 0.54)], JUNE).against == glance.NOTHING_BEFORE


def sold(code: str, day: str, amount: float) -> dict[str, object]:
    return {"account": code, "sku": "X", "sold_on": day, "qty": 1, "amount": amount}


def test_rolling_sales_compare_like_for_like_and_effective_accounts_say_of_how_many(store, given):
    given("sell_out", sold("A", "2025-06-10", 50), sold("A", "2026-06-10", 60), sold("B", "2026-06-10", 60))
    given("sell_out", sold("old", "2024-01-10", 60))

    rows = ranking.ask(store, JUNE)
    rolled, spread = glance.rolled(rows), glance.spread(rows)

    assert (rolled.value, rolled.change, rolled.good, rolled.against) == (120, "+20.0%", True, glance.TWELVE_BEFORE)
    assert (spread.value, spread.against.en) == (pytest.approx(2), "of 2")
    assert glance.rolled([]) == glance.Kpi(glance.ROLLING, None, "", None, glance.NOTHING_BEFORE)


def test_parts_of_the_index_that_did_not_count_this_month_are_named():
    rows = [index.Row(JUNE.month, "growth", 0.1, 1.0, 0.5, 5.0), index.Row(JUNE.month, "cover", 0.1, None, 0.0, 0.0)]
    rows.append(index.Row(months_back(JUNE.month, 1), "breadth", 0.1, 1.0, 0.5, 5.0))

    assert glance.absent(rows, JUNE) == [index.COMPONENTS[c] for c in index.COMPONENTS if c != "growth"]


def test_a_month_is_called_in_both_languages():
    assert glance.month_name(date(2026, 12, 1)) == Text("2026 年 12 月", "December 2026")
