"""What a person says cells mean that cannot be read: one word for every cell of a column that says the same.

`fix:<field>:<cell>` is answered with what the cell stands for, `blank:<field>` with EMPTY where all unreadable cells of
an optional column are to be left empty. Both are kept with the batch, and every use is noted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data.contract import Field
from data.ingest.cells import Parser, Problem, Value
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

    def notes(self, header: str, odd: Iterable[str], parse: Parser) -> list[Text]:
        """What became of the cells; and repairs that no cell called for."""
        if not (self.fixes or self.empties):
            return []
        cells = set(odd)
        used = [PAIR.fill(said=said, meant=meant) for said, meant in self.fixes.items() if said in cells]
        notes = [FIXED.fill(header=header, pairs=_listed(used))] if used else []
        notes += [UNUSED.fill(header=header, said=said) for said in self.fixes if said not in cells]
        unread = sum(isinstance(parse(self.fixes.get(cell, cell)), Problem) for cell in cells) if self.empties else 0
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


def _listed(pairs: list[Text]) -> Text:
    dots = " …" if len(pairs) > SPELLED else ""
    return Text("，".join(p.zh for p in pairs[:SPELLED]) + dots, ", ".join(p.en for p in pairs[:SPELLED]) + dots)
