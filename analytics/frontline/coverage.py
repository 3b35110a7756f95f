"""How many of the stores and their staff were trained?

A store counts once it had a session in the twelve months that end with the day looked at, and separately at any time.

Units: stores; people; sales in CNY of sell-out over twelve months.
Source: `trainings`, `account_dim.stores`, else the stores that sell-out names; `coverage.sql`.
Duty: 2, winning the people who sell by training.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, OfAccount, Scope
from analytics.charts.theme import Look
from analytics.metrics import STAFF_COVERED, STORES_COVERED
from analytics.numbers import plain
from data.store import Store
from data.text import Text

QUESTION = Text("门店和导购培训了多少？", "How many stores and staff were trained?")
CAPTION = Text(
    "近 12 个月有过培训的门店占比，%，虚线为全部客户，右侧为店数",
    "Stores with a session in twelve months, %; dotted: all accounts; at the right the stores",
)
MEANING = Text(
    "分子：近 12 个月至少有一场培训的门店；分母：客户档案的门店数，没有时用终端销售里出现过的门店。"
    "两样都没有的客户不算比例。导购：有培训的门店里参训人数最多的一场 ÷ 该店导购人数；"
    "没培训过的门店有多少导购，数据里没有。",
    "Stores with at least one session in twelve months over the stores in the account master, or else those that "
    "sell-out names; an account with neither has no share. Staff: at stores with a session, the largest number trained "
    "at once over the staff there; how many work at stores without a session is not in the file.",
)
NEEDS = ("trainings",)
ENRICHED_BY = ("accounts", "sell_out", "sell_in")
SHOWN = 12  # accounts in the figure, the largest by sell-out
HEAD = Text(
    "近 12 个月培训了 {n} / {stores} 家门店（{share}）；历来 {ever} 家",
    "In twelve months {n} of {stores} stores were trained ({share}); {ever} at any time",
)
NO_STORES = Text(
    "近 12 个月培训了 {n} 家门店；客户一共多少家店，数据里没有",
    "In twelve months {n} stores were trained; how many there are is not in the file",
)
STAFF = Text(
    "有培训的门店里，导购 {people} / {staff} 人参训（{share}）；其余门店的导购人数未登记",
    "At trained stores {people} of {staff} staff took part ({share}); staff of the other stores is not registered",
)
UNTRAINED = Text(
    "{n} 家客户近 12 个月没有培训，其中最大的是{name}",
    "{n} accounts had no session in twelve months, the largest is {name}",
)
UNKNOWN = Text(
    "{n} 家客户的门店数不知道，没有算进比例", "Accounts whose stores nobody has counted, left out of the share: {n}"
)


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One account."""

    account: str
    name: str
    name_en: str
    owner: str
    stores: int | None  # None: not known
    counted: str  # listed: in the master; seen: in the sell-out; "": not known
    trained_stores: int  # with a session in twelve months
    ever_stores: int  # with a session at any time
    sessions: int  # at its stores in twelve months
    people: int | None  # trained, at the largest session of each trained store
    staff: int | None  # people at the trained stores; None: not registered
    unstaffed: int  # trained stores whose staff is not registered
    sales: float | None  # CNY of sell-out, twelve months

    @property
    def share(self) -> float | None:
        """Trained stores of all, never more than all though the master lag; None where these are not known."""
        return None if not self.stores else min(1.0, self.trained_stores / self.stores)


@dataclass(frozen=True, slots=True)
class Sum:
    """All accounts together; shares are None where the file does not tell."""

    trained: int  # stores, where all of the account's are known
    stores: int
    trained_anyway: int  # stores, also of accounts whose stores are not known
    ever: int  # stores
    people: int
    staff: int
    unknown: int  # accounts whose stores are not known

    @property
    def share(self) -> float | None:
        """Trained stores of all."""
        return self.trained / self.stores if self.stores else None

    @property
    def staff_share(self) -> float | None:
        """Trained staff of all staff at trained stores."""
        return self.people / self.staff if self.staff else None


def ask(store: Store, scope: Scope) -> list[Row]:
    """The largest account first."""
    return store.rows(Path(__file__).with_suffix(".sql"), Row, **scope.params())


def total(rows: Sequence[Row]) -> Sum:
    """Sums over sums: no mean of ratios."""
    known = [r for r in rows if r.stores]
    return Sum(
        sum(min(r.trained_stores, r.stores or 0) for r in known),
        sum(r.stores or 0 for r in known),
        sum(r.trained_stores for r in rows),
        sum(r.ever_stores for r in rows),
        sum(r.people or 0 for r in rows),
        sum(r.staff or 0 for r in rows),
        len(rows) - len(known),
    )


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """Stores, staff, the accounts without any, and what is not known."""
    if not rows:
        return []
    found = total(rows)
    return [
        Finding("change", _head(found)),
        *([Finding("change", _staff(found))] if found.staff else []),
        *_without(rows),
        *([Finding("change", UNKNOWN.fill(n=found.unknown))] if found.unknown else []),
    ]


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The largest accounts' shares against that of all."""
    told = [(r.called, 100 * r.share, f"{r.trained_stores}/{r.stores}") for r in rows if r.share is not None][:SHOWN]
    return charts.lined(told, look, 0, 100 * (total(rows).share or 0.0))


def _head(found: Sum) -> Text:
    if found.share is None:
        return NO_STORES.fill(n=found.trained_anyway)
    share = STORES_COVERED.text(found.share)
    return HEAD.fill(n=plain(found.trained), stores=plain(found.stores), share=share, ever=plain(found.ever))


def _staff(found: Sum) -> Text:
    share = STAFF_COVERED.text(found.staff_share)
    return STAFF.fill(people=plain(found.people), staff=plain(found.staff), share=share)


def _without(rows: Sequence[Row]) -> list[Finding]:
    """Accounts without a session; rows come by sales, so the first is the largest."""
    none = [r for r in rows if not r.trained_stores]
    if not none:
        return []
    text = UNTRAINED.fill(n=len(none), name=none[0].called)
    return [Finding("rain", text, 0.0, none[0].account, none[0].called, none[0].owner)]
