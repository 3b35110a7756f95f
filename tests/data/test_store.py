"""The cache: equal to the lake after any history, thrown away at will, locked down, safe under threads."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.cache import SLOTS
from data.lake import Replaces
from data.store import QueryShapeError, Store
from tests.conftest import giver

DAYS = [date(2026, month, day) for month in (1, 2, 3) for day in (1, 15)]


def sales(store: Store) -> list[tuple]:
    return store.execute("SELECT account, sold_on, qty::INTEGER AS qty FROM sell_out ORDER BY account, sold_on, qty")


def by_month(store: Store) -> list[tuple]:
    return store.execute("SELECT account, month, qty::INTEGER FROM sales_month ORDER BY ALL")


def test_a_replacing_batch_hides_the_period_of_its_accounts_only(store, given):
    given(
        "sell_out",
        {"account": "A", "sold_on": "2026-01-31", "qty": 1},
        {"account": "A", "sold_on": "2026-02-01", "qty": 2},
        {"account": "A", "sold_on": "2026-02-28", "qty": 3},
        {"account": "A", "sold_on": "2026-03-01", "qty": 4},
        {"account": "B", "sold_on": "2026-02-10", "qty": 5},
    )
    given(
        "sell_out",
        {"account": "A", "sold_on": "2026-02-14", "qty": 9},
        replaces=Replaces(date(2026, 2, 1), date(2026, 2, 28), ("A",)),
    )

    assert [q for _, _, q in sales(store)] == [1, 9, 4, 5]
    assert by_month(store) == [
        ("A", date(2026, 1, 1), 1),
        ("A", date(2026, 2, 1), 9),
        ("A", date(2026, 3, 1), 4),
        ("B", date(2026, 2, 1), 5),
    ]


def test_undoing_the_replacing_batch_makes_the_earlier_rows_count_again(store, given):
    given("sell_out", {"account": "A", "sold_on": "2026-02-14", "qty": 2})
    later = given(
        "sell_out",
        {"account": "A", "sold_on": "2026-02-14", "qty": 9},
        replaces=Replaces(date(2026, 2, 1), date(2026, 2, 28), None),
    )
    store.lake.undo(later.id, "u")
    store.version()

    assert [q for _, _, q in sales(store)] == [2]
    assert by_month(store) == [("A", date(2026, 2, 1), 2)]


def test_a_register_keeps_the_latest_row_of_a_key_and_undo_brings_back_the_one_before(store, given):
    given("accounts", {"account": "A", "account_name": "old"}, {"account": "B", "account_name": "b"})
    later = given("accounts", {"account": "A", "account_name": "new"})
    names = "SELECT account, name FROM account_dim ORDER BY account"

    assert store.execute(names) == [("A", "new"), ("B", "b")]
    store.lake.undo(later.id, "u")
    store.version()
    assert store.execute(names) == [("A", "old"), ("B", "b")]


def test_two_rows_of_a_key_in_one_file_keep_the_later_line(store, given):
    given("accounts", {"account": "A", "account_name": "first"}, {"account": "A", "account_name": "second"})

    assert store.execute("SELECT account_name FROM accounts") == [("second",)]


def lot(sku: str = "X", held: int = 1, day: str = "2026-02-28", **more: object) -> dict:
    return {"warehouse": None, "sku": sku, "counted_on": day, "on_hand": held} | more


def test_lots_of_a_count_add_up_and_a_later_file_replaces_them_together(store, given):
    given("own_stock", lot(held=1), lot(held=2), lot("Y", 5), lot(held=9, warehouse="W"))
    later = given("own_stock", lot(held=4), lot(held=8))
    held = "SELECT warehouse, sku, sum(on_hand)::INTEGER AS n FROM own_stock GROUP BY 1, 2 ORDER BY 1 NULLS FIRST, 2"

    assert store.execute(held) == [(None, "X", 12), (None, "Y", 5), ("W", "X", 9)]
    store.lake.undo(later.id, "u")
    store.version()
    assert store.execute(held) == [(None, "X", 3), (None, "Y", 5), ("W", "X", 9)]


def test_two_codes_of_one_product_add_up_in_a_count(store, given):
    given("own_stock", lot("old", 3), lot("new", 4))
    given("aliases", {"alias": "old", "sku": "new"})

    assert store.execute("SELECT sku, sum(on_hand)::INTEGER AS n FROM own_stock GROUP BY sku") == [("new", 7)]


def test_an_account_without_master_is_called_as_its_newest_sales_row_calls_it(store, given):
    given(
        "sell_out",
        {"account": "A", "account_name": "new name", "region": "E", "sold_on": "2026-02-01"},
        {"account": "A", "account_name": "old name", "region": "W", "sold_on": "2026-01-01"},
    )

    assert store.execute("SELECT name, region, listed FROM account_dim") == [("new name", "E", False)]


OPERATION = st.one_of(
    st.tuples(
        st.just("add"),
        st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(DAYS), st.integers(1, 9)), min_size=1, max_size=4),
        st.none()
        | st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS), st.sampled_from([None, ("A",), ("A", "B")])),
    ),
    st.tuples(st.just("undo"), st.integers(0, 9), st.none()),
)


def visible(history: list) -> list[tuple]:
    """The model: a row counts when its batch is live and no later live batch replaces its day and account."""
    found = []
    for n, (rows, _, live) in enumerate(history):
        for account, day, qty in rows if live else []:
            hidden = any(
                later_live and scope and scope[0] <= day <= scope[1] and (scope[2] is None or account in scope[2])
                for _, scope, later_live in history[n + 1 :]
            )
            found += [] if hidden else [(account, day, qty)]
    return sorted(found)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(OPERATION, min_size=1, max_size=6), st.booleans())
def test_after_any_history_the_cache_and_its_marts_equal_the_lake(tmp_path_factory, operations, sync_each_step):
    store = Store(tmp_path_factory.mktemp("any"), memory_mb=256)
    put = giver(store)
    history: list = []
    batches = []
    for kind, payload, scope in operations:
        if kind == "add":
            scope = scope and (min(scope[:2]), max(scope[:2]), scope[2])
            rows = [{"account": a, "sold_on": d, "qty": q} for a, d, q in payload]
            batches.append(put("sell_out", *rows, replaces=scope and Replaces(*scope), sync=sync_each_step))
            history.append([payload, scope, True])
        elif live := [n for n, h in enumerate(history) if h[2]]:
            n = live[payload % len(live)]
            store.lake.undo(batches[n].id, "u")
            history[n][2] = False
            if sync_each_step:
                store.version()
    store.version()

    want = visible(history)
    assert sales(store) == want
    total = store.execute("SELECT coalesce(sum(qty), 0)::INTEGER FROM sales_month")[0][0]
    daily = store.execute("SELECT coalesce(sum(qty), 0)::INTEGER FROM sales_day")[0][0]
    assert total == daily == sum(q for _, _, q in want)
    rebuilt = Store(store.root, memory_mb=256)  # takes a second cache file and builds it from the lake alone
    rebuilt.version()
    assert sales(rebuilt) == want
    rebuilt.close()
    store.close()


def test_a_deleted_cache_is_rebuilt_from_the_lake(store, given):
    given("sell_out", {"account": "A", "sold_on": "2026-02-14", "qty": 2})
    store.close()
    for file in (store.root / "cache").iterdir():
        file.unlink()

    again = Store(store.root, memory_mb=256)
    again.version()

    assert by_month(again) == [("A", date(2026, 2, 1), 2)]


@pytest.mark.parametrize("damage", [b"", b"not a database at all", bytes(4096)])
def test_a_damaged_cache_is_remade_not_believed(store, given, damage):
    given("sell_out", {"account": "A", "sold_on": "2026-02-14", "qty": 2})
    store.close()
    (store.root / "cache" / "cache-0.duckdb").write_bytes(damage)

    again = Store(store.root, memory_mb=256)
    again.version()

    assert by_month(again) == [("A", date(2026, 2, 1), 2)]


def test_two_stores_of_one_home_take_two_cache_files_and_agree(store, given):
    other = Store(store.root, memory_mb=256)
    given("sell_out", {"account": "A", "sold_on": "2026-02-14", "qty": 2})

    assert other.version() == store.version()
    assert by_month(other) == by_month(store)


def test_every_publication_and_undo_moves_the_version_and_what_is_behind_it(store, given):
    versions = [store.version()]
    for day in ("2026-02-14", "2026-02-15"):
        batch = given("sell_out", {"account": "A", "sold_on": day, "qty": 1}, sync=False)
        versions.append(store.version())
        assert dict(versions[-1]) == {"sell_out": batch.seq}
    assert len(sales(store)) == 2

    store.lake.undo(batch.id, "u")
    versions.append(store.version())

    assert len(sales(store)) == 1
    assert len(set(versions)) == 4 and store.version() == versions[-1] == store.lake.version()


def test_what_another_process_publishes_counts_from_the_next_version_on(store, given):
    given("sell_out", {"account": "A", "sold_on": "2026-02-14", "qty": 2})
    before, other = store.version(), Store(store.root, memory_mb=256)
    giver(other)("sell_out", {"account": "B", "sold_on": "2026-02-15", "qty": 3})
    other.close()

    assert store.version() != before
    assert [account for account, _, _ in sales(store)] == ["A", "B"]


def test_a_cache_that_is_up_to_date_is_not_synced_again(store, given, monkeypatch):
    given("sell_out", {"account": "A", "sold_on": "2026-02-14", "qty": 2})
    monkeypatch.setattr("data.cache.sync", None)

    assert store.version() == store.lake.version()


@pytest.mark.parametrize(
    "attack",
    [
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        "COPY (SELECT 1) TO '/tmp/out.csv'",
        "ATTACH '/tmp/other.duckdb'",
        "EXPORT DATABASE '/tmp/export'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM read_parquet('https://example.com/x.parquet')",
        "SET memory_limit = '64GB'",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "CREATE PERSISTENT SECRET s (TYPE http)",
    ],
)
def test_duckdb_is_locked_down(store, attack):
    with pytest.raises(duckdb.Error):
        store.execute(attack)


def test_a_path_that_leaves_the_lake_is_refused(store, given, tmp_path):
    (tmp_path / "home" / "secret.csv").write_text("a\n1\n")

    for path in (store.root / "secret.csv", store.root / "lake" / ".." / "secret.csv"):
        with pytest.raises(duckdb.Error):
            store.execute("SELECT * FROM read_csv($path)", path=str(path))


def test_threads_get_their_own_answers(store):
    def ask(n: int) -> bool:
        return all(store.execute("SELECT $n::INTEGER AS n FROM range(50)", n=n) == [(n,)] * 50 for _ in range(20))

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(ask, range(64)))


@dataclass(frozen=True, slots=True)
class Pair:
    a: int
    b: Decimal


def test_rows_come_as_the_row_type_and_a_mismatch_names_both_sides(store, tmp_path):
    good, bad = tmp_path / "good.sql", tmp_path / "bad.sql"
    good.write_text("-- $ignored in a comment\nSELECT $n::INTEGER AS a, 1.50 AS b")
    bad.write_text("SELECT 1 AS a, 2 AS c")

    assert store.rows(good, Pair, n=7, unused=1) == [Pair(7, Decimal("1.50"))]
    with pytest.raises(QueryShapeError, match=r"bad\.sql returns \['a', 'c'\], but Pair has \['a', 'b'\]"):
        store.rows(bad, Pair)


def test_money_keeps_four_decimals_so_that_totals_do_not_drift(store, given):
    given("sell_in", *[{"account": "A", "sold_on": "2026-02-14", "amount": "0.0049"}] * 1000)

    assert store.execute("SELECT sum(amount) FROM sales_month") == [(Decimal("4.9000"),)]


def test_a_batch_from_before_a_field_was_added_counts_with_that_field_empty(store, given, monkeypatch):
    from dataclasses import replace

    import data.datasets as datasets

    full = datasets.BY_NAME["accounts"]
    older = replace(full, fields=tuple(f for f in full.fields if f.name != "tier"))
    monkeypatch.setitem(datasets.BY_NAME, "accounts", older)
    giver_before = giver(store)
    giver_before("accounts", {"account": "A", "account_name": "before"}, sync=False)
    monkeypatch.setitem(datasets.BY_NAME, "accounts", full)

    given("accounts", {"account": "B", "account_name": "after", "tier": "A"})

    assert store.execute("SELECT account, tier FROM accounts ORDER BY account") == [("A", None), ("B", "A")]


def test_a_store_nobody_refers_to_gives_its_cache_file_back(store, tmp_path):
    for _ in range(SLOTS + 1):
        assert Store(tmp_path / "other", memory_mb=256).version() == store.version()

    assert len(list((tmp_path / "other" / "cache").glob("*.duckdb"))) == 1
