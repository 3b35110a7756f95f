"""Do the index and its parts lead sales by three months?

What is to be foretold is the like-for-like change on last year of the three months to come. The index may be said to
lead only where it passes the gate of `analytics/stats/lead.py`; under 36 months nothing is tested. The parts are
judged after it and only where it leads (a fixed sequence, so that looking at five indicators claims no more by chance
than looking at one: Maurer, Hothorn and Lehmacher 1995); their skill is shown in any case. Without the gate nothing is
forecast. The figures behind the gate: docs/methods.md; the decision: docs/decisions/0011.

Units: gains are shares of squared error taken away (negative: worse than the naive forecast); growth is ratio − 1.
Source: `index`; docs/methods.md.
Duty: 9, timely and accurate sales statistics.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.barometer import climate, cover, growth, index
from analytics.charts.theme import Look
from analytics.metrics import GROWTH, INDEX
from analytics.numbers import percent, signed_percent
from analytics.stats import lead as gate
from data.store import Store
from data.text import Text

QUESTION = Text("指数能提前三个月看出销售吗？", "Does the index lead sales by three months?")
CAPTION = Text("对三个月后销售同比的检验", "Tested on the change of sales three months ahead")
MEANING = Text(
    "检验对象：未来三个月销售的可比同比。样本外误差须比“自身惯性”小 10% 以上、前后两半都小、也小于“照搬去年同月的值”，"
    "并且循环移位检验 p ≤ 0.10，才说“领先”。少于 36 个月不检验。先检验指数，指数领先才判断各分项。没有通过就不作预测；"
    "“同步”表示没有检验出领先，不表示一定没有。",
    "To be foretold: the like-for-like change of the next three months' sales. “Leading” needs an out-of-sample error "
    "over 10% below the own lag's, below it in both halves, below last year's value too, and a circular-shift "
    "p ≤ 0.10. Under 36 months nothing is tested. The index is judged first, its parts only where it leads. Without "
    "that nothing is forecast; “coincident” means that no lead was shown, not that there is none.",
)
NEEDS = ("sales",)
ENRICHED_BY = index.ENRICHED_BY
BUILDS_ON = (growth, cover, climate, index)
UNTESTED = Text(
    "领先性还不能检验：有 {n} 个月，还差 {lacking} 个月", "Lead not yet testable: {n} months, {lacking} more needed"
)
COINCIDENT = Text("同步指标：没有检验出领先", "Coincident: no lead was shown")
LEADING = Text("领先指标：能提前三个月看出销售", "Leading: it tells sales three months ahead")
SILENT = Text("所以这里不作预测。", "So nothing is forecast here.")
SKILL = Text(
    "样本外误差比自身惯性{own}，比照搬去年{year}。",
    "Out-of-sample error: {own} against its own lag, {year} against last year's.",
)
FORETOLD = Text(
    "未来三个月销售高于去年同期的概率是 {chance}；同比预计 {value}，八成落在 {low} 到 {high}。",
    "The next three months' sales will be above last year's with a probability of {chance}; change {value}, with 80% "
    "between {low} and {high}.",
)
AGAINST_LAG, AGAINST_YEAR = (
    Text("指数，比自身惯性", "Index, on own lag"),
    Text("指数，比照搬去年", "Index, on last year"),
)
GAIN = Text("样本外误差减少，%（负数为更差）", "Out-of-sample error taken away, % (negative: worse)")
KNOWN = Text("可用于检验的月数（要满 36 个月）", "Months that can be tested (36 are needed)")


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator, the index first. Figures are None while it is not testable; a forecast is there for an index
    that leads, and for nothing else."""

    component: str  # "index", or one of index.COMPONENTS
    months: int  # known of the indicator and of sales
    lacking: int  # months until it can be tested
    leads: bool | None
    own_lag: float | None
    last_year: float | None
    first_half: float | None  # gain over the own lag in the first half of the months judged
    second_half: float | None
    p: float | None
    foretold: float | None = None  # growth of the next three months, ratio − 1
    low: float | None = None  # of the 80 % band
    high: float | None = None
    chance: float | None = None  # probability that sales will be above last year's


def ask(store: Store, scope: Scope) -> list[Row]:
    """The index first, then its parts that are there; empty when there is no index."""
    return judge(index.ask(store, scope))


def judge(parts: Sequence[index.Row]) -> list[Row]:
    """The verdicts on what `index` answers."""
    levels = index.course(parts)
    if not levels:
        return []
    months = index.calendar(r.month for r in parts)
    values = {(r.component, r.month): r.value for r in parts} | {("index", m): v for m, v in levels.items()}
    named = ["index", *(c for c in index.COMPONENTS if c != "growth")]  # growth is what is to be foretold
    lines = {c: np.array([values.get((c, m), np.nan) for m in months]) for c in (*named, "growth")}
    found = [c for c in named if not np.isnan(lines[c]).all()]
    rows = [_row(c, lines[c], lines["growth"]) for c in found]
    return rows if rows[0].leads else [_after(row) for row in rows]


def _row(component: str, x: np.ndarray, y: np.ndarray) -> Row:
    told = gate.lead(x, y)
    tested = told.status != "not yet testable"
    figures = (told.own_lag, told.last_year, told.early, told.late, told.p)
    leads = told.status == "leading" if tested else None
    ahead = gate.ahead(x, y) if leads and component == "index" else None
    seen = () if ahead is None else (ahead.value, ahead.low, ahead.high, ahead.above_zero)
    shown = (None if isnan(f) else f for f in figures)
    return Row(component, told.months, max(0, gate.TESTABLE - told.months), leads, *shown, *seen)


def _after(row: Row) -> Row:
    """A part beside an index that does not lead: its figures, but no claim."""
    figures = (row.own_lag, row.last_year, row.first_half, row.second_half, row.p)
    return Row(row.component, row.months, row.lacking, None if row.leads is None else False, *figures)


def status(rows: Sequence[Row]) -> Text:
    """What the page calls the index: not yet testable, coincident or leading."""
    if not rows or rows[0].leads is None:
        known = rows[0].months if rows else 0
        return UNTESTED.fill(n=known, lacking=gate.TESTABLE - known)
    return LEADING if rows[0].leads else COINCIDENT


def outlook(rows: Sequence[Row]) -> Text:
    """What it says of the next three months: direction with probability, or plainly that nothing is forecast."""
    first = rows[0] if rows else None
    if first is None or first.chance is None:
        return SILENT
    growths = {
        name: GROWTH.text(getattr(first, slot))
        for name, slot in (("value", "foretold"), ("low", "low"), ("high", "high"))
    }
    return FORETOLD.fill(chance=percent(first.chance, 0), **growths)


def skill(row: Row) -> Text:
    """Its error against both naive forecasts."""
    return SKILL.fill(own=_less(row.own_lag), year=_less(row.last_year))


def _less(gain: float | None) -> str:
    return signed_percent(None if gain is None else -gain, 0)


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The status, the skill behind it, and what it says of the next three months."""
    if not rows:
        return []
    found = [status(rows)] + ([skill(rows[0])] if rows[0].leads is not None else []) + [outlook(rows)]
    return [Finding("change", text) for text in found]


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The index's gain over both naive forecasts and each part's over the better one; before that, the months known."""
    if not rows or rows[0].leads is None:
        return charts.amounts([(called(r), float(r.months)) for r in rows], look, KNOWN, 0)
    items = [(AGAINST_LAG, rows[0].own_lag), (AGAINST_YEAR, rows[0].last_year)]
    items += [
        (called(r), min(r.own_lag, r.last_year)) for r in rows[1:] if r.own_lag is not None and r.last_year is not None
    ]
    return charts.deviations([(name, 100 * gain) for name, gain in items if gain is not None], look, GAIN, digits=0)


def called(row: Row) -> Text:
    """An indicator's name."""
    return INDEX.name if row.component == "index" else index.COMPONENTS[row.component]
