"""`python -m bench.trials`: what the read-out of trials reaches, where the truth is known, against its bars.

A measure of known size is put on accounts that had none: made ones, and departments and stores of Walmart. GeoLift and
the fast-food launch are published. Real data needs WEATHERGLASS_REAL_DATA and is left out, saying so, without it. Seeds
are fixed: a second run prints the same figures, CPU seconds apart.
"""

import argparse
import csv
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analytics.stats.arms import Contrast, compare
from analytics.stats.decide import Estimate, decide
from analytics.stats.rates import Rates, rates
from analytics.stats.synthetic import Readout, read
from bench import panels
from bench.panels import Array, Nature, accounts
from bench.table import Line, at_least, at_most, printed

Panels = Callable[[int], Array]  # (units, weeks) by run
WEEKS, BEFORE, RECENT = 8, 104, 52
PILOTS, PLANTED, TARGET = 6, 0.10, 0.05
HELD = 0.8, 0.95
MADE = Nature(
    0.05, 0.005
)  # as bench.stats' restless accounts: Walmart's stores swing by .036 a week beside their peers


@dataclass(frozen=True, slots=True)
class Scores:
    """Of many trials: errors as shares, the rest shares of the trials (of each pilot's for `each_held`)."""

    rmse: float
    within: float  # 5 percentage points of the truth
    held: tuple[float, ...]  # by the intervals of HELD
    each_held: float  # by the 80 % interval of a pilot by itself
    go: float  # of trials with PLANTED against TARGET
    false_go: float  # of trials without any effect


def made(run: int) -> Array:
    """24 made accounts of 156 weeks: season, walking levels, 5 % of noise a week."""
    return accounts(run, MADE, 52, 156)


def injected(panel: Panels, runs: int, controls: int = 18, seed: int = 0) -> Scores:
    """Read `runs` trials of PILOTS units and WEEKS weeks, with PLANTED and with nothing planted."""
    rng, found = np.random.default_rng(seed), []
    for run in range(runs):
        units = panel(run)
        drawn, end = rng.permutation(len(units)), int(rng.integers(BEFORE + WEEKS, units.shape[1] + 1))
        spell = units[:, end - WEEKS - BEFORE : end]
        pilots, others = spell[drawn[:PILOTS]], spell[drawn[PILOTS : PILOTS + controls]]
        lifted = pilots.copy()
        lifted[:, -WEEKS:] *= 1 + PLANTED
        with_it, without = (read(one, others, BEFORE, RECENT) for one in (lifted, pilots))
        if isinstance(with_it, Readout) and isinstance(without, Readout):
            found.append((with_it, without))
    return _scores(found)


def peeked(panel: Panels, runs: int, seed: int = 0) -> float:
    """Share of trials with nothing planted that said go at any look from the second week to the last."""
    rng, went = np.random.default_rng(seed), 0
    for run in range(runs):
        drawn, spell = rng.permutation(24), panel(run)[:, -BEFORE - WEEKS :]
        pilots, others = spell[drawn[:PILOTS]], spell[drawn[PILOTS:]]
        for weeks in range(2, WEEKS + 1):
            found = read(pilots[:, : BEFORE + weeks], others[:, : BEFORE + weeks], BEFORE, RECENT)
            if isinstance(found, Readout) and decide(found.ratio, TARGET, weeks).word == "go":
                went += 1
                break
    return went / runs


def _scores(found: list[tuple[Readout, Readout]]) -> Scores:
    misses = np.array([one.ratio.value - PLANTED for one, _ in found])
    each = [_holds(pilot, 0.8) for one, _ in found for pilot in one.each if pilot is not None]
    return Scores(
        rmse=float(np.sqrt((misses**2).mean())),
        within=float((np.abs(misses) <= 0.05).mean()),
        held=tuple(float(np.mean([_holds(one.ratio, share) for one, _ in found])) for share in HELD),
        each_held=float(np.mean(each)),
        go=float(np.mean([decide(one.ratio, TARGET, WEEKS).word == "go" for one, _ in found])),
        false_go=float(np.mean([decide(none.ratio, TARGET, WEEKS).word == "go" for _, none in found])),
    )


def _holds(found: Estimate, share: float) -> bool:
    low, high = found.band(share)
    return low <= PLANTED <= high


def injection_lines(real: Path | None) -> Iterator[Line]:
    """Made accounts, held to the bars; Walmart's stores and departments, told beside them."""
    yield from _injected("made accounts", injected(made, 200), held=True)
    yield Line("made accounts: go at any weekly look, nothing planted", peeked(made, 100) * 100, unit="%")
    if real is None:
        yield Line("Walmart", None, note=f"left out: {panels.REAL} names no folder")
        return
    panel = panels.walmart(real)
    stores, whole = panel.stores(), panel.whole()
    sold = [whole.sales[whole.department == d] for d in np.unique(whole.department)]
    full = [units for units in sold if len(units) >= 40 and (units.mean(axis=1) > 0).all()]
    yield from _injected("Walmart's stores", injected(lambda run: stores, 200, 39))
    yield from _injected("Walmart's departments", injected(lambda run: full[run % len(full)], 200, 34))
    yield from _injected("departments, 10 controls", injected(lambda run: full[run % len(full)], 200, 10))


def _injected(name: str, found: Scores, *, held: bool = False) -> Iterator[Line]:
    def bars(*one):
        return one if held else ()

    yield Line(f"{name}: RMSE", found.rmse * 100, unit="pp")
    yield Line(f"{name}: within 5 pp", found.within * 100, unit="%", bars=bars(at_least(88, "ours")))
    yield Line(f"{name}: 80 % interval holds", found.held[0] * 100, unit="%")
    yield Line(f"{name}: 95 % interval holds", found.held[1] * 100, unit="%", bars=bars(at_least(92, "ours")))
    yield Line(f"{name}: a pilot's 80 % interval holds", found.each_held * 100, unit="%")
    yield Line(f"{name}: go, 10 % planted against 5 %", found.go * 100, unit="%")
    yield Line(f"{name}: go, nothing planted", found.false_go * 100, unit="%", bars=bars(at_most(12, "ours")))


def geolift(real: Path) -> Readout:
    """Chicago and Portland against 38 other cities, the last 15 of 105 days."""
    with (real / "geolift" / "geolift.csv").open(encoding="utf-8") as file:
        names, *days = list(csv.reader(file))
    sales, treated = np.array(days, dtype=float).T[1:], np.isin(names[1:], ("chicago", "portland"))
    found = read(sales[treated], sales[~treated], 90, alike=True)
    assert isinstance(found, Readout)
    return found


def launch(real: Path, *, by_market: bool) -> Contrast:
    """Promotion 1 against 3 of the fast-food launch, thousands a store and week."""
    with (real / "fastfood_launch" / "WA_original.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    arm, unit, market = (np.array([int(r[n]) for r in rows]) for n in ("Promotion", "LocationID", "MarketID"))
    sold = np.array([float(r["SalesInThousands"]) for r in rows])
    found = [one for one in compare(sold, arm, unit, market if by_market else None) if isinstance(one, Contrast)]
    return next(one for one in found if (one.first, one.second) == (1, 3))


def published_lines(real: Path | None) -> Iterator[Line]:
    """Against what others published."""
    if real is None:
        yield Line("GeoLift, fast-food launch", None, note=f"left out: {panels.REAL} names no folder")
        return
    found = geolift(real)
    yield Line("GeoLift: lift", found.ratio.value * 100, 5.4, "%", "published", (at_most(0.1, "difference"),))
    yield Line("GeoLift: a city and day", found.gain / 2, 155.556, "", "published")
    for by_market, name in ((False, "without market effects"), (True, "with")):
        one = launch(real, by_market=by_market).difference
        low, high = one.band(0.95)
        yield Line(f"launch, promotion 1 - 3, {name}", one.value, unit="k", note=f"[{low:.1f}, {high:.1f}]")


def launched(runs: int, true: float, swing: float = 0.25, seed: int = 0) -> list[Rates]:
    """Trials of a new product at PILOTS accounts of 5 stores over WEEKS weeks; accounts differ by `swing` (log)."""
    rng = np.random.default_rng(seed)
    stores = np.full(PILOTS, 5.0)
    drawn = (rng.poisson(true * 5 * np.exp(rng.normal(0, swing, (PILOTS, 1))), (PILOTS, WEEKS)) for _ in range(runs))
    return [found for pieces in drawn if isinstance(found := rates(pieces.astype(float), stores), Rates)]


def launch_lines() -> Iterator[Line]:
    """A new product that sells 1.6 a store and week, or 1.0, against a target of 1.2."""
    for true, swing in ((1.6, 0.25), (1.6, 0.0), (1.0, 0.25), (1.0, 0.5)):
        found = [one.typical for one in launched(1000, true, swing)]
        held = float(np.mean([one.band(0.8)[0] <= np.log(true) <= one.band(0.8)[1] for one in found]))
        go = float(np.mean([decide(one, float(np.log(1.2)), WEEKS).word == "go" for one in found]))
        bars = (at_most(12, "ours"),) if true < 1.2 and swing < 0.5 else ()
        yield Line(f"sells {true}, accounts differ by {swing}: 80 % interval holds", held * 100, unit="%")
        yield Line(f"sells {true}, accounts differ by {swing}: go against 1.2", go * 100, unit="%", bars=bars)


def many(trials: int = 50, controls: int = 200, weeks: int = 156) -> float:
    """CPU seconds to read out so many trials, placebos included."""
    units = accounts(1, MADE, 52, weeks, PILOTS + controls)
    start = time.process_time()
    for _ in range(trials):
        read(units[:PILOTS], units[PILOTS:], weeks - WEEKS, RECENT)
    return time.process_time() - start


def speed_lines() -> Iterator[Line]:
    """The read-out at size."""
    yield Line("50 trials x 200 controls x 156 weeks", many(), unit="CPU s", bars=(at_most(2, "ours"),))


PARTS: dict[str, Callable[[Path | None], Iterator[Line]]] = {
    "injections": injection_lines,
    "published": published_lines,
    "launches": lambda real: launch_lines(),
    "speed": lambda real: speed_lines(),
}


def main() -> int:
    """Print one table a part."""
    parser = argparse.ArgumentParser(prog="python -m bench.trials", description=__doc__)
    parser.add_argument("--only", choices=PARTS, help="one part")
    only = parser.parse_args().only
    missed = 0
    for name in [only] if only else PARTS:
        lines = list(PARTS[name](panels.real()))
        missed += sum(line.reached is False for line in lines)
        print(f"\n{name}\n{printed(lines)}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
