"""What became of order lines, added up: fill, OTIF, its noise, its trend, and who lies below the others.

All figures are ratios of sums. The noise of a ratio takes lines as the sample (linearisation, Cochran 1977, 6.3).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt

import numpy as np

from analytics.answer import months_back
from analytics.stats import student

JUDGED, UNSEEN, UNSTATED, OPEN, UNDATED = "judged", "unseen", "unstated", "open", "undated"
HIT, MISSES = "hit", ("late", "partial", "missing", "early")
MONTHS = 12  # of the figures; as many before are what they are held against
PAIRS = 9  # months with figures in both years, from which a change is judged
SURE = 0.975  # of Student's t, to each side
NOISE, LEAST = 2.5, 0.03  # standard errors (1 in 160 by chance), and a gap that a manager would act on
LINES = 30  # fewer of an account are too few to call it low


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of one account, month due, state, outcome and cause: one row of `service.sql`."""

    account: str
    name: str
    name_en: str
    owner: str
    month: date
    state: str
    outcome: str
    cause: str
    lines: int
    ordered: float  # pcs
    filled: float  # pcs
    squares: float  # pcs²
    amount: float | None  # CNY


@dataclass(frozen=True, slots=True)
class Sums:
    """Parts added up: `ordered` and `filled` of all that was due, `by` (pcs by outcome) where deliveries are known."""

    lines: int
    ordered: float  # pcs
    filled: float  # pcs
    by: Mapping[str, float]
    squares: Mapping[bool, float]  # pcs², of hits and of misses
    seen: int  # lines whose delivery is known
    missed_cny: float | None

    @property
    def fill(self) -> float | None:
        """Filled over ordered."""
        return self.filled / self.ordered if self.ordered else None

    @property
    def judged(self) -> float:
        """Pieces of lines whose delivery is known."""
        return sum(self.by.values())

    @property
    def otif(self) -> float | None:
        """Pieces on time in full over pieces ordered."""
        return self.by[HIT] / self.judged if self.judged else None

    @property
    def missed(self) -> float:
        """Pieces that were not on time in full."""
        return self.judged - self.by[HIT]

    @property
    def variance(self) -> float:
        """Of OTIF, from the lines it is made of; infinite for a single line."""
        rate = self.otif
        if rate is None or self.seen < 2:
            return float("inf")
        spread = (1 - rate) ** 2 * self.squares[True] + rate**2 * self.squares[False]
        return spread / self.judged**2 * self.seen / (self.seen - 1)

    def without(self, one: "Sums") -> "Sums":
        """The others, where `one` is part of the whole; their money is not looked at."""
        return Sums(
            self.lines - one.lines,
            self.ordered - one.ordered,
            self.filled - one.filled,
            {outcome: pcs - one.by[outcome] for outcome, pcs in self.by.items()},
            {hit: squares - one.squares[hit] for hit, squares in self.squares.items()},
            self.seen - one.seen,
            None,
        )


def sums(parts: Iterable[Part]) -> Sums:
    """All that was due; parts that were left out count nowhere."""
    due = [p for p in parts if p.state in (JUDGED, UNSEEN)]
    seen = [p for p in due if p.state == JUDGED]
    lost = [p.amount for p in seen if p.outcome != HIT and p.amount is not None]
    return Sums(
        sum(p.lines for p in due),
        sum(p.ordered for p in due),
        sum(p.filled for p in due),
        {outcome: sum(p.ordered for p in seen if p.outcome == outcome) for outcome in (HIT, *MISSES)},
        {hit: sum(p.squares for p in seen if (p.outcome == HIT) is hit) for hit in (True, False)},
        sum(p.lines for p in seen),
        sum(lost) if lost else None,
    )


@dataclass(frozen=True, slots=True)
class Trend:
    """OTIF of twelve months against the twelve before, and what months differ by chance; both as ratios."""

    change: float
    noise: float

    @property
    def verdict(self) -> str:
        """Worse, better or alike: a change counts only beyond the noise."""
        return "alike" if abs(self.change) <= self.noise else "better" if self.change > 0 else "worse"


def trend(now: float | None, before: float | None, months: Mapping[date, float | None], until: date) -> Trend | None:
    """The change from `before` to `now`, held against the differences of each month (`months` up to `until`) with the
    same month a year before, which takes the season off; None where fewer than PAIRS months can be compared."""
    pairs = ((months.get(months_back(until, n)), months.get(months_back(until, n + MONTHS))) for n in range(MONTHS))
    gaps = np.array([a - b for a, b in pairs if a is not None and b is not None])
    if now is None or before is None or len(gaps) < PAIRS:
        return None
    error = float(gaps.std(ddof=1)) / sqrt(len(gaps))
    return Trend(now - before, student.quantile(SURE, len(gaps) - 1) * error)


def is_low(one: Sums, others: Sums) -> bool:
    """Whether an account is served worse than all others, by more than LEAST and beyond the noise of both."""
    if one.otif is None or others.otif is None or one.seen < LINES:
        return False
    gap = others.otif - one.otif
    return gap >= LEAST and gap > NOISE * sqrt(one.variance + others.variance)
