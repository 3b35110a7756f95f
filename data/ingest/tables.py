"""Several tables in one sheet or file, one below the other with blank rows between: which one is meant is asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from data.contract import plain
from data.ingest.layout import BODY, Row, is_nameless, is_value, look
from data.ingest.shapes import HEADER_SEARCH, Option, Question, Refused, WrongAnswer
from data.text import Text

ASK = Text("里面有 {count} 张表，要读哪一张？", "There are {count} tables here. Which one is to be read?")
OPTION = Text("第 {line} 行起：{headers}", "From row {line}: {headers}")
NAMED = 4  # headers named in an option
LINES = 5_000  # rows looked through; a table that begins below them is met as rows that are handed back


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one table, both ends included, by line; `last` is 0 for the one that goes on to the end."""

    first: int
    last: int
    headers: tuple[str, ...]


def blocks(rows: Sequence[tuple[int, Row]], known: frozenset[str]) -> list[Block]:
    """The tables among (line, cells); a block without a header, or with that of one before, belongs to it.

    Below a table with known headers only another one with known headers counts: what else may be there is handed back.
    """
    found: list[Block] = []
    for lines in _runs(rows):
        headers = _headers(
            [cells for _, cells in lines], known, needs_known=bool(found) and _known(found[0], known) > 1
        )
        if headers and not any(headers == other.headers for other in found):
            found.append(Block(lines[0][0], 0, headers))
    ends = [*(later.first - 1 for later in found[1:]), 0]
    return [Block(block.first, end, block.headers) for block, end in zip(found, ends, strict=False)]


def chosen(found: Sequence[Block], answer: str | None) -> Block | None:
    """The block that was answered, or the first; None when there is nothing to choose. Raises `WrongAnswer`."""
    if len(found) < 2:
        return None
    if answer is None:
        return found[0]
    offered = {str(block.first): block for block in found}
    if answer not in offered:
        raise WrongAnswer(f"table is answered {answer!r}; it takes one of {list(offered)}")
    return offered[answer]


def question(found: Sequence[Block]) -> Question:
    """Which of several tables is meant."""
    options = (Option(str(b.first), OPTION.fill(line=b.first, headers=", ".join(b.headers[:NAMED]))) for b in found)
    return Question("table", ASK.fill(count=len(found)), tuple(options))


def _runs(rows: Sequence[tuple[int, Row]]) -> Iterator[list[tuple[int, Row]]]:
    """Rows that follow each other without a blank one between."""
    filled = [(line, [cell.strip() for cell in cells if cell and cell.strip()], cells) for line, cells in rows]
    for is_filled, run in groupby(filled, key=lambda row: bool(row[1])):
        if is_filled:
            yield [(line, cells) for line, _, cells in run]


def _known(block: Block, known: frozenset[str]) -> int:
    return sum(plain(header) in known for header in block.headers)


def _headers(rows: Sequence[Row], known: frozenset[str], *, needs_known: bool) -> tuple[str, ...]:
    """The header of a block, if it is a table: words that are known, or that stand above values."""
    if len(rows) < 2:
        return ()
    try:
        layout = look(rows[: HEADER_SEARCH + 2 + BODY], known)  # two rows of header and what tells them from data
    except Refused:
        return ()
    named = tuple(h for h in layout.headers if not is_nameless(h))
    body = rows[layout.begins : layout.begins + 1]
    if len(named) < 2 or not body or any(map(is_value, named)):
        return ()
    if _known(Block(0, 0, named), known) > 1:
        return named
    return named if not needs_known and len(rows) > 2 and any(map(is_value, body[0])) else ()
