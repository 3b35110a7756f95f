"""The truth: one Delta Lake table per dataset, partitioned by batch; commits carry lineage, undo is a partition delete.

A batch is what one published file added. Its receipt (file name, SHA-256, user, mapping, answers, control totals,
what it replaces) travels in the Delta commit's own metadata, so lineage and audit need no table of ours. Nothing is
ever vacuumed: every version stays readable, and an undone batch can still be looked at.
"""

import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from data import spans
from data.contract import Dataset, Kind
from data.datasets import BY_NAME

if TYPE_CHECKING:
    from deltalake import WriterProperties

ARROW: dict[Kind, pa.DataType] = {
    Kind.TEXT: pa.string(),
    Kind.DATE: pa.date32(),
    Kind.MONTH: pa.date32(),
    Kind.QUANTITY: pa.decimal128(18, 3),
    Kind.MONEY: pa.decimal128(18, 4),
    Kind.COUNT: pa.int64(),
    Kind.RATE: pa.float64(),
    Kind.FLAG: pa.bool_(),
}
KEPT = {  # the log is the audit trail: never let Delta expire it
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
    "delta.enableExpiredLogCleanup": "false",
}
MARK = "weatherglass"  # the key of our metadata in a Delta commit
STAMPS = (  # a row's batch: within, for readers that see files only; and as partition, so that undo takes files out
    pa.field("_batch", pa.string()),
    pa.field("batch", pa.string()),
)
ROW_GROUP = 122_880  # rows; DuckDB scans a row group per thread, so no larger than its own


class LakeError(Exception):
    """The lake cannot do what was asked; the message names the batch or table and the next step."""


@dataclass(frozen=True, slots=True)
class Replaces:
    """A batch hides earlier rows from `since` to `until` (both included) of these accounts (None: all of them)."""

    since: date
    until: date
    accounts: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is known of a file when it is published. `totals` are decimal strings; `period` two ISO days.

    `headers` are the file's own, by which the next file of its layout is recognised (none on receipts of old);
    `control` are the totals that a person said it should have, as typed; `corrects` says of which files, by the marks
    of data/ingest/rejects.py, it brings back how many rejected rows.
    """

    file: str
    sha256: str
    user: str
    mapping: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    rows_in: int = 0
    rows_rejected: int = 0
    totals: dict[str, str] = field(default_factory=dict)
    period: tuple[str, str] | None = None
    replaces: Replaces | None = None
    headers: tuple[str, ...] = ()
    control: dict[str, str] = field(default_factory=dict)
    corrects: dict[str, int] = field(default_factory=dict)

    @property
    def covered(self) -> tuple[str, str] | None:
        """The days that its rows stand for: `period`, and the whole of a month or week that a row says."""
        days = self.period and spans.covered(
            (date.fromisoformat(self.period[0]), date.fromisoformat(self.period[1])), self.answers
        )
        return days and (str(days[0]), str(days[1]))


@dataclass(frozen=True, slots=True)
class Batch:
    """One published file. `seq` is its Delta version, the only order that counts; clocks are for people."""

    id: str
    dataset: str
    seq: int
    committed_at: datetime
    rows: int
    receipt: Receipt
    undone_at: datetime | None = None

    @property
    def live(self) -> bool:
        """Whether its rows count."""
        return self.undone_at is None


def arrow_schema(dataset: Dataset) -> pa.Schema:
    """What `Lake.commit` takes: the contract's columns in order, then `_line`, the line of the file (int64)."""
    return pa.schema([(f.name, ARROW[f.kind]) for f in dataset.fields] + [("_line", pa.int64())])


class Lake:
    """The Delta tables below one folder; one per dataset, made when first written."""

    def __init__(self, root: Path):
        self.root = root
        self._seen: dict[str, tuple[int, list[Batch]]] = {}

    def version(self) -> tuple[tuple[str, int], ...]:
        """(dataset, latest Delta version) for every table that exists; two directory reads a table, no parsing."""
        found = ((name, _latest(self.root / name / "_delta_log")) for name in BY_NAME)
        return tuple((name, version) for name, version in found if version >= 0)

    def commit(
        self, dataset: Dataset, rows: pa.RecordBatchReader | pa.Table, receipt: Receipt, batch_id: str = ""
    ) -> Batch:
        """Add one batch in one Delta commit; all of it or nothing is there afterwards, also after a kill -9.

        `rows` has the columns of `arrow_schema(dataset)`; anything else raises `LakeError`. A table that was made
        before the contract gained a field gains the column; earlier rows have it empty. `batch_id`: see `new_batch_id`.
        """
        from deltalake import CommitProperties, write_deltalake

        if rows.schema != arrow_schema(dataset):
            raise LakeError(f"rows for {dataset.name} have the columns {rows.schema.names}, not those of its contract")
        batch = batch_id or new_batch_id()
        stamped = _Stamped(rows, batch)
        note = json.dumps({"batch": batch, "receipt": asdict(receipt)}, ensure_ascii=False, default=str)
        write_deltalake(
            self._table(dataset),
            stamped.reader(),
            mode="append",
            schema_mode="merge",
            partition_by=["batch"],
            commit_properties=CommitProperties(custom_metadata={MARK: note}),
            writer_properties=_writing(dataset),
        )
        return next(b for b in self.batches(dataset.name) if b.id == batch)

    def undo(self, batch_id: str, user: str) -> Batch:
        """Take a batch out; what it replaced counts again. Raises `LakeError` when it is unknown or undone already."""
        from deltalake import CommitProperties, DeltaTable

        batch = next((b for b in self.batches() if b.id == batch_id), None)
        if batch is None:
            raise LakeError(f"no batch {batch_id!r}; `python -m data list` shows what there is")
        if not batch.live:
            raise LakeError(
                f"batch {batch_id} of {batch.dataset} was undone already at {batch.undone_at:%Y-%m-%d %H:%M}"
            )
        note = json.dumps({"undo": batch_id, "user": user}, ensure_ascii=False)
        table = DeltaTable(self.root / batch.dataset)
        table.delete(f"batch = '{batch.id}'", commit_properties=CommitProperties(custom_metadata={MARK: note}))
        return next(b for b in self.batches(batch.dataset) if b.id == batch_id)

    def batches(self, dataset: str | None = None) -> list[Batch]:
        """Every batch ever published, newest first by `seq` within a dataset; undone ones say when."""
        names = [dataset] if dataset else list(BY_NAME)
        found = [batch for name in names for batch in self._history(name)]
        return sorted(found, key=lambda b: (b.committed_at, b.seq), reverse=True)

    def same_file(self, dataset: str, sha256: str) -> Batch | None:
        """The live batch made from the very same bytes, if there is one."""
        return next((b for b in self.batches(dataset) if b.live and b.receipt.sha256 == sha256), None)

    def files(self, dataset: str) -> dict[str, list[str]]:
        """Live Parquet files by batch id; absolute paths."""
        from deltalake import DeltaTable

        if _latest(self.root / dataset / "_delta_log") < 0:
            return {}
        found: dict[str, list[str]] = {}
        for uri in DeltaTable(self.root / dataset).file_uris():
            path = uri.removeprefix("file://")
            found.setdefault(Path(path).parent.name.removeprefix("batch="), []).append(path)
        return found

    def parts(self, batch: Batch) -> list[Path]:
        """The Parquet files of a batch, undone or not: undo takes them out of the table, not off the disk."""
        return sorted((self.root / batch.dataset / f"batch={batch.id}").glob("*.parquet"))

    def _table(self, dataset: Dataset) -> Path:
        """The dataset's folder, its table created on first use (concurrent creators: one wins, both go on)."""
        from deltalake import DeltaTable

        path = self.root / dataset.name
        if _latest(path / "_delta_log") < 0:
            path.mkdir(parents=True, exist_ok=True)
            schema = pa.schema([*arrow_schema(dataset), *STAMPS])
            DeltaTable.create(path, schema=schema, mode="ignore", partition_by=["batch"], configuration=dict(KEPT))
        return path

    def _history(self, dataset: str) -> list[Batch]:
        """The batches of one table, oldest first; parsed again only when the table has a newer version."""
        from deltalake import DeltaTable

        latest = _latest(self.root / dataset / "_delta_log")
        if latest < 0:
            return []
        cached = self._seen.get(dataset)
        if cached is None or cached[0] != latest:
            history = DeltaTable(self.root / dataset, version=latest).history()
            cached = (latest, _batches(dataset, reversed(history)))
            self._seen[dataset] = cached
        return cached[1]


def new_batch_id() -> str:
    """A name that no other batch has, also for what is kept beside the lake; it begins with the time, for people."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def _writing(dataset: Dataset) -> "WriterProperties":
    """How files are written: statistics where readers filter (every column's take a sixth of a load), lines as steps of
    one, which makes a file a third smaller."""
    from deltalake import ColumnProperties, WriterProperties

    filtered = [name for name in (dataset.dated, "account") if name and dataset.has(name)]
    return WriterProperties(
        compression="LZ4_RAW",
        max_row_group_size=ROW_GROUP,
        default_column_properties=ColumnProperties(statistics_enabled="NONE"),
        column_properties={
            "_line": ColumnProperties(
                dictionary_enabled=False, encoding="DELTA_BINARY_PACKED", statistics_enabled="NONE"
            ),
            **{name: ColumnProperties(statistics_enabled="CHUNK") for name in filtered},
        },
    )


class _Stamped:
    """A stream of record batches that gains the columns of `STAMPS` on the way."""

    def __init__(self, rows: pa.RecordBatchReader | pa.Table, batch: str):
        self._rows, self._batch = rows, batch

    def reader(self) -> pa.RecordBatchReader:
        schema = pa.schema([*self._rows.schema, *STAMPS])
        return pa.RecordBatchReader.from_batches(schema, self._with_batch(schema))

    def _with_batch(self, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        source = self._rows.to_batches() if isinstance(self._rows, pa.Table) else self._rows
        for part in source:
            name = pa.repeat(pa.scalar(self._batch, pa.string()), part.num_rows)
            yield pa.RecordBatch.from_arrays([*part.columns, *[name] * len(STAMPS)], schema=schema)


def _latest(log: Path) -> int:
    """The newest Delta version in a log folder, −1 when there is no table."""
    try:
        with os.scandir(log) as entries:
            return max(
                (int(e.name[:20]) for e in entries if e.name.endswith(".json") and e.name[:20].isdigit()), default=-1
            )
    except FileNotFoundError:
        return -1


def _batches(dataset: str, history: Iterator[dict]) -> list[Batch]:
    """Batches from a table's commits, oldest commit first; a commit without our mark is passed over."""
    found: dict[str, Batch] = {}
    for commit in history:
        note = json.loads(commit.get(MARK, "{}"))
        at = datetime.fromtimestamp(commit["timestamp"] / 1000, UTC)
        if "batch" in note:
            rows = int(commit["operationMetrics"]["num_added_rows"])
            found[note["batch"]] = Batch(note["batch"], dataset, commit["version"], at, rows, _receipt(note["receipt"]))
        elif "undo" in note and note["undo"] in found:
            found[note["undo"]] = replace(found[note["undo"]], undone_at=at)
    return list(found.values())


def _receipt(raw: dict) -> Receipt:
    hides = raw.pop("replaces")
    if hides is not None:
        accounts = hides["accounts"]
        hides = Replaces(
            date.fromisoformat(hides["since"]),
            date.fromisoformat(hides["until"]),
            tuple(accounts) if accounts is not None else None,
        )
    period = tuple(raw.pop("period") or ()) or None
    headers = tuple(raw.pop("headers", ()))
    return Receipt(**raw, period=period, replaces=hides, headers=headers)
