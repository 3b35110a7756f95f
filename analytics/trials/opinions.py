"""A feedback card as it counts: its theme and whether it is satisfied, by its own fields or by the word lists.

A score of 4 or 5 is satisfied, 1 or 2 is not, 3 is neither. Without a score the words decide: more praise than blame,
or less (analytics/trials/words.py).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from analytics.answer import Scope
from analytics.trials import words
from data.datasets.feedback import ROLES, THEMES
from data.store import Store
from data.text import Text, same

Verdict = Literal["satisfied", "neutral", "dissatisfied"]
LEAST = 3  # cards of a role at an account: of fewer a reader could tell who said what
SATISFIED, DISSATISFIED = 4, 2  # points of 5, from and up to
NO_ROLE = Text("角色不细分", "Role not shown")
_NAMED = {word.zh: word for word in (*THEMES, *ROLES)} | {"": NO_ROLE}


@dataclass(frozen=True, slots=True)
class Card:
    """One row of the SQL."""

    card: str
    account: str
    name: str
    name_en: str
    role: str
    theme: str
    score: int | None
    words: str
    given_on: date
    starts_on: date


@dataclass(frozen=True, slots=True)
class Opinion:
    """A card with its theme and verdict; `role` is "" where too few of it stand at the account to be shown."""

    card: Card
    theme: str
    role: str
    verdict: Verdict
    hits: tuple[words.Hit, ...]

    @property
    def telling(self) -> bool:
        """Whether it takes a side and its own words say why."""
        return self.verdict != "neutral" and self.verdict == verdict(None, self.hits)

    @property
    def by_words(self) -> bool:
        """Whether the word lists decided, for want of a score."""
        return self.card.score is None


def read(store: Store, scope: Scope) -> list[Opinion]:
    """The opinions of one trial, the newest first."""
    return opinions(store.rows(Path(__file__).with_name("cards.sql"), Card, as_of=scope.as_of, trial=scope.trial))


def opinions(cards: Sequence[Card]) -> list[Opinion]:
    """The cards as they count."""
    there = Counter((card.account, card.role) for card in cards)
    return [_opinion(card, card.role if there[card.account, card.role] >= LEAST else "") for card in cards]


def _opinion(card: Card, role: str) -> Opinion:
    found = tuple(words.hits(card.words))
    return Opinion(card, card.theme or words.theme(card.words), role, verdict(card.score, found), found)


def verdict(score: int | None, hits: Sequence[words.Hit]) -> Verdict:
    """What a card comes to."""
    if score is not None:
        return "satisfied" if score >= SATISFIED else "dissatisfied" if score <= DISSATISFIED else "neutral"
    balance = sum(1 if hit.mood == "good" else -1 for hit in hits)
    return "satisfied" if balance > 0 else "dissatisfied" if balance < 0 else "neutral"


def called(word: str) -> Text:
    """A theme or role in both languages, as far as it is one of the usual ones."""
    return _NAMED.get(word) or same(word)
