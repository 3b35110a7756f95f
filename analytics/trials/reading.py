"""Sales of the places of a trial as one panel of weeks, and the trial read out from it.

An uplift is read against a synthetic control (`stats.synthetic`), a new product by its rate of sale (`stats.rates`).
Only whole weeks count: before the first day, and from it to the last day or the last with data. A week in which a place
told nothing at all is missing, one in which it told other products only is a zero.

Source: `sell_out`, `sales_day`, `trials`, `trial_scope`; see `weekly.sql`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import exp, inf, log
from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics.accounts.history import BEFORE as USUAL_WEEKS
from analytics.accounts.history import SLACK
from analytics.answer import Scope
from analytics.stats import rates, synthetic
from analytics.stats.decide import Estimate
from analytics.stats.index import Array
from analytics.stats.rates import Rates
from analytics.stats.synthetic import Readout
from analytics.trials.decided import WEEK, Place, Trial, trials
from data.store import Store

BEFORE, RECENT = 104, 52  # weeks before the start that are matched, and whose mean is the level: seasons cancel
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Panel:
    """Weeks' Mondays, oldest first; pieces (weeks,) by place and SKU, and in which weeks a place told anything."""

    weeks: tuple[date, ...]
    pieces: dict[tuple[Key, str], Array]
    told: dict[Key, Array]

    def of(self, place: Key, sku: str) -> Array:
        """What a place sold of a product, (weeks,); NaN where it told nothing."""
        told = self.told.get(place)
        if told is None:
            return np.full(len(self.weeks), np.nan)
        return np.where(told, self.pieces.get((place, sku), 0.0), np.nan)

    def matrix(self, places: Sequence[Key], sku: str) -> Array:
        """The same of several places, (places, weeks)."""
        return np.array([self.of(place, sku) for place in places]).reshape(len(places), len(self.weeks))


@dataclass(frozen=True, slots=True)
class Reading:
    """A trial that has begun: `found`, or what lacked for it.

    `weeks` are the whole weeks looked at, `start` of them before the first day; `pieces` (pilots, weeks).
    """

    trial: Trial
    weeks: tuple[date, ...]
    start: int
    pieces: Array
    controls: int  # that were weighed
    found: Readout | Rates | str

    @property
    def run(self) -> int:
        """Whole weeks since the start."""
        return len(self.weeks) - self.start

    @property
    def estimate(self) -> Estimate | None:
        """Of all pilots, as it was worked out: a share, or the logarithm of a rate."""
        if isinstance(self.found, Readout):
            return self.found.ratio
        return self.found.typical if isinstance(self.found, Rates) else None

    @property
    def each(self) -> tuple[Estimate | None, ...]:
        """Of each pilot."""
        return (None,) * len(self.trial.pilots) if isinstance(self.found, str) else self.found.each

    @property
    def untold(self) -> int:
        """Weeks since the start that pilots did not tell, over all of them."""
        return int(np.isnan(self.pieces[:, self.start :]).sum())

    def shown(self, value: float) -> float:
        """A value of an estimate as people read it."""
        return exp(value) if isinstance(self.found, Rates) else value

    def goal(self) -> float | None:
        """The goal as it is held against an estimate."""
        goal = self.trial.goal
        if goal is None or self.trial.kind == "uplift":
            return goal
        return log(goal) if goal > 0 else -inf


def panel(store: Store, scope: Scope) -> Panel:
    """Weeks of all places, up to the last that has ended."""
    table = store.columns(Path(__file__).with_name("weekly.sql"), **scope.params())
    if not table.num_rows:
        return Panel((), {}, {})
    monday = _days(table["week"])
    first, last = monday.min(), monday.max()
    at, count = (monday - first).astype(int) // 7, int((last - first).astype(int) // 7) + 1
    reach = (_days(table["last_day"]) - monday).astype(int)
    pcs = table["pcs"].to_numpy()
    pieces: dict[tuple[Key, str], Array] = {}
    told: dict[Key, Array] = {}
    for place, sku, rows in _series(table):
        if sku:
            pieces[place, sku] = np.zeros(count)
            pieces[place, sku][at[rows]] = pcs[rows]
        else:
            told[place] = _told(at[rows], reach[rows], count)
    start: date = first.item()
    return Panel(tuple(start + n * WEEK for n in range(count)), pieces, told)


def _days(column: pa.ChunkedArray) -> np.ndarray:
    return column.to_numpy().astype("datetime64[D]")


def _series(table: pa.Table) -> list[tuple[Key, str, slice]]:
    """Place, SKU and rows of each series; the rows come sorted by them."""
    account, shop, sku = (np.asarray(table[name].to_pylist(), dtype=object) for name in ("account", "store", "sku"))
    changes = (account[1:] != account[:-1]) | (shop[1:] != shop[:-1]) | (sku[1:] != sku[:-1])
    edges = [0, *(np.flatnonzero(changes) + 1).tolist(), len(sku)]
    return [((account[a], shop[a]), sku[a], slice(a, b)) for a, b in pairwise(edges)]


def _told(at: np.ndarray, reach: np.ndarray, count: int) -> Array:
    """Weeks told: without a last one that breaks off earlier than any of those before (as accounts.history has it)."""
    told = np.zeros(count, dtype=bool)
    told[at] = True
    earliest = reach[-USUAL_WEEKS - 1 : -1].min() if len(reach) > 1 else reach[-1]
    if reach[-1] < earliest - SLACK["week"]:
        told[at[-1]] = False
    return told


def read(trial: Trial, every: Sequence[Trial], sales: Panel, scope: Scope) -> Reading:
    """Read a trial that has begun, beside `every` trial (whose pilots are no controls), up to the scope's day."""
    until = min(trial.facts.ends_on, scope.as_of)
    before = [n for n, week in enumerate(sales.weeks) if week + WEEK <= trial.facts.starts_on][-BEFORE:]
    since = [
        n for n, week in enumerate(sales.weeks)
        if week >= trial.facts.starts_on and week + WEEK - timedelta(days=1) <= until
    ]  # fmt: skip
    at, weeks = [*before, *since], tuple(sales.weeks[n] for n in (*before, *since))
    pieces = sales.matrix([place.key for place in trial.pilots], trial.facts.sku)[:, at]
    if trial.kind == "rate":
        found = _rates(trial, pieces[:, len(before) :], weeks[len(before) :])
        return Reading(trial, weeks, len(before), pieces, 0, found)
    controls = sales.matrix(_controls(trial, every, sales), trial.facts.sku)[:, at]
    found = synthetic.read(pieces, controls, len(before), RECENT)
    weighed = int(found.used.sum()) if isinstance(found, Readout) else len(controls)
    return Reading(trial, weeks, len(before), pieces, weighed, found)


def _rates(trial: Trial, pieces: Array, weeks: Sequence[date]) -> Rates | str:
    """A place counts from the first whole week in which it lists the product."""
    stores = np.array([[store_count(place, week) for week in weeks] for place in trial.pilots]).reshape(pieces.shape)
    if stores.size and not stores.any():
        return "no stores"
    return rates.rates(np.where(stores > 0, pieces, np.nan), stores.max(axis=1, initial=0.0))


def store_count(place: Place, week: date) -> float:
    """How many stores list the product in a week; 0 before it was listed, and where nobody says."""
    if place.listed_on is not None and week < place.listed_on:
        return 0.0
    return 1.0 if place.store else place.stores or 0.0


def _controls(trial: Trial, every: Sequence[Trial], sales: Panel) -> list[Key]:
    """Those named; else all accounts with sales of the product that are no pilots of it at that time."""
    if trial.controls:
        return [place.key for place in trial.controls]
    pilots = {place.account for other in every if other.meets(trial) for place in other.pilots}
    sku = trial.facts.sku
    return [key for key in sales.told if not key[1] and key[0] not in pilots and (key, sku) in sales.pieces]


def latest(store: Store, scope: Scope) -> Reading | None:
    """The scope's trial, or the begun one that ends or ended last; None where it has not begun."""
    every = trials(store, scope)
    begun = [one for one in every if one.begun(scope) and (one.chosen or scope.trial)]
    named = [one for one in begun if one.facts.trial == scope.trial] if scope.trial else begun
    if not named:
        return None
    last = max(named, key=lambda one: (one.facts.ends_on, one.facts.starts_on, one.facts.trial))
    return read(last, every, panel(store, scope), scope)
