"""How far ahead each product at each account has to be provided for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from analytics.answer import Scope
from analytics.stats.seasonal import Array
from analytics.supply.outlook import STEP_DAYS, STEPS
from analytics.supply.peak import Peak, next_for
from analytics.supply.position import Position

EVERY_DAYS = 14.0  # between two orders of an account, where no orders are loaded: every second week
LONGEST = float(STEPS * STEP_DAYS)


@dataclass(frozen=True, slots=True)
class Horizon:
    """Days (items,), NaN not known, and the peak that each item is provided for ("": none begins soon enough)."""

    lead_days: Array  # from order to delivery
    need_days: Array  # until goods of the account's next order can be there
    until_days: Array  # the same, or to the end of a peak that begins before
    peak: NDArray[np.str_]
    peak_en: NDArray[np.str_]
    until: NDArray[np.datetime64]
    growth: Array  # (items, STEPS) of the peak beyond season and level, 1 outside it

    def columns(self) -> dict[str, NDArray]:
        """As the plan keeps them."""
        names = ("lead_days", "need_days", "until_days", "peak", "peak_en", "until")
        return {name: getattr(self, name) for name in names}


def horizon(where: Position, found: Sequence[Peak], scope: Scope) -> Horizon:
    """Of every item, with the peaks of its category and the reader's plan."""
    tried = scope.plan.lead_days
    lead = where.lead_days if tried is None else np.full(len(where.lead_days), float(tried))
    need = np.minimum(lead + np.where(np.isnan(where.every_days), EVERY_DAYS, where.every_days), LONGEST)
    until, names, names_en = need.copy(), np.full(len(need), "", dtype=object), np.full(len(need), "", dtype=object)
    growth = np.ones((len(need), STEPS))
    for category in sorted(set(where.category)):
        mine, peak = where.category == category, next_for(category, found)
        if peak is None:
            continue
        starts, ends = _ahead(peak.starts_on, scope.as_of), _ahead(peak.ends_on, scope.as_of) + 1
        growth[mine] *= grown(peak, scope.as_of)
        inside = mine & (need >= starts)
        until[inside] = np.clip(ends, need[inside], LONGEST)
        names[inside], names_en[inside] = peak.name, peak.name_en
    last = np.datetime64(scope.as_of) + np.nan_to_num(until).astype("timedelta64[D]")
    return Horizon(lead, need, until, names, names_en, last, growth)


def _ahead(day: date, as_of: date) -> int:
    return (day - as_of).days


def grown(peak: Peak, as_of: date) -> Array:
    """Each step's factor: the peak's growth on the part of it that lies in the peak."""
    starts, ends = _ahead(peak.starts_on, as_of), _ahead(peak.ends_on, as_of) + 1
    steps = STEP_DAYS * np.arange(STEPS)
    inside = np.clip(np.minimum(ends, steps + STEP_DAYS) - np.maximum(starts, steps), 0, STEP_DAYS) / STEP_DAYS
    return 1 + (peak.growth or 0.0) * inside
