"""`python -m bench.promotions`: how far what promotions are said to have brought is from what they did.

Programmes are made from a seed: 24 accounts × 16 products × 156 weeks in two categories with seasons, peaks, levels
that drift by account and product, whole pieces, and eight promotions an account, of one to three products each, with
known uplift, pull-forward and cannibalisation. Beside ours stands what is usual: the mean of the
eight weeks before as the baseline. The demo company is drawn from as many seeds, and what is shown is held against
what was planted. Seeds are fixed; a second run prints the same.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.typing import NDArray

from analytics.stats.placebo import Z
from analytics.stats.programme import programme as together
from analytics.stats.promotion import effects
from analytics.stats.seasonal import WEEKLY
from analytics.stats.unpromoted import AFTER, Promoted, Sold
from bench.promoted import PARTS, foretold, judged
from bench.table import Line, at_most, printed

Array = NDArray[np.float64]
ACCOUNTS, PRODUCTS, CATEGORIES, WEEKS, EACH = 24, 16, 2, 156, 8
TOGETHER = 3  # products of one promotion at most
PROGRAMMES, SEEDS = 80, 40
DIP = np.array([0.4, 0.3, 0.2, 0.1])
BEFORE = 8  # weeks whose mean is the usual baseline
GROSS_BAR, NET_BAR = 5.0, 15.0  # % that nine programmes in ten have to keep within


@dataclass(frozen=True, slots=True)
class Programme:
    """What was sold, what was promoted, and what each promotion did: gross, dip and beside in pieces (deals,)."""

    sold: Sold
    promoted: Promoted
    gross: Array
    dip: Array
    beside: Array

    @property
    def net(self) -> Array:
        """Pieces when all is over."""
        return self.gross + self.dip + self.beside


@dataclass(frozen=True, slots=True)
class Told:
    """Of one programme: errors of gross and net as shares of the truth, ours and with the usual baseline, and of the
    bare sum of our measurements; gross told as net, as a share of the true net; whether the net's interval holds."""

    gross: float
    net: float
    bare_net: float
    usual_gross: float
    usual_net: float
    overstated: float
    held: bool


def programme(seed: int) -> Programme:
    """One programme, eight promotions an account, each of one to three products of a category."""
    rng = np.random.default_rng(seed)
    expected = _expected(rng)
    account = np.repeat(np.arange(ACCOUNTS), PRODUCTS)
    sku = np.tile(np.arange(PRODUCTS), ACCOUNTS)
    category = sku % CATEGORIES
    promoted = _promoted(rng)
    changed, parts = _changed(rng, expected, promoted, account, category)
    swing = rng.normal(0, 0.04, (ACCOUNTS, CATEGORIES, WEEKS))[account, category]
    y = rng.poisson(np.maximum(changed, 0) * np.exp(swing + rng.normal(0, 0.07, changed.shape))).astype(float)
    return Programme(Sold(y, account, sku, category, WEEKLY), promoted, *parts)


def _expected(rng: np.random.Generator) -> Array:
    """Pieces a week without promotions: size × season × peaks × drifting levels, (series, weeks)."""
    week = np.arange(WEEKS)
    phase, wave = rng.uniform(0, 52, CATEGORIES), rng.uniform(0.1, 0.35, CATEGORIES)
    season = wave[:, None] * np.sin(2 * np.pi * (week - phase[:, None]) / 52)
    for peak in (17, 24, 39, 45):
        season = season + rng.uniform(0.1, 0.5) * (week % 52 == peak)
    drift = np.cumsum(rng.normal(0, 0.006, (ACCOUNTS, WEEKS)), axis=1) + np.cumsum(rng.normal(0, 0.006, WEEKS))
    own = np.cumsum(rng.normal(0, 0.006, (ACCOUNTS * PRODUCTS, WEEKS)), axis=1)
    size = np.outer(rng.lognormal(0, 0.7, ACCOUNTS), rng.lognormal(3.8, 0.6, PRODUCTS)).ravel()
    kind = np.tile(np.arange(PRODUCTS), ACCOUNTS) % CATEGORIES
    return size[:, None] * np.exp(season[kind] + np.repeat(drift, PRODUCTS, axis=0) + own)


def _promoted(rng: np.random.Generator) -> Promoted:
    """What is promoted when: every account's promotions stand at least ten weeks apart."""
    deals = ACCOUNTS * EACH
    start = 14 + 17 * np.tile(np.arange(EACH), ACCOUNTS) + rng.integers(0, 4, deals)
    weeks = rng.integers(1, 4, deals)
    rows = []
    for deal, count in enumerate(rng.integers(1, TOGETHER + 1, deals)):
        choice = rng.choice(PRODUCTS // CATEGORIES, count, replace=False) * CATEGORIES + rng.integers(0, CATEGORIES)
        rows += [(deal // EACH * PRODUCTS + sku, start[deal], weeks[deal], deal) for sku in choice]
    return Promoted(*np.array(rows).T)


def _changed(
    rng: np.random.Generator, expected: Array, promoted: Promoted, account: NDArray, category: NDArray
) -> tuple[Array, list[Array]]:
    """Sales with the promotions, and what each did."""
    changed, deals = expected.copy(), int(promoted.deal.max()) + 1
    uplift, pulled, taken = rng.uniform(0.2, 0.9, deals), rng.uniform(0.15, 0.4, deals), rng.uniform(0.05, 0.2, deals)
    parts = [np.zeros(deals) for _ in range(3)]
    for n in range(deals):
        rows = np.flatnonzero(promoted.deal == n)
        series, start = promoted.series[rows], int(promoted.start[rows[0]])
        end = start + int(promoted.weeks[rows[0]])
        gained = uplift[n] * expected[series, start:end]
        changed[series, start:end] += gained
        changed[series, end : end + AFTER] -= pulled[n] * gained.sum(axis=1, keepdims=True) * DIP
        beside = (account == account[series[0]]) & (category == category[series[0]])
        beside[series] = False
        share = expected[beside, start:end] / expected[beside, start:end].sum(axis=0)
        changed[beside, start:end] -= share * taken[n] * gained.sum(axis=0)
        for part, size in zip(parts, (1.0, -pulled[n], -taken[n]), strict=True):
            part[n] = size * gained.sum()
    return changed, parts


def told(made: Programme) -> Told:
    """What ours and the usual baseline say of a programme."""
    found = effects(made.sold, made.promoted)
    settled = together(found)
    assert settled is not None
    whole = settled.total()
    usual = [_usual(made, n) for n in range(len(made.gross))]
    gross, net = float(made.gross.sum()), float(made.net.sum())
    return Told(
        whole.gross.mean / gross - 1,
        whole.net.mean / net - 1,
        sum(e.net.pcs for e in found) / net - 1,
        sum(u[0] for u in usual) / gross - 1,
        sum(sum(u) for u in usual) / net - 1,
        whole.gross.mean / net - 1,
        abs(whole.net.mean - net) <= Z * whole.net.error,
    )


def _usual(made: Programme, deal: int) -> tuple[float, float, float]:
    """Gross, dip and beside against the mean of the eight weeks before."""
    rows = np.flatnonzero(made.promoted.deal == deal)
    series, start = made.promoted.series[rows], int(made.promoted.start[rows[0]])
    end, y, sold = start + int(made.promoted.weeks[rows[0]]), made.sold.y, made.sold
    beside = (sold.account == sold.account[series[0]]) & (sold.category == sold.category[series[0]])
    beside[series] = False
    off = y - y[:, start - BEFORE : start].mean(axis=1, keepdims=True)
    return (
        float(off[series, start:end].sum()),
        float(off[series, end : end + AFTER].sum()),
        float(off[beside, start:end].sum()),
    )


def programme_lines(count: int) -> Iterator[Line]:
    """Nine programmes in ten are within these shares of the truth."""
    all_ = [told(programme(seed)) for seed in range(count)]
    for name, bar in (("gross", GROSS_BAR), ("net", NET_BAR)):
        off, usual = (_nine_in_ten([getattr(t, key) for t in all_]) for key in (name, f"usual_{name}"))
        mean = 100 * float(np.mean([getattr(t, name) for t in all_]))
        bars = (at_most(bar, "ours"),)
        yield Line(
            f"{count} programmes: {name}, nine in ten within",
            off,
            usual,
            "%",
            "last 8 weeks",
            bars,
            f"mean {mean:+.1f} %",
        )
    yield Line(
        "net as the bare sum of measurements, nine in ten within", _nine_in_ten([t.bare_net for t in all_]), unit="%"
    )
    yield Line("gross told as net overstates by", 100 * float(np.mean([t.overstated for t in all_])), unit="%")
    yield _held("80 % interval of a programme's net holds", [t.held for t in all_])
    inside: dict[str, list[bool]] = {"gross": [], "dip": [], "beside": [], "net": []}
    for seed in range(count // 4):
        made = programme(seed)
        for n, found in enumerate(effects(made.sold, made.promoted)):
            for name, held in inside.items():
                held.append(abs(getattr(found, name).pcs - getattr(made, name)[n]) <= Z * getattr(found, name).error)
    yield from (_held(f"80 % interval of one promotion's {name} holds", held) for name, held in inside.items())


def _nine_in_ten(shares: Sequence[float]) -> float:
    """What nine in ten keep within, %."""
    return 100 * float(np.quantile(np.abs(shares), 0.9))


def demo_lines(count: int) -> Iterator[Line]:
    """The demo company: what was planted against the intervals that are shown."""
    companies = [judged(seed) for seed in range(count)]
    all_ = [one for company in companies for one in company]
    yield Line(f"demo, {count} seeds: promotions", float(len(all_)), unit="")
    yield Line("without a baseline", float(sum(isnan(one.found.uplift) for one in all_)), unit="")
    for part in PARTS:
        off = [z for one in all_ if (z := one.off(part)) is not None]
        yield _held(f"80 % interval of {part} holds, of {len(off)}", [abs(z) <= Z for z in off])
    known = [one for one in all_ if one.off("net") is not None]
    right = [(one.found.net.pcs > 0) == (one.true("net") > 0) for one in known]
    held = [one for seed, company in enumerate(companies) for one in foretold(company, seed)]
    yield _held(f"range of the next uplift, from half of them, holds the other half, {len(held)}", held)
    yield Line("net said to be above nothing, rightly", 100 * float(np.mean(right)), unit="%")


def _held(what: str, held: Sequence[bool]) -> Line:
    share = 100 * float(np.mean(held))
    reached = "reached" if 76 <= share <= 88 else "NOT REACHED"
    return Line(what, share, unit="%", note=f"76 to 88: {reached}")


def main(argv: list[str] | None = None) -> int:
    """Print the table; 1 when a bar was not reached."""
    parser = argparse.ArgumentParser(prog="python -m bench.promotions", description=__doc__)
    parser.add_argument("--programmes", type=int, default=PROGRAMMES)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    args = parser.parse_args(argv)
    lines = [*programme_lines(args.programmes), *demo_lines(args.seeds)]
    print(printed(lines))
    return int(any(line.reached is False or "NOT REACHED" in line.note for line in lines))


if __name__ == "__main__":
    sys.exit(main())
