"""What was said of a layout when its last file was published, taken as told for the next file of that layout.

There is no store of profiles: the newest live batch of a dataset whose file had the same headers is the profile, and
undoing it brings back the one before. What belongs to one file only (what it replaces, its control totals) is never
taken over, and neither is an answer that the new file does not offer or that its cells contradict: that is asked again.
"""

import datetime
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from data.ingest import basis, wide
from data.ingest.layout import is_nameless
from data.ingest.shapes import Option, Question
from data.ingest.told import MAP
from data.ingest.upload import READING, Prepared, again
from data.ingest.verdicts import COMMAS, MIXED, ORDERS
from data.lake import Batch, Lake, Receipt
from data.text import Text

KEPT = frozenset(
    {"comma", "dates", "unit", "tax_basis", "fill", "months", "column", "sheet", "table", "encoding", "map", "period"}
)  # answers of these kinds hold for every file of a layout, any other for its own file only
CHOICES = {"comma": COMMAS, "dates": ORDERS, "unit": MIXED}  # what the cells of a column can contradict
TRIED = 3  # earlier files after whose sheet or encoding is looked: each costs a read
READ_AS = Text(
    "按 {file} 的读法读取（{day} 由 {user} 发布，批次 {batch}）。",
    "Read as {file} was on {day} by {user} (batch {batch}).",
)
CHANGED = Text(
    "{file} 的“{header}”按“{answer}”读，这份文件的内容不一样。这次怎么读？",
    "In {file} “{header}” was read as “{answer}”; the cells of this file differ. How are they to be read?",
)


@dataclass(frozen=True, slots=True)
class Recalled:
    """A file that is read as far as it goes; `like` is the batch that told how, None where none had anything to add."""

    prepared: Prepared
    like: Batch | None = None

    @property
    def note(self) -> Text | None:
        """Where the reading comes from, if it comes from anywhere."""
        if self.like is None:
            return None
        receipt, day = self.like.receipt, f"{self.like.committed_at:%Y-%m-%d}"
        return READ_AS.fill(file=receipt.file, day=day, user=receipt.user, batch=self.like.id)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is told of a file: {field: header}, answers; and the day of the upload."""

    mapping: Mapping[str, str]
    answers: Mapping[str, str]
    today: datetime.date

    def on(self, prepared: Prepared) -> Prepared:
        return again(prepared, mapping=self.mapping, answers=self.answers, today=self.today)

    def and_(self, answers: Mapping[str, str]) -> "_Said":
        return replace(self, answers={**self.answers, **answers})


def recall(
    prepared: Prepared, lake: Lake, *, mapping: Mapping[str, str], answers: Mapping[str, str], today: datetime.date
) -> Recalled:
    """Read `prepared` on as the last file of its layout was.

    `mapping` and `answers` are a person's own, with which it has been prepared; they go before whatever was said then.
    """
    live = (batch for batch in lake.batches(prepared.dataset.name) if batch.live and batch.receipt.headers)
    # the very same file comes again for another of its sheets
    earlier = [b for b in live if b.receipt.sha256 != prepared.source.sha256 or not _first(prepared)]
    said, current = _Said(mapping, answers, today), prepared
    for given in _readings(prepared, earlier):
        opened, with_its_sheet = _answered(current, _first, given, said)
        if like := next((batch for batch in earlier if _same_layout(opened, batch.receipt)), None):
            found = _read_on(opened, like.receipt, with_its_sheet)
            return Recalled(found, like if _differ(prepared, found) else None)
        current = opened if opened is current else said.on(opened)
    return Recalled(current)


def _readings(prepared: Prepared, earlier: Sequence[Batch]) -> list[dict[str, str]]:
    """How earlier files answered what stands before the headers, such as the sheet, as far as this one offers it; the
    last of them first. Nothing, once, where nothing stands before them."""
    if not _first(prepared):
        return [{}]
    found: list[dict[str, str]] = []
    for batch in earlier:
        given = batch.receipt.answers
        reading = {key: given[key] for key in READING if key in given}  # a table may be asked for after its sheet
        if reading not in found and any(_on_offer(question, given) for question in _first(prepared)):
            found.append(reading)
    return found[:TRIED]


def _same_layout(prepared: Prepared, receipt: Receipt) -> bool:
    """Whether a file has the headers of an earlier one, in any order; months across move on and do not count."""
    staged = prepared.origin.staged
    return staged is not None and bool(layout := _layout(staged.headers)) and layout == _layout(receipt.headers)


def _layout(headers: Sequence[str]) -> list[str]:
    """What tells one layout from another; nothing where columns only have their order for a name."""
    if all(map(is_nameless, headers)):
        return []
    return sorted(folded(header) for header in headers if not wide.is_month(header))


def folded(header: str) -> str:
    """A header without what systems vary: width, case and spaces. What stands in brackets counts: 万元, 不含税."""
    return "".join(unicodedata.normalize("NFKC", header).casefold().split())


# -- answering --------------------------------------------------------------------------------------------------------


def _first(prepared: Prepared) -> Iterable[Question]:
    """What must be answered before the headers are known."""
    return prepared.origin.questions


def _all(prepared: Prepared) -> Iterable[Question]:
    return prepared.questions


def _answered(
    prepared: Prepared, asked: Callable[[Prepared], Iterable[Question]], given: Mapping[str, str], said: _Said
) -> tuple[Prepared, _Said]:
    """Answer whatever is asked and on offer as it was answered then, until nothing more is; also what is told now."""
    while new := {q.key: given[q.key] for q in asked(prepared) if q.key not in said.answers and _on_offer(q, given)}:
        said = said.and_(new)
        prepared = said.on(prepared)
    return prepared, said


def _on_offer(question: Question, given: Mapping[str, str]) -> bool:
    kept = _kind(question.key) in KEPT
    return kept and given.get(question.key) in {option.value for option in question.options}


def _kind(key: str) -> str:
    """comma of comma:qty, map of map.qty."""
    return key.partition(":")[0].partition(".")[0]


def _read_on(opened: Prepared, receipt: Receipt, said: _Said) -> Prepared:
    """A file of the receipt's layout with its columns as they were told then, and after them its answers."""
    columns = _columns(opened, receipt, said)
    moved = {name for name, header in columns.items() if folded(receipt.mapping.get(name, "")) != folded(header)}
    given = {key: answer for key, answer in receipt.answers.items() if key.partition(":")[2] not in moved}
    if opened.dataset.amount in moved:
        given.pop(basis.KEY, None)
    said = replace(said, mapping=columns)
    found = opened if columns.items() <= opened.mapping.items() else said.on(opened)
    found, said = _answered(found, _all, given, said)
    return replace(found, questions=(*found.questions, *_contradicted(found, receipt, given, said)))


def _columns(opened: Prepared, receipt: Receipt, said: _Said) -> dict[str, str]:
    """{field: header} of then in the spelling of this file, where a person has not said otherwise today."""
    assert opened.origin.staged
    own = dict(said.mapping) | {k.removeprefix(MAP): v for k, v in said.answers.items() if k.startswith(MAP)}
    spelled = {folded(header): header for header in opened.origin.staged.headers}
    absent = {
        key.removeprefix(MAP): "" for key, answer in receipt.answers.items() if key.startswith(MAP) and not answer
    }
    fed = {name: spelled.get(folded(header), "") for name, header in receipt.mapping.items()}
    then = absent | {name: header for name, header in fed.items() if header}  # months across have made their own
    free = {name: header for name, header in then.items() if not header or header not in own.values()}
    return {name: header for name, header in free.items() if opened.dataset.has(name)} | own


# -- what no longer fits ----------------------------------------------------------------------------------------------


def _contradicted(found: Prepared, receipt: Receipt, given: Mapping[str, str], said: _Said) -> Iterator[Question]:
    """What was answered then and this file does not ask, because its cells speak for themselves, but differently."""
    if found.questions or found.checked is None:
        return
    for key, answer in given.items():
        labels, (_, _, name) = CHOICES.get(_kind(key), {}), key.partition(":")
        if answer not in labels or key in said.answers or name not in found.mapping:
            continue
        if _sums(said.and_({key: answer}).on(found)) != _sums(found):
            then = {"file": receipt.file, "header": found.mapping[name], "answer": labels[answer]}
            yield Question(key, CHANGED.fill(**then), tuple(Option(*one) for one in labels.items()))


def _sums(prepared: Prepared) -> tuple[object, ...]:
    """What a file comes to, by which two readings of it are told apart."""
    checked = prepared.checked
    assert checked is not None
    return checked.rows_good, checked.totals, checked.period


def _differ(before: Prepared, after: Prepared) -> bool:
    """Whether a file is read otherwise, or asks otherwise, than it would have by itself."""
    first, then = ((p.mapping, p.answers, p.questions) for p in (before, after))
    return first != then
