"""What is promoted where, of late and in the weeks to come, and what clashes?

Promotions that run within thirteen weeks before or after the day. Two of one account and category that run, or run out
(four weeks), at the same time cannot be told apart afterwards: they are named before it is too late.

Units: ratios; days.
Source: `promotions`; see `deals.sql`.
Duty: 6, promotions designed with each account.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.charts.theme import Look
from analytics.charts.timeline import Run
from analytics.promotions import deals
from analytics.promotions.deals import Deal, OfPromotion, headed, mechanic_name
from analytics.promotions.deals import deals as all_deals
from analytics.supply.naming import day_name
from data.store import Store
from data.text import Text

QUESTION = Text("最近和将来在哪里做促销，有没有撞期？", "What is promoted where, and what clashes?")
CAPTION = Text(
    "前后 13 周的促销；斜纹为计划，深红为同客户同品类撞期，点线为今天",
    "Promotions 13 weeks back and ahead; hatched is planned, rust clashes at one account and category, dots: the day",
)
MEANING = Text(
    "同一客户同一品类的两个促销，期间或之后四周重叠，就分不清各自的效果；一个产品同时在两个促销里也一样。",
    "Two promotions of one account and category that overlap while they run or in the four weeks after cannot be told "
    "apart, nor those of one product.",
)
NEEDS = ("promotions", "sell_out")
BUILDS_ON = (deals,)
REACH = timedelta(days=91)  # either way: a quarter is planned ahead
MOST = 14  # in the figure: more do not fit
NEXT = Text("{day}起：{title}", "From {day}: {title}")
AHEAD = Text("未来 13 周有 {n} 个促销，{first}", "{n} promotions in the next 13 weeks. {first}")
NOTHING_AHEAD = Text("未来 13 周没有登记促销", "No promotion is registered for the next 13 weeks")
CLASHES = Text(
    "{a} 和 {b} 在{name}撞期（同品类），效果会分不开",
    "{a} and {b} clash at {name} (one category): their effects cannot be told apart",
)
CLEAR = Text("没有撞期", "Nothing clashes")
WORDS = Text("{name} {mechanic}", "{name}, {mechanic}")
ABOUT = Text("{title} · {goods} · {starts} – {ends}", "{title} · {goods} · {starts} – {ends}")


@dataclass(frozen=True, slots=True)
class Row(OfPromotion):
    """One promotion at one account."""

    mechanic: str
    starts_on: date
    ends_on: date
    phase: str  # over, running, planned
    day: date  # looked from
    depth: float | None  # of the price
    expected_uplift: float | None  # as planned
    overlaps: str  # codes of promotions it cannot be told from


def ask(store: Store, scope: Scope) -> list[Row]:
    """By first day."""
    since, until = scope.as_of - REACH, scope.as_of + REACH
    found = [d for d in all_deals(store, scope) if d.chosen and d.ends_on >= since and d.starts_on <= until]
    return [_row(deal, scope.as_of) for deal in found]


def _row(deal: Deal, day: date) -> Row:
    phase = "planned" if deal.starts_on > day else "over" if deal.ends_on <= day else "running"
    return Row(
        *deal.head, deal.first.mechanic, deal.starts_on, deal.ends_on, phase, day, deal.mean("depth"),
        deal.mean("expected_uplift"), ", ".join(deal.overlaps),
    )  # fmt: skip


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """What comes next, and every clash once."""
    if not rows:
        return []
    ahead = [r for r in rows if r.phase == "planned"]
    first = (
        NEXT.fill(day=day_name(ahead[0].starts_on), title=headed(ahead[0].called, ahead[0].title)) if ahead else None
    )
    found = [Finding("change", AHEAD.fill(n=len(ahead), first=first) if ahead else NOTHING_AHEAD)]
    pairs = {tuple(sorted((r.promotion, other))): r for r in rows for other in r.overlaps.split(", ") if other}
    found += [Finding("rain", CLASHES.fill(a=a, b=b, name=r.called)) for (a, b), r in sorted(pairs.items())]
    return found if pairs else [*found, Finding("fair", CLEAR)]


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Bars on the axis of time; those to come first where not all fit."""
    shown = sorted(sorted(rows, key=lambda r: r.starts_on)[-MOST:], key=lambda r: (r.starts_on, r.promotion))
    runs = [
        Run(
            WORDS.fill(name=r.called, mechanic=mechanic_name(r.mechanic)), r.starts_on, r.ends_on, r.phase == "planned",
            bool(r.overlaps),
            ABOUT.fill(title=r.title, goods=Text(r.goods, r.goods_en), starts=r.starts_on, ends=r.ends_on),
        )
        for r in shown
    ]  # fmt: skip
    return charts.timeline(runs, shown[0].day if shown else None, look)
