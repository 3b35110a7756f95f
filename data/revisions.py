"""What changed in figures that were there before: as they stood at the end of a day, against now, by month and file.

A row counts at a moment when its batch was published by then, not yet undone, and no batch that counted then replaced
it. The difference of the two states is summed by batch and month: only batches whose share can differ are read, from
their own files, a piece at a time; undone ones are still on disk. Registers and master data, where a later row of a key
wins, have no such sums and are left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as pad

from data.contract import Dataset
from data.datasets import BY_NAME, DATASETS
from data.lake import Batch, Lake
from data.lineage import day, meets
from data.store import Store

Cause = Literal["new", "undone", "replaced", "restored"]
REVISED = tuple(d.name for d in DATASETS if d.dated and not d.latest_wins and (d.quantity or d.amount))
OFFERED = 24  # days to compare with: two years of closed months
NOTHING = Decimal(0)
compute: Any = pc  # its functions are made at run time; the type checker sees none of them


@dataclass(frozen=True, slots=True)
class Revision:
    """What one batch added to (or took from) a month since then. `cause`: it is new, it was undone, a later one
    replaces rows of it, or what had replaced them was undone. `amount` in CNY and `qty` in pcs; 0 where there is none.
    """

    month: date
    batch: Batch
    cause: Cause
    rows: int
    qty: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Change:
    """All revisions of one month: their sums, what the month came to before, and the single ones, newest file first."""

    month: date
    qty: Decimal
    amount: Decimal
    qty_before: Decimal
    amount_before: Decimal
    parts: tuple[Revision, ...]

    @property
    def share(self) -> float | None:
        """The change as a share of what the month came to: of the amount where there is one, else of the quantity."""
        net, base = (self.amount, self.amount_before) if self.amount_before else (self.qty, self.qty_before)
        return float(net / base) if base else None


@dataclass(frozen=True, slots=True)
class _State:
    """What counts at a moment: batches, and for each which others hide rows of it."""

    live: dict[str, Batch]

    @classmethod
    def at(cls, batches: Sequence[Batch], moment: datetime | None) -> "_State":
        """The state at the end of a moment; None is now."""
        return cls({b.id: b for b in batches if _counts(b, moment)})

    def over(self, batch: Batch) -> list[Batch]:
        """The batches that replace days of this one."""
        return [b for b in self.live.values() if b.seq > batch.seq and _meet(b, batch)]

    def hiders(self, batch: Batch) -> set[str]:
        """Their names."""
        return {b.id for b in self.over(batch)}


def closes(batches: Sequence[Batch], today: date) -> list[date]:
    """Days to compare with, newest first, by which something had been published: ends of months before today; while
    there is none, earlier days with an upload."""
    days = sorted({day(b.committed_at) for b in batches}, reverse=True)
    ends, end = [], today.replace(day=1) - timedelta(days=1)
    while days and end >= days[-1] and len(ends) < OFFERED:
        ends.append(end)
        end = end.replace(day=1) - timedelta(days=1)
    return ends or [d for d in days if d < today][:OFFERED]


def end_of(chosen: date) -> datetime:
    """The last moment of a day in the server's time zone."""
    return datetime.combine(chosen, time.max).astimezone()


def revised(lake: Lake, dataset: str, then: datetime) -> list[Revision]:
    """What changed since `then`, newest month first, in a month by file; only months up to the last that any file had
    reached by then: later ones are new, not revised."""
    contract, batches = BY_NAME[dataset], lake.batches(dataset)
    known = _known_by(batches, then)
    if known is None:
        return []
    before, now = _State.at(batches, then), _State.at(batches, None)
    found: list[Revision] = []
    for batch in batches:
        was, is_ = batch.id in before.live, batch.id in now.live
        others = before.hiders(batch) ^ now.hiders(batch)
        if was == is_ and not (was and others):
            continue
        span = _span([(before.live | now.live)[h] for h in others]) if was == is_ else None
        sides = [
            _sums(contract, _read(lake, contract, batch, span), state.over(batch)) if there else {}
            for state, there in ((before, was), (now, is_))
        ]
        found += _changes(batch, _cause(was, is_, sides), *sides)
    return sorted((r for r in found if r.month <= known), key=lambda r: (-r.month.toordinal(), -r.batch.seq))


def changes(store: Store, dataset: str, then: datetime) -> list[Change]:
    """What changed since `then`, newest month first: `revised` by month, beside what the month came to then."""
    months = [(month, tuple(parts)) for month, parts in groupby(revised(store.lake, dataset, then), key=_month)]
    now = _totals(store, BY_NAME[dataset]) if months else {}
    return [_change(month, parts, *now.get(month, (NOTHING, NOTHING))) for month, parts in months]


def _change(month: date, parts: tuple[Revision, ...], qty_now: Decimal, amount_now: Decimal) -> Change:
    qty, amount = sum((p.qty for p in parts), NOTHING), sum((p.amount for p in parts), NOTHING)
    return Change(month, qty, amount, qty_now - qty, amount_now - amount, parts)


def _totals(store: Store, dataset: Dataset) -> dict[date, tuple[Decimal, Decimal]]:
    """Quantity and amount of each month now; composed from contract words."""
    store.version()
    qty, amount = (f"sum({name})" if name else "NULL" for name in (dataset.quantity, dataset.amount))
    month = f"CAST(date_trunc('month', {dataset.dated}) AS DATE)"
    found = store.execute(f"SELECT {month} AS month, {qty} AS q, {amount} AS a FROM {dataset.name} GROUP BY {month}")
    return {month: (qty or NOTHING, amount or NOTHING) for month, qty, amount in found}


def _month(revision: Revision) -> date:
    return revision.month


def _known_by(batches: Sequence[Batch], then: datetime) -> date | None:
    """The last month that any file had reached by then (its first day); None when there was none."""
    ends = [b.receipt.period[1] for b in batches if _counts(b, then) and b.receipt.period]
    return date.fromisoformat(max(ends)).replace(day=1) if ends else None


Sums = dict[date, tuple[int, Decimal, Decimal]]  # by month: rows, quantity, amount


def _cause(was: bool, is_: bool, sides: Sequence[Sums]) -> Cause:
    if was != is_:
        return "new" if is_ else "undone"
    before, now = (sum(rows for rows, _, _ in side.values()) for side in sides)
    return "replaced" if now < before else "restored"


def _changes(batch: Batch, cause: Cause, before: Sums, now: Sums) -> Iterator[Revision]:
    none = (0, NOTHING, NOTHING)
    for month in before.keys() | now.keys():
        was, is_ = before.get(month, none), now.get(month, none)
        if was != is_:
            yield Revision(month, batch, cause, is_[0] - was[0], is_[1] - was[1], is_[2] - was[2])


def _counts(batch: Batch, moment: datetime | None) -> bool:
    if moment is None:
        return batch.live
    return batch.committed_at <= moment and (batch.undone_at is None or batch.undone_at > moment)


def _meet(later: Batch, earlier: Batch) -> bool:
    scope = later.receipt.replaces
    return scope is not None and meets(scope, earlier.receipt.period)


def _span(hiders: Sequence[Batch]) -> tuple[date, date]:
    """First and last day that these batches replace: outside it nothing can differ."""
    scopes = [b.receipt.replaces for b in hiders if b.receipt.replaces]
    return min(s.since for s in scopes), max(s.until for s in scopes)


def _read(lake: Lake, dataset: Dataset, batch: Batch, span: tuple[date, date] | None) -> Iterator[pa.RecordBatch]:
    """The columns that the sums need, of these days (None: of all), a piece at a time."""
    files = [str(part) for part in lake.parts(batch)]
    if not files:
        return
    wanted = ["account" if dataset.has("account") else "", dataset.dated, dataset.quantity, dataset.amount]
    source = pad.dataset(files, format="parquet")
    days = pad.field(dataset.dated)
    within = None if span is None else (days >= span[0]) & (days <= span[1])
    yield from source.to_batches(columns=[n for n in wanted if n and n in source.schema.names], filter=within)


def _sums(dataset: Dataset, parts: Iterable[pa.RecordBatch], hiders: Sequence[Batch]) -> Sums:
    """Sums by month of the rows that none of these batches replaces; rows without a date belong to no month."""
    total: dict[date, list[Any]] = defaultdict(lambda: [0, NOTHING, NOTHING])
    for part in parts:
        seen = part.filter(compute.is_valid(part[dataset.dated]))
        for hider in hiders:
            seen = seen.filter(compute.invert(_hidden(dataset, seen, hider)))
        for month, *figures in _by_month(dataset, seen):
            total[month] = [a + (b or 0) for a, b in zip(total[month], figures, strict=True)]
    return {month: (rows, qty, amount) for month, (rows, qty, amount) in total.items()}


def _hidden(dataset: Dataset, rows: pa.RecordBatch, hider: Batch) -> pa.Array:
    """Which rows a batch replaces: by the file's own account codes, as when it was published."""
    scope = hider.receipt.replaces
    assert scope is not None
    days = rows[dataset.dated]
    hidden = compute.and_(compute.greater_equal(days, scope.since), compute.less_equal(days, scope.until))
    if scope.accounts is None:
        return hidden
    if not dataset.has("account"):
        return pa.array([False] * rows.num_rows)
    return compute.and_(hidden, compute.is_in(rows["account"], pa.array(scope.accounts, pa.string())))


def _by_month(dataset: Dataset, rows: pa.RecordBatch) -> Iterator[tuple[date, int, Decimal | None, Decimal | None]]:
    months = compute.floor_temporal(rows[dataset.dated], unit="month")
    names = [name for name in (dataset.quantity, dataset.amount) if name and name in rows.schema.names]
    table = pa.table({"month": months} | {name: rows[name] for name in names})
    summed = table.group_by("month").aggregate([("month", "count"), *((name, "sum") for name in names)])
    for row in summed.to_pylist():
        qty, amount = (row.get(f"{name}_sum") if name else None for name in (dataset.quantity, dataset.amount))
        yield row["month"], row["month_count"], qty, amount
