"""What did the promotions of the last twelve months come to, for both sides, and were the plans right?

Gross, less what was only pulled forward, less what was cannibalised, at our margin, less what they cost; the same for
the accounts. Of promotions that ended within twelve months and whose four weeks after are over.

Units: pcs, CNY; low and high hold 80 %.
Source: `promotions`, `sales`, `products`; see `deals.sql`; `stats.programme`; docs/methods.md.
Duty: 6, promotions designed with each account.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope, months_back
from analytics.charts.theme import Look
from analytics.metrics_of_promotions import NET_PCS, PLAN_BIAS, PROMO_GAIN, UPLIFT
from analytics.numbers import Unit, unit_for
from analytics.promotions import deals
from analytics.promotions.learnt import Learnt, learnt
from analytics.promotions.measured import Measured, measured
from analytics.stats.placebo import Z
from analytics.stats.pooled import Told
from data.store import Store
from data.text import Text

QUESTION = Text("一年的促销合计带来什么？", "What did a year of promotions come to?")
CAPTION = Text(
    "近 12 个月结束的促销，我方：毛利增量减去提前、侵蚀和投入",
    "Promotions that ended within twelve months, for us: margin gained less pulled forward, cannibalised and spent",
)
MEANING = Text(
    "毛增、提前、侵蚀各乘单台毛利；投入为固定费用和我方承担的折扣，折扣按促销价卖出的全部件数。提前和侵蚀用合并估计"
    "（单个促销太小）。客户一侧：同样的件数乘客户单台毛利，减去客户承担的折扣。区间为 80%。"
    "计划偏差：预计增幅减实际增幅，按基线件数加权。",
    "Gross, pulled forward and cannibalised at the unit margin; spend is fixed cost and our share of the discount on "
    "all pieces on deal. Pulled forward and cannibalised are pooled estimates, as one promotion is too small. The "
    "accounts' side: the same pieces at their margin less their share of the discount. Ranges hold 80%. Plans: "
    "expected uplift less what came, weighed by baseline pieces.",
)
NEEDS = ("promotions", "sell_out")
ENRICHED_BY = ("products",)
BUILDS_ON = (deals,)
MONTHS = 12
PARTS = {
    "gross": Text("毛增", "Gross"),
    "pulled": Text("提前买走", "Pulled forward"),
    "cannibalised": Text("侵蚀", "Cannibalised"),
    "net": Text("净增", "Net"),
    "discount": Text("承担的折扣", "Share of discount"),
    "fixed": Text("固定费用", "Fixed cost"),
    "gain": Text("净得", "Gain"),
    "planned": Text("计划增幅", "Uplift planned"),
    "came": Text("实际增幅", "Uplift that came"),
}
PAID = Text(
    "近 12 个月 {n} 个促销：净增 {net} 件，我方净得 {cny}（80% 区间 {low} 到 {high}）",
    "{n} promotions in twelve months: net {net} pcs, our gain {cny} (80%: {low} to {high})",
)
THEIRS = Text("客户净得 {cny}（{low} 到 {high}）", "The accounts' gain {cny} ({low} to {high})")
NO_MONEY = Text(
    "近 12 个月 {n} 个促销：净增 {net} 件；缺毛利或费用，算不出金额",
    "{n} promotions in twelve months: net {net} pcs; margin or cost is missing, so there is no money",
)
BIAS = Text(
    "计划平均 {planned}，实际 {came}（80% 区间 {low} 到 {high}）：计划偏高 {gap}",
    "Plans said {planned} on average, {came} came (80%: {low} to {high}): plans were {gap} too high",
)
FAIR = Text(
    "计划平均 {planned}，实际 {came}（80% 区间 {low} 到 {high}）：看不出偏差",
    "Plans said {planned} on average, {came} came (80%: {low} to {high}): no bias to be seen",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One part of what they came to."""

    side: str  # pcs, ours, theirs, plan
    bridge_part: str
    comes_to: float  # pcs, CNY, or a ratio on the side of plans
    low: float
    high: float
    cases: int  # promotions

    @property
    def called(self) -> Text:
        """The part's name."""
        return PARTS[self.bridge_part]


def ask(store: Store, scope: Scope) -> list[Row]:
    """Pieces, then our money, then the accounts', then plans; nothing without such a promotion."""
    known = learnt(measured(store, scope).deals)
    since = months_back(scope.as_of + timedelta(days=1), MONTHS)
    cases = [m for m in known.cases if m.deal.chosen and m.deal.ends_on >= since] if known else []
    if known is None or not cases:
        return []
    n, codes = len(cases), {id(m) for m in cases}
    pieces = known.whole.total(np.array([float(id(m) in codes) for m in known.cases]))
    rows = [_row("pcs", part, told, n) for part, told in zip(("gross", "pulled", "cannibalised", "net"), (
        pieces.gross, pieces.dip, pieces.beside, pieces.net), strict=True)]  # fmt: skip
    return [
        *rows,
        *_money(known, cases, "ours", "margin"),
        *_money(known, cases, "theirs", "account_margin"),
        *_plans(cases),
    ]


def _row(side: str, part: str, told: Told, cases: int) -> Row:
    return Row(side, part, told.mean, told.mean - Z * told.error, told.mean + Z * told.error, cases)


def _money(known: Learnt, cases: Sequence[Measured], side: str, margin: str) -> list[Row]:
    """One side's money; nothing where a term of one of them is missing."""
    worth = known.worth(margin, cases)
    off = [m.deal.discounts() for m in cases]
    fixed = [m.deal.fixed if side == "ours" else 0.0 for m in cases]
    if worth is None or None in off or None in fixed:
        return []
    told = known.whole.total(worth)
    discount = Told(-sum(shares[side != "ours"] for shares in off if shares), 0.0)
    cost = Told(-sum(f for f in fixed if f is not None), 0.0)
    gain = Told(told.net.mean + discount.mean + cost.mean, told.net.error)
    parts = {"gross": told.gross, "pulled": told.dip, "cannibalised": told.beside, "discount": discount}
    parts |= ({"fixed": cost} if side == "ours" else {}) | {"gain": gain}
    return [_row(side, part, value, len(cases)) for part, value in parts.items()]


def _plans(cases: Sequence[Measured]) -> list[Row]:
    """Expected uplift and what came, weighed by baseline pieces."""
    told = [(e, m.effect) for m in cases if (e := m.deal.mean("expected_uplift")) is not None]
    base = sum(effect.gross.base for _, effect in told)
    if not base:
        return []
    planned = sum(e * effect.gross.base for e, effect in told) / base
    error = float(np.sqrt(sum(effect.gross.error**2 for _, effect in told))) / base
    came = Told(sum(effect.gross.pcs for _, effect in told) / base, error)
    return [_row("plan", "planned", Told(planned, 0.0), len(told)), _row("plan", "came", came, len(told))]


def of(rows: Sequence[Row], side: str, part: str) -> Row | None:
    """One part of one side."""
    return next((r for r in rows if (r.side, r.bridge_part) == (side, part)), None)


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """What it came to for us, for the accounts, and whether plans were too high."""
    net = of(rows, "pcs", "net")
    if net is None:
        return []
    gain, theirs = of(rows, "ours", "gain"), of(rows, "theirs", "gain")
    if gain is None:
        found = [Finding("change", NO_MONEY.fill(n=net.cases, net=NET_PCS.text(net.comes_to)))]
    else:
        level = "fair" if gain.low > 0 else "rain" if gain.high < 0 else "change"
        text = PAID.fill(n=net.cases, net=NET_PCS.text(net.comes_to), **_money_words(gain))
        found = [Finding(level, text, abs(gain.comes_to))]
    if theirs is not None:
        found.append(Finding("change", THEIRS.fill(**_money_words(theirs))))
    return [*found, *_biased(rows)]


def _money_words(r: Row) -> dict[str, Text]:
    return {"cny": PROMO_GAIN.text(r.comes_to), "low": PROMO_GAIN.text(r.low), "high": PROMO_GAIN.text(r.high)}


def _biased(rows: Sequence[Row]) -> list[Finding]:
    planned, came = of(rows, "plan", "planned"), of(rows, "plan", "came")
    if planned is None or came is None:
        return []
    high, gap = planned.comes_to > came.high, PLAN_BIAS.text(100 * (planned.comes_to - came.comes_to))
    ends = {"low": UPLIFT.text(came.low), "high": UPLIFT.text(came.high)}
    text = (BIAS if high else FAIR).fill(
        planned=UPLIFT.text(planned.comes_to), came=UPLIFT.text(came.comes_to), gap=gap, **ends
    )
    return [Finding("rain" if high else "fair", text)]


def unit(rows: Sequence[Row], look: Look) -> Unit:
    """What the figure's numbers are counted in."""
    return unit_for([r.comes_to for r in rows if r.side == "ours"] or [r.comes_to for r in rows], look.lang)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """From the margin of all that was gained to what was left for us; in pieces where money cannot be told."""
    return _bridge(rows, "ours" if of(rows, "ours", "gain") else "pcs", look)


def draw_theirs(rows: Sequence[Row], look: Look) -> go.Figure:
    """The accounts' side."""
    return _bridge(rows, "theirs", look)


def _bridge(rows: Sequence[Row], side: str, look: Look) -> go.Figure:
    mine = [r for r in rows if r.side == side]
    scale = unit_for([r.comes_to for r in mine], look.lang)
    total = PARTS["gain" if side != "pcs" else "net"]
    parts = [(r.called, r.comes_to / scale.size) for r in mine if r.bridge_part not in ("gain", "net")]
    return charts.bridge(parts, look, scale.digits, total)
