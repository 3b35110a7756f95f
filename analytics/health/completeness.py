"""Whose figures are there for which months, and who has stopped reporting or selling?

Account by month for each dataset that comes month after month. The rule of every state stands in `course.py` and, in
words, in MEANING: a silence is measured by the account's own rhythm, and "stopped reporting" is told from "stopped
selling" by whether anything else of the account's still comes.

Units: months; money in CNY a month.
Source: `sales_month`, `stock_month`, `orders`, `account_dim`; see `completeness.sql`.
Duty: 9, timely and accurate sales statistics.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Level, OfAccount, Scope
from analytics.charts.matrix import Cell
from analytics.charts.theme import Look
from analytics.glance import month_name
from analytics.health.course import (
    GAP,
    LATE,
    NOT_YET,
    NOTHING,
    OPEN,
    REPORTED,
    SENT,
    SILENT,
    STATES,
    STOPPED,
    Around,
    Past,
    State,
    course,
    missing,
)
from data.store import Store
from data.text import Text

QUESTION = Text("哪些客户哪几个月的数到了，谁停报了？", "Whose figures are there, and who stopped reporting?")
CAPTION = Text("客户 × 月份，近 12 个月", "Account by month, twelve months")
MEANING = Text(
    "✓ 已报；0 文件里有该客户但没有销售；– 两次报数之间缺的月；"
    "? 迟报：最近没来，但没超过它平常的间隔（平均几个月报一次）；"
    "× 停止报数：超过平常间隔，终端销售和库存都没再来；○ 停止销售：超过平常间隔没有销售，但库存还在报"
    "（也可能是漏传了销售文件）；… 当月未结束；· 第一次报数之前。一年没来过的不再列出。进货和订单是我们自己的账："
    "当月账已到而没有该客户，就是没有订货，记 0。涉及金额：最近三个有数的整月的月均销售额。",
    "✓ reported; 0 named in the file, nothing sold; – a month missing between two reports; ? late: nothing lately, but "
    "no longer than its usual interval (months from report to report on average); × stopped reporting: longer than "
    "that, and neither sell-out nor stock has come since; ○ stopped selling: longer than that without sales while its "
    "stock still comes (or its sales file was left out); … the month is still open; · before the first report. "
    "Who has not come for a year is no longer listed. Sell-in "
    "and orders are our own books: a month that has come without the account is one without an order, 0. At stake: "
    "mean sales of the last three whole months with figures.",
)
NEEDS = ()
ENRICHED_BY = ("sell_out", "sell_in", "stock", "orders")
SHOWN = 40  # rows of the figure: what a person scrolls through; the others are in the table
HEAD = Text("{total} 家客户中 {have} 家报了 {month}的数", "{have} of {total} accounts reported {month}")
BOOKED = Text("{total} 家客户中 {have} 家在 {month}有记录", "{have} of {total} accounts have entries for {month}")
COUNTED = Text("{total} 家客户中 {have} 家已报数", "{have} of {total} accounts reported")
INVOICED = Text("{total} 家客户中 {have} 家本月有记录", "{have} of {total} accounts have entries")
UNCOUNTED = Text("还没有客户报数", "No account has reported yet")
TAILS = (
    (STOPPED, Text("{n} 家停止报数", "{n} stopped reporting")),
    (SILENT, Text("{n} 家停止销售", "{n} stopped selling")),
    (LATE, Text("{n} 家迟报", "{n} late")),
)
JOINED = Text("{head}；{tail}", "{head}; {tail}")
AND = Text("、", ", ")
SINCE = Text("最近一次是 {last}，缺 {n} 个月", "Last for {last}, months missing: {n}")
ZERO = Text("文件里有，连续 {n} 个月没有销售", "In the file, months without a sale: {n}")
SAID = Text("{state}：{since}", "{state}. {since}")
WHOLE = Text("{n} 家 12 个月没有缺", "Without a gap in twelve months: {n}")
HOLES = Text("{n} 家 12 个月没有缺，{m} 家有缺", "Without a gap in twelve months: {n}; with one: {m}")
LEVELS: dict[State, Level] = {
    STOPPED: "storm", SILENT: "storm", LATE: "rain", GAP: "rain", NOTHING: "change", REPORTED: "fair",
}  # fmt: skip
WORST = (STOPPED, SILENT, LATE, NOTHING)  # on top, in this order; then by gaps and money


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One account in one dataset. `course` has a sign for each of the twelve months that end with `month`, oldest
    first (`course.STATES`); `state` is the sign of `judged`, the last month that has ended."""

    dataset: str
    account: str
    name: str
    name_en: str
    owner: str
    state: str
    course: str
    month: date
    judged: date
    last_month: date  # with rows
    missing: int  # months at the end without sales or report
    usual: float | None  # CNY a month; None where no figures of the chosen kind of sales are known

    @property
    def now(self) -> State:
        """What the last month that has ended is."""
        return STATES[self.state]

    @property
    def calls(self) -> bool:
        """Whether somebody is to be called about it: only of what accounts report themselves."""
        return self.dataset in SENT and self.now.calls


@dataclass(frozen=True, slots=True)
class Named:
    """One row of the SQL: an account of a dataset, and one of the months in which anybody is in the files."""

    dataset: str
    account: str
    name: str
    name_en: str
    owner: str
    first_month: date
    last_month: date
    months: int
    usual: float | None
    month: date
    named: bool
    moved: bool


def ask(store: Store, scope: Scope) -> list[Row]:
    """The chosen kind of sales first, then the other datasets; in each the worst accounts on top."""
    found = store.rows(Path(__file__).with_suffix(".sql"), Named, **scope.params())
    came: dict[str, set[date]] = defaultdict(set)
    sends: dict[str, dict[str, set[date]]] = defaultdict(lambda: defaultdict(set))
    for n in found:
        came[n.dataset].add(n.month)
        if n.named and n.dataset in SENT:
            sends[n.account][n.dataset].add(n.month)
    rows = []
    for (dataset, account), group in groupby(found, key=lambda n: (n.dataset, n.account)):
        others = (months for name, months in sends[account].items() if name != dataset)
        around = Around(dataset, scope.month, scope.open, frozenset(came[dataset]), frozenset().union(*others))
        rows.append(_row(list(group), around))
    return sorted(rows, key=lambda r: (r.dataset != scope.flow, ENRICHED_BY.index(r.dataset), *_badness(r)))


def _row(group: Sequence[Named], around: Around) -> Row:
    one = group[0]
    past = Past(one.first_month, one.last_month, one.months, {n.month: n.moved for n in group if n.named})
    states = course(past, around)
    now, signs = states[around.months.index(around.closed)], "".join(s.sign for s in states)
    who = (one.dataset, one.account, one.name, one.name_en, one.owner)
    when = (around.until, around.closed, one.last_month)
    return Row(*who, now.sign, signs, *when, missing(states), one.usual)


def _badness(row: Row) -> tuple:
    rank = WORST.index(row.now) if row.now in WORST else len(WORST)
    return rank, -row.course.count(GAP.sign), -(row.usual or 0.0), row.account


def of(rows: Iterable[Row], dataset: str) -> list[Row]:
    """The rows of one dataset, in their order."""
    return [r for r in rows if r.dataset == dataset]


def expected(rows: Iterable[Row]) -> list[Row]:
    """Those whose last closed month is judged: all but those who had not begun by then."""
    return [r for r in rows if r.now not in (NOT_YET, OPEN)]


def reported(rows: Iterable[Row]) -> list[Row]:
    """Those with rows for the last month that has ended, zero or not; of our own books those with an entry."""
    return [r for r in rows if r.now is REPORTED or (r.dataset in SENT and r.now is NOTHING)]


def is_lacking(rows: Iterable[Row]) -> bool:
    """Whether figures of the last month that has ended are missing, or somebody is to be called about them."""
    return any(r.calls or r.now in (STOPPED, SILENT, LATE, GAP) for r in rows)


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The count for the chosen kind of sales, then every account to be called, the worst and biggest first."""
    mine = of(rows, scope.flow)
    if not mine:
        return []
    return [Finding("change" if any(r.calls for r in mine) else "fair", headline(mine)), *calls(mine)]


def count(rows: Sequence[Row], scope: Scope) -> Text:
    """How many accounts are there for the scope's month in the chosen kind of sales; while it is open, for the last."""
    mine = of(rows, scope.flow)
    if not mine:
        return UNCOUNTED
    sent = mine[0].dataset in SENT
    words = (HEAD if sent else BOOKED) if scope.open else (COUNTED if sent else INVOICED)
    return words.fill(have=len(reported(mine)), total=len(expected(mine)), month=month_name(mine[0].judged))


def headline(rows: Sequence[Row]) -> Text:
    """How many accounts of one dataset are there for the last month that has ended, and what the others are."""
    have, total = len(reported(rows)), len(expected(rows))
    words = HEAD if rows[0].dataset in SENT else BOOKED
    head = words.fill(have=have, total=total, month=month_name(rows[0].judged))
    counts = ((words, sum(r.now is state for r in rows if r.calls)) for state, words in TAILS)
    tails = [words.fill(n=n) for words, n in counts if n]
    if not tails:
        return head
    return JOINED.fill(head=head, tail=Text(AND.zh.join(t.zh for t in tails), AND.en.join(t.en for t in tails)))


def calls(rows: Sequence[Row]) -> list[Finding]:
    """One line for each account to be called, with what it usually sells in a month."""
    return [
        Finding(LEVELS[r.now], _line(r), r.usual or 0.0, r.account, r.called, r.owner) for r in rows if r.calls
    ]  # fmt: skip


def _line(row: Row) -> Text:
    return SAID.fill(state=row.now.name, since=since(row))


def since(row: Row) -> Text:
    """Since when, and for how long."""
    return (ZERO if row.now is NOTHING else SINCE).fill(last=f"{row.last_month:%Y-%m}", n=row.missing)


def year(rows: Sequence[Row]) -> Text:
    """How many accounts of one dataset have all their months of the twelve."""
    holed = sum(any(s.sign in r.course for s in (GAP, LATE, STOPPED, SILENT)) for r in rows)
    return (HOLES if holed else WHOLE).fill(n=len(rows) - holed, m=holed)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The matrix of the first dataset in the rows: months across, the worst accounts on top."""
    shown = of(rows, rows[0].dataset)[:SHOWN] if rows else []
    months = _months(shown[0]) if shown else []
    return charts.matrix([(r.called, [_cell(sign) for sign in r.course]) for r in shown], months, look)


def _cell(sign: str) -> Cell:
    state = STATES[sign]
    return Cell("" if state is NOT_YET else sign, LEVELS.get(state), state.name)


def _months(row: Row) -> list[date]:
    return Around(row.dataset, row.month, False, frozenset()).months
