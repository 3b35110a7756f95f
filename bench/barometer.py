"""The barometer on made-up markets: how often its 80 % band holds, how often its page says "leads" by chance."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from analytics.answer import months_back
from analytics.barometer import index, lead
from analytics.stats.index import CLIP, LEAST, NEUTRAL, SCALE, TOTAL, robust_z, spread
from analytics.stats.sampling import of_ratio, reach
from bench.panels import Array, inert
from bench.table import Line, at_most

MARKET, MONTHS = 1500, 30  # accounts of the whole market; months of history
FLAT = 0.03  # growth that counts as flat, as in `growth`


def market(rng: np.random.Generator, own: float, sizes: float) -> tuple[Array, Array]:
    """Sales now and a year before (accounts, months): one market, each account off it by `own`, sizes lognormal."""
    shared = 0.05 * inert(rng, MONTHS, 0.8)
    off = np.empty((MARKET, MONTHS))
    off[:, 0] = rng.normal(0, own, MARKET)
    for t in range(1, MONTHS):
        off[:, t] = 0.7 * off[:, t - 1] + rng.normal(0, own * np.sqrt(1 - 0.49), MARKET)
    before = rng.lognormal(0, sizes, MARKET)[:, None] * np.exp(rng.normal(0, 0.1, off.shape))
    return before * np.exp(shared + off), before


def values(now: Array, before: Array) -> tuple[Array, Array]:
    """Growth and breadth (2, months), and what each account adds to breadth."""
    change = now / before - 1
    score = (change > FLAT) + 0.5 * (np.abs(change) <= FLAT)
    return np.stack([now.sum(0) / before.sum(0) - 1, (before * score).sum(0) / before.sum(0)]), score


def held(count: int, own: float, sizes: float, runs: int) -> tuple[float, float, float]:
    """Share of runs in which the band holds the whole market's index, on the sample's yardstick and on the market's
    own; and the mean half width in points."""
    inside, own_rod, halves, weights = [], [], [], np.full(2, TOTAL / 2)
    for run in range(runs):
        rng = np.random.default_rng([run, count])
        now, before = market(rng, own, sizes)
        whole, _ = values(now, before)
        pick = rng.choice(MARKET, count, replace=False)
        part, score = values(now[pick], before[pick])
        scale = np.array([spread(line) for line in part])
        centre, last = np.median(part, axis=1), before[pick, -1]
        z, truth = ((v[:, -1] - centre) / scale for v in (part, whole))
        influences = np.stack([of_ratio(now[pick, -1], last), of_ratio(last * score[:, -1], last)])
        found = reach(influences, z, scale, weights)
        assert found is not None
        found_index, same, own_truth = (
            NEUTRAL + SCALE * float(weights @ np.clip(at, -CLIP, CLIP))
            for at in (z, truth, np.array([robust_z(line)[-1] for line in whole]))
        )
        inside.append(abs(same - found_index) <= found.half)
        own_rod.append(abs(own_truth - found_index) <= found.half)
        halves.append(found.half)
    return float(np.mean(inside)), float(np.mean(own_rod)), float(np.mean(halves))


def independent(rng: np.random.Generator, months: int, keep: float = 0.5) -> list[index.Row]:
    """A barometer of made-up parts that know nothing of each other, with `months` of index."""
    past = [months_back(date(2026, 6, 1), n) for n in range(months + LEAST - 2, -1, -1)]
    grid = np.stack([inert(rng, len(past), keep) for _ in index.COMPONENTS])
    return index.assembled(past, grid)


def claims(months: int, runs: int, keep: float) -> float:
    """Share of such barometers of which the page would say "leads", be it of the index or of a part."""
    said = (lead.judge(independent(np.random.default_rng([s, months]), months, keep)) for s in range(runs))
    return sum(any(row.leads for row in rows) for rows in said) / runs


def lines() -> Iterator[Line]:
    """Numbers of accounts, how far they go their own way, how unequal they are; then independent parts by inertia."""
    for count in (8, 12, 24, 48):
        for own, sizes in ((0.05, 0.5), (0.12, 0.5), (0.12, 1.0)):
            same, other, half = held(count, own, sizes, 200)
            name = f"{count} accounts, own way {own:.0%}, sizes {sizes}: 80 % band of the index holds"
            off = "reached" if 0.74 <= same <= 0.88 else "NOT REACHED"
            note = f"74 to 88: {off}; ± {half:.0f} points; on the market's own yardstick {other:.1%}"
            yield Line(name, same * 100, unit="%", note=note)
    for months in (36, 48, 60):
        for keep in (0.0, 0.5, 0.9):
            said = claims(months, 100, keep) * 100
            yield Line(
                f"{months} months, independent parts, inertia {keep}: 'leads'",
                said,
                unit="%",
                bars=(at_most(10, "ours"),),
            )
