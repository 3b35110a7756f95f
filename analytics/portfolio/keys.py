"""Who is a key account, under each of three definitions?

By sales: twelve months of at least a line; by share: the largest accounts that together make a share of all sales; by
the mark in the account master. The lines are the reader's (`Scope.key_cny`, `Scope.key_share`). Where none is given,
sales are measured against one percent of the company's own twelve months, rounded down to 1, 2 or 5, and the share
against 80 %. An open month is left out: twelve whole months are compared.

Units: money in CNY, shares 0-1.
Source: `ranking` (Pareto), `health.completeness` (who is late), `account_dim`; see `keys.sql`.
Duty: the rule of twenty.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import floor, log10
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.accounts import ranking
from analytics.answer import Finding, OfAccount, Scope
from analytics.charts.theme import Look
from analytics.health import completeness, course
from analytics.metrics import ROLLING
from analytics.numbers import Unit, percent, unit_for
from data.store import Store
from data.text import Text, same

QUESTION = Text("按三种口径，谁是大客户？", "Who is a key account, under each of three definitions?")
CAPTION = Text(
    "近 12 个月销售额，虚线为金额线；右列：额＝达到金额线，占＝在累计占比内，标＝档案标注",
    "Rolling twelve months, dotted: the sales line; at the right S = reaches it, C = within the cumulative share, "
    "F = flagged in the master",
)
MEANING = Text(
    "金额口径：近 12 个整月销售额达到金额线；占比口径：从最大的客户累加到所定占比为止；"
    "标注口径：客户档案里的“是否大客户”。"
    "没有指定金额线时，取全公司近 12 个月的 1%，向下取整到 1、2、5。"
    "未结束的月份不算；本月未报数的客户少一个月，会注明。",
    "By sales: twelve whole months reach the line. By share: from the largest account down until the share is reached. "
    "By flag: what the account master says. Without a line of your own it is one percent of the company's twelve "
    "months, rounded down to 1, 2 or 5. An open month is left out; an account that has not reported is a month short "
    "and named.",
)
NEEDS = ("sales",)
ENRICHED_BY = ("accounts", "stock", "orders")
BUILDS_ON = (ranking, completeness)
PART_OF_SALES = 0.01  # of the company's twelve months: below that, losing an account is within a month's usual swing
SHARES = ("70", "80", "90", "95")  # % of sales that the largest accounts may be asked to make
SHARE_LINE = 0.8  # of all sales: the Pareto line of accounts.ranking
STEPS = (5, 2, 1)  # round figures a line may be
SHOWN = 25  # bars: the rule's twenty and what stands next to it
THREE = Text(
    "12 个月销售额 ≥ {line} 的 {sales} 家，占比 {share} 以内的 {within} 家，档案标注的 {flagged}",
    "{sales} accounts sell {line} or more in twelve months, {within} make {share} of sales, {flagged} are flagged",
)
COUNTED = Text("{n} 家", "{n}")
UNKNOWN = Text("还不知道（档案没有这一列）", "an unknown number (the master has no such column)")
UNFLAGGED = Text("达到金额线却没有标注：{names}", "Reach the sales line but are not flagged: {names}")
BELOW = Text("标注了却不到金额线：{names}", "Flagged but below the sales line: {names}")
LATE = Text(
    "{n} 家还没报最近一个月，12 个月里少一个月：{names}", "{n} accounts have not reported the last month: {names}"
)
LETTERS = Text("额占标", "SCF")
NAMED = 5  # accounts that one sentence names
AND, MORE = Text("、", ", "), Text("等 {n} 家", " and {n} in all")


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One account with sales in the twelve months."""

    account: str
    name: str
    name_en: str
    owner: str
    rolling: Decimal  # CNY, twelve whole months
    share: float | None  # of the sum
    cumulative: float | None  # share of this account and all above it
    line: float  # CNY, what `by_sales` is measured against
    by_sales: bool
    by_share: bool
    flagged: bool | None  # None: the master does not say
    late: bool  # sell-out: the last month is not reported yet, so `rolling` is a month short


@dataclass(frozen=True, slots=True)
class Flag:
    """What the master says of an account."""

    account: str
    flagged: bool


def line(store: Store, scope: Scope) -> float:
    """The sales line in CNY: the reader's, else one percent of the company's twelve months, rounded down."""
    if scope.key_cny is not None:
        return scope.key_cny
    return usual(ranking.ask(store, Scope(scope.as_of, scope.flow).closed))


def usual(everybody: Sequence[ranking.Row]) -> float:
    """One percent of the company's twelve months, rounded down, in CNY."""
    return rounded(PART_OF_SALES * sum(float(r.rolling or 0) for r in everybody))


def ladder(around: float) -> list[float]:
    """Round lines to try, from a twentieth of the usual one to twenty times it, in CNY."""
    low, found = max(1.0, around / 20), []
    step = rounded(low)
    while step <= around * 20 * (1 + 1e-12):
        found.append(step)
        step = rounded(step * 2.5)
    return found


def rounded(amount: float) -> float:
    """Down to 1, 2 or 5 times a power of ten; at least 1."""
    if amount <= 1:
        return 1.0
    power = 10.0 ** floor(log10(amount) + 1e-12)
    return next(step * power for step in STEPS if step * power <= amount * (1 + 1e-12))


def tried(scope: Scope, line: str, share: str) -> Scope:
    """The scope with the lines that a reader tries: CNY ("": the usual one) and whole percent."""
    return replace(scope, key_cny=float(line) if line else None, key_share=int(share) / 100)


def share_line(scope: Scope) -> float:
    """The cumulative share: the reader's, else 80 %."""
    return SHARE_LINE if scope.key_share is None else scope.key_share


def ask(store: Store, scope: Scope) -> list[Row]:
    """Largest first; accounts are ranked among those of the region and category, and the chosen ones listed."""
    closed = replace(scope.closed, accounts=None)
    least, within = line(store, scope), share_line(scope)
    flags = {f.account: f.flagged for f in store.rows(Path(__file__).with_suffix(".sql"), Flag)}
    sent = completeness.of(completeness.ask(store, closed), "sell_out") if scope.flow == "sell_out" else []
    late = {r.account for r in sent if r.now is course.LATE}
    return [
        Row(
            r.account,
            r.name,
            r.name_en,
            r.owner,
            r.rolling,
            r.share,
            r.cumulative,
            least,
            r.rolling >= least,
            (r.cumulative or 0.0) - (r.share or 0.0) < within - 1e-12,
            flags.get(r.account, False) if flags else None,
            r.account in late,
        )
        for r in ranking.ask(store, closed)
        if r.rolling is not None and (scope.accounts is None or r.account in scope.accounts)
    ]


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The three counts, then who is a key account by one definition only, then who is a month short."""
    if not rows:
        return []
    known = [r.flagged for r in rows if r.flagged is not None]
    head = THREE.fill(
        sales=sum(r.by_sales for r in rows),
        line=ROLLING.text(rows[0].line),
        within=sum(r.by_share for r in rows),
        share=same(percent(share_line(scope), 0)),
        flagged=COUNTED.fill(n=sum(known)) if known else UNKNOWN,
    )
    found = [Finding("change", head)]
    found += _named(UNFLAGGED, [r for r in rows if r.by_sales and r.flagged is False])
    found += _named(BELOW, [r for r in rows if not r.by_sales and r.flagged])
    return found + _named(LATE, [r for r in rows if r.late])


def _named(sentence: Text, rows: Sequence[Row]) -> list[Finding]:
    if not rows:
        return []
    more = MORE.fill(n=len(rows)) if len(rows) > NAMED else Text("", "")
    first = rows[:NAMED]
    names = Text(AND.zh.join(r.name for r in first) + more.zh, AND.en.join(r.name_en for r in first) + more.en)
    return [Finding("rain", sentence.fill(n=len(rows), names=names), float(sum(r.rolling for r in rows)))]


def unit(rows: Sequence[Row], look: Look) -> Unit:
    """What the figure's numbers are counted in."""
    return unit_for([float(r.rolling) for r in rows], look.lang)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Who is a key account by any definition, and the next below the line, with the line and the three marks."""
    scale = unit(rows, look)
    bars = [(r.called, float(r.rolling) / scale.size, _marks(r, look)) for r in rows[:SHOWN]]
    return charts.lined(bars, look, scale.digits, rows[0].line / scale.size if rows else 0.0)


def _marks(row: Row, look: Look) -> str:
    held = (row.by_sales, row.by_share, row.flagged)
    return " ".join(letter if has else "–" for letter, has in zip(LETTERS[look.lang], held, strict=True))
