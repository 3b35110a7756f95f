"""What was approved to be sent at the end of April 2026: the next order behind each of eight lines, as it was played.

Planted truth: the lines of SHORT_NOW get only what their shortage lets through; the others fare as orders do.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from data.samples import market
from data.samples.columns import Ints, Words, table, what, who
from data.samples.demand import Market
from data.samples.sales import shipped_days
from data.samples.seasons import FIRST, axis
from data.samples.supply import TRANSIT_DAYS, Orders
from data.samples.warehouses import WAREHOUSES

DECIDED_ON = np.datetime64("2026-04-30")
DECISION = f"FH-{DECIDED_ON}-1"
AHEAD_DAYS = (5, 30)  # of the decision that an order is promised: sooner it is on its way, later it can wait
LAST_DAYS = 28  # that the goods should last from the day they are due: a lead time and a week
RISK = (0.55, 0.95)  # of being out within three weeks: a line with less is not sent ahead
LOST = (0.3, 0.8)  # share of the goods that would be sales lost without them


class Line(NamedTuple):
    """A product approved for an account, needed so many days after its order was promised."""

    account: str
    sku: str
    slack_days: int


LINES = (
    Line("A05", "XQG100-B1", 2),
    Line("A14", "XQG100-B1", 9),
    Line("A01", "XQG100-B1", 2),
    Line("A12", "BCD-320T", 2),
    Line("A20", "KFR-26GW-A", 3),
    Line("A08", "BCD-320T", 2),
    Line("A18", "XQG80-B2", 2),
    Line("A12", "JSQ25-B1", 2),  # comes a week late
)


@dataclass(frozen=True, slots=True)
class _Found:
    """The lines that have an order, by number: of LINES, and of the order."""

    line: Ints
    order: Ints


def approvals(rng: np.random.Generator, now: Market, placed: Orders) -> pa.Table:
    """The dataset `approvals`."""
    risk, lost = (rng.uniform(*ends, len(LINES)) for ends in (RISK, LOST))
    found = _found(placed)
    account, sku, qty = placed.account[found.order], placed.sku[found.order], placed.qty[found.order]
    arrive = placed.promised[found.order] + np.array([line.slack_days for line in LINES])[found.line]
    price = now.price[axis().period[axis().at(str(DECIDED_ON))], account, sku]
    regions = [market.ACCOUNTS[number].region for number in account]
    served = [one.region for one in WAREHOUSES]
    return table(
        "approvals",
        decision=Words(np.zeros_like(account), [DECISION]),
        decided_on=np.full(len(account), DECIDED_ON),
        **who(account),
        **what(sku),
        qty=qty,
        dispatch_by=FIRST + arrive - np.array([TRANSIT_DAYS[region] for region in regions]),
        arrive_by=FIRST + arrive,
        warehouse=Words([served.index(region) for region in regions], [one.name for one in WAREHOUSES]),
        risk=np.round(risk, 2)[found.line],
        until=FIRST + arrive + LAST_DAYS,
        kept=np.round(qty * price * lost[found.line], -2),
    )


def filled(placed: Orders) -> dict[tuple[str, str], float]:
    """Of each line approved, the share of its order that was shipped."""
    found = _found(placed)
    share = placed.shipped[found.order] / placed.qty[found.order]
    return {LINES[n][:2]: float(part) for n, part in zip(found.line, share, strict=True)}


def _found(placed: Orders) -> _Found:
    """Each line's first order to be sent after the decision; one without such an order is left out."""
    decided = axis().at(str(DECIDED_ON))
    soon, late = (decided + days for days in AHEAD_DAYS)
    fits = (shipped_days(placed) >= decided) & (placed.promised >= soon) & (placed.promised <= late)
    pairs = []
    for n, line in enumerate(LINES):
        cell = market.account(line.account) * len(market.SKUS) + market.sku(line.sku)
        behind = np.flatnonzero(fits & (placed.cell == cell))
        pairs += [(n, behind[np.argmin(placed.promised[behind])])] if len(behind) else []
    return _Found(*np.array(pairs, dtype=np.int64).T)
