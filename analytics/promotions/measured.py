"""Every promotion with what it did in pieces, measured once for all questions of the same data and day.

Sell-out by week is that of `supply.weekly`: Monday to Sunday, what an account did not report is missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import isfinite
from typing import Literal
from weakref import WeakKeyDictionary

import numpy as np

from analytics.answer import Scope
from analytics.promotions.deals import Deal, deals
from analytics.stats.promotion import NOTHING, Effect, effects
from analytics.stats.unpromoted import AFTER, Promoted, Sold
from analytics.supply import weekly
from data.store import Store
from data.text import Text

State = Literal["planned", "running", "after", "done", "early", "unsold", "short"]
STATES: dict[State, Text] = {
    "planned": Text("计划中", "Planned"),
    "running": Text("进行中", "Running"),
    "after": Text("促销后四周未完，净增暂定", "Four weeks after not over: net is provisional"),
    "done": Text("已结束", "Finished"),
    "early": Text("没有基线：早于现有数据", "No baseline: before the data begins"),
    "unsold": Text("没有基线：该客户没有这个产品的终端销售", "No baseline: no sell-out of the product there"),
    "short": Text(
        "没有基线：促销前可用的周数太少，或该周未报数", "No baseline: too few weeks before, or none reported"
    ),
}
TOLD: tuple[State, ...] = ("running", "after", "done")  # of which there is something to say in pieces
WEEK = timedelta(days=7)
MOST = 20_000  # series by week that are held in memory, some 400 MiB while they are worked on
KEPT = 4  # days and filters remembered a store


@dataclass(frozen=True, slots=True)
class Measured:
    """One deal with its effect; `row` and `start` are its first product's series and first week, -1 without."""

    deal: Deal
    effect: Effect
    state: State

    @property
    def separable(self) -> bool:
        """Whether no other promotion of the account's category falls into its weeks."""
        return not self.deal.overlaps

    @property
    def judged(self) -> bool:
        """Whether it is over, and can be told from others: what usual effects are learnt from."""
        return self.state == "done" and self.separable


@dataclass(frozen=True, slots=True)
class Programme:
    """All deals, the sales that they were measured in, and which rows of `promoted` are whose."""

    deals: tuple[Measured, ...]
    sold: Sold | None
    promoted: Promoted | None
    since: date  # Monday of the first week
    rows: tuple[tuple[int, ...], ...]  # of each deal in `promoted`
    places: Mapping[tuple[str, str], int]  # series of account and product in `sold`

    @property
    def weeks(self) -> int:
        """How many weeks are known."""
        return 0 if self.sold is None else self.sold.y.shape[1]

    def week(self, day: date) -> int:
        """The place of the week of a day."""
        return (day - timedelta(days=day.weekday()) - self.since).days // 7

    def monday(self, week: int) -> date:
        """The first day of a week."""
        return self.since + week * WEEK


_kept: "WeakKeyDictionary[Store, dict[tuple[object, ...], Programme]]" = WeakKeyDictionary()


def measured(store: Store, scope: Scope) -> Programme:
    """Every deal up to a scope's day; remembered, as all questions of a page ask for it."""
    key = (store.version(), scope.as_of, scope.accounts, scope.regions, scope.categories)
    known = _kept.setdefault(store, {})
    if key not in known:
        if len(known) >= KEPT:
            known.clear()
        known[key] = _measured(store, scope)
    return known[key]


def _measured(store: Store, scope: Scope) -> Programme:
    """`weekly` numbers the series of all accounts, which are each other's controls."""
    found = deals(store, scope)
    whole = Scope(scope.as_of, "sell_out")
    panel = _looked_at(weekly.panel(store, whole), found) if found else None
    if panel is None:
        unsold = tuple(Measured(d, NOTHING, "planned" if d.starts_on > scope.as_of else "unsold") for d in found)
        return Programme(unsold, None, None, scope.as_of, ((),) * len(found), {})
    account, sku = (np.unique([name[n] for name in panel.names], return_inverse=True)[1] for n in (0, 1))
    sold = Sold(panel.y, account, sku, panel.groups, panel.season(panel.y.shape[1]))
    places = {name: n for n, name in enumerate(panel.names)}
    bare = Programme((), sold, None, panel.since, (), places)
    cells, rows, states = [], [], []
    for deal in found:
        state, lines = _placed(deal, bare, scope.as_of)
        states.append(state)
        rows.append(tuple(range(len(cells), len(cells) + len(lines))))
        cells += [(*line, len(rows) - 1) for line in lines]
    promoted = Promoted(*(np.array(cells, dtype=int).reshape(-1, 4).T))
    told = effects(sold, promoted)
    told += [NOTHING] * (len(found) - len(told))  # the last ones may be planned
    done = [Measured(d, e, _state(s, e)) for d, e, s in zip(found, told, states, strict=True)]
    return replace(bare, deals=tuple(done), promoted=promoted, rows=tuple(rows))


def _looked_at(panel: weekly.Panel | None, found: Sequence[Deal]) -> weekly.Panel | None:
    """At most so many series: those promoted and those beside them first, then what sold most."""
    if panel is None or len(panel.y) <= MOST:
        return panel
    near = {(x.account, x.category) for deal in found for x in deal.lines}
    of = (panel.categories[n] for n in panel.groups)
    mask = np.array([(account, category) in near for (account, _), category in zip(panel.names, of, strict=True)])
    return replace(panel, chosen=mask).largest(MOST)


def _placed(deal: Deal, told: Programme, as_of: date) -> tuple[State, list[tuple[int, int, int]]]:
    """Series, first week and weeks of each product, as far as weeks are known; none with why."""
    if deal.starts_on > as_of:
        return "planned", []
    first, last = told.week(deal.starts_on), min(told.week(deal.ends_on), told.weeks - 1)
    if first < 0:
        return "early", []
    if last < first:
        return "running", []  # its first week is not over
    series = [told.places.get((line.account, line.sku)) for line in deal.lines]
    if None in series:
        return "unsold", []
    state: State = "running" if deal.ends_on > as_of or told.week(deal.ends_on) >= told.weeks else "done"
    return state, [(n, first, last - first + 1) for n in series if n is not None]


def _state(placed: State, effect: Effect) -> State:
    if placed not in TOLD:
        return placed
    if not isfinite(effect.uplift):
        return "running" if placed == "running" and effect is NOTHING else "short"
    return "after" if placed == "done" and effect.after < AFTER else placed


def chosen(told: Programme) -> list[Measured]:
    """Those that the reader looks at."""
    return [m for m in told.deals if m.deal.chosen]


def judged(told: Sequence[Measured]) -> list[Measured]:
    """Those that usual effects are learnt from."""
    return [m for m in told if m.judged]
