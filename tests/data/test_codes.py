"""What aliases come to: chains, circles and contradictions in the lake, what is refused, and rows under the codes that
count; the totals of all accounts never change with an alias, and an undone one leaves no trace."""

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.codes import Alias, Meaning, door, in_force, tangles
from data.datasets import BY_NAME
from data.lake import Receipt, Replaces, arrow_schema
from data.store import Store
from tests.conftest import giver
from tests.data.test_store import DAYS


def a(alias: str, account: str, used_by: str = "") -> Alias:
    return Alias(alias, used_by, account=account)


def p(alias: str, sku: str, used_by: str = "") -> Alias:
    return Alias(alias, used_by, sku=sku)


def meant(*aliases: Alias) -> dict[tuple[str, str], str]:
    return {(m.code, m.used_by): m.target for m in in_force(aliases)}


# -- meanings ---------------------------------------------------------------------------------------------------------


def test_an_alias_means_what_it_stands_for_whoever_uses_it():
    assert in_force([a("100200", "A01", "SAP")]) == [Meaning("account", "100200", "", "A01")]


def test_a_chain_in_the_lake_is_followed_to_its_end():
    assert meant(a("a", "b"), a("b", "c"), a("c", "d")) == {("a", ""): "d", ("b", ""): "d", ("c", ""): "d"}


@pytest.mark.parametrize("circle", [("b", "a"), ("b", "c", "a")])
def test_what_goes_round_in_a_circle_stays_what_the_file_said_and_so_does_what_leads_into_it(circle):
    ring = list(zip(("a", *circle[:-1]), circle, strict=True))

    assert meant(*(a(*pair) for pair in ring), a("x", "a"), a("y", "z")) == {("y", ""): "z"}


def test_an_alias_of_itself_changes_nothing():
    assert meant(a("a", "a"), a("b", "b", "c"), p("x", "x")) == {}


def test_a_code_that_two_systems_use_for_two_accounts_is_not_guessed():
    assert meant(a("1001", "A", "SAP"), a("1001", "B", "U8")) == {}
    assert meant(a("1001", "A", "SAP"), a("1001", "A", "U8")) == {("1001", ""): "A"}


def test_an_article_number_of_one_account_counts_there_and_goes_before_everybodys():
    found = meant(p("10", "X"), p("10", "Y", "A"), p("11", "Z", "old A"), a("old A", "A"))

    assert found == {("10", ""): "X", ("10", "A"): "Y", ("11", "A"): "Z", ("old A", ""): "A"}


def test_an_article_number_may_be_itself_with_one_account_and_another_for_all_others():
    assert meant(p("10", "X"), p("10", "10", "A")) == {("10", ""): "X", ("10", "A"): "10"}


@given(st.lists(st.tuples(*[st.sampled_from("abcde")] * 2), max_size=8))
def test_no_meaning_points_at_a_code_that_means_another(pairs):
    found = {m.code: m.target for m in in_force(a(*pair) for pair in pairs)}

    assert not set(found) & set(found.values())


# -- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "new", "refused"),
    [
        ([], [a("a", "b"), a("c", "b")], {}),
        ([], [a("a", "a")], {"a": "alias_itself"}),
        ([], [a("a", "a", "b")], {}),  # says that a and b are not the same
        ([a("b", "c")], [a("a", "b")], {"a": "alias_chain"}),
        ([a("a", "b")], [a("b", "c")], {"b": "alias_chain"}),
        ([], [a("a", "b"), a("b", "c")], {"a": "alias_chain", "b": "alias_chain"}),
        ([a("b", "a")], [a("a", "b")], {"a": "alias_circle"}),
        ([a("a", "b")], [a("a", "c")], {}),  # the later row of a key wins
        ([a("a", "b", "SAP")], [a("a", "c", "U8")], {"a": "alias_of_two"}),
        ([], [Alias("a")], {"a": "alias_of_one"}),
        ([], [Alias("a", "", "b", None, "c")], {"a": "alias_of_one"}),
        ([a("b", "c")], [p("a", "b")], {}),  # an account's code and a product's are two things
        ([p("10", "X", "A")], [p("10", "Y", "B")], {}),
        ([p("10", "X")], [p("10", "Y", "A")], {}),
    ],
)
def test_an_alias_that_cannot_be_taken_is_refused_with_the_reason(before, new, refused):
    assert tangles(before, new) == refused


# -- rows -------------------------------------------------------------------------------------------------------------


def sold(account: str, day: str = "2026-02-14", qty: int = 1, sku: str = "X") -> dict[str, object]:
    return {"account": account, "sku": sku, "sold_on": day, "qty": qty}


def figures(store: Store) -> dict[str, int]:
    return dict(store.execute("SELECT account, sum(qty)::INTEGER FROM sales_month GROUP BY account ORDER BY account"))


@pytest.mark.parametrize("alias_first", [True, False])
def test_codes_that_mean_the_same_are_one_account_in_tables_and_marts(store, given, alias_first):
    put = [
        ("sell_out", [sold("苏宁", qty=2), sold("苏宁易购", qty=3), sold("国美", qty=5)]),
        ("aliases", [{"alias": "苏宁", "account": "苏宁易购"}]),
    ]
    for dataset, rows in reversed(put) if alias_first else put:
        given(dataset, *rows)

    assert figures(store) == {"国美": 5, "苏宁易购": 5}
    assert store.execute("SELECT account FROM account_dim ORDER BY account") == [("国美",), ("苏宁易购",)]
    assert store.execute("SELECT DISTINCT _said FROM sell_out WHERE _said IS NOT NULL") == [("苏宁",)]


def test_an_undone_alias_leaves_no_trace(store, given):
    given("sell_out", sold("a", qty=2), sold("b", qty=3))
    given("accounts", {"account": "a", "account_name": "A"}, {"account": "b", "account_name": "B"})
    before = figures(store), store.execute("SELECT account, name FROM account_dim ORDER BY account")
    batch = given("aliases", {"alias": "a", "account": "b"})
    assert figures(store) == {"b": 5}

    store.lake.undo(batch.id, "u")
    store.version()

    assert (figures(store), store.execute("SELECT account, name FROM account_dim ORDER BY account")) == before


def test_a_master_row_under_its_own_code_goes_before_one_that_came_by_an_alias(store, given):
    given("accounts", {"account": "b", "account_name": "own"}, {"account": "a", "account_name": "later, of the alias"})
    given("aliases", {"alias": "a", "account": "b"})

    assert store.execute("SELECT account, account_name FROM accounts") == [("b", "own")]


def test_of_two_targets_of_codes_that_mean_the_same_the_later_counts(store, given):
    given("aliases", {"alias": "a", "account": "b"})
    given("targets", {"account": "b", "month": "2026-01-01", "amount": 1, "category": "c"})
    given("targets", {"account": "a", "month": "2026-01-01", "amount": 2, "category": "c"})

    assert store.execute("SELECT account, amount::INTEGER FROM targets") == [("b", 2)]


@pytest.mark.parametrize("synced", [True, False])
def test_what_a_batch_replaces_goes_by_the_words_of_the_files(store, given, synced):
    given("aliases", {"alias": "a", "account": "b"})
    given("sell_out", sold("a", qty=2), sold("b", qty=3), sync=synced)
    given("sell_out", sold("a", qty=7), replaces=Replaces(date(2026, 2, 1), date(2026, 2, 28), ("a",)))

    assert figures(store) == {"b": 10}


def test_an_article_number_counts_with_its_account_only(store, given):
    given("sell_out", sold("A", sku="10"), sold("B", sku="10"), sold("old A", sku="10"))
    given("aliases", {"alias": "10", "used_by": "A", "sku": "X1"}, {"alias": "old A", "account": "A"})

    assert store.execute("SELECT account, sku, count(*) FROM sell_out GROUP BY ALL ORDER BY ALL") == [
        ("A", "X1", 2),
        ("B", "10", 1),
    ]


def test_an_alias_that_meets_no_row_makes_no_table_anew(store, given, monkeypatch):
    given("sell_out", sold("a"))
    monkeypatch.setattr("data.sync._rebuild", lambda con, work: calls.append(work.dataset.name))
    calls: list[str] = []

    given("aliases", {"alias": "z", "account": "a"})
    assert calls == ["aliases"]


def test_every_column_that_holds_a_code_goes_through_the_door():
    coded = {(d.name, column) for d in BY_NAME.values() for column in door(d, ()).coded}

    assert {("accounts", "parent"), ("trials", "replaces"), ("products", "sku"), ("trainings", "store")} <= coded
    assert not any(name == "aliases" for name, _ in coded)


# -- any history ------------------------------------------------------------------------------------------------------

CODES = "ABCD"
STEP = st.one_of(
    st.tuples(
        st.just("sell_out"),
        st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(DAYS), st.integers(1, 9)), min_size=1, max_size=4),
        st.none()
        | st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS), st.sampled_from([None, ("A",), ("A", "B")])),
    ),
    st.tuples(
        st.just("aliases"), st.lists(st.tuples(*[st.sampled_from(CODES)] * 2), min_size=1, max_size=3), st.none()
    ),
    st.tuples(st.just("undo"), st.integers(0, 9), st.none()),
)


def model(history: list) -> list[tuple]:
    """Rows that no later live batch replaces, by the file's own words; then each code followed along live aliases."""
    live = [(kind, rows, scope) for kind, rows, scope, counts in history if counts]
    said: dict[str, str] = {}
    for kind, pairs, _ in live:
        said |= dict(pairs) if kind == "aliases" else {}

    def end(code: str) -> str:
        path = [code]
        while (code := said.get(path[-1], path[-1])) != path[-1]:
            if code in path:
                return path[0]
            path.append(code)
        return code

    def hidden(n: int, code: str, day: date) -> bool:
        scopes = (scope for kind, _, scope in live[n + 1 :] if kind == "sell_out" and scope)
        return any(since <= day <= until and (who is None or code in who) for since, until, who in scopes)

    return sorted(
        (end(code), day, qty)
        for n, (kind, rows, _) in enumerate(live)
        if kind == "sell_out"
        for code, day, qty in rows
        if not hidden(n, code, day)
    )


def lived(store: Store, steps: list, *, sync: bool) -> list:
    """Do the steps to a store, looking after each of them or not; returns the history for the model."""
    put, history, batches = giver(store), [], []
    for kind, payload, scope in steps:
        if kind == "undo":
            if live := [n for n, step in enumerate(history) if step[3]]:
                n = live[payload % len(live)]
                store.lake.undo(batches[n].id, "u")
                history[n][3] = False
        else:
            scope = scope and (min(scope[:2]), max(scope[:2]), scope[2])
            columns = ("account", "sold_on", "qty") if kind == "sell_out" else ("alias", "account")
            rows = [dict(zip(columns, row, strict=True)) for row in payload]
            batches.append(put(kind, *rows, replaces=scope and Replaces(*scope), sync=False))
            history.append([kind, payload, scope, True])
        if sync:
            store.version()
    store.version()
    return history


def rows(store: Store) -> list[tuple]:
    return store.execute("SELECT account, sold_on, qty::INTEGER AS qty FROM sell_out ORDER BY account, sold_on, qty")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, min_size=1, max_size=8), st.booleans())
def test_after_any_history_rows_count_under_the_codes_that_aliases_leave(tmp_path_factory, steps, sync):
    store = Store(tmp_path_factory.mktemp("any"), memory_mb=256)
    want = model(lived(store, steps, sync=sync))

    assert rows(store) == want
    by_account = {account: sum(q for who, _, q in want if who == account) for account, _, _ in want}
    assert figures(store) == by_account
    rebuilt = Store(store.root, memory_mb=256)
    rebuilt.version()
    assert rows(rebuilt) == want
    rebuilt.close()
    store.close()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(STEP, min_size=1, max_size=5), st.lists(st.tuples(*[st.sampled_from(CODES)] * 2), min_size=1, max_size=4)
)
def test_taking_aliases_back_gives_exactly_the_former_figures(tmp_path_factory, steps, pairs):
    store = Store(tmp_path_factory.mktemp("any"), memory_mb=256)
    lived(store, steps, sync=True)
    before, total = (rows(store), figures(store)), sum(figures(store).values())

    batch = giver(store)("aliases", *[{"alias": alias, "account": code} for alias, code in pairs])
    assert sum(figures(store).values()) == total  # an alias moves figures between codes, and loses none
    store.lake.undo(batch.id, "u")
    store.version()

    assert (rows(store), figures(store)) == before
    store.close()


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=2, max_size=7))
def test_spark_reads_through_the_same_aliases(tmp_path_factory, spark_address, steps):
    embedded = Store(tmp_path_factory.mktemp("any"), memory_mb=256)
    spark = Store(embedded.root, engine=spark_address)
    spark.version()
    want = model(lived(embedded, steps, sync=False))
    spark.version()

    assert rows(spark) == rows(embedded) == want
    ask = "SELECT account AS account, sum(qty)::INTEGER AS qty FROM sales_month GROUP BY account ORDER BY account"
    assert spark.execute(ask) == embedded.execute(ask)
    spark.close()
    embedded.close()


def test_both_engines_agree_on_masters_and_on_article_numbers_of_one_account(store, spark_address):
    put = giver(store)
    put(
        "accounts",
        {"account": "b", "account_name": "own", "parent": "old g"},
        {"account": "a", "account_name": "alias"},
    )
    put("products", {"sku": "X1", "sku_name": "X"}, {"sku": "10", "sku_name": "ten"})
    put("sell_out", sold("a", sku="10"), sold("b", sku="10"), sold("c", sku="10"))
    put(
        "aliases",
        {"alias": "a", "account": "b"},
        {"alias": "old g", "account": "g"},
        {"alias": "10", "used_by": "b", "sku": "X1"},
    )
    spark = Store(store.root, engine=spark_address)
    spark.version()

    for ask in (
        "SELECT account AS account, name AS name, parent AS parent FROM account_dim ORDER BY account",
        "SELECT sku AS sku, name AS name FROM product_dim ORDER BY sku",
        "SELECT account AS account, sku AS sku, _said AS said FROM sell_out ORDER BY account, sku, _line",
    ):
        assert spark.execute(ask) == store.execute(ask)
    assert store.execute("SELECT account, name, parent FROM account_dim ORDER BY account")[0] == ("b", "own", "g")
    spark.close()


def test_a_file_from_before_its_contract_had_a_coded_column_is_read_through_aliases_too(store):
    now = BY_NAME["sell_out"]
    then = replace(now, fields=tuple(f for f in now.fields if f.name != "store"))
    row = {f.name: None for f in then.fields} | {"account": "old", "sold_on": date(2026, 1, 1), "_line": 2}
    store.lake.commit(then, pa.Table.from_pylist([row], schema=arrow_schema(then)), Receipt("old.csv", "", "u"))

    giver(store)("aliases", {"alias": "old", "account": "A"}, {"alias": "s", "store": "S"})

    assert store.execute("SELECT account, store FROM sell_out") == [("A", None)]
