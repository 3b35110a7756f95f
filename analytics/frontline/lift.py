"""Does training sell?

Sell-out of trained stores against untrained stores of the same account, week by week around the session, for the
trained category and for everything of ours that the store sells.

Units: lift a ratio (.1 is a tenth more), with the interval that holds it with 80 %; weeks counted from the session's.
Source: `measured.sql`, `cells.sql`; `stats.staggered`, docs/methods.md, "Training".
Duty: 2, winning the people who sell by training.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isinf
from typing import cast

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from analytics import charts
from analytics.answer import Cut, Finding, Level, Scope
from analytics.charts.theme import Look
from analytics.frontline import measured
from analytics.frontline.measured import REASONS, Measured
from analytics.metrics import TRAINING_LIFT
from analytics.numbers import percent, plain
from analytics.stats import staggered
from analytics.stats.did import Effect, Trend
from analytics.stats.staggered import AFTER, AVERAGE, BEFORE, Decay, Strata
from data.store import Store
from data.text import LANGS, Text, same

QUESTION = Text("培训能带来销售吗？", "Does training sell?")
CAPTION = Text(
    "培训品类的销量比同客户未培训门店多多少，%，第 0 周培训，色带 80%",
    "Pieces of the trained range beyond untrained stores of the account, %, session in week 0, band 80%",
)
MEANING = Text(
    "双重差分：培训门店培训后与前 8 周之比，除以同一客户未培训门店同期之比，逐产品比较，再合并成一个数。"
    "对照门店在前后各周及此前一年内没有同品类培训。平均提升按培训后第 1—8 周算；“全部”指门店卖的我方所有产品，"
    "不含竞品（竞品不在数据里）。范围 80%，按门店聚类。“有效”：范围在零以上，且培训前走势没有差异。"
    "若培训门店抢了兄弟门店的生意，提升会偏高。",
    "Difference in differences: what trained stores sold after over the 8 weeks before, against the same of untrained "
    "stores of the account, product by product, then pooled. Stores compared with had no session in the category in "
    "these weeks or the year before. The average is of weeks 1-8; “everything” is all that the store sells of ours, "
    "not competitors' brands, which are not in the file. Ranges hold 80%, errors by store. “Sells”: the range lies "
    "above zero, and nothing says that the two ran apart before. Where a trained store takes sales from its sister "
    "stores, the lift is too high.",
)
NEEDS = ("trainings", "sell_out")
BUILDS_ON = (measured,)
SELLS = Text(
    "培训有效：8 周里培训品类多卖 {more}，80% 范围 {range}",
    "Training sells: {more} more of the trained range in 8 weeks, 80% range {range}",
)
SMALL = Text(
    "还看不出培训是否有效：8 周 {lift}，80% 范围 {range}，含零",
    "Too small to tell whether training sells: {lift} in 8 weeks, 80% range {range}, zero included",
)
FALLS = Text(
    "培训门店反而少卖：8 周 {lift}，80% 范围 {range}，先查原因再续办",
    "Trained stores sold less: {lift} in 8 weeks, 80% range {range}; find out why before the next session",
)
SPOILT = Text(
    "还看不出培训是否有效：8 周 {lift}，80% 范围 {range}，但培训前两边走势已经不同",
    "Too early to say that training sells: {lift} in 8 weeks, 80% range {range}, but the two ran apart before",
)
FEW = Text("可测的培训只有 {n} 场，太少，看不出提升", "Only {n} sessions can be measured: too few to tell a lift")
NO_STORES = Text(
    "提升要有分店的终端销售才能算：现有数据里培训过的门店没有各自的销售",
    "A lift needs sell-out by store: of the trained stores the file has no sales of their own",
)
WHOLE = Text(
    "门店卖的我方全部产品：{lift}（80% 范围 {range}）；竞品不在数据里",
    "Everything of ours at the store: {lift} (80% range {range}); competitors' brands are not in the file",
)
ALIKE = Text(
    "培训前走势：没有差异的迹象（p = {p}，{n} 家门店），可以比",
    "Before the session both ran alike as far as can be seen (p = {p}, {n} stores): they may be compared",
)
APART = Text(
    "培训前走势已经不同（p = {p}，{n} 家门店），提升要打折扣看",
    "Before the session they already ran apart (p = {p}, {n} stores): take the lift with care",
)
UNTESTED = Text("门店太少，培训前走势无法检验", "Too few stores to test whether they ran alike before")
FADES = Text(
    "提升约 {weeks} 周减半（80% 范围 {range} 周）", "The lift halves in about {weeks} weeks (80% range {range})"
)
LASTS = Text(
    "提升至少撑 {low} 周才减半，多久减半还看不出", "The lift takes {low} weeks or more to halve; how long is not clear"
)
NO_DECAY = Text("提升多久减半，数据太少还看不出", "Too small to tell how fast the lift fades")
COUNTED = Text("{all} 场中 {n} 场可测；其余：{why}", "{n} of {all} sessions can be measured; the others: {why}")
ALL_COUNTED = Text("{all} 场全部可测", "Every session can be measured ({all})")
REASON = Text("{why} {n} 场", "{why} {n}")
AND = Text("；", "; ")
RANGE = Text("{low} 至 {high}", "{low} to {high}")
WORDS = {"brand": Text("培训品类", "Trained range"), "total": Text("我方全部", "Everything of ours")}
VERDICTS = (Text("有效", "Sells"), Text("看不出", "Unclear"), Text("没用", "Does not"))


@dataclass(frozen=True, slots=True)
class Row:
    """One week around the session."""

    basis: str  # brand: the trained range; total: everything of ours
    week: int  # from the session's, which is 0
    lift: float  # a ratio
    low: float  # of the range that holds 80 %
    high: float
    sessions: int  # that this week is known of


@dataclass(frozen=True, slots=True)
class Study:
    """What the weeks come to; None: too small to tell. `reasons`: (why, sessions) that are not measured."""

    sessions: int
    measured: int
    reasons: tuple[tuple[str, int], ...]
    brand: Effect | None
    total: Effect | None
    trend: Trend | None
    decay: Decay | None


def ask(store: Store, scope: Scope) -> list[Row]:
    """By basis and week; the study stands in `whole`."""
    found = measured.measure(store, scope)
    if found is None or not (chosen := found.where(lambda s: s.chosen)).any():
        return []
    brand, total = found.brand(chosen), found.total(chosen)
    rows = [*_weeks("brand", brand), *_weeks("total", total)]
    return Cut(rows, len(rows), study(found, chosen))


def study(found: Measured, chosen: NDArray[np.bool_]) -> Study:
    """Average, decay and test of the sessions that are `chosen`."""
    brand, total = found.brand(chosen), found.total(chosen)
    why = [reason for reason, mine in zip(found.reasons, chosen, strict=True) if mine]
    reasons = tuple((name, why.count(name)) for name in REASONS if name in why)
    return Study(
        len(why),
        why.count(""),
        reasons,
        staggered.average(brand) if len(brand.unit) else None,
        staggered.average(total) if len(total.unit) else None,
        staggered.trend(brand) if len(brand.unit) else None,
        staggered.decay(found.brand(chosen & found.settled)) if (chosen & found.settled & found.told).any() else None,
    )


def whole(rows: Sequence[Row]) -> Study | None:
    """The study behind the rows; None where there are no sessions."""
    return cast(Study, rows.whole) if isinstance(rows, Cut) else None


def level(effect: Effect | None, trend: Trend | None = None) -> Level:
    """The colour of the verdict; where the two ran apart before, no range makes one."""
    if effect is None or _apart(trend):
        return "change"
    low, high = effect.reach()
    return "fair" if low > 0 else "rain" if high < 0 else "change"


def verdict(effect: Effect | None, trend: Trend | None = None) -> Text:
    """Sells, unclear, does not."""
    return VERDICTS[("fair", "change", "rain").index(level(effect, trend))]


def _apart(trend: Trend | None) -> bool:
    return trend is not None and not trend.alike


def spelled(effect: Effect) -> dict[str, Text]:
    """The lift with its sign and without, and its range, for a sentence."""
    more = same(percent(effect.lift))
    return {"lift": TRAINING_LIFT.text(effect.lift), "more": more, "range": ranged(*effect.reach())}


def ranged(low: float, high: float) -> Text:
    """Two ends of a range of lifts."""
    return RANGE.fill(low=TRAINING_LIFT.text(low), high=TRAINING_LIFT.text(high))


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The verdict, the whole store, the test of the time before, the decay, and what could not be measured."""
    found = whole(rows)
    if found is None:
        return []
    head = _head(found)
    told = [Finding(level(found.brand, found.trend), head)]
    if found.total is not None:
        told.append(Finding("change", WHOLE.fill(**spelled(found.total))))
    if found.brand is not None:
        told += [Finding("change", _before(found.trend)), Finding("change", _fading(found.decay))]
    return [*told, Finding("change", counted(found))]


def title(rows: Sequence[Row]) -> Text:
    """What the figure shows, beside a headline that has the verdict: how the lift goes, else why there is none."""
    found = whole(rows)
    return QUESTION if found is None else _head(found) if found.brand is None else _fading(found.decay)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The event study of the trained range."""
    mine = [r for r in rows if r.basis == "brand"]
    points = [(r.week, 100 * r.lift, 100 * r.low, 100 * r.high) for r in mine]
    found = whole(rows)
    average = None if found is None or found.brand is None else (1, AVERAGE, 100 * found.brand.lift)
    return charts.event_study(points, look, average)


def counted(found: Study) -> Text:
    """How many sessions could be measured, and why the others could not."""
    if not found.reasons:
        return ALL_COUNTED.fill(all=found.sessions)
    parts = [REASON.fill(why=REASONS[name], n=n) for name, n in found.reasons]
    why = Text(*(AND[lang].join(part[lang] for part in parts) for lang in LANGS))
    return COUNTED.fill(all=found.sessions, n=found.measured, why=why)


def _head(found: Study) -> Text:
    if found.sessions == dict(found.reasons).get("store"):
        return NO_STORES
    if found.brand is None:
        return FEW.fill(n=found.measured)
    if _apart(found.trend):
        return SPOILT.fill(**spelled(found.brand))
    return {"fair": SELLS, "change": SMALL, "rain": FALLS}[level(found.brand)].fill(**spelled(found.brand))


def _before(trend: Trend | None) -> Text:
    if trend is None:
        return UNTESTED
    return (ALIKE if trend.alike else APART).fill(p=plain(trend.p, 2), n=trend.clusters)


def _fading(decay: Decay | None) -> Text:
    if decay is None or (isinf(decay.high) and decay.low < 1):
        return NO_DECAY
    if isinf(decay.high) or isinf(decay.weeks):
        return LASTS.fill(low=plain(decay.low))
    return FADES.fill(weeks=plain(decay.weeks), range=RANGE.fill(low=plain(decay.low), high=plain(decay.high)))


def _weeks(basis: str, strata: Strata) -> list[Row]:
    """Every week that three stores or more tell of."""
    if not len(strata.unit):
        return []
    phi, rows = staggered.dispersion(strata), []
    for week in range(-BEFORE, AFTER + 1):
        found = staggered.effect(strata, (week,), phi)
        if found is not None:
            rows.append(Row(basis, week, found.lift, *found.reach(), staggered.known(strata, week)))
    return rows
