"""How long deliveries take and how late they are; see the branch that brings its SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analytics.stats.seasonal import Array
from data.store import Store

FIRST = -3  # days late of the first share


@dataclass(frozen=True, slots=True)
class Lead:
    """Of one region."""

    late: Array
    transit_q90_days: float


def leads(store: Store, as_of: date) -> Mapping[str, Lead]:
    """By region."""
    return {}
