"""Which important stores still need training?

Stores and categories among the largest that make 80 % of sell-out, without a session in the category in twelve
months; of an account that reports no stores, its share of stores without one.

Units: sales in CNY of sell-out over twelve months; gain_cny, low, high in CNY over the 8 weeks after a session.
Source: `untrained.sql`; the lift from `frontline.lift` over all accounts.
Duty: 2, winning the people who sell by training.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import cast

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Cut, Finding, OfAccount, Scope
from analytics.charts.theme import Look
from analytics.frontline import measured
from analytics.metrics import SALES, TRAINING_GAIN
from analytics.numbers import Unit, percent, unit_for
from analytics.stats import staggered
from analytics.stats.did import Effect
from analytics.stats.staggered import AVERAGE
from data.store import Store
from data.text import Text, same

QUESTION = Text("哪些重点门店还没培训？", "Which important stores still need training?")
CAPTION = Text(
    "近 12 个月没培训的重点门店与品类，近 12 个月销售额",
    "Important stores and ranges without a session, sell-out of twelve months",
)
MEANING = Text(
    "重点：按近 12 个月终端销售从大到小，合计占 80% 的门店与品类。没培训：近 12 个月在该品类没有培训。"
    "可多卖：培训后 8 周平均提升 × 该处 8 周的销售（近 12 个月 ÷ 有数据的周数 × 8），带 80% 范围；"
    "提升来自全部可测培训。客户不报分店销售时，按没培训的门店占比折算。",
    "Important: the largest stores and ranges that make 80% of twelve months' sell-out. Without training: no session "
    "in the range in twelve months. To gain: the lift over the 8 weeks after a session × what is sold there in 8 weeks "
    "(twelve months / weeks with data × 8), with its 80% range; the lift is that of all sessions that could be "
    "measured. Of accounts that report no stores: times the share of stores without a session.",
)
NEEDS = ("trainings", "sell_out")
BUILDS_ON = (measured,)
IMPORTANT = 0.8  # share of sell-out that the important places make: the usual cut of an ABC
WEEK = timedelta(days=7)
SHOWN, MOST = 10, 500  # bars; rows
LISTED = 5  # to train next: more is a plan, not a list
HEAD = Text(
    "{n} 处重点门店与品类近 12 个月没有培训；排在前面的 {first} 处，培训后 8 周约可多卖 {gain}（80% 范围 {range}）",
    "Important stores and ranges without a session in twelve months: {n}. In the 8 weeks after one the first {first} "
    "could sell {gain} more (80% range {range})",
)
UNPRICED = Text(
    "{n} 处重点门店与品类近 12 个月没有培训；提升还看不出，先按销售额排",
    "Important stores and ranges without a session in twelve months: {n}. The lift cannot be told yet: here by sales",
)
DONE = Text("重点门店与品类近 12 个月都培训过", "All important stores and ranges had a session in twelve months")
ONE = Text("{place}：{category}，近 12 个月卖 {sales}", "{place}: {category}, sold {sales} in twelve months")
GAIN = Text("，培训后 8 周约多卖 {gain}（{range}）", ", could gain {gain} in 8 weeks ({range})")
WHOLE_ACCOUNT = Text("{name}（{share} 的门店）", "{name} ({share} of its stores)")
AT_STORE = Text("{name} {store}", "{name} {store}")
IN_RANGE = Text("{place} {category}", "{place}, {category}")
RANGE = Text("{low} 至 {high}", "{low} to {high}")


@dataclass(frozen=True, slots=True)
class Place(OfAccount):
    """One row of the SQL."""

    account: str
    name: str
    name_en: str
    owner: str
    store: str
    category: str
    sales: float
    since: date
    untrained: float
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One store and category, or one account and category where stores are not reported (store "")."""

    account: str
    name: str
    name_en: str
    owner: str
    store: str
    category: str
    sales: float  # CNY of sell-out, twelve months
    untrained: float  # share of its stores without a session; 1 of a store
    last_on: date | None  # day of the last session, None: never
    gain_cny: float | None  # over 8 weeks; None: the lift cannot be told
    low: float | None  # CNY, of the range that holds 80 %
    high: float | None  # CNY

    @property
    def place(self) -> Text:
        """Where."""
        if self.store:
            return AT_STORE.fill(name=self.called, store=self.store)
        return (
            self.called
            if self.untrained == 1
            else WHOLE_ACCOUNT.fill(name=self.called, share=percent(self.untrained, 0))
        )


@dataclass(frozen=True, slots=True)
class Sum:
    """All places, and whether there is anything to be important: without sell-out no place is."""

    places: int
    lift: Effect | None


def ask(store: Store, scope: Scope) -> list[Row]:
    """The most to gain first."""
    told = scope.params() | {"share": IMPORTANT}
    places = store.rows(Path(__file__).with_suffix(".sql"), Place, **told)
    if not places:
        return []
    effect = pooled(store, scope)
    return Cut([_row(p, effect, scope.as_of) for p in places[:MOST]], len(places), Sum(len(places), effect))


def pooled(store: Store, scope: Scope) -> Effect | None:
    """The lift over the 8 weeks after, of all sessions up to the day, whoever is looked at."""
    found = measured.measure(store, scope)
    if found is None or not found.told.any():
        return None
    return staggered.average(found.brand(found.told))


def whole(rows: Sequence[Row]) -> Sum | None:
    """What all places come to; None where there are none."""
    return cast(Sum, rows.whole) if isinstance(rows, Cut) else None


def first(rows: Sequence[Row]) -> list[Row]:
    """Whom to train next."""
    return list(rows[:LISTED])


def gain(row: Row) -> Text:
    """What is at stake at one place, with its range; a dash where the lift cannot be told."""
    return TRAINING_GAIN.text(row.gain_cny)


def ranged(rows: Sequence[Row]) -> Text:
    """The range of several places together: one lift for all of them, so the ends add up."""
    low, high = (sum(getattr(r, end) or 0.0 for r in rows) for end in ("low", "high"))
    return RANGE.fill(low=TRAINING_GAIN.text(low), high=TRAINING_GAIN.text(high))


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """How many places, then the first of them by what they could gain."""
    if not rows:
        return []
    places = len(rows) if (found := whole(rows)) is None else found.places
    listed = first(rows)
    if any(r.gain_cny is None for r in listed):
        head = UNPRICED.fill(n=places)
    else:
        more = TRAINING_GAIN.text(sum(r.gain_cny or 0.0 for r in listed))
        head = HEAD.fill(n=places, first=len(listed), gain=more, range=ranged(listed))
    return [Finding("change", head), *(_one(r) for r in listed)]


def unit(rows: Sequence[Row], look: Look) -> Unit:
    """What the figure's numbers are counted in."""
    return unit_for([r.sales for r in rows[:SHOWN]], look.lang)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The first places by what they sell."""
    scale = unit(rows, look)
    bars = [(IN_RANGE.fill(place=r.place, category=same(r.category)), r.sales / scale.size) for r in rows[:SHOWN]]
    return charts.amounts(bars, look, same(scale.name), scale.digits)


def _one(row: Row) -> Finding:
    text = ONE.fill(place=row.place, category=same(row.category), sales=SALES.text(row.sales))
    if row.gain_cny is not None:
        more = GAIN.fill(gain=gain(row), range=ranged([row]))
        text = Text(text.zh + more.zh, text.en + more.en)
    return Finding("rain", text, row.gain_cny or 0.0, row.account, row.called, row.owner)


def _row(place: Place, effect: Effect | None, as_of: date) -> Row:
    """A place with what a session would bring there: of what sells in 8 of the weeks that its account has sales of."""
    weeks = (as_of - place.since + timedelta(days=1)) / WEEK
    worth = place.sales * place.untrained * AVERAGE / max(weeks, float(AVERAGE))
    ends = (None, None, None) if effect is None else tuple(worth * x for x in (effect.lift, *effect.reach()))
    return Row(
        place.account, place.name, place.name_en, place.owner, place.store, place.category, place.sales,
        place.untrained, place.last_on, *ends,
    )  # fmt: skip
