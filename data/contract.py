"""A dataset contract: one declaration that drives template, header matching, checks, Delta schema, DDL and docs."""

import re
from dataclasses import dataclass
from enum import Enum

from data.text import Text


class Kind(Enum):
    """What a cell holds. `sql` is its column type in DuckDB; Delta stores the same type.

    Money keeps four decimals: line amounts in real exports carry three or four, and rounding each line to cents
    moves the total of 60,855 lines by 0.87 (docs/decisions/0002).
    """

    TEXT = "VARCHAR"
    DATE = "DATE"
    MONTH = "DATE "  # the first day of a month; the space keeps this member apart from DATE
    QUANTITY = "DECIMAL(18,3)"
    MONEY = "DECIMAL(18,4)"
    COUNT = "BIGINT"
    RATE = "DOUBLE"
    FLAG = "BOOLEAN"

    @property
    def sql(self) -> str:
        """The DuckDB type of the column."""
        return self.value.strip()


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a list: as it is stored, and as people say it; a file may spell it either way."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One column an analyst may upload.

    `unit` is what one whole number means ("pcs", "CNY", "" if none); `also` lists headers seen in real files, beside
    the two official labels and the name; `check` is a SQL condition on the column that every non-empty cell must meet;
    `example` is what the template shows; `about` says what the label leaves open. `choices` are the usual values: known
    in both languages and stored alike; `closed` means that there are no others.
    """

    name: str
    kind: Kind
    label: Text
    unit: str = ""
    also: tuple[str, ...] = ()
    required: bool = True
    check: str = ""
    example: str = ""
    about: Text | None = None
    choices: tuple[Choice, ...] = ()
    closed: bool = False

    @property
    def allowed(self) -> Text:
        """Its choices in one line; those that are stored as a number with it: 1 低、2 中、3 高."""
        named = [(f"{c.value} " if c.value not in (c.label.zh, c.label.en) else "", c.label) for c in self.choices]
        return Text("、".join(code + x.zh for code, x in named), ", ".join(code + x.en for code, x in named))


@dataclass(frozen=True, slots=True)
class Rule:
    """What a cell should be to the row's others, or to the day of upload; a row that breaks it may be right all the
    same, so that it is asked about (`rule:<name>`) or, if `noted`, only told.

    `field` is the column at fault, `needs` the others that it is held against; `breaks` is a SQL condition on them,
    with `{today}` for the day of upload. `says` follows the column's name: “Shipped on” is before the day of the order.
    """

    name: str
    field: str
    breaks: str
    says: Text
    needs: tuple[str, ...] = ()
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Lock:
    """Fields of a register that stand from a day on (docs/decisions/0016): once the `day` (a field) of the registered
    row has come, no later row of its key may say anything else there. `fixed` names the field that says since when they
    stand ("": since the row was first published)."""

    fields: tuple[str, ...]
    day: str
    fixed: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A named table of fields; `grain` says in words what one row is, `key` says it in columns.

    `dated` names the field that places a row in time ("" for master data); `quantity` and `amount` name the fields of
    the control totals ("" where there is none). With `latest_wins` a later row of the same key replaces the earlier one
    (master data and registers); without it rows add up (transactions). `adds` names what adds up all the same over the
    rows of one key in one file (a count by lots), while a later file replaces them together. `happened` says that rows
    are of days that have come, so that a later date is questioned. `typed`: a small table that the department keeps
    itself, so that its rows can be typed in as well as uploaded. `rules` hold between the fields of one row;
    `locked_after` says what of a row stands from a day on.
    """

    name: str
    title: Text
    grain: Text
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    dated: str = ""
    quantity: str = ""
    amount: str = ""
    latest_wins: bool = False
    adds: tuple[str, ...] = ()
    happened: bool = False
    typed: bool = False
    rules: tuple[Rule, ...] = ()
    locked_after: Lock | None = None

    def field(self, name: str) -> Field:
        """The field called `name`; `KeyError` names the dataset and what it has."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no field {name!r}; it has {[f.name for f in self.fields]}")

    def has(self, name: str) -> bool:
        """Whether a field of that name exists."""
        return any(field.name == name for field in self.fields)

    def missing(self, mapping: dict[str, str]) -> list[Field]:
        """The required fields that no header was matched to."""
        return [f for f in self.fields if f.required and f.name not in mapping]


def plain(header: str) -> str:
    """Fold away what people vary in a header: case, spaces, punctuation and a bracketed unit."""
    return re.sub(r"[(（\[【].*?[)）\]】]|[\s_\-/·.:：*]", "", header).casefold()
