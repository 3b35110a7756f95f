"""Which codes may be the same thing under two spellings. Pure: names in, proposals with a reason out; people decide.

A wrong proposal costs more trust than a missing one, so a reason is either a spelling that people do vary (width, case,
spaces, punctuation, the legal form of a company), a name that begins with the whole of another, or one slipped letter
in a long word. What differs by a number, a place or a direction is never proposed: A01 and A02, 一店 and 二店.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from data.ingest.layout import INVISIBLE
from data.text import Text

NUMERALS = "零〇一二三四五六七八九十百千两甲乙丙丁"
LEGAL = re.compile(r"(股份有限公司|有限责任公司|有限公司|股份公司|集团公司|总公司|公司|集团|股份|控股)$")
LEGAL_WORD = re.compile(r"co|ltd|limited|inc|corp(oration)?|company|llc|plc|gmbh|ag|sa|bv|group|holdings?")
PLACES = (
    "北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    "|陕西|甘肃|青海|台湾|内蒙|广西|西藏|宁夏|新疆|香港|澳门|广州|深圳|杭州|苏州|武汉|成都|西安|沈阳|大连|青岛|济南|郑州"
    "|长沙|合肥|厦门|福州|无锡|常州|东莞|佛山|昆明|贵阳|长春|哈尔滨|石家庄|太原|兰州|温州|徐州|中国|华[东南西北中]"
)
PART = re.compile(  # after the whole of another name: a part of it, not another spelling
    rf"[\d{NUMERALS}东南西北上下左右新老大小店分部处仓库区省县路线]|(?<!超)市|{PLACES}|直营|加盟|海外"
)
COMMON = re.compile(  # what many names begin with
    rf"({PLACES}|[东西南北]+方?|大众|百货|超市|电器|家电|商贸|贸易|商场|商城|连锁|市|省)+"
)
SHORTEST_CONTAINED, SHORTEST_REST = 2, 2  # Chinese characters: 苏宁 in 苏宁易购; a person's 王刚 in 王刚强 is chance
LONG_NAME, LONG_WORD = 12, 6  # Latin letters; below, one letter makes another word as often as a slip
CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
BUCKET = 20  # codes that share a spelling; a name that more have is no name but a word such as "other"

CODE = Text("编码只差写法", "The codes differ in spelling only")
NAME = Text("名称相同", "The same name")
CONTAINED = Text("一个名称以另一个开头", "One name begins with the other")
NEAR = Text("长名称只差一个字母", "Long names, one letter apart")
REASONS = (CODE, NAME, CONTAINED, NEAR)  # the surest first


@dataclass(frozen=True, slots=True)
class Named:
    """A code and what it is called; a name may be empty or the code itself."""

    code: str
    names: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Code and names, each once: one file's code may be another's name."""
        return tuple(dict.fromkeys((self.code, *filter(None, self.names))))


class Pair(NamedTuple):
    """Two codes that may be the same, and why; `one` comes first in the list that was looked at."""

    one: str
    other: str
    reason: Text


@lru_cache(1 << 16)
def tokens(word: str) -> tuple[str, ...]:
    """A word without what people vary: invisible marks, width, case, punctuation; legal forms at its end are gone."""
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", INVISIBLE.sub("", word))).casefold()
    parts = re.findall(r"[^\W_]+", re.sub(r"(?<=[^\W\d_])['’.](?=[^\W\d_])", "", plain))
    while len(parts) > 1 and LEGAL_WORD.fullmatch(parts[-1]):
        parts.pop()
    while parts and (cut := LEGAL.sub("", parts[-1])) != parts[-1]:
        if not cut and len(parts) == 1:
            break
        parts = [*parts[:-1], *([cut] if cut else [])]
    return tuple(parts)


def fold(word: str) -> str:
    """What two spellings of one word share. Digits never run together: 1-12 is not 11-2."""
    return re.sub(r"(?<!\d) | (?!\d)", "", " ".join(tokens(word)))


def numbered(word: str) -> str:
    """A folded word with its numbers masked; codes that are alike so are two of one series. A bare number keeps its
    length, because another system numbers otherwise."""
    folded = fold(word)
    if folded.isdecimal():
        return "#" * len(folded)
    letters = " ".join(tokens(word))
    return re.sub(rf"[\d{NUMERALS}]+|\b[a-z]\b", "#", letters)


def series(one: Named, other: Named) -> bool:
    """Whether two are told apart by a number: their codes, or any of their names."""
    return any(
        fold(a) != fold(b) and numbered(a) == numbered(b)
        for these, those in ((one.words[:1], other.words[:1]), (one.words[1:], other.words[1:]))
        for a in these
        for b in those
    )


class Index:
    """Codes by their spellings, so that a hundred thousand are compared in seconds: only what shares a key is."""

    def __init__(self, known: Iterable[Named] = (), *, loose: bool = True):
        """`loose` False: only the same code or name counts, as for products, whose names often begin alike."""
        self._loose = loose
        self._known: dict[str, Named] = {}
        self._by: dict[str, list[str]] = {}  # key to codes
        for one in known:
            self.add(one)

    def add(self, one: Named) -> None:
        """Put one code in."""
        self._known[one.code] = one
        for key, _ in self._keys(one, looking=False):
            self._by.setdefault(key, []).append(one.code)

    def like(self, one: Named) -> list[Pair]:
        """Codes in the index that may be the same as this one, the surest reason first."""
        found: dict[str, Text] = {}
        for key, reason in self._keys(one, looking=True):
            codes = self._by.get(key, ())
            for code in codes if len(codes) <= BUCKET else ():
                if code != one.code and code not in found and _may_be(one, self._known[code], reason):
                    found[code] = CODE if reason is NAME and fold(code) == fold(one.code) else reason
        return sorted((Pair(code, one.code, why) for code, why in found.items()), key=_surest)

    def _keys(self, one: Named, *, looking: bool) -> Iterator[tuple[str, Text]]:
        """What a code is found by. Prefixes are kept on one side only: who looks has the whole, or who is looked at."""
        for word in one.words:
            folded = fold(word)
            if not folded:
                continue
            yield f"={folded}", NAME
            if self._loose:
                yield from _begins(folded, looking=looking)
                yield from ((f"~{key}", NEAR) for key in _slips(tokens(word)))


def _may_be(one: Named, other: Named, reason: Text) -> bool:
    return not series(one, other) and (reason is not NEAR or any(slip(a, b) for a in one.words for b in other.words))


def slip(one: str, other: str) -> bool:
    """Whether two names differ in one word, and there by one letter: left out, put in, another, or two swapped."""
    these, those = tokens(one), tokens(other)
    apart = [(a, b) for a, b in zip(these, those, strict=False) if a != b]
    if len(these) != len(those) or len(apart) != 1:
        return False
    [(a, b)] = apart
    at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    swapped = a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :]
    return swapped or a[at + 1 :] == b[at + 1 :] or a[at:] == b[at + 1 :] or a[at + 1 :] == b[at:]


def _surest(pair: Pair) -> tuple[int, str]:
    return REASONS.index(pair.reason), pair.one


def _begins(folded: str, *, looking: bool) -> Iterator[tuple[str, Text]]:
    """Keys by which a name meets one that begins with it, whichever of the two is looked for."""
    whole, part = ("<", ">") if looking else (">", "<")
    if not CHINESE.match(folded):
        return
    if not COMMON.fullmatch(folded):
        yield f"{part}{folded}", CONTAINED
    for n in range(SHORTEST_CONTAINED, len(folded) - SHORTEST_REST + 1):
        if CHINESE.match(folded[n - 1]) and not COMMON.fullmatch(folded[:n]) and not PART.search(folded[n:]):
            yield f"{whole}{folded[:n]}", CONTAINED


def _slips(parts: Sequence[str]) -> Iterator[str]:
    """Keys that long Latin names share when a letter of one long word differs, but not its first; others may, too."""
    if sum(map(len, parts)) < LONG_NAME or CHINESE.search("".join(parts)):
        return
    for at, word in enumerate(parts):
        if len(word) >= LONG_WORD and word.isalpha():
            for n in range(1, len(word) + 1):
                yield " ".join([*parts[:at], f"{word[:n]}{word[n + 1 :]}?", *parts[at + 1 :]])


def proposals(known: Iterable[Named], *, loose: bool = True) -> list[Pair]:
    """Pairs of these codes that may be the same, each once, the surest reason first."""
    index, found = Index(loose=loose), []
    for one in known:
        found += index.like(one)
        index.add(one)
    return sorted(found, key=_surest)
