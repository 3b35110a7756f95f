"""What numpy answers in place of the SQL, for very many series: the same rows, to 1e-9."""

from dataclasses import astuple
from datetime import date, timedelta

import pytest

from analytics.answer import Scope
from analytics.supply import season, season_arrays
from analytics.supply.places import places
from tests.analytics.supply.panels import MONDAY, WEEK, made
from tests.analytics.supply.test_season import one_item, put, wintry

END = MONDAY + 150 * WEEK - timedelta(days=1)
WINTRY = (date(2026, 1, 5) - MONDAY).days // 7


def both(store, scope: Scope, by_sku: bool, horizon: int, first: int) -> tuple[list[tuple], list[tuple]]:
    told = dict(by_sku=by_sku, horizon=horizon, first=first, places=places(store, scope).digits)
    sql = store.rows(season.SQL, season.Week, **scope.params(), **told)
    return [astuple(row) for row in sql], list(season_arrays.lines(store, scope, by_sku, horizon, first))


def assert_alike(sql: list[tuple], arrays: list[tuple]) -> None:
    assert len(sql) == len(arrays) > 0
    for mine, other in zip(sql, arrays, strict=True):
        for a, b in zip(mine, other, strict=True):
            assert a == (pytest.approx(b, rel=1e-9, abs=1e-9) if isinstance(b, float) else b), (mine, other)


@pytest.mark.parametrize("by_sku", [True, False])
@pytest.mark.parametrize(
    ("horizon", "first", "scope"),
    [
        (13, 0, Scope(END)),
        (8, 3, Scope(END)),
        (5, 1, Scope(END, accounts=("A1",))),
        (5, 1, Scope(END, categories=("C1", ""))),
        (26, 20, Scope(END - timedelta(days=3), categories=("C2",), accounts=("A0", "A2"))),
    ],
)
def test_it_has_the_rows_of_the_sql(store, given, by_sku, horizon, first, scope):
    put(given, made(41, 3, 9, 150))

    assert_alike(*both(store, scope, by_sku, horizon, first))


@pytest.mark.parametrize("by_sku", [True, False])
@pytest.mark.parametrize("weeks", [10, 45, 52, 60, 70])
def test_a_short_history_has_the_same_gaps(store, given, by_sku, weeks):
    put(given, made(42, 2, 4, weeks))

    assert_alike(*both(store, Scope(MONDAY + weeks * WEEK - timedelta(days=1)), by_sku, 8, 0))


@pytest.mark.parametrize("by_sku", [True, False])
def test_winters_that_go_by_spring_festival_go_so_here_too(store, given, by_sku):
    put(given, wintry(WINTRY))

    assert_alike(*both(store, Scope(MONDAY + WINTRY * WEEK - timedelta(days=1)), by_sku, 7, 3))


def test_few_orders_of_our_own_book(store, given):
    put(given, made(43, 2, 6, 150), "sell_in")

    assert_alike(*both(store, Scope(END, "sell_in"), False, 8, 0))


@pytest.mark.parametrize(("most", "used"), [(2, True), (3, False)])
def test_it_answers_above_so_many_series(store, given, monkeypatch, most, used):
    put(given, [line for sku in ("S1", "S2", "S3") for line in one_item(120, sku=sku)])
    monkeypatch.setattr(season, "MANY", most)
    asked = []
    lines = season_arrays.lines
    monkeypatch.setattr(season_arrays, "lines", lambda *args: asked.append(args) or lines(*args))

    [row] = season.ask(store, Scope(MONDAY + 120 * WEEK - timedelta(days=1)))

    assert bool(asked) == used and row.need == pytest.approx(240)


def test_nothing_sold_is_no_row(store):
    assert list(season_arrays.lines(store, Scope(END), True, 8, 0)) == []


@pytest.mark.parametrize("by_sku", [True, False])
def test_it_has_the_rows_of_the_sql_on_the_demo_company(demo, demo_scope, by_sku):
    assert_alike(*both(demo, demo_scope, by_sku, 15, 12))
