"""How a text file separates cells: the delimiter and the way of quoting under which its first lines agree best."""

import csv
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _csv import Reader

DELIMITERS = (",", "\t", ";", "|", "，")
SPACE = " "  # only where nothing else separates anything
WRAPPED = 2  # cells in single quotation marks that make them the file's own


@dataclass(frozen=True, slots=True)
class Dialect:
    """What separates cells and what wraps them; `escape` is "" where a quotation mark is doubled."""

    mark: str
    quote: str = '"'
    escape: str = ""

    @property
    def is_usual(self) -> bool:
        """Whether cells are quoted as RFC 4180 says."""
        return self.quote == '"' and not self.escape

    def reader(self, lines: Iterator[str] | Sequence[str], *, strict: bool) -> "Reader":
        """A csv.reader of these lines."""
        return csv.reader(
            lines,
            delimiter=self.mark,
            quotechar=self.quote,
            escapechar=self.escape or None,
            doublequote=not self.escape,
            strict=strict,
        )


@dataclass(frozen=True, slots=True)
class Record:
    """One parsed record of the sample and the physical lines it covers, both ends included, from 1."""

    first: int
    last: int
    cells: list[str]


STYLES = (("'", ""), ('"', "\\"), ("'", "\\"))  # quotation mark and escape beside RFC 4180's


def dialect(lines: Sequence[str]) -> Dialect:
    """The delimiter by which most of these lines split into the same number (> 1) of cells, quoted as RFC 4180 says
    unless another way makes more lines agree; a comma if none splits any."""
    usual = [Dialect(mark) for mark in DELIMITERS]
    best = max(usual, key=lambda d: covered(records(lines, d)))
    if not covered(records(lines, best))[0]:
        spaced = Dialect(SPACE)
        best = spaced if covered(records(lines, spaced))[0] == sum(map(bool, map(str.strip, lines))) else usual[0]
    rivals = _rivals(lines)
    if not rivals:
        return best
    rival = max(rivals, key=lambda d: covered(records(lines, d)))
    gained = covered(records(lines, rival))[0] - covered(records(lines, best))[0]
    agrees = _is_wrapped(lines, best, rival) or _is_escaped(lines, best, rival)
    return rival if gained > 0 or (gained == 0 and agrees) else best


def records(lines: Sequence[str], how: Dialect) -> list[Record]:
    """The sample parsed leniently; a broken record ends it."""
    found: list[Record] = []
    reader = how.reader(lines, strict=False)
    last = 0
    try:
        for cells in reader:
            found.append(Record(last + 1, reader.line_num, cells))
            last = reader.line_num
    except csv.Error:
        pass
    return found


def _is_escaped(lines: Sequence[str], usual: Dialect, rival: Dialect) -> bool:
    """Whether a \\ stands for the quotation mark after it: otherwise marks do not pair, or a cell holds one bare."""
    if not rival.escape or _breaks(lines, rival):
        return False
    return _breaks(lines, usual) or any(_holds_bare(lines, record) for record in records(lines, usual))


def _holds_bare(lines: Sequence[str], record: Record) -> bool:
    """Whether a record has fewer quotation marks than RFC 4180 needs for those its cells hold: two around, two each."""
    held = [cell.count('"') for cell in record.cells if '\\"' in cell]
    there = sum(line.count('"') for line in lines[record.first - 1 : record.last])
    return there < sum(2 + 2 * count for count in held)


def _breaks(lines: Sequence[str], how: Dialect) -> bool:
    """Whether a quotation mark of these lines is too many or too few."""
    try:
        deque(how.reader(lines, strict=True), 0)
    except csv.Error:
        return True
    return False


def covered(sample: list[Record]) -> tuple[int, int]:
    """(lines that have the commonest width above one, that width)."""
    widths: Counter[int] = Counter()
    for record in sample:
        widths[len(record.cells)] += record.last - record.first + 1
    return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))


def _rivals(lines: Sequence[str]) -> list[Dialect]:
    """The unusual dialects that these lines show a sign of: cells that begin with ', quotation marks after a \\."""
    found = []
    for mark in DELIMITERS:
        begins = any(line.startswith("'") or f"{mark}'" in line for line in lines)
        wrapped = any(line.startswith('"') or f'{mark}"' in line for line in lines)
        for quote, escape in STYLES:
            is_seen = (begins and not wrapped) if quote == "'" else wrapped
            if is_seen and (not escape or any(escape + quote in line for line in lines)):
                found.append(Dialect(mark, quote, escape))
    return found


def _is_wrapped(lines: Sequence[str], usual: Dialect, rival: Dialect) -> bool:
    """Whether single quotation marks wrap whole columns: those cells would keep their marks otherwise."""
    if rival.quote != "'" or rival.mark != usual.mark:
        return False
    rows = [record.cells for record in records(lines, usual)]
    columns = ([cell for cell in column if cell] for column in zip(*rows, strict=False))
    return any(len(column) >= WRAPPED and all(_has_marks(cell) for cell in column[1:]) for column in columns)


def _has_marks(cell: str) -> bool:
    return len(cell) >= 2 and cell[0] == cell[-1] == "'"
