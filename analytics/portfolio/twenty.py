"""Do we have twenty key accounts, so that they deserve a department of their own?

Key accounts month by month under the three definitions of `keys`. With twenty or more for three months running they
get a department of their own; below eighteen it falls back. Between the two what was stays, so that one account near
the line does not found and close a department every other month.

Units: accounts; lines in CNY and shares 0-1.
Source: `sales_month`, `account_month`, `account_dim`; see `twenty.sql`.
Duty: the rule of twenty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope, months_back
from analytics.charts.theme import Look
from analytics.portfolio import keys
from data.store import Store
from data.text import Text

QUESTION = Text("大客户够二十家吗，该不该单设部门？", "Are there twenty key accounts, enough for a department?")
CAPTION = Text("三种口径的大客户数，虚线为二十家", "Key accounts under three definitions, dotted line at twenty")
MEANING = Text(
    "连续三个月达到 20 家，单设大客户部；降到 18 家以下才撤回，中间维持原状。三种口径见“谁是大客户”。"
    "只算满 12 个月的整月；档案标注没有日期，按今天的标注回看。",
    "Twenty or more for three months running: a department of its own; it falls back below eighteen, in between what "
    "was stays. The three definitions are those of “Who is a key account”. Whole months with twelve months of history "
    "only; the flag has no date in any file, today's is looked back with.",
)
NEEDS = ("sales",)
ENRICHED_BY = ("accounts",)
BUILDS_ON = (keys,)
ENOUGH, FEWEST, RUNNING = 20, 18, 3  # accounts that found a department, accounts that keep it, months in a row
RULES: dict[str, Text] = {
    "sales": Text("金额口径", "By sales"),
    "share": Text("占比口径", "By share"),
    "flag": Text("档案标注", "By flag"),
}
NOW = Text("按{rule} {n} 家大客户，{verdict}", "{rule}: {n} key accounts, {verdict}")
SINCE = Text("{since} 起够单设部门", "enough for a department since {since}")
KEPT = Text(
    "{since} 起单设部门，现在不到二十家但还没跌破 {fewest} 家", "a department since {since}, kept until below {fewest}"
)
RUN = Text("达到二十家才 {n} 个月，满三个月再定", "twenty or more for {n} of three months")
AT_TWENTY = Text("单设部门：20 家", "A department: 20")
SHORT = Text("离二十家还差 {n} 家", "{n} short of twenty")
PENDING = Text(
    "{late} 家未报最近一个月，其中 {n} 家补报后可能达到金额线",
    "{late} accounts have not reported the last month; {n} of them may reach the sales line once they do",
)
NO_MATTER = Text(
    "{late} 家未报最近一个月，按金额口径的家数不受影响",
    "{late} accounts have not reported the last month; the count by sales does not hang on them",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One month under one definition."""

    month: date
    rule: str  # sales, share, flag
    line: float  # CNY for sales, 0-1 for share
    accounts: int
    late: int  # sell-out accounts that have not reported the month
    pending: int  # of these, those that would reach the sales line with a usual month


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether there is a department at the end of a run of counts, since when, and how long the count has held."""

    since: date | None  # None: there is none
    running: int  # months in a row with twenty or more


def ask(store: Store, scope: Scope) -> list[Row]:
    """Oldest month first; empty below twelve months of history."""
    lines = {"line": keys.line(store, scope), "share": keys.share_line(scope)}
    return store.rows(Path(__file__).with_suffix(".sql"), Row, **scope.closed.params(), **lines)


def under(rows: Sequence[Row], rule: str) -> list[Row]:
    """The rows of one definition, oldest first."""
    return [r for r in rows if r.rule == rule]


def standing(rows: Sequence[Row]) -> Standing:
    """Where the rule stands after the months of one definition; a month without a row breaks a run."""
    since, running = None, 0
    before: date | None = None
    for row in rows:
        if before is not None and months_back(row.month, 1) != before:
            running = 0
        running = running + 1 if row.accounts >= ENOUGH else 0
        if since is None and running >= RUNNING:
            since = row.month
        elif row.accounts < FEWEST:
            since = None
        before = row.month
    return Standing(since, running)


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """Each definition's count and what follows from it, the one by sales first; then who could still change it."""
    found = [_now(some) for rule in RULES if (some := under(rows, rule))]
    last = next(iter(under(rows, "sales")[-1:]), None)
    if last and last.late:
        sentence = PENDING if last.pending else NO_MATTER
        found.append(Finding("rain" if last.pending else "change", sentence.fill(late=last.late, n=last.pending)))
    return found


def _now(rows: Sequence[Row]) -> Finding:
    last, stands = rows[-1], standing(rows)
    text = NOW.fill(rule=RULES[last.rule], n=last.accounts, verdict=verdict(last.accounts, stands))
    return Finding("fair" if stands.since else "change", text)


def verdict(accounts: int, stands: Standing) -> Text:
    """What the rule of twenty makes of a count."""
    if stands.since:
        sentence = SINCE if accounts >= ENOUGH else KEPT
        return sentence.fill(since=f"{stands.since:%Y-%m}", fewest=FEWEST)
    return RUN.fill(n=stands.running) if stands.running else SHORT.fill(n=ENOUGH - accounts)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The counts as step lines, with the line at twenty."""
    months = sorted({r.month for r in rows})
    lines = [
        (name, [counts.get(m) for m in months])
        for rule, name in RULES.items()
        if (counts := {r.month: float(r.accounts) for r in under(rows, rule)})
    ]
    return charts.steps([f"{m:%Y-%m}" for m in months], lines, look, ENOUGH, AT_TWENTY)
