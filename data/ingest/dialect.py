"""How a table is laid out: the delimiter of a text file, the row that holds the headers, and usable header names."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.contract import Dataset, plain
from data.ingest.shapes import HEADER_SEARCH, MAX_COLUMNS, Refused
from data.text import Text

DELIMITERS = (",", "\t", ";", "|", "，")
FULL_ENOUGH = 0.8  # of what the first rows usually fill: a header has few blanks
FULL_ENOUGH_KNOWN = 0.5  # where a row is recognised by its words as well
TOO_WIDE = Text(
    "表头有 {columns:,} 列，最多可读 {limit} 列。请只导出需要的列。",
    "The header has {columns:,} columns; at most {limit} can be read. Export only the columns you need.",
)
NO_ROWS = Text("文件里没有数据。", "The file holds no data.")
ABOVE = Text(
    "表头上方有 {count} 行，未作为数据：{first}", "{count} rows above the header were not read as data: {first}"
)
INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Record:
    """One parsed record of the sample and the physical lines it covers, both ends included, from 1."""

    first: int
    last: int
    cells: list[str]


def known_headers(dataset: Dataset) -> frozenset[str]:
    """Every header that some field of the dataset answers to, folded as `plain` folds."""
    spelled = (word for f in dataset.fields for word in (f.name, f.label.zh, f.label.en, *f.also))
    return frozenset(plain(word) for word in spelled)


def delimiter(lines: Sequence[str]) -> str:
    """The delimiter by which most of these lines split into the same number (> 1) of cells; a comma if none does."""
    return max(DELIMITERS, key=lambda mark: _covered(records(lines, mark)))


def records(lines: Sequence[str], mark: str) -> list[Record]:
    """The sample parsed leniently; a broken record ends it."""
    found: list[Record] = []
    reader = csv.reader(lines, delimiter=mark)
    last = 0
    try:
        for cells in reader:
            found.append(Record(last + 1, reader.line_num, cells))
            last = reader.line_num
    except csv.Error:
        pass
    return found


def _covered(sample: list[Record]) -> tuple[int, int]:
    """(lines that have the commonest width above one, that width)."""
    widths: Counter[int] = Counter()
    for record in sample:
        widths[len(record.cells)] += record.last - record.first + 1
    return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))


def header_row(rows: Sequence[Iterable[str | None]], known: frozenset[str]) -> int:
    """The index of the header among the first rows: the one with most known headers, else the first that is no title.

    Titles and filters fill few cells of their row, so only rows FULL_ENOUGH beside the commonest are looked at, and
    none with a single cell while others have more. Raises `Refused` when every row is blank.
    """
    filled = [[cell for cell in row if cell and cell.strip()] for row in rows[:HEADER_SEARCH]]
    sizes = Counter(len(cells) for cells in filled if cells)
    if not sizes:
        raise Refused(NO_ROWS)
    usual = max(sizes, key=lambda size: (sizes[size], size))
    scores = [sum(plain(cell) in known for cell in cells) for cells in filled]
    share = FULL_ENOUGH_KNOWN if max(scores) else FULL_ENOUGH
    candidates = [at for at, cells in enumerate(filled) if len(cells) >= max(min(2, max(sizes)), share * usual)]
    return max(candidates, key=lambda at: scores[at])


def names(cells: Sequence[str | None]) -> tuple[str, ...]:
    """Headers that can be told apart: trimmed, blank ones numbered, repeated ones counted. Raises `Refused`."""
    if len(cells) > MAX_COLUMNS:
        raise Refused(TOO_WIDE.fill(columns=len(cells), limit=MAX_COLUMNS))
    found: list[str] = []
    for at, cell in enumerate(cells, start=1):
        name = base = tidy(cell or "") or f"column {at}"
        again = 2
        while name in found:
            name, again = f"{base} ({again})", again + 1
        found.append(name)
    return tuple(found)


def tidy(header: str) -> str:
    """A header without invisible marks and with single spaces."""
    return " ".join(INVISIBLE.sub("", header).split())


def above(rows: Sequence[Iterable[str | None]]) -> tuple[tuple[str, ...], tuple[Text, ...]]:
    """The filled cells of the rows above the header, and a note of them when there are any."""
    cells = [[tidy(cell) for cell in row if cell and cell.strip()] for row in rows]
    titles = [row for row in cells if row]
    if not titles:
        return (), ()
    note = ABOVE.fill(count=len(titles), first=" · ".join(titles[0])[:80])
    return tuple(cell for row in titles for cell in row), (note,)
