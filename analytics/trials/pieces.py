"""What a trial's pilots sold, pilot by pilot and in total: from what the SQL counts to the rows of `trials.field`.

Units: stores, pcs, pcs per listed store and week; shares as ratios.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from analytics.answer import OfAccount
from analytics.stats.taken import Taken, taken
from analytics.trials.weeks import WEEK, whole
from data.text import Text

LATE_WEEKS = 4  # whole weeks in which a store must have sold to be one that sells it
LEAST_WEEKS = 4  # whole weeks from which two halves say anything
ALL = Text("全部试点", "All pilots")


@dataclass(frozen=True, slots=True)
class Facts:
    """One row of the SQL."""

    trial: str
    title: str | None
    sku: str
    replaces: str | None
    starts_on: date
    ends_on: date | None
    until: date
    old_name: str | None
    old_name_en: str | None
    account: str
    name: str
    name_en: str
    stores: int | None
    stores_listed: int | None
    listed_on: date
    by_store: bool
    opening_pcs: float | None
    received_pcs: float | None
    gone_pcs: float | None


@dataclass(frozen=True, slots=True)
class Sold:
    """What one unit sold in one week."""

    account: str
    store: str
    week: date
    qty: float


@dataclass(frozen=True, slots=True)
class Reported:
    """What an account sold of one product in a week that it reported."""

    account: str
    pilot: bool
    week: date
    qty: float


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One pilot, or all of them (account ""). None: not known. Shares are ratios of the sums beside them."""

    trial: str
    account: str
    name: str
    name_en: str
    replaces: str
    old_name: str
    old_name_en: str
    stores: int | None  # of the account
    stores_listed: int | None
    stores_selling: int | None  # that sold it in the last four weeks; None where no store is named
    weeks: int  # whole weeks since it was listed, reported
    sold_pcs: float | None  # pcs, whole weeks
    store_weeks: int | None  # listed stores times weeks
    goods_pcs: float | None  # pcs: counted before the trial and received since
    gone_pcs: float | None  # pcs sold of them
    by_store: bool
    units_listed: int | None  # stores where sell-out names them, else the account
    units_sold: int | None  # in the first half of the weeks
    units_again: int | None  # and in the second
    taken_pcs: float | None  # pcs lost by the replaced product; of all pilots only
    taken_share: float | None  # ratio to the new product's pieces
    taken_low: float | None  # ratio, the ends of the 80 % interval
    taken_high: float | None

    @property
    def old_called(self) -> Text:
        """The product that it replaces, in both languages."""
        return Text(self.old_name, self.old_name_en)

    @property
    def distribution(self) -> float | None:
        """Listed stores over all, a ratio."""
        return _over(self.stores_listed, self.stores)

    @property
    def rate(self) -> float | None:
        """Pieces a listed store and week."""
        return _over(self.sold_pcs, self.store_weeks)

    @property
    def sell_through(self) -> float | None:
        """Sold of the goods there were, a ratio."""
        return _over(self.gone_pcs, self.goods_pcs)

    @property
    def repeat(self) -> float | None:
        """Of the units that sold in the first half those that sold again, a ratio."""
        return _over(self.units_again, self.units_sold)

    @property
    def told(self) -> bool:
        """Whether the interval of the cannibalised share leaves anything out of none and all."""
        return self.taken_low is not None and self.taken_high is not None and not (
            self.taken_low <= 0 and self.taken_high >= 1
        )  # fmt: skip


def _over(above: float | None, below: float | None) -> float | None:
    return None if above is None or not below else above / below


def row(fact: Facts, units: Sequence[Sold], lines: Sequence[Reported]) -> Row:
    """One pilot."""
    weeks = whole(max(fact.listed_on, fact.starts_on), fact.until)
    known = {line.week for line in lines if line.account == fact.account and line.pilot} & set(weeks)
    own = [u for u in units if u.account == fact.account]
    sold = sum(u.qty for u in own if u.week in known) if known else None
    first, again = halves(own, weeks) if known and len(weeks) >= LEAST_WEEKS else (None, None)
    late = {u.store for u in own if u.qty > 0 and u.week in weeks[-LATE_WEEKS:]}
    late_known = fact.by_store and bool(known & set(weeks[-LATE_WEEKS:]))
    goods = None if fact.received_pcs is None else (fact.opening_pcs or 0.0) + fact.received_pcs
    return Row(
        trial=fact.trial, account=fact.account, name=fact.name, name_en=fact.name_en, replaces=fact.replaces or "",
        old_name=fact.old_name or fact.replaces or "", old_name_en=fact.old_name_en or fact.replaces or "",
        stores=fact.stores, stores_listed=fact.stores_listed, stores_selling=len(late) if late_known else None,
        weeks=len(known), sold_pcs=sold, store_weeks=fact.stores_listed and fact.stores_listed * len(known),
        goods_pcs=goods, gone_pcs=fact.gone_pcs, by_store=fact.by_store,
        units_listed=fact.stores_listed if fact.by_store else 1, units_sold=first, units_again=again,
        taken_pcs=None, taken_share=None, taken_low=None, taken_high=None,
    )  # fmt: skip


def halves(sold: Sequence[Sold], weeks: Sequence[date]) -> tuple[int, int]:
    """How many units sold anything in the first half of the weeks (the longer one), and of these in the second."""
    middle = (len(weeks) + 1) // 2
    first, second = (
        {u.store for u in sold if u.qty > 0 and u.week in half} for half in (weeks[:middle], weeks[middle:])
    )
    return len(first), len(first & second)


def lost(fact: Facts, lines: Sequence[Reported]) -> Taken | None:
    """What the replaced product lost at the pilots; None where none is registered or it cannot be told."""
    weeks = whole(fact.starts_on, fact.until)
    if not fact.replaces or not weeks:
        return None
    first = min((line.week for line in lines), default=weeks[0])
    every = [first + n * WEEK for n in range((weeks[-1] - first) // WEEK + 1)]
    place = {week: n for n, week in enumerate(every)}
    who = sorted({(line.account, line.pilot) for line in lines})
    y = np.full((len(who), len(every)), np.nan)
    at = {one: n for n, one in enumerate(who)}
    for line in lines:
        if line.week in place:
            y[at[line.account, line.pilot], place[line.week]] = line.qty
    return taken(y, np.array([pilot for _, pilot in who], dtype=bool), place[weeks[0]]) if who else None


def total(rows: Sequence[Row], fact: Facts, loss: Taken | None) -> Row:
    """All pilots: sums of those whose numerator and denominator are known; the funnel by store where any names them."""
    unit = [r for r in rows if r.by_store] or list(rows)
    whole_trial = set(whole(fact.starts_on, fact.until))
    pieces = sum(r.sold_pcs or 0.0 for r in rows)
    share = loss if loss is not None and pieces > 0 else None
    base = rows[0]
    return replace(
        base, account="", name=ALL.zh, name_en=ALL.en, by_store=any(r.by_store for r in rows), weeks=len(whole_trial),
        **_paired(rows, "stores_listed", "stores"), **_paired(rows, "sold_pcs", "store_weeks"),
        **_paired(rows, "gone_pcs", "goods_pcs"), **_paired(unit, "units_again", "units_sold"),
        units_listed=_sum(unit, "units_listed"), stores_selling=_sum(unit, "stores_selling"),
        taken_pcs=share and share.pieces, taken_share=share and share.pieces / pieces,
        taken_low=share and share.low / pieces, taken_high=share and share.high / pieces,
    )  # fmt: skip


def _paired(rows: Sequence[Row], above: str, below: str) -> Mapping[str, float | None]:
    """The sums of two fields over the rows that know both; the first alone where no row does."""
    both = [r for r in rows if getattr(r, above) is not None and getattr(r, below) is not None]
    return {above: _sum(both or rows, above), below: _sum(both, below)}


def _sum(rows: Sequence[Row], name: str) -> float | None:
    known = [value for r in rows if (value := getattr(r, name)) is not None]
    return sum(known) if known else None
