"""What the bytes of a text file say before it is parsed: lines, their ends, whether a plain split is right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data.ingest.shapes import MAX_LINE, Refused
from data.text import Text

CHUNK = 1 << 18  # bytes; a line inside one chunk is shorter than MAX_LINE, so only lines across chunks need measuring
LONG_LINE = Text(
    "第 {line} 行超过 {limit:,} 字节，不像表格数据。",
    "Line {line} is longer than {limit:,} bytes; this is not a table.",
)


@dataclass(frozen=True, slots=True)
class Survey:
    """What the bytes of a UTF-8 file say before it is parsed.

    `lines` are physical lines, the last one counting without its newline too; `newline` is "" when kinds are mixed;
    `tame` means that a plain split at delimiters and newlines is right: no NUL, no line with an odd number of quotation
    marks, no quotation mark beside a space.
    """

    lines: int
    newline: str
    tame: bool


def survey(file: Path) -> Survey:
    """One pass over the bytes of a UTF-8 file; raises `Refused` at a line beyond MAX_LINE."""
    feeds = returns = pairs = 0
    tame, tail = True, b""
    for body in whole_lines(file):
        feeds += body.count(b"\n")
        if b"\r" in body:
            returns += body.count(b"\r")
            pairs += body.count(b"\r\n")
        tame = tame and _is_tame(body)
        tail = body
    lines = feeds + returns - pairs + (tail != b"" and not tail.endswith((b"\n", b"\r")))
    kinds = {"\r\n": pairs, "\n": feeds - pairs, "\r": returns - pairs}
    used = [newline for newline, count in kinds.items() if count]
    return Survey(lines, used[0] if len(used) == 1 else "", tame)


def whole_lines(file: Path) -> Iterator[bytes]:
    """The bytes of a file in pieces that end at line ends (the last one may not)."""
    tail, passed = b"", 0
    with file.open("rb") as source:
        while chunk := source.read(CHUNK):
            body = tail + chunk
            first = re.search(rb"[\r\n]", body)
            if (first.start() if first else len(body)) > MAX_LINE:
                raise Refused(LONG_LINE.fill(line=_feeds(file, passed) + 1, limit=MAX_LINE))
            end = len(body) - body.endswith(b"\r")  # its LF may come with the next chunk
            feed = body.rfind(b"\n", 0, end)
            cut = max(feed, body.rfind(b"\r", max(feed, 0), end)) + 1  # from the last LF on: a CR may be far back
            tail = body[cut:]
            passed += cut
            yield body[:cut]
    if tail:
        yield tail


def _feeds(file: Path, size: int) -> int:
    """How many LF the first bytes of a file hold; only counted for a complaint."""
    with file.open("rb") as source:
        return sum(source.read(min(CHUNK, size - at)).count(b"\n") for at in range(0, size, CHUNK))


def _is_tame(body: bytes) -> bool:
    """See `Survey.tame`. The two lanes read a quotation mark beside a space differently."""
    if b"\0" in body:
        return False
    if b'"' not in body:
        return True
    if b' "' in body or b'" ' in body:
        return False
    return not any(line.count(b'"') & 1 for line in body.splitlines())
