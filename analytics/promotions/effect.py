"""What did each promotion bring, to us and to the account?

Baseline is what would have been sold without it; what was pulled forward is missing in the four weeks after, what was
cannibalised at the account's other products of the category while it ran. Pieces are each promotion's own measurement;
the sentences pool them, because one promotion alone is seldom told from chance.

Units: pcs, CNY, ratios; every low and high holds 80 %.
Source: `promotions`, `sales`, `products`; see `deals.sql`; `stats.promotion`, `stats.programme`; docs/methods.md.
Duty: 6, promotions designed with each account.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Cut, Finding, Scope
from analytics.charts.scatter import Point
from analytics.charts.theme import Look
from analytics.metrics_of_promotions import PROMO_ROI, UPLIFT
from analytics.promotions import deals, said
from analytics.promotions.deals import OfPromotion, headed
from analytics.promotions.learnt import learnt
from analytics.promotions.measured import Measured, State, chosen, measured
from analytics.promotions.money import SURE, Gain, ours, theirs
from analytics.stats.placebo import Z
from data.store import Store
from data.text import Text

QUESTION = Text("促销对我们和客户都划算吗？", "Did promotions pay, for us and for the account?")
CAPTION = Text(
    "每个促销：横轴销量增幅，纵轴我方投入回报率（竖线 80% 区间）；◆ 划算 ○ 单个看不出 × 不划算",
    "Each promotion: uplift across, our return up (line: 80%); ◆ paid ○ cannot be told alone × did not",
)
MEANING = Text(
    "基线：同产品在没有促销的客户同几周的卖法 × 该客户自身水平和季节。毛增 = 实际 − 基线；提前 = 之后四周少卖的；"
    "侵蚀 = 促销期间该客户同品类其他产品少卖的；净增 = 三者之和。我方回报率 =（净增 × 单台毛利 − 投入）÷ 投入，投入 = "
    "固定费用 + 折扣 × 促销价卖出的全部件数 × 我方承担比例。客户净得 = 净增 × 客户单台毛利 − 客户承担的折扣。"
    "区间为 80%，来自同一方法在没有促销的周里的误差。单个促销回报的正负只有约七成判断得准，所以要合起来看。",
    "Baseline: how the product sold in the same weeks at accounts without a promotion, times the account's own level "
    "and season. Gross = actual − baseline; pulled forward = missing in the four weeks after; cannibalised = missing "
    "at the account's other products of the category while it ran; net = all three. Our return = (net × unit margin − "
    "spend) / spend; spend = fixed cost + discount × all pieces on deal × our share. The account's gain = net × its "
    "unit margin − its share of the discount. Ranges hold 80%, from the method's errors in weeks without promotions. "
    "The sign of one promotion's return is right only about 70% of the time: read them together.",
)
NEEDS = ("promotions", "sell_out")
ENRICHED_BY = ("products",)
BUILDS_ON = (deals,)
EDGE = 400.0  # % of return beyond which a mark stands at the edge: a few pieces over a small spend
NAMED = 5  # marks with a name
UP, ACROSS = Text("我方回报率", "Our return"), Text("销量增幅", "Uplift")
ABOUT = Text("{title} {uplift}，回报率 {roi}", "{title} {uplift}, return {roi}")


@dataclass(frozen=True, slots=True)
class Row(OfPromotion):
    """One promotion at one account."""

    mechanic: str
    starts_on: date
    ends_on: date
    state: State
    verdict: str  # paid, lost, small, or "" where there is no return yet
    base: float | None  # pcs without it
    actual: float | None  # pcs
    uplift: float | None  # of the baseline
    uplift_low: float | None
    uplift_high: float | None
    expected_uplift: float | None  # as planned
    gross: float | None  # pcs
    pulled: float | None  # pcs, negative where pieces are missing
    cannibalised: float | None  # pcs, as above
    net: float | None  # pcs
    net_low: float | None  # pcs
    net_high: float | None  # pcs
    spend_cny: float | None  # CNY
    our_gain: float | None  # CNY, ours
    roi: float | None  # ratio
    roi_low: float | None
    roi_high: float | None
    gain_chance: float | None  # that ours is above nothing
    account_gain: float | None  # CNY
    account_low: float | None  # CNY
    account_high: float | None  # CNY
    account_chance: float | None
    controls: int  # accounts
    overlaps: str  # codes of promotions it cannot be told from
    lacking_terms: str  # what is missing for its money


class Rows(Cut[Row, said.Whole]):
    """All rows, with what they come to."""

    __slots__ = ()


def ask(store: Store, scope: Scope) -> Rows:
    """The newest first."""
    told = measured(store, scope)
    mine = [m for m in chosen(told) if m.state != "planned"]
    rows = [row(m) for m in sorted(mine, key=lambda m: (m.deal.starts_on, m.deal.promotion), reverse=True)]
    return Rows(rows, len(rows), said.whole(learnt(told.deals), mine))


def row(m: Measured) -> Row:
    """One deal as a row."""
    deal, effect, us, them = m.deal, m.effect, ours(m), theirs(m)
    counted = us if m.state == "done" else None
    return Row(
        *deal.head, mechanic=deal.first.mechanic,
        starts_on=deal.starts_on, ends_on=deal.ends_on, state=m.state, verdict=_verdict(counted),
        base=known(effect.gross.base), actual=known(effect.actual), uplift=known(effect.uplift),
        uplift_low=known(effect.uplift - Z * effect.uplift_error),
        uplift_high=known(effect.uplift + Z * effect.uplift_error),
        expected_uplift=deal.mean("expected_uplift"), gross=known(effect.gross.pcs), pulled=known(effect.dip.pcs),
        cannibalised=known(effect.beside.pcs), net=known(effect.net.pcs),
        net_low=known(effect.net.pcs - Z * effect.net.error), net_high=known(effect.net.pcs + Z * effect.net.error),
        spend_cny=deal.spend, our_gain=counted and counted.cny, roi=counted and counted.roi,
        roi_low=counted and counted.roi_low, roi_high=counted and counted.roi_high,
        gain_chance=counted and counted.chance,
        account_gain=them and them.cny, account_low=them and them.low, account_high=them and them.high,
        account_chance=them and them.chance, controls=effect.controls, overlaps=", ".join(deal.overlaps),
        lacking_terms=", ".join(deal.lacking),
    )  # fmt: skip


def known(value: float) -> float | None:
    """A number, or None where it cannot be told."""
    return float(value) if isfinite(value) else None


def _verdict(us: Gain | None) -> str:
    if us is None or us.roi is None:
        return ""
    return "paid" if us.chance >= SURE else "lost" if us.chance <= 1 - SURE else "small"


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """Both sides; what was only pulled forward; what to repeat and to stop; what cannot be told, and why."""
    all_ = rows.whole if isinstance(rows, Rows) else None
    return said.said(rows, all_) if rows else []


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Uplift against return; the largest gains and losses named."""
    shown = [r for r in rows if r.verdict and r.uplift is not None and r.roi is not None]
    first = sorted((r for r in shown if r.verdict != "small"), key=lambda r: -abs(r.our_gain or 0.0))[:NAMED]
    named = {(r.promotion, r.account) for r in first}
    points = [
        Point(
            x=100 * (r.uplift or 0.0), y=100 * (r.roi or 0.0), low=100 * (r.roi_low or 0.0),
            high=100 * (r.roi_high or 0.0), kind=("paid", "small", "lost").index(r.verdict),
            about=ABOUT.fill(title=headed(r.called, r.title), uplift=UPLIFT.text(r.uplift), roi=PROMO_ROI.text(r.roi)),
            name=r.called if (r.promotion, r.account) in named else None,
        )
        for r in sorted(shown, key=lambda r: -abs(r.our_gain or 0.0))
    ]  # fmt: skip
    ends = [edge for p in points for edge in (p.low, p.high)]
    reach = (max(-EDGE, min([-150.0, *ends])), min(EDGE, max([100.0, *ends])))
    return charts.scatter(points, look, ACROSS, UP, reach)
