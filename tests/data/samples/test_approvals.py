"""What the demo company approved: eight lines of one day, behind each an order; two are planted to get a fifth."""

from datetime import date

import duckdb
import pytest

from data.samples import Company, approvals, supply

IN_TIME = """
    SELECT a.account, a.sku, coalesce(sum(o.shipped_qty), 0) / max(a.qty)
    FROM approvals AS a
    LEFT JOIN orders AS o ON o.account = a.account AND o.sku = a.sku
        AND o.shipped_on >= a.decided_on AND o.delivered_on <= a.arrive_by
    GROUP BY a.account, a.sku
"""


def test_one_decision_was_made_at_the_end_of_april(con: duckdb.DuckDBPyConnection):
    found = con.execute("SELECT decision, decided_on, count(*) FROM approvals GROUP BY ALL").fetchall()

    assert found == [("FH-2026-04-30-1", date(2026, 4, 30), 8)]


def test_what_is_short_got_a_fifth_in_time_one_came_late_and_the_others_were_filled(con: duckdb.DuckDBPyConnection):
    share = {(account, sku): float(part) for account, sku, part in con.execute(IN_TIME).fetchall()}

    assert [share[cell] for cell in supply.SHORT_NOW] == pytest.approx([0.2, 0.2], abs=0.005)
    assert share[("A12", "JSQ25-B1")] == 0
    assert all(part >= 1 for cell, part in share.items() if cell not in (*supply.SHORT_NOW, ("A12", "JSQ25-B1")))


def test_the_truth_tells_what_each_lines_order_was_filled_with(demo_company: Company):
    told = demo_company.truth.approved

    assert list(told) == [line[:2] for line in approvals.LINES]
    assert {cell for cell, part in told.items() if part < 1} == set(supply.SHORT_NOW)


def test_goods_leave_before_they_arrive_and_arrive_before_they_are_sold(con: duckdb.DuckDBPyConnection):
    order = "decided_on < dispatch_by AND dispatch_by < arrive_by AND arrive_by < until"
    wrong = f"SELECT count(*) FROM approvals WHERE NOT ({order})"

    assert con.execute(wrong).fetchone() == (0,)


def test_goods_come_from_the_warehouse_of_the_accounts_region(con: duckdb.DuckDBPyConnection):
    elsewhere = """
        SELECT count(*) FROM approvals AS a JOIN accounts AS c USING (account)
        WHERE (a.warehouse, c.region) NOT IN (SELECT (warehouse, region) FROM own_stock)
    """

    assert con.execute(elsewhere).fetchone() == (0,)
