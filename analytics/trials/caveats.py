"""What else happened at the pilots of a trial: it is named beside the effect, which may hold some of it.

Source: `trials`, `trial_scope`, `promotions`, `stock`; see `caveats.sql`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analytics.answer import Scope
from data.store import Store


@dataclass(frozen=True, slots=True)
class Caveat:
    """One pilot account of a trial."""

    trial: str
    account: str
    promotions: int  # of the product, that met the trial
    out_weeks: int  # weeks in which a count found none of it


def caveats(store: Store, scope: Scope) -> list[Caveat]:
    """Of all trials, up to the scope's day."""
    return store.rows(Path(__file__).with_suffix(".sql"), Caveat, as_of=scope.as_of)


def summed(found: Sequence[Caveat], trial: str) -> tuple[int, int]:
    """Promotions at pilots, and weeks of pilots without stock, of one trial."""
    own = [one for one in found if one.trial == trial]
    return sum(one.promotions for one in own), sum(one.out_weeks for one in own)
