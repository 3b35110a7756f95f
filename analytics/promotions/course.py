"""How did one promotion run, week by week, against what would have been sold without it?

The promoted weeks hold the gain, the four after what was only pulled forward. The promotion is the one that the reader
looks at, else the last that is over.

Units: pcs a week; low and high hold 80 %.
Source: `promotions`, `sales`; see `deals.sql`; `stats.baseline`, `stats.promotion`; docs/methods.md.
Duty: 6, promotions designed with each account.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Cut, Finding, Scope
from analytics.charts.against import Shaded
from analytics.charts.theme import Look
from analytics.metrics_of_promotions import NET_PCS, UPLIFT
from analytics.numbers import plain
from analytics.promotions import deals, effect
from analytics.promotions.deals import OfPromotion, headed
from analytics.promotions.effect import known
from analytics.promotions.measured import STATES, TOLD, WEEK, Measured, Programme, chosen, measured
from analytics.stats.baseline import weekly
from analytics.stats.unpromoted import AFTER
from data.store import Store
from data.text import Text

QUESTION = Text("这次促销每周卖得怎样？", "How did one promotion run, week by week?")
CAPTION = Text(
    "每周终端销售，件：实线为实际，虚线为没有促销时的基线，色带 80%",
    "Sell-out a week, pcs: line is actual, dashes what would have been sold without it, band 80%",
)
MEANING = Text(
    "虚线：同产品在没有促销的客户同一周的卖法 × 该客户自身水平和季节。深色的几周在促销，"
    "之后四周低于虚线的部分是提前买走的。色带来自同一方法在没有促销的周里的误差。",
    "Dashes: how the product sold in the same week at accounts without a promotion, times the account's own level and "
    "season. The darker weeks are on deal; what lies below the dashes in the four weeks after was pulled forward. The "
    "band is the method's error in weeks without promotions.",
)
NEEDS = ("promotions", "sell_out")
BUILDS_ON = (deals,)
BEFORE, LATER = 13, 6  # weeks shown before, and after the four
ON, PULLED = Text("促销", "On deal"), Text("后四周", "Four weeks after")
ACTUAL, EXPECTED = Text("实际", "Actual"), Text("基线", "Baseline")
SOLD = Text(
    "{title}：卖 {actual} 件，没有促销约 {base} 件，增幅 {uplift}（80% 区间 {low} 到 {high}）",
    "{title}: sold {actual} pcs against about {base} without it, {uplift} (80%: {low} to {high})",
)
NET = Text(
    "之后四周少卖 {pulled} 件，同品类其他产品{beside}；净增 {net} 件（{low} 到 {high}），对照 {n} 家客户",
    "{pulled} pcs fewer in the four weeks after, other products of the category {beside}; net {net} pcs ({low} to "
    "{high}), against {n} accounts",
)
MORE_AFTER = Text(
    "之后四周没有少卖（多 {pulled} 件），同品类其他产品{beside}；净增 {net} 件（{low} 到 {high}），对照 {n} 家客户",
    "no fewer in the four weeks after ({pulled} pcs more), other products of the category {beside}; net {net} pcs "
    "({low} to {high}), against {n} accounts",
)
LESS, MORE = Text("少卖 {n} 件", "{n} pcs fewer"), Text("多卖 {n} 件", "{n} pcs more")
CLASH = Text("和 {codes} 重叠，分不开", "It overlaps with {codes} and cannot be told apart")


@dataclass(frozen=True, slots=True)
class Row(OfPromotion):
    """One week of the promotion's products together."""

    monday: date  # Monday
    phase: str  # "", on, after
    actual: float | None  # pcs
    base: float | None  # pcs
    base_low: float | None  # pcs
    base_high: float | None  # pcs


def ask(store: Store, scope: Scope) -> Cut[Row, effect.Row | None]:
    """Thirteen weeks before to ten after, as far as they are known; `whole` is what the promotion brought."""
    told = measured(store, scope)
    of = picked(told, scope)
    if of is None or told.sold is None or told.promoted is None:
        return Cut[Row, effect.Row | None]([], 0, None)
    rows = told.rows[told.deals.index(of)]
    start = int(told.promoted.start[rows[0]])
    end = start + int(told.promoted.weeks[rows[0]])
    first, last = max(0, start - BEFORE), min(told.weeks - 1, end + AFTER + LATER - 1)
    seen = weekly(told.sold, told.promoted, rows, of.effect, first, last)
    weeks = [
        Row(
            *of.deal.head, told.monday(first + n), _phase(first + n, start, end),
            *(known(part[n]) for part in (seen.actual, seen.base, seen.low, seen.high)),
        )
        for n in range(last - first + 1)
    ]  # fmt: skip
    return Cut(weeks, len(weeks), effect.row(of))


def _phase(week: int, start: int, end: int) -> str:
    return "on" if start <= week < end else "after" if end <= week < end + AFTER else ""


def picked(told: Programme, scope: Scope) -> Measured | None:
    """The deal that is looked at: by its code, else the last that is over, else the last that can be told."""
    tellable = [m for m in chosen(told) if m.state in TOLD and m.effect.gross.base > 0]
    named = [m for m in tellable if m.deal.promotion == scope.promotion]
    over = [m for m in tellable if m.state == "done"]
    among = named or over or tellable
    return max(among, key=lambda m: (m.deal.ends_on, m.deal.promotion, m.effect.gross.base), default=None)


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """What it sold against the baseline, what of it was pulled forward, and whether it can be told at all."""
    told = rows.whole if isinstance(rows, Cut) else None
    if not isinstance(told, effect.Row):
        return []
    ends = {"low": UPLIFT.text(told.uplift_low), "high": UPLIFT.text(told.uplift_high)}
    sold = SOLD.fill(
        title=headed(told.called, told.title), actual=plain(told.actual), base=plain(told.base),
        uplift=UPLIFT.text(told.uplift), **ends,
    )  # fmt: skip
    found = [Finding("change", sold)]
    if told.net is not None:
        found.append(Finding("change", _net(told)))
    if told.overlaps:
        found.append(Finding("change", CLASH.fill(codes=told.overlaps)))
    if told.state != "done":
        found.append(Finding("change", STATES[told.state]))
    return found


def _net(told: effect.Row) -> Text:
    beside, pulled = told.cannibalised or 0.0, told.pulled or 0.0
    words = (LESS if beside < 0 else MORE).fill(n=plain(abs(beside)))
    return (NET if pulled < 0 else MORE_AFTER).fill(
        pulled=plain(abs(pulled)), beside=words, net=NET_PCS.text(told.net), low=NET_PCS.text(told.net_low),
        high=NET_PCS.text(told.net_high), n=told.controls,
    )  # fmt: skip


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Actual over the baseline in its band; on deal and the four weeks after shaded."""
    shades = [
        Shaded(min(days).isoformat(), (max(days) + WEEK).isoformat(), name, dark)
        for phase, name, dark in (("on", ON, True), ("after", PULLED, False))
        if (days := [r.monday for r in rows if r.phase == phase])
    ]
    days, actual = [r.monday.isoformat() for r in rows], [r.actual for r in rows]
    return charts.against(days, actual, [_reach(r) for r in rows], shades, (ACTUAL, EXPECTED), look)


def _reach(row: Row) -> tuple[float, float, float] | None:
    if row.base is None or row.base_low is None or row.base_high is None:
        return None
    return row.base_low, row.base, row.base_high
