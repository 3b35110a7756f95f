"""Sell-out, sell-in, orders and stock as tables, from what supply played.

Sell-out rows are weekly sums (a week cut at month ends) dated by one day of that week, weekends and peak days
likelier; six accounts report by store, the others one figure per account. Sell-out is valued at our supply price less
the promotion's discount, as departments do that get pieces only; so sell-in and sell-out amounts compare. Two
accounts are silent for the last month.
"""

import numpy as np
import pyarrow as pa

from data.samples import market
from data.samples.columns import NEVER, Floats, Ints, Words, category, region, serial, table, what, who
from data.samples.demand import Market
from data.samples.seasons import FIRST, LAST, axis, emphasis
from data.samples.supply import CAUSES, TRANSIT_DAYS, Orders, Supply

SKU_COUNT = len(market.SKUS)
LINES = [str(n) for n in range(1, SKU_COUNT + 1)]  # a document has a product once
KNOWN_DAYS = int((LAST - FIRST).astype(int)) + 1
NOT_FREE = 0.03  # share of stock on display or put by for a customer
OPEN = np.int64(KNOWN_DAYS)  # a day number beyond the data: has not happened yet


def sell_out(rng: np.random.Generator, now: Market, supply: Supply, off: Floats, store_share: Floats) -> pa.Table:
    """The dataset `sell_out`; what nobody bought has no row.

    `off` (P, A, S): share of the price that promotions take off; `store_share` (P, stores, S): weights in an account.
    """
    by_store = [_by_store(rng, supply, market.account(code), store_share) for code in market.BY_STORE]
    period, account, store, sku, qty = np.concatenate([_by_account(supply), *by_store], axis=1)
    silent = np.isin(account, [market.account(code) for code in market.SILENT]) & (axis().month[period] == 35)
    sold = (qty > 0) & ~silent
    period, account, store, sku, qty = (column[sold] for column in (period, account, store, sku, qty))
    price = np.round(now.price[period, account, sku] * (1 - off[period, account, sku]), 2)
    return table(
        "sell_out",
        **who(account),
        **what(sku),
        store=Words(store, market.STORES),
        sold_on=FIRST + _a_day_of(rng, period),
        qty=qty,
        amount=np.round(qty * price, 2),
        region=region(account),
        category=category(sku),
    )


def _by_account(supply: Supply) -> Ints:
    """(period, account, store -1, sku, pieces), (5, rows), of the accounts that report one figure."""
    sold = supply.sold.reshape(len(supply.sold), -1, SKU_COUNT).copy()
    sold[:, [market.account(code) for code in market.BY_STORE]] = 0
    period, account, sku = np.nonzero(sold)
    return np.stack([period, account, np.full(len(period), -1), sku, sold[period, account, sku]])


def _by_store(rng: np.random.Generator, supply: Supply, account: int, share: Floats) -> Ints:
    """The same of one account that reports by store: its pieces dealt out to its stores."""
    stores = np.flatnonzero(np.array(market.STORE_OF) == account)
    sold = supply.sold.reshape(len(supply.sold), -1, SKU_COUNT)[:, account]
    weight = np.moveaxis(share[: len(sold), stores], 1, 2)
    dealt = rng.multinomial(sold, weight / weight.sum(axis=2, keepdims=True))
    period, sku, store = np.nonzero(dealt)
    return np.stack([period, np.full(len(period), account), stores[store], sku, dealt[period, sku, store]])


def _a_day_of(rng: np.random.Generator, period: Ints) -> Ints:
    """One day of each period, drawn by how much is sold on its days."""
    until = emphasis()
    low, high = until[axis().start[period]], until[axis().end[period] + 1]
    day = np.searchsorted(until, low + rng.random(len(period)) * (high - low), side="right") - 1
    return np.minimum(day, axis().end[period])


def sell_in(now: Market, supply: Supply) -> pa.Table:
    """The dataset `sell_in`: one line per line delivered, dated the day it arrived; returns are negative documents."""
    day, cell, qty = _received(supply)
    account, sku = cell // SKU_COUNT, cell % SKU_COUNT
    document, line = _numbered(day * 100 + account * 2 + (qty < 0))
    price = now.price[axis().period[day], account, sku]
    unit_cost = np.array([product.price - product.margin for product in market.PRODUCTS])[sku]
    return table(
        "sell_in",
        **who(account),
        **what(sku),
        sold_on=FIRST + day,
        qty=qty,
        amount=np.round(qty * price, 2),
        doc_no=serial("XSCK", document + 1, 6),
        line_no=Words(line, LINES),
        region=region(account),
        category=category(sku),
        rep=Words(market.managers(account, FIRST + day), market.MANAGERS),
        cost=qty * unit_cost,
        currency=Words(np.zeros_like(sku), ["CNY"]),
    )


def _received(supply: Supply) -> tuple[Ints, Ints, Ints]:
    """(day number, cell, pieces) of what reached accounts, and negative of what they sent back, by day."""
    delivered = (supply.orders.delivered < OPEN) & (supply.orders.shipped > 0)
    back_period, back_cell = np.nonzero(supply.returned)
    day = np.append(supply.orders.delivered[delivered], axis().end[back_period])
    cell = np.append(supply.orders.cell[delivered], back_cell)
    qty = np.append(supply.orders.shipped[delivered], -supply.returned[back_period, back_cell])
    order = np.lexsort((cell, qty < 0, day))
    return day[order], cell[order], qty[order]


def orders(now: Market, placed: Orders) -> pa.Table:
    """The dataset `orders`: one row per line; what has not happened by LAST is empty."""
    document, line = _numbered(placed.ordered * 100 + placed.account)
    shipped_day = shipped_days(placed)
    shipped, delivered = shipped_day < OPEN, placed.delivered < OPEN
    price = now.price[axis().period[placed.ordered], placed.account, placed.sku]
    return table(
        "orders",
        **who(placed.account),
        **what(placed.sku),
        order_no=serial("DD", document + 1, 6),
        line_no=Words(line, LINES),
        ordered_on=FIRST + placed.ordered,
        requested_on=FIRST + placed.requested,
        promised_on=FIRST + placed.promised,
        shipped_on=np.where(shipped, FIRST + shipped_day, NEVER),
        delivered_on=np.where(delivered, FIRST + placed.delivered, NEVER),
        qty=placed.qty,
        shipped_qty=np.where(shipped, placed.shipped, np.nan),
        amount=np.round(placed.qty * price, 2),
        cause=Words(np.where(shipped, placed.cause, -1), CAUSES),
    )


def stock(now: Market, supply: Supply) -> pa.Table:
    """The dataset `stock`: counts at each month's end and on the Sunday nearest its 15th, of what is held or listed."""
    counted = _count_periods()
    held = supply.stock[counted]
    way = _on_the_way(supply.orders, counted)
    seen = (held > 0) | (way > 0) | (now.base.reshape(len(now.base), -1)[counted] > 0.05)
    count, cell = np.nonzero(seen)
    on_hand = held[count, cell]
    return table(
        "stock",
        **who(cell // SKU_COUNT),
        **what(cell % SKU_COUNT),
        counted_on=FIRST + axis().end[counted[count]],
        on_hand=on_hand,
        in_transit=way[count, cell],
        available=on_hand - np.floor(NOT_FREE * on_hand),
    )


def _count_periods() -> Ints:
    """Periods at whose close stock is counted: the last of each month and the one ending nearest its 15th."""
    end = axis().end[: axis().known]
    dates = FIRST + end
    of_month = (dates - dates.astype("datetime64[M]")).astype(np.int64) + 1
    last = np.flatnonzero(np.append(np.diff(axis().month[: axis().known]) > 0, True))
    middle = np.flatnonzero((of_month >= 12) & (of_month <= 18))
    return np.sort(np.append(last, middle))


def _on_the_way(placed: Orders, counted: Ints) -> Ints:
    """Pieces shipped but not yet delivered at each count, (counts, C)."""
    days = axis().end[counted]
    cells = len(market.CODES) * SKU_COUNT
    change = np.zeros((len(days) + 1) * cells)
    for day, sign in ((shipped_days(placed), 1), (placed.delivered, -1)):
        at = np.searchsorted(days, day, side="left") * cells + placed.cell
        change += sign * np.bincount(at, placed.shipped, minlength=len(change))
    return np.rint(np.cumsum(change.reshape(-1, cells), axis=0)[:-1]).astype(np.int64)


def shipped_days(placed: Orders) -> Ints:
    """The day a line left us: the transit time of the account's region before it arrived."""
    transit = np.array([TRANSIT_DAYS[account.region] for account in market.ACCOUNTS])
    return np.maximum(placed.delivered - transit[placed.account], placed.ordered + 1)


def _numbered(key: Ints) -> tuple[Ints, Ints]:
    """Document number and line in the document (both from 0) of each row; rows of one key are one document."""
    _, document = np.unique(key, return_inverse=True)
    order = np.argsort(document, kind="stable")
    first = np.searchsorted(document[order], document)
    line = np.empty_like(document)
    line[order] = np.arange(len(key)) - first[order]
    return document, line
