"""An account whose stores sell the same every week, and sessions at some of them."""

from datetime import date, timedelta
from typing import Any

MONDAY = date(2026, 1, 5)  # of the session's week
HELD = MONDAY + timedelta(days=2)
JUNE = date(2026, 6, 30)
WEEK = timedelta(days=7)
WASHER = {"sku": "W", "category": "washers"}
FRIDGE = {"sku": "F", "category": "fridges"}


def sold(
    store: str, gain: float = 1.0, account: str = "A", since: int = -8, until: int = 12, pcs: int = 20, **what: Any
):
    """Weekly sell-out of a store around the session, `gain` times as much from week 1 on."""
    return [
        {
            "account": account, "store": store, "sold_on": MONDAY + n * WEEK, "qty": pcs * (gain if n > 0 else 1.0),
            "amount": 100 * pcs, **(WASHER | what),
        }
        for n in range(since, until + 1)
    ]  # fmt: skip


def session(store: str, training: str = "T1", held_on: date = HELD, account: str = "A", **more: Any) -> dict[str, Any]:
    """A session about washers: nine of twelve people, a test of 58 before and 82 after."""
    usual = {"category": "washers", "trained": 9, "staff": 12, "reaction": 4.5, "score_before": 58, "score": 82}
    return {"training": training, "account": account, "store": store, "held_on": held_on} | usual | more
