"""The few shapes that the parts of ingest hand to each other, and how the child process spells them in JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from data.text import Text

MAX_COLUMNS = 500  # wider than any export met so far; a million columns would take minutes to refuse
MAX_LINE = 1_000_000  # bytes in one line; also DuckDB's max_line_size
HEADER_SEARCH = 20  # rows; titles, print dates and filters stand above a header, never a screenful of them
BATCH_ROWS = 50_000  # rows turned into columns at a time, so that memory does not grow with the file
MEMORY_LIMIT = "400MB"  # of one DuckDB here; beyond it DuckDB spills into the working folder


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question: `value` is what comes back, `label` what is shown."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Question:
    """What the file leaves open and only a person knows; `key` names the answer, kept with the batch."""

    key: str
    ask: Text
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Staged:
    """A file as text cells, on disk: `rows` records in columns c0, c1, ... of the staged Parquet file.

    `first_line` is the line of the first record when each record is one line, so that a record's line follows from its
    place; None when the Parquet file has a column `_line`. `torn` records could not be split into cells (their own
    Parquet file), `blank` lines were passed over. `above` are the cells of the rows above the header, `unnamed` the
    columns (from 1) that hold data under a blank header, `samples` a few different cells of each column.
    """

    headers: tuple[str, ...]
    rows: int
    first_line: int | None = None
    torn: int = 0
    blank: int = 0
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    above: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    unnamed: tuple[int, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """Rows that sum up others: lines of the right ones (`agree`), and what to say of each wrong one (`differ`)."""

    agree: tuple[int, ...] = ()
    differ: Mapping[int, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the child process has to say: rows, or the reason why there are none; and what it must be told."""

    staged: Staged | None = None
    refused: Text | None = None
    questions: tuple[Question, ...] = field(default=())


class Refused(Exception):
    """The file cannot be read; `reason` is for the analyst, `question` what would help, if anything."""

    def __init__(self, reason: Text, question: Question | None = None):
        super().__init__(reason.en)
        self.reason = reason
        self.question = question


class WrongAnswer(ValueError):
    """An answer or a mapping that is none of those on offer; the message names it and what is."""


def to_json(outcome: Outcome) -> dict[str, Any]:
    """Plain lists, dicts, strings and numbers."""
    return asdict(outcome)


def from_json(raw: dict[str, Any]) -> Outcome:
    """The `Outcome` that `to_json` was given."""
    staged = raw["staged"]
    if staged is not None:
        lists = {name: tuple(staged[name]) for name in ("headers", "above", "unnamed")}
        lists["samples"] = tuple(map(tuple, staged["samples"]))
        staged = Staged(**{**staged, **lists, "notes": tuple(Text(**note) for note in staged["notes"])})
    refused = Text(**raw["refused"]) if raw["refused"] else None
    return Outcome(staged, refused, tuple(_question(one) for one in raw["questions"]))


def _question(raw: dict[str, Any]) -> Question:
    options = tuple(Option(one["value"], Text(**one["label"])) for one in raw["options"])
    return Question(raw["key"], Text(**raw["ask"]), options)
