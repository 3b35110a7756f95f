"""The baseline of one deal week by week, for a figure: its sums over the weeks on deal and after are the effect's."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.stats.placebo import Z, laws
from analytics.stats.promotion import Effect
from analytics.stats.seasonal import Array
from analytics.stats.unpromoted import AFTER, Promoted, Sold, basis, windows


@dataclass(frozen=True, slots=True)
class Weekly:
    """Pieces by week (weeks,) of the deal's products together: sold, expected without it, and the ends of 80 %."""

    first: int
    actual: Array
    base: Array
    low: Array
    high: Array


def weekly(sold: Sold, promoted: Promoted, rows: Sequence[int], effect: Effect, first: int, last: int) -> Weekly:
    """Weeks `first` to `last` (places in `sold`) of the deal that the `rows` of `promoted` are."""
    told = basis(sold, promoted)
    series, chosen = promoted.series[list(rows)], slice(first, last + 1)
    seen, before = windows(told, 1, sided=effect.sided), windows(told, 1, sided=False)
    each = np.where(np.isnan(seen.during.base), before.during.base, seen.during.base)  # near the end of the data
    base, actual = each[series].sum(axis=0), sold.y[series].sum(axis=0)
    start = int(promoted.start[rows[0]])
    end = start + int(promoted.weeks[rows[0]])
    for part, weeks in ((effect.gross, slice(start, end)), (effect.dip, slice(end, end + AFTER))):
        if np.nansum(base[weeks]) > 0 and part.base > 0:
            base[weeks] *= part.base / np.nansum(base[weeks])
    reach = Z * laws(sold, seen).gross.error(base)
    low, high = np.maximum(base - reach, 0.0), base + reach
    return Weekly(first, actual[chosen], base[chosen], low[chosen], high[chosen])
