"""How often does what is said to run out run out? The demo company's plans, month by month, against its true demand.

A place is out when more was asked for within 21 days than was on hand and in transit: what happens unless more is sent.

python -m bench.outs
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analytics.answer import Scope, months_back
from analytics.supply import cover, plan, risk
from analytics.supply.plan import REACT_DAYS
from data.home import Home
from data.samples.company import company
from data.samples.truth import Baseline
from data.store import Store

Array = NDArray[np.float64]
MONTHS, LAST = 12, date(2026, 5, 31)  # the last month end with 21 days of truth after it
BINS = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 1.01)


@dataclass(frozen=True, slots=True)
class Said:
    """Chances that were said, and whether what was there was asked for: (places,)."""

    chance: Array
    out: NDArray[np.bool_]


def asked(truth: Baseline, as_of: date, days: int) -> Array:
    """What people came for in the `days` after `as_of`, (accounts, skus); a period in part counts by its days."""
    first = np.datetime64(as_of) + 1
    starts, ends = truth.starts.astype("datetime64[D]"), truth.ends.astype("datetime64[D]") + 1
    inside = (np.minimum(ends, first + days) - np.maximum(starts, first)).astype(int).clip(0)
    return np.tensordot(inside / (ends - starts).astype(int), truth.demand, axes=(0, 0))


def said(store: Store, truth: Baseline, as_of: date) -> Said:
    """Every place that is planned on a day."""
    rows = cover.ask(store, scope := Scope(as_of))
    there = {(r.account, r.sku): (r.on_hand or 0.0) + (r.in_transit or 0.0) for r in rows if not r.state}
    chances = store.execute(
        "SELECT account AS account, sku AS sku, risk AS risk FROM supply_plan WHERE kept = $kept AND state = ''",
        kept=plan.keep(store, scope),
    )
    pieces = asked(truth, as_of, REACT_DAYS)
    place = {(a, s): (i, j) for i, a in enumerate(truth.accounts) for j, s in enumerate(truth.skus)}
    out = [pieces[place[a, s]] > there[a, s] for a, s, _ in chances]
    return Said(np.array([p for _, _, p in chances], dtype=float), np.array(out))


def months(store: Store, truth: Baseline) -> Iterator[Said]:
    """Month end by month end, the newest first."""
    for n in range(MONTHS):
        yield said(store, truth, months_back(LAST, n - 1) - timedelta(days=1))


def main() -> None:
    """Print the figures of docs/methods.md."""
    truth = company().truth.baseline
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        home.make_demo()
        store = home.store()
        store.version()
        found = list(months(store, truth))
    chance, out = np.concatenate([f.chance for f in found]), np.concatenate([f.out for f in found])
    print(f"{len(out)} places in {len(found)} months, {out.sum()} out")
    for low, high in pairwise(BINS):
        mine = (chance >= low) & (chance < high)
        print(f"said {low:.2f}-{high:.2f}: {mine.sum()}, mean {chance[mine].mean():.3f}, out {out[mine].mean():.3f}")
    for limit in (risk.LISTED, risk.RISKY):
        mine = chance >= limit
        part = out[mine].sum() / out.sum()
        print(f"from {limit}: {mine.sum()}, out {out[mine].mean():.3f}, of all that were out {part:.3f}")


if __name__ == "__main__":
    main()
