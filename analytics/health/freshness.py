"""How fresh is each dataset, and which is overdue by its own rhythm?

Only datasets of what has happened are asked: a plan may well end in the past. A dataset is overdue once it has been
silent for longer than its longest pause of the last year; with fewer than three pauses nothing is judged.

A row of a month or a week counts to the last day that it covers (data/reach.py).

Units: days.
Source: `sales_day`, `stock`, `orders`, `payments`; see `freshness.sql`.
Duty: 9, timely and accurate sales statistics.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from statistics import median

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.charts.theme import Look
from analytics.health.course import SHORT
from data.reach import reach
from data.store import Store
from data.text import Text

QUESTION = Text("各类数据新不新，哪类该来没来？", "How fresh is each dataset, and which is overdue?")
CAPTION = Text("距最近一天数据的天数", "Days since the last day with rows")
MEANING = Text(
    "平常间隔是近一年相邻两个有数日子之间的中位天数。超过一年内最长的间隔才算逾期；间隔不足三个的不判断。计划类数据不在此列。",
    "The usual pause is the median of days between neighbouring days with rows, over a year. Overdue is what has been "
    "silent for longer than its longest pause in that year; with fewer than three pauses nothing is judged. Plans are "
    "left out.",
)
NEEDS = ()
ENRICHED_BY = ("sell_out", "sell_in", "stock", "orders", "payments")
FEWEST = 3  # pauses before a rhythm is spoken of: of two neither is usual
WAITING = Text(
    "{dataset}停在 {day}：已 {silent} 天，近一年最长只隔 {longest} 天",
    "{dataset} ends on {day}: {silent} days, when the longest pause in a year was {longest}",
)
FINE = Text("{n} 类数据都在平常的间隔之内", "All {n} datasets are within their usual pauses")
UNIT = Text("天", "days")


@dataclass(frozen=True, slots=True)
class Row:
    """One dataset; `usual_days`, `longest_days` None: too few pauses to speak of a rhythm."""

    dataset: str
    last_day: date  # that rows cover
    silent_days: int  # from then to $as_of
    usual_days: float | None
    longest_days: int | None

    @property
    def overdue(self) -> bool:
        """Whether it has been silent for longer than ever in the last year."""
        return self.longest_days is not None and self.silent_days > self.longest_days


@dataclass(frozen=True, slots=True)
class Gap:
    """One row of the SQL: how often two neighbouring days of a dataset lie so far apart."""

    dataset: str
    last_day: date
    gap: int | None
    times: int | None


def ask(store: Store, scope: Scope) -> list[Row]:
    """The most overdue first, then in the order of the contracts."""
    found = store.rows(Path(__file__).with_suffix(".sql"), Gap, **scope.params())
    rows = [_row(store, list(group), scope.as_of) for _, group in groupby(found, key=lambda g: g.dataset)]
    return sorted(rows, key=lambda r: (not r.overdue, -r.silent_days * r.overdue, ENRICHED_BY.index(r.dataset)))


def _row(store: Store, group: Sequence[Gap], as_of: date) -> Row:
    pauses = [gap.gap for gap in group if gap.gap is not None for _ in range(gap.times or 0)]
    known = len(pauses) >= FEWEST
    last = reach(store, group[0].dataset, group[0].last_day, as_of)
    rhythm = (float(median(pauses)), max(pauses)) if known else (None, None)
    return Row(group[0].dataset, last, (as_of - last).days, *rhythm)


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """A sentence for each dataset that is overdue; one that all is well where none is."""
    late = [r for r in rows if r.overdue]
    if rows and not late:
        return [Finding("fair", FINE.fill(n=len(rows)))]
    return [Finding("rain", _waiting(r)) for r in late]


def _waiting(row: Row) -> Text:
    return WAITING.fill(dataset=SHORT[row.dataset], day=row.last_day, silent=row.silent_days, longest=row.longest_days)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Days since the last row, a bar a dataset."""
    bars = [(SHORT[r.dataset], float(r.silent_days)) for r in rows]
    return charts.amounts(bars, look, UNIT, 0)
