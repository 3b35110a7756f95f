"""Taking a file in: between a checked file and its publication, for wizard and command line alike."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.contract import Dataset
from data.home import Home
from data.ingest import Option, Prepared, Question, publish
from data.lake import Batch, Replaces
from data.store import Store
from data.text import Text

OVERLAP = "overlap"  # the key of the question and of its answer
ASK = Text(
    "{accounts} 家客户在 {since} 至 {until} 已有 {rows} 行数据。这份文件是替换它们，还是另外增加？",
    "{rows} rows of {accounts} accounts from {since} to {until} are there already. Does this file replace them, or "
    "add to them?",
)
REPLACE = Option("replace", Text("替换这些客户这段时间的数", "Replace these accounts' rows of this period"))
ADD = Option("add", Text("另外增加", "Add to them"))
KNOWN = Text(
    "同一份文件已于 {when} 发布过（批次 {batch}），没有重复载入",
    "The very same file was published on {when} (batch {batch}); it was not loaded again",
)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Rows that are there already for the accounts and the period of a new file."""

    rows: int
    accounts: int
    since: date
    until: date

    def question(self) -> Question:
        """What the analyst is asked about it."""
        return Question(
            OVERLAP,
            ASK.fill(rows=f"{self.rows:,}", accounts=self.accounts, since=self.since, until=self.until),
            (REPLACE, ADD),
        )


def known(home: Home, dataset: Dataset, prepared: Prepared) -> Text | None:
    """The refusal of a file that is live already, byte for byte; naming the first."""
    batch = home.own().lake.same_file(dataset.name, prepared.source.sha256) if prepared.source else None
    return batch and KNOWN.fill(when=f"{batch.committed_at:%Y-%m-%d %H:%M} UTC", batch=batch.id)


def overlap(store: Store, dataset: Dataset, prepared: Prepared) -> Overlap | None:
    """What a file would meet; registers and master data meet nothing, their later row wins."""
    checked = prepared.checked
    if dataset.latest_wins or not dataset.dated or checked is None or checked.period is None:
        return None
    store.version()
    since, until = checked.period
    [(rows, accounts)] = store.execute(
        f"SELECT count(*), count(DISTINCT account) FROM {dataset.name} "
        f"WHERE {dataset.dated} BETWEEN $since AND $until AND list_contains($accounts::VARCHAR[], account)",
        since=since,
        until=until,
        accounts=list(checked.accounts),
    )
    return Overlap(rows, accounts, since, until) if rows else None


def open_questions(home: Home, dataset: Dataset, prepared: Prepared, answers: dict[str, str]) -> list[Question]:
    """Everything that must be answered before publishing: the file's own questions, then what it meets."""
    found = list(prepared.questions)
    if not found and answers.get(OVERLAP) not in ("replace", "add"):
        meets = overlap(home.own(), dataset, prepared)
        found += [meets.question()] if meets else []
    return found


def take(home: Home, prepared: Prepared, answers: dict[str, str], user: str, partial: bool) -> Batch:
    """Publish a prepared file into one's own data and bring the cache up; the demo, if any, is gone afterwards."""
    checked = prepared.checked
    replaces = None
    if answers.get(OVERLAP) == "replace" and checked is not None and checked.period is not None:
        replaces = Replaces(*checked.period, accounts=tuple(checked.accounts))
    store = home.own()
    batch = publish(prepared, store.lake, user=user, partial=partial, replaces=replaces)
    home.begin()
    store.version()
    return batch


def work_folder(home: Home) -> Path:
    """Where uploads are spilled and parsed."""
    folder = home.path / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
