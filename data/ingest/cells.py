"""One cell's text to one value. A parser is made for a whole column, because only the column tells what 1,234 means."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from data.contract import Field
from data.ingest.layout import INVISIBLE
from data.ingest.reasons import REASONS
from data.text import Text

YES = frozenset({"是", "y", "yes", "1", "true", "t", "√", "对", "有"})
NO = frozenset({"否", "n", "no", "0", "false", "f", "×", "非"})
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0xFFE5: "¥",
}  # as typed by a Chinese keyboard
SCIENTIFIC_DISPLAY = re.compile(
    r"[0-9](\.[0-9]+)?[eE]\+[0-9]{2,3}"
)  # 6.90E+12; a real code like 12E34 or 5E10 is not touched
AS_TEXT = re.compile(r'="([^"]*)"')
GARBLED = re.compile("\ufffd|锟斤?|烫烫")  # what decoders put for bytes they could not read, and what those became
HIGH = re.compile(r"[\x80-\xff\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{2,}")  # Latin-1 and cp1252
TWO_HANZI = 4  # bytes; no word has four accented letters in a row
SPACES: dict[int, str] = dict.fromkeys((0x00A0, 0x2007, 0x2009, 0x202F), " ")  # no-break, figure, thin, narrow no-break


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that has no value; `key` of REASONS."""

    key: str

    @property
    def reason(self) -> Text:
        """Why, for the analyst."""
        return REASONS[self.key]


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A column that can be read in several ways; `key` of the question, `choices` its answers, `example` a cell."""

    key: str
    choices: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Hints:
    """What the rest of a column says beside the cells at hand.

    `answer`: a person's word on this column. `alone`: the column has no cell in plain form. `points`: plain cells use
    the point as decimal mark. `scale`: what the header says one unit is, 10000 for 万元. `code`: the cells are keys.
    `own`: a cell's own unit goes before the scale. `span`: the first and the last day in plain form, and how many there
    are; only for a column with numbers among its days.
    """

    answer: str | None = None
    alone: bool = True
    points: bool = False
    scale: int = 1
    code: bool = False
    own: bool = False
    span: tuple[date, date, int] | None = None


Value = str | Problem | None  # text that DuckDB casts to the field's type; None is an empty cell
Parser = Callable[[str], Value]


def text(cell: str) -> Value:
    """Words and codes as they stand, without outer space and invisible marks; "NA", "None" and 无 are names too."""
    word = _bare(cell)
    return Problem("mojibake") if is_garbled(word) else word or None


def is_garbled(word: str) -> bool:
    """Whether a word was decoded wrongly before it reached us: ËÕÄþ is 苏宁 read as Latin-1, Ã¼ is ü."""
    return GARBLED.search(word) is not None or any(_hides_another(run) for run in HIGH.findall(word))


def _hides_another(run: str) -> bool:
    """Whether Latin letters beyond ASCII are the bytes of UTF-8, or of two Chinese characters or more."""
    raws = [raw for codec in ("latin-1", "cp1252") if (raw := _encoded(run, codec))]
    return any(_decodes(raw, "utf-8") or (len(raw) >= TWO_HANZI and _decodes(raw, "gb2312")) for raw in raws)


def _encoded(run: str, codec: str) -> bytes:
    try:
        return run.encode(codec)
    except UnicodeEncodeError:
        return b""


def _decodes(raw: bytes, codec: str) -> bool:
    try:
        raw.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def code(cell: str) -> Value:
    """A key; one that a spreadsheet turned into 6.90E+12 has lost its digits."""
    word = text(cell)
    return Problem("science") if isinstance(word, str) and SCIENTIFIC_DISPLAY.fullmatch(word) else word


def flag(cell: str) -> Value:
    """Yes or no in the ways that people write it."""
    word = half_width(cell).casefold()
    if not word:
        return None
    if word in YES:
        return "true"
    return "false" if word in NO else Problem("flag")


def choice(field: Field) -> Parser:
    """The values of a list, in either language or as stored; where the list is closed nothing else has a value."""
    known = words(field)

    def parse(cell: str) -> Value:
        word = half_width(cell).casefold().removeprefix("+").removesuffix(".0")  # numbers as spreadsheets print them
        if not word or word in known:
            return known.get(word)
        return Problem("choice") if field.closed else text(cell)

    return parse


def words(field: Field) -> Mapping[str, str]:
    """Every way to spell a field's choices, folded, and what is stored for it."""
    return {
        half_width(word).casefold(): choice.value
        for choice in field.choices
        for word in (choice.label.en, choice.label.zh, choice.value)
    }


def half_width(cell: str) -> str:
    """A cell with the ASCII forms of digits, signs and spaces, trimmed."""
    return _bare(cell).translate(FULL_WIDTH).translate(SPACES).replace("\u2212", "-").strip()


def _bare(cell: str) -> str:
    """Without invisible marks, outer space and the ="..." by which shop systems keep Excel from touching a code."""
    word = INVISIBLE.sub("", cell).strip()
    kept = AS_TEXT.fullmatch(word)
    return kept[1].strip() if kept else word
