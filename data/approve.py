"""Approving: the lines chosen from the ship-by list become one decision in the register `approvals`.

They go the very way of rows that are typed in (`data.entry`): checked alike, one batch, taken back by undoing it. While
the demo company is shown they are its own: they are published into the demo's folder, the demo goes on being shown, and
what was approved goes with it when one's own data begin or a new version makes the demo anew.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from data import entry
from data.datasets.approvals import APPROVALS
from data.home import Home
from data.ingest import NotReady
from data.intake import turn
from data.lake import Batch, Lake
from data.store import Store
from data.text import Text

NOTHING = Text(
    "还没有选任何一单。先在清单里勾选要发的，再批准。",
    "No line is chosen. Tick the lines to be sent in the list, then approve them.",
)
NO_PIECES = Text(
    "{account} 的 {sku} 是 {qty} 件，不能批准。改成大于 0 的件数，或不选这一单。",
    "{sku} for {account} is {qty} pcs and cannot be approved. Give a number above 0, or leave the line out.",
)
AGAIN = Text(
    "同样的货今天已经批准过（{decision}）。要重来，先撤销那一批。",
    "The very same lines were approved today ({decision}). To approve anew, undo that batch first.",
)
CHANGED = Text(
    "这期间换了一套数据，清单已经过时，所以没有批准。刷新页面，重新选。",
    "The data were exchanged meanwhile and the list is outdated, so nothing was approved. Reload and choose again.",
)
WRONG = Text("没有批准：{what}。改好再批准。", "Nothing was approved: {what}. Correct it and approve again.")
FAULT = Text("{row}，{column}“{value}”{reason}", "{row}, {column} “{value}” {reason}")
LIST = Text("；", "; ")


@dataclass(frozen=True, slots=True)
class Line:
    """One line to be approved, as the list gave it; what is not known is None."""

    account: str
    account_name: str
    sku: str
    sku_name: str
    qty: float  # pcs
    dispatch_by: date | None
    arrive_by: date | None
    warehouse: str
    risk: float | None  # P(out within three weeks)
    until: date | None  # that stock should last to
    kept: float | None  # CNY of sales kept, expected
    note: str = ""


class NotApproved(NotReady):
    """Nothing was published; `reason` names what is wrong and what to do."""


def approve(home: Home, store: Store, rows: Sequence[Line], user: str, today: date) -> Batch:
    """Publish the lines as one decision of `today` under that day's next number; `store` is what they were read from.

    Raises `NotApproved` when there is no line, one has no pieces, the same lines are approved already, the check finds
    a fault, or `store` is no longer what is shown (somebody began with own data meanwhile).
    """
    if not rows:
        raise NotApproved(NOTHING)
    if empty := next((row for row in rows if not row.qty > 0), None):
        raise NotApproved(NO_PIECES.fill(account=empty.account, sku=empty.sku, qty=f"{empty.qty:g}"))
    place = home.shown()
    if store is not place.own():
        raise NotApproved(CHANGED)
    with turn(place, "approving"):
        if decision := _twin(store, rows, today):
            raise NotApproved(AGAIN.fill(decision=decision))
        told = {"decision": number(store.lake, today), "decided_on": today}
        found = entry.publish(place, APPROVALS, [told | asdict(row) for row in rows], [], user)
    if isinstance(found, Batch):
        return found
    raise NotApproved(faults(found))


def number(lake: Lake, today: date) -> str:
    """The next free number of a day. One that was undone is not given again: lists that carry it were sent out."""
    import pyarrow.parquet as pq

    start = f"FH-{today}-"
    parts = [part for batch in lake.batches(APPROVALS.name) for part in lake.parts(batch)]
    used = {name for part in parts for name in pq.read_table(part, columns=["decision"])["decision"].to_pylist()}
    ends = [name.removeprefix(start) for name in used if name.startswith(start)]
    return f"{start}{1 + max((int(end) for end in ends if end.isdecimal()), default=0)}"


def _twin(store: Store, rows: Sequence[Line], today: date) -> str | None:
    """The decision of today that has exactly these lines, if there is one: a second click."""
    store.version()
    made: dict[str, set[tuple[str, str, float]]] = {}
    asked = "SELECT decision, account, sku, qty FROM approvals WHERE decided_on = $today"
    for decision, account, sku, qty in store.execute(asked, today=today):
        made.setdefault(decision, set()).add((account, sku, float(qty)))
    wanted = {(row.account, row.sku, float(row.qty)) for row in rows}
    return next((decision for decision, lines in sorted(made.items()) if lines == wanted), None)


def faults(problems: Sequence[entry.Problem]) -> Text:
    """What the check found, in one sentence that says that nothing was published."""
    each = [FAULT.fill(row=p.row, column=p.column, value=p.value, reason=p.reason) for p in problems]
    return WRONG.fill(what=Text(*(LIST[lang].join(one[lang] for one in each) for lang in ("zh", "en"))))
