"""How products, days and lists of accounts are called in a sentence, and where there is little room."""

import re
from collections.abc import Iterable
from datetime import date
from math import ceil

from analytics.numbers import MONTH_NAMES
from data.text import Text

WIDE, LATIN, MOST = 3.5, 8, 4  # Chinese and Latin characters of a head's line that fit on a phone; lines
NAMED = 3  # of a list in a sentence
MEASURE = re.compile(r"\d[\d.]*\s?(?:公斤|[升匹套]|kg|L|hp|-set)\s?")  # what most products' names begin with
COMMA, AND = Text("、", ", "), Text("、", " and ")
OTHERS = Text("{names}等 {n} 家", "{names} ({n} in all)")


def lines(product: str, category: str) -> tuple[str, ...]:
    """A product's name in a few lines: its measure first, the category's name in one piece where the name ends so."""
    measure = MEASURE.match(product)
    rest = product[measure.end() :] if measure else product
    first = [measure[0].strip()] if measure else []
    if category and rest.endswith(category) and _wide(rest) > WIDE:
        last = [category] if _wide(category) <= WIDE else _wrapped(category)
        found = [*first, *_wrapped(rest.removesuffix(category)), *last]
    else:
        found = [*first, *_wrapped(rest)]
    return tuple(found if len(found) <= MOST else [*found[: MOST - 1], found[MOST - 1] + "…"])


def _wrapped(words: str) -> list[str]:
    """Lines that fit: broken at spaces and hyphens; a longer Chinese word in equal parts, a Latin one cut."""
    found: list[str] = []
    for word in re.findall(r"[^\s-]+-?", words):
        if found and not found[-1].endswith("-") and _wide(f"{found[-1]} {word}") <= WIDE:
            found[-1] += f" {word}"
        elif word.isascii():
            found.append(word if _wide(word) <= WIDE else word[: LATIN - 1] + "…")
        else:
            size = ceil(len(word) / ceil(_wide(word) / WIDE))
            found += [word[n : n + size] for n in range(0, len(word), size)]
    return found


def _wide(word: str) -> float:
    return sum(WIDE / LATIN if c.isascii() else 1.0 for c in word)


def listed(names: Iterable[Text]) -> Text:
    """Names in a sentence: the first few, and how many there are."""
    every = list(dict.fromkeys(names))
    if len(every) > NAMED:
        return OTHERS.fill(names=_joined(every[:NAMED], COMMA), n=len(every))
    return _joined([_joined(every[:-1], COMMA), *every[-1:]], AND) if len(every) > 1 else _joined(every, AND)


def _joined(names: list[Text], between: Text) -> Text:
    return Text(between.zh.join(name.zh for name in names), between.en.join(name.en for name in names))


def day_name(day: date) -> Text:
    """7 月 10 日, 10 July."""
    return Text(f"{day.month} 月 {day.day} 日", f"{day.day} {MONTH_NAMES[day.month - 1]}")
