"""The engine for what no longer fits one machine: a Spark cluster, reached by Spark Connect, over the same Delta files.

Spark needs no plug-in and writes nothing. It is handed the explicit list of live Parquet files of every dataset and
what later batches hide of them, as temporary views of our session; marts are worked out when what they read changes and
kept by the cluster without their history (local checkpoints): as views within views a question took minutes to plan.
What analysis works out is handed over as Parquet files, which are gone with the store.
The home folder must be visible to the cluster under the same path. Source: Spark Connect, https://spark.apache.org/spark-connect.
"""

import logging
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from data.codes import ALIASES, MEANS, MEANS_COLUMNS, SAID, SPOKEN, Alias, Meaning, door, in_force
from data.contract import Dataset, Kind
from data.datasets import BY_NAME, DATASETS
from data.dialect import spark
from data.engine import Answer, EngineError, Version
from data.lake import Lake
from data.marts import FLOWS, KEPT, MARTS, VIEWS, Kept, Mart
from data.rows import hidden, rows_that_count

if TYPE_CHECKING:
    from pyspark.sql.connect.session import SparkSession

T = TypeVar("T")
log = logging.getLogger(__name__)

TYPES = {kind: {"VARCHAR": "STRING"}.get(kind.sql, kind.sql) for kind in Kind}
EVER: dict[str, Any] = {"since": date(1, 1, 1), "until": date(9999, 12, 31)}
LOST = (  # in errors of a vanished session, or of what a vanished executor kept
    *("INVALID_HANDLE", "TABLE_OR_VIEW_NOT_FOUND", "is not running", "UNAVAILABLE"),
    *("CHECKPOINT_RDD_BLOCK_ID_NOT_FOUND", "DATAFRAME_NOT_FOUND", "checkpoint relation is not available"),
)
KEEPS = {  # types of kept columns
    "VARCHAR": pa.string(), "DOUBLE": pa.float64(), "BIGINT": pa.int64(), "DATE": pa.date32(), "BOOLEAN": pa.bool_(),
    "DOUBLE[]": pa.list_(pa.float64()),
}  # fmt: skip
MARKS = 8  # answers a kept table holds: months and plans that are looked at in turn
LATE = 8  # answers before those whose files stay for who is still reading them
RETRIES, LONGEST_WAIT = 3, 1000  # ms between two; by default a dead address is tried for ten minutes


class Spark:
    """A session of a Spark Connect server at `address` ("sc://host:port"), asked like the embedded cache.

    Any thread may ask. A session that the server has forgotten (an hour without a question, a restart) is made anew.
    `folder` is where files for the cluster may lie. Raises `EngineError` when nothing answers at the address.
    """

    def __init__(self, lake: Lake, folder: Path, address: str):
        self._lake = lake
        self._address = address
        self._turn = threading.RLock()  # one change of session or views at a time
        self._version: Version | None = None
        self._kept: dict[str, Any] = {}  # data frames by mart; the server lets go of one when nothing refers to it
        self._meanings: list[Meaning] = []
        self._marked: dict[str, dict[str, Path]] = {kept.name: {} for kept in KEPT}  # files by mark, the oldest first
        folder.mkdir(parents=True, exist_ok=True)
        self._handed = Path(tempfile.mkdtemp(prefix="kept-", dir=folder))
        self._tidy = weakref.finalize(self, shutil.rmtree, self._handed, ignore_errors=True)
        self._session = self._connect()

    def version(self) -> Version:
        """Point the views at the live files where the lake is newer, and say what they show."""
        now = self._lake.version()
        if now != self._version:
            with self._turn:
                self._again(lambda session: self._show(now))
        return now

    def fetch(self, sql: str, params: Mapping[str, object]) -> Answer:
        """Translate and run one statement."""
        found = self.table(sql, params)
        return Answer(found.column_names, list(zip(*(column.to_pylist() for column in found.columns), strict=True)))

    def table(self, sql: str, params: Mapping[str, object]) -> pa.Table:
        """The same as Arrow columns."""
        if self._version is None:
            self.version()
        args: Any = dict(params) or None
        return self._again(lambda session: session.sql(spark(sql), args=args).toArrow())

    def holds(self, kept: Kept, mark: str) -> bool:
        """Whether we have handed the rows of a mark over."""
        return mark in self._shown(kept)

    def keep(self, kept: Kept, mark: str, rows: pa.Table) -> None:
        """Hand rows over beside those of the marks before; a session that is lost gets them again."""
        schema = pa.schema([(name, KEEPS[kind]) for name, kind in map(str.split, kept.columns.split(", "))])
        marked = rows.select(kept.names).cast(schema).add_column(0, "kept", pa.repeat(mark, len(rows)))
        file = self._handed / f"{kept.name}-{mark}.parquet"
        pq.write_table(marked, file)
        with self._turn:
            self._marked[kept.name].pop(mark, None)
            self._marked[kept.name][mark] = file
            self._again(lambda session: self._hand_over(kept))
            for old in list(self._marked[kept.name])[: -MARKS - LATE]:
                self._marked[kept.name].pop(old).unlink(missing_ok=True)

    def _shown(self, kept: Kept) -> dict[str, Path]:
        return dict(list(self._marked[kept.name].items())[-MARKS:])

    def _hand_over(self, kept: Kept) -> None:
        schema = f"kept STRING, {kept.columns}".replace("VARCHAR", "STRING").replace("DOUBLE[]", "ARRAY<DOUBLE>")
        if files := [str(file) for file in self._shown(kept).values()]:
            self._session.read.schema(schema).parquet(*files).createOrReplaceTempView(kept.name)
        else:
            self._listed(kept.name, schema)

    def close(self) -> None:
        """End the session; the server drops its views and what it kept."""
        self._session.stop()
        self._tidy()

    def _connect(self) -> "SparkSession":
        try:
            from pyspark.sql.connect.client.retries import DefaultPolicy
            from pyspark.sql.connect.session import SparkSession
        except ImportError as error:
            raise EngineError(f"{self._address} needs a client: pip install -r requirements-spark.txt") from error
        session = SparkSession.builder.remote(self._address).create()
        session.client.set_retry_policies([DefaultPolicy(RETRIES, max_backoff=LONGEST_WAIT)])
        return session

    def _again(self, ask: "Callable[[SparkSession], T]") -> T:
        """Run `ask`; once more with a new session where the server has lost ours."""
        session = self._session
        try:
            return ask(session)
        except Exception as error:  # the client's errors share no narrower base
            if not _lost(error) and not session.is_stopped:
                raise
            log.warning("a new Spark session, the server has lost ours: %s", str(error)[:200])
        try:
            with self._turn:
                if self._session is session:
                    session.stop()  # pyspark hands what is kept to the process's active session, which must be ours
                    self._session, self._version, self._kept = self._connect(), None, {}
                    self._show(self._lake.version())
            return ask(self._session)
        except Exception as error:
            if not _lost(error):
                raise
            self._session.stop()  # or pyspark would hand another store's marts to this dead address
            raise EngineError(
                f"nothing answers at WEATHERGLASS_ENGINE={self._address}; start the Spark Connect server, or unset it "
                "to use the embedded engine"
            ) from error

    def _show(self, version: Version) -> None:
        """Make the views of every dataset that changed anew, and the marts that read it."""
        if self._version is None:
            self._prepare()
        had = dict(self._version or ())
        changed = {d.name for d in DATASETS if self._version is None or had.get(d.name) != dict(version).get(d.name)}
        if ALIASES in changed:
            changed |= self._aliases()
        for dataset in DATASETS:
            if dataset.name in changed - {ALIASES}:
                self._dataset(dataset)
        for name, sql in VIEWS.items():
            self._session.sql(spark(sql)).createOrReplaceTempView(name)
        for mart in MARTS:
            if changed & set(mart.reads):
                self._mart(mart)
        self._version = version

    def _prepare(self) -> None:
        self._session.conf.set("spark.sql.session.timeZone", "UTC")
        self._session.conf.set("spark.sql.ansi.enabled", "true")  # an overflow is an error, as in DuckDB
        self._session.conf.set("spark.sql.unionOutputPartitioning", "false")  # or groups over a union come out twice
        for kept in KEPT:
            self._hand_over(kept)

    def _aliases(self) -> set[str]:
        """Look at the aliases before all others, which are read through them; returns the datasets that they rename."""
        self._dataset(BY_NAME[ALIASES])
        spoken = self._session.sql(spark(SPOKEN)).toArrow().to_pylist()
        before, self._meanings = self._meanings, in_force(Alias(**row) for row in spoken)
        self._listed(MEANS, MEANS_COLUMNS.replace("VARCHAR", "STRING"), self._meanings)
        changed = {m.kind for m in set(before) ^ set(self._meanings)}
        return {d.name for d in DATASETS if changed & set(door(d, ()).coded.values())}

    def _dataset(self, dataset: Dataset) -> None:
        """A view of a dataset's rows that count, with `_said`, `_seq` and `_line` as in the cache."""
        files = [file for batch in self._lake.files(dataset.name).values() for file in batch]
        columns = ", ".join(f"{field.name} {TYPES[field.kind]}" for field in dataset.fields)
        if not files:
            self._listed(dataset.name, f"{columns}, {SAID} STRING, _seq BIGINT, _line BIGINT")
            return
        batches = self._lake.batches(dataset.name)
        live = [(batch.id, batch.seq) for batch in batches if batch.live]
        rows = self._session.read.schema(f"{columns}, _line BIGINT, _batch STRING").parquet(*files)
        rows.createOrReplaceTempView(f"_file_{dataset.name}")
        self._listed(f"_live_{dataset.name}", "id STRING, seq BIGINT", live)
        self._listed(f"_hidden_{dataset.name}", "id STRING, since DATE, until DATE, account STRING", hidden(batches))
        self._session.sql(spark(rows_that_count(door(dataset, self._meanings)))).createOrReplaceTempView(dataset.name)

    def _listed(self, name: str, schema: str, rows: Sequence[tuple] = ()) -> None:
        """A view of a few rows of ours, bound as one value: createDataFrame asks for settings not every server has."""
        names = [column.split()[0] for column in schema.split(", ")]
        said = orjson.dumps([dict(zip(names, row, strict=True)) for row in rows]).decode()
        listed = f"SELECT inline(from_json(:rows, 'array<struct<{schema}>>'))"
        self._session.sql(listed, args={"rows": said}).createOrReplaceTempView(name)

    def _mart(self, mart: Mart) -> None:
        """A view of what a mart holds, worked out now and kept by the cluster; the older one is let go."""
        if "{flow}" in mart.sql:
            parts = [self._session.sql(spark(mart.sql.replace("{flow}", flow)), args=EVER) for flow in FLOWS]
            rows = parts[0].unionByName(parts[1])
        else:
            rows = self._session.sql(spark(mart.sql))
        kept = rows.localCheckpoint(eager=True)
        kept.createOrReplaceTempView(mart.name)
        self._kept[mart.name] = kept


def _lost(error: Exception) -> bool:
    return any(word in str(error) for word in LOST)
