"""What became of a file: rows in and out, totals that were typed, who replaced whom, how many rows still count."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from data import lineage
from data.lake import Batch, Receipt, Replaces
from data.lineage import entries, entry, replaces, uploads

JUNE = Replaces(date(2026, 6, 1), date(2026, 6, 30))
AT = datetime(2026, 7, 1, 4, tzinfo=UTC)


def batch(
    seq: int, *, rows: int = 10, days: int = 0, dataset: str = "sell_out", undone: bool = False, **receipt
) -> Batch:
    known = {"file": f"{seq}.csv", "sha256": "", "user": "ana", "period": ("2026-06-01", "2026-06-30")} | receipt
    at = AT + timedelta(days=days)
    return Batch(f"b{seq}", dataset, seq, at, rows, Receipt(**known), at if undone else None)


def sold(account: str, day: str) -> dict[str, object]:
    return {"account": account, "sku": "X", "sold_on": day, "qty": 1, "amount": 10}


@pytest.mark.parametrize(("rows_in", "back", "lost"), [(12, 2, 0), (13, 2, 1), (11, 2, -1), (0, 0, 0)])
def test_rows_in_are_loaded_or_handed_back_and_what_is_neither_is_named(rows_in, back, lost):
    one = entry(batch(1, rows_in=rows_in, rows_rejected=back), [], {("sell_out", 1): 10})

    assert one.unexplained == lost and one.differs is bool(lost)
    assert one.rows_in == (rows_in or None)  # an old receipt that does not say has nothing unexplained


@pytest.mark.parametrize(
    ("typed", "off"),
    [
        ({"rows": "10"}, []),
        ({"rows": "11"}, ["−1"]),
        ({"amount": "99.5"}, ["+0.5"]),
        ({"amount": "100.00"}, []),
        ({"qty": "5"}, [""]),
        ({}, []),
    ],
)
def test_totals_that_were_typed_stand_beside_what_was_loaded(typed, off):
    one = entry(batch(1, totals={"amount": "100.0000"}, control=typed), [], {("sell_out", 1): 10})

    assert [c.more for c in one.control if not c.agrees] == off and one.differs is bool(off)
    assert [c.name for c in one.control] == list(typed)


def test_a_file_of_which_rows_no_longer_count_names_the_later_files_that_replace_its_days():
    first, other = batch(1), batch(2, period=("2026-05-01", "2026-05-31"))
    later = batch(3, replaces=JUNE)
    batches = [later, other, first]

    one = entry(first, batches, {("sell_out", 1): 4})

    assert (one.counting, one.hidden, one.replaced_by) == (4, 6, (later,))
    assert entry(first, batches, {("sell_out", 1): 10}).replaced_by == ()  # nothing of it is hidden
    assert entry(other, batches, {("sell_out", 2): 10}).replaced_by == ()


@pytest.mark.parametrize(
    ("later", "found"),
    [
        (batch(2, replaces=JUNE), True),
        (batch(2), False),
        (batch(2, replaces=JUNE, undone=True), False),
        (batch(2, replaces=JUNE, dataset="sell_in"), False),
        (batch(0, replaces=JUNE), False),
        (batch(2, replaces=replace(JUNE, since=date(2026, 6, 30), until=date(2026, 7, 9))), True),
        (batch(2, replaces=replace(JUNE, since=date(2026, 7, 1), until=date(2026, 7, 9))), False),
        (batch(2, replaces=replace(JUNE, since=date(2026, 5, 1), until=date(2026, 6, 1))), True),
        (batch(2, replaces=replace(JUNE, since=date(2026, 5, 1), until=date(2026, 5, 31))), False),
    ],
)
def test_a_live_later_file_of_the_dataset_replaces_when_its_days_meet(later, found):
    assert replaces(later, batch(1)) is found
    assert replaces(later, batch(1, period=None)) is (found or _only_days_differ(later))


def _only_days_differ(later: Batch) -> bool:
    """A file that does not say its days may hold any."""
    return later.live and later.dataset == "sell_out" and later.seq > 1 and later.receipt.replaces is not None


def test_an_undone_file_counts_nothing_and_hides_nothing():
    one = entry(batch(1, undone=True), [], {("sell_out", 1): 10})

    assert (one.counting, one.hidden) == (0, 0)


def test_the_store_says_how_many_rows_of_each_file_count(store, given):
    first = given("sell_out", sold("A", "2026-06-01"), sold("A", "2026-06-30"), sold("B", "2026-06-30"))
    second = given("sell_out", sold("A", "2026-06-30"), replaces=replace(JUNE, accounts=("A",)))
    third = given("sell_in", sold("A", "2026-06-30"))

    found = {one.batch.id: one.counting for one in entries(store)}

    assert found == {third.id: 1, second.id: 1, first.id: 1}
    store.lake.undo(second.id, "ana")
    assert {one.batch.id: one.counting for one in entries(store)} == {third.id: 1, second.id: 0, first.id: 3}


def test_in_master_data_a_later_row_outdates_an_earlier_one(store, given):
    first = given("products", {"sku": "X", "sku_name": "a"}, {"sku": "Y", "sku_name": "b"})
    given("products", {"sku": "X", "sku_name": "c"})

    [old] = [one for one in entries(store) if one.batch.id == first.id]

    assert (old.counting, old.hidden, old.replaced_by) == (1, 1, ())


def test_nothing_published_has_no_lineage(store):
    assert entries(store) == [] and uploads([]) == []


def test_the_usual_days_between_uploads_go_by_the_median_and_need_three_days():
    days = [batch(seq, days=day) for seq, day in enumerate((0, 30, 61, 200))]

    [up] = uploads([*days, batch(9, days=300, undone=True), batch(8, days=200)])

    assert (up.dataset, up.count, up.rhythm_days, up.last.seq) == ("sell_out", 5, 31.0, 8)
    assert uploads(days[:2])[0].rhythm_days is None and uploads(days[:3])[0].rhythm_days == 30.5


def test_an_exact_decimal_is_compared_not_a_float():
    one = entry(batch(1, totals={"amount": "0.3000"}, control={"amount": "0.3"}), [], {})

    assert one.control[0].found == Decimal("0.3") and not one.differs
    assert lineage.day(AT) == AT.astimezone().date()
