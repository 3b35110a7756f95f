"""Deciding: what is to become of a trial, kept as one row of the register `decisions`.

It goes the very way of a row that is typed in (`data.entry`) and is taken back by undoing its batch. Its words name the
trial's code, by which the register of trials finds it. While the demo company is shown it goes into the demo's folder,
like an approved shipment (`data.approve`).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from data import entry
from data.approve import CHANGED, NotApproved, faults
from data.datasets.decisions import DECISIONS
from data.home import Home
from data.intake import turn
from data.lake import Batch
from data.store import Store
from data.text import Text

NO_OWNER = Text(
    "这项试点没有负责人，没有记下。在登记里填上负责人，再记。",
    "The trial has no owner, so nothing was kept. Name one in the register, then decide.",
)
AGAIN = Text(
    "今天已经记过同样的决定（{decision}）。要重来，先撤销那一批。",
    "The very same was decided today ({decision}). To decide anew, undo that batch first.",
)
DUE = timedelta(days=14)  # until which the owner is to have done it: before the next monthly review
OPEN = "进行中"  # as the register says it


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of a trial: `words` name it by its code; `month` is the month looked at."""

    trial: str
    words: str
    owner: str
    month: date


def decide(home: Home, store: Store, decision: Decision, user: str, today: date) -> Batch:
    """Publish a decision of `today`; `store` is what it was made from.

    Raises `NotApproved` when nobody answers for it, the same was decided today, the check finds a fault, or `store` is
    no longer what is shown (somebody began with own data meanwhile).
    """
    if not decision.owner:
        raise NotApproved(NO_OWNER)
    place = home.shown()
    if store is not place.own():
        raise NotApproved(CHANGED)
    with turn(place, "deciding"):
        store.version()
        told = "SELECT decision FROM decisions WHERE decided_on = $today AND words = $words"
        if there := store.execute(told, today=today, words=decision.words):
            raise NotApproved(AGAIN.fill(decision=there[0][0]))
        row = {
            "decision": _number(store, decision.trial, today), "decided_on": today, "month": decision.month,
            "words": decision.words, "owner": decision.owner, "due_on": today + DUE, "state": OPEN,
        }  # fmt: skip
        found = entry.publish(place, DECISIONS, [row], [], user)
    if isinstance(found, Batch):
        return found
    raise NotApproved(faults(found))


def _number(store: Store, trial: str, today: date) -> str:
    """The trial's next free number of a day."""
    start = f"{trial}-{today}-"
    used = {code for (code,) in store.execute("SELECT decision FROM decisions")}
    return next(f"{start}{n}" for n in range(1, len(used) + 2) if f"{start}{n}" not in used)
