"""Our own stock is told from an account's by its columns: it has no account, and more words for what is to come."""

import pytest

from data.contract import Dataset
from data.datasets import BY_NAME
from data.ingest.match import match

OWN, HELD = BY_NAME["own_stock"], BY_NAME["stock"]
LAYOUTS = (
    ("仓库", "物料编码", "物料名称", "库存日期", "现存量", "在途采购", "预计到货日期", "再订货点"),
    ("发货仓", "存货编码", "存货名称", "日期", "可用量", "在制", "预计完工日期", "安全库存"),
    ("仓库名称", "产品编码", "产品名称", "盘点日期", "库存数量", "在订数量", "预计入库日期", "库存下限"),
    ("Warehouse", "ProductID", "ProductName", "SnapshotDate", "UnitsInStock", "UnitsOnOrder", "ETA", "ReorderLevel"),
    ("LGORT", "MATNR", "MAKTX", "Date", "LABST", "QtyOnOrder", "DueDate", "MINBE"),
)
FIELDS = ("warehouse", "sku", "sku_name", "counted_on", "on_hand", "on_order", "due_on", "reorder_level")


@pytest.mark.parametrize("headers", LAYOUTS, ids=lambda headers: headers[0])
def test_exports_of_our_warehouses_are_recognised_whole(headers: tuple[str, ...]):
    found = match(OWN, headers)

    assert found.found == dict(zip(FIELDS, headers, strict=True))
    assert not (found.ambiguous or found.missing or found.unused)


@pytest.mark.parametrize("headers", LAYOUTS, ids=lambda headers: headers[0])
def test_taken_for_an_accounts_stock_they_lack_the_account(headers: tuple[str, ...]):
    assert "account" in [field.name for field in match(HELD, headers).missing]


def test_what_is_there_and_what_is_free_are_two_figures_and_it_is_asked_which():
    assert match(OWN, ("物料编码", "现存量", "可用量")).ambiguous == {"on_hand": ("现存量", "可用量")}


@pytest.mark.parametrize(("dataset", "found"), [(OWN, True), (HELD, False)], ids=["own", "held"])
def test_only_our_own_stock_has_a_level_to_reorder_at(dataset: Dataset, found: bool):
    assert ("安全库存" in match(dataset, ("安全库存",)).found.values()) is found
