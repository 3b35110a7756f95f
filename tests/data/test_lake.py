"""The truth: a batch is all there or not at all, carries its lineage, and undoing it takes out exactly its rows."""

from datetime import date

import pyarrow.parquet as pq
import pytest

from data.datasets import BY_NAME
from data.lake import Lake, LakeError, Receipt, Replaces, arrow_schema


def rows(*accounts: str):
    blank = dict.fromkeys(arrow_schema(BY_NAME["accounts"]).names)
    import pyarrow as pa

    full = [blank | {"account": a, "account_name": a.lower(), "_line": n} for n, a in enumerate(accounts, 2)]
    return pa.Table.from_pylist(full, schema=arrow_schema(BY_NAME["accounts"]))


@pytest.fixture
def lake(tmp_path):
    return Lake(tmp_path / "lake")


def test_a_batch_remembers_its_receipt_to_the_letter(lake):
    receipt = Receipt(
        file="六月.csv",
        sha256="ab",
        user="李敏",
        mapping={"account": "客户编码"},
        answers={"overlap": "replace"},
        rows_in=3,
        rows_rejected=1,
        totals={"amount": "16117548.24"},
        period=("2026-06-01", "2026-06-30"),
        replaces=Replaces(date(2026, 6, 1), date(2026, 6, 30), ("A01",)),
    )

    lake.commit(BY_NAME["accounts"], rows("A", "B"), receipt)

    [batch] = Lake(lake.root).batches("accounts")
    assert (batch.receipt, batch.rows, batch.dataset, batch.live) == (receipt, 2, "accounts", True)


def test_batches_are_ordered_by_version_not_by_clock(lake):
    first, second = (lake.commit(BY_NAME["accounts"], rows(a), Receipt(a, a, "u")) for a in "AB")

    assert first.seq < second.seq
    assert [b.id for b in lake.batches()] == [second.id, first.id]


def test_undo_takes_the_files_of_one_batch_out_and_keeps_its_story(lake):
    first, second = (lake.commit(BY_NAME["accounts"], rows(a), Receipt(a, a, "u")) for a in "AB")

    lake.undo(first.id, "u")

    assert set(lake.files("accounts")) == {second.id}
    assert [b.live for b in lake.batches("accounts")] == [True, False]


def test_an_undone_or_unknown_batch_cannot_be_undone(lake):
    batch = lake.commit(BY_NAME["accounts"], rows("A"), Receipt("f", "s", "u"))
    lake.undo(batch.id, "u")

    with pytest.raises(LakeError, match="was undone already"):
        lake.undo(batch.id, "u")
    with pytest.raises(LakeError, match="no batch 'nothing'"):
        lake.undo("nothing", "u")


def test_the_same_bytes_are_recognised_while_they_are_live(lake):
    batch = lake.commit(BY_NAME["accounts"], rows("A"), Receipt("f", "same", "u"))

    assert lake.same_file("accounts", "same") == batch
    assert lake.same_file("accounts", "other") is None
    assert lake.same_file("products", "same") is None
    lake.undo(batch.id, "u")
    assert lake.same_file("accounts", "same") is None


def test_version_grows_with_every_commit_and_undo_and_is_empty_without_tables(lake):
    assert lake.version() == ()
    batch = lake.commit(BY_NAME["accounts"], rows("A"), Receipt("f", "s", "u"))
    after_commit = lake.version()
    lake.undo(batch.id, "u")

    assert dict(lake.version())["accounts"] > dict(after_commit)["accounts"]


def test_a_second_process_sees_the_batch_at_once(lake):
    other = Lake(lake.root)
    assert other.batches("accounts") == []
    batch = lake.commit(BY_NAME["accounts"], rows("A"), Receipt("f", "s", "u"))

    assert other.batches("accounts") == [batch]


def test_rows_of_another_shape_are_refused_and_nothing_is_there(lake):
    import pyarrow as pa

    lake.commit(BY_NAME["accounts"], rows("A"), Receipt("f", "s", "u"))
    with pytest.raises(LakeError, match="rows for accounts have the columns"):
        lake.commit(BY_NAME["accounts"], pa.table({"account": ["A"], "surprise": [1]}), Receipt("f", "s", "u"))

    assert len(lake.batches("accounts")) == 1


def test_files_hold_the_line_of_the_source_file(lake):
    batch = lake.commit(BY_NAME["accounts"], rows("A", "B"), Receipt("f", "s", "u"))

    [file] = lake.files("accounts")[batch.id]
    assert pq.read_table(file, columns=["_line"], partitioning=None)["_line"].to_pylist() == [2, 3]


def test_the_log_is_kept_for_good(lake):
    from deltalake import DeltaTable

    lake.commit(BY_NAME["accounts"], rows("A"), Receipt("f", "s", "u"))

    configuration = DeltaTable(lake.root / "accounts").metadata().configuration
    assert configuration["delta.enableExpiredLogCleanup"] == "false"


def test_files_keep_statistics_only_where_readers_filter(lake):
    batch = lake.commit(BY_NAME["accounts"], rows("A", "B"), Receipt("a.csv", "", "u"))

    [file] = lake.files("accounts")[batch.id]
    meta = pq.ParquetFile(file).metadata.row_group(0)
    kept = {meta.column(n).path_in_schema for n in range(meta.num_columns) if meta.column(n).statistics is not None}
    assert kept == {"account"}
