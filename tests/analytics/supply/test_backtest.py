"""How good the last forecasts were: sums over sums against what came, beside last year's weeks; bars with two sides."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from analytics.answer import Scope
from analytics.stats.forecast import forecast
from analytics.stats.seasonal import WEEKLY
from analytics.supply import backtest
from analytics.supply.weekly import Panel, panel
from bench import panels
from tests.analytics.supply.panels import MONDAY, WEEK, made, panel_of
from tests.analytics.supply.test_season import group_of, one_item, put


def end_of(weeks: int) -> date:
    return MONDAY + weeks * WEEK - timedelta(days=1)


def of(y: np.ndarray, groups: np.ndarray | None = None) -> Panel:
    codes = np.zeros(len(y), int) if groups is None else groups
    names = tuple((f"A{n:04}", "S") for n in range(len(y)))
    return Panel(MONDAY, names, tuple(f"C{n}" for n in np.unique(codes)), codes, np.ones(len(y), bool), y)


@pytest.mark.parametrize("flow", ["sell_out", "sell_in"])
def test_the_panel_is_that_of_the_rows_one_by_one(store, given, flow):
    lines = made(11, 3, 6, 170)
    put(given, lines, flow)

    found = panel(store, Scope(end_of(170), flow, accounts=("A1",)))

    names, y = panel_of(lines, end_of(170), flow)
    assert found is not None and list(found.names) == names and found.next == MONDAY + 170 * WEEK
    np.testing.assert_array_equal(found.y, y)
    assert [found.categories[n] for n in found.groups] == [group_of(sku) for _, sku in names]
    assert found.chosen.tolist() == [account == "A1" for account, _ in names]


def test_errors_are_sums_over_sums_of_six_earlier_weeks():
    y = panels.accounts(3, panels.Nature(0.2, 0.01), 52, 140, 30)
    rows = {(r.ahead, r.kind): r for r in backtest.judged(of(y))}

    misses, naive, size, told_sum, inside = 0.0, 0.0, 0.0, 0.0, []
    for origin in (127, 123, 119, 115, 111, 107):
        told = forecast(y[:, :origin], np.zeros(30, int), 13, WEEKLY)
        came = y[:, origin : origin + 13].sum(axis=1)
        misses += np.abs(came - told.total[:, -1]).sum()
        naive += np.abs(came - y[:, origin - 52 : origin - 39].sum(axis=1)).sum()
        size, told_sum = size + came.sum(), told_sum + told.total[:, -1].sum()
        inside += list((came >= told.total_band.low[:, -1]) & (came <= told.total_band.high[:, -1]))

    one = rows[13, "total"]
    assert (one.origins, one.forecasts) == (6, 180)
    assert (one.error, one.naive) == pytest.approx((misses / size, naive / size))
    assert (one.bias, one.cover) == pytest.approx((told_sum / size - 1, np.mean(inside)))
    assert rows[1, "week"] != rows[4, "week"] and rows[1, "week"].error == rows[1, "total"].error


@pytest.mark.parametrize(("weeks", "testable"), [(60, 0), (61, 3), (78, 3), (79, 5), (104, 5), (105, 6)])
def test_what_history_is_too_short_for_is_not_judged(weeks, testable):
    rows = backtest.judged(of(panels.accounts(4, panels.Nature(0.1, 0.0), 52, weeks, 30)))

    assert sorted({r.ahead for r in rows if r.verdict != "short"}) == [1, 2, 4, 8, 13, 26][:testable]
    assert all(r.error is None for r in rows if r.verdict == "short")
    said = backtest.say(rows, Scope(end_of(weeks)))
    assert ("Not yet testable" in said[-1].text.en) == (testable < 6)


def test_last_years_weeks_are_hard_to_beat_where_nothing_else_moves(store, given):
    put(given, one_item(130))

    rows = backtest.ask(store, Scope(end_of(130)))

    assert {r.error for r in rows} == {0.0} and {r.naive for r in rows} == {0.0}
    assert len(rows) == 12  # one category: no rows beside those of all


def test_each_category_has_rows_of_its_own_and_only_what_is_chosen_is_judged(store, given):
    put(given, made(12, 2, 6, 130))
    end = end_of(130)

    rows = backtest.ask(store, Scope(end))
    some = backtest.ask(store, Scope(end, categories=("C1",)))

    assert list(dict.fromkeys(r.category for r in rows)) == [None, "", "C1", "C2"]
    assert [r.error for r in some] == pytest.approx([r.error for r in rows if r.category == "C1"])
    assert {r.category for r in some} == {None}
    whole = [r for r in rows if r.category is None]
    parts = [r for r in rows if r.category is not None]
    assert whole[0].forecasts == sum(r.forecasts for r in parts if (r.ahead, r.kind) == (1, "week"))


@pytest.mark.parametrize(("most", "unjudged"), [(18, 0), (17, 1), (5, 13)])
def test_of_very_many_series_the_largest_are_judged_and_the_rest_is_counted(store, given, monkeypatch, most, unjudged):
    put(given, made(14, 3, 6, 130))
    monkeypatch.setattr(backtest, "MOST", most)

    rows = backtest.ask(store, Scope(end_of(130)))

    assert {r.unjudged for r in rows} == {unjudged}
    assert any("not judged" in f.text.en for f in backtest.say(rows, Scope(end_of(130)))) == bool(unjudged)


def test_the_largest_are_those_looked_at_then_those_that_sold_most():
    y = np.full((4, 60), 1.0) * np.array([[3], [9], [2], [5]])
    y[2, :8] = 900  # more than a year ago
    known = replace(of(y), chosen=np.array([True, False, True, False]))

    assert [name for name, _ in known.largest(3).names] == ["A0000", "A0001", "A0002"]
    assert [name for name, _ in known.largest(1).names] == ["A0000"]
    assert known.largest(4) is known


@pytest.mark.parametrize(
    ("error", "naive", "bias", "cover", "met"),
    [
        (0.09, 0.10, 0.03, 0.74, (True, True, True)),
        (0.0901, 0.10, -0.03, 0.88, (False, True, True)),
        (0.05, 0.10, 0.0301, 0.80, (True, False, True)),
        (0.05, 0.10, -0.0301, 0.80, (True, False, True)),
        (0.05, 0.10, 0.0, 0.7399, (True, True, False)),
        (0.05, 0.10, 0.0, 0.8801, (True, True, False)),
    ],
)
def test_the_bars_have_two_sides(error, naive, bias, cover, met):
    assert backtest.bars(error, naive, bias, cover) == met
    row = backtest.Row(None, 13, "total", 6, 9, error, naive, bias, cover, "good" if all(met) else "weak", 130)
    assert len(row.failed) == met.count(False)
    said = backtest.say([row], Scope(end_of(130)))
    assert said[0].level == ("fair" if all(met) else "rain") and len(said) == 2 - all(met)


def test_on_real_weekly_sales_the_last_forecasts_reach_all_three_bars(real):
    """Of 2,660 series of 45 stores; the total of 4 weeks and more, where six weeks' own luck averages out."""
    whole = panels.walmart(real).whole()

    rows = {(r.ahead, r.kind): r for r in backtest.judged(of(whole.sales, whole.department)) if r.category is None}

    assert {r.forecasts for r in rows.values()} == {6 * len(whole.sales)}
    for ahead in (4, 8, 13):
        row = rows[ahead, "total"]
        assert row.verdict == "good", row
    assert all((r.error or 1) <= 0.9 * (r.naive or 0) for r in rows.values())
