"""How long what we send takes, by region: days from order and from shipping to delivery, and days late.

Observed on the lines that were delivered in the last twelve months, whole lines of any size. A region with too few
lines is given what all regions together show. Quantiles are days that occur: the smallest that so many lines kept to.
Source: `orders`, `account_dim`; see `lead.sql`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analytics.answer import Scope
from data.store import Store

ENOUGH = 30  # lines of a region: with fewer its slowest tenth is three lines at most
EARLIEST, LATEST = -3, 30  # days against the promise; what lies beyond is counted at the end
MOST = 0.9  # of the lines
LEAD, TRANSIT, LATE = MEASURES = ("lead", "transit", "late")


@dataclass(frozen=True, slots=True)
class Days:
    """Days that half of the lines, and nine in ten, kept to; of how many lines, and whether of all regions."""

    median: int
    q90: int
    lines: int
    pooled: bool


@dataclass(frozen=True, slots=True)
class Lead:
    """A region; None where no line anywhere tells. `shares`: P(days late), one for each day from EARLIEST to LATEST."""

    region: str
    ordered: Days | None
    transit: Days | None
    late: Days | None
    shares: tuple[float, ...]  # sum to 1; empty where no line has a promised day

    def within(self, days: int) -> float | None:
        """The share of lines that came at most so many days after the promised one; None where it is not known."""
        return sum(self.shares[: max(0, days - EARLIEST + 1)]) if self.shares else None


@dataclass(frozen=True, slots=True)
class Count:
    """One row of the SQL."""

    region: str
    measure: str
    days: int
    lines: int


def leads(store: Store, as_of: date) -> dict[str, Lead]:
    """Every region of ours on a day, "" for accounts without one."""
    return by_region(observed(store, Scope(as_of)))


def observed(store: Store, scope: Scope) -> list[Count]:
    """How often each number of days occurs in a slice of the business."""
    return store.rows(Path(__file__).with_suffix(".sql"), Count, **scope.params())


def by_region(counts: Sequence[Count]) -> dict[str, Lead]:
    """Each region by its own lines, or by all where they are too few."""
    every = _summed(counts)
    regions = sorted({c.region for c in counts})
    return {region: _lead(region, _summed([c for c in counts if c.region == region]), every) for region in regions}


def overall(counts: Sequence[Count]) -> Lead:
    """All regions together."""
    every = _summed(counts)
    return Lead("", of(every[LEAD]), of(every[TRANSIT]), of(every[LATE]), shares(every[LATE]))


def _summed(counts: Sequence[Count]) -> dict[str, Counter[int]]:
    """Lines by measure and days."""
    found: dict[str, Counter[int]] = {measure: Counter() for measure in MEASURES}
    for c in (c for c in counts if c.lines):
        found[c.measure][c.days] += c.lines
    return found


def _lead(region: str, own: Mapping[str, Counter[int]], every: Mapping[str, Counter[int]]) -> Lead:
    pooled = {measure: own[measure].total() < ENOUGH for measure in MEASURES}
    used = {measure: every[measure] if pooled[measure] else own[measure] for measure in MEASURES}
    ordered, transit, late = (of(used[measure], pooled=pooled[measure]) for measure in MEASURES)
    return Lead(region, ordered, transit, late, shares(used[LATE]))


def of(counts: Mapping[int, int], *, pooled: bool = False) -> Days | None:
    """Median and nine tenths of days that occur so often."""
    lines = sum(counts.values())
    return Days(_kept(counts, 0.5), _kept(counts, MOST), lines, pooled) if lines else None


def _kept(counts: Mapping[int, int], share: float) -> int:
    """The fewest days that a share of the lines kept to."""
    wanted, seen = share * sum(counts.values()), 0
    for days in sorted(counts):
        seen += counts[days]
        if seen >= wanted - 1e-9:
            return days
    raise ValueError("no lines: ask only for counts above zero")


def shares(counts: Mapping[int, int]) -> tuple[float, ...]:
    """How often each number of days late occurs, from EARLIEST to LATEST."""
    lines = sum(counts.values())
    binned: Counter[int] = Counter()
    for days, n in counts.items():
        binned[min(max(days, EARLIEST), LATEST)] += n
    return tuple(binned[days] / lines for days in range(EARLIEST, LATEST + 1)) if lines else ()
