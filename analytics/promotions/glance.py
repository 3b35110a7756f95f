"""What promotions come to at a glance: at most five numbers, the hero's verdict, and the facts of one of them."""

from collections.abc import Sequence

from analytics.answer import Cut, Level
from analytics.glance import Kpi
from analytics.metric import Metric
from analytics.metrics_of_promotions import (
    ACCOUNT_GAIN,
    NET_PCS,
    PLAN_BIAS,
    PROMO_GAIN,
    PROMO_ROI,
    PROMO_SPEND,
    PULLED_SHARE,
    UPLIFT,
)
from analytics.numbers import percent, plain, signed
from analytics.promotions import effect, planned, programme, said
from analytics.promotions.deals import mechanic_name
from analytics.promotions.measured import STATES
from analytics.promotions.money import SURE, Gain
from data.text import Text

YEAR = Text("近 12 个月 {n} 个", "{n} in twelve months")
RANGE = Text("近 12 个月，80%：{low} 到 {high}", "12 months, 80%: {low} to {high}")
NOTHING = Text("还算不了", "cannot be told yet")
ALL = Text("全部 {n} 个", "all {n}")
PLANS = Text("{n} 个有计划增幅", "{n} had a plan")
RETURN = Text("我方回报率", "our return")
NOTE = Text("客户净得 {cny}（{low} 到 {high}）", "The accounts' gain {cny} ({low} to {high})")
NO_NOTE = Text("客户所得缺数据", "The accounts' gain lacks data")
NOT_TOLD = Text("–", "–")
OF, MECHANIC = Text("日期", "Dates"), Text("方式", "Mechanic")
BASE, ACTUAL, GROSS = Text("基线", "Baseline"), Text("实际", "Actual"), Text("毛增", "Gross")
PULLED, TAKEN = Text("后四周（提前）", "Four weeks after"), Text("同品类其他产品", "Others of the category")
STATE, PIECES = Text("状态", "State"), Text("{n} 件", "{n} pcs")
WITH_RANGE = Text("{what}（{low} 到 {high}）", "{what} ({low} to {high})")
CHANCE, BOTH = Text("我方赚的概率", "Chance we gain"), Text("双方都赚的概率", "Chance both gain")
THEIR_CHANCE, EVEN = Text("客户赚的概率", "Chance the account gains"), Text("我方保本增幅", "Break-even uplift")
STOCK, NEVER = Text("要备的货", "Pieces needed"), Text("增多少都不保本", "none suffices")


def numbers(year: Sequence[programme.Row], rows: Sequence[effect.Row]) -> list[Kpi]:
    """Net pieces, both sides' gain in twelve months; what is only pulled forward; whether plans are too high."""
    return [
        _of(NET_PCS, programme.of(year, "pcs", "net")),
        _of(PROMO_GAIN, programme.of(year, "ours", "gain")),
        _of(ACCOUNT_GAIN, programme.of(year, "theirs", "gain")),
        _pulled(rows),
        _plans(year),
    ]


def _of(metric: Metric, row: programme.Row | None) -> Kpi:
    if row is None:
        return Kpi(metric, None, "", None, NOTHING)
    return Kpi(metric, row.comes_to, "", None, _range(metric, row.low, row.high))


def _range(metric: Metric, low: float, high: float) -> Text:
    return RANGE.fill(low=metric.text(low), high=metric.text(high))


def _pulled(rows: Sequence[effect.Row]) -> Kpi:
    all_ = whole(rows)
    if all_ is None or all_.totals is None or all_.totals.gross.mean <= 0:
        return Kpi(PULLED_SHARE, None, "", None, NOTHING)
    return Kpi(PULLED_SHARE, -all_.totals.dip.mean / all_.totals.gross.mean, "", None, ALL.fill(n=all_.count))


def _plans(year: Sequence[programme.Row]) -> Kpi:
    planned_, came = programme.of(year, "plan", "planned"), programme.of(year, "plan", "came")
    if planned_ is None or came is None:
        return Kpi(PLAN_BIAS, None, "", None, NOTHING)
    return Kpi(PLAN_BIAS, 100 * (planned_.comes_to - came.comes_to), "", None, PLANS.fill(n=came.cases))


def whole(rows: Sequence[effect.Row]) -> said.Whole | None:
    """What all finished promotions of the rows come to."""
    return rows.whole if isinstance(rows, Cut) else None


def verdict(rows: Sequence[effect.Row]) -> tuple[Level, Text, Text, Text] | None:
    """Level, our return, its name and the accounts' side; None where no return can be told."""
    all_ = whole(rows)
    if all_ is None or all_.ours is None or all_.ours.roi is None:
        return None
    level: Level = "fair" if all_.ours.chance >= SURE else "rain" if all_.ours.chance <= 1 - SURE else "change"
    return level, PROMO_ROI.text(all_.ours.roi), RETURN, _note(all_.theirs)


def _note(them: Gain | None) -> Text:
    if them is None:
        return NO_NOTE
    ends = {"low": ACCOUNT_GAIN.text(them.low), "high": ACCOUNT_GAIN.text(them.high)}
    return NOTE.fill(cny=ACCOUNT_GAIN.text(them.cny), **ends)


def facts(r: effect.Row) -> list[tuple[Text, Text]]:
    """One promotion in numbers."""
    return [
        (OF, Text(f"{r.starts_on} – {r.ends_on}", f"{r.starts_on} – {r.ends_on}")),
        (MECHANIC, mechanic_name(r.mechanic)),
        (STATE, STATES[r.state]),
        (BASE, _pcs(r.base)),
        (ACTUAL, _pcs(r.actual)),
        (UPLIFT.name, _with(UPLIFT, r.uplift, r.uplift_low, r.uplift_high)),
        (GROSS, _more(r.gross)),
        (PULLED, _more(r.pulled)),
        (TAKEN, _more(r.cannibalised)),
        (NET_PCS.name, _with(NET_PCS, r.net, r.net_low, r.net_high)),
        (PROMO_SPEND.name, PROMO_SPEND.text(r.spend_cny)),
        (PROMO_ROI.name, _with(PROMO_ROI, r.roi, r.roi_low, r.roi_high)),
        (ACCOUNT_GAIN.name, _with(ACCOUNT_GAIN, r.account_gain, r.account_low, r.account_high)),
    ]


def expected(r: planned.Row) -> list[tuple[Text, Text]]:
    """What a tried deal may bring, in numbers."""
    even = NEVER if r.break_even is None and r.our_gain is not None else UPLIFT.text(r.break_even)
    return [
        (BASE, _pcs(r.base)),
        (UPLIFT.name, _with(UPLIFT, r.uplift, r.uplift_low, r.uplift_high)),
        (NET_PCS.name, _with(NET_PCS, r.net, r.net_low, r.net_high)),
        (PROMO_SPEND.name, PROMO_SPEND.text(r.spend_cny)),
        (PROMO_ROI.name, _with(PROMO_ROI, r.roi, r.roi_low, r.roi_high)),
        (CHANCE, _share(r.gain_chance)),
        (THEIR_CHANCE, _share(r.account_chance)),
        (BOTH, _share(r.both_chance)),
        (EVEN, even),
        (STOCK, _pcs(r.need_pcs)),
    ]


def _pcs(value: float | None) -> Text:
    return NOT_TOLD if value is None else PIECES.fill(n=plain(value))


def _more(value: float | None) -> Text:
    """Pieces more or fewer than the baseline."""
    return NOT_TOLD if value is None else PIECES.fill(n=signed(value, 0))


def _share(value: float | None) -> Text:
    return NOT_TOLD if value is None else Text(percent(value, 0), percent(value, 0))


def _with(metric: Metric, value: float | None, low: float | None, high: float | None) -> Text:
    if value is None:
        return NOT_TOLD
    return WITH_RANGE.fill(what=metric.text(value), low=metric.text(low), high=metric.text(high))
