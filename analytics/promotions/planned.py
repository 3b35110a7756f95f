"""What may the next promotion bring, to us and to the account?

First the deal that the reader tries (what is not chosen is usual at that account: the median of its past promotions),
then every planned promotion of the register. The uplift comes from all past promotions, pooled by mechanic, account and
depth; from its pieces goes what is usually pulled forward and cannibalised.

Units: pcs, CNY, ratios; low and high hold 80 %.
Source: `promotions`, `sales`, `products`; see `deals.sql`; `stats.forecast`, `stats.pooled`; docs/methods.md.
Duty: 6, promotions designed with each account.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Cut, Finding, OfAccount, Scope
from analytics.charts.theme import Look
from analytics.metrics_of_promotions import ACCOUNT_GAIN, PROMO_GAIN, PROMO_ROI, UPLIFT
from analytics.numbers import Unit, percent, plain, unit_for
from analytics.promotions import deals
from analytics.promotions.deals import LACKING, headed
from analytics.promotions.expected import Ends, Expected, expected
from analytics.promotions.learnt import Learnt, learnt
from analytics.promotions.measured import Programme, measured
from analytics.promotions.usual import Asked, account_of, base_of, clashes, goods, of_deal, tried
from analytics.supply.naming import day_name, listed
from data.store import Store
from data.text import Text

QUESTION = Text("下一个促销双方能赚多少？", "What may the next promotion bring both sides?")
CAPTION = Text(
    "预计净得，80% 区间：上为我方，下为客户；◆ 稳赚 ● 看不准 × 稳亏",
    "Gain to be expected with its 80% range, ours above, the account's below; ◆ surely gains ● cannot be told × loses",
)
MEANING = Text(
    "基线：该产品在该客户这几周的预测（不含过去的促销周）。增幅：全部过去促销按方式、客户、深度合并估计，带下一次的范围。"
    "净增：再减去平常提前和侵蚀的部分。我方 = 净增 × 单台毛利 − 固定费用 − 折扣 × 全部件数 × 我方承担比例；"
    "客户 = 净增 × 客户单台毛利 − 折扣 × 全部件数 × 客户承担比例。没有选的条件取该客户过去促销的中位数。"
    "保本增幅：我方不亏的最低增幅。备货：九成把握够卖。",
    "Baseline: the forecast of the product there in those weeks, past promotions left out. Uplift: all past "
    "promotions pooled by mechanic, account and depth, with the range of one more. Net: less what is usually pulled "
    "forward and cannibalised. Ours = net × unit margin − fixed cost − discount × all pieces × our share; the "
    "account's = net × its margin − discount × all pieces × its share. Terms that are not chosen are the median of the "
    "account's past promotions. Break-even: the least uplift at which we do not lose. Stock: enough in nine of ten "
    "cases.",
)
NEEDS = ("promotions", "sell_out")
ENRICHED_BY = ("products",)
BUILDS_ON = (deals,)
SHOWN = 6  # in the figure
TRIED, LISTED = "tried", "planned"
BRINGS = Text(
    "{name} {goods}（{day}起 {weeks} 周）：预计增幅 {uplift}（80% 区间 {low} 到 {high}，依据 {n} 个促销）",
    "{name}, {goods} (from {day}, {weeks} weeks): uplift {uplift} to be expected (80%: {low} to {high}, from {n} "
    "promotions)",
)
MONEY = Text(
    "我方 {ours}（{low} 到 {high}，回报率 {roi}，赚的概率 {chance}）；"
    "客户 {theirs}（赚的概率 {their}）；双方都赚 {both}",
    "Ours {ours} ({low} to {high}, return {roi}, chance to gain {chance}); the account's {theirs} (chance {their}); "
    "both gain {both}",
)
EVEN = Text(
    "我方保本要增 {even}；备货 {stock} 件（九成把握）",
    "We break even at {even}; {stock} pcs in stock suffice in nine of ten cases",
)
NEVER = Text(
    "折扣超过了净增的毛利，增多少都不保本；备货 {stock} 件（九成把握）",
    "The discount is more than the margin of what stays, so no uplift breaks even; {stock} pcs in stock suffice in "
    "nine of ten cases",
)
HOPE = Text(
    "{title}：计划增幅 {planned}，过去的促销说 {uplift}（80% 区间 {low} 到 {high}）",
    "{title}: planned at {planned}, past promotions say {uplift} (80%: {low} to {high})",
)
CLASH = Text("{name}：和 {codes} 撞期，效果会分不开", "{name}: it clashes with {codes}, effects cannot be told apart")
NO_BASE = Text(
    "{name} {goods}：这几周没有预测（历史太短、没卖过，或超过 26 周）",
    "{name}, {goods}: no forecast of these weeks (too short a history, never sold, or over 26 weeks ahead)",
)
LACKS = Text("{name} {goods}：缺{what}，算不全金额", "{name}, {goods}: without {what} the money is not complete")
OURS, THEIRS = Text("{name} · 我方", "{name} · ours"), Text("{name} · 客户", "{name} · the account's")
NOW, LATER = Text("试算", "Tried"), Text("{name} {day}", "{name} {day}")


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One deal that is tried or planned."""

    source: str  # tried, planned
    promotion: str
    title: str
    account: str
    name: str
    name_en: str
    sku: str
    goods: str
    goods_en: str
    mechanic: str
    depth: float | None  # of the price
    starts_on: date
    ends_on: date
    weeks_on: int
    fixed_cny: float | None  # CNY
    our_share: float | None  # of the discount
    expected_uplift: float | None  # as planned
    cases: int  # promotions learnt from
    base: float | None  # pcs
    base_low: float | None
    base_high: float | None
    uplift: float | None  # ratio
    uplift_low: float | None
    uplift_high: float | None
    net: float | None  # pcs
    net_low: float | None
    net_high: float | None
    need_pcs: float | None  # pcs that suffice in nine of ten cases
    spend_cny: float | None  # CNY
    our_gain: float | None  # CNY, ours
    our_gain_low: float | None
    our_gain_high: float | None
    roi: float | None  # ratio
    roi_low: float | None
    roi_high: float | None
    gain_chance: float | None
    account_gain: float | None  # CNY
    account_low: float | None
    account_high: float | None
    account_roi: float | None  # ratio
    account_chance: float | None
    both_chance: float | None
    break_even: float | None  # uplift
    clash: str  # codes of promotions
    lacking_terms: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be tried at the account of the first row: products by code, best sellers first, and mechanics."""

    goods: tuple[tuple[str, Text], ...]
    mechanics: tuple[str, ...]


def ask(store: Store, scope: Scope) -> Cut[Row, Choices]:
    """The deal that is tried, then the register's by first day; nothing where nothing can be learnt yet."""
    told = measured(store, scope)
    known = learnt(told.deals)
    if known is None:
        return Cut[Row, Choices]([], 0, Choices((), ()))
    planned = [of_deal(m.deal) for m in told.deals if m.state == "planned" and m.deal.chosen]
    first = tried(store, known, scope)
    rows = [_row(told, known, asked) for asked in ([first] if first else []) + planned]
    there = goods(store, scope, account_of(known, scope))
    named = tuple((g.sku, Text(g.sku_name, g.sku_name_en)) for g in there)
    return Cut(rows, len(rows), Choices(named, known.mechanics))


def _row(told: Programme, known: Learnt, asked: Asked) -> Row:
    base = base_of(told, asked)
    found = None if base is None else expected(known, base, asked.terms)
    return Row(
        source=LISTED if asked.promotion else TRIED, promotion=asked.promotion, title=asked.title.zh,
        account=asked.account, name=asked.called.zh, name_en=asked.called.en, sku=asked.skus[0], goods=asked.goods.zh,
        goods_en=asked.goods.en, mechanic=asked.mechanic, depth=asked.depth, starts_on=asked.starts, ends_on=asked.ends,
        weeks_on=asked.weeks, fixed_cny=asked.fixed, our_share=asked.our_share, expected_uplift=asked.planned,
        cases=len(known.cases), clash=", ".join(clashes(told.deals, asked)), lacking_terms=", ".join(asked.lacking),
        **_pieces(found), **_money(found),
    )  # fmt: skip


def _pieces(found: Expected | None) -> dict[str, Any]:
    cells: dict[str, Any] = {"need_pcs": found and found.stock}
    for name in ("base", "uplift", "net"):
        cells |= _three(getattr(found, name) if found else None, name, name)
    return cells


def _money(found: Expected | None) -> dict[str, Any]:
    ours, theirs = (found.ours, found.theirs) if found else (None, None)
    return {
        **_three(ours and ours.gain, "our_gain", "our_gain"),
        **_three(ours and ours.roi, "roi", "roi"),
        **_three(theirs and theirs.gain, "account_gain", "account"),
        "spend_cny": ours and ours.paid,
        "gain_chance": ours and ours.chance,
        "account_chance": theirs and theirs.chance,
        "account_roi": theirs.roi.middle if theirs and theirs.roi else None,
        "both_chance": found and found.both,
        "break_even": found and found.break_even,
    }


def _three(ends: Ends | None, middle: str, name: str) -> dict[str, float | None]:
    return {middle: ends and ends.middle, f"{name}_low": ends and ends.low, f"{name}_high": ends and ends.high}


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """What the tried deal may bring both sides, from which uplift on; of each plan, what the past says of its hope."""
    found = [f for r in rows[:1] if r.source == TRIED for f in of_one(r)]
    for r in rows:
        if r.source == LISTED:
            found += hope(r)
    return found


def of_one(r: Row) -> list[Finding]:
    """One deal in sentences."""
    goods, found = Text(r.goods, r.goods_en), list[Finding]()
    if r.uplift is None:
        what = listed(LACKING[name] for name in r.lacking_terms.split(", ") if name)
        no = (
            LACKS.fill(name=r.called, goods=goods, what=what)
            if r.lacking_terms
            else NO_BASE.fill(name=r.called, goods=goods)
        )
        return [Finding("change", no)]
    found.append(Finding("change", BRINGS.fill(
        name=r.called, goods=goods, day=day_name(r.starts_on), weeks=r.weeks_on, uplift=UPLIFT.text(r.uplift),
        low=UPLIFT.text(r.uplift_low), high=UPLIFT.text(r.uplift_high), n=r.cases,
    )))  # fmt: skip
    if r.our_gain is not None:
        level = "fair" if (r.both_chance or 0.0) >= 0.5 else "rain" if (r.gain_chance or 0.0) < 0.2 else "change"
        found.append(Finding(level, MONEY.fill(
            ours=PROMO_GAIN.text(r.our_gain), low=PROMO_GAIN.text(r.our_gain_low),
            high=PROMO_GAIN.text(r.our_gain_high), roi=PROMO_ROI.text(r.roi), chance=percent(r.gain_chance, 0),
            theirs=ACCOUNT_GAIN.text(r.account_gain), their=percent(r.account_chance, 0),
            both=percent(r.both_chance, 0),
        ), abs(r.our_gain)))  # fmt: skip
        words = NEVER if r.break_even is None else EVEN
        even = {} if r.break_even is None else {"even": UPLIFT.text(r.break_even)}
        found.append(Finding("change", words.fill(stock=plain(r.need_pcs), **even)))
    if r.clash:
        found.append(Finding("rain", CLASH.fill(name=r.called, codes=r.clash)))
    return found


def hope(r: Row) -> list[Finding]:
    """What a plan hopes for and what the past says; or why nothing can be said."""
    if r.uplift is None:
        return of_one(r)
    found = []
    if r.expected_uplift is not None:
        level = "rain" if r.expected_uplift > (r.uplift_high or 0.0) else "change"
        found.append(Finding(level, HOPE.fill(
            title=headed(r.called, r.title), planned=UPLIFT.text(r.expected_uplift), uplift=UPLIFT.text(r.uplift),
            low=UPLIFT.text(r.uplift_low), high=UPLIFT.text(r.uplift_high),
        )))  # fmt: skip
    if r.clash:
        found.append(Finding("rain", CLASH.fill(name=r.called, codes=r.clash)))
    return found


def _reaches(rows: Sequence[Row]) -> list[tuple[Text, float, float, float]]:
    """Low, middle and high of each deal's two sides, CNY; without those whose money is not known."""
    found = []
    for r in rows:
        sides = (
            (OURS, r.our_gain_low, r.our_gain, r.our_gain_high),
            (THEIRS, r.account_low, r.account_gain, r.account_high),
        )
        for words, low, middle, high in sides:
            if low is not None and middle is not None and high is not None:
                name = (
                    NOW
                    if r.source == TRIED
                    else LATER.fill(name=r.called, day=f"{r.starts_on.month}/{r.starts_on.day}")
                )
                found.append((words.fill(name=name), low, middle, high))
    return found[: 2 * SHOWN]


def unit(rows: Sequence[Row], look: Look) -> Unit:
    """What the figure's numbers are counted in."""
    return unit_for([end for _, *ends in _reaches(rows) for end in ends], look.lang)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Two ranges a deal, ours and the account's."""
    scale = unit(rows, look)
    items = [
        (name, low / scale.size, middle / scale.size, high / scale.size) for name, low, middle, high in _reaches(rows)
    ]
    return charts.reaches(items, look, scale.digits)
