"""The bar of header matching: layouts of systems whose own words are taken away, and headers that must feed nothing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.contract import Dataset, plain
from data.datasets import BY_NAME
from data.ingest.layout import known_headers
from data.ingest.match import Match, match, settle
from data.text import Text
from tests.data.ingest.layouts import FEEDS, SYSTEMS, layouts, variants
from tests.data.ingest.unseen import UNSEEN

RIGHT, ASKED, LEFT, WRONG = "right", "asked", "left out", "WRONG"
BAR = 0.95
EVERY_HEADER = sorted({header for system in SYSTEMS for header in variants(system)})
DECOYS = (
    *(
        "去年金额",
        "去年同期金额",
        "去年同期数量",
        "上年销售额",
        "预算金额",
        "目标金额",
        "计划数量",
        "累计数量",
        "累计金额",
    ),
    *(
        "金额（去年）",
        "数量（退货）",
        "金额(预算)",
        "销售额(同期)",
        "数量（累计）",
        "数量(赠品)",
        "金额【上月】",
        "金额(折扣)",
    ),
    *(
        "退货数量",
        "退货金额",
        "赠品数量",
        "折扣率",
        "折扣金额",
        "优惠金额",
        "运费",
        "平均单价",
        "平均金额",
        "毛利",
        "毛利率",
    ),
    *(
        "上月库存",
        "期初库存",
        "安全库存",
        "冻结库存",
        "库存金额",
        "入库数量",
        "入库日期",
        "质检数量",
        "未发货数量",
        "欠发数量",
    ),
    *(
        "客户电话",
        "客户地址",
        "客户备注",
        "产品备注",
        "客户订单号",
        "客户料号",
        "终端客户编码",
        "上级客户编码",
        "旧客户编码",
    ),
    *(
        "送达方",
        "送达方编码",
        "收货单位",
        "付款方",
        "供应商编码",
        "供应商名称",
        "仓库编码",
        "竞品编码",
        "替代料号",
        "税额",
    ),
    *(
        "税额合计",
        "价税差额",
        "汇率",
        "原币金额",
        "应收金额",
        "回款金额",
        "同比",
        "占比",
        "订单数",
        "客户数",
        "客单价",
        "合计",
    ),
    *(
        "到期日期",
        "生产日期",
        "付款日期",
        "最近销售日期",
        "编码",
        "类型",
        "1月销售额",
        "2025年金额",
        "数量1",
        "数量%",
        "销售",
    ),
    *(
        "Amount (Budget)",
        "Qty (returns)",
        "Sales(LY)",
        "Last Year Sales",
        "LY_Sales",
        "PriorYearAmount",
        "BudgetAmount",
    ),
    *(
        "ReturnQty",
        "FreeQty",
        "CumulativeQty",
        "DiscountAmount",
        "TaxAmt",
        "VAT amount",
        "UnitCost",
        "Net price",
        "Total",
    ),
    *(
        "ShipToParty",
        "Bill to customer",
        "CustomerPONumber",
        "CustomerMaterialNumber",
        "SupplierCode",
        "CardNo",
        "BirthDate",
    ),
    *(
        "SafetyStock",
        "Opening stock",
        "Stock value",
        "UnitsIn",
        "UnitsOut",
        "ForecastQty",
        "TargetQty",
        "Value",
        "Growth %",
    ),
    *("KUNWE", "KUNRG", "INSME", "SPEME", "NETPR", "客户/产品", "数量/金额", "Qty on order"),
)
SALES = ("sell_in", "sell_out", "stock")


def without(dataset: Dataset, words: set[str], labels: bool) -> Dataset:
    """The dataset as if nobody had ever told us these headers, with our own labels or without those as well."""
    gone = {plain(word) for word in words}

    def untold(label: Text) -> Text:
        return Text(*("·" if not labels and plain(word) in gone else word for word in (label.zh, label.en)))

    fields = (
        replace(f, label=untold(f.label), also=tuple(word for word in f.also if plain(word) not in gone))
        for f in dataset.fields
    )
    return replace(dataset, fields=tuple(fields))


def outcome(matched: Match, field: str | None, header: str) -> str:
    """What became of a header that should feed a field (None: no field at all)."""
    fed = [name for name, found in matched.found.items() if found == header]
    if field is None:
        return WRONG if fed else RIGHT
    if fed == [field]:
        return RIGHT
    if fed or field in matched.found:
        return WRONG
    return ASKED if field in {*matched.ambiguous, *(f.name for f in matched.missing)} else LEFT


def outcomes(system: str, *, held_out: bool = True, labels: bool = True) -> Iterator[tuple[str, str | None, str, str]]:
    """(dataset, the field it should feed or None, header, outcome) of every column of every layout of a system."""
    for name, feeds in FEEDS.items():
        dataset = without(BY_NAME[name], variants(system), labels) if held_out else BY_NAME[name]
        for layout in layouts(system, name):
            matched = match(dataset, list(layout.values()))
            for column, header in layout.items():
                field = feeds.get(column)
                yield name, field, header, outcome(matched, field, header)


def test_every_variant_stands_in_a_layout():
    shown = {h for system in SYSTEMS for name in FEEDS for layout in layouts(system, name) for h in layout.values()}
    assert set(EVERY_HEADER) == shown
    assert sum(len(headers.split()) for system in SYSTEMS.values() for headers in system.values()) == 340


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_layouts_of_a_system_that_is_known_are_all_right(system: str):
    assert [seen for seen in outcomes(system, held_out=False) if seen[3] != RIGHT] == []


@pytest.mark.parametrize("labels", [True, False], ids=["our labels known", "labels taken away as well"])
def test_of_systems_held_out_one_by_one_nearly_all_is_right_the_rest_is_open_and_nothing_is_wrong(labels: bool):
    seen = {system: list(outcomes(system, labels=labels)) for system in SYSTEMS}
    counts = {s: Counter(one[3] for one in ones if one[1]) for s, ones in seen.items()}
    whole = sum(counts.values(), Counter())
    figures = "\n".join(f"{system}: {dict(count)}" for system, count in {**counts, "all": whole}.items())
    wrong = {one for ones in seen.values() for one in ones if one[3] == WRONG}
    assert not wrong, f"{wrong}\n{figures}"
    assert whole[RIGHT] >= BAR * whole.total(), figures


@pytest.mark.parametrize("name", SALES)
def test_decoys_feed_nothing_alone_or_together(name: str):
    assert {h: match(BY_NAME[name], [h]).found for h in DECOYS if match(BY_NAME[name], [h]).found} == {}
    assert match(BY_NAME[name], DECOYS).found == {}


@pytest.mark.parametrize("name", SALES)
@pytest.mark.parametrize("system", SYSTEMS)
def test_decoys_beside_a_real_layout_change_nothing(system: str, name: str):
    for layout in layouts(system, name):
        alone = match(BY_NAME[name], list(layout.values()))
        beside = match(BY_NAME[name], [*DECOYS, *layout.values()])
        assert (beside.found, beside.ambiguous) == (alone.found, alone.ambiguous)


def test_headers_of_no_list_are_mostly_right_and_never_wrong():
    known = known_headers(BY_NAME["sell_in"])
    seen = [(field, h, match(BY_NAME["sell_in"], [h]).found) for field, headers in UNSEEN.items() for h in headers]
    assert [h for _, h, _ in seen if plain(h) in known] == []
    assert [one for one in seen if one[2] and one[2] != {one[0]: one[1]}] == []
    assert sum(bool(found) for _, _, found in seen) >= 0.9 * len(seen)


def test_orders_keep_their_five_days_and_two_quantities_apart():
    headers = {
        "order_no": "订单编号",
        "line_no": "行编号",
        "account": "客户代号",
        "sku": "商品号",
        "ordered_on": "订货日期",
        "requested_on": "要求日期",
        "promised_on": "承诺日期",
        "shipped_on": "出货日期",
        "delivered_on": "签收日期",
        "qty": "下单数量",
        "shipped_qty": "出货数量",
    }
    assert match(BY_NAME["orders"], list(headers.values())).found == headers


def test_the_clearer_of_two_composed_headers_is_taken_and_equal_ones_are_asked():
    assert match(BY_NAME["sell_in"], ["Client No", "Shop No"]).found == {"account": "Client No"}
    assert match(BY_NAME["sell_in"], ["Net Amt", "Gross Amt"]).ambiguous == {"amount": ("Net Amt", "Gross Amt")}
    assert match(BY_NAME["sell_in"], ["Client No", "客户代号"]).ambiguous == {"account": ("Client No", "客户代号")}


def test_a_stores_number_is_the_store_beside_an_account_and_asked_about_without_one():
    assert match(BY_NAME["sell_out"], ["Client No", "Shop No"]).found == {"account": "Client No", "store": "Shop No"}
    alone = match(BY_NAME["sell_out"], ["Shop No"])
    assert alone.found == {} and alone.ambiguous == {"account": ("Shop No",)}


def test_a_bare_word_is_what_its_sibling_is_not_and_asked_about_without_one():
    sell_in = BY_NAME["sell_in"]
    assert match(sell_in, ["分销商编码", "分销商"]).found == {"account": "分销商编码", "account_name": "分销商"}
    assert match(sell_in, ["Client", "Client Name"]).found == {"account": "Client", "account_name": "Client Name"}
    assert match(sell_in, ["代理商编码", "分销商"]).found == {"account": "代理商编码"}
    assert match(sell_in, ["分销商"]).found == match(sell_in, ["商品"]).found == {}


def test_a_bare_name_is_the_one_that_is_missing_unless_something_else_may_own_it():
    sell_in = BY_NAME["sell_in"]
    assert match(sell_in, ["客户代号", "Name", "商品号", "商品描述"]).found["account_name"] == "Name"
    for other in ("仓库编码", "Supplier Code", "门店"):
        assert "Name" not in match(sell_in, ["客户代号", "Name", "商品号", "商品描述", other]).found.values()
    assert "Name" not in match(sell_in, ["客户代号", "商品号", "Name"]).found.values()


def test_words_in_brackets_are_heard():
    stock = BY_NAME["stock"]
    assert match(stock, ["客户（名称）", "客户（编码）"]).found == {
        "account": "客户（编码）",
        "account_name": "客户（名称）",
    }
    assert match(BY_NAME["promotions"], ["折扣率(%)"]).found == {"depth": "折扣率(%)"}


def test_the_likeliest_column_stands_first_in_a_question():
    headers = ["业务备注", "去年金额", "客户名称", "电话", "客户编码旧"]
    _, asked = settle(BY_NAME["sell_in"], match(BY_NAME["sell_in"], headers), headers, {})
    first = {question.key: [option.value for option in question.options] for question in asked}
    assert first["map.account"][0] == "客户编码旧"
    assert first["map.amount"][0] == "去年金额"
    assert sorted(first["map.amount"]) == sorted(headers)


SOME = st.lists(
    st.sampled_from([*EVERY_HEADER, *DECOYS, *(h for words in UNSEEN.values() for h in words)]), unique=True
)
ANY_DATASET = st.sampled_from(sorted(BY_NAME)).map(BY_NAME.__getitem__)


@given(ANY_DATASET, SOME)
def test_a_header_never_feeds_two_fields_and_all_are_accounted_for(dataset: Dataset, headers: list[str]):
    matched = match(dataset, headers)
    fed = list(matched.found.values())
    assert len(fed) == len(set(fed)) and set(fed) <= set(headers)
    asked = {header for rivals in matched.ambiguous.values() for header in rivals}
    assert set(fed) | asked | set(matched.unused) == set(headers)
    assert not set(fed) & asked and not set(fed) & set(matched.unused)


@given(ANY_DATASET, SOME.flatmap(lambda headers: st.tuples(st.just(headers), st.permutations(headers))))
def test_the_order_of_the_headers_does_not_matter(dataset: Dataset, orders: tuple[list[str], list[str]]):
    one, other = (match(dataset, headers) for headers in orders)
    assert one.found == other.found
    assert {name: set(rivals) for name, rivals in one.ambiguous.items()} == {
        name: set(rivals) for name, rivals in other.ambiguous.items()
    }
