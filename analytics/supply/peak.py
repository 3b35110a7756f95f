"""Which peak comes next, for which products, and how far ahead a product has to be provided for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from analytics.answer import Scope
from data.store import Store
from data.text import Text

COMES, RUNS = Text("{name} {day} 开始", "{name} begins {day}"), Text("{name}正在进行", "{name} is on")
TO_COME, LEFT = Text("天后进入{name}", "days to {name}"), Text("天后{name}结束", "days until {name} ends")
ORDER_BY = Text(
    "这个旺季的货最晚 {day} 下单（最长供货周期 {lead} 天）",
    "Goods for it are ordered by {day} (longest lead time {lead} days)",
)
TOO_LATE = Text(
    "供货周期最长的产品已过最晚下单日 {day}", "For the product with the longest lead time the last order day was {day}"
)
NO_LEAD = Text("产品档案里没有供货周期", "The product master has no lead times")
TRIED = Text("试算的旺季", "The peak tried here")


@dataclass(frozen=True, slots=True)
class Peak:
    """A sales peak; `category` None is all products, `growth` what the planner expects beyond season and level."""

    name: str
    name_en: str
    starts_on: date
    ends_on: date
    category: str | None
    growth: float | None
    last_start: date | None = None  # of the peak of that name before it
    lead_days: int | None = None  # the longest of all products

    @property
    def called(self) -> Text:
        """Its name in both languages."""
        return Text(self.name, self.name_en)


def peaks(store: Store, scope: Scope) -> list[Peak]:
    """Those within half a year, the next first, as the reader's plan moves them."""
    found = store.rows(Path(__file__).with_suffix(".sql"), Peak, as_of=scope.as_of)
    plan = scope.plan
    if plan.starts is not None and found:
        found = [_moved(found[0], plan.starts), *found[1:]]
    elif plan.starts is not None:
        found = [Peak(TRIED.zh, TRIED.en, plan.starts, plan.starts + plan.LENGTH, None, None)]
    if plan.growth is not None:
        found = [replace(peak, growth=plan.growth) for peak in found[:1]] + found[1:]
    return sorted((p for p in found if p.ends_on > scope.as_of), key=lambda p: (p.starts_on, p.name))


def _moved(peak: Peak, starts: date) -> Peak:
    """The same peak, as long, on another day."""
    return replace(peak, starts_on=starts, ends_on=starts + (peak.ends_on - peak.starts_on))


def next_for(category: str, found: Sequence[Peak]) -> Peak | None:
    """The next peak of a category."""
    return next((peak for peak in found if peak.category is None or peak.category == category), None)


def count(peak: Peak, as_of: date) -> tuple[int, Text]:
    """Days to its first day, or those left of it, and what they are."""
    if peak.starts_on > as_of:
        return (peak.starts_on - as_of).days, TO_COME.fill(name=peak.called)
    return (peak.ends_on - as_of).days, LEFT.fill(name=peak.called)


def about(peak: Peak, as_of: date) -> Text:
    """When it begins, or that it is on."""
    words = RUNS if peak.starts_on <= as_of else COMES
    return words.fill(name=peak.called, day=peak.starts_on.isoformat())


def order_by(peak: Peak, scope: Scope) -> Text:
    """The last day on which every product can still be ordered for it."""
    lead = peak.lead_days if scope.plan.lead_days is None else scope.plan.lead_days
    if lead is None:
        return NO_LEAD
    day = peak.starts_on - timedelta(days=lead)
    return (ORDER_BY if day >= scope.as_of else TOO_LATE).fill(day=day.isoformat(), lead=lead)


def ask(store: Store, scope: Scope) -> list[Peak]:
    """The same under the name that pages ask by."""
    return peaks(store, scope)
