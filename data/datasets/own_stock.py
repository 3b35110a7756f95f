"""Our own stock: what our warehouses hold, what is still to come in, and the level at which more is ordered."""

from data.contract import Dataset, Kind, Rule
from data.datasets.fields import SKU, SKU_NAME, day, number, text
from data.datasets.headers import HEADERS
from data.text import Text

OWN_STOCK = Dataset(
    name="own_stock",
    title=Text("我方库存", "Our own stock"),
    grain=Text(
        "每仓库每产品每盘点日一行，按批号或到货批次分成几行也可以；再次上传时以后者为准",
        "One row per warehouse, product and count day, or several by lot or delivery; uploaded again, the later counts",
    ),
    key=("warehouse", "sku", "counted_on"),
    fields=(
        text(
            "warehouse",
            "仓库",
            "Warehouse",
            also=HEADERS["warehouse"],
            example="杭州仓",
            about=Text("只有一个仓库时可以不填", "May be left out where there is only one"),
        ),
        text(
            "region",
            "供货区域",
            "Region served",
            also=(*HEADERS["region"], "覆盖区域", "服务区域"),
            example="华东",
            about=Text(
                "先供应哪个区域的客户，与客户档案的区域一致", "Whose accounts it serves first, as accounts have it"
            ),
        ),
        SKU,
        SKU_NAME,
        day(
            "counted_on",
            "库存日期",
            "Counted on",
            also=(*HEADERS["snapshot_date"], "日期", "date"),
        ),
        number(
            "on_hand",
            Kind.QUANTITY,
            "可发库存",
            "On hand",
            "pcs",
            need=True,
            also=HEADERS["on_hand"] + HEADERS["available"],
            check="abs(on_hand) < 1e12",
            example="420",
            about=Text("可以发货的数量，不含已占用和待检的", "Free to ship: neither reserved nor held for inspection"),
        ),
        number(
            "on_order",
            Kind.QUANTITY,
            "在订数量",
            "On order",
            "pcs",
            also=HEADERS["on_order"] + HEADERS["in_transit"],
            check="on_order >= 0",
            example="300",
            about=Text("在制或在途、还没有入库的数量", "Production or purchase orders that are still to come in"),
        ),
        day("due_on", "预计入库日期", "Due on", need=False, also=HEADERS["due_date"], example="2026-07-15"),
        number(
            "reorder_level",
            Kind.QUANTITY,
            "再订货点",
            "Reorder level",
            "pcs",
            also=HEADERS["reorder_level"],
            check="reorder_level >= 0",
            example="350",
            about=Text("库存降到这个数就该补货", "More is ordered when stock is down to it"),
        ),
    ),
    dated="counted_on",
    happened=True,
    quantity="on_hand",
    latest_wins=True,
    adds=("on_hand", "on_order"),
    rules=(
        Rule(
            "due_early",
            "due_on",
            "due_on < counted_on AND on_order > 0",
            Text("早于库存日期，却还没有入库", "is before the day of the count, and the goods are not in"),
            needs=("counted_on", "on_order"),
            noted=True,  # an order that is overdue is a fact to act on, not a slip
        ),
    ),
)
