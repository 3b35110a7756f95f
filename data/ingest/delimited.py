"""Delimited text to staged cells, by two lanes that must agree.

The fast lane is DuckDB's strict parser; it counts only when every physical line below the header became exactly one
row, so that a row's line follows from its place. Anything else goes through the careful lane: Python's strict csv
reader, record by record, which hands back what it cannot split instead of failing or guessing.
"""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

import duckdb

from data.ingest import mixed
from data.ingest.encoding import as_utf8, detect, spoken
from data.ingest.layout import HEADER_ONLY
from data.ingest.outline import Sheet, look, opened
from data.ingest.shapes import MAX_LINE, Outcome, Refused, Staged, WrongAnswer
from data.ingest.staging import ROWS, bench, literal
from data.ingest.survey import Survey, survey, whole_lines
from data.ingest.writer import Writer
from data.text import Text

SHORT = "ragged"  # a key of REASONS, and of the answer what to do with rows that are too short
PAD, KEPT = "fill", "hand_back"
MAX_SPAN = 1_000  # lines in one record; beyond it a quotation mark was left open
ENCODED = Text("编码 {codec}，已转换。", "Encoding {codec}, converted.")
PADDED = Text(
    "有 {count:,} 行不够长，末尾按空格子读。", "{count:,} rows are too short; their last cells were read as blank."
)
DUCKDB_ROW_GROUP = 122_880  # rows
DICTIONARY = 5_000  # words of a column in one row group: codes repeat and are then judged once, amounts only cost time


@dataclass(frozen=True, slots=True)
class Torn:
    """A record that cannot be split into the header's cells; `reason` is a key of REASONS, `found` are the cells of one
    that is only of another width."""

    reason: str
    cells: int
    raw: str
    found: tuple[str, ...] = ()

    def filled(self, width: int) -> list[str] | None:
        """Its cells and blank ones at the end; None where it is not simply too short."""
        return [*self.found, *[""] * (width - self.cells)] if self.reason == SHORT and self.cells < width else None


def stage(
    file: Path,
    out: Path,
    known: frozenset[str],
    encoding: str | None = None,
    table: str | None = None,
    ragged: str | None = None,
) -> Outcome:
    """Read a text file into `out`, the first table of several while asking which; raises `Refused`."""
    codec = detect(file, encoding)
    text, converted = _as_utf8(file, codec, out)
    seen = survey(text)
    sheet, questions = look(text, known, table)
    layout = sheet.layout
    notes = (*converted, *layout.notes)
    common = {
        "headers": layout.headers,
        "unnamed": layout.unnamed,
        "samples": layout.samples,
        "encoding": codec,
        "delimiter": sheet.how.mark,
        "above": layout.above,
        "notes": notes,
    }
    rows = fast(text, out, sheet, seen)
    if rows is not None:
        return Outcome(Staged(rows=rows, first_line=sheet.after + 1, **common), questions=questions)
    if ragged not in (None, PAD, KEPT):
        raise WrongAnswer(f"{SHORT} is answered {ragged!r}; it takes {PAD!r} or {KEPT!r}")
    done = careful(text, out, sheet, pads=ragged == PAD)
    if done.rows + done.torn == 0:
        raise Refused(HEADER_ONLY)
    if done.padded:
        common["notes"] = (*notes, PADDED.fill(count=done.padded))
    return Outcome(Staged(rows=done.rows, torn=done.torn, blank=done.blank, **common), questions=questions)


def _as_utf8(file: Path, codec: str, out: Path) -> tuple[Path, tuple[Text, ...]]:
    """The file as UTF-8, and what was done to it."""
    if codec == mixed.CODEC:
        copy = out / "text.csv"
        return copy, mixed.as_utf8(file, copy)
    return as_utf8(file, codec, out), () if codec.startswith("utf-8") else (ENCODED.fill(codec=spoken(codec)),)


def fast(text: Path, out: Path, sheet: Sheet, seen: Survey) -> int | None:
    """Stage by DuckDB and return the rows, or None when rows and physical lines cannot be reconciled."""
    below = seen.lines - sheet.after
    if not (seen.tame and seen.newline and sheet.flat and sheet.how.is_usual and not sheet.last and below):
        return None
    empty = " AND ".join(f"c{at} IS NULL" for at in range(len(sheet.layout.headers)))
    with bench(out, text) as con:
        try:
            [(rows,)] = con.execute(_copy(text, out, sheet)).fetchall()
        except duckdb.Error:
            return None  # the careful lane says which line is at fault
        last = f"c{len(sheet.layout.headers) - 1} IS NULL"
        [(blank, open_)] = con.execute(
            f"SELECT count_if({empty}), count_if({last}) FROM read_parquet({literal(out / ROWS)})"
        ).fetchall()
    # the parser passes over a delimiter too many at the end of a line, although another one may have moved its cells
    is_sound = rows == below and not blank and _ending(text, sheet, seen.newline) <= open_
    return rows if is_sound else None


def _ending(text: Path, sheet: Sheet, newline: str) -> int:
    """How many lines of data end with the delimiter, a last one without its newline counting too."""
    end = (sheet.how.mark + newline).encode()
    with opened(text) as handle:
        above = sum(line.encode().endswith(end) for line in islice(handle, sheet.after))
    return sum(body.count(end) + body.endswith(end[: -len(newline)]) for body in whole_lines(text)) - above


def _copy(text: Path, out: Path, sheet: Sheet) -> str:
    """The SQL of the fast lane: nothing is detected, everything below the header is text."""
    columns = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(sheet.layout.headers)))
    return f"""
        COPY (
            SELECT * FROM read_csv(
                {literal(text)}, columns = {{{columns}}}, delim = {literal(sheet.how.mark)}, quote = '"', escape = '"',
                header = false, skip = {sheet.after}, auto_detect = false, strict_mode = true,
                max_line_size = {2 * MAX_LINE}
            )
        ) TO {literal(out / ROWS)} (
            FORMAT parquet, COMPRESSION uncompressed, ROW_GROUP_SIZE {DUCKDB_ROW_GROUP}, WRITE_BLOOM_FILTER false,
            DICTIONARY_SIZE_LIMIT {DICTIONARY}
        )
    """


@dataclass(frozen=True, slots=True)
class Done:
    """How many records were staged, how many of these with blanks added, torn, and passed over as blank."""

    rows: int
    padded: int
    torn: int
    blank: int


def careful(text: Path, out: Path, sheet: Sheet, *, pads: bool = False) -> Done:
    """Stage record by record; `pads` fills those that are too short."""
    width, blank, padded = len(sheet.layout.headers), 0, 0
    writer = Writer(out, width)
    with opened(text) as handle:
        for line, record in parse(handle, sheet, width):
            if line <= sheet.after:
                continue
            if sheet.last and line > sheet.last:
                break
            if isinstance(record, Torn):
                if pads and (cells := record.filled(width)):
                    writer.add(line, cells)
                    padded += 1
                else:
                    writer.tear(line, record.reason, record.cells, record.raw)
            elif any(record):
                writer.add(line, record)
            else:
                blank += 1
    rows, torn = writer.close()
    return Done(rows, padded, torn, blank)


def parse(handle: TextIO, sheet: Sheet, width: int) -> Iterator[tuple[int, list[str] | Torn]]:
    """(first line, cells or what is wrong with them) of every record; blank records are empty or hold empty cells."""
    csv.field_size_limit(MAX_LINE)
    lines = Lines(handle)
    reader = sheet.how.reader(iter(lines), strict=True)
    while True:
        line = lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a quotation mark too many or too few: give up this line, not the ones it swallowed
            raw = lines.give_back()
            yield line, Torn(damage(raw) or "quote", 0, raw.removeprefix(mixed.UNREADABLE))
            reader = sheet.how.reader(iter(lines), strict=True)
            continue
        is_right = len(cells) == width and not lines.damaged() and not _is_stray(sheet, lines)
        yield line, cells if is_right else _shaped(cells, width, lines, sheet)


def _is_stray(sheet: Sheet, lines: "Lines") -> bool:
    """Whether a record has an odd number of quotation marks in a file that quotes: one of them wraps nothing."""
    return sheet.quoting and sheet.how.is_usual and bool(lines.count('"') & 1)


def _shaped(cells: list[str], width: int, lines: "Lines", sheet: Sheet) -> list[str] | Torn:
    """A record that is not simply right: blank, damaged, ragged, or with delimiters too many at its end.

    Those are passed over where records usually have them or the last cell is blank; elsewhere cells may have moved.
    """
    if lines.damaged():
        return Torn(damage(lines.raw()), len(cells), lines.raw().removeprefix(mixed.UNREADABLE))
    if _is_stray(sheet, lines):
        return Torn("quote", len(cells), lines.raw())
    if len(cells) > width and not any(cells[width:]) and (sheet.loose or not cells[width - 1]):
        cells = cells[:width]
    if len(cells) != width and any(cells):
        return Torn(SHORT, len(cells), lines.raw(), tuple(cells))
    return cells


def damage(raw: str) -> str:
    """The key of what a record's characters say is wrong with it, "" if nothing."""
    if mixed.UNREADABLE in raw:
        return "encoding"
    return "nul" if "\0" in raw else ""


class Lines:
    """Physical lines with a way back, so that a torn quotation mark costs its own line and not the rest of the file."""

    def __init__(self, handle: TextIO):
        self._handle = handle
        self._again: deque[str] = deque()
        self._number = 0
        self._taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        """From where it stands; to be called once more after an error."""
        taken, again = self._taken, self._again
        while True:
            while again:
                taken.append(again.popleft())
                yield self._last()
            for line in self._handle:
                taken.append(line)
                yield self._last() if len(taken) > 1 else line
                if again:
                    break
            else:
                return

    def _last(self) -> str:
        if len(self._taken) > MAX_SPAN:
            raise csv.Error("a record of too many lines")
        return self._taken[-1]

    def begin(self) -> int:
        """Start a record; the line it starts on."""
        self._number += len(self._taken)
        self._taken.clear()
        return self._number + 1

    def give_back(self) -> str:
        """Keep the record's first line, return the others to be read again; the text of the first."""
        self._again.extendleft(reversed(self._taken[1:]))
        del self._taken[1:]
        return self.raw()

    def damaged(self) -> bool:
        """Whether the record holds NUL."""
        return any("\0" in line for line in self._taken) if len(self._taken) != 1 else "\0" in self._taken[0]

    def count(self, sign: str) -> int:
        """How often the record holds a sign."""
        return sum(line.count(sign) for line in self._taken)

    def raw(self) -> str:
        """The record as the file has it."""
        return "".join(self._taken).rstrip("\r\n")
