"""How broad is the move: do most accounts rise, or only the biggest?

Of the accounts that can be compared with a year ago, the share that rises plus half of those flat (within ±3 %):
counted equally, weighted by last year's sales, and weighted without the biggest account. 50 % is neutral. Sums of three
months smooth it; how far the equal count can lie off by chance is Wilson's interval (1927), a little too wide because
flat accounts count half.

Units: shares (0-1), accounts.
Source: `growth`; docs/methods.md (a balance over 20 accounts carries ±33 points, hence three months and three views).
Duty: 9, timely and accurate sales statistics.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import sqrt

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.barometer import growth
from analytics.barometer.index import calendar, diffusion
from analytics.charts.theme import Look
from analytics.metrics import BREADTH, POINTS
from analytics.numbers import plain
from analytics.stats.student import NORMAL
from data.store import Store
from data.text import LANGS, Text

QUESTION = Text("多数客户在涨，还是只有大户在涨？", "Do most accounts rise, or only the biggest?")
CAPTION = Text(
    "上升面，%；50 为中性，浅带是等权的 80% 区间",
    "Breadth, %; 50 is neutral, the band is the 80% interval of equal weights",
)
MEANING = Text(
    "近三个月同比上升的客户占比，加上持平（±3% 以内）的一半；分别按各家等权、按去年销售额加权、去掉最大客户计算。"
    "三个月合计已作平滑；本月没报数的客户不算，也不当作下降。区间为 Wilson 80%：客户少，区间就宽。",
    "Share of accounts rising on last year over three months plus half of those flat (within ±3%): with equal "
    "weights, weighted by last year's sales, and without the biggest account. Sums of three months smooth it; an "
    "account that has not reported the month is left out, not counted as falling. The interval is Wilson's, 80%: few "
    "accounts make it wide.",
)
NEEDS = ("sales",)
BUILDS_ON = (growth,)
NARROW = 0.15  # a gap between the views wider than this says that one account makes the picture
COUNT = Text(
    "{up} 家上升、{flat} 家持平、{down} 家下降；按销售额加权的上升面 {weighted}",
    "{up} accounts rise, {flat} are flat, {down} fall; weighted by sales the breadth is {weighted}",
)
CHANCE = Text(
    "只有 {n} 家可比：等权的 {equal} 上下可差 {half}，八成把握",
    "Only {n} can be compared: the equal count of {equal} can be {half} off either way, at 80%",
)
ALONE = Text(
    "去掉最大客户后上升面是 {without}，全貌由一家决定",
    "Without the biggest account it is {without}: one account makes the picture",
)
VIEWS = (
    Text("按销售额<br>加权", "Sales<br>weighted"),
    Text("各家等权", "Equal<br>weights"),
    Text("不含<br>最大客户", "Without<br>the biggest"),
)
SHOWN = 24  # months drawn: two years, so that a turn can be seen beside the one before
Z = NORMAL.inv_cdf(0.9)  # of an 80 % interval


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
    low: float  # of the 80 % interval of `equal`
    high: float


def ask(store: Store, scope: Scope) -> list[Row]:
    """One row a month, oldest first; empty when a year ago is not in the data."""
    by_month = groupby(growth.counted(growth.ask(store, scope)), key=lambda r: r.month)
    return [_row(month, list(group)) for month, group in by_month]


def _row(month: date, rows: Sequence[growth.Row]) -> Row:
    rising = sum(growth.lean(r.change) > 0 for r in rows)
    falling = sum(growth.lean(r.change) < 0 for r in rows)
    first = max(rows, key=lambda r: (r.before, r.account))
    rest = [(r.change, r.before) for r in rows if r is not first]
    equal, weighted = (diffusion([(r.change, w(r)) for r in rows]) for w in (lambda r: 1.0, lambda r: r.before))
    counts = (rising, len(rows) - rising - falling, falling)
    return Row(month, *counts, equal, weighted, diffusion(rest) if rest else None, *interval(equal, len(rows)))


def interval(share: float, accounts: int) -> tuple[float, float]:
    """Wilson's 80 % interval of a share of so many accounts."""
    widened = 1 + Z * Z / accounts
    centre = (share + Z * Z / (2 * accounts)) / widened
    half = Z * sqrt(share * (1 - share) / accounts + Z * Z / (4 * accounts**2)) / widened
    return max(0.0, centre - half), min(1.0, centre + half)


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """How many rise and fall; a second line when the biggest account alone makes the picture."""
    now = next((r for r in rows if r.month == scope.month), None)
    if now is None:
        return []
    level = "fair" if now.weighted > 0.6 else "rain" if now.weighted < 0.4 else "change"
    text = COUNT.fill(up=now.rising, flat=now.flat, down=now.falling, weighted=BREADTH.text(now.weighted))
    half = _points((now.high - now.low) / 2)
    n = now.rising + now.flat + now.falling
    found = [Finding(level, text), Finding("change", CHANCE.fill(n=n, equal=BREADTH.text(now.equal), half=half))]
    if now.without_first is not None and abs(now.without_first - now.weighted) > NARROW:
        found.append(Finding("change", ALONE.fill(without=BREADTH.text(now.without_first))))
    return found


def _points(share: float) -> Text:
    return Text(*(plain(100 * share) + POINTS[lang] for lang in LANGS))


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The three views month by month about the neutral 50 %, with how far the equal count can be off by chance."""
    by_month = {r.month: r for r in rows}
    months = calendar(by_month)[-SHOWN:] if rows else []
    shown = [by_month.get(m) for m in months]
    views = ([r and r.weighted for r in shown], [r and r.equal for r in shown], [r and r.without_first for r in shown])
    lines = list(zip(VIEWS, views, strict=True)) if rows else []
    return charts.shares([f"{m:%Y-%m}" for m in months], lines, [r and (r.low, r.high) for r in shown], look)
