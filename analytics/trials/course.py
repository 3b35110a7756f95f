"""How did the pilots go, week by week, against what was to be expected?

One trial. An uplift: the pilots as an index beside their synthetic control, from twelve weeks before the start; the
band holds a week without any effect in 80 % of cases. A new product: pieces per store and week against the goal; the
band holds the rate behind a week's pieces in 80 % of cases. Sell-out only, whole weeks.

Units: index, the pilots' mean of the four weeks before the start = 100; or pcs per store and week.
Source: as `readout`.
Duty: 3, trials of new products and measures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.charts.beside import Beside
from analytics.charts.theme import Look
from analytics.numbers import percent, plain
from analytics.stats import student
from analytics.stats.rates import Rates
from analytics.stats.synthetic import Readout
from analytics.trials import decided, reading
from analytics.trials.decided import Kind
from analytics.trials.reading import Reading, store_count
from data.store import Store
from data.text import Text

QUESTION = Text("试点客户每周卖得怎样？", "How did the pilots go, week by week?")
CAPTION = Text(
    "试点客户每周销量：有对照的，开始前 4 周 = 100；新品为每店每周件数。色带 80%",
    "Pilots' weekly sales: against controls, four weeks before the start = 100; new product, pcs a store. Band 80%",
)
MEANING = Text(
    "实线：试点客户。有对照的，虚线是对照客户加权拼出的走势，没有效果时八成的周会落在色带里；开始以前两条线越贴近，推算"
    "越可信。新品的虚线是目标，色带是按当周件数算的 80% 区间。没有报数的周是缺口。",
    "Line: the pilots. Against controls, the dashes are the weighted mean of the controls, and without any effect the "
    "band holds four weeks in five; the closer both lines run before the start, the better the expectation. Of a new "
    "product the dashes are the goal, and the band is the 80% interval from a week's pieces. Weeks not told are gaps.",
)
NEEDS = ("trials", "trial_scope", "sell_out")
BUILDS_ON = (decided, reading)
SHOWN, BASE = 12, 4  # weeks before the start that are shown, and whose mean is 100
LEVEL = 0.8  # probability of the band
OUTSIDE = Text(
    "{title}：{n} 周里有 {k} 周高出色带，{j} 周低于色带",
    "{title}: of {n} weeks {k} lie above the band and {j} below",
)
REACHED = Text("{title}：{n} 周里有 {k} 周达到目标 {goal} 件", "{title}: of {n} weeks {k} reach the goal of {goal}")
UNAIMED = Text("{title}：最近一周每店卖 {x} 件", "{title}: {x} a store in the last week")
CLOSE = Text(
    "开始前 {n} 周，试点与对照平均差 {gap}",
    "In the {n} weeks before the start pilots and control were {gap} apart on average",
)
PILOTS, CONTROL, GOAL = Text("试点", "Pilots"), Text("对照", "Control"), Text("目标", "Goal")
START = Text("开始", "Start")


@dataclass(frozen=True, slots=True)
class Row:
    """One week of the trial."""

    trial: str
    title: str
    kind: Kind
    monday: date  # of the week
    nth: int  # 1 the first week of the trial, 0 the last before it
    seen: float | None  # index or pcs per store; None: no pilot told it
    expected: float | None  # index that the controls let expect, or the goal
    low80: float | None
    high80: float | None


def ask(store: Store, scope: Scope) -> list[Row]:
    """Twelve weeks before the start to the last; of a new product from the start."""
    found = reading.latest(store, scope)
    if found is None or isinstance(found.found, str):
        return []
    return _beside(found, found.found) if isinstance(found.found, Readout) else _sold(found, found.found)


def _beside(found: Reading, told: Readout) -> list[Row]:
    base = told.sold[found.start - BASE : found.start]
    scale = 100 / float(np.nanmean(base if not np.isnan(base).all() else told.sold[: found.start]))
    half = told.error * student.quantile((1 + LEVEL) / 2, told.ratio.freedom)
    rows = []
    for n in range(max(found.start - SHOWN, 0), len(found.weeks)):
        seen, due = float(told.sold[n]), float(told.expected[n])
        numbers = (None if np.isnan(seen) else seen * scale, due * scale, (due - half) * scale, (due + half) * scale)
        rows.append(_row(found, n, *numbers))
    return rows


def _sold(found: Reading, told: Rates) -> list[Row]:
    rows = []
    for n in range(found.start, len(found.weeks)):
        pieces = found.pieces[:, n]
        stores = np.array([store_count(place, found.weeks[n]) for place in found.trial.pilots])
        here = ~np.isnan(pieces) & (stores > 0)
        if not here.any():
            rows.append(_row(found, n, None, found.trial.goal, None, None))
            continue
        one = told.total(float(pieces[here].sum()), float(stores[here].sum()))
        low, high = map(found.shown, one.band(LEVEL))
        rows.append(_row(found, n, float(pieces[here].sum() / stores[here].sum()), found.trial.goal, low, high))
    return rows


def _row(found: Reading, n: int, seen: float | None, due: float | None, low: float | None, high: float | None) -> Row:
    facts = found.trial.facts
    nth = n - found.start + 1
    return Row(facts.trial, facts.title, found.trial.kind, found.weeks[n], nth, seen, due, low, high)


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """How many weeks lie outside what was to be expected; and how well the control fitted before."""
    since = [r for r in rows if r.nth >= 1 and r.seen is not None]
    if not since:
        return []
    if rows[0].kind == "rate":
        return [Finding("change", _reached(since))]
    above = sum(r.seen > r.high80 for r in since if r.seen is not None and r.high80 is not None)
    below = sum(r.seen < r.low80 for r in since if r.seen is not None and r.low80 is not None)
    level = "fair" if above > below else "rain" if below > above else "change"
    found = [Finding(level, OUTSIDE.fill(title=rows[0].title, n=len(since), k=above, j=below))]
    apart = [abs(r.seen / r.expected - 1) for r in rows if r.nth < 1 and r.seen is not None and r.expected]
    if apart:
        found.append(Finding("change", CLOSE.fill(n=len(apart), gap=percent(sum(apart) / len(apart), 0))))
    return found


def _reached(since: Sequence[Row]) -> Text:
    goal, name = since[0].expected, since[0].title
    if goal is None:
        return UNAIMED.fill(title=name, x=plain(since[-1].seen, 1))
    reached = sum(r.seen >= goal for r in since if r.seen is not None)
    return REACHED.fill(title=name, n=len(since), k=reached, goal=plain(goal, 1))


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Pilots beside their control, or a new product's rate beside its goal."""
    rate = bool(rows) and rows[0].kind == "rate"
    told = Beside(
        [f"{r.monday.month}/{r.monday.day}" if rate else str(r.nth) for r in rows],
        [r.seen for r in rows],
        [r.expected for r in rows],
        [r.low80 for r in rows],
        [r.high80 for r in rows],
        next((n for n, r in enumerate(rows) if r.nth == 1 and n), None),
    )
    return charts.beside(told, (PILOTS, GOAL if rate else CONTROL), look, 1 if rate else 0, START)
