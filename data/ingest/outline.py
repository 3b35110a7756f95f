"""Where the table is in a text file: its dialect, the lines it takes, and how it is laid out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TextIO

from data.ingest import layout as layouts
from data.ingest import tables
from data.ingest.dialect import Dialect, dialect, records
from data.ingest.layout import Layout
from data.ingest.shapes import Question
from data.text import Text

SAMPLE_LINES = 200  # enough to see a delimiter through titles and a torn line
SURPLUS = Text("行末多出的分隔符没有算作列。", "Delimiters too many at the end of lines were not taken for columns.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where the table is in the text: its dialect, the physical lines after which data begins and with which it ends
    (0: the end of the file), and how it is laid out. `flat`: every record down to the header is one physical line;
    `loose`: records usually end with delimiters that the header has not. `quoting`: some cells are quoted, so that none
    can hold a quotation mark without being."""

    how: Dialect
    after: int
    last: int
    layout: Layout
    flat: bool
    loose: bool = False
    quoting: bool = False


def look(text: Path, known: frozenset[str], table: str | None = None) -> tuple[Sheet, tuple[Question, ...]]:
    """Dialect and layout from the first lines, and the question which of several tables is meant; raises `Refused`."""
    with opened(text) as handle:
        lines = list(islice(handle, SAMPLE_LINES))
    how = dialect(lines)
    sample = records(lines, how)
    found = tables.blocks([(record.first, record.cells) for record in sample], known)
    block = tables.chosen(found, table)
    if block:
        sample = [r for r in sample if r.first >= block.first and (not block.last or r.first <= block.last)]
    layout, loose = _laid_out([record.cells for record in sample], known)
    begins = layout.begins
    flat = all(record.first == record.last for record in sample[:begins])
    after = sample[begins - 1].last if begins else sample[0].first - 1
    asked = (tables.question(found),) if block and table is None else ()
    quoting = any(line.startswith(how.quote) or how.mark + how.quote in line for line in lines)
    return Sheet(how, after, block.last if block else 0, layout, flat, loose, quoting), asked


def _laid_out(rows: Sequence[list[str]], known: frozenset[str]) -> tuple[Layout, bool]:
    """The layout of these records, and whether most of them end with delimiters too many."""
    layout = layouts.look(rows, known)
    below = [cells for cells in rows[layout.begins :] if any(cells)]
    layout = _trimmed(layout, below)
    width = len(layout.headers)
    loose = sum(len(cells) > width and not any(cells[width:]) for cells in below) * 2 > len(below)
    return replace(layout, notes=(*layout.notes, SURPLUS)) if loose else layout, loose


def _trimmed(layout: Layout, below: Sequence[Sequence[str]]) -> Layout:
    """A layout without the nameless columns that end its header where most records end before them."""
    usual = Counter(map(len, below)).most_common(1)[0][0] if below else len(layout.headers)
    surplus = zip(layout.headers[usual:], layout.samples[usual:], strict=True)
    if any(samples or not layouts.is_nameless(header) for header, samples in surplus):
        return layout
    return replace(layout, headers=layout.headers[:usual], samples=layout.samples[:usual])


def opened(text: Path) -> TextIO:
    """A UTF-8 file whose lines keep their own newlines."""
    return text.open(encoding="utf-8-sig", newline="")
