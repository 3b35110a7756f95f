"""Arrow columns of the bench's company, in the lake's own types."""

from datetime import date

import numpy as np
import pyarrow as pa

from bench.words import CATEGORIES, OWNERS, REGIONS
from data.datasets import BY_NAME
from data.lake import arrow_schema


def decimals(unscaled: np.ndarray, scale: int) -> pa.Array:
    """DECIMAL(18, scale) from whole numbers of its last digit."""
    halves = np.empty((len(unscaled), 2), dtype=np.int64)
    halves[:, 0] = unscaled
    halves[:, 1] = halves[:, 0] >> 63  # the sign fills the upper half
    return pa.Array.from_buffers(pa.decimal128(18, scale), len(unscaled), [None, pa.py_buffer(halves)])


def chosen(words: list[str], at: np.ndarray) -> pa.Array:
    """The words at these places."""
    return pa.array(words).take(pa.array(at))


def days(numbers: np.ndarray) -> pa.Array:
    """Dates from days since 1970."""
    return pa.array(numbers.astype(np.int32), pa.int32()).cast(pa.date32())


def codes(letter: str, count: int, digits: int) -> list[str]:
    """A001, A002, ..."""
    return [f"{letter}{n + 1:0{digits}}" for n in range(count)]


def table(dataset: str, filled: dict[str, pa.Array | list], first_line: int = 2) -> pa.RecordBatch:
    """A dataset's record batch; columns that are not given are empty."""
    schema = arrow_schema(BY_NAME[dataset])
    count = len(next(iter(filled.values())))
    given = filled | {"_line": pa.array(np.arange(first_line, first_line + count))}
    arrays = [_of(given[f.name], f.type) if f.name in given else pa.nulls(count, f.type) for f in schema]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _of(values: pa.Array | list, kind: pa.DataType) -> pa.Array:
    return values if isinstance(values, pa.Array) else pa.array(values, kind)


def sell_out(
    who: tuple[np.ndarray, np.ndarray, np.ndarray], day: np.ndarray, qty: np.ndarray, cents: np.ndarray, line: int
) -> pa.RecordBatch:
    """Sales lines of (account, store, sku); names, region and category as full exports carry them."""
    account, store, sku = who
    return table(
        "sell_out",
        {
            "account": chosen(codes("A", 200, 3), account),
            "account_name": chosen([f"客户{n + 1:03}电器" for n in range(200)], account),
            "store": chosen(codes("S", 4_000, 4), store),
            "sku": chosen(codes("P", 500, 4), sku),
            "sku_name": chosen([f"产品{n + 1:04}" for n in range(500)], sku),
            "sold_on": days(day),
            "qty": decimals(qty * 1_000, 3),
            "amount": decimals(cents * 100, 4),
            "region": chosen(list(REGIONS), account % len(REGIONS)),
            "category": chosen(list(CATEGORIES), sku % len(CATEGORIES)),
        },
        line,
    )


def sell_in(
    firsts: list[date], per_month: int, weight: np.ndarray, price: np.ndarray, rng: np.random.Generator
) -> pa.Table:
    """Invoice lines, `per_month` in each month."""
    parts = []
    for n, first in enumerate(firsts):
        account = rng.choice(len(weight), per_month, p=weight / weight.sum())
        sku, qty = rng.integers(0, len(price), per_month), rng.integers(4, 60, per_month)
        start = (first - date(1970, 1, 1)).days
        filled = {
            "account": chosen(codes("A", len(weight), 3), account),
            "sku": chosen(codes("P", len(price), 4), sku),
            "sold_on": days(start + rng.integers(0, 20, per_month)),
            "qty": decimals(qty * 1_000, 3),
            "amount": decimals(qty * price[sku] * 80, 4),
            "doc_no": [f"XS{n:02}{i:06}" for i in range(per_month)],
            "line_no": ["1"] * per_month,
        }
        parts.append(table("sell_in", filled, n * per_month + 2))
    return pa.Table.from_batches(parts)


def accounts(count: int, stores: np.ndarray) -> pa.Table:
    """The account master."""
    filled = {
        "account": codes("A", count, 3),
        "account_name": [f"客户{n + 1:03}电器" for n in range(count)],
        "name_en": [f"Account {n + 1:03}" for n in range(count)],
        "region": [REGIONS[n % len(REGIONS)] for n in range(count)],
        "tier": ["ABC"[min(2, n // 30)] for n in range(count)],
        "owner": [OWNERS[n % len(OWNERS)] for n in range(count)],
        "key_account": [n < 30 for n in range(count)],
        "stores": stores.tolist(),
    }
    return pa.Table.from_batches([table("accounts", filled)])


def products(price: np.ndarray) -> pa.Table:
    """The product master."""
    count = len(price)
    filled = {
        "sku": codes("P", count, 4),
        "sku_name": [f"产品{n + 1:04}" for n in range(count)],
        "name_en": [f"Product {n + 1:04}" for n in range(count)],
        "category": [CATEGORIES[n % len(CATEGORIES)] for n in range(count)],
        "lead_days": [21] * count,
        "margin": decimals(price * 20, 4),
        "price": decimals(price * 100, 4),
    }
    return pa.Table.from_batches([table("products", filled)])


def targets(count: int, firsts: list[date], weight: np.ndarray) -> pa.Table:
    """A target for every account and month."""
    who = np.tile(np.arange(count), len(firsts))
    filled = {
        "account": chosen(codes("A", count, 3), who),
        "month": [first for first in firsts for _ in range(count)],
        "amount": decimals((weight[who] * 4e6).astype(np.int64) * 10_000, 4),
    }
    return pa.Table.from_batches([table("targets", filled)])


def stock(count: int, skus: int, ends: list[date], rng: np.random.Generator) -> pa.Table:
    """A count at the end of every month, for some products of every account."""
    parts = []
    for n, end in enumerate(ends):
        account, sku = np.repeat(np.arange(count), skus), np.tile(np.arange(skus), count)
        filled = {
            "account": chosen(codes("A", count, 3), account),
            "sku": chosen(codes("P", skus, 4), sku),
            "counted_on": [end] * len(account),
            "on_hand": decimals(rng.integers(20, 400, len(account)) * 1_000, 3),
        }
        parts.append(table("stock", filled, n * len(account) + 2))
    return pa.Table.from_batches(parts)
