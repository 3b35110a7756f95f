"""From numpy arrays to the Arrow table that a dataset's contract asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from data.contract import Kind
from data.datasets import BY_NAME
from data.lake import ARROW
from data.samples import market

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]
NEVER = np.datetime64("NaT", "D")  # a date that is not there


@dataclass(frozen=True, slots=True)
class Words:
    """A text column as row -> number of a word in `vocabulary`; -1 is empty."""

    codes: ArrayLike
    vocabulary: Sequence[str]


def table(dataset: str, **columns: Any) -> pa.Table:
    """The dataset's table: contract order and types; an optional column that is not given is all empty.

    Raises `ValueError` when a required column is missing or a given one is not in the contract.
    """
    fields = BY_NAME[dataset].fields
    strange = set(columns) - {field.name for field in fields}
    absent = {field.name for field in fields if field.required} - set(columns)
    if strange or absent:
        raise ValueError(f"{dataset}: not in the contract {sorted(strange)}, missing {sorted(absent)}")
    arrays = {name: _array(values, BY_NAME[dataset].field(name).kind) for name, values in columns.items()}
    rows = len(next(iter(arrays.values())))
    full = [arrays[f.name] if f.name in arrays else pa.nulls(rows, ARROW[f.kind]) for f in fields]
    return pa.Table.from_arrays(full, names=[field.name for field in fields])


def who(accounts: ArrayLike) -> dict[str, Words]:
    """The two columns that name an account, from account numbers."""
    return {"account": Words(accounts, market.CODES), "account_name": Words(accounts, market.NAMES)}


def what(skus: ArrayLike) -> dict[str, Words]:
    """The two columns that name a product, from SKU numbers."""
    return {"sku": Words(skus, market.SKUS), "sku_name": Words(skus, market.SKU_NAMES)}


def category(skus: Ints) -> Words:
    """The category of each SKU number."""
    return Words(np.asarray(market.CATEGORY_OF)[skus], market.CATEGORIES)


def region(accounts: ArrayLike) -> Words:
    """The region of each account number."""
    return Words(accounts, [account.region for account in market.ACCOUNTS])


def serial(prefix: str, numbers: ArrayLike, width: int = 4) -> Words:
    """Document numbers: serial("DD", [7]) -> DD0007."""
    known, codes = np.unique(np.asarray(numbers, dtype=np.int64), return_inverse=True)
    return Words(codes, [f"{prefix}{number:0{width}d}" for number in known])


def numbers_of(column: pa.ChunkedArray, vocabulary: Sequence[str]) -> Ints:
    """The way back: the number in `vocabulary` of each word of a full column."""
    encoded = column.combine_chunks().dictionary_encode()
    order = [vocabulary.index(word) for word in encoded.dictionary.to_pylist()]
    return np.array(order, dtype=np.int64)[encoded.indices.to_numpy()]


def _array(values: Any, kind: Kind) -> pa.Array:
    if isinstance(values, pa.Array):
        return values.cast(ARROW[kind])
    if isinstance(values, Words):
        codes = np.asarray(values.codes)
        return pa.array(values.vocabulary, pa.string()).take(pa.array(codes, pa.int32(), mask=codes < 0))
    match kind:
        case Kind.QUANTITY | Kind.MONEY:
            return _decimals(np.asarray(values, dtype=np.float64), ARROW[kind])
        case Kind.DATE | Kind.MONTH:
            return pa.array(np.asarray(values, dtype="datetime64[D]"), pa.date32())
        case Kind.COUNT | Kind.RATE:
            numbers = np.asarray(values, dtype=np.float64)
            return pa.array(numbers, pa.float64(), mask=np.isnan(numbers)).cast(ARROW[kind])
        case _:
            return pa.array(values, ARROW[kind])


def _decimals(values: Floats, kind: pa.DataType) -> pa.Array:
    """Floats as exact decimals by way of scaled integers (16 bytes, little-endian); NaN is empty."""
    empty = np.isnan(values)
    low = np.rint(np.where(empty, 0.0, values) * 10**kind.scale).astype(np.int64)
    pairs = np.stack([low, low >> 63], axis=1)  # the upper half repeats the sign
    valid = pa.py_buffer(np.packbits(~empty, bitorder="little").tobytes()) if empty.any() else None
    return pa.Array.from_buffers(kind, len(low), [valid, pa.py_buffer(pairs.tobytes())])
