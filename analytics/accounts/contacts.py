"""What is open with an account, and what lately happened there?

Open promises and those closed in 90 days, visits and complaints of twelve months, events 90 days back and ahead: what
one should know before going there.

Units: days (dates).
Source: `promises`, `visits`, `complaints`, `events`, `accounts`; see `contacts.sql`.
Duty: 5, executives with customers; it also feeds duties 4 and 7.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Level, OfAccount, Scope
from analytics.charts.theme import Look
from data.store import Store
from data.text import Text

QUESTION = Text("和客户还有什么没办完，最近发生了什么？", "What is open with the accounts, and what happened there?")
CAPTION = Text("没有办完或还没到的件数", "Entries that are open or still to come")
MEANING = Text(
    "承诺：没有完成的，以及 90 天内完成的；拜访和投诉：近 12 个月，拜访加上已排的；大事：前后 90 天。没有完成日期就"
    "算没办完，到期日早于截止日就算逾期。",
    "Promises: open ones and those closed within 90 days; visits and complaints: twelve months, visits arranged "
    "too; events: 90 days back and ahead. Without a day of closing it is open; with a due day before today it is "
    "overdue.",
)
NEEDS = ()
ENRICHED_BY = ("promises", "visits", "complaints", "events")
KINDS = {
    "promises": Text("承诺", "Promises"),
    "visits": Text("拜访", "Visits"),
    "complaints": Text("投诉", "Complaints"),
    "events": Text("大事", "Events"),
}
LATE = Text("{n} 项承诺逾期", "Promises overdue: {n}")
OPEN = Text("没有办完：承诺 {promises} 项，投诉 {complaints} 件", "Open: promises {promises}, complaints {complaints}")
ONE = Text("承诺逾期：{words}（应于 {due}）", "Promise overdue: {words} (due {due})")
SHOWN = Text(
    "承诺、拜访、投诉、大事，各列五条，没办完的在前", "Promises, visits, complaints, events: five each, open ones first"
)
OVERDUE, PENDING, AHEAD, DONE = (
    Text("逾期", "Overdue"),
    Text("没办完", "Open"),
    Text("还没到", "To come"),
    Text("已完成", "Done"),
)
NAMED = 5  # overdue promises told one by one


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One promise, visit, complaint or event."""

    kind: str  # a key of KINDS
    code: str
    account: str
    name: str
    name_en: str
    day: date
    due: date | None
    words: str
    who: str
    open: bool  # not closed; of visits and events: still to come
    overdue: bool


def ask(store: Store, scope: Scope) -> list[Row]:
    """By kind; in each what is open first, the newest on top."""
    return store.rows(Path(__file__).with_suffix(".sql"), Row, **scope.params())


def of(rows: Sequence[Row], kind: str) -> list[Row]:
    """The entries of one kind."""
    return [r for r in rows if r.kind == kind]


def state(row: Row) -> Text:
    """How an entry stands."""
    ahead = row.kind in ("visits", "events")
    return OVERDUE if row.overdue else DONE if not row.open else AHEAD if ahead else PENDING


def level(row: Row) -> Level:
    """The colour of that word."""
    return "rain" if row.overdue else "change" if row.open else "fair"


def last_visit(rows: Sequence[Row]) -> Row | None:
    """The newest visit that took place."""
    return max((r for r in of(rows, "visits") if not r.open), key=lambda r: r.day, default=None)


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """How much is open, then promises that are overdue, the oldest first."""
    if not rows:
        return []
    late = sorted((r for r in rows if r.overdue), key=lambda r: (r.due or r.day, r.code))
    count = {kind: sum(r.open for r in of(rows, kind)) for kind in ("promises", "complaints")}
    found = [Finding("change", OPEN.fill(**count))]
    if late:
        found.insert(0, Finding("rain", LATE.fill(n=len(late))))
    told = (ONE.fill(words=r.words, due=r.due) for r in late[:NAMED])
    return found + [Finding("rain", text, 0.0, r.account, r.called, r.who) for r, text in zip(late, told, strict=False)]


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """How many are open, by kind."""
    counts = [(name, float(sum(r.open for r in of(rows, kind)))) for kind, name in KINDS.items() if of(rows, kind)]
    return charts.amounts(counts, look, Text("件", "Entries"), 0)
