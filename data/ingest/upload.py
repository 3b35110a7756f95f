"""One file on its way into one dataset: read, matched, checked, and published when nothing is left open."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from data import spans
from data.contract import Dataset
from data.ingest import basis, constant, fill, parted, returned, ticked, unnamed, wide
from data.ingest.check import Checked, Held, Unfit, check, register, stream
from data.ingest.layout import known_headers
from data.ingest.match import Match, match, settle
from data.ingest.read import Source, read
from data.ingest.rejects import as_csv
from data.ingest.shapes import Question
from data.ingest.staging import bench
from data.ingest.told import MAP, columns
from data.text import Text

if TYPE_CHECKING:
    from data.lake import Batch, Lake, Replaces

NOTHING: Mapping[str, Any] = MappingProxyType({})
READING = ("sheet", "table", "encoding")  # answers that decide what is read at all
STAGING = (*READING, "ragged")  # and those with which it is read anew
OPEN_QUESTIONS = Text("还有 {count} 个问题没有回答：{first}", "{count} questions are open: {first}")
NAMED = 12  # headers named in a note
NOT_READ = Text("没有导入的列：{names}。", "Columns that were not imported: {names}.")
NO_GOOD_ROWS = Text("没有可载入的行。", "There are no rows to load.")
HAS_REJECTS = Text(
    "{total:,} 行中有 {count:,} 行有问题。请改正，或选择只载入其余各行。",
    "{count:,} of {total:,} rows have problems. Correct them, or choose to load only the others.",
)
SAME_FILE = Text(
    "这个文件已于 {day} 由 {user} 载入，没有重复载入。",
    "{user} loaded this very file on {day}; it was not loaded again.",
)


class NotReady(Exception):
    """The file cannot be published yet; `reason` says what is to be done."""

    def __init__(self, reason: Text):
        super().__init__(reason.en)
        self.reason = reason


class SameFile(NotReady):
    """The same bytes (and sheet) are a live batch already."""

    def __init__(self, batch: "Batch"):
        super().__init__(SAME_FILE.fill(day=f"{batch.committed_at:%Y-%m-%d}", user=batch.receipt.user))
        self.batch = batch


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file on its way into a dataset.

    `refused` when it cannot be read at all. `questions` in the order to ask them: encoding, sheet, then columns
    (`map.<field>`), then cells. `checked` is there as soon as the columns are known. `mapping` is {field: header}.
    `origin` is the file as it was read, `source` as it is checked: with months as rows, say.
    """

    file: Path
    work: Path
    dataset: Dataset
    origin: Source
    source: Source
    matched: Match | None
    mapping: dict[str, str]
    answers: dict[str, str]
    questions: tuple[Question, ...]
    checked: Checked | None

    @property
    def has_columns(self) -> bool:
        """Whether the columns are known, though what feeds what may be open: months across are turned first."""
        return self.source.staged is not None and not any(q.key in (wide.MONTHS, wide.YEAR) for q in self.questions)

    @property
    def headers(self) -> tuple[str, ...]:
        """The columns to choose from: months turned already, without what was said for the whole file."""
        staged = self.source.staged
        added = 0 if self.source is self.origin else len(constant.told(self.dataset, self.answers))
        return staged.headers[: len(staged.headers) - added] if staged else ()

    def samples(self, header: str) -> tuple[str, ...]:
        """A few different cells of a column; none where months were turned into it."""
        staged = self.source.staged
        return dict(zip(staged.headers, staged.samples, strict=False)).get(header, ()) if staged else ()

    @property
    def refused(self) -> Text | None:
        """Why the file cannot be read, if it cannot and no answer would help."""
        return None if self.questions else self.source.refused

    @property
    def notes(self) -> tuple[Text, ...]:
        """What was done to the file or should be known of it."""
        left_out = self.matched.notes(self.dataset) if self.matched else ()
        staged = self.source.staged.notes if self.source.staged else ()
        return (*(self.checked.notes if self.checked else staged), *left_out, *self._not_read())

    def _not_read(self) -> tuple[Text, ...]:
        """The columns that feed nothing, by name: whoever is not at hand to see them must be told."""
        rest = [header for header in self.headers if header not in self.mapping.values()]
        dots = " …" if len(rest) > NAMED else ""
        names = Text("、".join(rest[:NAMED]) + dots, ", ".join(rest[:NAMED]) + dots)
        return (NOT_READ.fill(names=names),) if rest and self.checked else ()

    def discard(self) -> None:
        """Delete the staged cells; afterwards neither `publish` nor `rejected_file` can be called."""
        self.source.discard()


def prepare(
    file: Path,
    name: str,
    dataset: Dataset,
    *,
    work: Path,
    mapping: Mapping[str, str] = NOTHING,
    answers: Mapping[str, str] = NOTHING,
    today: datetime.date,
) -> Prepared:
    """Read `file`, which the analyst calls `name`, and check it as far as it goes. Staged cells go below `work`."""
    source = read(file, name, work, known=known_headers(dataset), **{key: answers.get(key) for key in STAGING})
    return _checked(file, work, dataset, returned.stripped(source), mapping, answers, today)


def again(
    prepared: Prepared, *, mapping: Mapping[str, str], answers: Mapping[str, str], today: datetime.date
) -> Prepared:
    """The same file under another mapping or other answers; read once more only for another of STAGING."""
    if any(answers.get(key) != prepared.answers.get(key) for key in STAGING):
        prepared.discard()
        return prepare(
            prepared.file,
            prepared.source.name,
            prepared.dataset,
            work=prepared.work,
            mapping=mapping,
            answers=answers,
            today=today,
        )
    return _checked(prepared.file, prepared.work, prepared.dataset, prepared.origin, mapping, answers, today)


def _checked(
    file: Path,
    work: Path,
    dataset: Dataset,
    origin: Source,
    mapping: Mapping[str, str],
    answers: Mapping[str, str],
    today: datetime.date,
) -> Prepared:
    """From staged cells on: turn months into rows, join parts of dates, find the columns, fill down, check; or what is
    open before that."""
    absent = {MAP + name: "" for name, header in mapping.items() if not header}
    answers = {**absent, **answers}  # that a column is not there is a word of its own, kept with the batch
    read_ = Prepared(file, work, dataset, origin, origin, None, {}, answers, origin.questions, None)
    if origin.staged is None:
        return read_
    source, turned, asked = _turned(origin, dataset, answers, today)
    answers |= {spans.GRAIN: spans.MONTH} if wide.is_monthly(source, origin) else {}
    if asked:  # which columns there are is known after it
        matched = match(dataset, origin.staged.headers)
        return replace(read_, matched=matched, mapping=matched.found, questions=(*origin.questions, *asked))
    source, whole = constant.added(source, dataset, constant.told(dataset, answers))
    matched, settled, questions = _columns(source, dataset, turned, {**columns(mapping, answers), **whole}, answers)
    if origin.questions:  # another sheet has other columns and other money
        questions = (*origin.questions, *(q for q in questions if q.key != basis.KEY))
    if questions:
        return replace(read_, source=source, matched=matched, mapping=settled, questions=questions)
    if answers.get(fill.KEY) == fill.DOWN:
        source = fill.down(source, dataset, settled)
    checked = check(source, dataset, settled, answers, today)
    found = {"answers": checked.answers, "questions": checked.questions, "checked": checked}
    return replace(read_, source=source, matched=matched, mapping=settled, **found)


def _columns(
    source: Source, dataset: Dataset, turned: Mapping[str, str], said: Mapping[str, str], answers: Mapping[str, str]
) -> tuple[Match, dict[str, str], tuple[Question, ...]]:
    """(how headers fit, {field: header} after what was told, what is open of columns, else of blanks)."""
    staged = source.staged
    assert staged
    matched = match(dataset, staged.headers)
    named, blank = unnamed.told(dataset, staged, answers)
    ticks = ticked.told(dataset, staged.headers, staged.samples, matched.found)
    settled, open_ = settle(dataset, matched, staged.headers, {**ticks, **turned, **named, **said})
    nameless = unnamed.questions(blank, dataset, staged, settled)
    questions = (*nameless, *open_, *basis.questions(dataset, settled, staged.headers, answers))
    lacking = None if questions else fill.question(source, dataset, settled, answers)
    return matched, settled, (lacking,) if lacking else questions


def _turned(
    source: Source, dataset: Dataset, answers: Mapping[str, str], today: datetime.date
) -> tuple[Source, dict[str, str], list[Question]]:
    """(the file with its months as rows or its dates in one column, what is then known of its columns, or what is
    asked first)."""
    staged = source.staged
    assert staged
    matched = match(dataset, staged.headers)
    found = wide.find(dataset, matched, staged.headers)
    if found is None:
        return *parted.joined(source, dataset, matched), []
    asked = wide.questions(found, dataset, staged, answers, today)
    if asked or answers.get(wide.MONTHS) == wide.NO:
        return source, {}, asked
    return *wide.turn(source, found, dataset, answers), []


def without(prepared: Prepared, unfit: Unfit, today: datetime.date, held: Held = NOTHING) -> Prepared:
    """The same file with the rows of values that do not fit, and `held` lines, handed back; only for one without open
    questions."""
    assert not prepared.questions, "a file with open questions has no rows yet"
    told, mapping = prepared.answers, prepared.mapping
    return replace(prepared, checked=check(prepared.source, prepared.dataset, mapping, told, today, unfit, held))


def twin(prepared: Prepared, lake: "Lake") -> "Batch | None":
    """The live batch of the same bytes and the same sheet, if there is one."""
    sheet = prepared.answers.get("sheet")
    same = (b for b in lake.batches(prepared.dataset.name) if b.live and b.receipt.sha256 == prepared.source.sha256)
    return next((b for b in same if b.receipt.answers.get("sheet") == sheet), None)


def publish(
    prepared: Prepared,
    lake: "Lake",
    *,
    user: str,
    partial: bool,
    replaces: "Replaces | None" = None,
    control: Mapping[str, str] = NOTHING,
    batch_id: str = "",
) -> "Batch":
    """Commit the good rows as one batch, named beforehand or by the lake. `partial` agrees to leave rejected rows out;
    raises `NotReady`."""
    from data.lake import Receipt

    checked = _ready(prepared, partial)
    if batch := twin(prepared, lake):
        raise SameFile(batch)
    receipt = Receipt(
        file=prepared.source.name,
        sha256=prepared.source.sha256,
        user=user,
        mapping=prepared.mapping,
        answers=prepared.answers,
        rows_in=checked.rows_in,
        rows_rejected=checked.rejected,
        totals={role: str(total) for role, total in checked.totals.items() if total is not None},
        period=(checked.period[0].isoformat(), checked.period[1].isoformat()) if checked.period else None,
        replaces=replaces,
        headers=prepared.origin.staged.headers if prepared.origin.staged else (),
        control=dict(control),
        corrects=returned.corrects(prepared.origin),
    )
    return lake.commit(prepared.dataset, stream(checked), receipt, batch_id)


def _ready(prepared: Prepared, partial: bool) -> Checked:
    """What may be published, or `NotReady`."""
    if prepared.questions:
        raise NotReady(OPEN_QUESTIONS.fill(count=len(prepared.questions), first=prepared.questions[0].ask))
    if prepared.source.refused:
        raise NotReady(prepared.source.refused)
    checked = prepared.checked
    if checked is None or checked.rows_good == 0:
        raise NotReady(NO_GOOD_ROWS)
    if checked.rejected and not partial:
        raise NotReady(HAS_REJECTS.fill(count=checked.rejected, total=checked.rows_in))
    return checked


def rejected_file(prepared: Prepared) -> bytes:
    """The rejected records as CSV (UTF-8 with BOM): their own columns, line, reason; empty before `checked`."""
    if prepared.checked is None or prepared.checked.plan is None:
        return b""
    with bench(prepared.source.folder) as con:
        register(con, prepared.checked.plan)
        return as_csv(con, prepared.checked.plan)
