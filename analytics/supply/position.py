"""Where every product stands at every account: stock, goods coming, prices and times, as arrays beside the outlook."""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analytics.answer import Scope
from analytics.stats.seasonal import Array, Codes
from data.store import Store

OLD_DAYS = 45  # a count older than this says nothing of today: a month and a half
STALE_DAYS = 60  # an order promised longer ago than this and not shipped is not coming
PRIOR_LINES = 0.5  # order lines at the usual fill that an item's own are weighed against
FILLED_DAYS = 35  # what part of orders is filled is seen from the lines sent in the last five weeks: two or three turns


@dataclass(frozen=True, slots=True)
class Position:
    """Arrays (items,) in the order of account and sku; pcs, days, CNY a piece; NaN is not known. See `position.sql`."""

    region: NDArray[np.object_]
    category: NDArray[np.object_]
    lead_days: Array
    list_price: Array
    margin: Array
    pack: Array
    paid: Array
    counted_on: NDArray[np.datetime64]
    on_hand: Array
    in_transit: Array
    on_order: Array
    shipped: Array
    asked: Array
    shipments: Array
    every_days: Array
    warehouse: NDArray[np.object_]
    free: Array

    @property
    def price(self) -> Array:
        """CNY a piece: what was paid in the last year, else the list price."""
        return np.where(np.isnan(self.paid), self.list_price, self.paid)

    @property
    def sent(self) -> Array:
        """On hand and in transit: what has left us; what is not known counts as nothing."""
        return np.nan_to_num(self.on_hand) + np.nan_to_num(self.in_transit)

    @property
    def unsent(self) -> Array:
        """Open orders at the part of them that is filled of late."""
        return np.nan_to_num(self.on_order) * self.filled

    @property
    def filled(self) -> Array:
        """The part of an order that is shipped, as of late; half a line at the usual fill weighs against few."""
        asked = float(self.asked.sum())
        usual = float(self.shipped.sum()) / asked if asked > 0 else 1.0
        line = PRIOR_LINES * np.divide(self.asked, self.shipments, out=np.zeros(len(self.asked)), where=self.asked > 0)
        told = self.shipped + usual * line
        share = np.divide(told, self.asked + line, out=np.full(len(line), usual), where=self.asked > 0)
        return np.clip(share, 0.0, 1.0)

    def supplies(self, sku: NDArray) -> tuple[Codes, Array]:
        """The product of each item as a code, and what we can ship of each product; NaN: not known, no limit."""
        _, first, code = np.unique(sku, return_index=True, return_inverse=True)
        return code, self.free[first]


def position(store: Store, scope: Scope, mark: str) -> Position:
    """Of all items of the outlook that is kept under `mark`."""
    told = {"old": OLD_DAYS, "stale": STALE_DAYS, "late": FILLED_DAYS, "follow": not store.is_empty("sell_in")}
    found = store.columns(Path(__file__).with_suffix(".sql"), outlook=mark, **scope.params(), **told)
    return Position(**{field.name: column(found[field.name]) for field in fields(Position)})


def column(values: pa.ChunkedArray) -> NDArray:
    """A column as an array: numbers as floats with NaN, dates with NaT, words as they are."""
    if pa.types.is_date(values.type):
        return values.cast(pa.date32()).to_numpy().astype("datetime64[D]")
    if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        return np.array(values.to_pylist(), dtype=object)
    return values.cast(pa.float64()).to_numpy()
