"""Every session with the weeks around it: what its store sold and what untrained stores of the account sold
meanwhile.

A session is measured where its store and at least one store without a session in the category have sales in 6 of the
8 weeks before and of the weeks 1 to 8, and 10 pieces of the category before, each side. Every other one says why not.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analytics.answer import OfAccount, Scope
from analytics.asking import NEVER
from analytics.stats.seasonal import Array, Codes
from analytics.stats.staggered import AFTER, AVERAGE, BEFORE, Strata
from data.engine import Version
from data.store import Store
from data.text import Text

PASS = 60.0  # test points of 100 from which a test counts as passed, as schools and most of the trade have it
WEEKS_KNOWN = 6  # of the 8 weeks on each side; cells.sql asks the same of the stores compared with
THIN_PCS = 10.0  # pieces of the category in the 8 weeks before: with fewer one session's interval spans ±50 points
WEEK, EPOCH = timedelta(days=7), date(1970, 1, 1)
REASONS = {  # why a session is not measured, the first that holds
    "store": Text("门店没有分店销售数据", "no sales by store"),
    "open": Text("培训后还不满 8 周", "8 weeks not over yet"),
    "gaps": Text("前后 8 周里有销售的周不到 6 周", "sales in fewer than 6 of 8 weeks"),
    "repeated": Text("同店同品类一年内另有培训，分不开", "another session in the same range within a year"),
    "alone": Text("同一客户没有未培训的门店可比", "no untrained store to compare with"),
    "thin": Text("销量太少，看不出来", "too few pieces sold"),
}


@dataclass(frozen=True, slots=True)
class Session(OfAccount):
    """One session at one store, as registered, and what is known of the store's sales around it."""

    training: str
    account: str
    name: str
    name_en: str
    owner: str
    store: str
    category: str
    topic: str
    trainer: str
    held_on: date
    trained: int
    staff: int | None
    reaction: float | None
    score_before: float | None
    score: float | None
    practice: float | None
    reported: bool
    before: int
    after: int
    repeated: bool
    chosen: bool

    @property
    def week(self) -> date:
        """The Monday of its week."""
        return self.held_on - timedelta(days=self.held_on.weekday())

    @property
    def failed(self) -> bool:
        """Whether the test was failed; False where there was none."""
        return self.score is not None and self.score < PASS


@dataclass(frozen=True, slots=True)
class Measured:
    """All sessions up to a day; `reasons`: why one is not measured, "" where it is. Units of the strata are sessions.

    `own` are the strata of the products that a session was about; `settled` the sessions whose 12 weeks are over.
    """

    sessions: tuple[Session, ...]
    reasons: tuple[str, ...]
    strata: Strata
    own: NDArray[np.bool_]
    settled: NDArray[np.bool_]

    def brand(self, which: NDArray[np.bool_]) -> Strata:
        """The trained range at some sessions (sessions,), of those that are measured."""
        return self.strata.of(self.own & self._of(which))

    def total(self, which: NDArray[np.bool_]) -> Strata:
        """Everything of ours that the stores sell."""
        return self.strata.of(self._of(which))

    def where(self, test: Callable[[Session], bool]) -> NDArray[np.bool_]:
        """The sessions that pass a test."""
        return np.array([test(s) for s in self.sessions], dtype=bool)

    @property
    def told(self) -> NDArray[np.bool_]:
        """The sessions that are measured."""
        return np.array([not reason for reason in self.reasons], dtype=bool)

    def _of(self, which: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return (which & self.told)[self.strata.unit]


def measure(store: Store, scope: Scope) -> Measured | None:
    """What the sessions up to the scope's day did; None where there are none. `chosen` tells which are in the scope."""
    until = last_sunday(scope.as_of)
    told = scope.params() | {"until": until}
    sessions = tuple(store.rows(Path(__file__).with_suffix(".sql"), Session, **told))
    if not sessions:
        return None
    strata, own = _strata(sessions, _cells(store, store.version(), scope.as_of))
    reasons = _reasons(sessions, strata.of(own), until)
    settled = np.array([s.week + (AFTER + 1) * WEEK <= until + timedelta(days=1) for s in sessions], dtype=bool)
    return Measured(sessions, reasons, strata, own, settled)


def dated(store: Store, scope: Scope) -> Scope:
    """The scope as of the newest session where no sales were ever loaded, and so nothing else says what day it is."""
    if scope.as_of > NEVER:
        return scope
    [(newest,)] = store.execute("SELECT max(held_on) AS newest FROM trainings")
    return scope if newest is None else replace(scope, as_of=newest)


def last_sunday(as_of: date) -> date:
    """The last day of the last whole week."""
    return as_of - timedelta(days=(as_of.weekday() + 1) % 7)


@lru_cache(maxsize=4)  # four questions of one page ask for the same, whatever slice they look at
def _cells(store: Store, version: Version, as_of: date) -> pa.Table:
    """What the stores sold around all sessions; `version` is what the store holds, so that nothing old is answered."""
    return store.columns(Path(__file__).with_name("cells.sql"), as_of=as_of, until=last_sunday(as_of))


def _strata(sessions: tuple[Session, ...], cells: pa.Table) -> tuple[Strata, NDArray[np.bool_]]:
    """The cells as session × product × week."""
    number = {(s.training, s.store): n for n, s in enumerate(sessions)}
    keys = zip(cells["training"].to_pylist(), cells["store"].to_pylist(), strict=True)
    unit = np.array([number[key] for key in keys], dtype=np.int64)
    monday = np.array([(s.week - EPOCH).days for s in sessions], dtype=np.int64)
    start = cells["start"].combine_chunks().cast(pa.int32()).to_numpy().astype(np.int64)
    week = (start - monday[unit]) // 7 + BEFORE
    new = np.append(True, (unit[1:] != unit[:-1]) | _differ(cells["sku"])) if len(unit) else np.zeros(0, bool)
    row = np.cumsum(new) - 1  # cells come in the order of session, store, product
    sides = [_spread(row, week, cells[side].to_numpy()) for side in ("trained", "others")]
    stores = sorted({(s.account, s.store) for s in sessions})
    cluster = np.array([stores.index((s.account, s.store)) for s in sessions], dtype=np.int64)
    return Strata(unit[new], cluster, sides[0], sides[1]), np.asarray(cells["own"].to_numpy())[new].astype(bool)


def _differ(column: pa.ChunkedArray) -> NDArray[np.bool_]:
    words = np.array(column.to_pylist(), dtype=np.str_)
    return words[1:] != words[:-1]


def _spread(row: Codes, week: Codes, pieces: Array) -> Array:
    found = np.zeros((int(row[-1]) + 1 if len(row) else 0, BEFORE + 1 + AFTER))
    found[row, week] = pieces
    return found


def _reasons(sessions: tuple[Session, ...], own: Strata, until: date) -> tuple[str, ...]:
    """Why each is not measured."""
    before = [np.bincount(own.unit, side[:, :BEFORE].sum(axis=1), len(sessions)) for side in (own.trained, own.others)]
    return tuple(_reason(s, t, c, until) for s, t, c in zip(sessions, *before, strict=True))


def _reason(s: Session, trained: float, others: float, until: date) -> str:
    if not s.reported:
        return "store"
    if s.week + (AVERAGE + 1) * WEEK > until + timedelta(days=1):
        return "open"
    if min(s.before, s.after) < WEEKS_KNOWN:
        return "gaps"
    if s.repeated:
        return "repeated"
    if others <= 0:
        return "alone"
    return "thin" if min(trained, others) < THIN_PCS else ""
