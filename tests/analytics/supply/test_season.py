"""What the coming season asks for: SQL and numpy agree on points and bands, and each window has two sides."""

from datetime import date, timedelta

import numpy as np
import pytest

from analytics.answer import Scope
from analytics.stats.forecast import forecast
from analytics.stats.seasonal import WEEKLY
from analytics.supply import season
from tests.analytics.supply.panels import MONDAY, WEEK, Line, made, panel_of

EXACT = 1e-9  # relative
PARTS = ("pcs", "low", "high", "total", "total_low", "total_high")


def put(given, lines: list[Line], flow: str = "sell_out") -> None:
    given(flow, *(dict(account=a, sku=s, sold_on=day, qty=pcs, amount=1) for a, s, day, pcs in lines))
    given("products", *(dict(sku=s, sku_name=s, category=group_of(s)) for s in sorted({line[1] for line in lines})))


def group_of(sku: str) -> str:
    return "" if int(sku[1:]) % 3 == 0 else f"C{int(sku[1:]) % 3}"


def by_sql(store, as_of: date, horizon: int, flow: str = "sell_out", **more) -> dict[str, np.ndarray]:
    """Each part as (series, horizon), NaN where NULL; and `names`."""
    asked = Scope(as_of, flow).params() | dict(by_sku=True, horizon=horizon, first=0) | more
    rows = store.rows(season.SQL, season.Week, **asked)
    found = {part: np.array([np.nan if (v := getattr(r, part)) is None else v for r in rows]) for part in PARTS}
    names = [(r.account, r.sku) for r in rows[::horizon]]
    return {part: values.reshape(-1, horizon) for part, values in found.items()} | {"names": names}


def by_numpy(y: np.ndarray, groups: np.ndarray, horizon: int) -> dict[str, np.ndarray]:
    told = forecast(y, groups, horizon, WEEKLY)
    values = (told.points, told.band.low, told.band.high, told.total, told.total_band.low, told.total_band.high)
    return dict(zip(PARTS, values, strict=True))


def assert_agree(ours: dict, theirs: dict) -> None:
    for part in PARTS:
        np.testing.assert_allclose(ours[part], theirs[part], rtol=EXACT, atol=1e-9, err_msg=part)


@pytest.mark.parametrize(
    ("seed", "weeks", "horizon", "accounts", "skus"),
    [(1, 130, 26, 3, 8), (2, 156, 8, 2, 5), (3, 170, 13, 4, 20), (4, 79, 26, 3, 8), (5, 110, 1, 1, 3)],
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
        "SELECT account AS a, sku AS s, sold_on AS d, sum(qty)::DOUBLE AS q FROM sell_out GROUP BY account, sku, sold_on"
    )
    group = dict(demo.execute("SELECT sku AS s, category AS c FROM product_dim"))

    names, y = panel_of(lines, demo_scope.as_of)
    groups = np.unique([group[sku] for _, sku in names], return_inverse=True)[1]
    ours = by_sql(demo, demo_scope.as_of, 26)

    assert ours["names"] == names
    assert_agree(ours, by_numpy(y, groups, 26))
