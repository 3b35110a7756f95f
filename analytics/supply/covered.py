"""What the places of accounts come to: how long all of it lasts, how many are short, what is at stake and too much.

Source: `supply_plan`; see `cover_whole.sql`, `cover_products.sql`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analytics.answer import Level, Scope
from analytics.charts.theme import Shade
from analytics.supply import sums, untold
from analytics.supply.plan import OVER
from analytics.supply.untold import Untold
from data.store import Store

EDGES: tuple[tuple[Shade, float], ...] = (  # of the days needed: where each class begins
    ("storm", 0.0), ("rain", 0.5), ("change", 0.8), ("fair", 1.0), ("over", OVER),
)  # fmt: skip
ACCOUNTS, PRODUCTS = 10, 6  # of the figure: what fits a screen, and a phone


@dataclass(frozen=True, slots=True)
class Total:
    """All that can be told, together."""

    days: float  # sum of stock over sum of rates
    need_days: float  # weighed by rates

    @property
    def level(self) -> Level:
        """The weather of it; too much in all is no fair weather either."""
        share = self.days / self.need_days
        shade: Shade = next(name for name, edge in reversed(EDGES) if share >= edge)
        return "change" if shade == "over" else shade


@dataclass(frozen=True, slots=True)
class OfAccount:
    """What all places of an account come to; see `cover_whole.sql`."""

    account: str
    places: int
    told: int  # places with days of cover and days needed
    short: int  # of these those that do not last
    half: int  # and those that last less than half of the days needed
    short_cny: float
    stock: float  # pcs of what is told and sells
    pace: float  # pcs a day of it
    needed: float  # pcs: pace x days needed
    numbered: int  # places with days of cover
    stake_cny: float
    missing: float  # pcs
    over: int  # places with at least one piece of excess
    over_priced: int  # of these those with a price
    over_cny: float


@dataclass(frozen=True, slots=True)
class Stake:
    """A product of the figure."""

    sku: str
    stake_cny: float
    missing: float  # pcs


@dataclass(frozen=True, slots=True)
class Whole:
    """All places, also those that no row is of; and which accounts and products the figure is of."""

    told: int
    short: int
    half: int
    short_cny: float
    total: Total | None
    over: int
    over_cny: float | None  # None: none of it has a price
    untold: Sequence[Untold]
    accounts: frozenset[str]
    products: frozenset[str]


def whole(store: Store, kept: str, scope: Scope) -> tuple[Whole, int]:
    """All places of the plan kept under a mark, and how many they are."""
    here, told = Path(__file__), {"kept": kept} | scope.params()
    by = store.rows(here.with_name("cover_whole.sql"), OfAccount, kept=sums.keep(store, scope), **scope.params())
    accounts = [x.account for x in sorted(by, key=_first) if x.numbered][:ACCOUNTS]
    products = store.rows(here.with_name("cover_products.sql"), Stake, first_accounts=accounts, most=PRODUCTS, **told)
    unknown = untold.ask(store, kept, scope)
    return _summed(by, unknown, accounts, [x.sku for x in products]), sum(x.places for x in by)


def _first(x: OfAccount) -> tuple[float, float, str]:
    return -x.stake_cny, -x.missing, x.account


def _summed(
    by: Sequence[OfAccount], unknown: Sequence[Untold], accounts: Sequence[str], products: Sequence[str]
) -> Whole:
    over, priced, pace = sum(x.over for x in by), sum(x.over_priced for x in by), sum(x.pace for x in by)
    return Whole(
        sum(x.told for x in by),
        sum(x.short for x in by),
        sum(x.half for x in by),
        sum(x.short_cny for x in by),
        Total(sum(x.stock for x in by) / pace, sum(x.needed for x in by) / pace) if pace else None,
        over,
        sum(x.over_cny for x in by) if priced or not over else None,
        unknown,
        frozenset(accounts),
        frozenset(products),
    )
