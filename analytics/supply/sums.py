"""The plan added up by account and category, kept beside it: what all places come to."""

from datetime import timedelta
from pathlib import Path

from analytics.answer import Scope
from analytics.supply import plan
from data.marts import SUPPLY_SUMS
from data.store import Store

SOON_DAYS = timedelta(days=14)  # what leaves in two weeks is this meeting's business


def keep(store: Store, scope: Scope) -> str:
    """See that the sums of the scope's plan are kept; returns the mark of their rows in `supply_sums`."""
    kept, told = plan.keep(store, scope), {"as_of": scope.as_of, "soon_by": scope.as_of + SOON_DAYS}
    query = Path(__file__).with_suffix(".sql")
    return store.kept(SUPPLY_SUMS, (kept, told), lambda: store.columns(query, kept=kept, **told))
