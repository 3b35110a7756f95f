"""Which place in the year each week has: its number, or in winter its distance from Spring Festival.

By the festival where the past shows that winters are foretold better so (`stats.festival`). Source: `sales`; see
`places.sql`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from analytics.answer import Scope
from analytics.stats.festival import AFTER, BEFORE, gains, placed
from analytics.stats.seasonal import WEEKLY
from analytics.supply.upcoming import FURTHEST, WEEK, next_monday
from data.store import Store
from data.workdays import festivals

LONGEST = 156  # weeks looked back on


@dataclass(frozen=True, slots=True)
class Total:
    """A week of all accounts."""

    week: date
    pcs: float | None


@dataclass(frozen=True, slots=True)
class Places:
    """`digits`: two for each of the last 156 weeks and the next 26, as the SQL reads them; None: weeks by number."""

    digits: str | None
    festivals: tuple[date, ...] = ()

    def follow(self, starts: date, ends: date) -> bool:
        """Whether the weeks between two days are placed by their distance from a Spring Festival."""
        return self.digits is not None and any(
            day - BEFORE * WEEK - timedelta(days=6) <= starts and ends <= day + AFTER * WEEK + timedelta(days=6)
            for day in self.festivals
        )


def places(store: Store, scope: Scope) -> Places:
    """Of the weeks that a forecast made on the scope's day looks back on and ahead to."""
    totals = store.rows(Path(__file__).with_suffix(".sql"), Total, as_of=scope.as_of, flow=scope.flow)
    if not totals:
        return Places(None)
    since, end = totals[0].week, next_monday(scope.as_of)
    weeks = (end - since) // WEEK
    pcs = np.zeros((1, weeks))
    pcs[0, [(total.week - since) // WEEK for total in totals]] = [total.pcs or 0.0 for total in totals]
    days = festivals(store, since, end + FURTHEST * WEEK)
    moved = placed(WEEKLY, since, days, weeks + FURTHEST)
    if not gains(pcs, WEEKLY, moved, since, days):
        return Places(None)
    digits = "".join(f"{place:02}" for place in (*(0,) * (LONGEST - weeks), *moved.places))  # before the first: unused
    return Places(digits, tuple(days))
