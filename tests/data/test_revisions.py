"""What changed since a day: the two states of a dataset, recomputed row by row, must differ by what is reported."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import hypothesis
import pytest
from hypothesis import assume, settings
from hypothesis import strategies as st

from data.lake import Batch, Receipt, Replaces
from data.revisions import REVISED, changes, closes, end_of, revised
from data.store import Store
from tests.conftest import giver

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def sold(account: str, day: str, qty: int = 1) -> dict[str, object]:
    return {"account": account, "sku": "X", "sold_on": day, "qty": qty, "amount": qty * 10}


def told(store: Store, then: datetime) -> list[tuple]:
    found = revised(_known(store.lake), "sell_out", then)  # type: ignore[arg-type]
    return [(r.month, r.batch.id, r.cause, r.rows, int(r.qty), int(r.amount)) for r in found]


def _known(lake):
    """The lake with the periods that `given` leaves out of receipts."""

    def batches(name=None):
        return [replace(b, receipt=replace(b.receipt, period=("2026-05-01", "2026-06-30"))) for b in lake.batches(name)]

    return SimpleNamespace(batches=batches, parts=lake.parts)


def after(batch: Batch) -> datetime:
    return batch.committed_at + timedelta(microseconds=1)


def test_nothing_changed_is_no_revision(store, given):
    batch = given("sell_out", sold("A", "2026-06-01"))

    assert told(store, after(batch)) == []


def test_a_late_file_adds_to_a_month_that_was_there(store, given):
    first = given("sell_out", sold("A", "2026-05-03"), sold("A", "2026-06-03"))
    late = given("sell_out", sold("B", "2026-05-04", 3), sold("B", "2026-05-05", 4), sold("C", "2026-06-05", 1))

    assert told(store, after(first)) == [(JUNE, late.id, "new", 1, 1, 10), (MAY, late.id, "new", 2, 7, 70)]


def test_months_that_no_file_had_reached_are_new_and_not_revised(store, given):
    first = given("sell_out", sold("A", "2026-06-03"))
    given("sell_out", sold("A", "2026-07-03"))

    assert told(store, after(first)) == []


def test_before_the_first_file_there_was_nothing_to_revise(store, given):
    first = given("sell_out", sold("A", "2026-06-03"))

    assert told(store, first.committed_at - timedelta(seconds=1)) == []


def test_an_undone_file_is_read_from_its_files_and_takes_away(store, given):
    first = given("sell_out", sold("A", "2026-06-03", 2), sold("A", "2026-05-03", 5))
    second = given("sell_out", sold("B", "2026-06-04", 1))
    store.lake.undo(first.id, "ana")

    assert told(store, after(second)) == [
        (JUNE, first.id, "undone", -1, -2, -20),
        (MAY, first.id, "undone", -1, -5, -50),
    ]


def test_a_replacement_takes_from_the_old_file_what_it_hides_and_brings_its_own(store, given):
    first = given(
        "sell_out", *[sold(a, f"2026-{m}-10", q) for a, m, q in (("A", "05", 1), ("A", "06", 2), ("B", "06", 4))]
    )
    better = given("sell_out", sold("A", "2026-06-11", 3), replaces=Replaces(JUNE, date(2026, 6, 30), ("A",)))

    assert told(store, after(first)) == [(JUNE, better.id, "new", 1, 3, 30), (JUNE, first.id, "replaced", -1, -2, -20)]


def test_undoing_a_replacement_restores(store, given):
    first = given("sell_out", sold("A", "2026-06-10", 2))
    better = given("sell_out", sold("A", "2026-06-11", 3), replaces=Replaces(JUNE, date(2026, 6, 30)))
    store.lake.undo(better.id, "ana")
    later = given("sell_out", sold("A", "2026-06-12", 1))

    assert told(store, after(better)) == [
        (JUNE, later.id, "new", 1, 1, 10),
        (JUNE, better.id, "undone", -1, -3, -30),
        (JUNE, first.id, "restored", 1, 2, 20),
    ]


@pytest.mark.parametrize(("day", "hidden"), [("09", False), ("10", True), ("20", True), ("21", False)])
def test_both_ends_of_a_replaced_period_are_included(store, given, day, hidden):
    first = given("sell_out", sold("A", f"2026-06-{day}"))
    given("sell_out", sold("Z", "2026-06-15"), replaces=Replaces(date(2026, 6, 10), date(2026, 6, 20)))

    assert any(cause == "replaced" for _, _, cause, *_ in told(store, after(first))) is hidden


def test_a_month_says_what_it_came_to_and_by_how_much_it_changed(store, given, monkeypatch):
    first = given("sell_out", sold("A", "2026-06-03", 4))
    given("sell_out", sold("B", "2026-06-04", 1))
    monkeypatch.setattr(store, "lake", _known(store.lake))

    [june] = changes(store, "sell_out", after(first))

    assert (june.month, june.qty, june.amount) == (JUNE, 1, 10)
    assert (june.qty_before, june.amount_before, june.share) == (4, 40, 0.25)
    assert [p.cause for p in june.parts] == ["new"]


def test_pieces_stand_in_where_a_dataset_has_no_money(store, given, monkeypatch):
    first = given("stock", {"account": "A", "sku": "X", "counted_on": "2026-06-30", "on_hand": 8})
    given("stock", {"account": "A", "sku": "Y", "counted_on": "2026-06-30", "on_hand": 2})
    monkeypatch.setattr(store, "lake", _known(store.lake))

    [june] = changes(store, "stock", after(first))

    assert (june.qty, june.amount, june.share) == (Decimal(2), 0, 0.25)


def test_datasets_whose_later_row_wins_are_left_out():
    assert {"sell_out", "sell_in", "stock"} <= set(REVISED) and not {"orders", "targets", "products"} & set(REVISED)


def batch_of(day: str) -> Batch:
    at = datetime.fromisoformat(f"{day}T12:00:00").astimezone(UTC)
    return Batch(day, "sell_out", 1, at, 1, Receipt("a.csv", "", "ana"))


@pytest.mark.parametrize(
    ("published", "today", "offered"),
    [
        ([], "2026-07-03", []),
        (["2026-07-01"], "2026-07-03", ["2026-07-01"]),
        (["2026-07-03"], "2026-07-03", []),
        (["2026-06-30"], "2026-07-01", ["2026-06-30"]),
        (["2026-05-31", "2026-06-09"], "2026-07-03", ["2026-06-30", "2026-05-31"]),
        (["2026-06-01", "2026-06-09"], "2026-06-30", ["2026-06-09", "2026-06-01"]),
    ],
)
def test_month_ends_by_which_something_was_there_are_offered_else_days_of_uploads(published, today, offered):
    days = closes([batch_of(day) for day in published], date.fromisoformat(today))

    assert [f"{day}" for day in days] == offered


def test_the_end_of_a_day_is_its_last_moment_here():
    assert end_of(JUNE).replace(tzinfo=None) == datetime(2026, 6, 1, 23, 59, 59, 999999)
    assert end_of(JUNE) + timedelta(microseconds=1) == datetime(2026, 6, 2).astimezone()


DAYS = st.sampled_from(["2026-05-30", "2026-06-01", "2026-06-15"])
ROWS = st.lists(st.builds(sold, st.sampled_from("AB"), DAYS, st.integers(-3, 9)), min_size=1, max_size=3)
SCOPES = st.sampled_from(
    [
        None,
        Replaces(MAY, date(2026, 5, 31)),
        Replaces(JUNE, date(2026, 6, 10), ("A",)),
        Replaces(date(2026, 5, 30), date(2026, 6, 15)),
    ]
)
STEPS = st.lists(st.one_of(st.tuples(ROWS, SCOPES), st.integers(0, 5)), min_size=2, max_size=6)


@settings(max_examples=12, deadline=None)
@hypothesis.given(STEPS, st.integers(0, 4))
def test_what_is_reported_is_the_difference_of_the_two_states(tmp_path_factory, steps, cut):
    store = Store(tmp_path_factory.mktemp("home"), memory_mb=256)
    put, states, moments = giver(store), [], []
    for step in steps:
        live = [b for b in store.lake.batches("sell_out") if b.live]
        if isinstance(step, tuple):
            put("sell_out", *step[0], replaces=step[1])
        elif live:
            store.lake.undo(live[step % len(live)].id, "ana")
            store.version()
        states.append(_by_month(store))
        moments.append(_last_change(store))
    at = min(cut, len(steps) - 1)
    assume(moments[at] is not None and moments.count(moments[at]) == 1)  # else two steps fell into one millisecond

    found: dict[date, int] = defaultdict(int)
    for one in revised(_known(store.lake), "sell_out", moments[at]):  # type: ignore[arg-type]
        found[one.month] += int(one.qty)

    there = any(b.committed_at <= moments[at] and not (b.undone_at and b.undone_at <= moments[at])
                for b in store.lake.batches("sell_out"))  # fmt: skip
    store.close()
    changed = {m: n for m in states[-1].keys() | states[at].keys() if (n := states[-1][m] - states[at][m])}
    assert {m: n for m, n in found.items() if n} == (changed if there else {})


def _last_change(store: Store) -> datetime | None:
    changes = (at for b in store.lake.batches("sell_out") for at in (b.committed_at, b.undone_at) if at)
    return max(changes, default=None)


def _by_month(store: Store) -> dict[date, int]:
    month = "date_trunc('month', sold_on)::DATE"
    rows = store.execute(f"SELECT {month} AS m, sum(qty)::INTEGER AS q FROM sell_out GROUP BY {month}")
    return defaultdict(int, rows)
