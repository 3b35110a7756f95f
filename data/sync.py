"""Bring a DuckDB cache up to the lake, in one transaction: dataset tables, then the marts of touched months."""

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from data.contract import Dataset
from data.datasets import BY_NAME
from data.lake import Batch, Lake
from data.marts import FLOWS, MARTS, Mart

Period = tuple[date, date]  # both ends included
EVER: Period = (date(1, 1, 1), date(9999, 12, 31))


@dataclass(frozen=True, slots=True)
class _Work:
    """What one dataset needs: batches to take out, to put in, and the live ones it keeps."""

    dataset: Dataset
    gone: list[Batch]
    new: list[Batch]
    kept: list[Batch]
    files: dict[str, list[str]]

    @property
    def live(self) -> list[Batch]:
        return sorted(self.kept + self.new, key=lambda b: b.seq)


def sync(con: duckdb.DuckDBPyConnection, lake: Lake) -> tuple[tuple[str, int], ...]:
    """Make the cache equal to the lake and return the version it now has; nothing is visible until all of it is."""
    version = lake.version()
    have = dict(con.execute("SELECT dataset, version FROM _synced").fetchall())
    behind = [BY_NAME[name] for name, v in version if have.get(name) != v]
    if not behind:
        return version
    con.execute("BEGIN")
    try:
        touched = {dataset.name: _bring(con, _work(con, lake, dataset)) for dataset in behind}
        for mart in MARTS:
            _refresh(con, mart, touched)
        for name, v in version:
            con.execute("INSERT OR REPLACE INTO _synced VALUES ($name, $version)", {"name": name, "version": v})
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise
    return version


def _work(con: duckdb.DuckDBPyConnection, lake: Lake, dataset: Dataset) -> _Work:
    known = {i for (i,) in con.execute("SELECT id FROM _batch WHERE dataset = $d", {"d": dataset.name}).fetchall()}
    batches = lake.batches(dataset.name)
    return _Work(
        dataset,
        gone=[b for b in batches if not b.live and b.id in known],
        new=sorted((b for b in batches if b.live and b.id not in known), key=lambda b: b.seq),
        kept=[b for b in batches if b.live and b.id in known],
        files=lake.files(dataset.name),
    )


def _bring(con: duckdb.DuckDBPyConnection, work: _Work) -> Period | None:
    """Apply one dataset's changes to its table and return the period touched (`None`: nothing was)."""
    touched = _rebuild(con, work) if work.dataset.latest_wins else _apply(con, work)
    for batch in work.gone:
        con.execute("DELETE FROM _batch WHERE id = $id", {"id": batch.id})
    for batch in work.new:
        con.execute("INSERT INTO _batch VALUES ($id, $d, $seq)", {"id": batch.id, "d": batch.dataset, "seq": batch.seq})
    return touched


def _rebuild(con: duckdb.DuckDBPyConnection, work: _Work) -> Period | None:
    """Registers and master data are small and a later row of a key wins, so the whole table is written anew."""
    name, key = work.dataset.name, ", ".join(work.dataset.key)
    con.execute(f"DELETE FROM {name}")
    for batch in work.live:
        _insert(con, work, batch)
    con.execute(
        f"DELETE FROM {name} WHERE rowid NOT IN (SELECT arg_max(rowid, (_seq, _line)) FROM {name} GROUP BY {key})"
    )
    return EVER


def _apply(con: duckdb.DuckDBPyConnection, work: _Work) -> Period | None:
    """Transactions: take out the undone, put back what it had hidden, hide what is replaced, put in the new."""
    name, spans = work.dataset.name, []
    for batch in work.gone:
        spans.append(_span(con, work.dataset, batch))
        con.execute(f"DELETE FROM {name} WHERE _seq = $seq", {"seq": batch.seq})
    for batch in work.gone:
        if hides := batch.receipt.replaces:
            spans.append((hides.since, hides.until))
            for earlier in (b for b in work.kept if b.seq < batch.seq):
                _insert(con, work, earlier, within=batch)
    for batch in work.new:
        if hides := batch.receipt.replaces:
            spans.append((hides.since, hides.until))
            con.execute(f"DELETE FROM {name} WHERE _seq < $seq AND {_in_scope(work.dataset)}", _scope(batch))
        _insert(con, work, batch)
        spans.append(_span(con, work.dataset, batch))
    found = [s for s in spans if s is not None]
    return (min(s[0] for s in found), max(s[1] for s in found)) if found else None


def _insert(con: duckdb.DuckDBPyConnection, work: _Work, batch: Batch, within: Batch | None = None) -> None:
    """Put a batch's rows in, but for those that a later live batch replaces; only the scope of `within` if given."""
    dataset, written = work.dataset, _columns(con, work.files[batch.id])
    columns = ", ".join(field.name if field.name in written else "NULL" for field in dataset.fields)
    sql = (
        f"INSERT INTO {dataset.name} SELECT {columns}, $seq, _line "
        "FROM read_parquet($files, hive_partitioning = false) WHERE true"
    )
    params: dict[str, object] = {"files": work.files[batch.id]}
    hiders = [b for b in work.live if b.seq > batch.seq and b.receipt.replaces is not None]
    conditions = [(hider, "NOT ") for hider in hiders] + ([(within, "")] if within else [])
    for n, (other, no) in enumerate(conditions):
        sql += f" AND {no}({_in_scope(dataset, str(n))})"
        params |= {key + str(n): value for key, value in _scope(other).items() if key != "seq"}
    con.execute(sql, params | {"seq": batch.seq})


def _columns(con: duckdb.DuckDBPyConnection, files: list[str]) -> set[str]:
    """What a batch was written with; a field that its contract gained later is not among it."""
    found = con.execute("SELECT DISTINCT name FROM parquet_schema($files)", {"files": files}).fetchall()
    return {name for (name,) in found}


def _in_scope(dataset: Dataset, n: str = "") -> str:
    """SQL: whether a row lies in what a batch replaces; rows without a date are never replaced by period."""
    who = f" AND ($accounts{n}::VARCHAR[] IS NULL OR list_contains($accounts{n}::VARCHAR[], account))"
    when = f"coalesce({dataset.dated} BETWEEN $since{n} AND $until{n}, false)" if dataset.dated else "true"
    return when + (who if dataset.has("account") else f" AND $accounts{n}::VARCHAR[] IS NULL")


def _scope(batch: Batch) -> dict[str, object]:
    hides = batch.receipt.replaces
    assert hides is not None
    accounts = None if hides.accounts is None else list(hides.accounts)
    return {"seq": batch.seq, "since": hides.since, "until": hides.until, "accounts": accounts}


def _span(con: duckdb.DuckDBPyConnection, dataset: Dataset, batch: Batch) -> Period | None:
    """First and last day of a batch's rows in the cache."""
    if not dataset.dated:
        return EVER
    sql = f"SELECT min({dataset.dated}), max({dataset.dated}) FROM {dataset.name} WHERE _seq = $seq"
    row = con.execute(sql, {"seq": batch.seq}).fetchone()
    return (row[0], row[1]) if row and row[0] is not None else None


def _refresh(con: duckdb.DuckDBPyConnection, mart: Mart, touched: dict[str, Period | None]) -> None:
    """Rebuild a mart where its sources changed: the touched months of a dated one, all of another."""
    hit = {name: period for name in mart.reads if (period := touched.get(name))}
    if not hit:
        return
    if not mart.dated:
        con.execute(f"DELETE FROM {mart.name}")
        con.execute(f"INSERT INTO {mart.name} {mart.sql}")
        return
    for flow in (name for name in FLOWS if name in hit):
        since, until = _whole_months(hit[flow])
        params: dict[str, object] = {"since": since, "until": until}
        con.execute(
            f"DELETE FROM {mart.name} WHERE flow = $flow AND {mart.dated} BETWEEN $since AND $until",
            params | {"flow": flow},
        )
        con.execute(f"INSERT INTO {mart.name} {mart.sql.replace('{flow}', flow)}", params)


def _whole_months(period: Period) -> Period:
    since, until = period
    if until.year == 9999:
        return since.replace(day=1), until
    return since.replace(day=1), (until.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
