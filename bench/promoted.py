"""The demo company's promotions: what is said of each against what was planted, over many seeds."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analytics.stats.festival import gains, placed
from analytics.stats.placebo import Z
from analytics.stats.pooled import Pooled, pooled
from analytics.stats.programme import lifts, ones
from analytics.stats.promotion import Effect, effects
from analytics.stats.seasonal import WEEKLY, Season
from analytics.stats.unpromoted import Promoted, Sold
from data.samples import market
from data.samples.company import company
from data.samples.seasons import LAST, SPRING
from data.samples.truth import PromotionEffect

MONDAY = np.datetime64("2023-07-03")  # of the first whole week
WEEKS = 156
PARTS = ("uplift", "gross", "dip", "beside", "net")


@dataclass(frozen=True, slots=True)
class Judged:
    """One promotion of one seed: what was planted and what is said."""

    planted: PromotionEffect
    found: Effect
    code: str
    mechanic: str

    def off(self, part: str) -> float | None:
        """How many standard errors the truth lies from what is said; None where nothing is, or not all is known."""
        if part in ("dip", "net") and self.found.after < 4:
            return None
        if part == "uplift":
            said, error = self.found.uplift, self.found.uplift_error
        else:
            said, error = getattr(self.found, part).pcs, getattr(self.found, part).error
        return (said - self.true(part)) / error if error > 0 else None

    def true(self, part: str) -> float:
        """What was planted."""
        it = self.planted
        return {
            "uplift": it.uplift,
            "gross": it.gross_pcs,
            "dip": -it.dip_pcs,
            "beside": -it.cannibalised_pcs,
            "net": it.net_pcs,
        }[part]


def judged(seed: int) -> list[Judged]:
    """Every promotion of the company of a seed whose weeks are in the data."""
    made = company(seed)
    sold, places = _sold(made.tables["sell_out"])
    terms = made.tables["promotions"]
    mechanics = dict(zip(terms["promotion"].to_pylist(), terms["mechanic"].to_pylist(), strict=True))
    rows, planted = [], []
    for code, effect in made.truth.promotions.items():
        start = int((effect.starts_on - MONDAY).astype(int)) // 7
        weeks = (int((effect.ends_on - effect.starts_on).astype(int)) + 1) // 7
        if start + weeks <= WEEKS:
            rows += [(places[effect.account, sku], start, weeks, len(planted)) for sku in effect.skus]
            planted.append((code, effect))
    found = effects(sold, Promoted(*np.array(rows).T))
    return [Judged(truth, said, code, mechanics[code]) for (code, truth), said in zip(planted, found, strict=True)]


def foretold(all_: list[Judged], seed: int) -> list[bool]:
    """Half of a company's promotions foretold from the other half: whether the range of the next one holds each."""
    known = [one for one in all_ if one.off("net") is not None]
    learnt = np.random.default_rng(seed).random(len(known)) < 0.5
    names = [np.unique([getter(one) for one in known], return_inverse=True)[1] for getter in (_mechanic, _account)]
    cases = [one.found for one, used in zip(known, learnt, strict=True) if used]
    law = pooled(*lifts(cases), ones(len(cases)), [codes[learnt] for codes in names])
    held = []
    for n in np.flatnonzero(~learnt).tolist():
        told = law.new(_columns(law, [codes[learnt] for codes in names], [int(codes[n]) for codes in names]))
        held.append(abs(np.log1p(known[n].planted.uplift) - told.mean) <= Z * told.error)
    return held


def _columns(law: Pooled, seen: list[NDArray], codes: list[int]) -> NDArray[np.float64]:
    """The columns of a case; a kind that was not learnt from has none."""
    x, first = np.zeros(law.design.shape[1]), 1
    x[0] = 1.0
    for kinds, code in zip(seen, codes, strict=True):
        if code in kinds:
            x[first + code] = 1.0
        first += int(kinds.max()) + 1
    return x


def _mechanic(one: Judged) -> str:
    return one.mechanic


def _account(one: Judged) -> str:
    return one.planted.account


def _sold(table: pa.Table) -> tuple[Sold, dict[tuple[str, str], int]]:
    """Sell-out by week; a week that an account has no row of is not known."""
    account = np.array([market.account(code) for code in table["account"].to_pylist()])
    sku = np.array([market.sku(code) for code in table["sku"].to_pylist()])
    week = (table["sold_on"].to_numpy() - MONDAY).astype("timedelta64[D]").astype(int) // 7
    inside = (week >= 0) & (week < WEEKS)
    y = np.zeros((len(market.CODES), len(market.SKUS), WEEKS))
    pieces = table["qty"].cast("float64").to_numpy()
    np.add.at(y, (account[inside], sku[inside], week[inside]), pieces[inside])
    silent = (y > 0).sum(axis=1, keepdims=True) == 0
    begun = np.cumsum(y > 0, axis=2) > 0
    y[~begun | silent] = np.nan
    some = np.argwhere(~np.isnan(y).all(axis=2))
    flat = y[some[:, 0], some[:, 1]]
    places = {(market.CODES[a], market.SKUS[s]): n for n, (a, s) in enumerate(some.tolist())}
    return Sold(flat, some[:, 0], some[:, 1], np.array(market.CATEGORY_OF)[some[:, 1]], _season(flat)), places


def _season(y: NDArray[np.float64]) -> Season:
    """As the product has it: winters from Spring Festival on where that foretells better."""
    first, days = MONDAY.astype(date), [day.astype(date) for day in SPRING if MONDAY <= day <= LAST]
    moved = placed(WEEKLY, first, days, WEEKS)
    return moved if gains(y, WEEKLY, moved, first, days) else WEEKLY
