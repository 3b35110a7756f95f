"""What there is to choose from: flows, months, accounts, regions, categories. For filter bar and command line."""

from dataclasses import dataclass
from datetime import date

from data.marts import FLOWS
from data.reach import reach
from data.store import Store
from data.text import Text


@dataclass(frozen=True, slots=True)
class Account:
    """An account as a person picks it, and who it is as far as the master says; `parent` is the top of its group
    ("": it stands alone)."""

    code: str
    name: Text
    region: str
    tier: str = ""
    channel: str = ""
    owner: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The choices that the data allows. `months` and `last_day` go by flow; months newest first. `last_day` is the last
    day that rows cover, which a row of a month does to its end (data/reach.py)."""

    flows: tuple[str, ...]
    months: dict[str, tuple[date, ...]]
    last_day: dict[str, date]
    accounts: tuple[Account, ...]
    regions: tuple[str, ...]
    categories: tuple[str, ...]


def shelf(store: Store) -> Shelf:
    """Everything that can be chosen, in one go; empty tuples where nothing was loaded."""
    months: dict[str, tuple[date, ...]] = {}
    last_day: dict[str, date] = {}
    for flow, month, last in store.execute(
        "SELECT flow AS flow, date_trunc('month', day)::DATE AS month, max(day) AS last_day FROM sales_day "
        "GROUP BY flow, date_trunc('month', day)::DATE ORDER BY flow, month DESC"
    ):
        months[flow] = (*months.get(flow, ()), month)
        last_day.setdefault(flow, last)
    accounts = store.execute(
        "SELECT account, name, name_en, region, tier, channel, owner, "
        "CASE WHEN parent = account THEN '' ELSE parent END AS parent FROM account_dim ORDER BY account"
    )
    return Shelf(
        flows=tuple(flow for flow in FLOWS if flow in months),
        months=months,
        last_day={flow: reach(store, flow, last) for flow, last in last_day.items()},
        accounts=tuple(Account(code, Text(name, name_en), *about) for code, name, name_en, *about in accounts),
        regions=_words(store, "SELECT DISTINCT region FROM account_dim WHERE region <> '' ORDER BY region"),
        categories=_words(store, "SELECT DISTINCT category FROM product_dim WHERE category <> '' ORDER BY category"),
    )


def _words(store: Store, sql: str) -> tuple[str, ...]:
    return tuple(word for (word,) in store.execute(sql))
