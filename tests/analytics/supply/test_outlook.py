"""The outlook: what each item's forecast rests on, how periods are cut into steps of seven days, Spring Festival."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from analytics.answer import Scope, months_back
from analytics.stats.seasonal import MONTHLY, WEEKLY, Season
from analytics.supply import outlook
from analytics.supply.outlook import MEAN, NOTHING, RATE, SEASON, STEPS, Outlook, festive, recut
from analytics.supply.panel import Panel, panels
from data.marts import SUPPLY_OUTLOOK
from data.samples import company

SUNDAY = date(2026, 6, 28)
NAN = np.nan


def wednesday(n: int) -> date:
    """Of the week that ended n weeks before that of SUNDAY."""
    return SUNDAY - timedelta(days=4 + 7 * n)


def sold(day: date, pcs: float, sku: str = "X", account: str = "A") -> dict:
    return {"account": account, "sku": sku, "sold_on": day, "qty": pcs}


def by_item(found: Outlook) -> dict[str, int]:
    return {f"{a}{s}": n for n, (a, s) in enumerate(zip(found.account, found.sku, strict=True))}


def of_category(category: str, *skus: str) -> list[dict]:
    return [{"sku": s, "sku_name": s, "category": category} for s in skus]


@pytest.fixture
def five(given):
    """Three years of X, ten a week; R sells two every third week; N is new for nine weeks and Z for seven, and so is
    their category; Q has not been sold for two years."""
    weeks = range(150)
    given(
        "sell_out",
        *(sold(wednesday(n), 10) for n in weeks),
        *(sold(wednesday(n), 2, "R") for n in weeks if n % 3 == 1),
        *(sold(wednesday(n), 4 + n % 3, "N") for n in range(9)),
        *(sold(wednesday(n), 4, "Z") for n in range(7)),
        *(sold(wednesday(n), 4, "Q") for n in range(100, 110)),
    )
    given("products", *of_category("old", "X"), *of_category("slow", "R", "Q"), *of_category("new", "N", "Z"))


def test_each_item_rests_on_what_its_past_allows(store, five):
    found = outlook.outlook(store, Scope(SUNDAY))

    assert {name: found.basis[n] for name, n in by_item(found).items()} == {
        "AX": SEASON, "AR": RATE, "AN": MEAN, "AZ": NOTHING, "AQ": RATE,
    }  # fmt: skip
    at = by_item(found)
    np.testing.assert_allclose(found.steps[at["AX"]], 10, rtol=1e-6)
    assert found.steps[at["AR"]].mean() == pytest.approx(2 / 3, rel=0.25)
    np.testing.assert_allclose(found.steps[at["AN"]], 5, rtol=1e-6)
    assert np.isnan([*found.steps[at["AZ"]], found.single[at["AZ"]], found.level[at["AZ"]]]).all()


def test_errors_are_known_where_a_forecast_is_and_a_mean_is_off_by_what_means_are_off(store, five):
    found = outlook.outlook(store, Scope(SUNDAY))
    at, told = by_item(found), found.basis != NOTHING

    assert (found.single[told] >= 0).all() and (found.level[told] >= 0).all()
    one = np.std([4 + n % 3 for n in range(9)], ddof=1) / 5
    assert found.single[at["AN"]] == pytest.approx(one)
    assert found.level[at["AN"]] == pytest.approx(np.hypot(one / 3, outlook.MEAN_LEVEL))


@pytest.mark.parametrize(("weeks", "basis"), [(8, MEAN), (7, NOTHING)])
def test_what_is_new_with_its_category_has_a_forecast_from_eight_weeks_on(store, given, weeks, basis):
    known = [sold(wednesday(n), 10) for n in range(150)]
    given("sell_out", *known, *(sold(wednesday(n), 4, "N") for n in range(weeks)))
    given("products", *of_category("old", "X"), *of_category("new", "N"))

    assert list(outlook.outlook(store, Scope(SUNDAY)).basis) == [basis, SEASON]


@pytest.mark.parametrize(("weeks", "basis"), [(4, SEASON), (3, NOTHING)])
def test_what_is_new_in_a_category_with_a_season_has_one_from_half_of_eight_weeks_on(store, given, weeks, basis):
    known = [sold(wednesday(n), 10) for n in range(150)]
    given("sell_out", *known, *(sold(wednesday(n), 4, "N") for n in range(weeks)))

    assert list(outlook.outlook(store, Scope(SUNDAY)).basis) == [basis, SEASON]


def test_a_new_item_follows_the_season_of_its_category(store, given):
    peak = [30 if wednesday(n).month in (7, 8) else 10 for n in range(150)]
    given(
        "sell_out", *(sold(wednesday(n), pcs) for n, pcs in enumerate(peak)),
        *(sold(wednesday(n), 10, "N") for n in range(13)),
    )  # fmt: skip

    found = outlook.outlook(store, Scope(SUNDAY))

    new = found.steps[by_item(found)["AN"]]
    assert new[2:8].mean() / new[12:].mean() == pytest.approx(3, rel=0.1)


def test_what_an_empty_shelf_cost_is_told_and_does_not_lower_the_forecast(store, given):
    weeks = [n for n in range(150) if n not in (3, 4, 5)]
    given("sell_out", *(sold(wednesday(n), 10) for n in weeks), *(sold(wednesday(n), 10, "Y") for n in range(150)))
    counted = [SUNDAY - timedelta(weeks=n) for n in (2, 5)]
    given("stock", *({"account": "A", "sku": "X", "counted_on": day, "on_hand": 0} for day in counted))

    found = outlook.outlook(store, Scope(SUNDAY))

    x, y = by_item(found)["AX"], by_item(found)["AY"]
    np.testing.assert_allclose(found.steps[x], found.steps[y], rtol=0.02)
    assert found.lost[y] == 0 and found.lost[x] == pytest.approx(30, rel=0.02)
    assert found.recent[x] == 10


def test_by_month_the_steps_of_a_month_share_its_error_and_rates_are_by_week(store, given):
    rng = np.random.default_rng(3)
    months = [months_back(SUNDAY, n) for n in range(36)]
    given("sell_in", *(sold(m + timedelta(days=9), float(rng.poisson(100))) for m in months))

    found = outlook.outlook(store, Scope(date(2026, 6, 30), "sell_in"))

    days = 365.25 / 12
    assert list(found.basis) == [SEASON]
    assert found.steps.sum() == pytest.approx(6 * 100, rel=0.15)
    assert found.recent[0] == pytest.approx(100 * 7 / days, rel=0.2)
    assert 0.05 * np.sqrt(days / 7) < found.single[0] < 0.25 * np.sqrt(days / 7)


def test_nothing_sold_is_an_empty_outlook(store):
    found = outlook.as_columns(outlook.outlook(store, Scope(SUNDAY)))

    assert (found.num_rows, found.column_names) == (0, SUPPLY_OUTLOOK.names)


def test_it_is_kept_for_all_whatever_is_looked_at(store, five, monkeypatch):
    mark = outlook.keep(store, Scope(SUNDAY))
    monkeypatch.setattr(outlook, "outlook", lambda *_: pytest.fail("it was worked out twice"))

    assert outlook.keep(store, Scope(SUNDAY, accounts=("A",), categories=("none",))) == mark
    [(n,)] = store.execute("SELECT count(*) AS n FROM supply_outlook WHERE kept = $kept", kept=mark)
    assert n == 5


def panel(season: Season, start: date) -> Panel:
    """One item in one period."""
    name, zero = np.array(["A"]), np.zeros(1, int)
    return Panel(season, (start,), zero, name, name, zero, np.ones((1, 1)), start)


DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@drawn(DAYS, st.booleans(), st.integers(0, 40))
def test_each_step_is_seven_days_of_the_periods_it_lies_in(day, weekly, waited):
    """Seven days' worth of periods is in every step, and periods in the half-year are cut up whole: pieces are kept."""
    first = day - timedelta(days=day.weekday()) if weekly else day.replace(day=1)
    one = panel(WEEKLY if weekly else MONTHLY, first)
    as_of = one.until + timedelta(days=waited)

    cut = recut(one, as_of)

    starts, lengths = [one.until + timedelta(days=1)], []
    while len(lengths) < len(cut):
        lengths.append(7 if weekly else monthrange(starts[-1].year, starts[-1].month)[1])
        starts.append(starts[-1] + timedelta(days=lengths[-1]))
    np.testing.assert_allclose(np.array(lengths) @ cut, 7)
    last = as_of + timedelta(days=7 * STEPS)
    whole = [a > as_of and b <= last + timedelta(days=1) for a, b in pairwise(starts)]
    np.testing.assert_allclose(cut.sum(axis=1)[whole], 1)
    assert (cut.sum(axis=1) <= 1 + 1e-9).all() and cut.shape[1] == STEPS


def test_a_week_is_cut_where_today_is_within_it():
    one = panel(WEEKLY, SUNDAY - timedelta(days=6))

    np.testing.assert_array_equal(recut(one, SUNDAY), np.eye(STEPS))
    cut = recut(one, SUNDAY + timedelta(days=2))  # Tuesday: five days of this week are left, two of the next are in
    np.testing.assert_allclose(cut[:3, :2], [[5 / 7, 0], [2 / 7, 5 / 7], [0, 2 / 7]])


def test_spring_festival_is_counted_from_where_it_moves_and_not_by_month_or_where_it_does_not_help(demo, store, given):
    [moves] = [p for p in panels(demo, Scope(date(2025, 12, 31))) if p.weekly]
    assert festive(demo, moves).season.places and not moves.season.places

    given("sell_out", *(sold(wednesday(n), 10) for n in range(150)))
    [level] = panels(store, Scope(SUNDAY))
    assert festive(store, level) is level
    given("sell_in", *(sold(wednesday(n), 10) for n in range(150)))
    [by_month] = panels(store, Scope(SUNDAY, "sell_in"))
    assert festive(store, by_month) is by_month


def by_day(first: date, days: int) -> np.ndarray:
    """What people came for at the demo company, spread evenly over the days of a week."""
    base = company().truth.baseline
    starts, ends = base.starts.astype("datetime64[D]"), base.ends.astype("datetime64[D]")
    told = np.datetime64(first) + np.arange(days)
    at = np.searchsorted(starts, told, side="right") - 1
    return base.demand.sum(axis=(1, 2))[at] / ((ends - starts).astype(int) + 1)[at]


def test_the_winter_of_a_late_spring_festival_is_foretold_week_by_week(demo, monkeypatch):
    """The day fell in January of 2025 and in February of 2026."""
    true = by_day(date(2026, 1, 1), 84)
    counted = np.nansum(outlook.outlook(demo, Scope(date(2025, 12, 31))).steps, axis=0)
    monkeypatch.setattr(outlook, "festive", lambda _, found: found)
    plain = np.nansum(outlook.outlook(demo, Scope(date(2025, 12, 31))).steps, axis=0)

    january = counted[:4].sum() + counted[4] * 3 / 7
    assert january / true[:31].sum() == pytest.approx(1, abs=0.15)
    weeks = true.reshape(-1, 7).sum(axis=1)
    missed, without = (np.abs(told[:12] / weeks - 1).mean() for told in (counted, plain))
    assert missed < 0.1 < 0.2 < without
