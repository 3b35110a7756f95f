"""The demo company's tables: shaped as the contracts say, the same for the same seed, consistent with one another."""

import time
from datetime import date
from decimal import Decimal

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from data.contract import Dataset, Kind
from data.datasets import DATASETS
from data.lake import arrow_schema
from data.samples import Company, company

SECONDS = 1.0  # what drawing the company may take once everything is imported; about 0.2 when it was written
FIRST, LAST = date(2023, 7, 1), date(2026, 6, 30)
every_dataset = pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.name)


def test_the_same_seed_gives_the_same_tables_and_another_seed_others(demo_company: Company):
    again, other = company(7), company(8)
    by_hand = {"accounts", "products", "calendar", "aliases", "trials", "trial_scope", "visit_plan", "decisions"}

    assert all(table.equals(again.tables[name]) for name, table in demo_company.tables.items())
    assert {name for name, table in demo_company.tables.items() if table.equals(other.tables[name])} <= {
        *by_hand,
        "contests",
    }


def test_drawing_the_company_takes_no_longer_than_a_second():
    start = time.process_time()  # of this process: a busy machine must not fail it
    company(9)

    assert time.process_time() - start < SECONDS


@every_dataset
def test_a_table_has_the_columns_and_types_of_its_contract(demo_company: Company, dataset: Dataset):
    table = demo_company.tables[dataset.name]

    assert table.schema.equals(pa.schema(list(arrow_schema(dataset))[:-1]))
    assert table.num_rows > 0


@every_dataset
def test_required_cells_are_filled_and_every_check_of_the_contract_holds(
    con: duckdb.DuckDBPyConnection, dataset: Dataset
):
    for field in dataset.fields:
        if field.required:
            assert con.execute(f"SELECT count(*) FROM {dataset.name} WHERE {field.name} IS NULL").fetchone() == (0,)
        if field.check:
            assert con.execute(f"SELECT count(*) FROM {dataset.name} WHERE NOT ({field.check})").fetchone() == (0,)


@every_dataset
def test_a_key_is_there_once(con: duckdb.DuckDBPyConnection, dataset: Dataset):
    keys = ", ".join(dataset.key)

    assert con.execute(f"SELECT {keys}, count(*) FROM {dataset.name} GROUP BY ALL HAVING count(*) > 1").fetchall() == []


@every_dataset
def test_what_it_refers_to_exists(con: duckdb.DuckDBPyConnection, dataset: Dataset):
    masters = {
        "account": "accounts",
        "sku": "products",
        "trial": "trials",
        "agreement": "agreements",
        "contest": "contests",
    }
    for name, master in (masters | {"promotion": "promotions", "visit": "visits"}).items():
        if dataset.has(name):
            known = f"SELECT {name} FROM {master} WHERE {name} IS NOT NULL"
            stray = f"SELECT {name} FROM {dataset.name} WHERE {name} NOT IN ({known})"
            assert con.execute(stray).fetchall() == []


@pytest.mark.parametrize(("dataset", "since", "until"), [
    ("sell_out", FIRST, LAST), ("sell_in", FIRST, LAST), ("stock", FIRST, LAST), ("orders", FIRST, LAST),
    ("trainings", FIRST, LAST), ("complaints", FIRST, LAST), ("surveys", FIRST, LAST), ("payments", FIRST, LAST),
    ("pulse", FIRST, date(2026, 6, 1)), ("opinions", FIRST, LAST), ("feedback", FIRST, LAST),
    ("targets", FIRST, date(2026, 12, 1)), ("events", FIRST, date(2026, 8, 31)), ("visits", FIRST, date(2026, 8, 31)),
])  # fmt: skip
def test_dates_lie_in_the_36_months_and_only_plans_lie_beyond(
    con: duckdb.DuckDBPyConnection, dataset: str, since: date, until: date
):
    dated = next(d.dated for d in DATASETS if d.name == dataset)
    low, high = con.execute(f"SELECT min({dated}), max({dated}) FROM {dataset}").fetchone() or (None, None)

    assert low is not None and since <= low
    assert high <= until


def test_every_month_has_sell_out_of_every_account_but_of_two_in_the_last(
    con: duckdb.DuckDBPyConnection, demo_company: Company
):
    reported = "SELECT date_trunc('month', sold_on)::DATE AS month, list(DISTINCT account) FROM sell_out GROUP BY 1"
    by_month: dict[date, set[str]] = {month: set(accounts) for month, accounts in con.execute(reported).fetchall()}
    everyone = {account for (account,) in con.execute("SELECT account FROM accounts").fetchall()}

    assert len(by_month) == 36 and len(everyone) == 24
    assert (
        everyone - by_month[date(2026, 6, 1)] == set(demo_company.truth.silent) and len(demo_company.truth.silent) == 2
    )
    assert by_month[date(2026, 5, 1)] == everyone
    assert by_month[date(2024, 2, 1)] == everyone - {"A19", "A21"}  # they became accounts later


def test_reporting_accounts_sell_up_to_the_last_day(con: duckdb.DuckDBPyConnection):
    assert con.execute("SELECT count(DISTINCT account) FROM sell_out WHERE sold_on = $1", [LAST]).fetchone() == (22,)


def test_a_month_of_sell_out_is_what_people_came_for_less_what_was_missing(
    con: duckdb.DuckDBPyConnection, demo_company: Company
):
    silent, base = demo_company.truth.silent, demo_company.truth.baseline
    loud = [n for n, account in enumerate(base.accounts) if account not in silent]
    months = base.ends.astype("datetime64[M]")
    rows = """
        SELECT date_trunc('month', sold_on)::DATE, sum(qty)::DOUBLE FROM sell_out
        WHERE NOT list_contains($1, account) GROUP BY 1
    """
    for month, pieces in con.execute(rows, [list(silent)]).fetchall():
        came = base.demand[months == np.datetime64(month, "M")][:, loud].sum()
        assert 0.90 * came < pieces <= came, (month, pieces / came)


def test_sales_fall_on_every_day_of_the_week_and_most_on_weekends(con: duckdb.DuckDBPyConnection):
    rows = "SELECT isodow(sold_on), (sum(qty) / (SELECT sum(qty) FROM sell_out))::DOUBLE FROM sell_out GROUP BY 1"
    share = dict(con.execute(rows).fetchall())

    assert all(0.08 < share[day] < 0.16 for day in range(1, 6))
    assert 0.17 < share[6] < 0.24 and 0.15 < share[7] < 0.22


def test_there_are_enough_sell_out_rows_to_be_real_and_few_enough_to_be_quick(demo_company: Company):
    assert 120_000 <= demo_company.tables["sell_out"].num_rows <= 200_000


def test_six_accounts_report_by_store_and_the_others_one_figure(con: duckdb.DuckDBPyConnection):
    by_store = con.execute(
        "SELECT account, count(DISTINCT store) FROM sell_out WHERE store IS NOT NULL GROUP BY 1"
    ).fetchall()
    stores = dict(con.execute("SELECT account, stores FROM accounts").fetchall())

    assert len(by_store) == 6 and all(count == stores[account] for account, count in by_store)
    mixed = "SELECT account FROM sell_out GROUP BY account HAVING count(store) NOT IN (0, count(*))"
    assert con.execute(mixed).fetchall() == []


def test_stock_is_stock_before_plus_received_minus_sold_to_the_piece(
    con: duckdb.DuckDBPyConnection, demo_company: Company
):
    moved = """
        WITH moves AS (
            SELECT account, sku, sold_on AS day, qty FROM sell_in
            UNION ALL SELECT account, sku, sold_on, -qty FROM sell_out
            UNION ALL SELECT account, sku, counted_on, 0 FROM stock
        ), running AS (
            SELECT account, sku, day, sum(sum(qty)) OVER (PARTITION BY account, sku ORDER BY day) AS held
            FROM moves GROUP BY account, sku, day
        )
        SELECT account, sku, count(DISTINCT s.on_hand - r.held) AS openings
        FROM stock AS s JOIN running AS r USING (account, sku)
        WHERE r.day = s.counted_on AND NOT (list_contains($silent, account) AND s.counted_on > '2026-05-31')
        GROUP BY ALL HAVING openings > 1
    """

    assert con.execute(moved, {"silent": list(demo_company.truth.silent)}).fetchall() == []
    assert con.execute(
        "SELECT count(*) FROM stock WHERE on_hand < 0 OR in_transit < 0 OR available > on_hand"
    ).fetchone() == (0,)


def test_stock_is_counted_twice_a_month_and_on_the_last_day(con: duckdb.DuckDBPyConnection):
    counts = con.execute(
        "SELECT date_trunc('month', counted_on), count(DISTINCT counted_on) FROM stock GROUP BY 1"
    ).fetchall()

    assert len(counts) == 36 and {n for _, n in counts} == {2}
    assert con.execute("SELECT max(counted_on) FROM stock").fetchone() == (LAST,)


def test_in_transit_is_what_orders_say_has_left_us_and_not_arrived(con: duckdb.DuckDBPyConnection):
    wrong = """
        WITH days AS (SELECT DISTINCT counted_on FROM stock), way AS (
            SELECT o.account, o.sku, d.counted_on, sum(o.shipped_qty) AS qty
            FROM orders AS o JOIN days AS d
              ON o.shipped_on <= d.counted_on AND (o.delivered_on IS NULL OR o.delivered_on > d.counted_on)
            GROUP BY ALL
        )
        SELECT * FROM stock FULL JOIN way USING (account, sku, counted_on)
        WHERE coalesce(in_transit, 0) <> coalesce(qty, 0)
    """

    assert con.execute(wrong).fetchall() == []


def test_sell_in_is_what_orders_delivered_less_what_came_back(con: duckdb.DuckDBPyConnection):
    wrong = """
        WITH received AS (SELECT account, sku, sold_on AS day, sum(qty) AS qty FROM sell_in WHERE qty > 0 GROUP BY ALL),
        delivered AS (SELECT account, sku, delivered_on AS day, sum(shipped_qty) AS qty FROM orders
                      WHERE delivered_on IS NOT NULL AND shipped_qty > 0 GROUP BY ALL)
        SELECT * FROM received FULL JOIN delivered USING (account, sku, day)
        WHERE received.qty IS DISTINCT FROM delivered.qty
    """

    assert con.execute(wrong).fetchall() == []
    assert con.execute("SELECT count(*) > 100 FROM sell_in WHERE qty < 0").fetchone() == (True,)


def test_amounts_are_positive_but_for_returns_and_are_price_times_quantity(con: duckdb.DuckDBPyConnection):
    assert con.execute("SELECT count(*) FROM sell_out WHERE qty <= 0 OR amount <= 0").fetchone() == (0,)
    assert con.execute("SELECT count(*) FROM sell_in WHERE sign(qty) <> sign(amount) OR qty = 0").fetchone() == (0,)
    ratio = "SELECT s.amount / s.qty / p.price AS x FROM sell_out AS s JOIN products AS p USING (sku)"
    high, low = con.execute(f"SELECT max(x), min(x) FROM ({ratio})").fetchone() or (0, 0)

    assert (
        high <= 1.07 and low >= 0.75
    )  # the list price was up to 6 % higher; discounts and promotions take up to a fifth


def test_an_order_is_placed_then_shipped_then_delivered_and_the_future_is_empty(con: duckdb.DuckDBPyConnection):
    wrong = """
        SELECT * FROM orders WHERE shipped_on <= ordered_on OR delivered_on < shipped_on OR shipped_qty > qty
           OR requested_on > promised_on OR delivered_on > $last OR shipped_on > $last
           OR (shipped_on IS NULL) <> (shipped_qty IS NULL)
    """

    assert con.execute(wrong, {"last": LAST}).fetchall() == []
    assert con.execute("SELECT count(*) > 100 FROM orders WHERE delivered_on IS NULL").fetchone() == (True,)


def test_we_serve_well_but_not_perfectly_and_say_why(con: duckdb.DuckDBPyConnection):
    served = """
        SELECT sum(least(shipped_qty, qty)) / sum(qty), avg((delivered_on <= promised_on)::INT),
               count(*) FILTER (WHERE cause IS NULL AND (shipped_qty < qty OR delivered_on > promised_on)),
               count(*) FILTER (WHERE cause IS NOT NULL AND shipped_qty = qty AND delivered_on <= promised_on)
        FROM orders WHERE delivered_on IS NOT NULL
    """
    fill, on_time, without_cause, without_miss = con.execute(served).fetchone() or (0, 0, 1, 1)

    assert 0.90 < fill < 0.99 and 0.80 < on_time < 0.95
    assert (without_cause, without_miss) == (0, 0)


def test_a_new_product_sells_only_after_its_launch_and_only_at_its_pilots(
    con: duckdb.DuckDBPyConnection, demo_company: Company
):
    early = "SELECT count(*) FROM sell_out AS s JOIN products AS p USING (sku) WHERE s.sold_on < p.launched_on"
    pilots = {a for (a,) in con.execute("SELECT DISTINCT account FROM sell_out WHERE sku = 'XQG100-S9'").fetchall()}

    assert con.execute(early).fetchone() == (0,)
    assert pilots == set(demo_company.truth.trials["SD03"].pilots)


def test_a_few_accounts_make_most_of_the_sales(con: duckdb.DuckDBPyConnection):
    year = "SELECT account, sum(amount) AS amount FROM sell_out WHERE sold_on > '2025-06-30' GROUP BY 1 ORDER BY 2 DESC"
    amounts = [float(amount) for _, amount in con.execute(year).fetchall()]

    assert 0.40 < sum(amounts[:5]) / sum(amounts) < 0.60
    assert 1.0e9 < sum(amounts) < 1.6e9  # CNY a year


def test_targets_are_hard_but_not_absurd_and_reach_to_the_years_end(con: duckdb.DuckDBPyConnection):
    year = "SELECT sum(amount) FROM {} WHERE {} BETWEEN '2025-07-01' AND '2026-05-31'"
    sold, wanted = (con.execute(year.format(*x)).fetchone() for x in (("sell_out", "sold_on"), ("targets", "month")))

    assert sold and wanted and 0.85 < sold[0] / wanted[0] < 1.10
    assert con.execute("SELECT max(month) FROM targets").fetchone() == (date(2026, 12, 1),)


def test_flags_and_money_hold_what_their_kind_says(demo_company: Company):
    for dataset in DATASETS:
        for field in dataset.fields:
            if field.kind is Kind.MONTH:
                assert all(day.day == 1 for day in demo_company.tables[dataset.name][field.name].unique().to_pylist())
    assert isinstance(demo_company.tables["sell_in"]["amount"][0].as_py(), Decimal)


def test_visits_trainings_and_promises_name_people_of_ours_only(con: duckdb.DuckDBPyConnection):
    ours = "SELECT DISTINCT owner FROM accounts"

    assert con.execute(f"SELECT DISTINCT rep FROM sell_in WHERE rep NOT IN ({ours})").fetchall() == []
    assert con.execute(f"SELECT DISTINCT rep FROM surveys WHERE rep NOT IN ({ours})").fetchall() == []
    assert (
        con.execute(f"SELECT DISTINCT visitor FROM visits WHERE NOT executive AND visitor NOT IN ({ours})").fetchall()
        == []
    )
