"""Which weeks' sales were cut short because the shelf was empty: they say nothing of what people would have bought.

Stock is followed from count to count: closing = closing before + came in − sold. A week that opened or closed without
stock is taken as not known, so that neither level nor season learns from it. Without our shipments stock cannot be
followed: then only weeks between two counts of nothing are taken out. Source: docs/methods.md.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analytics.answer import Scope
from analytics.stats.seasonal import Array
from analytics.supply.panel import Panel, matrix
from data.store import Store

Out = NDArray[np.bool_]

EMPTY = 0.15  # of a usual week's sales: stock up to this is none, counts and documents being off by a piece or two
TRUSTED = 9  # weeks a count is followed for; errors of documents add up
APART = 5  # weeks that two counts of nothing may lie apart to speak for the weeks between: monthly counts


@dataclass(frozen=True, slots=True)
class Stocked:
    """What is known of the stock of a panel's items: counts at the ends of weeks, and what came in; None: not known."""

    counts: pa.Table | None
    came: pa.Table | None

    def out(self, panel: Panel) -> Out:
        """Which item-weeks (items, weeks) of these items were cut short; none where stock is not known."""
        if self.counts is None:
            return np.zeros(panel.y.shape, dtype=bool)
        counted = matrix(self.counts, "closing", panel, blank=np.nan)
        sold = np.where(panel.y > 0, panel.y, 0.0)
        usual = EMPTY * sold.sum(axis=1, keepdims=True) / np.maximum((sold > 0).sum(axis=1, keepdims=True), 1)
        if self.came is None:
            return between(counted <= usual, np.isnan(counted))
        came = matrix(self.came, "qty", panel, blank=0.0)
        return _opened_or_closed(followed(counted, came, panel.y) <= usual)


def stocked(store: Store, scope: Scope, panel: Panel) -> Stocked:
    """Counts and shipments of a panel's items; only sell-out by week can be repaired."""
    if not panel.weekly or scope.flow != "sell_out":
        return Stocked(None, None)
    told: dict[str, object] = {"since": panel.asked, "until": panel.until, "as_of": panel.until, "flow": scope.flow}
    counts = store.columns(Path(__file__).with_name("closing.sql"), **told)
    came = store.columns(Path(__file__).with_name("received.sql"), **told)
    return Stocked(counts if counts.num_rows else None, came if came.num_rows else None)


def out_of_stock(store: Store, scope: Scope, panel: Panel) -> Out:
    """Which item-weeks (items, weeks) of sell-out were cut short; none where stock or weeks are not known."""
    return stocked(store, scope, panel).out(panel)


def followed(counted: Array, came: Array, sold: Array) -> Array:
    """Stock at each week's end, (items, weeks), NaN where it is not known: `counted` where it was counted (NaN: not),
    else what was there before and came in less what was sold."""
    closing, age = np.full(counted.shape, np.nan), np.full(len(counted), TRUSTED)
    last = np.full(len(counted), np.nan)
    for t in range(counted.shape[1]):
        known = ~np.isnan(counted[:, t])
        last = np.where(known, counted[:, t], last + came[:, t] - sold[:, t])
        age = np.where(known, 0, age + 1)
        closing[:, t] = np.where(age <= TRUSTED, last, np.nan)
    return closing


def between(nothing: Out, uncounted: Out) -> Out:
    """The weeks from one count of nothing to the next, where no count between found any and they lie near."""
    out, since = nothing.copy(), np.full(len(nothing), -APART - 1)
    for t in range(nothing.shape[1]):
        near = nothing[:, t] & (t - since <= APART)
        for row in np.flatnonzero(near):
            out[row, since[row] : t] = True
        since = np.where(nothing[:, t], t, np.where(uncounted[:, t], since, -APART - 1))
    return out


def _opened_or_closed(empty: Out) -> Out:
    """Weeks that closed empty, and those after them."""
    return empty | np.pad(empty[:, :-1], ((0, 0), (1, 0)))
