"""What became of order lines, added up: fill, OTIF, its noise, its trend, and who lies below the others.

All figures are ratios of sums. The noise of a ratio takes orders as the sample, because the lines of one travel
together (linearisation of a ratio of cluster totals, Cochran 1977, 9A.3).
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
ROUNDING = 1e-6  # orders are sums of shares
PAIRS = 9  # months with figures in both years, from which a change is judged
SURE = 0.975  # of Student's t, to each side
CHANCE, LEAST = 1 / 160, 0.03  # of calling an alike account low (1 in 90, measured), and a gap that matters
ORDERS = 10  # fewer of an account in a year are too few to call it low


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
    hits_hits: float  # pcs², over orders: on time in full, squared
    ordered_hits: float  # pcs², ordered x on time in full
    ordered_ordered: float  # pcs², ordered, squared
    orders: float
    amount: float | None  # CNY


@dataclass(frozen=True, slots=True)
class Sums:
    """Parts added up: `ordered` and `filled` of all that was due, `by` (pcs by outcome) where deliveries are known."""

    lines: int
    ordered: float  # pcs
    filled: float  # pcs
    by: Mapping[str, float]
    squares: tuple[float, float, float]  # pcs²: the sums over orders of Part, in its order
    orders: float  # whose delivery is known
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
    def spread(self) -> float:
        """How far orders lie from OTIF: mean square of an order's pieces off, per square of its pieces; infinite for a
        single order."""
        rate = self.otif
        if rate is None or self.orders < 2:
            return float("inf")
        hits, both, ordered = self.squares
        return max(0.0, hits - 2 * rate * both + rate**2 * ordered) / ordered * self.orders / (self.orders - 1)

    def variance(self, spread: float) -> float:
        """Of OTIF, where orders are spread so."""
        return spread * self.squares[2] / self.judged**2

    def without(self, one: "Sums") -> "Sums":
        """The others, where `one` is part of the whole; their money is not looked at."""
        return Sums(
            self.lines - one.lines,
            self.ordered - one.ordered,
            self.filled - one.filled,
            {outcome: pcs - one.by[outcome] for outcome, pcs in self.by.items()},
            (
                self.squares[0] - one.squares[0],
                self.squares[1] - one.squares[1],
                self.squares[2] - one.squares[2],
            ),
            self.orders - one.orders,
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
        (sum(p.hits_hits for p in seen), sum(p.ordered_hits for p in seen), sum(p.ordered_ordered for p in seen)),
        sum(p.orders for p in seen),
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
    """Whether an account is served worse than all others, by more than LEAST and beyond the noise of both.

    Its own orders are too few to tell how far orders spread, and they spread most where they fall short, so that they
    would excuse themselves: it is given the spread of the others, as if it were one of them."""
    if one.otif is None or others.otif is None or one.orders < ORDERS - ROUNDING or others.orders < ORDERS - ROUNDING:
        return False
    gap, spread = others.otif - one.otif, others.spread
    limit = student.NORMAL.inv_cdf(1 - CHANCE)
    return gap >= LEAST and gap > limit * sqrt(one.variance(spread) + others.variance(spread))
