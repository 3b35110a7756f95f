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

    def season(self, weeks: int) -> Season:
        """The season as the first `weeks` weeks have it: from Spring Festival on where that foretells better."""
        moved = placed(WEEKLY, self.since, self.festivals, self.y.shape[1] + AHEAD)
        helps = gains(self.y[:, :weeks], WEEKLY, moved, self.since, self.festivals)
        return moved if helps else WEEKLY

    @property
    def next(self) -> date:
        """The Monday after the last week."""
        return self.since + self.y.shape[1] * WEEK


def panel(store: Store, scope: Scope) -> Panel | None:
    """All series that have a row; None without one."""
    cells = store.columns(SQL, **scope.params())
    if not cells.num_rows:
        return None
    found = _built(cells, next_monday(scope.as_of), scope.flow)
    return replace(found, festivals=tuple(festivals(store, found.since, found.next + AHEAD * WEEK)))


def _built(cells: pa.Table, end: date, flow: Flow) -> Panel:
    """The panel up to the Monday `end`, which is not in it."""
    week = cells["week"].combine_chunks().cast(pa.int32()).to_numpy() // 7
    place, since = cells["series"].to_numpy() - 1, int(week.min())
    named = cells.take(pa.array(np.unique(place, return_index=True)[1])).to_pylist()
    at = np.stack([place, week - since], axis=1)
    last = ((end - EPOCH).days // 7) - since
    y = np.where(_open([row["account"] for row in named], at, last, flow), 0.0, np.nan)
    y[at[:, 0], at[:, 1]] = cells["pcs"].to_numpy()
    categories, groups = np.unique([row["category"] for row in named], return_inverse=True)
    return Panel(
        EPOCH + timedelta(days=7 * since + (end - EPOCH).days % 7),
        tuple((row["account"], row["sku"]) for row in named),
        tuple(categories.tolist()),
        groups,
        np.array([row["chosen"] for row in named]),
        y,
    )


def _open(accounts: list[str], at: NDArray[np.integer], weeks: int, flow: Flow) -> NDArray[np.bool_]:
    """Where a week without a row is a zero: (series, weeks)."""
    sold = np.zeros((len(accounts), weeks), bool)
    sold[at[:, 0], at[:, 1]] = True
    begun = np.cumsum(sold, axis=1) > 0
    if flow == "sell_in":
        return begun
    account = np.unique(accounts, return_inverse=True)[1]
    reported = np.zeros((int(account.max()) + 1, weeks), bool)
    np.logical_or.at(reported, account, sold)
    return begun & reported[account]
