"""Rate of sale of a product without history, from a few accounts.

The logarithm of each account's pieces per store and week is one observation; Student's t on their mean, with a variance
that is shrunk to how accounts usually differ (scaled inverse chi-square prior, Gelman et al., Bayesian Data Analysis,
3.3): at three accounts their own spread says next to nothing. Half a piece is added to each, which takes the bias of
first order out of the logarithm of a Poisson count (Anscombe 1948). An account's own error is that of a count whose
weeks swing by a common factor beyond Poisson (quasi-likelihood, McCullagh and Nelder 1989).
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analytics.stats.decide import Estimate
from analytics.stats.index import Array

PRIOR_SD = 0.35  # of log rates between accounts, as earlier launches showed
PRIOR_FREEDOM = 3.0  # accounts' worth of that prior
LEAST = 2  # accounts, and weeks
HALF = 0.5  # pieces
TooFew = Literal["too few pilots", "too few weeks"]


@dataclass(frozen=True, slots=True)
class Rates:
    """Natural logarithms of pieces per store and week: of the typical account, and of each (None: nothing told).

    `swing`: by what factor weeks vary more than whole pieces do, with `freedom`.
    """

    typical: Estimate
    each: tuple[Estimate | None, ...]
    swing: float
    freedom: float

    def total(self, pieces: float, store_weeks: float) -> Estimate:
        """The logarithm of a rate from pieces counted, with the error of the count alone."""
        count = max(pieces, 0.0) + HALF
        return Estimate(float(np.log(count / store_weeks)), float(np.sqrt(self.swing / count)), self.freedom)


def rates(pieces: Array, stores: Array) -> Rates | TooFew:
    """Rates of sale from `pieces` (accounts, weeks), NaN where not told or not listed yet, and `stores` (accounts,).

    Accounts without stores or weeks do not count.
    """
    known = ~np.isnan(pieces) & (stores > 0)[:, None]
    if known.sum(axis=1).max(initial=0) < LEAST:
        return "too few weeks"
    weeks, total = known.sum(axis=1), np.where(known, pieces, 0.0).sum(axis=1)
    told = weeks > 0
    if told.sum() < LEAST:
        return "too few pilots"
    swing, freedom = _swing(pieces, known, total)
    count = np.maximum(total, 0.0)[told] + HALF
    typical = _typical(np.log(count / (weeks * stores)[told]), float((swing / count).mean()))
    found = Rates(typical, (), swing, freedom)
    own = zip(total.tolist(), (weeks * stores).tolist(), strict=True)
    return replace(found, each=tuple(found.total(n, at) if at > 0 else None for n, at in own))


def _typical(logs: Array, chance: float) -> Estimate:
    """The mean of accounts' logarithms; `chance`: the mean variance of one that more weeks would take away."""
    freedom = PRIOR_FREEDOM + len(logs) - 1
    variance = (PRIOR_FREEDOM * PRIOR_SD**2 + float(((logs - logs.mean()) ** 2).sum())) / freedom
    return Estimate(float(logs.mean()), float(np.sqrt(variance / len(logs))), freedom, min(1.0, chance / variance))


def _swing(pieces: Array, known: NDArray[np.bool_], total: Array) -> tuple[float, float]:
    """By what factor weeks vary more than whole pieces do (at least 1), all accounts together; and its freedom."""
    weeks = known.sum(axis=1)
    mean = np.divide(total, weeks, out=np.zeros_like(total), where=weeks > 0)[:, None]
    sold = known & (mean > 0)
    squares = np.where(sold, (np.where(known, pieces, 0.0) - mean) ** 2 / np.where(mean > 0, mean, 1.0), 0.0)
    freedom = float(np.maximum(weeks - 1, 0)[sold.any(axis=1)].sum())
    return max(1.0, float(squares.sum()) / max(freedom, 1.0)), max(freedom, 2.0)
