"""What the reader makes of the polluted files, by kind of pollution.

A file's score is ten times the F1 of its cells: what is handed back lacks in recall. It is silent when a wrong record
is loaded, or one is lost that was neither handed back nor asked about. A file that is rightly asked about, with no
answer at hand, has no score. Two contracts: all text, where a wrong split shows as a wrong cell, and a typed one.
"""

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.pollution.kinds import Polluted
from bench.pollution.ways import HEADER, TRADITIONAL
from data.contract import Dataset, Field, Kind
from data.ingest import Prepared, prepare
from data.ingest.check import stream
from data.text import same

TODAY = date(2026, 6, 30)
KINDS = (Kind.TEXT, Kind.DATE, Kind.TEXT, Kind.QUANTITY, Kind.MONEY, Kind.TEXT)
NEED = 3  # of the first columns a record has all


def contract(kinds: Sequence[Kind]) -> Dataset:
    """A dataset of the bench's columns, f0 to f5."""
    fields = tuple(
        Field(f"f{at}", kind, same(word), also=(other,), required=at < NEED)
        for at, (word, other, kind) in enumerate(zip(HEADER, TRADITIONAL, kinds, strict=True))
    )
    return Dataset("polluted", same("polluted"), same("one row a record"), ("f0",), fields)


TEXT, TYPED = contract([Kind.TEXT] * len(HEADER)), contract(KINDS)


@dataclass(frozen=True, slots=True)
class Score:
    """What became of one file: `f1` of its cells (None: rightly asked), and why it is silent, "" when it is not."""

    kind: str
    f1: float | None
    silent: str
    outcome: str


def score(one: Polluted, dataset: Dataset, work: Path) -> Score:
    """Read a file with the answers it comes with."""
    with tempfile.TemporaryDirectory(dir=work) as folder:
        file = Path(folder) / "in.csv"
        file.write_bytes(one.content)
        return _scored(one, dataset, _told(one, dataset, file, Path(folder)))


def _told(one: Polluted, dataset: Dataset, file: Path, work: Path) -> Prepared:
    """The file with those of its answers that were asked for, as often as answers lead to questions."""
    answers: dict[str, str] = {}
    while True:
        prepared = prepare(file, "in.csv", dataset, work=work, answers=answers, today=TODAY)
        more = {q.key: one.answers[q.key] for q in prepared.questions if q.key in one.answers} | answers
        if more == answers:
            return prepared
        prepared.discard()
        answers = more


def _scored(one: Polluted, dataset: Dataset, prepared: Prepared) -> Score:
    if prepared.questions:
        keys = [question.key for question in prepared.questions]
        right = all(key.startswith(one.asks) for key in keys) if one.asks else False
        return Score(one.kind, None if right else 0.0, "", f"asked {', '.join(keys)}")
    checked = prepared.checked
    if checked is None:
        assert prepared.refused
        return Score(one.kind, 0.0, "", f"refused: {prepared.refused.en}")
    wanted = [typed(record, dataset) for record in one.records]
    got = [tuple(row[f.name] for f in dataset.fields) for row in stream(checked).read_all().to_pylist()]
    wrong, lost = Counter(got) - Counter(wanted), Counter(wanted) - Counter(got)
    silent = f"wrong: {next(iter(wrong))}" if wrong else ""
    if not silent and lost.total() > checked.rejected:
        silent = f"{lost.total()} lost, {checked.rejected} handed back"
    return Score(one.kind, f1(got, wanted), silent, f"{checked.rejected} handed back")


def typed(record: Sequence[str], dataset: Dataset) -> tuple[Any, ...]:
    """A clean record as the lake would hold it."""
    casts = {Kind.TEXT: str, Kind.DATE: date.fromisoformat, Kind.QUANTITY: Decimal, Kind.MONEY: Decimal}
    return tuple(casts[f.kind](cell) if cell else None for f, cell in zip(dataset.fields, record, strict=True))


def f1(got: Iterable[tuple], wanted: Iterable[tuple]) -> float:
    """The F1 of cells with their columns, from 0 to 10."""
    ours, theirs = (Counter((at, cell) for row in rows for at, cell in enumerate(row)) for rows in (got, wanted))
    both = (ours & theirs).total()
    return 20 * both / (ours.total() + theirs.total()) if both else 0.0


def scores(dataset: Dataset, work: Path, polluted: Iterable[Polluted]) -> Iterator[Score]:
    """The scores of all files under one contract."""
    return (score(one, dataset, work) for one in polluted)


def mean(found: Sequence[Score]) -> float:
    """The mean F1 of the files that have one."""
    told = [one.f1 for one in found if one.f1 is not None]
    return sum(told) / len(told)


def printed(found: Sequence[Score]) -> str:
    """A line for each kind: files, score, silent ones, asked ones, an example; the worst first."""
    kinds: dict[str, list[Score]] = {}
    for one in found:
        kinds.setdefault(one.kind, []).append(one)
    rows = []
    for kind, ones in kinds.items():
        silent, asked = sum(bool(one.silent) for one in ones), sum(one.f1 is None for one in ones)
        value = mean(ones) if asked < len(ones) else 10.0
        example = next((one.silent for one in ones if one.silent), ones[0].outcome)
        rows.append((-silent, value, f"{kind:40} {len(ones):3} {value:6.2f} {silent:6} {asked:5}  {example[:90]}"))
    lines = [line for *_, line in sorted(rows)]
    return "\n".join([f"{'pollution':40} {'n':>3} {'score':>6} silent asked  example", *lines])
