"""Will stock run out before new goods come, what would be lost, and how much is to be shipped? Many items at once.

What is asked for over the next h periods is a Gamma with mean Σ f and variance single² Σ f² + level² (Σ f)², f the
forecast: each period's own error averages out, that of the level does not (`landing.ErrorLaw`), and pieces that come
one by one vary by their mean at least. Goods arrive after a lead time that is itself a distribution.
Source: docs/methods.md; Gamma for the demand of a lead time after Burgin (1975); the newsvendor after Arrow, Harris and
Marschak (1951).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincc, gammaincinv

from analytics.stats.seasonal import Array, Codes


@dataclass(frozen=True, slots=True)
class Demand:
    """What is asked for from now to the end of each period: mean (pcs) and variance (pcs²), (items, periods) each."""

    mean: Array
    variance: Array

    def up_to(self, period: int | Codes) -> "Demand":
        """The total of the first `period` periods, one number or one for each item: (items,) each; 0 is nothing."""
        count = np.broadcast_to(period, len(self.mean))
        at, none = np.maximum(count - 1, 0), count == 0
        pick = (np.arange(len(self.mean)), at)
        return Demand(np.where(none, 0.0, self.mean[pick]), np.where(none, 0.0, self.variance[pick]))


def demand(points: Array, single: Array, level: Array) -> Demand:
    """The running total of the forecasts `points` (items, periods), pcs; relative errors `single`, `level` (items,)."""
    mean = np.cumsum(points, axis=1)
    own = single[:, None] ** 2 * np.cumsum(points**2, axis=1)
    return Demand(mean, np.maximum(own + level[:, None] ** 2 * mean**2, mean))


def rolled(total: Demand, groups: Codes, shared: float) -> Demand:
    """Items added up to `groups` (items,) codes 0, 1, ...: a shock of relative size `shared`, which their level errors
    hold too, meets all at once and does not average out."""
    count = int(groups.max()) + 1
    common = np.minimum((shared * total.mean) ** 2, total.variance)
    mean, rest = (_by_group(x, groups, count) for x in (total.mean, total.variance - common))
    return Demand(mean, rest + _by_group(np.sqrt(common), groups, count) ** 2)


def _by_group(x: Array, groups: Codes, count: int) -> Array:
    total = np.zeros((count, *x.shape[1:]))
    np.add.at(total, groups, x)
    return total


def beyond(total: Demand, stock: Array) -> Array:
    """P(more than `stock` is asked for), in the shape of `total`."""
    shape, scale = _gamma(total)
    return np.where(total.mean > 0, gammaincc(shape, np.maximum(stock, 0) / scale), 0.0 * stock)


def lost(total: Demand, stock: Array) -> Array:
    """Expected pieces asked for beyond `stock`, E(D − stock)⁺: sales that are lost unless goods come."""
    shape, scale = _gamma(total)
    left = np.maximum(stock, 0)
    some = total.mean * gammaincc(shape + 1, left / scale) - left * gammaincc(shape, left / scale)
    return np.where(total.mean > 0, np.maximum(some, 0.0), 0.0 * stock)


def enough(total: Demand, service: float | Array) -> Array:
    """The stock that meets all of what is asked for with probability `service` (0-1), pcs."""
    shape, scale = _gamma(total)
    return np.where(total.mean > 0, gammaincinv(shape, service) * scale, 0.0 * total.mean)


def risk(total: Demand, on_hand: Array, ways: Sequence[tuple[Array, Array]]) -> Array:
    """P(running out before the horizon ends): (items,).

    `on_hand` (items,) pcs; `ways` in which what is coming may come: pieces there by the end of each period, (items,
    periods), and the probability (items,) that they come so. Of each way the likeliest moment to be out counts.
    """
    return sum((share * beyond(total, on_hand[:, None] + there).max(axis=1) for there, share in ways), 0.0 * on_hand)


def ship(total: Demand, service: float | Array, there: Array, pack: Array | int = 1) -> Array:
    """Pieces to send beyond what is `there` or coming, so that the horizon is served with probability `service`, in
    whole packs: (items,)."""
    missing = enough(total.up_to(total.mean.shape[1]), service) - there
    return np.maximum(np.ceil(missing / pack - 1e-9), 0.0) * pack + 0.0  # no minus zero


def newsvendor(short: Array, over: Array) -> Array:
    """The service level at which one piece more costs as much as it saves: `short` a piece that is missing, `over` one
    that stays, CNY each."""
    return short / (short + over)


def _gamma(total: Demand) -> tuple[Array, Array]:
    """Shape and scale; of a mean of zero any that do no harm."""
    some = total.mean > 0
    mean, variance = np.where(some, total.mean, 1.0), np.where(some, total.variance, 1.0)
    return mean**2 / variance, variance / mean
