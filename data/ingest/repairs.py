"""What a person says cells mean that cannot be read: one word for every cell of a column that says the same.

`fix:<field>:<cell>` is answered with what the cell stands for, `blank:<field>` with EMPTY where all unreadable cells of
an optional column are to be left empty. Both are kept with the batch, and every use is noted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data.contract import Dataset, Field, Kind
from data.ingest import cells, dates, numbers
from data.ingest.cells import Ambiguous, Hints, Parser, Problem, Value
from data.ingest.shapes import WrongAnswer
from data.text import Text

FIX, BLANK, EMPTY = "fix:", "blank:", "empty"
SPELLED = 3  # repairs spelled out in a note
FIXED = Text("“{header}”：{pairs}。", "“{header}”: {pairs}.")
PAIR = Text("“{said}”按“{meant}”读", "“{said}” was read as “{meant}”")
EMPTIED = Text(
    "“{header}”里有 {count:,} 种读不懂的写法，按您的选择留空。",
    "“{header}”: as you chose, {count:,} kinds of cells that cannot be read were left empty.",
)
KINDS = {
    Kind.TEXT: Text("文字", "words"),
    Kind.DATE: Text("日期，如 2026-01-05", "a date such as 2026-01-05"),
    Kind.MONTH: Text("月份，如 2026-01", "a month such as 2026-01"),
    Kind.QUANTITY: Text("数字", "a number"),
    Kind.MONEY: Text("金额数字", "an amount of money in digits"),
    Kind.COUNT: Text("整数", "a whole number"),
    Kind.RATE: Text("数字或百分比", "a number or a percentage"),
    Kind.FLAG: Text("“是”或“否”", "yes or no"),
}  # what a column takes
MISFIT = Text(
    "“{header}”里的“{said}”没有改：“{meant}”不行，这一列要的是{kind}。",
    "“{said}” in “{header}” was not repaired: “{meant}” will not do, the column takes {kind}.",
)
UNUSED = Text(
    "改正没有用上：“{header}”里没有读不懂的“{said}”。",
    "A repair found no use: no unreadable cell of “{header}” says “{said}”.",
)


@dataclass(frozen=True, slots=True)
class Repairs:
    """What was said of one column: {cell: what it stands for}, and whether all others are to be left empty."""

    fixes: Mapping[str, str]
    empties: bool = False

    def on(self, parse: Parser) -> Parser:
        """A parser that reads cells as they were said to be meant."""

        def mended(cell: str) -> Value:
            found = parse(self.fixes.get(cell, cell))
            return None if self.empties and isinstance(found, Problem) else found

        return mended if self.fixes or self.empties else parse

    def notes(self, field: Field, header: str, odd: Iterable[str], parse: Parser) -> list[Text]:
        """What became of the cells; and repairs that no cell called for, or that the column cannot hold."""
        if not (self.fixes or self.empties):
            return []
        there = set(odd)
        found = {said: meant for said, meant in self.fixes.items() if said in there}
        wrong = {said: meant for said, meant in found.items() if isinstance(parse(meant), Problem)}
        used = [PAIR.fill(said=said, meant=meant) for said, meant in found.items() if said not in wrong]
        about = {"header": header, "kind": expected(field)}
        notes = [MISFIT.fill(**about, said=said, meant=meant) for said, meant in wrong.items()]
        notes += [FIXED.fill(header=header, pairs=_listed(used))] if used else []
        notes += [UNUSED.fill(header=header, said=said) for said in self.fixes if said not in there]
        unread = sum(isinstance(parse(self.fixes.get(cell, cell)), Problem) for cell in there) if self.empties else 0
        return [*notes, *([EMPTIED.fill(header=header, count=unread)] if unread else [])]


def told(field: Field, answers: Mapping[str, str]) -> Repairs:
    """What answers say of a column; raises `WrongAnswer` where a required one is to be left empty."""
    head, empties = f"{FIX}{field.name}:", answers.get(BLANK + field.name)
    if empties not in (None, EMPTY):
        raise WrongAnswer(f"{BLANK}{field.name} is answered {empties!r}; it takes {EMPTY!r}")
    if empties and field.required:
        raise WrongAnswer(f"{field.name} is required and cannot be left empty")
    return Repairs(
        {key.removeprefix(head): meant for key, meant in answers.items() if key.startswith(head)}, bool(empties)
    )


def refuse_misfits(dataset: Dataset, answers: Mapping[str, str]) -> None:
    """Raise `WrongAnswer` at a repair that its column can hold in no file; it names what the column takes."""
    for key, meant in answers.items():
        name, colon, _ = key.removeprefix(FIX).partition(":")
        if not key.startswith(FIX) or not colon:
            continue
        if not dataset.has(name):
            raise WrongAnswer(f"{key} repairs no field of {dataset.name}; it has {[f.name for f in dataset.fields]}")
        if not can_hold(dataset.field(name), meant):
            raise WrongAnswer(f"{key} is answered {meant!r}; {name} takes {expected(dataset.field(name)).en}")


def expected(field: Field) -> Text:
    """What the cells of a column may be, in words."""
    return field.allowed if field.closed else KINDS[field.kind]


def can_hold(field: Field, meant: str) -> bool:
    """Whether a word is a value of this column in some file, whatever comma and order of day and month it uses."""
    return any(
        isinstance(parse, Ambiguous) or not isinstance(parse(meant), Problem) for parse in _parsers(field, meant)
    )


def _parsers(field: Field, meant: str) -> list[Parser | Ambiguous]:
    if field.choices:
        return [cells.choice(field)]
    if field.kind in (Kind.DATE, Kind.MONTH):
        return [dates.parser(field, [meant], Hints())]
    if field.kind is Kind.FLAG:
        return [cells.flag]
    if field.kind is Kind.TEXT:
        return [cells.text]
    return [numbers.parser(field, mark, Hints()) for mark in (numbers.THOUSANDS, numbers.DECIMAL)]


def _listed(pairs: list[Text]) -> Text:
    dots = " …" if len(pairs) > SPELLED else ""
    return Text("，".join(p.zh for p in pairs[:SPELLED]) + dots, ", ".join(p.en for p in pairs[:SPELLED]) + dots)
