"""The calendar year of all accounts: what each month brought, what is expected of each, how such forecasts erred."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.accounts.history import History
from analytics.answer import Scope
from analytics.stats.forecast import one_step, points
from analytics.stats.landing import ErrorLaw, error_laws
from analytics.stats.seasonal import Array


@dataclass(frozen=True, slots=True)
class Year:
    """The calendar year of all accounts: months ended, their figures (NaN not reported), what is expected of each."""

    ended: int
    actual: Array  # (accounts, 12)
    expected: Array  # (accounts, 12), NaN where there is no forecast
    laws: Sequence[ErrorLaw | None]


def year_of(panel: History, scope: Scope) -> Year:
    """The year of the month looked at."""
    ended = scope.closed.month.month if scope.closed.month.year == scope.month.year else 0
    count, times = len(panel.who), len(panel.starts)
    seen = min(ended, times)
    actual, expected = np.full((count, 12), np.nan), np.full((count, 12), np.nan)
    actual[:, ended - seen : ended] = panel.y[:, times - seen :]
    if not count:
        return Year(ended, actual, expected, [])
    expected[:, ended - seen : ended] = one_step(panel.y, panel.groups, panel.season, times - seen)[:, times - seen :]
    if ended < 12:
        expected[:, ended:] = points(panel.y, panel.groups, 12 - ended, panel.season)
    return Year(ended, actual, expected, laws(panel, 12 - ended))


def laws(panel: History, ahead: int) -> Sequence[ErrorLaw | None]:
    """How far forecasts of so many months erred; a year that has ended has nothing left to err."""
    if ahead == 0:
        return [ErrorLaw(0.0, 0.0)] * len(panel.who)
    return error_laws(panel.y, panel.groups, panel.season, ahead)
