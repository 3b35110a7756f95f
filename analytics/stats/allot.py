"""Sharing out what is short: where a piece more keeps the most sales, it goes first.

Of one product with a limited supply, every account gets the stock at which one piece more would keep equally much:
price × P(it is asked for) = λ for all of them, and λ is raised until the supply is enough. Source: docs/methods.md; the
marginal argument is that of the newsvendor under one constraint (Hadley and Whitin 1963).
"""

import numpy as np

from analytics.stats.seasonal import Array, Codes
from analytics.stats.stockout import Demand, beyond

HALVINGS = 30  # of the range in which λ lies: to a billionth of the dearest piece
SEARCHES = 26  # halvings of a quantity: to a piece in 60 million


def allot(total: Demand, there: Array, wanted: Array, worth: Array, product: Codes, supply: Array) -> Array:
    """Whole pieces for each line, (lines,): `wanted` at most, per product `supply` (products,) at most; NaN: no limit.

    `total` is what each line will be asked for, `there` pcs that it has or expects,
     `worth` CNY a piece, `product` codes (lines,).
    """
    asked = np.zeros(len(supply))
    np.add.at(asked, product, wanted)
    short = (asked > supply)[product] & (wanted > 0)  # NaN is never exceeded
    given = wanted.copy()
    if short.any():
        some = Demand(total.mean[short], total.variance[short])
        given[short] = _shared(some, there[short], wanted[short], worth[short], product[short], supply)
    return given


def _shared(total: Demand, there: Array, wanted: Array, worth: Array, product: Codes, supply: Array) -> Array:
    low, high = np.zeros(len(supply)), np.full(len(supply), float(worth.max()))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        taken = np.zeros(len(supply))
        np.add.at(taken, product, _at(middle[product], total, there, wanted, worth))
        enough = taken <= supply
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return _whole(_at(high[product], total, there, wanted, worth), wanted, product, supply)


def _at(price: Array, total: Demand, there: Array, wanted: Array, worth: Array) -> Array:
    """The pieces of each line up to which one more keeps at least `price` CNY."""
    low, high = np.zeros(len(wanted)), wanted.astype(float).copy()
    for _ in range(SEARCHES):
        middle = (low + high) / 2
        more = worth * beyond(total, there + middle) >= price
        low, high = np.where(more, middle, low), np.where(more, high, middle)
    return low


def _whole(given: Array, wanted: Array, product: Codes, supply: Array) -> Array:
    """Whole pieces: rounded down, and what is left over goes to the largest remainders of each product."""
    whole = np.minimum(np.floor(given + 1e-6), wanted)
    left = np.floor(supply + 1e-6)
    np.subtract.at(left, product, whole)
    order = np.lexsort((-(given - whole), product))
    first = np.searchsorted(product[order], product[order])
    turn = np.arange(len(order)) - first
    more = (turn < left[product[order]]) & (whole[order] + 1 <= wanted[order]) & (given[order] > whole[order] + 1e-6)
    whole[order] += more
    return whole
