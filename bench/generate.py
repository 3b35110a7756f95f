"""Seeded companies for the benches: 36 months of sell-out up to an open month, streamed month by month into a lake.

200 accounts of very different size, 4,000 stores, 500 products; beside the sales what the other questions read
(sell-in, stock, targets, masters). A hundred million rows never stand in memory: a month comes in record batches.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from bench import columns
from data.datasets import BY_NAME
from data.lake import Receipt, arrow_schema
from data.store import Store

SEED = 20260620
ACCOUNTS, STORES, SKUS, MONTHS = 200, 4_000, 500, 36
LAST_DAY = date(2026, 6, 20)  # the newest month is open, as on most days of a year
PART = 250_000  # rows of one record batch
COUNTED = 40  # products whose stock is counted
SELL_IN_EVERY, SELL_IN_MOST = 20, 15_000  # sell-out rows for one invoice line; invoice lines of a month at most


@dataclass(frozen=True, slots=True)
class Period:
    """The days of one month that have sales."""

    first: date
    days: int


@cache
def periods() -> tuple[Period, ...]:
    """The 36 months, oldest first; the newest ends with `LAST_DAY`."""
    last = LAST_DAY.year * 12 + LAST_DAY.month - 1
    firsts = [date(n // 12, n % 12 + 1, 1) for n in range(last - MONTHS + 1, last + 1)]
    return tuple(
        Period(first, LAST_DAY.day if n == MONTHS - 1 else calendar.monthrange(first.year, first.month)[1])
        for n, first in enumerate(firsts)
    )


@dataclass(frozen=True, slots=True)
class Company:
    """Who sells what: weights of accounts and products, the account of each store, list prices in cents."""

    account_weight: np.ndarray
    account_growth: np.ndarray  # a month, relative
    store_account: np.ndarray
    sku_weight: np.ndarray
    price: np.ndarray


@cache
def company() -> Company:
    """The company of the seed; the same for every size."""
    rng = np.random.default_rng(SEED)
    weight = 1 / np.arange(1, ACCOUNTS + 1) ** 0.8
    share = np.concatenate([np.arange(ACCOUNTS), rng.choice(ACCOUNTS, STORES - ACCOUNTS, p=weight / weight.sum())])
    popular = rng.permutation(1 / np.arange(1, SKUS + 1) ** 0.6)
    price = rng.integers(9_900, 899_900, SKUS)
    return Company(weight, rng.normal(0.004, 0.01, ACCOUNTS), np.sort(share), popular / popular.sum(), price)


def lines(rows: int, month: int, first_day: int = 1, days: int = 0) -> Iterator[pa.RecordBatch]:
    """`rows` of sell-out in one month (0 is the oldest), sorted by day, with stores drawn by their account's weight."""
    who, period = company(), periods()[month]
    rng = np.random.default_rng((SEED, month, rows, first_day))
    weight = (who.account_weight * (1 + who.account_growth) ** month / np.bincount(who.store_account))[
        who.store_account
    ]
    store_edges, sku_edges = np.cumsum(weight / weight.sum()), np.cumsum(who.sku_weight)
    day = np.sort(rng.integers(first_day - 1, first_day - 1 + (days or period.days), rows, dtype=np.int32))
    start = (period.first - date(1970, 1, 1)).days
    for at in range(0, rows, PART):
        size = min(PART, rows - at)
        store = np.minimum(np.searchsorted(store_edges, rng.random(size)), STORES - 1)
        sku = np.minimum(np.searchsorted(sku_edges, rng.random(size)), SKUS - 1)
        qty = rng.integers(1, 6, size) * np.where(rng.random(size) < 0.02, -1, 1)  # two in a hundred come back
        cents = qty * who.price[sku] * rng.integers(85, 101, size) // 100
        account = who.store_account[store]
        yield columns.sell_out((account, store, sku), start + day[at : at + size], qty, cents, at + 2)


def month_rows(rows: int) -> list[int]:
    """How many rows each month has: seasons, growth, and a newest month of only some days; the sum is `rows`."""
    weight = [p.days * (1 + 0.25 * np.sin(p.first.month / 12 * 2 * np.pi)) * 1.005**n for n, p in enumerate(periods())]
    shares = np.floor(np.array(weight) / sum(weight) * rows).astype(int)
    shares[0] += rows - shares.sum()
    return shares.tolist()


def make(home: Path, rows: int) -> Path:
    """A home with `rows` of sell-out, its cache brought up; one that is there already is used as it is."""
    done = home / "generated"
    if done.exists():
        return home
    store = Store(home)
    schema = arrow_schema(BY_NAME["sell_out"])
    for month, count in enumerate(month_rows(rows)):
        reader = pa.RecordBatchReader.from_batches(schema, lines(count, month))
        store.lake.commit(BY_NAME["sell_out"], reader, Receipt(f"sell_out-{month}", "", "bench", rows_in=count))
    for name, table in _beside(rows).items():
        store.lake.commit(BY_NAME[name], table, Receipt(name, "", "bench", rows_in=table.num_rows))
    store.version()
    store.close()
    (home / "begun").touch()
    done.write_text(f"{rows}\n", encoding="utf-8")
    return home


def _beside(rows: int) -> dict[str, pa.Table]:
    """What the other questions read; only sell-in grows with the sales."""
    who, firsts = company(), [p.first for p in periods()]
    ends = [p.first + timedelta(days=p.days - 1) for p in periods()]
    per_month = min(max(1, rows // SELL_IN_EVERY // MONTHS), SELL_IN_MOST)
    return {
        "accounts": columns.accounts(ACCOUNTS, np.bincount(who.store_account)),
        "products": columns.products(who.price),
        "targets": columns.targets(ACCOUNTS, firsts, who.account_weight),
        "stock": columns.stock(ACCOUNTS, COUNTED, ends, np.random.default_rng(SEED)),
        "sell_in": columns.sell_in(firsts, per_month, who.account_weight, who.price, np.random.default_rng(SEED)),
    }


def sales_csv(folder: Path, rows: int) -> Path:
    """A csv of `rows` sell-out lines as an account sends them: date, account, store, product, quantity, amount."""
    path = folder / f"sales-{rows}.csv"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        schema = arrow_schema(BY_NAME["sell_out"])
        parts = (part for month, count in enumerate(month_rows(rows)) for part in lines(count, month))
        reader = pa.RecordBatchReader.from_batches(schema, parts)  # DuckDB reads it by its name
        con = duckdb.connect()
        con.register("reader", reader)
        con.execute(
            "COPY (SELECT sold_on AS 销售日期, account AS 客户编码, store AS 门店, sku AS 产品编码, "
            f"qty::INTEGER AS 数量, amount::DECIMAL(18,2) AS 含税金额 FROM reader) TO '{path}' (HEADER)"
        )
    return path
