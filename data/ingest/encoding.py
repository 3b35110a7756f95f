"""Which encoding a text file is in: decided over the whole file by strict trials, or asked; never guessed with losses.

The ladder: byte order mark, NUL pattern of UTF-16, strict UTF-8, strict GB18030 that reads like Chinese, a question.
"""

import codecs
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from data.ingest.shapes import MAX_LINE, Option, Question, Refused, WrongAnswer
from data.text import Text, same

CHUNK = 1 << 18  # bytes; a line inside one chunk is shorter than MAX_LINE, so only lines across chunks need measuring
SAMPLE = 1 << 16  # bytes looked at for the NUL pattern
PLAUSIBLE_SAMPLE = 1 << 20  # characters; enough to tell a language
PLAUSIBLE = 0.7  # share of characters from GB2312's everyday set: Chinese > 0.9, Big5 or Latin read as GB18030 < 0.5
BOMS = (  # UTF-32 before UTF-16: its little-endian mark begins with the other's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHOICES = {
    "gb18030": Text("简体中文（GBK / GB18030）", "Simplified Chinese (GBK / GB18030)"),
    "big5hkscs": Text("繁体中文（Big5）", "Traditional Chinese (Big5)"),
    "cp1252": Text("西欧（Windows-1252）", "Western European (Windows-1252)"),
    "shift_jis": Text("日文（Shift-JIS）", "Japanese (Shift-JIS)"),
}
UTF_8 = {"utf-8": Text("UTF-8", "UTF-8")}
EITHER = Text(
    "文件太短，无法确定编码：按 UTF-8 和按中文 GBK 都读得通。",
    "The encoding is unclear: the file reads as UTF-8 and as Chinese GBK alike.",
)
THREE_BYTES = re.compile(rb"[\xe0-\xff]")  # begins a Chinese character in UTF-8; two bytes hold none
FOREIGN = re.compile(rb"[\xcb-\xdf]|[\x80-\xff]{4,}")  # more than one letter, or none of é, °, ® and ʤ, which lie below
UNKNOWN = Text(
    "文件编码无法确定：既不是有效的 UTF-8，也不像中文 GB18030。",
    "The encoding is unclear: neither valid UTF-8 nor plausible Chinese GB18030.",
)
ASK = Text("文件是用哪种编码保存的？", "Which encoding was the file saved in?")
BROKEN = Text(
    "文件不能按 {codec} 解码：第 {line} 行附近有无效字节。请在原系统中另存为 UTF-8 后再上传。",
    "The file cannot be decoded as {codec}: invalid bytes near line {line}. Save it as UTF-8 and upload it again.",
)
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


def detect(file: Path, answer: str | None = None) -> str:
    """The codec that decodes the whole file; raises `Refused`, with a question where an answer would help."""
    if answer:
        if answer not in CHOICES | UTF_8:
            raise WrongAnswer(f"encoding {answer!r} is none of {sorted(CHOICES | UTF_8)}")
        return answer
    start = head(file, SAMPLE)
    named = next((codec for mark, codec in BOMS if start.startswith(mark)), None) or _nul_pattern(start)
    if named:
        return named
    if _decodes(file, "utf-8"):
        if _reads_both_ways(file):
            raise Refused(EITHER, _question(UTF_8 | {"gb18030": CHOICES["gb18030"]}))
        return "utf-8"
    if _decodes(file, "gb18030") and _reads_like_chinese(file):
        return "gb18030"
    raise Refused(UNKNOWN, _question(CHOICES))


def _question(choices: Mapping[str, Text]) -> Question:
    return Question("encoding", ASK, tuple(Option(codec, label) for codec, label in choices.items()))


def as_utf8(file: Path, codec: str, out: Path) -> Path:
    """The file itself when it is UTF-8, otherwise a copy in `out` that is; raises `Refused` at the first bad byte."""
    if codec == "utf-8":
        return file  # `detect` has decoded all of it
    marked = codec == "utf-8-sig"  # only to be decoded once: both lanes pass over the mark
    copy = out / "text.csv"
    lines = 1
    with open(os.devnull if marked else copy, "wb") as target:
        try:
            for text in _decoded(file, codec):
                lines += text.count("\n")
                target.write(text.encode("utf-8"))
        except UnicodeError as error:
            raise Refused(BROKEN.fill(codec=spoken(codec), line=lines)) from error
    return file if marked else copy


def survey(file: Path) -> Survey:
    """One pass over the bytes of a UTF-8 file; raises `Refused` at a line beyond MAX_LINE."""
    feeds = returns = pairs = 0
    tame, tail = True, b""
    for body in _whole_lines(file):
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


def _whole_lines(file: Path) -> Iterator[bytes]:
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


def head(file: Path, size: int) -> bytes:
    """The first bytes of a file."""
    with file.open("rb") as source:
        return source.read(size)


def _nul_pattern(start: bytes) -> str | None:
    """UTF-16 without a mark: in commas, digits and newlines every other byte is NUL, always on the same side."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if even + odd < len(start) / 20:  # a stray NUL in an 8-bit file is damage, not an encoding
        return None
    if odd > 9 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 9 * odd else None


def _decoded(file: Path, codec: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(codec)("strict")
    with file.open("rb") as source:
        while chunk := source.read(CHUNK):
            yield decoder.decode(chunk)
        yield decoder.decode(b"", final=True)


def _decodes(file: Path, codec: str) -> bool:
    """Whether the whole file is valid in a codec that holds ASCII; chunks of it, the most in many files, are passed."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    try:
        with file.open("rb") as source:
            while chunk := source.read(CHUNK):
                if decoder.getstate()[0] or not chunk.isascii():
                    decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _reads_both_ways(file: Path) -> bool:
    """Whether a UTF-8 file may just as well be Chinese in GB18030, as one with no other character than 一 is.

    Only where no character takes three bytes, as every Chinese one does in UTF-8; all of them are everyday ones in
    GB2312; and some are neither single Latin letters nor common signs, as in Müller, 10°C or Windows®.
    """
    foreign = False
    with file.open("rb") as source:
        for line in source:
            if line.isascii():
                continue
            if THREE_BYTES.search(line):
                return False
            try:
                line.decode("gb2312")
            except UnicodeDecodeError:
                return False
            foreign = foreign or FOREIGN.search(line) is not None
    return foreign


def _reads_like_chinese(file: Path) -> bool:
    """GB18030 decodes nearly any bytes; only everyday characters make it credible."""
    foreign = common = 0
    for text in _decoded(file, "gb18030"):
        other = re.sub(r"[\x00-\x7f]+", "", text)
        foreign += len(other)
        common += len(other.encode("gb2312", "ignore")) // 2
        if foreign > PLAUSIBLE_SAMPLE:
            break
    return common >= PLAUSIBLE * foreign


def spoken(codec: str) -> Text:
    """The codec as people call it."""
    return CHOICES.get(codec, same(codec.upper()))
