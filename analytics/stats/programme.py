"""What many promotions came to together, and what is usual of one: uplift, pulled forward, taken from beside.

One promotion's pull-forward and cannibalisation drown in what the products beside it sell anyway; their shares of the
pieces gained are alike enough over promotions to be pooled. The gross is the sum of the measurements; dip and beside
are each promotion's own measurement shrunk towards the usual share, in pieces. Source: docs/methods.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, isfinite, sqrt

import numpy as np

from analytics.stats.pooled import Pooled, Told, pooled
from analytics.stats.promotion import Effect
from analytics.stats.seasonal import Array
from analytics.stats.unpromoted import AFTER

FLOOR = -0.9  # an uplift below which its logarithm says nothing more
LEAST = 3  # promotions of which a share can be called usual
COMMON = 1.3  # errors of promotions go together a little, by weeks and accounts they share: measured on made programmes


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over promotions, in pieces or in what they are worth, each with its error."""

    gross: Told
    dip: Told
    beside: Told
    net: Told


@dataclass(frozen=True, slots=True)
class Programme:
    """Complete promotions: what each `gained`, pcs (effects,), and the shares of it that are usual."""

    found: tuple[Effect, ...]
    gained: Array
    pulled: Pooled
    taken: Pooled

    def total(self, worth: Array | None = None) -> Totals:
        """What they came to; `worth` of a piece of each (effects,), zeros leave out, None counts pieces."""
        size = np.ones(len(self.found)) if worth is None else worth
        error = COMMON * sqrt(sum((e.gross.error * w) ** 2 for e, w in zip(self.found, size, strict=True)))
        gross = Told(float(sum(e.gross.pcs * w for e, w in zip(self.found, size, strict=True))), float(error))
        dip, beside = (_less(shares.total(self.gained * size)) for shares in (self.pulled, self.taken))
        spread = _parts_together(self.found) * hypot(gross.error, dip.error, beside.error)
        return Totals(gross, dip, beside, Told(gross.mean + dip.mean + beside.mean, spread))


def lifts(found: Sequence[Effect]) -> tuple[Array, Array]:
    """Logarithm of 1 + uplift of each effect and its standard error (effects,)."""
    uplift = np.maximum(np.array([e.uplift for e in found]), FLOOR)
    return np.log1p(uplift), np.array([e.uplift_error for e in found]) / (1 + uplift)


def ones(count: int) -> Array:
    """The column that is common to all."""
    return np.ones((count, 1))


def complete(effect: Effect) -> bool:
    """Whether all parts are known to the end of the four weeks after."""
    return effect.after >= AFTER and isfinite(effect.net.error) and effect.net.error > 0


def programme(found: Sequence[Effect]) -> Programme | None:
    """Some effects together, all of them complete; None for fewer than three."""
    if len(found) < LEAST:
        return None
    gained = gains(found)
    pulled, taken = (_shares([getattr(e, part) for e in found], gained) for part in ("dip", "beside"))
    return Programme(tuple(found), gained, pulled, taken)


def _parts_together(done: Sequence[Effect]) -> float:
    """How much larger the error of a net is than if its parts erred each for itself: they share a level."""
    apart = sum(e.gross.error**2 + e.dip.error**2 + e.beside.error**2 for e in done)
    return sqrt(sum(e.net.error**2 for e in done) / apart)


def gains(found: Sequence[Effect]) -> Array:
    """Pieces gained by each effect, the uplift shrunk towards what is usual: what shares can be taken of (effects,)."""
    told = pooled(*lifts(found), ones(len(found)))
    shrunk = np.array([told.total(row).mean for row in np.eye(len(found))])
    return np.expm1(np.maximum(shrunk, 0.02)) * np.array([e.gross.base for e in found])


def _shares(parts: Sequence, gained: Array) -> Pooled:
    share, error = (-np.array([p.pcs for p in parts]) / gained, np.array([p.error for p in parts]) / gained)
    return pooled(share, np.maximum(error, 1e-6), ones(len(parts)))


def _less(total: Told) -> Told:
    return Told(-total.mean, COMMON * total.error)
