"""Of which products at which accounts nothing can be said, and what would change that."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from analytics.answer import Finding, OfAccount, Scope
from analytics.supply.naming import listed
from analytics.supply.plan import NO_COUNT, NO_FORECAST, NO_LEAD, RISKY
from data.store import Store
from data.text import Text

NO_PRICE = "no price"  # of what is at risk
UNTOLD = {
    NO_COUNT: Text(
        "{n} 处在卖却没有近期盘点，不能判断：{who}",
        "On sale without a recent count at {n} places, so nothing is said there: {who}",
    ),
    NO_FORECAST: Text(
        "{n} 处在卖但历史太短，没有预测：{who}", "On sale with too short a history for a forecast at {n} places: {who}"
    ),
    NO_LEAD: Text(
        "{n} 处不知交货周期，不能判断：{who}", "No lead time is known at {n} places, so they are not planned: {who}"
    ),
}


class Planned(Protocol):
    """A row of the plan."""

    @property
    def state(self) -> str:
        """Why it is not planned; "" where it is."""
        ...

    @property
    def recent(self) -> float | None:
        """Pieces sold a week of late."""
        ...

    @property
    def called(self) -> Text:
        """The account's name."""
        ...


@dataclass(frozen=True, slots=True)
class Untold(OfAccount):
    """So many places of an account of which something is not known."""

    reason: str  # a state of the plan, or NO_PRICE
    account: str
    name: str
    name_en: str
    places: int


def ask(store: Store, kept: str, scope: Scope) -> list[Untold]:
    """Of the plan kept under a mark: what sells but is not planned, and what is at risk without a price."""
    return store.rows(Path(__file__).with_suffix(".sql"), Untold, kept=kept, risky=RISKY, **scope.params())


def groups(rows: Sequence[Planned]) -> list[Untold]:
    """The same of rows that are all: what still sells but is not planned."""
    return [
        Untold(r.state, "", r.called.zh, r.called.en, 1) for r in rows if r.state in UNTOLD and (r.recent or 0.0) > 0
    ]


def untold(rows: Sequence[Planned]) -> list[Finding]:
    """One sentence for each reason, of what still sells; nothing where all can be told."""
    return say(groups(rows))


def say(found: Sequence[Untold]) -> list[Finding]:
    """One sentence for each state that is not planned."""
    sentences = []
    for state, words in UNTOLD.items():
        if mine := [u for u in found if u.reason == state]:
            n, who = sum(u.places for u in mine), listed(u.called for u in mine)
            sentences.append(Finding("change", words.fill(n=n, who=who)))
    return sentences
