"""The weekly sales of all series as one panel, for what is worked out beyond SQL; the rules of `season.sql`.

A series is an account and a product. A week is Monday to Sunday, the last one has ended by the scope's day; at most
156 are looked at. Before its first row a series is missing; later a week without a row is zero where the account is in
the files of that week (sell-in: always, it is our own book), else missing.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analytics.answer import Flow, Scope
from analytics.stats.seasonal import Array, Codes
from analytics.supply.upcoming import WEEK, next_monday
from data.store import Store

SQL = Path(__file__).with_name("backtest.sql")


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of the SQL."""

    account: str
    sku: str
    category: str
    chosen: bool
    week: date
    pcs: float | None


@dataclass(frozen=True, slots=True)
class Panel:
    """Series × weeks, pcs, NaN missing, the first column the week of `since`; `groups` number the `categories`."""

    since: date  # Monday
    names: tuple[tuple[str, str], ...]  # account, sku
    categories: tuple[str, ...]
    groups: Codes
    chosen: NDArray[np.bool_]
    y: Array

    @property
    def next(self) -> date:
        """The Monday after the last week."""
        return self.since + self.y.shape[1] * WEEK


def panel(store: Store, scope: Scope) -> Panel | None:
    """All series that have a row; None without one."""
    cells = store.rows(SQL, Cell, **scope.params())
    return built(cells, next_monday(scope.as_of), scope.flow) if cells else None


def built(cells: list[Cell], end: date, flow: Flow) -> Panel:
    """The panel up to the Monday `end`, which is not in it."""
    since = min(cell.week for cell in cells)
    first = {(cell.account, cell.sku): cell for cell in reversed(cells)}  # cells come by week: the first one stays
    names = tuple(sorted(first))
    place = {name: n for n, name in enumerate(names)}
    at = np.array([(place[c.account, c.sku], (c.week - since) // WEEK) for c in cells])
    weeks = (end - since) // WEEK
    y = np.where(_open(names, at, weeks, flow), 0.0, np.nan)
    y[at[:, 0], at[:, 1]] = [np.nan if cell.pcs is None else cell.pcs for cell in cells]
    categories = tuple(sorted({cell.category for cell in first.values()}))
    groups = np.array([categories.index(first[name].category) for name in names])
    return Panel(since, names, categories, groups, np.array([first[name].chosen for name in names]), y)


def _open(names: tuple[tuple[str, str], ...], at: NDArray[np.integer], weeks: int, flow: Flow) -> NDArray[np.bool_]:
    """Where a week without a row is a zero: (series, weeks)."""
    sold = np.zeros((len(names), weeks), bool)
    sold[at[:, 0], at[:, 1]] = True
    begun = np.cumsum(sold, axis=1) > 0
    if flow == "sell_in":
        return begun
    account = np.unique([name for name, _ in names], return_inverse=True)[1]
    reported = np.zeros((int(account.max()) + 1, weeks), bool)
    np.logical_or.at(reported, account, sold)
    return begun & reported[account]
