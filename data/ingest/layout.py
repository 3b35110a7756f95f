"""Where a table's header is: below titles, in one row or two, or nowhere; and the names its columns get."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from data.contract import Dataset, plain
from data.ingest.shapes import HEADER_SEARCH, MAX_COLUMNS, Refused
from data.ingest.words import meaning
from data.text import Text

Row = Sequence[str | None]

FULL_ENOUGH = 0.8  # of what the first rows usually fill: a header has few blanks
FULL_ENOUGH_KNOWN = 0.5  # where a row is recognised by its words as well
BODY = 20  # rows below a header that tell which columns hold numbers
MOSTLY = 0.8  # of a column's filled cells
ATTRIBUTES = frozenset({"code", "name"})  # what a header may say of an owner that stands above it
JOINT = " / "  # between the words of two header rows
TOO_WIDE = Text(
    "表头有 {columns:,} 列，最多可读 {limit} 列。请只导出需要的列。",
    "The header has {columns:,} columns; at most {limit} can be read. Export only the columns you need.",
)
NO_ROWS = Text("文件里没有数据。", "The file holds no data.")
HEADER_ONLY = Text("文件只有表头，没有数据行。", "The file has a header but no rows.")
ABOVE = Text(
    "表头上方有 {count} 行，未作为数据：{first}", "{count} rows above the header were not read as data: {first}"
)
TWO_ROWS = Text("表头有两行，已合并：{first}", "The header has two rows, which were joined: {first}")
BILINGUAL = Text("表头有两行，用的是：{first}", "The header stands in two rows; used are: {first}")
NO_HEADER = Text("文件没有表头，各列以次序为名。", "The file has no header; its columns are named by their order.")
NAMED = 4  # headers named in a note
SAMPLES = 3  # cells that show what a column holds
NAMELESS = re.compile(r"column \d+")
INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
VALUE = re.compile(r"[-+(]?\s*[¥￥$€]?\s*[-+]?\d[\d,.\s]*\s*[%元万亿]*\)?|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?.*")
DIGIT = re.compile(r"\d")
UNIT = re.compile(r"[(（\[【].+[)）\]】]")  # (件), (万元): the row below the words that says what they are in
MONTH = re.compile(
    r"(19|20)\d\d([-/.年]?\d{1,2}月?)?|\d{1,2}月|(19|20)\d\d[-/.]\d{1,2}([-/.]\d{1,2})?"
)  # may head a column


@dataclass(frozen=True, slots=True)
class Layout:
    """`begins` is the index of the first row of data among the rows looked at, `headers` the columns' names,
    `unnamed` the columns (from 1) that hold data under a blank header, `above` the cells over the header, `samples`
    a few different cells of each column."""

    begins: int
    headers: tuple[str, ...]
    unnamed: tuple[int, ...] = ()
    above: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()


def known_headers(dataset: Dataset) -> frozenset[str]:
    """Every header that some field of the dataset answers to, folded as `plain` folds."""
    spelled = (word for f in dataset.fields for word in (f.name, f.label.zh, f.label.en, *f.also))
    return frozenset(plain(word) for word in spelled)


def look(rows: Sequence[Row], known: frozenset[str]) -> Layout:
    """The layout of a table from its first rows. Raises `Refused` when all are blank or the header is too wide."""
    at = header_row(rows, known)
    if _is_data(rows, at, known):
        titles, notes = above(rows[:at])
        headers = names([None] * max(len(row) for row in rows[at : at + BODY]))
        return Layout(at, headers, (), titles, (*notes, NO_HEADER), _samples(rows[at:], len(headers)))
    top, bottom, cells = _joined(rows, at, known)
    headers = names(cells)
    titles, notes = above(rows[:top])
    if bottom > top:
        note = TWO_ROWS if cells != list(rows[top]) else BILINGUAL
        notes = (*notes, note.fill(first=", ".join(headers[:NAMED])))
    below = rows[bottom + 1 :]
    unnamed = (n for n, cell in enumerate(cells) if not tidy(cell or "") and any(_cell(row, n) for row in below))
    return Layout(bottom + 1, headers, tuple(n + 1 for n in unnamed), titles, notes, _samples(below, len(headers)))


def header_row(rows: Sequence[Row], known: frozenset[str]) -> int:
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


def names(cells: Row) -> tuple[str, ...]:
    """Headers that can be told apart: trimmed, blank ones numbered, repeated ones counted. Raises `Refused`."""
    if len(cells) > MAX_COLUMNS:
        raise Refused(TOO_WIDE.fill(columns=len(cells), limit=MAX_COLUMNS))
    found: list[str] = []
    for at, cell in enumerate(cells, start=1):
        name = base = tidy(cell or "") or nameless(at)
        again = 2
        while name in found:
            name, again = f"{base} ({again})", again + 1
        found.append(name)
    return tuple(found)


def nameless(n: int) -> str:
    """What a column without a header is called: its place, from 1."""
    return f"column {n}"


def is_nameless(header: str) -> bool:
    """Whether a column has only its place for a name."""
    return NAMELESS.fullmatch(header) is not None


def tidy(header: str) -> str:
    """A header without invisible marks and with single spaces."""
    return " ".join(INVISIBLE.sub("", header).split())


def above(rows: Sequence[Row]) -> tuple[tuple[str, ...], tuple[Text, ...]]:
    """The filled cells of the rows above the header, and a note of them when there are any."""
    cells = [[tidy(cell) for cell in row if cell and cell.strip()] for row in rows]
    titles = [row for row in cells if row]
    if not titles:
        return (), ()
    note = ABOVE.fill(count=len(titles), first=" · ".join(titles[0])[:80])
    return tuple(cell for row in titles for cell in row), (note,)


def is_value(cell: str | None) -> bool:
    """Whether a cell is a number or a day, which no header is; a month may be."""
    word = (cell or "").strip()
    return VALUE.fullmatch(word) is not None and MONTH.fullmatch(word) is None


# -- no header, or two rows of it -------------------------------------------------------------------------------------


def _is_data(rows: Sequence[Row], at: int, known: frozenset[str]) -> bool:
    """Whether what would be the header is a row like those below: values where they have values, and no known word."""
    row = rows[at]
    if any(plain(cell) in known for cell in row if cell):
        return False
    valued = _valued(rows[at + 1 : at + 1 + BODY])
    return bool(valued) and all(is_value(_cell(row, n)) for n in valued)


def _joined(rows: Sequence[Row], at: int, known: frozenset[str]) -> tuple[int, int, list[str | None]]:
    """(first row, last row, words) of the header: rows `at` alone, or it and the one above or below it."""
    here = list(rows[at])
    if at and (_is_group(rows[at - 1], here) or _owns(rows[at - 1], here, known)):
        return at - 1, at, _paired(rows[at - 1], here)
    below = list(rows[at + 1]) if at + 1 < len(rows) else []
    valued = _valued(rows[at + 2 : at + 2 + BODY])
    if _owns(here, below, known):  # 日期 and 数量 reach over both rows, so that nothing stands below them
        return at, at + 1, _paired(here, below)
    if not any(map(is_value, below)) and any(_cell(below, n) for n in valued):
        if _is_group(here, below):
            return at, at + 1, _paired(here, below)
        if all(UNIT.fullmatch(cell.strip()) for cell in below if cell and cell.strip()):
            return at, at + 1, [f"{_cell(here, n)}{_cell(below, n)}" for n in range(len(here))]
        if _is_translation(here, below, valued, known):
            return at, at + 1, list(here)
    return at, at, here


def _is_translation(header: Row, below: Row, valued: Sequence[int], known: frozenset[str]) -> bool:
    """Whether a row says the header once more in other words: known ones, or words above all that are values below."""
    words = [tidy(cell) for cell in below if cell and cell.strip()]
    if len(words) != len([cell for cell in header if cell and cell.strip()]) or len(set(words)) < len(words):
        return False
    is_known = sum(plain(word) in known for word in words) * 2 >= len(words)
    above_all = len(valued) > 1 and all(_cell(below, n) for n in valued) and not any(map(DIGIT.search, words))
    return is_known or above_all


def _is_group(upper: Row, lower: Row) -> bool:
    """Whether a row's words stand for several columns each: it completes the row below, or tells its repeats apart."""
    words = [cell for cell in upper if cell and cell.strip()]
    if not words or any(map(is_value, (*words, *lower))) or any(":" in word or "：" in word for word in words):
        return False
    width = max(len(upper), len(lower))
    pairs = [(_cell(upper, n), _cell(lower, n)) for n in range(width)]
    completes = all(map(any, pairs)) and any(a and not b for a, b in pairs) and any(b and not a for a, b in pairs)
    below = [tidy(cell) for cell in lower if cell and cell.strip()]
    repeats = len(set(below)) < len(below)
    months = sum(MONTH.fullmatch(word.strip()) is not None for word in words) > 1
    return (completes and len(words) > 1) or (repeats and len(below) > len(words)) or months


def _owns(upper: Row, lower: Row, known: frozenset[str]) -> bool:
    """Whether a row says whose codes and names the lower one lists; all that stands there are words of headers."""
    pairs = [(_cell(upper, n), _cell(lower, n)) for n in range(max(len(upper), len(lower)))]
    words = [word for top, bottom in pairs if bottom for word in (top, bottom) if word]
    if not all(meaning(word) or plain(word) in known for word in words):
        return False
    return any(plain(word) in known for word in _owned(upper, lower).values())


def _owned(upper: Row, lower: Row) -> dict[int, str]:
    """{column: 客户编码} where 客户 stands over 编码, or over the column before and nothing over 名称."""
    found: dict[int, str] = {}
    owner, listed = "", set[str]()
    for n in range(max(len(upper), len(lower))):
        top, bottom = tidy(_cell(upper, n)), tidy(_cell(lower, n))
        if top:
            owner, listed = top, set()
        word = f"{owner} {bottom}" if owner.isascii() else owner + bottom
        is_its = owner and bottom not in listed and _is_attribute(bottom) and meaning(word) > meaning(bottom)
        if is_its:
            found[n] = word
            listed.add(bottom)
        else:
            owner = ""
    return found


def _is_attribute(word: str) -> bool:
    """Whether a word is a mere 编码 or 名称, which need an owner."""
    return bool(meaning(word)) and meaning(word) <= ATTRIBUTES


def _paired(upper: Row, lower: Row) -> list[str | None]:
    """The words of both rows, those of the upper one spread over the columns that it stands for."""
    found: list[str | None] = []
    group, owned = "", _owned(upper, lower)
    for n in range(max(len(upper), len(lower))):
        if n in owned:
            found.append(owned[n])
            group = ""
            continue
        top, bottom = tidy(_cell(upper, n)), tidy(_cell(lower, n))
        group = top or (group if bottom else "")
        found.append(JOINT.join(filter(None, (group, bottom))))
        group = group if bottom else ""
    return found


def _samples(rows: Sequence[Row], width: int) -> tuple[tuple[str, ...], ...]:
    """The first different cells of each column."""
    columns = (dict.fromkeys(cell for row in rows if (cell := _cell(row, n))) for n in range(width))
    return tuple(tuple(islice(column, SAMPLES)) for column in columns)


def _valued(rows: Sequence[Row]) -> list[int]:
    """The columns that mostly hold values in these rows."""
    width = max((len(row) for row in rows), default=0)
    columns = ((n, [cell for row in rows if (cell := _cell(row, n))]) for n in range(width))
    return [n for n, cells in columns if cells and sum(map(is_value, cells)) >= MOSTLY * len(cells)]


def _cell(row: Iterable[str | None] | Row, n: int) -> str:
    assert isinstance(row, Sequence)
    return (row[n] or "").strip() if n < len(row) else ""
