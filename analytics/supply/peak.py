"""Which peak comes next, for which products, and how far ahead a product has to be provided for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from analytics.answer import Scope
from data.store import Store
from data.text import Text

TRIED = Text("试算的旺季", "The peak tried here")


@dataclass(frozen=True, slots=True)
class Peak:
    """A sales peak; `category` None is all products, `growth` what the planner expects beyond season and level."""

    name: str
    name_en: str
    starts_on: date
    ends_on: date
    category: str | None
    growth: float | None
    last_start: date | None = None  # of the peak of that name before it


def peaks(store: Store, scope: Scope) -> list[Peak]:
    """Those within half a year, the next first, as the reader's plan moves them."""
    found = store.rows(Path(__file__).with_suffix(".sql"), Peak, as_of=scope.as_of)
    plan = scope.plan
    if plan.starts is not None and found:
        found = [_moved(found[0], plan.starts), *found[1:]]
    elif plan.starts is not None:
        found = [Peak(TRIED.zh, TRIED.en, plan.starts, plan.starts + plan.LENGTH, None, None)]
    if plan.growth is not None:
        found = [replace(peak, growth=plan.growth) for peak in found[:1]] + found[1:]
    return sorted((p for p in found if p.ends_on > scope.as_of), key=lambda p: (p.starts_on, p.name))


def _moved(peak: Peak, starts: date) -> Peak:
    """The same peak, as long, on another day."""
    return replace(peak, starts_on=starts, ends_on=starts + (peak.ends_on - peak.starts_on))


def next_for(category: str, found: Sequence[Peak]) -> Peak | None:
    """The next peak of a category."""
    return next((peak for peak in found if peak.category is None or peak.category == category), None)
