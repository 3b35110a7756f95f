"""Taking a file in: between a checked file and its publication, for wizard and command line alike."""

import fcntl
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from data import control, quarantine, spans
from data.codes import in_force
from data.home import Home
from data.ingest import NotReady, Option, Prepared, Question, publish, rejected_file, twin
from data.ingest.returned import is_returned
from data.lake import Batch, Replaces, new_batch_id
from data.naming import written
from data.reach import coarse
from data.store import Store
from data.text import Text
from data.vet import Vetted, aliases, spoken

NOTHING: Mapping[str, str] = MappingProxyType({})
OVERLAP = "overlap"  # the key of the question and of its answer
ASK = Text(
    "{accounts} 家客户在 {since} 至 {until} 已有 {rows} 行数据。这份文件是替换它们，还是另外增加？",
    "{rows} rows of {accounts} accounts from {since} to {until} are there already. Does this file replace them, or "
    "add to them?",
)
RETURNED = Text(
    "这是退回的行改好以后的文件，{since} 至 {until} 已有 {rows} 行。另外增加，还是替换？替换会拿掉已载入的行。",
    "These are rows that were handed back and corrected; {rows} rows from {since} to {until} are there already. Add to "
    "them, or replace them? Replacing takes out the rows that were loaded then.",
)
REPLACE = Option("replace", Text("替换这些客户这段时间的数", "Replace these accounts' rows of this period"))
ADD = Option("add", Text("另外增加", "Add to them"))
MEANWHILE = Text(
    "刚刚有人发布了这段时间的数据，所以没有发布。请先说明两份文件的关系。",
    "Somebody has just published rows of this period, so nothing was published. Say first how the two files relate.",
)
KNOWN = Text(
    "同一份文件已于 {when} 发布过（批次 {batch}），没有重复载入",
    "The very same file was published on {when} (batch {batch}); it was not loaded again",
)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Rows that are there already for the accounts and the period of a new file; `returned`: of rows handed back."""

    rows: int
    accounts: int
    since: date
    until: date
    returned: bool = False

    def question(self) -> Question:
        """What the analyst is asked about it; rows that were handed back usually add to the others of their file."""
        ask, options = (RETURNED, (ADD, REPLACE)) if self.returned else (ASK, (REPLACE, ADD))
        found = {"rows": f"{self.rows:,}", "accounts": self.accounts, "since": self.since, "until": self.until}
        return Question(OVERLAP, ask.fill(**found), options)


def today() -> date:
    """The day of the upload, against which dates in a file are called future ones; the only clock of the intake."""
    return date.today()


def known(home: Home, prepared: Prepared) -> Text | None:
    """The refusal of a file that is live already, byte for byte (and sheet for sheet); it names the first."""
    batch = twin(prepared, home.own().lake)
    return batch and KNOWN.fill(when=f"{batch.committed_at:%Y-%m-%d %H:%M} UTC", batch=batch.id)


def overlap(store: Store, prepared: Prepared, answers: Mapping[str, str] = NOTHING) -> Overlap | None:
    """What a file would meet, under whatever code; registers and master data meet nothing, their later row wins."""
    dataset, checked = prepared.dataset, prepared.checked
    if dataset.latest_wins or not dataset.dated or checked is None or checked.period is None:
        return None
    store.version()
    since, until = _span(store, prepared, answers)
    [(rows, accounts)] = store.execute(
        f"SELECT count(*), count(DISTINCT account) FROM {dataset.name} "
        f"WHERE {dataset.dated} BETWEEN $since AND $until AND list_contains($accounts::VARCHAR[], account)",
        since=since,
        until=until,
        accounts=every_code(store, prepared, answers),
    )
    return Overlap(rows, accounts, since, until, is_returned(prepared.origin)) if rows else None


def _span(store: Store, prepared: Prepared, answers: Mapping[str, str]) -> tuple[date, date]:
    """The days that a file covers, widened by whole months (weeks) that are there already and reach into them."""
    checked, dated = prepared.checked, prepared.dataset.dated
    assert checked and checked.period
    since, until = spans.covered(checked.period, checked.answers)
    for grain, batches in coarse(store.lake, prepared.dataset.name).items():
        [(early, late)] = store.execute(
            f"SELECT min({dated}) AS early, max({dated}) AS late FROM {prepared.dataset.name} "
            f"WHERE list_contains($batches::BIGINT[], _seq) AND {dated} BETWEEN $reach AND $until "
            "AND list_contains($accounts::VARCHAR[], account)",
            batches=batches,
            reach=spans.first(since) if grain == spans.MONTH else since - spans.DAYS_AFTER,
            until=until,
            accounts=every_code(store, prepared, answers),
        )
        if early is not None:
            since, until = min(since, early), max(until, spans.end(late, grain))
    return since, until


def every_code(
    store: Store, prepared: Prepared, answers: Mapping[str, str], said: Iterable[str] | None = None
) -> list[str]:
    """All codes that mean an account of the file (or of `said`), now and with the aliases that are published with it:
    what a file replaces is settled when it is published, and a later alias neither hides rows nor brings them back."""
    if said is None:
        said = prepared.checked.accounts if prepared.checked else ()
    meant = {m.code: m.target for m in in_force([*spoken(store), *aliases(prepared, answers)]) if m.kind == "account"}
    accounts = {meant.get(code, code) for code in said}
    return sorted({*said, *accounts, *(code for code, target in meant.items() if target in accounts)})


def open_questions(
    home: Home, prepared: Prepared, answers: Mapping[str, str], vetted: Vetted | None = None
) -> list[Question]:
    """What must be answered before publishing: the file's own questions, then unknown codes, then what it meets."""
    found = list(prepared.questions) or (vetted.open(answers) if vetted else [])
    if not found and answers.get(OVERLAP) not in (REPLACE.value, ADD.value):
        meets = overlap(home.own(), prepared, answers)
        found += [meets.question()] if meets else []
    return found


def take(
    home: Home,
    prepared: Prepared,
    answers: Mapping[str, str],
    user: str,
    partial: bool,
    typed: Mapping[str, str] = NOTHING,
) -> Batch:
    """Publish a prepared file into one's own data and bring the cache up; the demo, if any, is gone afterwards.

    The file itself is kept first, as it came and under its hash: the lake could be filled again from the originals; so
    are rows that are handed back (`data.quarantine`). Aliases that were answered become a batch of their own; `typed`
    are the control totals that a person gave (see `data.control`).
    """
    store, batch_id = home.own(), new_batch_id()
    with turn(home):
        said = answers.get(OVERLAP) in (REPLACE.value, ADD.value) or twin(prepared, store.lake)
        if not said and overlap(store, prepared, answers):
            raise NotReady(MEANWHILE)
        hides = _replaces(store, prepared, answers)
        with (
            _kept(prepared.file, home.path / "originals" / prepared.source.sha256),
            quarantine.kept(quarantine.path(home.path, batch_id), _handed_back(prepared) if partial else None),
            written(store.lake, aliases(prepared, answers), user, prepared.source.name),
        ):
            agreed = {"partial": partial, "replaces": hides, "control": control.kept(typed), "batch_id": batch_id}
            batch = publish(prepared, store.lake, user=user, **agreed)
    home.begin()
    store.version()
    return batch


def _handed_back(prepared: Prepared) -> Callable[[], bytes] | None:
    """What makes the file of the rows that are not loaded, where there are any."""
    checked = prepared.checked
    return (lambda: rejected_file(prepared)) if checked and checked.rejected and not prepared.questions else None


def _replaces(store: Store, prepared: Prepared, answers: Mapping[str, str]) -> Replaces | None:
    """What the file hides of earlier ones, if that was answered."""
    checked = prepared.checked
    if prepared.dataset.latest_wins or answers.get(OVERLAP) != REPLACE.value or checked is None or not checked.period:
        return None  # of a register a whole folder's answer hides nothing: its later row wins
    span = _span(store, prepared, answers)
    return Replaces(*span, accounts=tuple(every_code(store, prepared, answers)))


@contextmanager
def turn(home: Home, what: str = "publishing") -> Iterator[None]:
    """One at a time does `what`, over processes too, so that nobody comes between the last look and the commit."""
    home.path.mkdir(parents=True, exist_ok=True)
    with (home.path / what).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the system lets go of it however a process ends
        yield


@contextmanager
def _kept(file: Path, original: Path) -> Iterator[None]:
    """Keep a copy for as long as what is done inside succeeds; one that was there already stays in any case."""
    if original.exists():
        yield
        return
    original.parent.mkdir(parents=True, exist_ok=True)
    partly = original.with_suffix(".part")  # renamed when whole, so that a kill leaves no half original
    shutil.copyfile(file, partly)
    partly.replace(original)
    try:
        yield
    except BaseException:
        original.unlink()
        raise


def work_folder(home: Home) -> Path:
    """Where uploads are spilled and parsed."""
    folder = home.path / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
