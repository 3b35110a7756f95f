"""Kept tables: worked out once for what they are made of, on either engine, and the oldest go."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pytest

from data import cache, spark
from data.marts import SUPPLY_OUTLOOK, SUPPLY_PLAN
from data.store import Store

ITEMS = "SELECT sku AS sku, steps AS steps, level AS level FROM supply_outlook WHERE kept = $kept ORDER BY sku"


def rows(*skus: str, steps: list[float] | None = None) -> pa.Table:
    """An outlook of products, of which nothing else is known; columns in another order than the table's."""
    told = {"sku": list(skus), "steps": [steps] * len(skus)}
    types = reversed([column.split() for column in SUPPLY_OUTLOOK.columns.split(", ")])
    return pa.table({name: pa.array(told.get(name, [None] * len(skus)), spark.KEEPS[kind]) for name, kind in types})


def keep(store: Store, what: object, *skus: str) -> str:
    return store.kept(SUPPLY_OUTLOOK, what, lambda: rows(*skus))


def skus(store: Store, mark: str) -> list[str]:
    return [sku for sku, *_ in store.execute(ITEMS, kept=mark)]


@pytest.fixture(params=["embedded", "spark"])
def either(request, store):
    """The test's home, asked by each engine."""
    if request.param == "embedded":
        yield store
        return
    asked = Store(store.root, engine=request.getfixturevalue("spark_address"))
    asked.version()
    yield asked
    asked.close()


def test_rows_are_found_under_their_mark_and_come_as_they_were(either):
    mark = either.kept(SUPPLY_OUTLOOK, "one", lambda: rows("X", "Y", steps=[1.0, 2.5]))

    assert either.execute(ITEMS, kept=mark) == [("X", [1.0, 2.5], None), ("Y", [1.0, 2.5], None)]
    assert either.execute(ITEMS, kept="another") == []


def test_what_is_kept_is_not_worked_out_twice(either):
    mark = keep(either, "one", "X")

    assert either.kept(SUPPLY_OUTLOOK, "one", lambda: pytest.fail("it is there")) == mark
    assert keep(either, "two", "Y") != mark
    assert skus(either, mark) == ["X"]


def test_nothing_found_is_kept_too(either):
    mark = keep(either, "one")

    assert either.kept(SUPPLY_OUTLOOK, "one", lambda: pytest.fail("it is there")) == mark
    assert skus(either, mark) == []


def test_the_oldest_answers_go_and_those_of_another_table_stay(either):
    marks_of = cache.MARKS if isinstance(either._engine, cache.Cache) else spark.MARKS
    plan = either.kept(SUPPLY_PLAN, "one", lambda: pa.table({n: pa.nulls(0) for n in SUPPLY_PLAN.names}))
    marks = [keep(either, n, f"S{n}") for n in range(marks_of)]
    assert skus(either, marks[0]) == ["S0"]

    newest = keep(either, "one more", "N")

    assert (skus(either, marks[0]), skus(either, marks[1]), skus(either, newest)) == ([], ["S1"], ["N"])
    assert keep(either, 0, "anew") == marks[0] and skus(either, marks[0]) == ["anew"]
    assert either.kept(SUPPLY_PLAN, "one", lambda: pytest.fail("it is there")) == plan


def test_files_handed_to_spark_stay_for_late_readers_then_go_and_none_outlives_the_store(store, spark_address):
    with closing(Store(store.root, engine=spark_address)) as asked:
        asked.version()

        for n in range(spark.MARKS + spark.LATE + 2):
            keep(asked, n, f"S{n}")

        assert len(list(store.root.glob("cache/kept-*/*.parquet"))) == spark.MARKS + spark.LATE
    assert not list(store.root.glob("cache/kept-*"))


def test_a_mark_follows_the_datasets_that_are_read_their_aliases_and_no_other(store, given):
    def mark() -> str:
        return keep(store, "one", "X")

    marks = [mark()]
    for dataset, row in (
        ("visits", {"account": "A"}),
        ("orders", {"account": "A"}),  # the plan reads these, the outlook does not
        ("stock", {"account": "A"}),
        ("calendar", {"name": "N"}),
        ("aliases", {"alias": "a", "code": "A"}),
    ):
        given(dataset, row)
        marks.append(mark())

    assert [a == b for a, b in pairwise(marks)] == [True, True, False, False, False]


def test_undoing_a_batch_is_a_change_too(store, given):
    before = keep(store, "one", "X")
    batch = given("stock", {"account": "A"})
    after = keep(store, "one", "Y")
    store.lake.undo(batch.id, "u")
    store.version()

    assert len({before, after, keep(store, "one", "Z")}) == 3


def test_many_who_ask_at_once_wait_for_one_to_work_it_out(store):
    worked = []

    def slow() -> pa.Table:
        worked.append(threading.get_ident())
        time.sleep(0.2)
        return rows("X")

    with ThreadPoolExecutor(4) as pool:
        marks = set(pool.map(lambda _: store.kept(SUPPLY_OUTLOOK, "one", slow), range(8)))

    assert len(worked) == len(marks) == 1 and skus(store, marks.pop()) == ["X"]


def test_one_kept_table_may_be_worked_out_while_another_is(store):
    def plan() -> pa.Table:
        keep(store, "one", "X")
        return pa.table({n: pa.nulls(0) for n in SUPPLY_PLAN.names})

    assert store.kept(SUPPLY_PLAN, "one", plan) != keep(store, "one", "X")


def test_what_failed_is_not_kept(store):
    def fails() -> pa.Table:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        store.kept(SUPPLY_OUTLOOK, "one", fails)
    with pytest.raises(KeyError):
        store.kept(SUPPLY_OUTLOOK, "two", lambda: pa.table({"sku": ["X"]}).select(["none"]))

    assert skus(store, keep(store, "one", "X")) == ["X"]


def test_what_is_kept_outlives_the_process(store):
    mark = keep(store, "one", "X")
    store.close()
    again = Store(store.root, memory_mb=256)
    again.version()

    assert again.kept(SUPPLY_OUTLOOK, "one", lambda: pytest.fail("it is there")) == mark
    assert skus(again, mark) == ["X"]
    again.close()


def test_columns_come_with_the_parameters_that_a_query_names(either, tmp_path: Path):
    query = tmp_path / "some.sql"
    sql = "-- $none of these\nSELECT $n::INTEGER AS n, $day::DATE AS day, NULL::DOUBLE AS x\n"
    query.write_text(sql, encoding="utf-8")

    found = either.columns(query, n=3, day=date(2026, 6, 30), unnamed="left out")

    assert found.to_pylist() == [{"n": 3, "day": date(2026, 6, 30), "x": None}]
