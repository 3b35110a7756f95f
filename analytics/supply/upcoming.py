"""Which weeks are the coming season? Those of the calendar's next peak, or the next eight where it names none.

Source: `calendar`; see `peak.sql`.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from analytics.answer import Scope
from analytics.supply.peak import Peak, peaks
from data.store import Store
from data.text import Text

WEEK = timedelta(days=7)
FURTHEST = 26  # weeks ahead that a forecast reaches; a later peak is not told yet
NEXT = 8  # weeks looked at where there is no peak in reach: two months of orders
EIGHT = Text("未来八周", "The next eight weeks")


@dataclass(frozen=True, slots=True)
class Coming:
    """The weeks that are asked about: `first` and `last` count from the first whole week after the scope's, from 0."""

    name: Text
    first: int
    last: int
    starts_on: date  # Monday
    ends_on: date  # Sunday
    growth: float | None
    category: str
    moved: int  # days by which it begins earlier (−) or later than 52 weeks after the one before; 0 if unknown

    def within(self, scope: Scope) -> Scope:
        """The scope, of the peak's category only where it names one."""
        return replace(scope, categories=(self.category,)) if self.category else scope


def coming(store: Store, scope: Scope) -> Coming:
    """The next peak's weeks from the first that is still ahead; a week that a peak touches counts as a whole."""
    monday = next_monday(scope.as_of)
    found = [p for p in peaks(store, scope) if p.ends_on >= monday and _concerns(p, scope)]
    last = (found[0].ends_on - monday).days // 7 if found else FURTHEST
    if last >= FURTHEST:
        return Coming(EIGHT, 0, NEXT - 1, monday, monday + NEXT * WEEK - timedelta(days=1), None, "", 0)
    peak, first = found[0], max((found[0].starts_on - monday).days // 7, 0)
    ends_on = monday + (last + 1) * WEEK - timedelta(days=1)
    name = Text(peak.name, peak.name_en)
    moved = (peak.starts_on - peak.last_start - 52 * WEEK).days if peak.last_start else 0
    return Coming(name, first, last, monday + first * WEEK, ends_on, peak.growth, peak.category or "", moved)


def _concerns(peak: Peak, scope: Scope) -> bool:
    return scope.categories is None or peak.category is None or peak.category in scope.categories


def next_monday(day: date) -> date:
    """The first day after the last whole week: a Sunday ends its week."""
    return day + timedelta(days=1) if day.weekday() == 6 else day - timedelta(days=day.weekday())
