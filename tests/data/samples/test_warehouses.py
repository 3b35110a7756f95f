"""The demo company's own stock: counted at month ends, in step with what is shipped, short where that was planted."""

from datetime import date

import duckdb
import pytest

from data.samples import Company

UNDER = "own_stock WHERE counted_on = '2026-06-30' AND on_hand <= reorder_level"
MADE = "sku NOT IN (SELECT sku FROM products WHERE lifecycle = '停产')"


def test_the_last_twelve_month_ends_are_counted_in_four_warehouses(con: duckdb.DuckDBPyConnection):
    days = [day for (day,) in con.execute("SELECT DISTINCT counted_on FROM own_stock ORDER BY 1").fetchall()]
    served = "SELECT DISTINCT warehouse, region FROM own_stock ORDER BY 1"

    assert len(days) == 12 and (days[0], days[-1]) == (date(2025, 7, 31), date(2026, 6, 30))
    assert dict(con.execute(served).fetchall()) == {
        "天津仓": "华北",
        "广州仓": "华南",
        "成都仓": "西部",
        "杭州仓": "华东",
    }


def test_a_warehouse_holds_three_to_six_weeks_of_what_its_region_is_sent(con: duckdb.DuckDBPyConnection):
    weeks = """
        WITH sent AS (SELECT region, sku, sum(qty) / 52 AS week FROM sell_in WHERE sold_on > '2025-06-30' GROUP BY ALL)
        SELECT quantile_cont(m, 0.5), avg(CASE WHEN m BETWEEN 2 AND 8 THEN 1 ELSE 0 END) FROM (
            SELECT avg(o.on_hand / s.week) AS m FROM own_stock AS o JOIN sent AS s USING (region, sku)
            WHERE o.sku <> 'XQG100-B1' AND {made} GROUP BY o.warehouse, o.sku)
    """
    middle, usual = con.execute(weeks.format(made=f"o.{MADE}")).fetchone() or (0, 0)

    assert 3 < middle < 6 and usual > 0.9


def test_every_warehouse_is_short_of_the_front_loader_once_its_shortage_has_begun(con: duckdb.DuckDBPyConnection):
    short = """
        SELECT count(DISTINCT warehouse), max(on_hand / reorder_level), min(on_hand / reorder_level)
        FROM own_stock WHERE sku = 'XQG100-B1' AND counted_on {} DATE '2026-03-30'
    """
    warehouses, most, _ = con.execute(short.format(">=")).fetchone() or (0, 0, 0)
    _, _, before = con.execute(short.format("<")).fetchone() or (0, 0, 0)

    assert warehouses == 4 and most < 0.2 and before > 0.4


def test_nothing_is_on_order_only_where_that_was_planted(con: duckdb.DuckDBPyConnection, demo_company: Company):
    found = con.execute(f"SELECT warehouse, sku FROM {UNDER} AND on_order = 0 AND {MADE}").fetchall()

    assert set(found) == set(demo_company.truth.unordered)
    assert con.execute(f"SELECT count(*) BETWEEN 10 AND 60 FROM {UNDER} AND {MADE}").fetchone() == (True,)


@pytest.mark.parametrize("sku", ["XQG70-B5", "BCD-180J", "KFR-26GW-E"])
def test_what_is_out_of_production_is_left_over_and_melts_away(con: duckdb.DuckDBPyConnection, sku: str):
    held = "SELECT counted_on, sum(on_hand), sum(on_order) FROM own_stock WHERE sku = $1 GROUP BY 1 ORDER BY 1 DESC"
    (_, last, ordered), (_, before, _) = con.execute(held, [sku]).fetchmany(2)

    assert 0 < last < before and ordered == 0


def test_what_is_on_order_has_a_day_to_come_and_nothing_else_has(con: duckdb.DuckDBPyConnection):
    wrong = "SELECT count(*) FROM own_stock WHERE (on_order > 0) <> (due_on IS NOT NULL) OR due_on <= counted_on"

    assert con.execute(wrong).fetchone() == (0,)
