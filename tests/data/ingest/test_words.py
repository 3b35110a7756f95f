"""A header word by word: the same thing said by four systems, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.ingest.lexicon import ASIDE, SAP, WORDS
from data.ingest.words import CONCEPTS, aside, hints, meaning


def concepts(text: str) -> frozenset[str]:
    return frozenset(text.split())


@pytest.mark.parametrize(
    "header",
    [
        "客户编号",
        "客户 ID",
        "Customer No.",
        "customer_number",
        "CUSTOMERCODE",
        "cCusCode",
        "FCustId",
        "Cust #",
        "KUNNR",
    ],
)
def test_a_customers_code_is_one_thing_however_a_system_spells_it(header: str):
    assert meaning(header) == concepts("customer code")


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("FKDAT", "billed date"),
        ("LFIMG", "shipped qty"),
        ("LABST", "stock"),
        ("MATKL", "product category"),
        ("iNatMoney", "amount"),
        ("FAllAmount_LC", "total amount"),
        ("FBillNo", "document code"),
        ("dDate", "date"),
        ("销售数量/Sales Qty", "sales qty"),
        ("SKU名称", "product name"),
        ("客户（名称）", "customer name"),
        ("金额(元)", "amount"),
        ("数量 (PCS)", "qty"),
        ("Sold-to party", "customer code"),
        ("税率%", "tax rate"),
    ],
)
def test_words_of_every_kind_are_put_together(header: str, said: str):
    assert meaning(header) == concepts(said)


@pytest.mark.parametrize(
    "header",
    [
        *("退货数量", "去年金额", "客户电话", "产品备注", "1月销售额", "数量1", "本位币", "数量" * 31, "·", ""),
        *("Sales 2025", "F Qty", "KUN", "MAN", "Ship-to party"),
    ],
)
def test_one_strange_word_and_nothing_is_said(header: str):
    assert meaning(header) == concepts("")


def test_a_word_may_reach_over_a_seam_only_when_it_fills_whole_pieces():
    assert meaning("In_transit") == concepts("transit")
    assert meaning("UnitSKU") == concepts("unit product code")
    assert meaning("Units KU") == concepts("")


def test_the_number_of_a_loyalty_card_is_not_its_holders_code_though_a_card_code_is():
    assert meaning("CardCode") == concepts("customer code")
    assert meaning("Card No.") == concepts("loyalty")


def test_brackets_add_words_or_make_another_figure():
    assert aside("金额(元)") == aside("金额") == concepts("")
    assert aside("金额（含税）") == {"gross"}
    assert aside("客户(编码)") == {"code"}
    for header in ("金额（去年）", "数量（退货）", "Amount (Budget)", "Qty (returns)", "Sales(LY)", "数量【累计】"):
        assert aside(header) is None
    assert aside("Sales (monthly)") == aside("数量(某种)") == concepts("")


def test_hints_pass_over_what_they_do_not_know():
    assert hints("去年同期金额") == {"amount"}
    assert hints("WalmartQtyX") == {"qty"}
    assert hints("款台") == concepts("")


def test_the_lexicon_says_each_word_once_and_folded():
    for lexicon in (WORDS, SAP, ASIDE):
        words = [word for line in lexicon.values() for word in line.split()]
        assert len(words) == len(set(words))
        assert all(word == word.casefold() for word in words)


@given(st.text(max_size=80))
def test_no_header_breaks_the_reading_and_only_known_concepts_come_of_it(header: str):
    known = {concept for line in (*WORDS, *SAP) for concept in line.split()}
    assert meaning(header) <= known and hints(header) <= known
    assert (aside(header) or frozenset()) <= known


@given(
    st.lists(
        st.sampled_from(sorted(word for word in CONCEPTS if word.isascii() and word.isalpha())), min_size=1, max_size=4
    )
)
def test_separators_and_case_do_not_change_what_whole_words_say(words: list[str]):
    spellings = {mark.join(words) for mark in (" ", "_", "-", ".")}
    spellings |= {spelling.upper() for spelling in spellings} | {spelling.title() for spelling in spellings}
    assert len(set(map(meaning, spellings))) == 1


@pytest.mark.parametrize("header", ["description of " + "everything " * 6, "", "f.", "iq"])
def test_a_header_that_says_nothing_is_no_fault(header: str):
    assert meaning(header) == frozenset() and isinstance(hints(header), frozenset)
