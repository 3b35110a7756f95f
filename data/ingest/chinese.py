"""Whether text decoded as Chinese reads like Chinese: GB18030 and Big5 decode nearly any bytes, which proves nothing.

What people write in tables is made of GB2312's or Big5's everyday characters. Other languages betray themselves by
where their bytes fall: kana and Cyrillic have rows of their own, Korean syllables end before row C9, KOI8-R letters
lie between C0 and DF.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

PLAUSIBLE = 0.7  # share of everyday characters: Chinese > 0.9, Big5 or Latin read as GB18030 < 0.5
SURE = 0.9  # from this share on, and from FEW characters on, GB2312 is no accident: Big5 text reaches it in 1 % at most
FEW = 4  # characters that tell little
SOME = 8  # characters from which on one narrow range of bytes is no accident
RARE = 0.4  # share of GB2312's second level, which is sorted by radical and holds rare characters
FOREIGN_ROWS = 0.1  # share of kana, Greek and Cyrillic
LATIN = re.compile(r"[\x00-\x7f]+")
ENOUGH = 1 << 18  # characters that tell a language
EVERY = bytes(range(256))
LEVEL_1, LEVEL_2 = bytes(range(0xB0, 0xD8)), bytes(range(0xD8, 0xF8))  # first bytes of GB2312
MARKS, LETTERS = b"\xa1\xa3", bytes(range(0xA4, 0xAA))
KOREAN = bytes(range(0xB0, 0xC9))  # first bytes of EUC-KR syllables
CYRILLIC = bytes(range(0xC0, 0xE0))  # KOI8-R
BIG5_EVERYDAY = bytes(range(0xA1, 0xC7))  # signs and the first level
HIGH = bytes(range(0x80, 0x100))
TRAILS = b"abcdefghijklmnopqrstuvwxyz"


def _pairs() -> str:
    """Characters whose GB18030 is a high byte and a small Latin letter, as ül in Müller happens to be."""
    pairs = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in TRAILS)
    return "".join(pair.decode("gb18030") for pair in pairs)


SPLIT_WORD = re.compile(f"[{re.escape(_pairs())}]")


@dataclass(frozen=True, slots=True)
class Alphabet:
    """How everyday text of one encoding looks: `share` of its characters that are everyday ones, 0 to 1; `is_alien`
    tells what no such text holds anywhere."""

    codec: str
    share: Callable[[str], float]
    is_alien: Callable[[str], bool] = lambda text: False


def reads(pieces: Iterable[str], alphabet: Alphabet, most: int = ENOUGH) -> float:
    """The share of everyday characters among the first `most` that are not ASCII; 1 for a text that has none, 0 for one
    with anything alien in it."""
    found: list[str] = []
    for text in pieces:
        if alphabet.is_alien(text):
            return 0.0
        if not text.isascii() and sum(map(len, found)) < most:
            found.append(LATIN.sub("", text))
    return alphabet.share("".join(found)) if found else 1.0


def simplified(text: str) -> float:
    """How much of a text is everyday simplified Chinese; 0 when its bytes rather are another language's."""
    leads = text.encode("gb2312", "ignore")[::2]
    hanzi = _only(leads, LEVEL_1 + LEVEL_2)
    rare, marks = len(_only(leads, LEVEL_2)), len(_only(leads, MARKS))
    if len(_only(leads, LETTERS)) > FOREIGN_ROWS * len(text) or (hanzi and not hanzi.translate(None, KOREAN)):
        return 0.0
    if len(hanzi) >= SOME and (rare > RARE * len(hanzi) or not hanzi.translate(None, CYRILLIC)):
        return 0.0
    share = (len(hanzi) + marks) / max(1, len(text))
    return share if len(text) >= FEW else min(share, PLAUSIBLE)


def traditional(text: str) -> float:
    """How much of a text is everyday traditional Chinese; 0 when no second byte is ASCII, as two in five are."""
    pairs = text.encode("big5", "ignore")
    leads, trails = pairs[::2], pairs[1::2]
    if not trails.translate(None, HIGH):
        return 0.0
    return len(_only(leads, BIG5_EVERYDAY)) / max(1, len(text))


def common(text: str) -> float:
    """How much of a text lies in the first level of GB2312, where neither UTF-8 nor Latin read as GBK falls."""
    leads = text.encode("gb2312", "ignore")[::2]
    return len(_only(leads, LEVEL_1 + MARKS)) / max(1, len(text))


def has_split_word(text: str) -> bool:
    """Whether a Latin word with an accent was swallowed: a rare character made of its letters stands beside others."""
    for found in SPLIT_WORD.finditer(text):
        before, after = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
        if (before.isascii() and before.isalpha()) or (after.isascii() and after.islower()):
            return True
    return False


def _only(leads: bytes, wanted: bytes) -> bytes:
    return leads.translate(None, EVERY.translate(None, wanted))


SIMPLIFIED = Alphabet("gb18030", simplified, has_split_word)
TRADITIONAL = Alphabet("big5hkscs", traditional)
