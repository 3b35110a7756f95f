"""What is usual of a promotion of each mechanic, and what is to be expected of the next?

Uplifts of all finished promotions, pooled: a mechanic tried once or twice stays near the others. The narrow range holds
the usual effect, the wide one the next promotion's.

Units: ratios; every range holds 80 %.
Source: `promotions`, `sales`, `products`; see `deals.sql`; `stats.pooled`, `stats.programme`; docs/methods.md.
Duty: 6, promotions designed with each account.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.charts.theme import Look
from analytics.metrics_of_promotions import PROMO_ROI, PULLED_SHARE, TAKEN_SHARE, UPLIFT
from analytics.promotions import deals
from analytics.promotions.deals import mechanic_name
from analytics.promotions.learnt import Learnt, Share, learnt, share, together, uplift
from analytics.promotions.measured import Measured, measured
from analytics.stats.pooled import pooled
from analytics.stats.programme import lifts, ones
from analytics.supply.naming import listed
from data.store import Store
from data.text import Text

QUESTION = Text("哪种促销方式平常有多大用？", "What is usual of each kind of promotion?")
CAPTION = Text(
    "平常的销量增幅（合并估计），竖线间 80% 是下一次的范围",
    "Usual uplift, pooled; the whisker holds the next one in 80% of cases",
)
MEANING = Text(
    "把全部结束的促销合起来估计（经验贝叶斯）：做得少的方式向总体靠拢。“平常”是该方式的平均增幅，“下一次”还含每次之间的差别。"
    "回报率按全部净增 × 我方单台毛利对全部投入计算。适合的客户：该方式在那里的增幅（已收缩）最高。",
    "All finished promotions estimated together (empirical Bayes): a kind that was seldom tried stays near the others. "
    "Usual is its mean uplift, the next one's range adds what differs from one to the next. Return is all net pieces "
    "at our margin against all spend. Best suited: where its uplift, shrunk, was highest.",
)
NEEDS = ("promotions", "sell_out")
ENRICHED_BY = ("products",)
BUILDS_ON = (deals,)
BANDS = (0.05, 0.10)  # of the price: where the classes of depth begin
DEPTHS = (
    Text("折扣不到 5%", "Under 5% off"),
    Text("折扣 5–10%", "5 to 10% off"),
    Text("折扣 10% 以上", "From 10% off"),
)
EVERY = Text("全部方式", "All kinds")
BEST = 2  # accounts named
PERCENT = Text("%", "%")
USUAL = Text(
    "{name}增幅最大：平常 {uplift}（80% 区间 {low} 到 {high}，{n} 个），下一次 {new_low} 到 {new_high}",
    "{name} lifts most: usually {uplift} (80%: {low} to {high}, {n} promotions), the next {new_low} to {new_high}",
)
LOSES = Text(
    "平常毛增里 {pulled} 是提前买走（{pulled_low}–{pulled_high}），{taken} 是侵蚀（{taken_low}–{taken_high}），"
    "共 {n} 个",
    "Usually {pulled} of what is gained is pulled forward ({pulled_low} to {pulled_high}) and {taken} cannibalised "
    "({taken_low} to {taken_high}), from {n} promotions",
)
PAYS = Text(
    "回报最好的是{name}（{roi}，80% 区间 {low} 到 {high}）", "{name} returns most ({roi}, 80%: {low} to {high})"
)
SUITS = Text("{name}最适合{accounts}", "{name} suits {accounts} best")


@dataclass(frozen=True, slots=True)
class Row:
    """One mechanic, one class of depth, or all."""

    kind: str  # mechanic, depth, all
    mechanic: str  # or which class of depth: 0, 1, 2
    cases: int  # promotions
    depth: float | None  # mean, of the price
    uplift: float  # ratio
    uplift_low: float
    uplift_high: float
    new_low: float  # of the next one
    new_high: float
    pulled_share: float | None  # of the pieces gained; of all only
    pulled_low: float | None
    pulled_high: float | None
    cannibalised_share: float | None
    cannibalised_low: float | None
    cannibalised_high: float | None
    roi: float | None  # ours, all of them together
    roi_low: float | None
    roi_high: float | None
    account_gain: float | None  # CNY, all of them together
    best_accounts: str
    best_accounts_en: str

    @property
    def called(self) -> Text:
        """What is looked at."""
        if self.kind == "depth":
            return DEPTHS[int(self.mechanic)]
        return EVERY if self.kind == "all" else mechanic_name(self.mechanic)


def ask(store: Store, scope: Scope) -> list[Row]:
    """All, then mechanics by usual uplift, then depth. Learnt from all accounts: past promotions at like accounts."""
    known = learnt(measured(store, scope).deals)
    if known is None:
        return []
    mechanics = [_of(known, "mechanic", name, _among(known, name)) for name in known.mechanics]
    return [
        _of(known, "all", "", known.cases),
        *sorted(mechanics, key=lambda r: (-r.uplift, r.mechanic)),
        *_depths(known),
    ]


def _among(known: Learnt, mechanic: str) -> list[Measured]:
    return [m for m in known.cases if m.deal.first.mechanic == mechanic]


def _of(known: Learnt, kind: str, mechanic: str, cases: Sequence[Measured]) -> Row:
    x = known.columns(mechanic if kind == "mechanic" else None)
    return _row(kind, mechanic, cases, uplift(known.lift.usual(x)), uplift(known.lift.new(x)), known)


def _row(kind: str, name: str, cases: Sequence[Measured], usual: Share, new: Share, known: Learnt) -> Row:
    us, them = together(known, cases)
    lost = (known.whole.pulled, known.whole.taken) if kind == "all" else (None, None)
    pulled, taken = (None if part is None else share(part.usual(np.ones(1))) for part in lost)
    depths = [d for m in cases if (d := m.deal.mean("depth")) is not None]
    best = _best(known, cases) if kind == "mechanic" else []
    return Row(
        kind=kind, mechanic=name, cases=len(cases), depth=sum(depths) / len(depths) if depths else None,
        uplift=usual.middle, uplift_low=usual.low, uplift_high=usual.high, new_low=new.low, new_high=new.high,
        pulled_share=pulled and pulled.middle, pulled_low=pulled and pulled.low, pulled_high=pulled and pulled.high,
        cannibalised_share=taken and taken.middle, cannibalised_low=taken and taken.low,
        cannibalised_high=taken and taken.high,
        roi=us and us.roi, roi_low=us and us.roi_low, roi_high=us and us.roi_high, account_gain=them and them.cny,
        best_accounts="、".join(m.deal.called.zh for m in best),
        best_accounts_en=", ".join(m.deal.called.en for m in best),
    )  # fmt: skip


def _best(known: Learnt, cases: Sequence[Measured]) -> list[Measured]:
    """Where the kind lifted most, each case shrunk; an account once."""
    place = {id(m): n for n, m in enumerate(known.cases)}
    shrunk = known.whole.gained / np.array([m.effect.gross.base for m in known.cases])
    ranked = sorted(cases, key=lambda m: (-shrunk[place[id(m)]], m.deal.account))
    return list({m.deal.account: m for m in reversed(ranked)}.values())[::-1][:BEST]


def _depths(known: Learnt) -> list[Row]:
    """Classes of depth, pooled alike; none where no more than one class was tried."""
    cases = [m for m in known.cases if m.deal.mean("depth") is not None]
    of = np.searchsorted(BANDS, [m.deal.mean("depth") or 0.0 for m in cases], side="right")
    tried, codes = np.unique(of, return_inverse=True)
    if len(tried) < 2:
        return []
    law = pooled(*lifts([m.effect for m in cases]), ones(len(cases)), [codes])
    rows = []
    for n, band in enumerate(tried.tolist()):
        x = np.concatenate([[1.0], np.eye(len(tried))[n]])
        among = [m for m, code in zip(cases, codes, strict=True) if code == n]
        rows.append(_row("depth", str(band), among, uplift(law.usual(x)), uplift(law.new(x)), known))
    return rows


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The kind that lifts most, what is usually lost again, the kind that returns most and where it suits."""
    kinds = [r for r in rows if r.kind == "mechanic"]
    if not kinds:
        return []
    first = kinds[0]
    found = [Finding("change", _usual(first))]
    found += [Finding("change", _loses(r)) for r in rows if r.kind == "all"]
    paid = [r for r in kinds if r.roi is not None]
    if paid:
        best = max(paid, key=lambda r: r.roi or 0.0)
        ends = {"low": PROMO_ROI.text(best.roi_low), "high": PROMO_ROI.text(best.roi_high)}
        text = PAYS.fill(name=best.called, roi=PROMO_ROI.text(best.roi), **ends)
        found.append(Finding("fair" if (best.roi_low or 0.0) > 0 else "change", text))
    named = zip(first.best_accounts.split("、"), first.best_accounts_en.split(", "), strict=False)
    if first.best_accounts:
        suits = listed(Text(zh, en) for zh, en in named)
        found.append(Finding("change", SUITS.fill(name=first.called, accounts=suits)))
    return found


def _usual(r: Row) -> Text:
    return USUAL.fill(
        name=r.called, uplift=UPLIFT.text(r.uplift), low=UPLIFT.text(r.uplift_low), high=UPLIFT.text(r.uplift_high),
        n=r.cases, new_low=UPLIFT.text(r.new_low), new_high=UPLIFT.text(r.new_high),
    )  # fmt: skip


def _loses(r: Row) -> Text:
    pulled, taken = PULLED_SHARE.text, TAKEN_SHARE.text
    return LOSES.fill(
        n=r.cases, pulled=pulled(r.pulled_share), pulled_low=pulled(r.pulled_low), pulled_high=pulled(r.pulled_high),
        taken=taken(r.cannibalised_share), taken_low=taken(r.cannibalised_low), taken_high=taken(r.cannibalised_high),
    )  # fmt: skip


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """A bar a kind with the next one's range; the number of promotions behind its name."""
    shown = [r for r in rows if r.kind == "mechanic"]
    items = [
        (COUNTED.fill(name=r.called, n=r.cases), 100 * r.uplift, 100 * r.new_low, 100 * r.new_high, None) for r in shown
    ]
    return charts.spans(items, look, PERCENT, 0)


COUNTED = Text("{name}（{n}）", "{name} ({n})")
