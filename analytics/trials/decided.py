"""Trials as they were decided: what is tried where, against which goal, and by which rule.

Source: `trials`, `trial_scope`; see `decided.sql`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Literal

from analytics.answer import OfAccount, Scope
from analytics.stats.decide import GO_AT, STOP_AT
from data.store import Store

Kind = Literal["uplift", "rate"]
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the SQL: a trial and one of its places."""

    trial: str
    title: str
    sku: str
    sku_name: str
    sku_name_en: str
    starts_on: date
    ends_on: date
    fixed_on: date | None
    target_uplift: float | None  # share of the controls' sales
    target_rate: float | None  # pcs per store and week
    go_at: float | None  # probability
    stop_at: float | None  # probability
    owner: str
    account: str
    store: str
    name: str
    name_en: str
    pilot: bool
    listed_on: date | None
    stores: float | None
    chosen: bool
    ranged: bool


@dataclass(frozen=True, slots=True)
class Place(OfAccount):
    """An account, or one store of it, that carries a trial or is compared with those that do."""

    account: str
    store: str  # "": all of the account
    name: str
    name_en: str
    listed_on: date | None = None
    stores: float | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What its sales stand under."""
        return self.account, self.store


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial; `facts` is any of its lines."""

    facts: Line
    pilots: tuple[Place, ...]
    controls: tuple[Place, ...]  # as named; none: all who are no pilots
    chosen: bool  # the reader looks at one of its pilots and at its product

    @property
    def kind(self) -> Kind:
        """By the goal that was set; an uplift where none was."""
        return "rate" if self.facts.target_rate is not None and self.facts.target_uplift is None else "uplift"

    @property
    def goal(self) -> float | None:
        """The goal of its kind."""
        return self.facts.target_rate if self.kind == "rate" else self.facts.target_uplift

    @property
    def go_at(self) -> float:
        """Go from this probability on."""
        return GO_AT if self.facts.go_at is None else self.facts.go_at

    @property
    def stop_at(self) -> float:
        """Stop down to this probability."""
        return STOP_AT if self.facts.stop_at is None else self.facts.stop_at

    @property
    def fixed_before(self) -> bool:
        """Whether goal and lines were fixed before the first day."""
        return self.facts.fixed_on is not None and self.facts.fixed_on < self.facts.starts_on

    @property
    def weeks(self) -> int:
        """Whole weeks, Monday to Sunday, from the first to the last day."""
        first = self.facts.starts_on + timedelta(days=-self.facts.starts_on.weekday() % 7)
        return max(((self.facts.ends_on - first).days + 1) // 7, 0)

    def begun(self, scope: Scope) -> bool:
        """Whether its first day has come."""
        return self.facts.starts_on <= scope.as_of

    def meets(self, other: "Trial") -> bool:
        """Whether both try the same product at the same time."""
        mine, its = self.facts, other.facts
        return mine.sku == its.sku and mine.starts_on <= its.ends_on and its.starts_on <= mine.ends_on


def trials(store: Store, scope: Scope) -> list[Trial]:
    """All trials, oldest first."""
    lines = store.rows(Path(__file__).with_suffix(".sql"), Line, **scope.params())
    return [_trial(list(group)) for _, group in groupby(lines, key=lambda line: line.trial)]


def _trial(lines: Sequence[Line]) -> Trial:
    named = [(line, Place(line.account, line.store, line.name, line.name_en, line.listed_on, line.stores))
             for line in lines if line.account]  # fmt: skip
    pilots = tuple(place for line, place in named if line.pilot)
    controls = tuple(place for line, place in named if not line.pilot)
    chosen = any(line.ranged and line.chosen for line in lines if line.pilot or not pilots)
    return Trial(lines[0], pilots, controls, chosen)
