"""Putting a question: what the data must hold for it, and which slice a reader means."""

from calendar import monthrange
from dataclasses import asdict, is_dataclass
from datetime import date
from decimal import Decimal
from types import ModuleType
from typing import Any, cast

from analytics.answer import Flow, Scope
from data.datasets import BY_NAME
from data.marts import FLOWS
from data.shelf import Shelf
from data.store import Store
from data.text import Text

MONEY_EXPONENT = -4  # money comes from the store with four decimals, quantities with three
NEVER = date(1970, 1, 1)  # stands for a month where nothing was loaded; no question has rows there
EITHER = {"sales": FLOWS}  # names in NEEDS that more than one dataset can satisfy
SALES = Text("客户终端销售或发货开票明细", "sell-out or sell-in")


def missing(store: Store, question: ModuleType) -> tuple[str, ...]:
    """The names in a question's NEEDS for which nothing was ever loaded; empty when it can be asked."""
    return tuple(need for need in question.NEEDS if all(store.is_empty(name) for name in EITHER.get(need, (need,))))


def called(need: str) -> Text:
    """What a name in NEEDS is called."""
    return SALES if need in EITHER else BY_NAME[need].title


def usual_flow(shelf: Shelf) -> Flow:
    """Sell-out where it is loaded, because it is what the market does; else sell-in."""
    return cast(Flow, shelf.flows[0]) if shelf.flows else "sell_out"


def as_of(shelf: Shelf, flow: Flow, month: date) -> date:
    """The last day of a month, or the last day with data where that falls into it (the month is then open)."""
    end = month.replace(day=monthrange(month.year, month.month)[1])
    last = shelf.last_day.get(flow)
    return last if last is not None and month <= last <= end else end


def scope(shelf: Shelf, month: date | None = None, flow: Flow | None = None, account: str | None = None) -> Scope:
    """The slice for a month (default: the newest with data), a kind of sales and maybe one account."""
    flow = flow or usual_flow(shelf)
    months = shelf.months.get(flow, ())
    month = month or (months[0] if months else NEVER)
    return Scope(as_of(shelf, flow, month), flow, None if account is None else (account,))


def cents(amount: Decimal) -> float:
    """Money to the cent, as a spreadsheet or pandas rounds the same sum: an exact half goes with its binary double."""
    return round(float(amount), 2)


def plain(value: Any) -> Any:
    """Rows and findings as JSON values: decimals as numbers, dates as ISO strings, texts as {zh, en}."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(part) for name, part in asdict(value).items()}
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, Decimal):
        return cents(value) if value.as_tuple().exponent == MONEY_EXPONENT else float(value)
    return value.isoformat() if isinstance(value, date) else value
