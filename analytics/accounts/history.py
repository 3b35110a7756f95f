"""The sales of all accounts by month or week as one panel, for what is judged against an account's own past.

A period is a number, a zero or missing. Sell-out: a period without rows is missing, it was not reported. Sell-in is our
own book: a period that others have and the account has not is one without an order, zero from its first order on. A
last period whose sell-out breaks off earlier than in any of the account's eight before is reported in part: missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

import numpy as np

from analytics.answer import OfAccount, Scope, months_back
from analytics.stats.seasonal import MONTHLY, WEEKLY, Array, Codes, Season
from data.store import Store

BEFORE = 8  # periods whose last days say how far an account's report usually reaches
SLACK = {"month": 3, "week": 1}  # days by which it may end earlier than ever before: a weekend, a closed Sunday
WEEK = timedelta(days=7)
YEARS_OF_WEEKS = 104  # weeks from which weeks are looked at: a year for the season, a year to judge
DENSE = 0.9  # share of the weeks that the usual account must have rows in; less, and its files are monthly


@dataclass(frozen=True, slots=True)
class Who(OfAccount):
    """An account, and whether the reader looks at it."""

    account: str
    name: str
    name_en: str
    owner: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the SQL."""

    account: str
    name: str
    name_en: str
    owner: str
    chosen: bool
    start: date
    amount: float  # CNY
    last_day: date


@dataclass(frozen=True, slots=True)
class History:
    """Accounts × periods: `y` in CNY, NaN missing; `starts` are the first days of the periods, oldest first."""

    season: Season
    starts: tuple[date, ...]
    who: tuple[Who, ...]
    y: Array

    @property
    def groups(self) -> Codes:
        """One group: accounts share their market's season."""
        return np.zeros(len(self.who), dtype=int)

    @property
    def name(self) -> str:
        """week or month."""
        return _called(self.season)

    def of(self, which: Sequence[int]) -> "History":
        """The same periods of some accounts."""
        return History(self.season, self.starts, tuple(self.who[n] for n in which), self.y[list(which)])


def months(store: Store, scope: Scope) -> History:
    """By month, to the last that has ended."""
    lines = store.rows(Path(__file__).with_suffix(".sql"), Line, **scope.closed.params())
    return _panel(lines, scope, MONTHLY, _months(lines, scope.closed.month))


def weeks(store: Store, scope: Scope) -> History | None:
    """By week, to the last that has ended; None where weeks are too few or most accounts do not report by week.

    Only of sell-out in all categories: orders come too seldom, and weeks are kept without products.
    """
    if scope.flow != "sell_out" or scope.categories is not None:
        return None
    lines = store.rows(Path(__file__).with_name("weeks.sql"), Line, **scope.params())
    end = scope.as_of - timedelta(days=scope.as_of.weekday()) - (WEEK if scope.as_of.weekday() < 6 else timedelta())
    starts = _weeks(lines, end)
    if len(starts) < YEARS_OF_WEEKS:
        return None
    found = _panel(lines, scope, WEEKLY, starts)
    filled = (~np.isnan(found.y[:, -YEARS_OF_WEEKS:])).mean(axis=1)
    return found if float(np.median(filled)) >= DENSE else None


def _months(lines: Sequence[Line], until: date) -> tuple[date, ...]:
    first = min((line.start for line in lines), default=until)
    count = (until.year - first.year) * 12 + until.month - first.month + 1
    return tuple(months_back(until, n) for n in range(count - 1, -1, -1)) if lines else ()


def _weeks(lines: Sequence[Line], until: date) -> tuple[date, ...]:
    first = min((line.start for line in lines), default=until + WEEK)
    return tuple(first + n * WEEK for n in range((until - first).days // 7 + 1))


def _panel(lines: Sequence[Line], scope: Scope, season: Season, starts: tuple[date, ...]) -> History:
    place = {start: n for n, start in enumerate(starts)}
    inside = [line for line in lines if line.start in place]
    groups = [list(group) for _, group in groupby(inside, key=lambda line: line.account)]
    y = np.full((len(groups), len(starts)), np.nan)
    for n, group in enumerate(groups):
        for line in _reported(group, starts, scope, season):
            y[n, place[line.start]] = line.amount
    if scope.flow == "sell_in":
        _zeros(y)
    who = (Who(g[0].account, g[0].name, g[0].name_en, g[0].owner, g[0].chosen) for g in groups)
    return History(season, starts, tuple(who), y)


def _reported(group: Sequence[Line], starts: Sequence[date], scope: Scope, season: Season) -> Sequence[Line]:
    """The account's periods without a last one that was reported in part only."""
    left = [_left(line, season) for line in group[-BEFORE - 1 :]]
    most = max(left[:-1], default=left[-1]) + SLACK[_called(season)]
    in_part = scope.flow == "sell_out" and group[-1].start == starts[-1] and left[-1] > most
    return group[:-1] if in_part else group


def _left(line: Line, season: Season) -> int:
    """Days between the last day with rows and the end of the period."""
    end = line.start + WEEK if season is WEEKLY else months_back(line.start, -1)
    return (end - line.last_day).days - 1


def _called(season: Season) -> str:
    return "week" if season is WEEKLY else "month"


def _zeros(y: Array) -> None:
    """Make a zero of each period without an order, after an account's first, in which the book has anything."""
    known = ~np.isnan(y)
    came = known.any(axis=0)
    begun = np.cumsum(known, axis=1) > 0
    y[begun & ~known & came] = 0.0
