"""Go, hold or stop: how likely is the target reached, and how many more weeks would settle it.

One rule for all trials: go from a probability of `go_at` on, stop down to `stop_at`, else hold. More weeks take away
only the part of the error that is chance from week to week; how accounts differ stays, and takes more pilots.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

from analytics.stats import student

GO_AT, STOP_AT = 0.8, 0.2  # probabilities; METHODS of trials: what a department without a rule of its own uses
LONGEST = 26  # weeks more: half a year; a trial that needs longer needs more pilots instead
Word = Literal["go", "hold", "stop"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its standard error and degrees of freedom; `shrinks`: share of error² that goes as 1 / weeks."""

    value: float
    error: float
    freedom: float
    shrinks: float = 1.0

    def band(self, share: float) -> tuple[float, float]:
        """The interval that holds the truth with probability `share` (0-1)."""
        half = self.error * student.quantile((1 + share) / 2, self.freedom)
        return self.value - half, self.value + half

    def chance(self, target: float) -> float:
        """Probability that the truth is at least `target`."""
        if self.error == 0:
            return float(self.value >= target)
        return student.probability((self.value - target) / self.error, self.freedom)

    def after(self, weeks: float, more: float) -> "Estimate":
        """What it is expected to be after `more` weeks, when it stands after `weeks` and nothing else changes."""
        left = 1 - self.shrinks + self.shrinks * weeks / (weeks + more)
        return Estimate(self.value, self.error * sqrt(left), self.freedom, self.shrinks)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`weeks_more`: that would settle a hold at the present spread; None: not within LONGEST; 0: it is settled."""

    word: Word
    chance: float
    weeks_more: int | None


def decide(found: Estimate, target: float, weeks: float, go_at: float = GO_AT, stop_at: float = STOP_AT) -> Verdict:
    """The verdict on an estimate after `weeks` against `target`, both in the unit of the estimate."""
    chance = found.chance(target)
    word = _word(chance, go_at, stop_at)
    if word != "hold":
        return Verdict(word, chance, 0)
    later = (n for n in range(1, LONGEST + 1) if _word(found.after(weeks, n).chance(target), go_at, stop_at) != "hold")
    return Verdict(word, chance, next(later, None))


def _word(chance: float, go_at: float, stop_at: float) -> Word:
    return "go" if chance >= go_at else "stop" if chance <= stop_at else "hold"
