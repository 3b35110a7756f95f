"""Bring a DuckDB cache up to the lake, in one transaction: dataset tables, then the marts of touched months.

Rows get the code that counts as they come in (data/codes.py). When aliases change, the tables that hold a code they
concern are made anew from the lake.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import pyarrow as pa

from data.codes import ALIASES, KINDS, MEANS, SAID, SPOKEN, Alias, Door, Meaning, door, in_force, turn
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
    door: Door

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
        touched = _tables(con, lake, behind)
        for mart in MARTS:
            _refresh(con, mart, touched)
        for name, v in version:
            con.execute("INSERT OR REPLACE INTO _synced VALUES ($name, $version)", {"name": name, "version": v})
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise
    return version


def _tables(con: duckdb.DuckDBPyConnection, lake: Lake, behind: list[Dataset]) -> dict[str, Period | None]:
    """Bring the tables up, aliases first: the others are read through them. Returns the period touched of each."""
    held = con.execute(f"SELECT kind, code, used_by, target FROM {MEANS}").fetchall()
    before = meanings = [Meaning(*row) for row in held]
    touched: dict[str, Period | None] = {}
    if BY_NAME[ALIASES] in behind:
        touched[ALIASES] = _bring(con, _work(con, lake, BY_NAME[ALIASES], []), anew=False)
        meanings = in_force(Alias(*row) for row in con.execute(SPOKEN).fetchall())
        _keep(con, meanings)
    renamed = _renamed(before, meanings)
    for dataset in (d for d in BY_NAME.values() if d.name != ALIASES):
        anew = _meets(con, dataset, renamed)
        if anew or dataset in behind:
            touched[dataset.name] = _bring(con, _work(con, lake, dataset, meanings), anew=anew)
    return touched


def _renamed(before: list[Meaning], now: list[Meaning]) -> dict[str, list[str]]:
    """By kind, the words under which tables hold codes whose meaning changes: their own, or what they meant so far."""
    changed = {(m.kind, m.code) for m in set(before) ^ set(now)}
    words = changed | {(m.kind, m.target) for m in before if (m.kind, m.code) in changed}
    return {kind: sorted(word for k, word in words if k == kind) for kind in KINDS}


def _keep(con: duckdb.DuckDBPyConnection, meanings: list[Meaning]) -> None:
    """Write down which meanings the tables were made with; as one Arrow table, row by row would take minutes."""
    columns = list(zip(*meanings, strict=True)) or [()] * len(Meaning._fields)
    con.register("_now", pa.table([pa.array(c, pa.string()) for c in columns], names=list(Meaning._fields)))
    con.execute(f"DELETE FROM {MEANS}; INSERT INTO {MEANS} SELECT * FROM _now")
    con.unregister("_now")


def _meets(con: duckdb.DuckDBPyConnection, dataset: Dataset, renamed: dict[str, list[str]]) -> bool:
    """Whether a table holds any of these words."""
    return any(
        con.execute(
            f"SELECT 1 FROM {dataset.name} WHERE {name} IN (SELECT unnest($w::VARCHAR[])) LIMIT 1", {"w": words}
        ).fetchone()
        for name, kind in door(dataset, ()).coded.items()
        if (words := renamed[kind])
    )


def _work(con: duckdb.DuckDBPyConnection, lake: Lake, dataset: Dataset, meanings: list[Meaning]) -> _Work:
    known = {i for (i,) in con.execute("SELECT id FROM _batch WHERE dataset = $d", {"d": dataset.name}).fetchall()}
    batches = lake.batches(dataset.name)
    return _Work(
        dataset,
        gone=[b for b in batches if not b.live and b.id in known],
        new=sorted((b for b in batches if b.live and b.id not in known), key=lambda b: b.seq),
        kept=[b for b in batches if b.live and b.id in known],
        files=lake.files(dataset.name),
        door=door(dataset, meanings),
    )


def _bring(con: duckdb.DuckDBPyConnection, work: _Work, *, anew: bool) -> Period | None:
    """Apply one dataset's changes to its table and return the period touched (`None`: nothing was)."""
    touched = _rebuild(con, work) if anew or work.dataset.latest_wins else _apply(con, work)
    for batch in work.gone:
        con.execute("DELETE FROM _batch WHERE id = $id", {"id": batch.id})
    for batch in work.new:
        con.execute("INSERT INTO _batch VALUES ($id, $d, $seq)", {"id": batch.id, "d": batch.dataset, "seq": batch.seq})
    return touched


def _rebuild(con: duckdb.DuckDBPyConnection, work: _Work) -> Period | None:
    """Write the whole table anew: registers and master data, which are small and where a later row of a key wins, and
    whatever an alias renames."""
    name, key = work.dataset.name, ", ".join(work.dataset.key)
    con.execute(f"DELETE FROM {name}")
    for batch in work.live:
        _insert(con, work, batch)
    if work.dataset.latest_wins:
        latest = f"SELECT arg_max(rowid, ({turn(work.dataset)})) FROM {name} GROUP BY {key}"
        if work.dataset.adds:  # all rows of a key in its latest file
            ranked = f"SELECT rowid AS id, rank() OVER (PARTITION BY {key} ORDER BY _seq DESC) AS place FROM {name}"
            latest = f"SELECT id FROM ({ranked}) WHERE place = 1"
        con.execute(f"DELETE FROM {name} WHERE rowid NOT IN ({latest})")
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
            replaced = _in_scope(work.dataset, f"coalesce({SAID}, account)")
            con.execute(f"DELETE FROM {name} WHERE _seq < $seq AND {replaced}", _scope(batch))
        _insert(con, work, batch)
        spans.append(_span(con, work.dataset, batch))
    found = [s for s in spans if s is not None]
    return (min(s[0] for s in found), max(s[1] for s in found)) if found else None


def _insert(con: duckdb.DuckDBPyConnection, work: _Work, batch: Batch, within: Batch | None = None) -> None:
    """Put a batch's rows in, but for those that a later live batch replaces; only the scope of `within` if given."""
    dataset, written = work.dataset, _columns(con, work.files[batch.id])
    lacking = (f", CAST(NULL AS {f.kind.sql}) AS {f.name}" for f in dataset.fields if f.name not in written)
    columns = ", ".join(work.door.value(f.name) for f in dataset.fields)
    sql = (
        f"INSERT INTO {dataset.name} SELECT {columns}, {work.door.said()}, $seq, f._line FROM "
        f"(SELECT *{''.join(lacking)} FROM read_parquet($files, hive_partitioning = false)) AS f "
        f"{work.door.joins()} WHERE true"
    )
    params: dict[str, object] = {"files": work.files[batch.id]}
    hiders = [b for b in work.live if b.seq > batch.seq and b.receipt.replaces is not None]
    conditions = [(hider, "NOT ") for hider in hiders] + ([(within, "")] if within else [])
    for n, (other, no) in enumerate(conditions):
        sql += f" AND {no}({_in_scope(dataset, 'f.account', str(n))})"
        params |= {key + str(n): value for key, value in _scope(other).items() if key != "seq"}
    con.execute(sql, params | {"seq": batch.seq})


def _columns(con: duckdb.DuckDBPyConnection, files: list[str]) -> set[str]:
    """What a batch was written with; a field that its contract gained later is not among it."""
    found = con.execute("SELECT DISTINCT name FROM parquet_schema($files)", {"files": files}).fetchall()
    return {name for (name,) in found}


def _in_scope(dataset: Dataset, account: str, n: str = "") -> str:
    """SQL: whether a row lies in what a batch replaces; rows without a date are never replaced by period.

    `account` is the file's own word: what a batch replaced when it was published does not change with an alias.
    """
    who = f" AND ($accounts{n}::VARCHAR[] IS NULL OR list_contains($accounts{n}::VARCHAR[], {account}))"
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
