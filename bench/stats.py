"""`python -m bench.stats`: what the statistics reach, on panels with known truth and on Walmart's, against their bars.

Every figure of docs/methods.md comes from here. Walmart's lines need WEATHERGLASS_REAL_DATA and are left out, saying
so, without it. Seeds are fixed: a second run prints the same figures, CPU seconds apart.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from analytics.stats import alarms, landing, rhythm
from analytics.stats.forecast import Forecast, forecast, points
from analytics.stats.lead import lead
from analytics.stats.seasonal import MONTHLY, WEEKLY, Season
from bench import barometer, panels
from bench.panels import Array, Nature, Walmart, accounts, dropped, inert, led, seasonal
from bench.table import Line, at_least, at_most, printed

ORIGINS = ((13, (91, 104, 117, 130)), (26, (91, 104, 117)))  # horizon, weeks known; 91 is before the second Christmas
MONTHS = (3, (19, 21, 24, 27))
STEADY, RESTLESS = (
    Nature(0.03, 0.005),
    Nature(0.05, 0.005),
)  # weekly noise; Walmart's stores have .036 beside their peers


@dataclass(frozen=True, slots=True)
class Scores:
    """Of one forecast against what came: errors as shares of Σ|came|, bias as a share, covers as shares."""

    wape: float
    naive: float  # last year's values
    bias: float
    cover: float
    total_cover: float


def scores(series: Array, codes: np.ndarray, origin: int, horizon: int, season: Season) -> tuple[Scores, Forecast]:
    """Forecast from the first `origin` periods, judged by the next `horizon`; what got no forecast counts as 0."""
    came = series[:, origin : origin + horizon]
    told = forecast(series[:, :origin], codes, horizon, season)
    before = series[:, origin - season.period :][:, :horizon]
    points_or_0, size = np.nan_to_num(told.points), np.abs(came).sum()
    inside = (came >= told.band.low) & (came <= told.band.high)
    total = came.sum(axis=1)
    total_inside = (total >= told.total_band.low[:, -1]) & (total <= told.total_band.high[:, -1])
    banded = ~np.isnan(told.points[:, 0])
    return Scores(
        wape=float(np.abs(came - points_or_0).sum() / size),
        naive=float(np.abs(came - before).sum() / size),
        bias=float(points_or_0.sum() / came.sum() - 1),
        cover=float(inside[banded].mean()),
        total_cover=float(total_inside[banded].mean()),
    ), told


def forecasts(real: Walmart | None) -> Iterator[Line]:
    """Walmart by week and by month, every origin, and the CPU."""
    if real is None:
        yield Line("Walmart", None, note=f"left out: {panels.REAL} names no folder")
        return
    panel = real.whole()
    codes = panel.department
    for horizon, origins in ORIGINS:
        for origin in origins:
            found, _ = scores(panel.sales, codes, origin, horizon, WEEKLY)
            yield from _scored(f"{horizon} weeks from week {origin}", found)
    yield _cpu("CPU s per 1,000 series, points", 0.1, panel, lambda known: points(known, codes, 13, WEEKLY))
    yield _cpu("CPU s per 1,000 series, with bands", 0.5, panel, lambda known: forecast(known, codes, 13, WEEKLY))
    for origin in MONTHS[1]:
        found, _ = scores(panel.months(), codes, origin, MONTHS[0], MONTHLY)
        yield from _scored(f"{MONTHS[0]} months from month {origin}", found)


def _scored(name: str, found: Scores) -> Iterator[Line]:
    pct = 100
    yield Line(f"{name}: WAPE", found.wape * pct, found.naive * pct, "%", "seasonal naive", (at_most(0.90),))
    yield Line(f"{name}: |bias|", abs(found.bias) * pct, unit="%", bars=(at_most(3, "ours"),))
    for what, cover in (("a period", found.cover), ("the total", found.total_cover)):
        off = abs(cover - 0.81) * pct  # the bar is 74 to 88
        yield Line(f"{name}: 80 % band holds {what}", cover * pct, unit="%", note=_within(off, 7, "74 to 88"))


def _within(off: float, limit: float, what: str) -> str:
    return f"{what}: {'reached' if off <= limit else 'NOT REACHED'}"


def _cpu(name: str, limit: float, panel: Walmart, run: Callable[[Array], object]) -> Line:
    known, taken = panel.sales[:, :130], []
    for _ in range(5):
        start = time.process_time()
        run(known)
        taken.append(time.process_time() - start)
    return Line(name, float(np.median(taken)) * 1e3 / len(known), unit="s", bars=(at_most(limit, "ours"),))


@dataclass(frozen=True, slots=True)
class Watched:
    """How alarms did: false ones per account-year, share of drops found in time, median periods to it, median size."""

    false: float
    found: float
    periods: float
    size: float


def watched(worlds: list[Array], times: list[int], within: int, how: alarms.Watch, period: int) -> Watched:
    """Every world as it is, then each fifth of its accounts dropped by a fifth at each time."""
    false, years, hits, tried, lags, sizes = 0, 0.0, 0, 0, [], []
    for world in worlds:
        codes = np.zeros(len(world), int)
        calm = alarms.watch(world, codes, how)
        false += len(calm.alarms)
        years += float((~np.isnan(calm.z)).sum()) / period
        for at in times:
            for part in range(5):
                which = np.arange(part, len(world), 5)
                told = alarms.watch(dropped(world, which, at), codes, how).alarms
                first = {a.series: a for a in reversed(told) if a.series in which and at <= a.raised < at + within}
                hits, tried = hits + len(first), tried + len(which)
                lags += [a.raised - at + 1 for a in first.values()]
                sizes += [a.drop for a in first.values()]
    return Watched(false / years, hits / tried, float(np.median(lags)), float(np.nanmedian(sizes)))


def alarm_lines(real: Walmart | None) -> Iterator[Line]:
    """Weekly, simulated and Walmart's stores; monthly at 36 months."""
    weeks = dict(within=8, how=alarms.WEEKS, period=52)
    for name, nature, barred in (("3 % noise", STEADY, True), ("5 % noise", RESTLESS, False)):
        worlds = [accounts(seed, nature, 52, 156) for seed in range(5)]
        yield from _alarmed(f"weeks, simulated, {name}", watched(worlds, [100, 110, 130], **weeks), "weeks", barred)
    if real is not None:
        found = watched([real.stores()], [80, 92, 100, 110, 120, 130], **weeks)
        yield from _alarmed("weeks, Walmart's 45 stores", found, "weeks", True)
    for noise in (0.03, 0.05, 0.08):
        worlds = [accounts(seed, Nature(noise, 0.01), 12, 36) for seed in range(10)]
        found = watched(worlds, [28, 30, 32], 2, alarms.MONTHS, 12)
        yield from _alarmed(f"36 months, simulated, {noise:.0%} noise", found, "months", False)


def _alarmed(name: str, found: Watched, unit: str, barred: bool) -> Iterator[Line]:
    yield Line(f"{name}: false alarms", found.false, unit="/account-year", bars=(at_most(0.25, "ours"),))
    bars = (at_least(90, "ours"),) if barred else ()
    yield Line(f"{name}: drops of 20 % found in time", found.found * 100, unit="%", bars=bars)
    yield Line(f"{name}: found after, median", found.periods, unit=unit)
    yield Line(f"{name}: size told, median", found.size * 100, unit="%")


Pair = Callable[[np.random.Generator, int], tuple[Array, Array]]
PLACEBOS: dict[str, Pair] = {
    "white noise": lambda r, n: (inert(r, n, 0.0), inert(r, n, 0.0)),
    "inertia .5": lambda r, n: (inert(r, n, 0.5), inert(r, n, 0.5)),
    "inertia .9": lambda r, n: (inert(r, n, 0.9), inert(r, n, 0.9)),
    "random walks": lambda r, n: (inert(r, n, 1.0), inert(r, n, 1.0)),
    "seasons apart": lambda r, n: (seasonal(r, n, 0.8, None, False), seasonal(r, n, 0.8, None, False)),
    "one season, x first": lambda r, n: (seasonal(r, n, 0.8, 3, False), seasonal(r, n, 0.8, 0, False)),
    "one sharp peak, x first": lambda r, n: (seasonal(r, n, 0.8, 3, True), seasonal(r, n, 0.8, 0, True)),
    "a true lead, shuffled": lambda r, n: (lambda x, y: (r.permutation(x), y))(*led(r, n)),
}


def leading(pair: Pair, months: int, runs: int) -> float:
    """Share of runs in which the gate says "leading"."""
    found = (lead(*pair(np.random.default_rng([seed, months]), months)).status for seed in range(runs))
    return sum(status == "leading" for status in found) / runs


def lead_lines(real: Walmart | None) -> Iterator[Line]:
    """Placebos and true leads at 36, 48 and 60 months."""
    for months, needed in ((36, 80), (48, 90), (60, 90)):
        for name, pair in PLACEBOS.items():
            said = leading(pair, months, 400)
            yield Line(f"{months} months, {name}: 'leading'", said * 100, unit="%", bars=(at_most(10, "ours"),))
        weak = leading(lambda rng, n: led(rng, n, 0.7), months, 400)
        yield Line(f"{months} months, a weaker lead found", weak * 100, unit="%")
        said = leading(led, months, 400)
        yield Line(f"{months} months, a true lead found", said * 100, unit="%", bars=(at_least(needed, "ours"),))


def landed(nature: Nature, ahead: int, worlds: int, count: int, months: int = 48) -> tuple[float, float]:
    """Share of years inside the 80 % band, and mean squared error of the probability of a target 3 % above or below."""
    inside, brier = [], []
    for seed in range(worlds):
        panel = accounts(seed, nature, 12, months, count)
        known, codes = panel[:, : months - ahead], np.zeros(count, int)
        laws = landing.error_laws(known, codes, MONTHLY, ahead)
        told = points(known, codes, ahead, MONTHLY)
        for line, ahead_of, law in zip(panel, told, laws, strict=True):
            assert law is not None
            actual = np.concatenate([line[-12 : months - ahead], np.full(ahead, np.nan)])
            full, year = np.concatenate([np.full(12 - ahead, np.nan), ahead_of]), float(line[-12:].sum())
            target = (float(np.nansum(actual)) + float(ahead_of.sum())) * (1.03 if seed % 2 else 0.97)
            found = landing.landing(actual, full, target, law)
            inside.append(found.low <= year <= found.high)
            brier.append((found.probability - (year >= target)) ** 2)
    return float(np.mean(inside)), float(np.mean(brier))


def landing_lines(real: Walmart | None) -> Iterator[Line]:
    """Accounts, and a single series without peers."""
    for count, worlds, months in ((24, 20, 48), (24, 20, 36), (1, 400, 48), (1, 400, 36)):
        for nature in (Nature(0.05, 0.0), Nature(0.05, 0.01), Nature(0.05, 0.03), Nature(0.1, 0.02)):
            for ahead in (2, 3, 6, 9):
                cover, brier = landed(nature, ahead, worlds, count, months)
                name = (
                    f"{count} series, {months} months, noise {nature.noise:.0%}, step {nature.step:.0%}, {ahead} open"
                )
                note = _within(abs(cover - 0.81), 0.07, "74 to 88") + f"; Brier {brier:.3f}"
                yield Line(f"{name}: 80 % band holds", cover * 100, unit="%", note=note)


GAPS: dict[str, Callable[[np.random.Generator], Array]] = {
    "weekly, regular": lambda r: r.normal(7, 1, 400),
    "fortnightly, spread .4": lambda r: 14 * np.exp(r.normal(0, 0.4, 300)),
    "fortnightly, by chance": lambda r: r.exponential(14, 300),
    "quarterly": lambda r: 92 * np.exp(r.normal(0, 0.2, 60)),
}


def silences(gaps: Callable[[np.random.Generator], Array], runs: int) -> float:
    """False silences per account and year, of accounts that never changed, in their third year."""
    said = 0
    for seed in range(runs):
        days = np.cumsum(np.maximum(1, np.round(gaps(np.random.default_rng(seed))))).astype(int)
        for last, following in pairwise(days):
            if 730 <= last < 1095:
                said += bool(rhythm.rhythm(days[days <= last], int(following) - 1).silent)
    return said / runs


def slips(months: int, fall: float, noise: float, runs: int) -> float:
    """Share of accounts called slipping when their last three months fell by `fall`."""
    said = 0
    for seed in range(runs):
        sales = np.exp(np.random.default_rng(seed).normal(0, noise, months))
        sales[-3:] *= 1 - fall
        said += rhythm.slip(sales).verdict == "slipping"
    return said / runs


def rhythm_lines(real: Walmart | None) -> Iterator[Line]:
    """Silences by kind of buyer; slopes by size of fall."""
    for name, gaps in GAPS.items():
        yield Line(f"{name}: false silences", silences(gaps, 300), unit="/account-year", bars=(at_most(0.25, "ours"),))
    for months in (13, 24, 36):
        false = slips(months, 0.0, 0.08, 3000) * 100
        yield Line(f"{months} months, noise 8 %: steady called slipping", false, unit="%", bars=(at_most(5, "ours"),))
        for fall in (0.1, 0.2, 0.3):
            yield Line(
                f"{months} months, noise 8 %: fall of {fall:.0%} found", slips(months, fall, 0.08, 1000) * 100, unit="%"
            )


PARTS = {
    "forecast": forecasts,
    "alarms": alarm_lines,
    "lead": lead_lines,
    "landing": landing_lines,
    "rhythm": rhythm_lines,
    "barometer": lambda real: barometer.lines(),
}


def main() -> int:
    """Print one table a part."""
    parser = argparse.ArgumentParser(prog="python -m bench.stats", description=__doc__)
    parser.add_argument("--only", choices=PARTS, help="one part")
    only = parser.parse_args().only
    folder = panels.real()
    real = panels.walmart(folder) if folder else None
    missed = 0
    for name in [only] if only else PARTS:
        lines = list(PARTS[name](real))
        missed += sum(line.reached is False or "NOT REACHED" in line.note for line in lines)
        print(f"\n{name}\n{printed(lines)}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
