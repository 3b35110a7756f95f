"""The shapes every question shares: what was asked of which data, and what was found."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar, Generic, Literal, TypeVar

from data.text import Text

Level = Literal["storm", "rain", "change", "fair", "vfair"]
Flow = Literal["sell_out", "sell_in"]
R = TypeVar("R")
W = TypeVar("W")
FIRST = Text("只列出前 {n} 行，共 {all} 行", "These are the first {n} of {all} rows")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a reader tries when goods are planned; None is what the data says. Part of a scope, and so of every key."""

    LENGTH: ClassVar[timedelta] = timedelta(days=14)  # of a peak that only its first day is given of: two weekends

    starts: date | None = None  # first day of the next peak
    growth: float | None = None  # of the peak beyond season and level, a ratio
    service: float | None = None  # probability to be served without a gap (0-1); None: 95 %
    by_margin: bool = False  # the service at which a piece more costs as much as it saves, by each product's margin
    lead_days: int | None = None  # from order to delivery, of every product


@dataclass(frozen=True, slots=True)
class Deal:
    """A promotion that a reader tries with an account; None is what is usual there. Part of a scope, like `Plan`."""

    sku: str | None = None
    mechanic: str | None = None  # as the promotions say it
    depth: float | None = None  # of the price, a ratio
    starts: date | None = None
    weeks: int | None = None
    fixed_cny: float | None = None
    our_share: float | None = None  # of the discount, a ratio


@dataclass(frozen=True, slots=True)
class Scope:
    """The slice of the business a reader is looking at; hashable, so that it can be part of a cache key.

    `as_of` is the only "today" in analytics: the last day of the month looked at, or the last day with data when that
    month is still open. `flow` says which sales are meant (the two are never mixed). `None` means all of them.
    `key_cny` and `key_share` are the lines of a key account that the reader tries (portfolio.keys); None: the usual.
    `plan` is what is tried when goods are planned (supply.plan), `deal` when a promotion is (promotions.planned).
    `trial` and `promotion` are the codes of the one looked at; "": the newest.
    """

    as_of: date
    flow: Flow = "sell_out"
    accounts: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    categories: tuple[str, ...] | None = None
    key_cny: float | None = None
    key_share: float | None = None
    plan: Plan = Plan()
    deal: Deal = Deal()
    trial: str = ""
    promotion: str = ""

    @property
    def month(self) -> date:
        """The first day of the month looked at."""
        return self.as_of.replace(day=1)

    @property
    def open(self) -> bool:
        """Whether the month looked at has not ended in the data yet; it is then compared day for day."""
        return self.as_of.day < monthrange(self.as_of.year, self.as_of.month)[1]

    @property
    def closed(self) -> "Scope":
        """The same slice up to the last month that has ended, for what is only judged month by month."""
        return replace(self, as_of=self.month - timedelta(days=1)) if self.open else self

    def params(self) -> dict[str, object]:
        """The parameters that most questions' SQL takes: $as_of, $flow, $accounts, $regions, $categories."""
        return {
            "as_of": self.as_of,
            "flow": self.flow,
            "accounts": _listed(self.accounts),
            "regions": _listed(self.regions),
            "categories": _listed(self.categories),
        }


def _listed(codes: tuple[str, ...] | None) -> list[str] | None:
    return None if codes is None else list(codes)


class OfAccount:
    """What a row of an account is called; a mixin of rows with `name` and `name_en`."""

    __slots__ = ()
    name: str
    name_en: str

    @property
    def called(self) -> Text:
        """The account's name in both languages."""
        return Text(self.name, self.name_en)


class Cut(list[R], Generic[R, W]):
    """Rows of a question, at most the first of them; `whole` is what all of them come to and `places` their number."""

    __slots__ = ("places", "whole")

    def __init__(self, rows: Iterable[R], places: int, whole: W):
        super().__init__(rows)
        self.places, self.whole = places, whole

    @property
    def first(self) -> Text | None:
        """That these are not all; None where they are."""
        return FIRST.fill(n=f"{len(self):,}", all=f"{self.places:,}") if len(self) < self.places else None


def cut(rows: Sequence[R]) -> "list[Finding]":
    """That rows are not all, as a sentence; nothing where they are."""
    first = rows.first if isinstance(rows, Cut) else None
    return [] if first is None else [Finding("change", first)]


NAMELESS = Text("", "")  # a finding that concerns no account


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence a manager can act on; sort by `weight`, largest first.

    `weight` is the money at stake (CNY a year) or 0 for a plain statement; `account` is the code it concerns, `name`
    how that account is called, `owner` who answers for it.
    """

    level: Level
    text: Text
    weight: float = 0.0
    account: str = ""
    name: Text = NAMELESS
    owner: str = ""


def months_back(day: date, n: int) -> date:
    """The first day of the month `n` months before that of `day`; negative `n` looks ahead."""
    index = day.year * 12 + day.month - 1 - n
    return date(index // 12, index % 12 + 1, 1)
