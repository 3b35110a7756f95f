"""By how much a baseline misses where nothing was done: the law of its errors, and how they go together.

The variance of actual − baseline is a · m + b · m² in the pieces m that are expected: pieces come one by one, and
levels and weeks swing by a share. a and b are fitted to the spread of the method's own errors in bins of m; the spread
is that of the middle 80 %, which is what the intervals have to hold. Source: docs/methods.md.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

from analytics.stats.seasonal import Array
from analytics.stats.student import NORMAL
from analytics.stats.unpromoted import Flags, Sold, Windows, grouped, pairs

SHARE = 0.80  # of the intervals
Z = NORMAL.inv_cdf((1 + SHARE) / 2)
BINS = 12  # of expected pieces
FLOOR = 1e-3  # of the expected pieces: sales that never vary leave no error, and nothing can be divided by it
LEAST = 40  # placebos; with fewer there is no law


@dataclass(frozen=True, slots=True)
class Law:
    """Variance of an error: `each` · m + `swing` · m², m in pieces; of `count` placebos."""

    each: float
    swing: float
    count: int

    def error(self, expected: float | Array) -> Array:
        """Standard error where so many pieces are to be expected."""
        return np.sqrt(self.each * np.asarray(expected) + self.swing * np.square(expected))


@dataclass(frozen=True, slots=True)
class Laws:
    """The errors of windows of one length, of each part, and the correlations of two: of two `products` of one
    account's category, of two parts of one promotion."""

    gross: Law
    dip: Law
    beside: Law
    products: float
    gross_dip: float
    gross_beside: float
    dip_beside: float


NONE = Law(np.nan, np.nan, 0)


def laws(sold: Sold, seen: Windows) -> Laws:
    """The errors of the windows that no promotion touched; `beside` is a product's whole category there but it."""
    during, after = seen.during, seen.after
    gross, z_gross = _law(during.actual, during.base, during.calm)
    dip, z_dip = _law(after.actual, after.base, after.calm)
    others = [_others(np.where(during.calm, x, 0.0), sold) for x in (during.actual, during.base)]
    beside, z_beside = _law(others[0], others[1], during.calm)
    both = [together(a, b) for a, b in ((z_gross, z_dip), (z_gross, z_beside), (z_dip, z_beside))]
    return Laws(gross, dip, beside, _alike(z_gross, sold), *both)


def law(actual: Array, base: Array) -> Law:
    """The law of `actual` − `base` (placebos,), pieces; NaN where there are fewer than `LEAST`."""
    kept = np.isfinite(actual) & (base > 0)
    missed, size = (actual - base)[kept], base[kept]
    if len(size) < LEAST:
        return NONE
    order = np.argsort(size, kind="stable")
    bins = np.array_split(order, min(BINS, len(size) // (LEAST // 2)))
    mean = np.array([size[b].mean() for b in bins])
    spread = np.array([np.quantile(np.abs(missed[b]), SHARE) / Z for b in bins])
    spread = np.maximum(spread, FLOOR * mean)
    weight = 1 / spread**2  # a variance is known up to a share of itself
    told, _ = nnls(np.stack([mean, mean**2], axis=1) * weight[:, None], np.ones(len(bins)))
    return Law(float(told[0]), float(told[1]), len(size))


def together(first: Array, second: Array) -> float:
    """Correlation of two errors of the same placebos, each in its standard errors; cut at ±3 of them, 0 for too few."""
    kept = np.isfinite(first) & np.isfinite(second)
    if kept.sum() < LEAST:
        return 0.0
    a, b = (np.clip(x[kept], -3, 3) for x in (first, second))
    size = float(np.sqrt((a**2).mean() * (b**2).mean()))
    return float((a * b).mean() / size) if size else 0.0


def _law(actual: Array, base: Array, calm: Flags) -> tuple[Law, Array]:
    """The law of some placebos, and each error in its standard errors; NaN where it is none."""
    found = law(actual[calm], base[calm])
    error = found.error(np.where(calm & (base > 0), base, np.nan))
    return found, (actual - base) / error


def _alike(z: Array, sold: Sold) -> float:
    """Mean correlation of the errors of two products of one account's category in the same weeks."""
    known = np.isfinite(z)
    size = np.where(known, np.clip(z, -3, 3), 0.0)
    count = float((_others(known.astype(float), sold) * known).sum())
    square = float((size**2).sum()) / max(1, known.sum())
    return max(0.0, float((_others(size, sold) * size).sum()) / count / square) if count and square else 0.0


def _others(x: Array, sold: Sold) -> Array:
    """Of each series the sum over the account's other products of the category."""
    pair = pairs(sold)
    return grouped(x, pair)[pair] - x
