"""What every product sold at every account, week by week or month by month, as one matrix.

A period is a number, a zero or missing: an account that reported nothing in a period is missing in it, a product that
it did not sell then is a zero, from its first sale on. Accounts that report by week are looked at by week, the others
by month; our own shipments always by month, as orders come too seldom for weeks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analytics.answer import Scope, months_back
from analytics.stats.seasonal import MONTHLY, WEEKLY, Array, Codes, Season
from data.store import Store

WEEKS, MONTHS = 156, 36  # periods looked back on: three years
RECENT = 26  # weeks that tell whether an account reports by week ...
BY_WEEK = 0.8  # ... which it does where this share of them has rows
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Panel:
    """Items × periods: `y` pcs, NaN missing; `starts` first days of the periods; `item` places in the whole list."""

    season: Season
    starts: tuple[date, ...]
    item: NDArray[np.integer]
    account: NDArray[np.str_]
    sku: NDArray[np.str_]
    group: Codes  # of the category, whose season the items share
    y: Array
    asked: date  # the day from which the series are numbered

    @property
    def weekly(self) -> bool:
        """Whether its periods are weeks; else they are months."""
        return self.season.period == WEEKLY.period

    @property
    def until(self) -> date:
        """The last day that is known."""
        last = self.starts[-1]
        return last + timedelta(days=6) if self.weekly else months_back(last, -1) - timedelta(days=1)

    def lots(self, most: int) -> list["Panel"]:
        """Parts of whole categories, of at most `most` items where one category has no more: they share no season."""
        lots: list[list[int]] = []
        sizes = np.bincount(self.group)
        for code in np.argsort(-sizes, kind="stable").tolist():
            room = next((lot for lot in lots if sizes[lot].sum() + sizes[code] <= most), None)
            if room is None:
                lots.append([code])
            else:
                room.append(code)
        return [self.of(np.isin(self.group, lot)) for lot in lots if sizes[lot].sum()]

    def of(self, which: NDArray[np.bool_]) -> "Panel":
        """The same periods of some items."""
        item, account, sku = self.item[which], self.account[which], self.sku[which]
        return Panel(self.season, self.starts, item, account, sku, self.group[which], self.y[which], self.asked)


def panels(store: Store, scope: Scope) -> list[Panel]:
    """The accounts by week, and those by month: up to two panels, none where nothing was sold in three years.

    All accounts and products come, whatever the reader chose: they share their season.
    """
    by_week = None if scope.flow == "sell_in" else _panel(store, scope, WEEKLY)
    weekly = _by_week(by_week) if by_week else np.zeros(0, dtype=bool)
    if by_week and weekly.all():
        return [by_week]
    by_month = _panel(store, scope, MONTHLY)
    found = [by_week.of(weekly)] if by_week and weekly.any() else []
    if by_month is None:
        return found
    monthly = ~np.isin(by_month.account, found[0].account) if found else np.ones(len(by_month.y), dtype=bool)
    return [*found, by_month.of(monthly)] if monthly.any() else found


def _by_week(panel: Panel) -> NDArray[np.bool_]:
    """Which items' accounts report by week: of late, up to their last report of any product."""
    known = _of_accounts(~np.isnan(panel.y[:, -2 * RECENT :]), panel.account)
    late = known[:, ::-1].argmax(axis=1)  # periods since the last report: a silent account still reports by week
    span = np.arange(known.shape[1])[::-1] - late[:, None]
    return (known & (span >= 0) & (span < RECENT)).sum(axis=1) >= BY_WEEK * np.minimum(RECENT, known.shape[1])


def _panel(store: Store, scope: Scope, season: Season) -> Panel | None:
    starts = _weeks(scope.as_of) if season is WEEKLY else _months(scope)
    since = starts[0].replace(day=1) if season is WEEKLY else starts[0]
    until = starts[-1] + timedelta(days=6) if season is WEEKLY else scope.closed.as_of
    told: dict[str, object] = {"since": since, "until": until, "as_of": until, "flow": scope.flow}
    here = Path(__file__)
    series = store.columns(here.with_name("series.sql"), **told)
    if not series.num_rows:
        return None
    cells = store.columns(here.with_name("weeks.sql" if season is WEEKLY else "months.sql"), **told)
    y = _placed(cells, "qty", np.arange(series.num_rows), starts, 0.0)
    account, sku = (np.array(series[name].to_pylist(), dtype=np.str_) for name in ("account", "sku"))
    if scope.flow == "sell_out":
        _unreported(y, account)
    y[np.cumsum(~np.isnan(y) & (y != 0), axis=1) == 0] = np.nan  # before its first sale
    sold: NDArray[np.bool_] = np.any(~np.isnan(y), axis=1)
    group = np.unique(series["category"].to_pylist(), return_inverse=True)[1]
    begun = int((~np.isnan(y)).any(axis=0).argmax())
    item = np.arange(len(y))
    return Panel(season, starts[begun:], item, account, sku, group, y[:, begun:], since).of(sold)


def _weeks(as_of: date) -> tuple[date, ...]:
    """The Mondays of the last complete weeks."""
    monday = as_of - timedelta(days=as_of.weekday() + (0 if as_of.weekday() == 6 else 7))
    return tuple(monday - timedelta(days=7 * n) for n in range(WEEKS - 1, -1, -1))


def _months(scope: Scope) -> tuple[date, ...]:
    return tuple(months_back(scope.closed.month, n) for n in range(MONTHS - 1, -1, -1))


def matrix(cells: pa.Table, name: str, panel: Panel, blank: float) -> Array:
    """Cells of the panel's items (item, start, `name`) as (items, periods), `blank` where there is none."""
    items = int(max(panel.item.max(), cells["item"].to_numpy().max(initial=0))) + 1
    row = np.full(items, -1)
    row[panel.item] = np.arange(len(panel.item))
    return _placed(cells, name, row, panel.starts, blank)


def _placed(cells: pa.Table, name: str, row: NDArray, starts: Sequence[date], blank: float) -> Array:
    """Cells in their places; `row` is the row of each item, -1 for one that is not wanted."""
    y = np.full((int(row.max()) + 1, len(starts)), blank)
    first = np.array([(start - EPOCH).days for start in starts])
    for part in cells.to_batches():  # one by one: all at once would hold the cells four times
        day, at = part["start"].cast(pa.int32()).to_numpy(), row[part["item"].to_numpy()]
        inside = (day >= first[0]) & (at >= 0)
        y[at[inside], np.searchsorted(first, day[inside])] = part[name].to_numpy(zero_copy_only=False)[inside]
    return y


def _unreported(y: Array, account: NDArray[np.str_]) -> None:
    """Periods in which an account has no row of any product are not known."""
    y[~_of_accounts(y != 0, account)] = np.nan


def _of_accounts(seen: NDArray[np.bool_], account: NDArray[np.str_]) -> NDArray[np.bool_]:
    """Whether any item of the same account is `seen`, (items, periods); items stand in the order of accounts."""
    first = np.flatnonzero(np.append(True, account[1:] != account[:-1]))
    return np.repeat(np.logical_or.reduceat(seen, first, axis=0), np.diff(np.append(first, len(seen))), axis=0)
