"""What is usual for an account: the range that its own past lets expect.

Median and MAD, as for the index's z: one wild month neither moves nor widens the range. Source: Hampel (1974).
"""

import numpy as np

from analytics.stats.index import Array, spread

WIDTH, LEAST = 3.0, 12  # robust deviations above the median; values that make a range: a year, with every season


def usual(past: Array) -> tuple[float, float] | None:
    """(median, upper end) of `past` (values,), none of which is NaN; None with fewer than LEAST."""
    if past.size < LEAST:
        return None
    middle = float(np.median(past))
    return middle, middle + WIDTH * spread(past)
