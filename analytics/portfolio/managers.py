"""Does anybody look after too many accounts, or too few?

Accounts with sales in the last twelve months by account manager; three to ten each is usual. Accounts of the master
without any sales in that time are counted beside them, and those without a manager are named.

Units: accounts; money in CNY.
Source: `account_dim`, `sales_month`; see `managers.sql`.
Duty: the rule of twenty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.charts.theme import Look
from analytics.metrics import LOAD, ROLLING
from data.store import Store
from data.text import Text, same

QUESTION = Text("每位客户经理管几家客户？", "How many accounts does each manager look after?")
CAPTION = Text("每位客户经理有销售的客户数，虚线之间为常见的 3 到 10 家", "Accounts per manager, three to ten is usual")
MEANING = Text(
    "近 12 个月有销售的客户，按客户档案里的客户经理数；三到十家为常见。按经理名下全部客户算，不受区域筛选影响。"
    "档案里有、12 个月没有销售的客户另列。",
    "Accounts with sales in twelve months by the manager in the account master; three to ten is usual. All of a "
    "manager's accounts count, whatever region is looked at. Accounts of the master without sales in twelve months "
    "are listed beside them.",
)
NEEDS = ("accounts", "sales")
FEW, MANY = 3, 10  # accounts a manager usually has, both included
SHOWN = 15  # bars that fit a screen; the table has all
USUAL = Text(
    "{n} 位客户经理人均 {mean} 家，都在 3 到 10 家之间",
    "{n} managers with {mean} accounts each, all between three and ten",
)
OUTSIDE = Text(
    "{n} 位客户经理中 {k} 位不在 3 到 10 家之间：{who}", "{k} of {n} managers lie outside three to ten: {who}"
)
ONE = Text("{owner}（{n} 家）", "{owner} ({n})")
NOBODY = Text(
    "{n} 家有销售的客户没有客户经理，近 12 个月共 {amount}",
    "{n} accounts with sales have no manager, {amount} together",
)
SILENT = Text("档案里 {n} 家客户 12 个月没有销售", "{n} accounts of the master had no sales in twelve months")
NONE = Text("没有客户经理", "No manager")
ACCOUNTS = Text("客户数", "Accounts")
NAMED = 5  # managers that one sentence names
AND, MORE = Text("、", ", "), Text("等", " and others")


@dataclass(frozen=True, slots=True)
class Row:
    """One manager; "" are the accounts without one."""

    owner: str
    accounts: int  # with sales in twelve months
    silent: int  # in the master, without any
    key_accounts: int  # of `accounts`, flagged in the master
    amount: Decimal | None  # CNY, twelve months

    @property
    def outside(self) -> bool:
        """Whether a manager has fewer or more accounts than is usual."""
        return bool(self.owner) and not FEW <= self.accounts <= MANY


def ask(store: Store, scope: Scope) -> list[Row]:
    """Most accounts first; empty where the master names no manager at all."""
    return store.rows(Path(__file__).with_suffix(".sql"), Row, **scope.params())


def people(rows: Sequence[Row]) -> list[Row]:
    """The managers who look after anybody that buys."""
    return [r for r in rows if r.owner and r.accounts]


def mean(rows: Sequence[Row]) -> float | None:
    """Accounts per manager: sum over count."""
    return sum(r.accounts for r in people(rows)) / len(people(rows)) if people(rows) else None


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """Who is outside the usual, then accounts without a manager, then accounts without sales."""
    staff, found = people(rows), []
    odd = [r for r in staff if r.outside]
    if odd:
        who = [ONE.fill(owner=same(r.owner), n=r.accounts) for r in odd[:NAMED]]
        more = MORE if len(odd) > NAMED else Text("", "")
        names = Text(AND.zh.join(w.zh for w in who) + more.zh, AND.en.join(w.en for w in who) + more.en)
        found.append(Finding("rain", OUTSIDE.fill(n=len(staff), k=len(odd), who=names)))
    elif staff:
        text = USUAL.fill(n=len(staff), mean=LOAD.text(mean(rows)))
        found.append(Finding("fair", text))
    for r in rows:
        if not r.owner and r.accounts:
            found.append(
                Finding("rain", NOBODY.fill(n=r.accounts, amount=ROLLING.text(r.amount)), float(r.amount or 0))
            )
    if silent := sum(r.silent for r in rows):
        found.append(Finding("change", SILENT.fill(n=silent)))
    return found


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Accounts by manager, most first, between the two lines of what is usual."""
    bars = [(same(r.owner) if r.owner else NONE, float(r.accounts)) for r in rows if r.accounts][:SHOWN]
    return charts.ranged(bars, look, ACCOUNTS, FEW, MANY)
