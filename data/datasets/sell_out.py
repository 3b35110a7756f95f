"""Sell-out: what a key account sold on to its own customers."""

from data.contract import Dataset
from data.datasets.fields import (
    ACCOUNT,
    ACCOUNT_NAME,
    AMOUNT,
    CATEGORY,
    QTY,
    REGION,
    SKU,
    SKU_NAME,
    STORE,
    day,
    optional,
)
from data.datasets.headers import HEADERS
from data.text import Text

SELL_OUT = Dataset(
    name="sell_out",
    title=Text("客户终端销售", "Sell-out (the account's own sales)"),
    grain=Text(
        "每客户（或门店）每产品每日、周或月一行", "One row per account (or store), product and day, week or month"
    ),
    key=("account", "store", "sku", "sold_on"),
    fields=(
        ACCOUNT,
        ACCOUNT_NAME,
        STORE,
        SKU,
        SKU_NAME,
        day("sold_on", "销售日期", "Sold on", also=HEADERS["doc_date"]),
        QTY,
        optional(AMOUNT),
        REGION,
        CATEGORY,
    ),
    dated="sold_on",
    happened=True,
    quantity="qty",
    amount="amount",
)
