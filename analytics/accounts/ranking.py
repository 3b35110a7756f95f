"""Which accounts make our sales, and are they growing?

Accounts by their rolling twelve months, with the month, the calendar year so far and everything on record beside it;
the cumulative share (Pareto); and effective accounts, one over the sum of squared shares.

Units: money in CNY, shares 0-1.
Source: `sales_month`, `account_dim` (and `sales` for the days of an open month); see `ranking.sql`.
Duty: 9, timely and accurate sales statistics; the rule of twenty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, OfAccount, Scope
from analytics.barometer import growth
from analytics.charts.theme import Look
from analytics.metrics import EFFECTIVE, GROWTH, ROLLING, SHARE
from analytics.numbers import Unit, unit_for
from data.store import Store
from data.text import Text

QUESTION = Text("销售额由哪些客户做成？", "Which accounts make our sales?")
CAPTION = Text(
    "近 12 个月销售额，右列为累计占比，虚线为八成",
    "Rolling twelve months, cumulative share at the right, dotted line at 80%",
)
MEANING = Text(
    "按近 12 个月销售额排名，同额按编码。有效客户数 = 1 ÷ 占比平方和。"
    "与前 12 个月只比两年都有数的月份：终端销售按客户逐月配对，进货为全部客户（没有订货就是 0）；"
    "未结束的月份只比到同一天。",
    "Ranked by rolling twelve months, ties by code. Effective accounts = 1 / sum of squared shares. The change "
    "compares months with figures in both years: sell-out account by account, sell-in all accounts together (no order "
    "is a zero); an open month the same days.",
)
NEEDS = ("sales",)
ENRICHED_BY = ("accounts",)
SHOWN = 15  # bars that fit a screen; the table has all
MOST = 0.8  # the Pareto line
PARETO = Text(
    "{n} 家中 {k} 家做成八成销售额；相当于 {effective} 家同样大的客户",
    "{k} of {n} accounts make 80% of sales; as spread as {effective} equal accounts",
)
TREND = Text(
    "近 12 个月 {amount}，比前 12 个月 {change}", "Rolling twelve months {amount}, {change} on the twelve before"
)
ALONE = Text("近 12 个月 {amount}，没有前 12 个月可比", "Rolling twelve months {amount}, no twelve before to compare")
FIRST = Text("最大客户{name}占 {share}", "The largest, {name}, makes {share}")
OTHERS = Text("其余 {n} 家", "{n} others")


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One account. An amount is None where the window has no rows."""

    rank: int  # by rolling twelve months, then by code
    account: str
    name: str
    name_en: str
    region: str
    owner: str
    month_amount: Decimal | None  # CNY, the month of the scope
    month_before: Decimal | None  # CNY, the same month (or days) a year before
    year_amount: Decimal | None  # CNY, calendar year up to the month
    rolling: Decimal | None  # CNY, twelve months up to the month
    alike: Decimal | None  # CNY, what of `rolling` can be compared: sell-out of months with figures a year before too
    rolling_before: Decimal | None  # CNY, the same months a year before
    total: Decimal | None  # CNY, everything on record up to the month
    share: float | None  # of the rolling twelve months
    cumulative: float | None  # share of this account and all above it

    @property
    def change(self) -> float | None:
        """Rolling twelve months against the twelve before."""
        return None if self.alike is None or not self.rolling_before else float(self.alike / self.rolling_before) - 1


def ask(store: Store, scope: Scope) -> list[Row]:
    """Largest first."""
    return store.rows(Path(__file__).with_suffix(".sql"), Row, **scope.params())


def trend(rows: Sequence[Row]) -> float | None:
    """The change of all accounts together on the twelve months before; None without both sides.

    What is compared, `alike` against `rolling_before`, is settled row by row in the SQL: with sell-in a new account has
    only the one and a lost account only the other, and both are part of the change.
    """
    before = sum(float(r.rolling_before or 0) for r in rows)
    return sum(float(r.alike or 0) for r in rows) / before - 1 if before > 0 else None


def effective(rows: Sequence[Row]) -> float | None:
    """1/HHI of the rolling shares; None when nothing was sold."""
    squares = sum((r.share or 0.0) ** 2 for r in rows)
    return 1 / squares if squares else None


def reach(rows: Sequence[Row], line: float = MOST) -> int:
    """How many of the largest accounts make `line` of the sales."""
    return next((r.rank for r in rows if r.cumulative is not None and r.cumulative >= line - 1e-12), len(rows))


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """How concentrated, how the total moves, and the weight of the first."""
    selling = [r for r in rows if r.rolling]
    if not selling:
        return []
    now, change = sum(float(r.rolling or 0) for r in rows), trend(rows)
    level = "change" if change is None else growth.LEVELS[growth.lean(change)]
    first = rows[0]
    return [
        Finding("change", PARETO.fill(n=len(selling), k=reach(rows), effective=EFFECTIVE.text(effective(rows)))),
        Finding(level, (ALONE if change is None else TREND).fill(amount=ROLLING.text(now), change=GROWTH.text(change))),
        Finding(
            "change", FIRST.fill(name=first.called, share=SHARE.text(first.share)), 0.0, first.account, first.called
        ),
    ]


def unit(rows: Sequence[Row], look: Look) -> Unit:
    """What the figure's numbers are counted in."""
    return unit_for([float(r.rolling or 0) for r in rows], look.lang)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The largest accounts as Pareto bars, the rest in one bar."""
    scale = unit(rows, look)
    head, tail = rows[:SHOWN], rows[SHOWN:]
    bars = [(r.called, float(r.rolling or 0) / scale.size, r.cumulative or 0.0) for r in head]
    if selling := sum(1 for r in tail if r.rolling):
        bars.append((OTHERS.fill(n=selling), sum(float(r.rolling or 0) for r in tail) / scale.size, 1.0))
    return charts.pareto(bars, look, scale.digits, rest=bool(selling))
