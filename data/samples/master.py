"""The register of accounts and products, the targets they are measured by, and other people's codes for them."""

import numpy as np
import pyarrow as pa

from data.samples import market
from data.samples.columns import Words, table, who
from data.samples.demand import Market
from data.samples.seasons import FIRST, LAST, axis

STRETCH = 0.04  # a target asks this much more than last year's pace
TELLS = ["A01", "A03", "A05", "A08", "A11", "A12", "A14", "A18", "A20", "A24"]  # the accounts that say what they buy
PURCHASES = (610, 240, 350, 260, 110, 240, 310, 300, 230, 150)  # CNY m a year from all suppliers, of each of them
EVENTS_AND_PROMOTIONS = 1.03  # what activities add to the plain rate, as planners know from experience


def accounts() -> pa.Table:
    """The dataset `accounts`."""
    every, stated = range(len(market.ACCOUNTS)), {a: m * 1e6 for a, m in zip(TELLS, PURCHASES, strict=True)}
    return table(
        "accounts",
        **who(every),
        name_en=[account.name_en for account in market.ACCOUNTS],
        parent=[account.parent or None for account in market.ACCOUNTS],
        region=[account.region for account in market.ACCOUNTS],
        tier=[account.tier for account in market.ACCOUNTS],
        channel=[account.channel for account in market.ACCOUNTS],
        owner=Words(market.MANAGER_OF, market.MANAGERS),
        key_account=[True] * len(every),
        stores=[account.stores for account in market.ACCOUNTS],
        purchases=[stated.get(code) for code in market.CODES],
    )


def products() -> pa.Table:
    """The dataset `products`; price is today's list price, before an account's discount."""
    return table(
        "products",
        sku=market.SKUS,
        sku_name=market.SKU_NAMES,
        name_en=[product.name_en for product in market.PRODUCTS],
        category=Words(market.CATEGORY_OF, market.CATEGORIES),
        unit=["台"] * len(market.SKUS),
        pack=[1] * len(market.SKUS),
        launched_on=[product.launched for product in market.PRODUCTS],
        lifecycle=[_lifecycle(product) for product in market.PRODUCTS],
        lead_days=[product.lead_days for product in market.PRODUCTS],
        margin=[product.margin for product in market.PRODUCTS],
        price=[product.price for product in market.PRODUCTS],
    )


def _lifecycle(product: market.Product) -> str:
    if product.until:
        return "停产"
    return "新品" if np.datetime64(product.launched) > LAST - 365 else "在售"


def targets(rng: np.random.Generator, now: Market) -> pa.Table:
    """The dataset `targets` to December 2026: set each January (July for 2023) at the level of then plus STRETCH."""
    opens = axis().month_opens
    months = np.arange(len(opens))
    fixed = np.where(months < 6, 0, (months + 6) // 12 * 12 - 6)  # the month in which a month's target was set
    level = np.stack(
        [np.exp(now.month_level(int(f)) - now.month_level(int(m))) for f, m in zip(fixed, months, strict=True)]
    )
    pieces = np.add.reduceat(now.base, opens, axis=0)
    worth = np.add.reduceat(now.base * now.price, opens, axis=0)
    stretch = (1 + STRETCH + rng.normal(0, 0.03, len(market.CODES))) * EVENTS_AND_PROMOTIONS * level
    by_category = np.eye(len(market.CATEGORIES))[market.CATEGORY_OF]
    pieces, worth = (stretch[:, :, None] * (x @ by_category) for x in (pieces, worth))
    month, account, category = np.nonzero(worth > 5000)  # CNY: nobody sets a target below that
    return table(
        "targets",
        account=Words(account, market.CODES),
        category=Words(category, market.CATEGORIES),
        month=FIRST + axis().start[opens[month]],
        amount=np.round(worth[month, account, category], -2),
        qty=np.rint(pieces[month, account, category]),
    )


def aliases() -> pa.Table:
    """The dataset `aliases`: the SAP number of each account, and one account's own article numbers."""
    every = range(len(market.CODES))
    own = range(0, len(market.SKUS), 3)
    return table(
        "aliases",
        alias=[f"{100200 + 7 * a}" for a in every] + [f"JT-{10086 + 11 * s}" for s in own],
        used_by=["SAP"] * len(every) + ["A01"] * len(own),
        account=market.CODES + [None] * len(own),
        sku=[None] * len(every) + [market.SKUS[s] for s in own],
        note=["SAP 客户号"] * len(every) + ["锦泰自有货号"] * len(own),
    )
