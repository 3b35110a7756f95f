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
    short = (_sums(wanted, product, len(supply)) > supply)[product] & (wanted > 0)  # NaN is never exceeded
    given = wanted.copy()
    if short.any():
        some = Demand(total.mean[short], total.variance[short])
        given[short] = _shared(some, there[short], wanted[short], worth[short], product[short], supply)
    return given


def _shared(total: Demand, there: Array, wanted: Array, worth: Array, product: Codes, supply: Array) -> Array:
    low, high = np.zeros(len(supply)), np.full(len(supply), 2 * float(worth.max()))  # nothing keeps as much as high
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        enough = _sums(_at(middle[product], total, there, wanted, worth), product, len(supply)) <= supply
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    least, most = (_at(price[product], total, there, wanted, worth) for price in (high, low))
    left, open_ = supply - _sums(least, product, len(supply)), _sums(most - least, product, len(supply))
    share = np.divide(left, open_, out=np.zeros(len(supply)), where=open_ > 0)  # of pieces that keep equally much
    return _whole(least + share[product] * (most - least), wanted, product, supply)


def _sums(pieces: Array, product: Codes, products: int) -> Array:
    return np.bincount(product, pieces, minlength=products).astype(np.float64)


def _at(price: Array, total: Demand, there: Array, wanted: Array, worth: Array) -> Array:
    """The pieces of each line up to which one more keeps at least `price` CNY."""
    low, high = np.zeros(len(wanted)), wanted.astype(float).copy()
    for _ in range(SEARCHES):
        middle = (low + high) / 2
        more = worth * beyond(total, there + middle) >= price
        low, high = np.where(more, middle, low), np.where(more, high, middle)
    return np.where(worth * beyond(total, there + wanted) >= price, wanted, low)


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
