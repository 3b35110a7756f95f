"""What the coming season asks for: SQL and numpy agree on points and bands, and each window has two sides."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from analytics.answer import Flow, Scope
from analytics.stats.festival import placed
from analytics.stats.forecast import forecast, points, quantiles
from analytics.stats.seasonal import WEEKLY, Season
from analytics.supply import season
from analytics.supply.places import places
from bench.panels import walmart
from bench.sxl import stores_held
from tests.analytics.supply.panels import MONDAY, WEEK, Line, made, panel_of

EXACT = 1e-9  # relative
PARTS = ("pcs", "low", "high", "total", "total_low", "total_high")


def put(given, lines: list[Line], flow: str = "sell_out") -> None:
    given(flow, *(dict(account=a, sku=s, sold_on=day, qty=pcs, amount=1) for a, s, day, pcs in lines))
    given("products", *(dict(sku=s, sku_name=s, category=group_of(s)) for s in sorted({line[1] for line in lines})))


def group_of(sku: str) -> str:
    return "" if int(sku[1:]) % 3 == 0 else f"C{int(sku[1:]) % 3}"


def by_sql(store, as_of: date, horizon: int, flow: Flow = "sell_out", **more) -> dict[str, Any]:
    """Each part as (series, horizon), NaN where NULL; and `names`."""
    asked = Scope(as_of, flow).params() | dict(by_sku=True, horizon=horizon, first=0, places=None) | more
    rows = store.rows(season.SQL, season.Week, **asked)
    found = {part: np.array([np.nan if (v := getattr(r, part)) is None else v for r in rows]) for part in PARTS}
    names = [(r.account, r.sku) for r in rows[::horizon]]
    return {part: values.reshape(-1, horizon) for part, values in found.items()} | {"names": names}


def by_numpy(y: np.ndarray, groups: np.ndarray, horizon: int, how: Season = WEEKLY) -> dict[str, Any]:
    told = forecast(y, groups, horizon, how)
    values = (told.points, told.band.low, told.band.high, told.total, told.total_band.low, told.total_band.high)
    return dict(zip(PARTS, values, strict=True))


def assert_agree(ours: dict, theirs: dict) -> None:
    for part in PARTS:
        np.testing.assert_allclose(ours[part], theirs[part], rtol=EXACT, atol=1e-9, err_msg=part)


@pytest.mark.parametrize(
    ("seed", "weeks", "horizon", "accounts", "skus"),
    [
        (1, 130, 26, 3, 8),
        (2, 156, 8, 2, 5),
        (3, 170, 13, 4, 20),
        (4, 79, 26, 3, 8),
        (5, 110, 1, 1, 3),
        (9, 110, 4, 1, 23),
    ],
)
def test_sql_and_numpy_agree_on_points_and_bands(store, given, seed, weeks, horizon, accounts, skus):
    lines = made(seed, accounts, skus, weeks)
    put(given, lines)
    as_of = MONDAY + weeks * WEEK - timedelta(days=1)

    names, y = panel_of(lines, as_of)
    groups = np.unique([group_of(sku) for _, sku in names], return_inverse=True)[1]
    ours, theirs = by_sql(store, as_of, horizon), by_numpy(y, groups, horizon)

    assert ours["names"] == names
    assert np.isfinite(theirs["low"]).any()
    assert_agree(ours, theirs)


def test_sql_and_numpy_agree_where_orders_are_few(store, given):
    lines = made(6, 2, 10, 140)
    put(given, lines, "sell_in")
    as_of = MONDAY + 140 * WEEK - timedelta(days=1)

    names, y = panel_of(lines, as_of, "sell_in")
    groups = np.unique([group_of(sku) for _, sku in names], return_inverse=True)[1]

    assert_agree(by_sql(store, as_of, 13, "sell_in"), by_numpy(y, groups, 13))


def test_sql_and_numpy_agree_on_the_demo_company(demo, demo_scope):
    lines = demo.execute(
        "SELECT account AS a, sku AS s, sold_on AS d, sum(qty)::DOUBLE AS q FROM sell_out GROUP BY account, sku, d"
    )
    group = dict(demo.execute("SELECT sku AS s, category AS c FROM product_dim"))

    names, y = panel_of(lines, demo_scope.as_of)
    groups = np.unique([group[sku] for _, sku in names], return_inverse=True)[1]
    ours = by_sql(demo, demo_scope.as_of, 26)

    assert ours["names"] == names
    assert_agree(ours, by_numpy(y, groups, 26))


def one_item(weeks: int, begun: int = 0, account: str = "A0", sku: str = "S1") -> list[Line]:
    """Ten pieces every Wednesday."""
    return [(account, sku, MONDAY + t * WEEK + timedelta(days=2), 10.0) for t in range(begun, weeks)]


def asked(store, as_of: date, **scope) -> list[season.Row]:
    return season.ask(store, Scope(as_of, **scope))


def test_a_week_counts_from_its_sunday_on(store, given):
    put(given, one_item(120))
    sunday = MONDAY + 110 * WEEK - timedelta(days=1)

    ahead = {day: asked(store, day)[0].starts_on for day in (sunday - timedelta(days=1), sunday, sunday + WEEK)}

    assert list(ahead.values()) == [MONDAY + n * WEEK for n in (109, 110, 111)]
    [row] = asked(store, sunday)
    assert (row.need, row.low, row.high, row.before_pcs) == pytest.approx((80, 80, 80, 80))


@pytest.mark.parametrize(("weeks", "why"), [(60, "short"), (61, "")])
def test_a_forecast_needs_a_year_and_the_weeks_ahead(store, given, weeks, why):
    put(given, one_item(weeks))

    [row] = asked(store, MONDAY + weeks * WEEK - timedelta(days=1))

    assert (row.why, row.need is None) == (why, bool(why))
    assert season.say([row], Scope(row.starts_on))


def test_what_sold_nothing_of_late_is_counted_and_left_out(store, given):
    gone = [line for line in one_item(120, sku="S2") if line[2] < MONDAY + 90 * WEEK]
    put(given, one_item(120) + gone)

    [row] = asked(store, MONDAY + 120 * WEEK - timedelta(days=1))
    by_sku = asked(store, MONDAY + 120 * WEEK - timedelta(days=1), accounts=("A0",))

    assert (row.left_out, row.need) == (1, pytest.approx(80))
    assert [(r.sku, r.why) for r in by_sku] == [("S1", ""), ("S2", "nothing")]


def test_a_week_that_nobody_reported_last_year_leaves_nothing_to_compare(store, given):
    lines = one_item(120)
    put(
        given,
        [line for line in lines if line[2] != MONDAY + 70 * WEEK + timedelta(days=2)] + one_item(120, account="B"),
    )

    rows = {r.account: r for r in asked(store, MONDAY + 120 * WEEK - timedelta(days=1))}

    assert rows["A0"].before_pcs is None and rows["A0"].need == pytest.approx(80)
    assert rows["B"].before_pcs == 80


AS_OF = MONDAY + 120 * WEEK - timedelta(days=1)  # a Sunday


@pytest.mark.parametrize(
    ("starts", "ends", "first", "weeks"),
    [
        (1, 7, 0, 1),  # days after the scope's Sunday: the coming week
        (3, 10, 0, 2),
        (-10, 1, 0, 1),  # what is left of a peak that has begun
        (15, 21, 2, 1),
        (181, 182, 25, 1),
        (181, 183, 0, 8),  # it ends beyond 26 weeks: the next eight instead
        (-10, 0, 0, 8),  # it has ended
    ],
)
def test_the_season_is_the_weeks_that_the_next_peak_touches(store, given, starts, ends, first, weeks):
    put(given, one_item(120))
    days = {"starts_on": AS_OF + timedelta(days=starts), "ends_on": AS_OF + timedelta(days=ends)}
    given("calendar", {"name": "国庆", "peak": True, **days})

    [row] = asked(store, AS_OF)

    assert row.starts_on == AS_OF + timedelta(days=1 + 7 * first)
    assert (row.ends_on - row.starts_on).days + 1 == 7 * weeks
    assert row.need == pytest.approx(10 * weeks)
    assert bool(row.peak) == (weeks != 8)


def test_a_peak_of_one_category_asks_for_that_category_only(store, given):
    put(given, one_item(120) + one_item(120, sku="S2"))
    peak = {"peak": True, "starts_on": AS_OF + timedelta(days=1), "ends_on": AS_OF + timedelta(days=7)}
    given("calendar", {"name": "空调季", "category": "C2", "growth": 0.1, **peak})

    [row] = asked(store, AS_OF)

    assert (row.need, row.growth) == (pytest.approx(10), 0.1)
    assert asked(store, AS_OF, categories=("C1",))[0].need == pytest.approx(80)  # not its peak: the next eight weeks
    assert "11" in season.say([row], Scope(AS_OF))[1].text.en  # last year's ten and a tenth more


@pytest.mark.parametrize(("days", "compared"), [(6, True), (7, False), (-7, False)])
def test_a_peak_that_moved_by_a_week_is_named_and_not_compared(store, given, days, compared):
    put(given, one_item(120))
    start = AS_OF + timedelta(days=8)
    for since in (start, start - 52 * WEEK - timedelta(days=days)):
        given("calendar", {"name": "春节旺季", "peak": True, "starts_on": since, "ends_on": since + timedelta(days=20)})

    [row] = asked(store, AS_OF)

    assert (row.before_pcs is not None) == compared
    assert any("begins" in f.text.en for f in season.say([row], Scope(AS_OF))) != compared


def test_an_account_is_foretold_alike_alone_and_among_others(store, given):
    put(given, made(7, 3, 6, 140))
    end = MONDAY + 140 * WEEK - timedelta(days=1)

    alike = {r.account: r for r in asked(store, end)}
    two = {r.account: r for r in asked(store, end, accounts=("A0", "A2"))}
    products = asked(store, end, accounts=("A0",))

    assert {name: r.need for name, r in two.items()} == pytest.approx({n: alike[n].need for n in ("A0", "A2")})
    assert {name: r.low for name, r in two.items()} == pytest.approx({n: alike[n].low for n in ("A0", "A2")})
    assert sum(r.need or 0 for r in products) == pytest.approx(alike["A0"].need)


def test_the_range_of_an_account_is_that_of_its_own_errors(store, given):
    """Sums of accounts, told and come at six earlier weeks, pooled over the accounts: by numpy."""
    lines, horizon = made(8, 4, 6, 150), 8
    put(given, lines)
    names, y = panel_of(lines, MONDAY + 150 * WEEK - timedelta(days=1))
    groups = np.unique([group_of(sku) for _, sku in names], return_inverse=True)[1]
    owner = np.array([int(account[1:]) for account, _ in names])
    misses = []
    for origin in range(150 - horizon, 52, -4)[:6]:
        told = points(y[:, :origin], groups, horizon, WEEKLY)
        came = np.where(np.isnan(told), 0, y[:, origin : origin + horizon])
        sums = [(np.nansum(told[owner == a], 0).sum(), came[owner == a].sum()) for a in range(4)]
        misses += [came / told - 1 for told, came in sums]
    edges = quantiles(np.array(misses)[:, None], np.array([0.1, 0.9])).ravel()

    for row in asked(store, MONDAY + 150 * WEEK - timedelta(days=1)):
        assert (row.low, row.high) == pytest.approx((row.need * (1 + edges[0]), row.need * (1 + edges[1])), rel=EXACT)


NEW_YEARS = (date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17))


def wintry(weeks: int) -> list[Line]:
    """Four items that sell four times as much in the four weeks up to Spring Festival, and a tenth in the next."""
    lines = []
    for t in range(weeks):
        monday = MONDAY + t * WEEK
        away = min(((monday - day).days // 7 for day in NEW_YEARS), key=abs)
        pcs = 40.0 if -4 <= away < 0 else 1.0 if away == 0 else 10.0
        lines += [("A0", f"S{n}", monday, pcs * (n + 1)) for n in range(4)]
    return lines


def test_sql_and_numpy_agree_where_winters_go_by_spring_festival(store, given):
    weeks = (date(2026, 1, 5) - MONDAY).days // 7
    put(given, wintry(weeks))
    end = MONDAY + weeks * WEEK - timedelta(days=1)
    names, y = panel_of(wintry(weeks), end)
    groups = np.unique([group_of(sku) for _, sku in names], return_inverse=True)[1]

    by = places(store, Scope(end))
    moved = placed(WEEKLY, MONDAY, NEW_YEARS, weeks + 26)

    assert by.digits is not None and by.digits[2 * (156 - weeks) :] == "".join(f"{n:02}" for n in moved.places)
    assert_agree(by_sql(store, end, 26, places=by.digits), by_numpy(y, groups, 26, moved))


@pytest.mark.parametrize(("accounts", "skus"), [(3, 12), (2, 3)])
def test_they_agree_on_any_panel_with_moved_winters(store, given, accounts, skus):
    lines = made(13, accounts, skus, 156)
    put(given, lines)
    end = MONDAY + 156 * WEEK - timedelta(days=1)
    names, y = panel_of(lines, end)
    groups = np.unique([group_of(sku) for _, sku in names], return_inverse=True)[1]
    moved = placed(WEEKLY, MONDAY, NEW_YEARS, 182)

    digits = "".join(f"{n:02}" for n in moved.places)

    assert moved.places != WEEKLY.positions(0, 182).tolist()
    assert_agree(by_sql(store, end, 13, places=digits), by_numpy(y, groups, 13, moved))


def test_a_spring_festival_that_moved_is_foretold_where_it_lies(store, given):
    weeks = (date(2026, 1, 5) - MONDAY).days // 7
    put(given, wintry(weeks))
    for day in NEW_YEARS:
        peak = {"starts_on": day - timedelta(days=21), "ends_on": day}
        given("calendar", {"name": "春节旺季", "peak": True, **peak})

    end = MONDAY + weeks * WEEK - timedelta(days=1)

    [row] = asked(store, end)
    by_number = by_sql(store, end, 7, first=3, by_sku=False)["total"][0, -1]

    assert (row.starts_on, row.ends_on) == (date(2026, 1, 26), date(2026, 2, 22))
    assert row.need == pytest.approx(1600, rel=0.02) and by_number < 1200
    assert row.before_pcs == 1600 and row.moved_days == 0


def test_on_real_weekly_sales_the_range_of_a_stores_quarter_holds_four_of_five(real):
    whole = walmart(real).whole()

    held = [stores_held(whole, origin, 13) for origin in (91, 104, 117, 130)]

    assert 0.74 <= np.mean(held) <= 0.88 and min(held) > 0.7
