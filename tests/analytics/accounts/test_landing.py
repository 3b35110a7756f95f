"""Where the year lands: actual and forecast with a band, chance and required rate; what cannot be said is named."""

from datetime import date

import numpy as np
import pytest

from analytics.accounts import landing
from analytics.answer import Scope
from tests.analytics.accounts.test_alarms import JUNE, lines, panel

YEAR = range(1, 13)


def aims(account: str, amount: float, months=YEAR, covers: str | None = None) -> list[dict]:
    aim = {"account": account, "category": "", "amount": amount, "covers": covers}
    return [aim | {"month": date(2026, m, 1)} for m in months]


def by_account(store, scope=JUNE) -> dict[str, landing.Row]:
    return {r.account: r for r in landing.ask(store, scope)}


def test_the_landing_is_what_came_and_what_the_season_makes_likely(store, given):
    y = panel(4)
    given("sell_out", *lines(y))
    given("targets", *aims("A0", 100_000), *aims("A1", 240_000))

    rows = by_account(store)
    one, total = rows["A0"], rows["total"]

    assert one.to_date == pytest.approx(y[0, 30:].sum(), abs=1)
    assert one.landing == pytest.approx(1_200_000, rel=0.05)  # the season sums up to a year
    assert one.low < one.landing < one.high
    assert 0.02 < one.probability < 0.98
    assert rows["A1"].probability < 0.01 and rows["A1"].landing < 2_880_000  # asked a fifth more than it sells
    assert rows["A1"].gap == pytest.approx(2_880_000 - rows["A1"].landing)
    assert rows["A1"].required == pytest.approx((2_880_000 - rows["A1"].to_date) / 6)
    assert total.landing == pytest.approx(one.landing + rows["A1"].landing)
    assert total.low < total.landing < total.high
    assert one.course[5] == pytest.approx((one.to_date,) * 3)
    assert one.course[-1] == pytest.approx((one.low, one.landing, one.high))


def test_an_account_is_landed_alike_alone_and_among_others(store, given):
    given("sell_out", *lines(panel(4)))
    given("targets", *aims("A0", 100_000), *aims("A1", 240_000))

    alone = landing.ask(store, Scope(JUNE.as_of, accounts=("A1",)))

    assert alone == [by_account(store)["A1"]]
    assert landing.head(alone) is alone[0]


@pytest.mark.parametrize(
    ("months", "covers", "amount", "why"),
    [
        (YEAR, None, 100, ""),
        ((1, 4, 7, 10), "quarter", 300, ""),
        ((3, 6, 9, 12), "quarter", 300, ""),
        ((1, 7), "half-year", 600, ""),
        ((6,), "year", 1200, ""),
        ((1,), "12 months", 1200, ""),
        (range(1, 12), "month", 100, "part"),
        ((1, 4, 7, 10), None, 300, "part"),  # whoever does not say a quarter means the month
        ((1, 4, 7), "quarter", 300, "part"),
        ((2, 5, 8, 11), "3 months", 300, "part"),  # its last quarter ends in the next year
        ((1,), None, 1200, "part"),
    ],
)
def test_a_target_that_covers_a_part_of_the_year_is_named_and_not_landed(store, given, months, covers, amount, why):
    given("sell_out", *lines(panel(4)))
    given("targets", *aims("A0", amount, months, covers))

    row = by_account(store)["A0"]

    assert (row.why, row.landing is None) == (why, bool(why))
    if not why:
        assert row.aim == pytest.approx(tuple(np.cumsum([100] * 12)))


def test_no_forecast_where_history_is_too_short_or_there_are_no_sales(store, given):
    y = panel(4, months=17)
    given("sell_out", *[r | {"sold_on": _moved(r["sold_on"], 19)} for r in lines(y)])
    given("targets", *aims("A0", 100_000), *aims("nobody", 100))

    rows = landing.ask(store, JUNE)

    assert {r.account: r.why for r in rows} == {"A0": "short", "nobody": "no sales"}
    assert landing.head(rows) is None
    assert [f.level for f in landing.say(rows, JUNE)] == ["change", "change"]


def test_a_month_not_reported_is_counted_as_expected_and_named(store, given):
    y = panel(4)
    given("sell_out", *lines(y, skip=((0, 35),)))
    given("targets", *aims("A0", 100_000))

    row = by_account(store)["A0"]

    assert row.filled == 1 and row.to_date == pytest.approx(y[0, 30:35].sum(), abs=1)
    assert row.landing == pytest.approx(1_200_000, rel=0.06)
    assert "1 with a month not reported" in landing.say([row], JUNE)[-1].text.en


def test_a_year_that_has_ended_is_certain(store, given):
    y = panel(3)
    given("sell_out", *lines(y))
    last = Scope(date(2025, 12, 31))
    sold = y[0, 18:30].sum()
    past = [a | {"month": a["month"].replace(year=2025)} for a in aims("A0", 1)]
    for target, chance in ((sold - 12, 1.0), (sold + 12, 0.0)):
        given("targets", *[a | {"amount": round(target / 12, 4)} for a in past])
        [row] = landing.ask(store, last)
        assert (row.probability, row.required) == (chance, None)
        assert row.low == row.high == pytest.approx(sold, abs=1)


def test_a_month_still_open_counts_as_open(store, given):
    given("sell_out", *lines(panel(4)))
    given("targets", *aims("A0", 100_000))

    assert by_account(store, Scope(date(2026, 6, 15)))["A0"].ended == 5
    assert by_account(store, JUNE)["A0"].ended == 6


@pytest.mark.parametrize(
    ("chance", "level"),
    [(0.8, "fair"), (0.79, "change"), (0.5, "change"), (0.49, "rain"), (0.2, "rain"), (0.19, "storm")],
)
def test_the_weather_of_a_chance(chance, level):
    assert landing.level(chance) == level


def _moved(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, day.day)
