"""`python -m bench.planted`: the demo company's three trials, read out by the product, against what was planted.

For each seed: the company's registers and sell-out are published into a store of their own and `trials.readout` is
asked. SD01 and SD02 hold an uplift, SD03 a rate of sale, which goes with its season.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np

from analytics.answer import Scope
from analytics.trials import pilots, readout
from analytics.trials.pilots import Row as Pilot
from analytics.trials.readout import Row
from bench.table import Line, printed
from data.datasets import BY_NAME
from data.lake import Receipt
from data.samples import market
from data.samples.company import company
from data.samples.seasons import axis, by_period
from data.samples.truth import TrialEffect
from data.store import Store

READ = ("accounts", "products", "trials", "trial_scope", "sell_out", "promotions", "stock")
LAST = date(2026, 6, 30)
WEEKS = 12  # of SD03 that have ended by LAST
SEEDS, AT_ONCE = 60, 10
Found = tuple[list[Row], list[Pilot], dict[str, TrialEffect]]


def published(seed: int, folder: Path, names: Sequence[str] = READ) -> tuple[Store, dict[str, TrialEffect]]:
    """A store with some of the company's tables, and what its trials do."""
    made, store = company(seed), Store(folder, 256)
    for name in names:
        table = made.tables[name]
        lines = table.append_column("_line", [np.arange(2, table.num_rows + 2)])
        store.lake.commit(BY_NAME[name], lines, Receipt(f"{name}.demo", "", "bench", rows_in=table.num_rows))
    store.version()
    return store, made.truth.trials


def read(seed: int) -> Found:
    """The trials of one company, and the pilots of SD01."""
    with tempfile.TemporaryDirectory() as folder:
        store, truth = published(seed, Path(folder))
        found = readout.ask(store, Scope(LAST)), pilots.ask(store, Scope(LAST, trial="SD01")), truth
        store.close()
    return found


def planted(code: str, truth: dict[str, TrialEffect]) -> float:
    """The uplift, or the rate that the season of its weeks lets expect of a store and week."""
    effect = truth[code]
    if not np.isnan(effect.uplift):
        return effect.uplift
    periods = axis().weeks(axis().at("2026-04-06"), 0, WEEKS - 1)
    return effect.rate / 7 * float(by_period()[periods, market.CATEGORY_OF[market.sku(effect.sku)]].sum()) / WEEKS


def held(row: Row | Pilot, truth: float) -> bool:
    """Whether the 80 % interval shown holds it."""
    return row.low80 is not None and row.high80 is not None and row.low80 <= truth <= row.high80


def lines(found: Sequence[Found]) -> Iterator[Line]:
    """Each trial over all companies, all three together, and SD01's pilots by themselves."""
    every: list[bool] = []
    uplifts: list[bool] = []
    for code in ("SD01", "SD02", "SD03"):
        rows = [(row, planted(code, truth)) for rows, _, truth in found for row in rows if row.trial == code]
        inside = [held(row, truth) for row, truth in rows]
        every += inside
        uplifts += inside if code != "SD03" else []
        apart = np.array([(row.estimate or np.nan) - truth for row, truth in rows])
        words = {w: sum(row.verdict == w for row, _ in rows) for w in readout.URGENT}
        yield Line(f"{code}: 80 % interval holds", 100 * float(np.mean(inside)), unit="%")
        said = ", ".join(f"{word} {n}" for word, n in words.items() if n)
        yield Line(f"{code}: RMSE", float(np.sqrt((apart**2).mean())), unit="", note=said)
    alone = [held(p, truth["SD01"].uplift) for _, own, truth in found for p in own if not p.whole]
    yield Line("SD01's pilots, each alone: 80 % interval holds", 100 * float(np.mean(alone)), unit="%")
    share = 100 * float(np.mean(uplifts))
    within = "76 to 88: reached" if 76 <= share <= 88 else "76 to 88: NOT REACHED"
    yield Line(f"uplifts, {len(found)} companies: 80 % interval holds", share, unit="%", note=within)
    yield Line("all three: 80 % interval holds", 100 * float(np.mean(every)), unit="%")


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.planted", description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS, help=f"companies, {SEEDS} unless told")
    found: list[Found] = []
    for first in range(1, parser.parse_args().seeds + 1, AT_ONCE):
        with ProcessPoolExecutor(1) as pool:  # what stores hold is freed with their process
            found += pool.map(read, range(first, first + AT_ONCE))
    print(printed(list(lines(found))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
