"""Stores: which store of an account carries which product, and its share of the account's sales of it."""

import numpy as np

from data.samples import market
from data.samples.columns import Floats
from data.samples.trials import TRIALS

CARRIED = 0.6  # share of products that a store carries
EVENNESS = 6.0  # shape of the gamma law of store sizes: the largest store of an account sells about twice the smallest


def shares(rng: np.random.Generator) -> Floats:
    """Share of each store in its account's sales of each product, (stores, S); adds up to 1 within an account."""
    size = rng.gamma(EVENNESS, size=(len(market.STORES), 1)) * rng.gamma(
        30.0, size=(len(market.STORES), len(market.SKUS))
    )
    carried = rng.random(size.shape) < CARRIED
    carried[:, [market.sku(trial.sku) for trial in TRIALS]] = True
    size = np.where(
        carried, size, 1e-6
    )  # never nothing at all: a product that no store carries still has to be somewhere
    first = np.searchsorted(market.STORE_OF, np.arange(len(market.CODES)))
    return size / np.add.reduceat(size, first, axis=0)[market.STORE_OF]
