"""What a header says, word by word: 客户编号, cCusCode, Customer No. and KUNNR are all {customer, code}.

A header is split where its spelling splits it and covered with the words of `lexicon`. Only a header that they cover
whole says something; with one strange word in it (退货数量, 去年金额) it may mean anything.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from data.ingest.lexicon import ASIDE, SAP, UNITS, WORDS

PIECES = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[一-鿿]+|[^\s_\-/·.:：*()（）\[\]【】]")
BRACKET = re.compile(r"[(（\[【](.*?)[)）\]】]")
MARKED = re.compile("[fcid][a-z]", re.IGNORECASE)  # FBillNo, cCusCode, iQuantity, dDate: Kingdee's and Yonyou's marks
LONGEST = 60  # characters of a header that is looked at: beyond it is a sentence
SEEN = 4_096  # headers remembered: several files of the widest
SHORTEST_TECHNICAL = 5  # letters: KUNNR, MATNR; in less, stems of two letters are found by chance
Meaning = frozenset[str]


@lru_cache(SEEN)
def meaning(header: str) -> Meaning:
    """The concepts that a header is made of; empty when a word of it is unknown."""
    text = BRACKET.sub(lambda found: "" if found[1].strip().casefold() in NEUTRAL else f" {found[1]} ", header).strip()
    pieces = [piece.casefold() for piece in PIECES.findall(text)] if len(text) <= LONGEST else []
    said = _cover(pieces, CONCEPTS)
    if not said and len(pieces) == 1 and len(text) >= SHORTEST_TECHNICAL:
        said = _cover(pieces, STEMS)
    if not said and pieces and MARKED.match(text):
        said = _cover([piece for piece in (pieces[0][1:], *pieces[1:]) if piece], CONCEPTS)
    return frozenset(" ".join(said or ()).split())


@lru_cache(SEEN)
def hints(header: str) -> Meaning:
    """The concepts that can be made out in a header, whatever else it says; for guesses that a person sees first."""
    pieces = (piece.casefold() for piece in PIECES.findall(header[:LONGEST]))
    return meaning(header) or frozenset(concept for piece in pieces for concept in _made_out(piece))


@lru_cache(SEEN)
def aside(header: str) -> Meaning | None:
    """What the brackets of a header add to it; None when they make another figure of it, as 金额（去年） does."""
    inside = [text.strip().casefold() for text in BRACKET.findall(header)]
    if any(map(_other, inside)):
        return None
    return frozenset().union(*(meaning(text) for text in inside if text not in NEUTRAL))


def _other(text: str) -> bool:
    """Whether a remark names another time, kind or measure; Latin words count whole or in the plural."""
    latin = {word.removesuffix("s") for word in re.findall("[a-z]+", text)}
    return any(word in latin if word.isascii() and word.isalpha() else word in text for word in OTHERS)


def _by_word(lexicon: dict[str, str]) -> dict[str, str]:
    return {word: concepts for concepts, words in lexicon.items() for word in words.split()}


CONCEPTS, STEMS, OTHERS, NEUTRAL = map(_by_word, (WORDS, SAP, ASIDE, UNITS))
REACH = max(map(len, CONCEPTS))


def _cover(pieces: Sequence[str], lexicon: dict[str, str]) -> list[str] | None:
    """Words that lie end to end over the joined pieces; one that reaches over a seam must fill whole pieces."""
    text, seams = "".join(pieces), {0}
    for piece in pieces:
        seams.add(max(seams) + len(piece))
    best: list[list[str] | None] = [[], *[None] * len(text)]
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - REACH), end):
            before, word = best[start], text[start:end]
            if before is None or word not in lexicon:
                continue
            whole = {start, end} <= seams or not any(start < seam < end for seam in seams)
            found = best[end]
            if whole and (found is None or len(before) + 1 < len(found)):
                best[end] = [*before, lexicon[word]]
    return best[-1]


def _made_out(piece: str) -> list[str]:
    """Concepts of the longest words found from left to right; letters between them are passed over."""
    found: list[str] = []
    at = 0
    while at < len(piece):
        word = next((piece[at:end] for end in range(len(piece), at, -1) if piece[at:end] in CONCEPTS), "")
        found += CONCEPTS.get(word, "").split()
        at += len(word) or 1
    return found
