"""How a column spells its values, told to the analyst: (50.00) was read as -50, ¥300 as 300, 2026年1月5日 as a day."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import islice

from data.contract import Kind
from data.ingest.cells import Parser, Problem
from data.text import Text

NAMED = 3  # spellings named
LOOKED_AT = 2_000  # cells; a habit shows in the first of them
CONVERTED = Text("“{header}”里的写法已换算：{examples}。", "Spellings in “{header}” were converted: {examples}.")
TIDIED = Text(
    "“{header}”里有首尾空格、全角空格或看不见的字符，已去掉。",
    "Outer spaces or invisible marks in “{header}” were removed.",
)


def note(header: str, kind: Kind, cells: Iterable[str], parse: Parser) -> tuple[Text, ...]:
    """One sentence on the spellings of a column, by an example of each; none when cells stayed as they were."""
    read = [(cell, parse(cell)) for cell in islice(cells, LOOKED_AT)]
    changed = [(cell, value) for cell, value in read if isinstance(value, str) and value != cell]
    if not changed:
        return ()
    if kind in (Kind.TEXT, Kind.FLAG):
        return (TIDIED.fill(header=header),) if kind is Kind.TEXT else ()
    spellings = {_shape(cell): (cell, value) for cell, value in reversed(changed)}
    examples = (f"{cell.strip()} → {_short(value)}" for cell, value in islice(spellings.values(), NAMED))
    return (CONVERTED.fill(header=header, examples=", ".join(examples)),)


def _shape(cell: str) -> str:
    """A cell with its digits folded; full-width ones stay another shape."""
    width = "f" if any(unicodedata.east_asian_width(sign) == "F" and sign.isdigit() for sign in cell) else ""
    return width + re.sub(r"\d+", "9", cell.strip())


def _short(value: str | Problem | None) -> str:
    """A value without the zeros that its type adds."""
    return re.sub(r"\.?0+$", "", value) if isinstance(value, str) and "." in value else str(value)
