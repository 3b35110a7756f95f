"""Products: what we sell, its category, pack, lead time and margin."""

from data.contract import Dataset, Kind
from data.datasets.fields import CATEGORY, SKU, SKU_NAME, day, number, required, text
from data.datasets.headers import HEADERS
from data.text import Text

DISCONTINUED = Text("停产", "Discontinued")
STAGES = (
    Text("新品", "New"),
    Text("在售", "On sale"),
    Text("清仓", "Being cleared"),
    DISCONTINUED,
)

PRODUCTS = Dataset(
    name="products",
    title=Text("产品档案", "Product master"),
    grain=Text("每产品一行", "One row per product"),
    key=("sku",),
    fields=(
        SKU,
        required(SKU_NAME),
        text("name_en", "英文名称", "English name", also=("englishname",), example="10 kg front-load washer"),
        CATEGORY,
        text("unit", "单位", "Unit", also=HEADERS["unit"], example="台"),
        number("pack", Kind.QUANTITY, "装箱数", "Pack size", "pcs", also=("箱规", "包装数量"), example="1"),
        day(
            "launched_on", "上市日期", "Launched on", need=False, also=("上市时间", "launchdate"), example="2024-03-01"
        ),
        text("lifecycle", "生命周期", "Lifecycle", also=("产品状态",), example="在售", usual=STAGES),
        number(
            "lead_days", Kind.COUNT, "供货周期", "Lead time", "days", also=("交期", "提前期", "leadtime"), example="21"
        ),
        number(
            "margin", Kind.MONEY, "单台毛利", "Unit margin", "CNY/pc", also=("单位毛利", "unitmargin"), example="480"
        ),
        number("price", Kind.MONEY, "出厂价", "List price", "CNY/pc", also=("标准价", "listprice"), example="2990"),
    ),
    latest_wins=True,
)
