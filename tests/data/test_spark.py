"""The Spark engine, on a stand-in that speaks Spark Connect: what counts, and what happens when the server is gone."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.server import free_port
from data.engine import EngineError
from data.lake import Batch, Receipt, Replaces
from data.rows import hidden
from data.store import Store
from tests.conftest import giver
from tests.data.test_store import OPERATION, lot, sales, visible
from tests.spark_server import stand_in


@pytest.fixture
def both(store, spark_address):
    """The same home asked embedded and on Spark."""
    spark = Store(store.root, engine=spark_address)
    yield store, spark
    spark.close()


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations=st.lists(OPERATION, min_size=2, max_size=6))
def test_after_any_history_spark_shows_the_rows_that_count(tmp_path_factory, spark_address, operations):
    embedded = Store(tmp_path_factory.mktemp("any"), memory_mb=256)
    spark = Store(embedded.root, engine=spark_address)
    put, history, batches = giver(embedded), [], []
    for kind, payload, scope in operations:
        if kind == "add":
            scope = scope and (min(scope[:2]), max(scope[:2]), scope[2])
            rows = [{"account": a, "sold_on": d, "qty": q} for a, d, q in payload]
            batches.append(put("sell_out", *rows, replaces=scope and Replaces(*scope), sync=False))
            history.append([payload, scope, True])
        elif live := [n for n, h in enumerate(history) if h[2]]:
            n = live[payload % len(live)]
            spark.lake.undo(batches[n].id, "u")
            history[n][2] = False
    spark.version()

    want = visible(history)
    assert sales(spark) == want
    assert spark.execute("SELECT coalesce(sum(qty), 0)::INTEGER AS qty FROM sales_month") == [
        (sum(q for *_, q in want),)
    ]
    spark.close()
    embedded.close()


def test_a_later_row_of_a_register_wins(both):
    store, spark = both
    put = giver(store)
    put("accounts", {"account": "A", "account_name": "first"}, {"account": "B", "account_name": "B"})
    put("accounts", {"account": "A", "account_name": "second"}, {"account": "A", "account_name": "third"})
    spark.version()

    ask = "SELECT account AS account, account_name AS name FROM accounts ORDER BY account"
    assert spark.execute(ask) == store.execute(ask) == [("A", "third"), ("B", "B")]


def test_lots_of_a_count_add_up_and_a_later_file_replaces_them(both):
    store, spark = both
    put = giver(store)
    put("own_stock", lot(held=1), lot(held=2), lot("Y", 5))
    put("own_stock", lot(held=4), lot(held=8))
    spark.version()

    ask = "SELECT sku AS sku, CAST(sum(on_hand) AS INTEGER) AS n FROM own_stock GROUP BY sku ORDER BY sku"
    assert spark.execute(ask) == store.execute(ask) == [("X", 12), ("Y", 5)]


def test_a_new_batch_and_its_undo_by_another_process_show_with_the_next_version(both):
    store, spark = both
    put = giver(store)
    put("sell_out", {"account": "A", "sold_on": "2026-02-14", "qty": 2})
    spark.version()
    batch = put("sell_out", {"account": "B", "sold_on": "2026-02-15", "qty": 3}, sync=False)

    assert spark.version() == store.version() and len(sales(spark)) == 2
    store.lake.undo(batch.id, "u")
    assert spark.version() == store.version() and len(sales(spark)) == 1


def test_values_come_as_the_embedded_engine_gives_them(both):
    store, spark = both
    giver(store)("sell_out", {"account": "甲", "sold_on": "2026-02-14", "qty": "2.5", "amount": "3.1415"})
    spark.version()
    ask = (
        "SELECT account AS account, sold_on AS sold_on, qty AS qty, amount AS amount, region AS region, "
        "_seq AS seq, $yes::BOOLEAN AS yes, qty::DOUBLE AS ratio FROM sell_out"
    )

    [row] = spark.execute(ask, yes=True)
    assert [row] == store.execute(ask, yes=True)
    assert row[:5] == ("甲", date(2026, 2, 14), Decimal("2.500"), Decimal("3.1415"), None)
    assert [type(value) for value in row[5:]] == [int, bool, float]


@pytest.mark.parametrize("codes", [None, [], ["A"], ["A", "it's"]])
def test_a_list_of_codes_is_bound_also_when_it_is_empty_or_none(both, codes):
    store, spark = both
    giver(store)("sell_out", *[{"account": a, "sold_on": "2026-02-14"} for a in ("A", "B", "it's")])
    ask = (
        "SELECT account AS account FROM sell_out "
        "WHERE $codes::VARCHAR[] IS NULL OR list_contains($codes::VARCHAR[], account) ORDER BY account"
    )

    assert spark.execute(ask, codes=codes) == store.execute(ask, codes=codes)


def test_a_session_that_the_server_has_forgotten_is_made_anew(store, tmp_path, monkeypatch):
    monkeypatch.setenv("SAIL_SPARK__SESSION_TIMEOUT_SECS", "4")
    giver(store)("sell_out", {"account": "A", "sold_on": "2026-02-14", "qty": 2})
    with stand_in(tmp_path) as address:
        spark = Store(store.root, engine=address)
        spark.version()
        time.sleep(8)

        assert sales(spark) == [("A", date(2026, 2, 14), 2)]
        spark.close()


def test_an_address_where_nothing_answers_is_named_with_the_next_step(store):
    dead = f"sc://127.0.0.1:{free_port()}"

    with pytest.raises(EngineError, match=f"{dead}; start"):
        Store(store.root, engine=dead).version()


def test_only_batches_that_a_later_one_may_meet_are_compared_with_it():
    def batch(seq: int, period: tuple[str, str] | None, replaces: Replaces | None = None, live: bool = True) -> Batch:
        at = None if live else date(2026, 1, 1)
        receipt = Receipt("f", "", "u", period=period, replaces=replaces)
        return Batch(f"b{seq}", "sell_out", seq, None, 1, receipt, at)  # type: ignore[arg-type]

    march = (date(2026, 3, 1), date(2026, 3, 31))
    earlier = [
        batch(1, ("2026-02-01", "2026-02-28")),  # ends the day before
        batch(2, ("2026-03-31", "2026-04-30")),  # its first day is the last replaced
        batch(3, ("2026-02-01", "2026-03-01")),  # its last day is the first replaced
        batch(4, None),  # does not say
        batch(5, ("2026-03-05", "2026-03-05"), live=False),
        batch(6, ("2026-04-01", "2026-04-02")),
    ]

    assert hidden([*earlier, batch(7, None, Replaces(*march, accounts=("A", "B")))]) == [
        (f"b{n}", *march, account) for n in (2, 3, 4) for account in ("A", "B")
    ]
    assert hidden([*earlier, batch(7, None, Replaces(*march), live=False)]) == []
    assert [h[3] for h in hidden([earlier[3], batch(7, None, Replaces(*march))])] == [None]
