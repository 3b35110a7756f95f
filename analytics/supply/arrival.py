"""When goods that are coming will be there: what was promised, and how late deliveries have been in the region."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analytics.answer import Scope
from analytics.stats.seasonal import Array
from analytics.supply.lead import EARLIEST, LATEST, Lead
from analytics.supply.outlook import STEP_DAYS, STEPS
from analytics.supply.position import STALE_DAYS, Position
from data.store import Store

LATE = ((EARLIEST, 0), (1, 3), (4, 7), (8, 14), (15, LATEST))  # days late that are taken together, first and last
DUE_DAYS = 7  # until goods arrive of which nobody says when: a week


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the SQL."""

    account: str
    sku: str
    days: float | None  # to the day promised
    sent: float  # pcs
    unsent: float  # pcs


@dataclass(frozen=True, slots=True)
class Arrival:
    """What comes, by how late it may be: for each way goods there by the end of each step, (items, STEPS) pcs, those in
    transit and those not sent yet, with the way's probability (items,); and days in transit of a shipment sent today,
    of nine in ten (NaN: none on record)."""

    sent: tuple[Array, ...]
    unsent: tuple[Array, ...]
    share: tuple[Array, ...]
    transit_days: Array

    def mean(self, ways: tuple[Array, ...]) -> Array:
        """What is expected by the end of each step, (items, STEPS) pcs: the ways weighed by their probability."""
        start = np.zeros((len(self.transit_days), STEPS))
        return sum((share[:, None] * way for way, share in zip(ways, self.share, strict=True)), start)


def arrival(store: Store, scope: Scope, keys: NDArray, where: Position, found: Mapping[str, Lead]) -> Arrival:
    """Of the items `keys` (account and sku, in order), by the deliveries of their regions; without any on record, goods
    arrive on the day promised. Open orders count at the part that is filled of late."""
    place = {tuple(key): n for n, key in enumerate(keys.tolist())}
    lines = store.rows(Path(__file__).with_name("coming.sql"), Line, as_of=scope.as_of, stale=STALE_DAYS)
    lines = [line for line in lines if (line.account, line.sku) in place]
    item = np.array([place[line.account, line.sku] for line in lines], dtype=int)
    days = np.array([DUE_DAYS if line.days is None else line.days for line in lines])
    sent = np.array([line.sent for line in lines])
    unsent = np.array([line.unsent for line in lines]) * where.filled[item]
    untold = np.nan_to_num(where.in_transit) - np.bincount(item, sent, minlength=len(keys))  # by counts, not by orders
    every = np.arange(len(keys))
    item, days = np.append(item, every), np.append(days, np.full(len(keys), DUE_DAYS))
    sent, unsent = np.append(sent, np.maximum(untold, 0.0)), np.append(unsent, np.zeros(len(keys)))
    shares = _shares(where.region, found)
    ways = [n for n in range(len(LATE)) if shares[:, n].any()]
    when = [np.maximum(days + max(sum(LATE[n]) / 2, 0), 1) for n in ways]  # early is as promised
    return Arrival(
        tuple(_there(item, late, sent, len(keys)) for late in when),
        tuple(_there(item, late, unsent, len(keys)) for late in when),
        tuple(shares[:, n] for n in ways),
        np.array([_transit(found.get(region)) for region in where.region]),
    )


def _transit(lead: Lead | None) -> float:
    """Days that nine shipments in ten are on the way at most."""
    return float(lead.transit.q90) if lead is not None and lead.transit is not None else float("nan")


def _shares(region: NDArray, found: Mapping[str, Lead]) -> Array:
    """P(a delivery of the item's region falls into each class of LATE): (items, classes)."""
    share = np.zeros((len(region), len(LATE)))
    for name in set(region):
        days = np.array(found[name].shares if name in found else ())
        by_class = [days[first - EARLIEST : last - EARLIEST + 1].sum() for first, last in LATE]
        share[region == name] = by_class if len(days) else np.eye(len(LATE))[0]
    return share


def _there(item: NDArray, days: Array, pieces: Array, items: int) -> Array:
    """Pieces there by the end of each step."""
    step = np.ceil(days / STEP_DAYS).astype(int) - 1
    inside = step < STEPS
    flat = np.bincount(item[inside] * STEPS + step[inside], pieces[inside], minlength=items * STEPS)
    return flat.reshape(items, STEPS).cumsum(axis=1)
