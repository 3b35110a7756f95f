"""Which encoding a text file is in: decided over the whole file by strict trials, or asked; never guessed with losses.

The ladder: byte order mark, NUL pattern of UTF-16, strict UTF-8, strict GB18030 or Big5 that reads like Chinese, line
by line where lines differ, a question.
"""

import codecs
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from data.ingest import chinese, mixed
from data.ingest.shapes import Option, Question, Refused, WrongAnswer
from data.ingest.survey import whole_lines
from data.text import Text, same

CHUNK = 1 << 18  # bytes decoded at a time
SAMPLE = 1 << 16  # bytes looked at for the NUL pattern
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
    "euc_kr": Text("韩文（EUC-KR）", "Korean (EUC-KR)"),
}
BY_LINES = {mixed.CODEC: Text("逐行读取，解不开的行退回", "Line by line; lines that cannot be decoded are handed back")}
UTF_8 = {"utf-8": Text("UTF-8", "UTF-8")}
EITHER = Text(
    "无法确定编码：文件按 {codecs} 都读得通。",
    "The encoding is unclear: the file reads as {codecs} alike.",
)
THREE_BYTES = re.compile(rb"[\xe0-\xff]")  # begins a Chinese character in UTF-8; two bytes hold none
FOREIGN = re.compile(
    rb"[\xc6-\xc9\xcb-\xdf]|[\x80-\xff]{4,}"
)  # more than one letter, or none of é, °, ® and ʤ, which lie below
TWO_IN_UTF8 = re.compile(  # written out, which is searched five times faster than with counts
    rb"[\xe4-\xe9][\x80-\xbf][\x80-\xbf][\xe4-\xe9][\x80-\xbf][\x80-\xbf]"
)
UNKNOWN = Text(
    "文件编码无法确定：既不是有效的 UTF-8，也不像中文。",
    "The encoding is unclear: neither valid UTF-8 nor plausible Chinese.",
)
ASK = Text("文件是用哪种编码保存的？", "Which encoding was the file saved in?")
BROKEN = Text(
    "文件不能按 {codec} 解码：第 {line} 行附近有无效字节。请在原系统中另存为 UTF-8 后再上传。",
    "The file cannot be decoded as {codec}: invalid bytes near line {line}. Save it as UTF-8 and upload it again.",
)


def detect(file: Path, answer: str | None = None) -> str:
    """The codec that decodes the whole file, or `mixed.CODEC`; raises `Refused`, with a question where one helps."""
    if answer:
        if answer not in CHOICES | UTF_8 | BY_LINES:
            raise WrongAnswer(f"encoding {answer!r} is none of {sorted(CHOICES | UTF_8 | BY_LINES)}")
        return answer
    start = head(file, SAMPLE)
    named = next((codec for mark, codec in BOMS if start.startswith(mark)), None) or _nul_pattern(start)
    if named == "utf-8-sig" and not _decodes(file, "utf-8") and mixed.is_credible(file):
        return mixed.CODEC  # other lines were added below its mark
    if named:
        return named
    if _decodes(file, "utf-8"):
        if _reads_both_ways(file):
            raise _either("utf-8", "gb18030")
        return "utf-8"
    return _chinese(file)


def _chinese(file: Path) -> str:
    """Simplified or traditional Chinese, or lines of both kinds; what could be several is asked."""
    simplified = _reads(file, chinese.SIMPLIFIED)
    traditional = 0.0 if simplified >= chinese.SURE else _reads(file, chinese.TRADITIONAL)  # not asked when it is sure
    if simplified >= chinese.SURE or (simplified >= chinese.PLAUSIBLE > traditional):
        if not _has_utf8_lines(file):
            return "gb18030"
    elif simplified >= chinese.PLAUSIBLE:
        raise _either("gb18030", "big5hkscs")
    elif traditional >= chinese.PLAUSIBLE:
        return "big5hkscs"
    if mixed.is_credible(file):
        return mixed.CODEC
    raise Refused(UNKNOWN, _question(CHOICES | BY_LINES))


def _reads(file: Path, alphabet: chinese.Alphabet) -> float:
    """How much of a file is everyday text in an encoding; 0 when not all of it can be decoded, or some is alien."""
    try:
        return chinese.reads(_decoded(file, alphabet.codec), alphabet)
    except UnicodeError:
        return 0.0


def _has_utf8_lines(file: Path) -> bool:
    """Whether a line holds two Chinese characters in a row as UTF-8 spells them, and is valid UTF-8."""
    return any(
        _is_utf8(_line(body, found.start())) for body in whole_lines(file) for found in TWO_IN_UTF8.finditer(body)
    )


def _line(body: bytes, at: int) -> bytes:
    """The line around a place."""
    begins = max(body.rfind(b"\n", 0, at), body.rfind(b"\r", 0, at)) + 1
    ends = [end for end in (body.find(b"\n", at), body.find(b"\r", at)) if end >= 0]
    return body[begins : min(ends, default=len(body))]


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _either(*codecs: str) -> Refused:
    named = {codec: (CHOICES | UTF_8)[codec] for codec in codecs}
    return Refused(EITHER.fill(codecs=", ".join(codec.upper() for codec in codecs)), _question(named))


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


def spoken(codec: str) -> Text:
    """The codec as people call it."""
    return CHOICES.get(codec, same(codec.upper()))
