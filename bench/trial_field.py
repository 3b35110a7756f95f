"""How good is what a trial shows beside its effect? Planted truth of the demo company over many seeds.

How often the 80 % interval of the cannibalised share holds the planted share, and how far share and rate are off; as
the trial goes on. The question is asked as a page asks it, of a store with the tables that it reads.

python -m bench.trial_field [seeds]
"""

import sys
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics.answer import Scope
from analytics.trials import field
from analytics.trials.pieces import Row
from data.datasets import BY_NAME
from data.lake import Receipt
from data.samples import market
from data.samples.company import company
from data.samples.seasons import axis, by_period
from data.samples.trials import TRIALS
from data.store import Store

SEEDS = 60
TRIAL = "SD03"
STARTS = date(2026, 4, 6)
WEEKS = (8, 12)  # that the trial has run; the demo's data ends in its thirteenth
READ = ("trials", "trial_scope", "sell_out", "accounts")


@dataclass(frozen=True, slots=True)
class Seen:
    """What one company's trial shows after so many weeks, and what was planted."""

    row: Row
    rate: float
    share: float


def seen(seed: int, weeks: tuple[int, ...] = WEEKS) -> list[Seen]:
    """The total's row of the demo company of a seed, after each number of weeks."""
    drawn = company(seed)
    truth = drawn.truth.trials[TRIAL]
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), memory_mb=512)
        for name in READ:
            store.lake.commit(BY_NAME[name], _numbered(drawn.tables[name]), Receipt("bench", "", "bench"))
        store.version()
        days = [STARTS + timedelta(days=7 * n - 1) for n in weeks]
        found = [
            Seen(field.ask(store, Scope(day, trial=TRIAL))[0], in_season(truth.rate, n), truth.cannibalised)
            for n, day in zip(weeks, days, strict=True)
        ]
        store.close()
    return found


def in_season(rate: float, weeks: int) -> float:
    """What a rate of a usual week comes to in the season of the trial's first weeks."""
    sku = market.sku(next(t.sku for t in TRIALS if t.code == TRIAL))
    periods = axis().weeks(axis().at(STARTS.isoformat()), 0, weeks - 1)
    return rate * float(by_period()[periods, market.CATEGORY_OF[sku]].sum()) / (7 * weeks)


def _numbered(table: pa.Table) -> pa.Table:
    return table.append_column("_line", pa.array(range(2, len(table) + 2), pa.int64()))


def main() -> None:
    """Print the figures of docs/methods.md."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    companies = [seen(seed) for seed in range(1, seeds + 1)]
    for n, weeks in enumerate(WEEKS):
        rows = [found[n] for found in companies]
        off = np.array([s.row.taken_share - s.share for s in rows if s.row.taken_share is not None])
        ends = [(s.row.taken_low, s.row.taken_high, s.share) for s in rows]
        held = np.mean([low is not None and high is not None and low <= share <= high for low, high, share in ends])
        wide = np.mean([(high or 0) - (low or 0) for low, high, _ in ends])
        rate = np.array([(s.row.rate or 0.0) / s.rate - 1 for s in rows])
        told, sure = np.mean([s.row.told for s in rows]), np.mean([(low or 0) > 0 for low, _, _ in ends])
        print(f"{weeks} weeks, {len(rows)} companies: interval holds {held:.2f}, {wide:.2f} wide, told {told:.2f}, "
              f"above nothing {sure:.2f}; share off {off.mean():+.3f}, RMSE {np.sqrt((off**2).mean()):.3f}; "
              f"rate off {rate.mean():+.3f}, RMSE {np.sqrt((rate**2).mean()):.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
