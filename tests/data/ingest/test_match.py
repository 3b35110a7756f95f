"""Headers to fields: certain, asked, or left alone."""

import pytest

from data.contract import Dataset
from data.datasets import DATASETS
from data.ingest.match import match, settle
from data.ingest.shapes import WrongAnswer
from tests.data.ingest.kit import LINES


def found(*headers: str, dataset: Dataset = LINES) -> dict[str, str]:
    """What is certain."""
    return match(dataset, headers).found


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda d: d.name)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_template_header_finds_its_own_field(dataset: Dataset, lang):
    headers = {f.name: f.label[lang] for f in dataset.fields}
    assert found(*headers.values(), dataset=dataset) == headers
    assert found(*(f.name for f in dataset.fields), dataset=dataset) == {f.name: f.name for f in dataset.fields}


def test_known_headers_of_other_systems_are_found_whatever_their_case_and_units():
    assert found("KUNNR", "Matnr", "FKDAT", "数量（台）", "销售额(元)") == {
        "account": "KUNNR",
        "sku": "Matnr",
        "sold_on": "FKDAT",
        "qty": "数量（台）",
        "amount": "销售额(元)",
    }


def test_two_dates_are_asked_about():
    matched = match(LINES, ["订单日期", "发货日期", "数量"])
    assert matched.ambiguous == {"sold_on": ("订单日期", "发货日期")}
    assert "sold_on" not in [f.name for f in matched.missing]


def test_two_amounts_are_asked_about_though_the_amount_is_optional():
    assert match(LINES, ["不含税金额", "价税合计"]).ambiguous == {"amount": ("不含税金额", "价税合计")}
    assert match(LINES, ["金额(含税)", "金额(不含税)"]).ambiguous == {"amount": ("金额(含税)", "金额(不含税)")}
    assert match(LINES, ["数量", "数量 (2)"]).ambiguous == {"qty": ("数量", "数量 (2)")}


def test_the_official_word_beats_a_known_one():
    assert found("单据日期", "订单日期")["sold_on"] == "单据日期"
    assert found("Amount", "价税合计")["amount"] == "Amount"


def test_an_optional_word_with_several_headers_is_left_out_with_a_note():
    matched = match(LINES, ["城市", "省份", "大区"])
    assert matched.left_out == {"region": ("城市", "省份", "大区")}
    assert "region" not in matched.found and "region" not in matched.ambiguous
    assert "城市、省份、大区" in matched.notes(LINES)[0].zh
    assert matched.unused == ("城市", "省份", "大区")


@pytest.mark.parametrize("word", ["客户", "Customer"])
def test_a_vague_customer_is_the_account_only_when_nothing_clearer_is_there(word: str):
    assert found(word, "数量")["account"] == word
    matched = match(LINES, [word, "客户编号"])
    assert matched.found["account"] == "客户编号"
    assert matched.unused == (word,)


def test_a_header_never_feeds_two_fields():
    for dataset in DATASETS:
        words = [word for f in dataset.fields for word in (f.label.zh, *f.also)]
        for word in words:
            assert list(found(word, dataset=dataset).values()).count(word) <= 1


def test_what_is_missing_is_asked_with_the_columns_that_feed_nothing_required():
    headers = ["客户名称", "货号", "日期", "数量"]
    mapping, asked = settle(LINES, match(LINES, headers), headers, {})
    assert set(mapping) == {"sku", "sold_on", "qty"}
    assert [(q.key, [o.value for o in q.options]) for q in asked] == [("map.account", ["客户名称"])]


def test_a_word_said_settles_the_question_and_frees_the_header_elsewhere():
    headers = ["客户编码", "订单日期", "发货日期", "货号", "数量", "价税合计", "金额合计"]
    matched = match(LINES, headers)
    mapping, asked = settle(
        LINES, matched, headers, {"sold_on": "发货日期", "amount": "金额合计", "region": "订单日期"}
    )
    assert not asked
    assert (mapping["sold_on"], mapping["amount"], mapping["region"]) == ("发货日期", "金额合计", "订单日期")
    again, _ = settle(LINES, matched, headers, {"sold_on": "发货日期", "region": "客户编码"})
    assert again["region"] == "客户编码" and "account" not in again


def test_a_measure_may_be_said_to_be_absent_but_a_required_field_may_not():
    headers = ["客户编码", "货号", "日期", "数量", "价税合计", "金额", "不含税金额"]
    matched = match(LINES, ["客户编码", "货号", "日期", "数量", "价税合计", "不含税金额"])
    mapping, asked = settle(LINES, matched, headers, {"amount": "", "qty": ""})
    assert "amount" not in mapping
    assert [q.key for q in asked] == ["map.qty"]
    assert "" not in [o.value for o in asked[0].options]


def test_a_told_header_that_is_not_in_this_file_is_asked_again():
    headers = ["客户编码", "货号", "日期", "数量"]
    mapping, asked = settle(LINES, match(LINES, headers), headers, {"account": "往年客户号"})
    assert "account" not in mapping
    assert [q.key for q in asked] == ["map.account"]


def test_an_unknown_field_is_refused_by_name():
    with pytest.raises(WrongAnswer, match="no field 'acount'"):
        settle(LINES, match(LINES, ["a"]), ["a"], {"acount": "a"})
