"""The weekly sales of all series as one panel, for what is worked out beyond SQL; the rules of `season.sql`.

A series is an account and a product. A week is Monday to Sunday, the last one has ended by the scope's day; at most
156 are looked at. Before its first row a series is missing; later a week without a row is zero where the account is in
the files of that week (sell-in: always, it is our own book), else missing.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analytics.answer import Flow, Scope
from analytics.stats.festival import gains, placed
from analytics.stats.seasonal import WEEKLY, Array, Codes, Season
from analytics.supply.upcoming import WEEK, next_monday
from data.store import Store
from data.workdays import festivals

EPOCH = date(1970, 1, 1)
LONGEST = 156  # weeks looked back on: three years
AHEAD = 28  # weeks beyond the last whose place in the year is needed: half a year and two
SQL = Path(__file__).with_name("backtest.sql")


@dataclass(frozen=True, slots=True)
class Panel:
    """Series × weeks, pcs, NaN missing, the first column the week of `since`; `groups` number the `categories`."""

    since: date  # Monday
    names: tuple[tuple[str, str], ...]  # account, sku
    categories: tuple[str, ...]
    groups: Codes
    chosen: NDArray[np.bool_]
    y: Array
    festivals: tuple[date, ...] = ()  # days of Spring Festival, past and ahead
    named: pa.Table | None = None  # what accounts and products are called, a row a series

    def season(self, weeks: int) -> Season:
        """The season as the first `weeks` weeks have it: from Spring Festival on where that foretells better."""
        moved = placed(WEEKLY, self.since, self.festivals, self.y.shape[1] + AHEAD)
        helps = gains(self.y[:, :weeks], WEEKLY, moved, self.since, self.festivals)
        return moved if helps else WEEKLY

    def largest(self, most: int) -> "Panel":
        """At most so many series: those that are looked at first, and of them those that sold most in the last year."""
        if len(self.y) <= most:
            return self
        sold = np.nansum(self.y[:, -WEEKLY.period :], axis=1)
        kept = np.sort(np.lexsort((np.arange(len(sold)), -sold, ~self.chosen))[:most])
        names, named = tuple(self.names[n] for n in kept), None if self.named is None else self.named.take(kept)
        y, groups, chosen = self.y[kept], self.groups[kept], self.chosen[kept]
        return replace(self, names=names, groups=groups, chosen=chosen, y=y, named=named)

    def of_categories(self, wanted: tuple[str, ...] | None) -> NDArray[np.bool_]:
        """Which series belong to some categories; None: all."""
        inside = [wanted is None or name in wanted for name in self.categories]
        return np.array(inside)[self.groups]

    @property
    def next(self) -> date:
        """The Monday after the last week."""
        return self.since + self.y.shape[1] * WEEK


def panel(store: Store, scope: Scope) -> Panel | None:
    """All series that have a row; None without one."""
    end = next_monday(scope.as_of)
    first, until = end - LONGEST * WEEK, end - timedelta(days=1)
    told = scope.params() | {"as_of": until, "until": until, "since": first.replace(day=1)}
    named = store.columns(SQL, **told)
    cells = store.columns(SQL.with_name("weeks.sql"), **told)
    week = (cells["start"].combine_chunks().cast(pa.int32()).to_numpy() - (first - EPOCH).days) // 7
    inside = week >= 0
    if not inside.any():
        return None
    at = np.stack([cells["item"].to_numpy()[inside], week[inside] - week[inside].min()], axis=1)
    since = first + int(week[inside].min()) * WEEK
    found = _built(named, at, cells["qty"].to_numpy()[inside], since, (end - since) // WEEK, scope.flow)
    return replace(found, festivals=tuple(festivals(store, since, end + AHEAD * WEEK)))


def _built(named: pa.Table, at: NDArray[np.integer], pcs: Array, since: date, weeks: int, flow: Flow) -> Panel:
    """The panel of the cells `pcs` at (series, week), without series that have none."""
    sold = np.zeros((named.num_rows, weeks), bool)
    sold[at[:, 0], at[:, 1]] = True
    some: NDArray[np.bool_] = np.asarray(sold.any(axis=1))
    account, sku, category = (np.array(named[n].to_pylist(), np.str_)[some] for n in ("account", "sku", "category"))
    y = np.full(sold.shape, np.nan)
    y[at[:, 0], at[:, 1]] = pcs
    y, sold = y[some], sold[some]
    y[_open(account, sold, flow) & ~sold] = 0.0
    categories, groups = np.unique(category, return_inverse=True)
    chosen = named["chosen"].to_numpy()[some]
    names = tuple(zip(account.tolist(), sku.tolist(), strict=True))
    return Panel(since, names, tuple(categories.tolist()), groups, chosen, y, named=named.filter(pa.array(some)))


def _open(account: NDArray[np.str_], sold: NDArray[np.bool_], flow: Flow) -> NDArray[np.bool_]:
    """Where a week without a row is a zero: (series, weeks)."""
    begun: NDArray[np.bool_] = np.asarray(np.cumsum(sold, axis=1) > 0)
    if flow == "sell_in":
        return begun
    first = np.flatnonzero(np.append(True, account[1:] != account[:-1]))  # series stand in the order of accounts
    reported = np.logical_or.reduceat(sold, first, axis=0)
    return begun & np.repeat(reported, np.diff(np.append(first, len(sold))), axis=0)
