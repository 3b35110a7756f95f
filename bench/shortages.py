"""Were the demo company's planted shortages said two weeks before the first lost sale, and what was said in vain?

An item runs out when in the periods that begin within 28 days more was asked for than was sold, whatever was sent.

python -m bench.shortages
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analytics.answer import Scope
from analytics.supply import plan
from analytics.supply.plan import RISKY
from data.home import Home
from data.samples.company import Company, company
from data.samples.truth import StockOut
from data.store import Store

Array = NDArray[np.float64]
FOREWARNED, NEXT = timedelta(days=14), timedelta(days=28)
OTHERS = (date(2024, 12, 14), date(2025, 9, 15), date(2025, 12, 31))  # days looked at beside those of the shortages


@dataclass(frozen=True, slots=True)
class Missed:
    """What people came for and did not get, pcs by period, account and product."""

    starts: NDArray[np.datetime64]
    accounts: Sequence[str]
    skus: Sequence[str]
    pieces: Array

    def first(self, planted: StockOut) -> date:
        """The first day of the period in which a planted shortage first cost a sale."""
        column = self.pieces[:, self.accounts.index(planted.account), self.skus.index(planted.sku)]
        return self.starts[(column > 0) & (self.starts >= planted.since)][0].astype(date)

    def out(self, as_of: date) -> set[tuple[str, str]]:
        """Accounts and products that run out in the periods that begin within 28 days."""
        window = (self.starts > np.datetime64(as_of)) & (self.starts <= np.datetime64(as_of + NEXT))
        where = np.argwhere(self.pieces[window].sum(axis=0) > 0)
        return {(self.accounts[int(a)], self.skus[int(s)]) for a, s in where}


@dataclass(frozen=True, slots=True)
class Found:
    """Whether each planted shortage was flagged; of all items looked at, whether flagged and whether they ran out."""

    planted: NDArray[np.bool_]
    flagged: NDArray[np.bool_]
    out: NDArray[np.bool_]

    @property
    def false(self) -> float:
        """The share of items that did not run out and were flagged."""
        return float(self.flagged[~self.out].mean())

    @property
    def precision(self) -> float:
        """The share of flagged items that ran out."""
        return float(self.out[self.flagged].mean())


def missed(made: Company) -> Missed:
    """The truth less what was sold; accounts that are silent at the end did sell."""
    base, sold = made.truth.baseline, made.tables["sell_out"]
    starts = base.starts.astype("datetime64[D]")
    days = sold["sold_on"].cast("int32").to_numpy().astype("datetime64[D]")
    period = np.searchsorted(starts, days, side="right") - 1
    account, sku = _codes(sold["account"].to_pylist(), base.accounts), _codes(sold["sku"].to_pylist(), base.skus)
    pieces = base.demand.astype(float)
    np.subtract.at(pieces, (period, account, sku), sold["qty"].cast("float64").to_numpy())
    silent = [base.accounts.index(code) for code in made.truth.silent]
    pieces[np.ix_(starts >= starts[-1].astype("datetime64[M]").astype("datetime64[D]"), silent)] = 0
    return Missed(starts, base.accounts, base.skus, pieces)


def _codes(named: Sequence[str], names: Sequence[str]) -> NDArray[np.integer]:
    place = {name: n for n, name in enumerate(names)}
    return np.array([place[name] for name in named])


def found(store: Store, made: Company) -> Found:
    """Plans of the days two weeks before each planted shortage, and of some others."""
    lost = missed(made)
    before = {(s.account, s.sku, lost.first(s) - FOREWARNED) for s in made.truth.stock_outs}
    planted, flagged, out = [], [], []
    for day in sorted({day for *_, day in before} | set(OTHERS)):
        told = plan.plan(store, Scope(day)).to_pydict()
        rows = zip(told["account"], told["sku"], told["risk"], told["state"], strict=True)
        risky = {(a, s): risk >= RISKY for a, s, risk, state in rows if state == plan.PLANNED}
        ran_out = lost.out(day)
        flagged += risky.values()
        out += [item in ran_out for item in risky]
        planted += [risky.get((a, s), False) for a, s, then in sorted(before) if then == day]
    return Found(np.array(planted), np.array(flagged), np.array(out))


def main() -> None:
    """Print the figures of docs/methods.md."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        home.make_demo()
        store = home.store()
        store.version()
        got = found(store, company())
    print(f"planted shortages flagged two weeks before: {got.planted.sum()} of {len(got.planted)}")
    print(f"of {(~got.out).sum()} items that did not run out in the next 28 days {got.false:.3f} were flagged")
    print(f"of {got.flagged.sum()} flagged items {got.precision:.3f} ran out, of {got.out.sum()} that ran out "
          f"{got.flagged[got.out].mean():.3f} were flagged")  # fmt: skip


if __name__ == "__main__":
    main()
