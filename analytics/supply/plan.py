"""What has to be at every account until goods ordered next can be there, what is missing, and what is at risk.

A product is provided for until goods that are ordered at the account's next turn arrive: its lead time and the days
between two orders; where a peak begins before that, to the end of the peak. Needed is what meets all demand with the
service asked for (`stats.stockout`); what is on hand, in transit and on order goes off, open orders at the part of them
that was filled of late. Where our own stock is short it is shared out by the sales that a piece keeps (`stats.allot`).
Worked out once for a version of the data, a day and a plan; questions read it as the table `supply_plan`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analytics.answer import Scope
from analytics.stats.allot import allot
from analytics.stats.seasonal import Array
from analytics.stats.stockout import Demand, beyond, demand, enough, lost, newsvendor, risk, ship
from analytics.supply import outlook
from analytics.supply.arrival import Arrival, arrival
from analytics.supply.code import made_by
from analytics.supply.horizon import Horizon, horizon
from analytics.supply.lead import leads
from analytics.supply.outlook import STEP_DAYS, STEPS
from analytics.supply.peak import peaks
from analytics.supply.position import Position, column, position
from data.marts import SUPPLY_PLAN
from data.store import Store

REACT_DAYS = 21  # in which goods sent now get there: a fortnight to act and a week on the way
RISKY = 0.5  # probability from which an item is called at risk: it is likelier out than not
OVERSTOCK = 0.05  # of its price that a piece left over costs until it is sold: capital and room for five months at 1 %
LEAST_SERVICE, MOST_SERVICE = 0.5, 0.99  # by margin: nobody plans to run out, and the tail is not known further
SERVICE = 0.95  # probability that all that is asked for until the next goods is there
OVER = 5 / 3  # of the days to be provided for: stock beyond is excess
COMING_STEPS = 4  # weeks whose forecast is the coming rate
LONGEST = STEPS * STEP_DAYS  # days that are looked ahead
PLANNED, NO_FORECAST, NO_COUNT, NO_LEAD = "", "no forecast", "no count", "no lead"
NEVER = np.datetime64("NaT")


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is asked for: `steps` (items, STEPS) pcs, errors of a step and of the level (items,); zero where unknown."""

    steps: Array
    single: Array
    level: Array

    def within(self, days: Array) -> Demand:
        """Running totals of what is asked for in the first `days` (items,), step by step to the end of the longest."""
        steps = max(1, min(STEPS, ceil(float(np.nanmax(days, initial=0.0)) / STEP_DAYS)))
        share = np.clip(np.nan_to_num(days)[:, None] / STEP_DAYS - np.arange(steps), 0.0, 1.0)
        return demand(self.steps[:, :steps] * share, self.single, self.level)


def keep(store: Store, scope: Scope) -> str:
    """See that the plan is kept; returns the mark of its rows in `supply_plan`. It is of all accounts and products."""
    told = (made_by(), scope.as_of, scope.flow, scope.plan)
    return store.kept(SUPPLY_PLAN, told, lambda: plan(store, Scope(scope.as_of, scope.flow, plan=scope.plan)))


def plan(store: Store, scope: Scope) -> pa.Table:
    """Work it out: the columns of `supply_plan`; what cannot be known of an item is null, and `state` says why."""
    mark = outlook.keep(store, scope)
    table = store.columns(Path(__file__).with_name("ahead.sql"), outlook=mark)
    told = {name: column(table[name]) for name in ("account", "sku", "basis", "single", "level", "recent", "lost")}
    steps = table["steps"].combine_chunks().flatten().to_numpy(zero_copy_only=False).reshape(-1, STEPS)
    known = told["basis"] != outlook.NOTHING
    where = position(store, scope, mark)
    keys = np.stack([told["account"], told["sku"]], axis=1)
    come = arrival(store, scope, keys, where, leads(store, scope.as_of))
    until = horizon(where, peaks(store, scope), scope)
    ahead = Ahead(
        np.where(known[:, None], steps, 0.0) * until.growth,
        *(np.where(known, told[name], 0.0) for name in ("single", "level")),
    )
    state = _state(known, where, until)
    found = {name: told[name] for name in ("account", "sku", "basis", "recent", "lost")} | {"state": state}
    found |= (
        until.columns() | _stands(where, come) | _arrives(come) | _cover(ahead, where, until, told["recent"], state)
    )
    found |= _missing(ahead, where, until, come, scope, state, told["sku"])
    found |= places(found)
    columns = {n: x if isinstance(x, pa.Array) else pa.array(x, from_pandas=True) for n, x in found.items()}
    return pa.table({name: columns[name] for name in SUPPLY_PLAN.names}).sort_by("place")  # the first are read most


def _stands(where: Position, come: Arrival) -> dict[str, NDArray]:
    """What is known of each item, as the plan keeps it."""
    names = ("region", "category", "counted_on", "on_hand", "in_transit", "on_order", "price", "warehouse", "free")
    more = {"unsent": where.unsent, "filled": where.filled, "transit_days": come.transit_days}
    return {name: getattr(where, name) for name in names} | more


def places(found: Mapping[str, NDArray]) -> dict[str, NDArray]:
    """The place of each item, from 0: by money at risk and in excess, then by the pieces that are missing; and by money
    at risk, then by how soon it is sold. Ties keep their order, that of account and sku."""
    at_risk = np.nan_to_num(np.fmax(found["soon_pcs"], found["lost_pcs"]) * found["price"])
    over = np.nan_to_num(found["excess"] * found["price"])
    missing = np.nan_to_num((found["need_days"] - found["cover_days"]) * found["rate"])
    orders = {"place": (-missing, -(at_risk + over)), "risk_place": (found["cover_days"], -at_risk)}
    return {name: np.lexsort(by).argsort() for name, by in orders.items()}


def _arrives(come: Arrival) -> dict[str, pa.Array]:
    """Goods that are expected to be there by the end of each step: those in transit, and open orders."""
    return {
        "sent_by_step": outlook.lists(come.mean(come.sent)),
        "unsent_by_step": outlook.lists(come.mean(come.unsent)),
    }


def _state(known: NDArray[np.bool_], where: Position, until: Horizon) -> NDArray[np.str_]:
    """Why an item is not planned, the first reason; PLANNED where it is."""
    reasons = [~known, np.isnan(where.on_hand), np.isnan(until.lead_days)]
    return np.select(reasons, [NO_FORECAST, NO_COUNT, NO_LEAD], PLANNED)


def _cover(ahead: Ahead, where: Position, until: Horizon, recent: Array, state: NDArray[np.str_]) -> dict[str, NDArray]:
    """Days that stock lasts, and what lies beyond OVER of the days to be provided for."""
    there = where.sent
    rate = ahead.steps[:, :COMING_STEPS].sum(axis=1) / (COMING_STEPS * STEP_DAYS)
    told = np.isin(state, (PLANNED, NO_LEAD))
    normal = ahead.within(np.minimum(OVER * np.nan_to_num(until.need_days), LONGEST)).mean[:, -1]
    excess = np.maximum(there - normal, 0.0)
    return {
        "rate": np.where(state == NO_FORECAST, np.nan, rate),
        "cover_now": np.where(recent > 0, where.on_hand / np.where(recent > 0, recent, 1.0) * STEP_DAYS, np.nan),
        "cover_days": np.where(told, lasting(np.cumsum(ahead.steps, axis=1), there), np.nan),
        "excess": np.where(state == PLANNED, excess, np.nan),
    }


def lasting(asked: Array, there: Array) -> Array:
    """Days until `there` (items,) pcs are sold when running totals are `asked` (items, STEPS); LONGEST at most."""
    gone = asked >= np.nan_to_num(there)[:, None]
    step = np.where(gone.any(axis=1), gone.argmax(axis=1), STEPS)
    whole = np.pad(asked, ((0, 0), (1, 1)), mode="edge")
    whole[:, 0] = 0.0
    rows = np.arange(len(asked))
    before, after = whole[rows, step], whole[rows, np.minimum(step + 1, STEPS)]
    part = np.divide(there - before, after - before, out=np.zeros(len(asked)), where=after > before)
    return np.minimum((step + np.clip(part, 0.0, 1.0)) * STEP_DAYS, LONGEST)


def _missing(
    ahead: Ahead, where: Position, until: Horizon, come: Arrival, scope: Scope, state: NDArray[np.str_], sku: NDArray
) -> dict[str, NDArray]:
    """Need, what is to be sent, risk, money and days, of items that are planned; null for the others."""
    service = served(where, scope)
    total, soon = ahead.within(until.until_days), ahead.within(np.full(len(sku), float(REACT_DAYS)))
    end, near = whole(total), whole(soon)
    there, pack = where.sent + where.unsent, np.where(where.pack > 0, where.pack, 1.0)
    planned = state == PLANNED
    gap = np.where(planned, ship(total, service, there, pack), 0.0)
    wanted = np.minimum(ship(soon, service, where.sent, pack), np.nan_to_num(where.on_order))
    chance = _risk(soon, where, come.sent, come)
    rush = np.where(planned & (chance >= RISKY), wanted, 0.0)
    worth = np.where(where.price > 0, where.price, 1.0)
    given = allot(end, there - np.minimum(rush, where.unsent), gap + rush, worth, *where.supplies(sku))
    more = np.maximum(given - rush, 0.0)
    out = {
        "need": end.mean,
        "safety": enough(end, service) - end.mean,
        "ship": gap,
        "rush": rush,
        "allotted": given,
        "risk": chance,
        "risk_until": _risk(total, where, [a + b for a, b in zip(come.sent, come.unsent, strict=True)], come),
        "soon_pcs": lost(near, where.sent),
        "lost_pcs": lost(end, there),
        "kept_pcs": lost(end, there) - lost(end, there + more) + lost(near, where.sent)
        - lost(near, where.sent + np.minimum(given, rush)),
    }  # fmt: skip
    days = _days(total, there, service, where, until, come, rush > 0, scope.as_of)
    told = {"order_by": gap > 0, "arrive_by": gap + rush > 0, "dispatch_by": gap + rush > 0}
    return {name: np.where(planned, x, np.nan) for name, x in out.items()} | {
        name: np.where(planned & which, days[name], NEVER) for name, which in told.items()
    }


def served(where: Position, scope: Scope) -> Array:
    """The service that each item is planned for: the reader's, the usual one, or by its margin where that is known."""
    usual = np.full(len(where.margin), SERVICE if scope.plan.service is None else scope.plan.service)
    if not scope.plan.by_margin:
        return usual
    known = (where.margin > 0) & (where.price > 0)
    fractile = newsvendor(np.where(known, where.margin, 1.0), np.where(known, OVERSTOCK * where.price, 1.0))
    return np.where(known, np.clip(fractile, LEAST_SERVICE, MOST_SERVICE), usual)


def whole(total: Demand) -> Demand:
    """All that is asked for: (items,)."""
    return Demand(total.mean[:, -1], total.variance[:, -1])


def _risk(total: Demand, where: Position, there: Sequence[Array], come: Arrival) -> Array:
    steps = total.mean.shape[1]
    ways = [(way[:, :steps], share) for way, share in zip(there, come.share, strict=True)]
    return risk(total, np.nan_to_num(where.on_hand), ways)


def _days(
    total: Demand,
    there: Array,
    service: Array,
    where: Position,
    until: Horizon,
    come: Arrival,
    rush: NDArray[np.bool_],
    as_of: date,
) -> dict[str, NDArray]:
    """When goods must arrive (before the service would fail), be sent off and be ordered."""
    fails = np.minimum(crossing(beyond(total, there[:, None]), 1 - service), until.until_days)
    sooner = crossing(beyond(total, where.sent[:, None]), 1 - service)
    first = np.where(rush, np.minimum(fails, sooner), fails)
    days = {
        "arrive_by": first,
        "dispatch_by": first - np.nan_to_num(come.transit_days),
        "order_by": fails - until.lead_days,
    }
    return {n: np.datetime64(as_of) + np.floor(np.nan_to_num(x)).astype("timedelta64[D]") for n, x in days.items()}


def crossing(chance: Array, limit: Array) -> Array:
    """Days until a rising chance (items, steps) passes `limit`, straight within a step; LONGEST where it does not."""
    past = chance > limit[:, None]
    step, ever = past.argmax(axis=1), past.any(axis=1)
    rows = np.arange(len(chance))
    low, high = np.where(step > 0, chance[rows, np.maximum(step - 1, 0)], 0.0), chance[rows, step]
    part = np.divide(limit - low, high - low, out=np.zeros(len(chance)), where=ever & (high > low))
    return np.where(ever, (step + np.clip(part, 0.0, 1.0)) * STEP_DAYS, float(LONGEST))
