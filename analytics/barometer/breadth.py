"""How broad is the move: do most accounts rise, or only the biggest?

Of the accounts that can be compared with a year ago, the share that rises plus half of those flat (within ±3 %):
counted equally, weighted by last year's sales, and weighted without the biggest account. 50 % is neutral.

Units: shares (0-1), accounts.
Source: `growth`; METHODS 5 (a balance over 20 accounts carries ±33 points, hence three months and all three views).
Duty: 9, timely and accurate sales statistics.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.barometer import growth
from analytics.barometer.index import diffusion
from analytics.charts.theme import Look
from analytics.metrics import BREADTH
from data.store import Store
from data.text import Text

QUESTION = Text("多数客户在涨，还是只有大户在涨？", "Do most accounts rise, or only the biggest?")
CAPTION = Text("比中性 50% 高或低，点", "Above or below the neutral 50%, points")
MEANING = Text(
    "近三个月同比上升的客户占比，加上持平（±3% 以内）的一半；分别按各家等权、按去年销售额加权、去掉最大客户计算。",
    "Share of accounts rising on last year over three months plus half of those flat (within ±3%): with equal "
    "weights, weighted by last year's sales, and without the biggest account.",
)
NEEDS = ("sales",)
BUILDS_ON = (growth,)
NARROW = 0.15  # a gap between the views wider than this says that one account makes the picture
COUNT = Text(
    "{up} 家上升、{flat} 家持平、{down} 家下降；按销售额加权的上升面 {weighted}",
    "{up} accounts rise, {flat} are flat, {down} fall; weighted by sales the breadth is {weighted}",
)
ALONE = Text(
    "去掉最大客户后上升面是 {without}，全貌由一家决定",
    "Without the biggest account it is {without}: one account makes the picture",
)
VIEWS = (
    Text("各家等权", "Equal weights"),
    Text("按销售额加权", "Sales weighted"),
    Text("不含最大客户", "Without the biggest"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """The diffusion of one month."""

    month: date
    rising: int  # accounts
    flat: int  # accounts, within ±3 %
    falling: int  # accounts
    equal: float  # share 0-1
    weighted: float  # share 0-1, by last year's sales
    without_first: float | None  # the same without the account with most sales a year ago; None when it is the only one


def ask(store: Store, scope: Scope) -> list[Row]:
    """One row a month, oldest first; empty when a year ago is not in the data."""
    by_month = groupby(growth.counted(growth.ask(store, scope)), key=lambda r: r.month)
    return [_row(month, list(group)) for month, group in by_month]


def _row(month: date, rows: Sequence[growth.Row]) -> Row:
    rising = sum(growth.lean(r.change) > 0 for r in rows)
    falling = sum(growth.lean(r.change) < 0 for r in rows)
    first = max(rows, key=lambda r: (r.before, r.account))
    rest = [(r.change, r.before) for r in rows if r is not first]
    return Row(
        month,
        rising,
        len(rows) - rising - falling,
        falling,
        diffusion([(r.change, 1.0) for r in rows]),
        diffusion([(r.change, r.before) for r in rows]),
        diffusion(rest) if rest else None,
    )


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """How many rise and fall; a second line when the biggest account alone makes the picture."""
    now = next((r for r in rows if r.month == scope.month), None)
    if now is None:
        return []
    level = "fair" if now.weighted > 0.6 else "rain" if now.weighted < 0.4 else "change"
    text = COUNT.fill(up=now.rising, flat=now.flat, down=now.falling, weighted=BREADTH.text(now.weighted))
    found = [Finding(level, text)]
    if now.without_first is not None and abs(now.without_first - now.weighted) > NARROW:
        found.append(Finding("change", ALONE.fill(without=BREADTH.text(now.without_first))))
    return found


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The latest month's three views as deviations from the neutral 50 %."""
    if not rows:
        return charts.deviations([], look, unit=UNIT)
    last = rows[-1]
    shares = (last.equal, last.weighted, last.without_first)
    items = [(word, (share - 0.5) * 100) for word, share in zip(VIEWS, shares, strict=True) if share is not None]
    return charts.deviations(items, look, unit=UNIT, digits=0)


UNIT = Text("比中性 50% 高或低，点", "Above or below the neutral 50%, points")
