"""Typing in: a register's rows as they stand, and typed rows on the very way that an uploaded file takes.

Typed rows are written as a file and read, checked and published like any other: same reasons, same receipt, kept
among the originals, undone as a batch. A later row of the same key wins, so that a changed row is published once more.
"""

import csv
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from data.contract import Dataset, Kind
from data.datasets import DATASETS
from data.datasets.targets import ONE_MONTH
from data.home import Home
from data.ingest import NotReady, Prepared, fill, period, prepare
from data.intake import take, today, work_folder
from data.lake import Batch, Receipt
from data.store import Store
from data.text import Text, same
from data.vet import KEEP, MASTERS, UNKNOWN, vet

Row = Mapping[str, object]  # {field: value}; None or "" is an empty cell
REGISTERS: dict[str, Dataset] = {dataset.name: dataset for dataset in DATASETS if dataset.typed}
SHOWN = 500  # rows, the newest: more than a person looks through, few enough for a phone
HOW, TYPED = "how", "typed"  # an answer in the receipt of what was typed in
SAID = {  # what a file would be asked: blanks are slips, codes were chosen from what the data knows
    HOW: TYPED,
    fill.KEY: fill.NO,
    period.KEY: ONE_MONTH.value,  # the column beside says so
    **{f"{UNKNOWN}{kind}": KEEP.value for kind in MASTERS},
}
FIRST_LINE = 3  # of the file: after a line that makes it differ from any earlier file, and the header
NAMES = {"account_name": "account", "sku_name": "sku"}  # not typed: the code says it
NEW = Text("新登记第 {n} 行", "New row {n}")
WHOLE = Text("整张表", "The whole table")
TWICE = Text("和上面一行的主键相同", "has the same key as a row above")
THERE = Text("这一行已经登记过，请在下面的表里改", "is in the register already: change it in the table below")
LIST = Text("、", ", ")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why nothing was published: which row, which column (its label), what stands there, what is wrong with it."""

    row: Text
    column: Text
    value: str
    reason: Text


def fields(dataset: Dataset) -> list[str]:
    """The names of the columns that are typed."""
    return [field.name for field in dataset.fields if field.name not in NAMES]


def rows(store: Store, dataset: Dataset) -> list[dict[str, object]]:
    """The newest SHOWN rows of a register, all columns."""
    names = [field.name for field in dataset.fields]
    order = ", ".join([f"{dataset.dated} DESC"] * bool(dataset.dated) + list(dataset.key))
    found = store.execute(f"SELECT {', '.join(names)} FROM {dataset.name} ORDER BY {order} LIMIT {SHOWN}")
    return [dict(zip(names, row, strict=True)) for row in found]


def count(store: Store, dataset: Dataset) -> int:
    """How many rows a register holds."""
    return store.execute(f"SELECT count(*) AS n FROM {dataset.name}")[0][0]


def products(store: Store) -> dict[str, Text]:
    """The products there are to choose from: code and name."""
    found = store.execute("SELECT sku, name, name_en FROM product_dim ORDER BY sku")
    return {sku: Text(name or sku, name_en or name or sku) for sku, name, name_en in found}


def codes(store: Store, dataset: Dataset) -> dict[str, dict[str, Text]]:
    """By column: the codes of other registers that it names, each with its title (a feedback card names a trial)."""
    found: dict[str, dict[str, Text]] = {}
    for other in REGISTERS.values():
        [name, *more] = other.key
        if other is not dataset and not more and dataset.has(name) and other.has("title"):
            order = f"{other.dated} DESC, {name}" if other.dated else name
            rows = store.execute(f"SELECT {name} AS code, title AS title FROM {other.name} ORDER BY {order}")
            found[name] = {code: same(title or code) for code, title in rows}
    return found


def blank(dataset: Dataset, row: Row) -> bool:
    """Whether nothing was typed into a row; a box that was left unticked is nothing."""
    return not any(spelled(row.get(f.name)) for f in dataset.fields if f.kind is not Kind.FLAG)


def changed(before: Sequence[Row], after: Sequence[Row]) -> list[dict[str, object]]:
    """The rows of `after` that differ from the row of `before` in the same place; a name goes with its code."""
    found = []
    for old, new in zip(before, after, strict=True):
        if any(spelled(old.get(name)) != spelled(value) for name, value in new.items()):
            kept = {name: old[name] for name, code in NAMES.items() if name in old and old[code] == new[code]}
            found.append({**new, **kept})
    return found


def publish(
    home: Home, dataset: Dataset, fresh: Sequence[Row], altered: Sequence[Row], user: str
) -> Batch | list[Problem]:
    """Publish new and changed rows as one batch, or say what is wrong with them; then nothing is published."""
    new = [row for row in fresh if not blank(dataset, row)]
    if problems := list(_clashes(home.own(), dataset, fresh)):
        return problems
    numbers = [NEW.fill(n=n) for n, row in enumerate(fresh, 1) if not blank(dataset, row)]
    places = [*numbers, *(same(_key(dataset, row)) for row in altered)]
    with tempfile.TemporaryDirectory(dir=work_folder(home)) as work:
        file = _written(home, dataset, [*new, *altered], Path(work))
        read = prepare(file, TYPED, dataset, work=Path(work), answers=SAID, today=today())
        prepared = vet(home.own(), read, SAID, today()).prepared
        problems = _problems(prepared, places)
        try:
            return problems or take(home, prepared, SAID, user, partial=False)
        except NotReady as refused:
            return [Problem(WHOLE, same(""), "", refused.reason)]


def is_typed(receipt: Receipt) -> bool:
    """Whether a batch was typed in and no file."""
    return receipt.answers.get(HOW) == TYPED


def spelled(value: object) -> str:
    """A value as a file spells it beyond doubt."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float() | Decimal():
            return f"{float(value):.15g}"
        case date():
            return f"{value:%Y-%m-%d}"
        case _:
            return " ".join(str(value).split())


def _clashes(store: Store, dataset: Dataset, fresh: Sequence[Row]) -> Iterator[Problem]:
    """New rows that would silently replace a row: one of the register, or one that was typed above."""
    names = ", ".join(dataset.key)
    there = {tuple(map(spelled, key)) for key in store.execute(f"SELECT {names} FROM {dataset.name}")}
    needed = [name for name in dataset.key if dataset.field(name).required]
    above: set[tuple[str, ...]] = set()
    for n, row in enumerate(fresh, 1):
        key = tuple(spelled(row.get(name)) for name in dataset.key)
        if not all(spelled(row.get(name)) for name in needed):
            continue  # blank, or the check will miss it
        if key in there or key in above:
            label = dataset.field(dataset.key[0]).label
            yield Problem(NEW.fill(n=n), label, _key(dataset, row), THERE if key in there else TWICE)
        above.add(key)


def _key(dataset: Dataset, row: Row) -> str:
    """A row's key as people read it."""
    return " · ".join(filter(None, (spelled(row.get(name)) for name in dataset.key)))


def _written(home: Home, dataset: Dataset, typed: Sequence[Row], folder: Path) -> Path:
    """The rows as a file. It names the register's version: the same rows typed again, later, are another file."""
    version = dict(home.own().lake.version()).get(dataset.name)
    names = [field.name for field in dataset.fields]
    file = folder / f"{TYPED}.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerows([[f"{TYPED} after version {version}"], names])
        writer.writerows([spelled(row.get(name)) for name in names] for row in typed)
    return file


def _problems(prepared: Prepared, places: Sequence[Text]) -> list[Problem]:
    """What the check hands back, in the words of the page."""
    if prepared.refused or prepared.questions:
        return [Problem(WHOLE, same(""), "", prepared.refused or prepared.questions[0].ask)]
    rejects = prepared.checked.rejects if prepared.checked else ()
    labels = {field.name: field.label for field in prepared.dataset.fields}
    return [
        Problem(places[one.line - FIRST_LINE], labels.get(one.column, same("")), one.value, one.reason)
        for one in rejects
    ]
