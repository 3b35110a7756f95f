"""Files whose lines are in different encodings: pasted together from two systems, cut off, or damaged.

Each line is read as UTF-8 or as GBK, whichever it plainly is. One that is neither is handed back, never guessed.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from data.ingest import chinese
from data.ingest.survey import whole_lines
from data.text import Text

CODEC = "mixed"
UNREADABLE = "\0\ufdd0"  # stands before a line that could not be decoded; no text holds it
SAMPLE = 10_000  # lines that tell a language
MOST_UNREADABLE = 0.2  # of the lines that are not ASCII; beyond it this is another encoding, not damage
NOTE = Text(
    "文件里混用了两种编码：{utf8:,} 行按 UTF-8、{gbk:,} 行按 GBK 读取，{lost:,} 行无法解码，已退回。",
    "The lines are in different encodings: {utf8:,} were read as UTF-8, {gbk:,} as GBK; {lost:,} could not be decoded "
    "and are handed back.",
)


def is_credible(file: Path) -> bool:
    """Whether most lines that are not ASCII are plainly UTF-8 or GBK; the last one may have been cut off."""
    kinds: Counter[str] = Counter()
    last, sample = "", []
    for text, kind in _lines(file):
        kinds[kind] += 1
        last = kind
        if kind == "gbk" and len(sample) < SAMPLE:
            sample.append(chinese.LATIN.sub("", text))
    readable, lost = kinds["utf8"] + kinds["gbk"], kinds["lost"] - (last == "lost")
    is_chinese = bool(kinds["utf8"]) or chinese.simplified("".join(sample)) >= chinese.PLAUSIBLE
    return readable > 0 and lost <= MOST_UNREADABLE * (readable + lost) and is_chinese


def as_utf8(file: Path, copy: Path) -> tuple[Text, ...]:
    """Write the lines as UTF-8 to `copy`, those that cannot be decoded marked and escaped; a note on what was what."""
    kinds: Counter[str] = Counter()
    with copy.open("wb") as target:
        for text, kind in _lines(file):
            kinds[kind] += 1
            target.write(text.encode("utf-8"))
    return (NOTE.fill(utf8=kinds["utf8"] + kinds[""], gbk=kinds["gbk"], lost=kinds["lost"]),)


def _lines(file: Path) -> Iterator[tuple[str, str]]:
    """(text, "utf8" | "gbk" | "lost", or "" for ASCII) of every physical line, its newline included."""
    for body in whole_lines(file):
        for line in body.splitlines(keepends=True):
            yield (line.decode("ascii"), "") if line.isascii() else _line(line)


def _line(line: bytes) -> tuple[str, str]:
    as_utf, as_gbk = _decoded(line, "utf-8"), _decoded(line, "gb18030")
    if as_gbk is not None and not _is_common(as_gbk):
        as_gbk = None
    if as_utf is not None and as_gbk is None:
        return as_utf, "utf8"
    if as_gbk is not None and as_utf is None:
        return as_gbk, "gbk"
    return UNREADABLE + line.decode("ascii", "backslashreplace"), "lost"


def _is_common(text: str) -> bool:
    return chinese.common(chinese.LATIN.sub("", text)) >= chinese.PLAUSIBLE and not chinese.has_split_word(text)


def _decoded(line: bytes, codec: str) -> str | None:
    try:
        return line.decode(codec)
    except UnicodeDecodeError:
        return None
