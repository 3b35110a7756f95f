"""What promotions came to together, and the sentences that say it: both sides, what to repeat, what cannot be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.answer import Finding, Level
from analytics.metrics_of_promotions import NET_PCS, PROMO_GAIN, PROMO_ROI, PULLED_SHARE, TAKEN_SHARE
from analytics.promotions.deals import LACKING, mechanic_name
from analytics.promotions.learnt import Learnt, together, totals
from analytics.promotions.measured import TOLD, Measured
from analytics.promotions.money import SURE, Gain
from analytics.stats.placebo import Z
from analytics.stats.programme import Totals
from analytics.supply.naming import listed
from data.text import Text

if TYPE_CHECKING:
    from analytics.promotions.effect import Row

COUNTS = Text(
    "{n} 个促销能算回报：单看 {paid} 个划算、{lost} 个不划算、{small} 个样本太小看不出",
    "{n} promotions with a return: alone {paid} surely paid, {lost} surely did not, {small} are too small to tell",
)
BOTH = Text("{n} 个促销合计，{us}，{them}", "{n} promotions together: {us}; {them}")
US_PAID = Text("我方赚 {cny}（回报率 {roi}）", "we gained {cny} (return {roi})")
US_LOST = Text("我方亏 {cny}（回报率 {roi}）", "we lost {cny} (return {roi})")
US_OPEN = Text("我方盈亏还看不出（回报率 {low}–{high}）", "whether we gained cannot be told (return {low} to {high})")
THEM_PAID, THEM_LOST = (
    Text("客户净得 {cny}", "the accounts gained {cny}"),
    Text("客户净亏 {cny}", "the accounts lost {cny}"),
)
THEM_OPEN = Text("客户盈亏还看不出（{low} 到 {high}）", "the accounts' gain cannot be told ({low} to {high})")
THEM_UNKNOWN = Text("客户所得缺数据", "the accounts' gain lacks data")
PULLED = Text(
    "毛增 {gross} 件里，{pulled} 只是提前买走，{taken} 是抢了自己别的产品；"
    "净增 {net} 件（80% 区间 {low}–{high}，{n} 个促销）",
    "Of {gross} pcs gross {pulled} were only pulled forward and {taken} taken from our own other products; net {net} "
    "pcs (80%: {low} to {high}, {n} promotions)",
)
REPEAT = Text("值得再做：{names}", "Worth repeating: {names}")
STOP = Text("建议停做或改条件：{names}", "Stop, or change the terms: {names}")
KIND = Text("{name}（{n} 个，回报率 {roi}）", "{name} ({n} promotions, return {roi})")
ALONE = Text(
    "单个促销的回报正负只有约七成判断得准，要看 {n} 个合计。",
    "The sign of one promotion's return is right only about 70% of the time: read the {n} together.",
)
FEW = Text("完整结束的促销只有 {n} 个，合计还判断不了", "Only {n} promotions are over: too few to judge together")
OVERLAP = Text(
    "{n} 个促销同客户同品类重叠，效果分不开：{names}",
    "{n} promotions overlap at one account and category and cannot be told apart: {names}",
)
LACKS = Text("{n} 个促销算不出回报，缺：{what}", "{n} promotions have no return for want of {what}")
NO_BASE = Text("{n} 个促销没有基线：{names}", "{n} promotions have no baseline: {names}")
NOT_OVER = Text("{n} 个促销还没完，净增暂定", "{n} are not over yet: their net is provisional")


NAMED = 3  # mechanics in a sentence


@dataclass(frozen=True, slots=True)
class Kind:
    """One mechanic: how many promotions, what they came to for us."""

    mechanic: str
    count: int
    ours: Gain


@dataclass(frozen=True, slots=True)
class Whole:
    """Finished promotions in scope together: how many, pieces, money of both sides (None where terms lack), kinds."""

    count: int
    totals: Totals | None
    ours: Gain | None
    theirs: Gain | None
    kinds: tuple[Kind, ...]


def whole(known_: Learnt | None, mine: Sequence[Measured]) -> Whole:
    cases = [m for m in mine if m.judged]
    if known_ is None:
        return Whole(len(cases), None, None, None, ())
    cases = [m for m in known_.cases if m.deal.chosen]
    us, them = together(known_, cases)
    kinds = []
    for mechanic in known_.mechanics:
        among = [m for m in cases if m.deal.first.mechanic == mechanic]
        if len(among) > 1 and (of_kind := together(known_, among)[0]) is not None:
            kinds.append(Kind(mechanic, len(among), of_kind))
    kinds.sort(key=lambda k: -(k.ours.roi or 0.0))
    return Whole(len(cases), totals(known_, cases) if cases else None, us, them, tuple(kinds))


def said(rows: "Sequence[Row]", all_: Whole | None) -> list[Finding]:
    """Both sides; what was only pulled forward; what to repeat and to stop; what cannot be told, and why."""
    found = list[Finding]()
    if all_ is None or all_.totals is None:
        found.append(Finding("change", FEW.fill(n=all_.count if all_ else 0)))
    else:
        found += [*_both(all_), _pulled(all_, all_.totals), *_kinds(all_)]
    return [*found, *_alone(rows), *_rest(rows)]


def _both(all_: Whole) -> list[Finding]:
    if all_.ours is None:
        return []
    us, level = _side(all_.ours, (US_PAID, US_LOST, US_OPEN))
    them = THEM_UNKNOWN if all_.theirs is None else _side(all_.theirs, (THEM_PAID, THEM_LOST, THEM_OPEN))[0]
    return [Finding(level, BOTH.fill(n=all_.count, us=us, them=them), abs(all_.ours.cny))]


def _side(gain: Gain, words: tuple[Text, Text, Text]) -> tuple[Text, Level]:
    """One side's gain in words, and how good that is."""
    paid, lost, unsure = words
    if gain.chance >= SURE or gain.chance <= 1 - SURE:
        said = (paid if gain.cny > 0 else lost).fill(cny=PROMO_GAIN.text(abs(gain.cny)), roi=PROMO_ROI.text(gain.roi))
        return said, "fair" if gain.cny > 0 else "rain"
    ends = (PROMO_ROI.text(gain.roi_low), PROMO_ROI.text(gain.roi_high)) if unsure is US_OPEN else (
        PROMO_GAIN.text(gain.low), PROMO_GAIN.text(gain.high))  # fmt: skip
    return unsure.fill(low=ends[0], high=ends[1]), "change"


def _pulled(all_: Whole, told: Totals) -> Finding:
    gross = max(told.gross.mean, 1e-9)
    text = PULLED.fill(
        gross=NET_PCS.text(told.gross.mean), pulled=PULLED_SHARE.text(-told.dip.mean / gross), n=all_.count,
        taken=TAKEN_SHARE.text(-told.beside.mean / gross), net=NET_PCS.text(told.net.mean),
        low=NET_PCS.text(told.net.mean - Z * told.net.error), high=NET_PCS.text(told.net.mean + Z * told.net.error),
    )  # fmt: skip
    return Finding("change", text)


def _kinds(all_: Whole) -> list[Finding]:
    """Mechanics that surely paid, and those that surely did not."""
    good: tuple[Text, Level, list[Kind]] = (REPEAT, "fair", [k for k in all_.kinds if k.ours.chance >= SURE])
    poor: tuple[Text, Level, list[Kind]] = (STOP, "rain", [k for k in all_.kinds[::-1] if k.ours.chance <= 1 - SURE])
    found = []
    for words, level, kinds in (good, poor):
        if kinds:
            told = (KIND.fill(name=mechanic_name(k.mechanic), n=k.count, roi=PROMO_ROI.text(k.ours.roi)) for k in kinds)
            names = listed([*told][:NAMED])
            found.append(Finding(level, words.fill(names=names), sum(abs(k.ours.cny) for k in kinds)))
    return found


def _alone(rows: "Sequence[Row]") -> list[Finding]:
    """What single promotions tell, and that it is little."""
    count = {word: sum(r.verdict == word for r in rows) for word in ("paid", "lost", "small")}
    n = sum(count.values())
    return [Finding("change", COUNTS.fill(n=n, **count)), Finding("change", ALONE.fill(n=n))] if n else []


def _rest(rows: "Sequence[Row]") -> list[Finding]:
    """Why some are not judged."""
    over = [r for r in rows if r.overlaps]
    poor = [r for r in rows if r.lacking_terms and r.state in TOLD]
    bare = [r for r in rows if r.state not in TOLD]
    open_ = [r for r in rows if r.state in ("after", "running")]
    what = listed(LACKING[name] for name in LACKING if any(name in r.lacking_terms.split(", ") for r in poor))
    told = (
        (over, OVERLAP.fill(n=len(over), names=listed(r.called for r in over)) if over else None),
        (poor, LACKS.fill(n=len(poor), what=what) if poor else None),
        (bare, NO_BASE.fill(n=len(bare), names=listed(r.called for r in bare)) if bare else None),
        (open_, NOT_OVER.fill(n=len(open_)) if open_ else None),
    )
    return [Finding("change", text) for _, text in told if text is not None]
