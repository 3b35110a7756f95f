"""What is usual of promotions, learnt from those that are over: uplift by mechanic, account and depth; shares lost.

The uplift is pooled as the logarithm of 1 + uplift: a mechanic or an account seen once or twice stays near the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import expm1

import numpy as np

from analytics.promotions.measured import Measured, judged
from analytics.promotions.money import Gain, gain
from analytics.stats.placebo import Z
from analytics.stats.pooled import Pooled, Told, pooled
from analytics.stats.programme import LEAST, Programme, Totals, lifts, programme
from analytics.stats.seasonal import Array

DEPTH = 0.05  # of the price, one step of depth: what its effect is counted in


@dataclass(frozen=True, slots=True)
class Share:
    """A share with the ends of 80 %."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Learnt:
    """The deals learnt from, the uplift's law over mechanics and accounts, and what is lost of the pieces gained."""

    cases: tuple[Measured, ...]
    lift: Pooled
    mechanics: tuple[str, ...]
    accounts: tuple[str, ...]
    depth: float  # mean of the cases, of the price
    whole: Programme

    def columns(self, mechanic: str | None = None, account: str | None = None, depth: float | None = None) -> Array:
        """The columns of a case; what is not named, or was never seen, is that of all."""
        x = np.zeros(self.lift.design.shape[1])
        x[0] = 1.0
        x[1] = 0.0 if depth is None else (depth - self.depth) / DEPTH
        if mechanic in self.mechanics:
            x[2 + self.mechanics.index(mechanic)] = 1.0
        if account in self.accounts:
            x[2 + len(self.mechanics) + self.accounts.index(account)] = 1.0
        return x

    def usual_depth(self, mechanic: str) -> float | None:
        """Mean depth of a mechanic's cases."""
        depths = [
            d for m in self.cases if m.deal.first.mechanic == mechanic and (d := m.deal.mean("depth")) is not None
        ]
        return sum(depths) / len(depths) if depths else None

    def worth(self, name: str, among: Sequence[Measured]) -> Array | None:
        """What a piece of each case is worth, by a term's name; 0 if not `among`; None where a term is missing."""
        codes = {id(m) for m in among}
        values = [m.deal.mean(name) if id(m) in codes else 0.0 for m in self.cases]
        return None if None in values else np.array(values, dtype=float)


def learnt(found: Sequence[Measured]) -> Learnt | None:
    """What can be learnt; None from fewer than three finished promotions."""
    cases = judged(found)
    if len(cases) < LEAST:
        return None
    whole = programme([m.effect for m in cases])
    assert whole is not None
    mechanics, of_mechanic = np.unique([m.deal.first.mechanic for m in cases], return_inverse=True)
    accounts, of_account = np.unique([m.deal.account for m in cases], return_inverse=True)
    depths = np.array([d if (d := m.deal.mean("depth")) is not None else np.nan for m in cases])
    mean = float(np.nanmean(depths)) if np.isfinite(depths).any() else 0.0
    steps = np.where(np.isnan(depths), 0.0, (depths - mean) / DEPTH)
    fixed = np.stack([np.ones(len(cases)), steps], axis=1)
    lift = pooled(*lifts([m.effect for m in cases]), fixed, [of_mechanic, of_account])
    return Learnt(tuple(cases), lift, tuple(mechanics.tolist()), tuple(accounts.tolist()), mean, whole)


def uplift(told: Told) -> Share:
    """An uplift out of its logarithm."""
    low, middle, high = (expm1(told.mean + side * Z * told.error) for side in (-1, 0, 1))
    return Share(low, middle, high)


def share(told: Told) -> Share:
    """A share as it is."""
    return Share(told.mean - Z * told.error, told.mean, told.mean + Z * told.error)


def totals(known: Learnt, among: Sequence[Measured]) -> Totals:
    """Pieces of some of the cases."""
    codes = {id(m) for m in among}
    return known.whole.total(np.array([float(id(m) in codes) for m in known.cases]))


def together(known: Learnt, among: Sequence[Measured]) -> tuple[Gain | None, Gain | None]:
    """What some of the cases came to for us and for the accounts; None where a term is missing."""
    found: list[Gain | None] = []
    for name, of in (("margin", lambda d: d.spend), ("account_margin", lambda d: d.discounts() and d.discounts()[1])):
        worth, paid = known.worth(name, among), [of(m.deal) for m in among]
        if worth is None or None in paid or not among:
            found.append(None)
        else:
            found.append(gain(known.whole.total(worth).net, sum(paid)))
    return found[0], found[1]
