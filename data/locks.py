"""What of a register's rows stands from a day on: a later row that says anything else is handed back.

Thresholds of a trial that has begun, say: whoever could change them after the first sales were seen could make any
trial a success (docs/decisions/0016). Before that day they may be changed, and whatever is not locked always may.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from math import isclose

import pyarrow.parquet as pq

from data.codes import Meaning, door
from data.contract import Dataset, Lock
from data.ingest import Held, Prepared, lines
from data.ingest.reasons import locked as reason
from data.store import Store

SAME = 1e-12  # relative difference of two numbers that are one and the same, spelled with fifteen digits
Key = tuple[object, ...]


def locked(store: Store, prepared: Prepared, meanings: Iterable[Meaning], today: date) -> Held:
    """The lines of a checked file that change what stands, each with the reason at the column that it changes.

    Where the file has no such column, a row would empty it: the reason then stands at the first column of the key.
    """
    dataset, checked = prepared.dataset, prepared.checked
    lock = dataset.locked_after
    if lock is None or checked is None:
        return {}
    begun = _begun(store, dataset, lock, today)
    meant = {(m.kind, m.code): m.target for m in meanings if not m.used_by}
    found: dict[str, dict[int, str]] = {}
    for line, *values in lines(checked, *dataset.key, *lock.fields) if begun else ():
        said = _as_meant(dataset, dict(zip((*dataset.key, *lock.fields), values, strict=True)), meant)
        key = tuple(said[name] for name in dataset.key)
        for name in _changed(lock, begun.get(key), said):
            column = name if name in prepared.mapping else dataset.key[0]
            found.setdefault(column, {}).setdefault(line, _why(store, dataset, key, name, begun[key]))
    return found


def _begun(store: Store, dataset: Dataset, lock: Lock, today: date) -> dict[Key, dict[str, object]]:
    """The registered rows whose day has come, by key."""
    names = (*dataset.key, *lock.fields)
    said = ", ".join(f"{name} AS {name}" for name in names)
    rows = store.execute(f"SELECT {said} FROM {dataset.name} WHERE {lock.day} <= $today", today=today)
    return {row[: len(dataset.key)]: dict(zip(names, row, strict=True)) for row in rows}


def _as_meant(dataset: Dataset, row: Mapping[str, object], meant: Mapping[tuple[str, str], str]) -> dict[str, object]:
    """A row of the file under the codes that count, as the register has them."""
    kinds = door(dataset, ()).coded
    return {n: value if value is None else meant.get((kinds.get(n, ""), str(value)), value) for n, value in row.items()}


def _changed(lock: Lock, there: Mapping[str, object] | None, said: Mapping[str, object]) -> Iterator[str]:
    """The locked fields in which a row differs from what is registered."""
    if there is not None:
        yield from (name for name in lock.fields if not _alike(there[name], said[name]))


def _alike(one: object, other: object) -> bool:
    """Whether two cells say the same; spaces between words say nothing, and an empty text is none."""
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=SAME)
    if isinstance(one, str) or isinstance(other, str):
        return " ".join(str(one or "").split()) == " ".join(str(other or "").split())
    return one == other


def _why(store: Store, dataset: Dataset, key: Key, name: str, there: Mapping[str, object]) -> str:
    """The key of the reason: as what the field stands, and since when."""
    lock = dataset.locked_after
    assert lock is not None
    begun = there[lock.day]
    assert isinstance(begun, date)
    fixed = there.get(lock.fixed)
    since = fixed if isinstance(fixed, date) else _published(store, dataset, key) or begun
    return reason(name, since, begun, _spelled(there[name]))


def _published(store: Store, dataset: Dataset, key: Key) -> date | None:
    """The day on which a live batch first had a row of this key."""
    names = list(dataset.key)
    for batch in sorted((b for b in store.lake.batches(dataset.name) if b.live), key=lambda b: b.seq):
        for part in store.lake.parts(batch):
            rows = pq.read_table(part, columns=names)
            if key in set(zip(*(rows.column(name).to_pylist() for name in names), strict=True)):
                return batch.committed_at.date()
    return None


def _spelled(value: object) -> str:
    """A value as people read it."""
    return "" if value is None else f"{float(value):.15g}" if isinstance(value, float | Decimal) else str(value)
