"""Stock: what a key account still holds of our products at the close of a day."""

from data.contract import Dataset, Kind
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, SKU, SKU_NAME, STORE, day, number
from data.datasets.headers import HEADERS
from data.text import Text

STOCK = Dataset(
    name="stock",
    title=Text("客户库存", "Stock at the account"),
    grain=Text("每客户（或门店）每产品每盘点日一行", "One row per account (or store), product and count day"),
    key=("account", "store", "sku", "counted_on"),
    fields=(
        ACCOUNT,
        ACCOUNT_NAME,
        STORE,
        SKU,
        SKU_NAME,
        day("counted_on", "库存日期", "Counted on", also=HEADERS["snapshot_date"] + ("日期", "date")),
        number(
            "on_hand", Kind.QUANTITY, "库存数量", "On hand", "pcs", need=True, also=HEADERS["on_hand"], example="140"
        ),
        number("in_transit", Kind.QUANTITY, "在途数量", "In transit", "pcs", also=HEADERS["in_transit"], example="24"),
        number("available", Kind.QUANTITY, "可用量", "Available", "pcs", also=HEADERS["available"], example="132"),
    ),
    dated="counted_on",
    happened=True,
    quantity="on_hand",
)
