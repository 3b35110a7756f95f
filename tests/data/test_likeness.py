"""What is proposed as the same and, more important, what never is: lists made up in both languages, and real names."""

import random
import re
import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.likeness import BUCKET, CODE, CONTAINED, NAME, NEAR, Index, Named, Pair, fold, proposals, series


def pairs(listed: str) -> list[tuple[str, str]]:
    """Cases written as "one ~ other | one ~ other"; outer spaces are not part of them."""
    return [
        (one.strip(" "), other.strip(" "))
        for one, _, other in (c.partition("~") for c in re.split(r"[|\n]", listed.strip()))
    ]


SAME_WORD = [
    ("A01", " A01 "),
    *pairs("""
    A01 ~ Ａ01 | A01 ~ a01 | A01 ~ A-01 | A01 ~ A 01 | A01 ~ \u202eA01 | A01 ~ A01\u200b | XQG100-B1 ~ xqg100b1
    JT_10086 ~ JT-10086 | SN（01） ~ SN(01) | 苏宁 ~ 苏 宁 | 苏宁 ~ 苏宁\u3000 | 苏宁 ~ 苏宁。 | 苏宁 ~ \u200f苏宁
    苏宁 ~ “苏宁” | 苏宁易购 ~ 苏宁易购集团股份有限公司 | 苏宁易购 ~ 苏宁易购有限公司 | 苏宁易购 ~ 苏宁易购集团
    国美电器 ~ 国美电器有限责任公司 | 国美 ~ 国美控股 | 锦泰家电 ~ 锦泰家电股份 | 锦泰 ~ 锦泰总公司
    上海锦泰（集团） ~ 上海锦泰集团 | 万汇百货 ~ 万汇·百货 | Ｍｅｔｒｏ ~ METRO | 麦德龙 ~ 麦德龙公司
    Bike World ~ BIKE WORLD | Bike World ~ Bike-World | Bike World ~ Bike World, Inc.
    Bike World ~ Bike World Co., Ltd. | Bike World ~ BikeWorld | Bike World ~ Bike  World | Kaufhof ~ Kaufhof AG
    Kaufhof ~ Kaufhof GmbH | Acme ~ Acme Holdings Limited | Acme ~ ACME LLC | Macy's ~ Macys | Macy’s ~ MACY'S
    Procter & Gamble ~ Procter Gamble | T.J. Maxx ~ TJ Maxx | AT&T Store ~ AT T Store | Carrefour S.A. ~ Carrefour SA
    7-11 ~ 7－11 | Store 12 ~ store-12
"""),
]
BEGINS = [
    ("苏宁 ", "苏宁易购集团股份有限公司"),
    *pairs("""
    苏宁 ~ 苏宁易购 | 国美 ~ 国美电器 | 锦泰 ~ 锦泰家电 | 锦泰 ~ 锦泰家电有限公司 | 华联 ~ 华联超市 | 永辉 ~ 永辉超市
    大润发 ~ 大润发超市 | 京东 ~ 京东商城 | 五星 ~ 五星电器 | 汇银 ~ 汇银家电 | 上海锦泰 ~ 上海锦泰家电
    百联 ~ 百联集团商业
"""),
]
ONE_LETTER = pairs("""
    Advanced Bike Components ~ Advance Bike Components | Metropolitan Bicycles ~ Metropolitan Bicycels
    Metropolitan Bicycles ~ Metropoliten Bicycles | Carrefour Hypermarket ~ Carefour Hypermarket
    Riverside Cycle Supply ~ Riversides Cycle Supply | Cycle Merchants Boston ~ Cycle Merchant Boston
    Outdoor Equipment Store ~ Outdoor Equipmnet Store | Kaufland Deutschland ~ Kauflend Deutschland Gmbh
    Professional Sales and Service ~ Profesional Sales and Service
""")
NEVER = [
    ("", " "),
    *pairs("""
    A01 ~ A02 | A1 ~ A01 | A9 ~ A10 | 1001 ~ 1002 | S0101 ~ S0102 | A01 ~ A011 | 1-12 ~ 11-2 | 1.5 ~ 15
    XQG100-B1 ~ XQG100-B2 | XQG90-B1 ~ XQG100-B1 | A-1-1 ~ A-11 | 一店 ~ 二店 | 苏宁一店 ~ 苏宁二店
    苏宁1店 ~ 苏宁2店 | 第十店 ~ 第十一店 | 甲店 ~ 乙店 | 苏宁 ~ 苏宁一店 | 苏宁 ~ 苏宁上海 | 苏宁 ~ 苏宁南京店
    苏宁 ~ 苏宁分公司 | 苏宁 ~ 苏宁2店 | 国美 ~ 国美华东 | 国美 ~ 国美线上 | 国美 ~ 国美直营 | 国美 ~ 国美西区
    国美 ~ 国美仓库 | 北京苏宁 ~ 南京苏宁 | 上海华联 ~ 北京华联 | 华联 ~ 联华 | 华北电器 ~ 华南电器
    东方百货 ~ 西方百货 | 百货 ~ 百货大楼 | 上海 ~ 上海锦泰家电 | 中国 ~ 中国移动 | 华东 ~ 华东家电城
    家电 ~ 家电之家 | 王刚 ~ 王刚强 | 曾惠 ~ 曾惠敏 | 李 ~ 李宁体育 | 三星电器 ~ 五星电器 | 锦泰家电 ~ 锦秦家电
    易购 ~ 苏宁易购 | 电器 ~ 国美电器 | 新华联 ~ 华联 | 苏宁 ~ 苏泊尔 | 国美 ~ 国贸
    苏宁（上海）有限公司 ~ 苏宁（北京）有限公司 | 广州友谊 ~ 南宁友谊 | 大洋百货 ~ 大商百货 | 集团 ~ 公司
    有限公司 ~ 股份有限公司 | Co ~ Ltd | — ~ · | 😀 ~ 😃 | Store A ~ Store B | Bike World 1 ~ Bike World 2
    Bike World East ~ Bike World West | Bike World ~ Bike World Outlet | Metro ~ Metro Bikes
    North Bikes ~ South Bikes | Acme ~ Acne | Blue House ~ Blue Horse | Main Street Light ~ Main Street Night
    Bread Shop ~ Broad Shop | Eastern Cycle Centre ~ Western Cycle Centre | Sports Store ~ Sports Stores | Nike ~ Mike
    Wholesale Bikes ~ Retail Bikes | Region II Bicycles ~ Region III Bicycles | Bicycle Line ~ Bicycle Lane
    Advanced Bike Components ~ Advanced Components Bike | Valley Bicycle Market ~ Galley Bicycle Market
    CN-SH-01 ~ CN-SH-02 | 10 公斤滚筒洗衣机 ~ 8 公斤滚筒洗衣机 | M-1234 ~ M-1243 | Lot 12A ~ Lot 13A | 苏宁 ~ 苏宁小店
    永辉 ~ 永辉新零售 | 国美 ~ 国美海外 | A区 ~ B区 | 12 ~ 21 | 苏宁 ~ 国美
"""),
]


def why(one: str, other: str) -> set:
    """The reasons for which two codes without names are proposed, whichever of them is known first."""
    return {pair.reason for order in ((one, other), (other, one)) for pair in proposals(map(Named, order))}


@pytest.mark.parametrize(("one", "other"), SAME_WORD)
def test_a_spelling_that_people_vary_is_the_same_code(one, other):
    assert why(one, other) == {CODE}


@pytest.mark.parametrize(("one", "other"), BEGINS)
def test_a_name_that_begins_with_the_whole_of_another_may_be_the_same(one, other):
    assert why(one, other) == {CONTAINED}


@pytest.mark.parametrize(("one", "other"), ONE_LETTER)
def test_one_slipped_letter_in_a_long_name_may_be_the_same(one, other):
    assert why(one, other) == {NEAR}


@pytest.mark.parametrize(("one", "other"), NEVER)
def test_what_a_number_a_place_or_chance_tells_apart_is_never_proposed(one, other):
    assert why(one, other) == set()


def test_there_are_cases_enough_on_both_sides():
    assert len(SAME_WORD) + len(BEGINS) + len(ONE_LETTER) >= 60 and len(NEVER) >= 80


def test_a_code_of_one_file_may_be_the_name_of_another():
    assert proposals([Named("A07", ("锦泰家电",)), Named("锦泰家电有限公司")]) == [
        Pair("A07", "锦泰家电有限公司", NAME)
    ]
    assert proposals([Named("A07", ("Jintai", "锦泰")), Named("100200", ("JINTAI",))])[0].reason == NAME


def test_the_same_name_under_two_numbers_of_one_series_is_two_accounts():
    assert proposals([Named("AW00000211", ("Sports Store",)), Named("AW00000290", ("Sports Store",))]) == []
    assert proposals([Named("10086", ("锦泰",)), Named("10087", ("锦泰",))]) == []
    assert len(proposals([Named("10086", ("锦泰",)), Named("2001", ("锦泰",))])) == 1  # numbered by another system


def test_a_number_in_the_names_tells_codes_apart_that_are_spelled_alike():
    assert proposals([Named("SN", ("苏宁一店",)), Named("sn", ("苏宁二店",))]) == []


def test_products_are_compared_by_the_whole_code_or_name_only():
    known = [Named("W1", ("滚筒",)), Named("X9Z", ("滚筒洗衣机",)), Named("w-1"), Named("Q77K", ("滚筒",))]

    assert proposals(known, loose=False) == [Pair("W1", "w-1", CODE), Pair("W1", "Q77K", NAME)]


def test_each_pair_is_proposed_once_with_its_surest_reason_and_the_surest_pairs_come_first():
    known = [Named("苏宁"), Named("苏宁易购"), Named("苏宁 "), Named("S1Q", ("苏宁易购集团", "苏宁"))]

    found = proposals(known)

    assert [pair.reason for pair in found] == sorted((p.reason for p in found), key=[CODE, NAME, CONTAINED].index)
    assert len({frozenset(pair[:2]) for pair in found}) == len(found) == 6


def test_a_name_that_very_many_codes_share_is_no_name():
    def shared(count: int) -> list[Pair]:
        return proposals(Named(f"{'abcdefghijklmnopqrstuvwxyz'[n]}x{'y' * n}", ("其他",)) for n in range(count))

    assert shared(BUCKET + 1) and len(shared(BUCKET + 2)) == len(shared(BUCKET + 1))


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_two_words_are_compared_without_a_fault_and_alike_both_ways(one, other):
    def pairs(*order: str) -> set:
        return {(frozenset(p[:2]), p.reason) for p in proposals(map(Named, order))}

    assert pairs(one, other) == pairs(other, one)
    assert series(Named(one), Named(other)) == series(Named(other), Named(one))


@given(
    st.text("0123456789", min_size=1, max_size=4), st.text("0123456789", min_size=1, max_size=4), st.sampled_from("A店")
)
def test_codes_that_differ_by_digits_only_are_never_proposed(one, other, letter):
    assert one == other or proposals([Named(f"{letter}{one}", ("x",)), Named(f"{letter}{other}", ("x",))]) == []


def test_folding_leaves_digits_apart():
    assert fold("1-12") != fold("11-2") and fold("A-01") == fold("a 01") == "a01"


def test_real_names_of_different_accounts_are_left_alone(real):
    resellers = pd.read_parquet(real / "adventureworks" / "DimReseller.parquet")
    orders = pd.read_csv(real / "superstore_zh" / "订单_gb18030_derived.csv", encoding="gb18030")
    people = orders[["客户 ID", "客户名称"]].drop_duplicates()

    assert proposals(map(Named, resellers.ResellerName.unique())) == []
    assert (
        proposals(
            Named(*pair) for pair in zip(resellers.ResellerAlternateKey, zip(resellers.ResellerName), strict=True)
        )
        == []
    )
    assert proposals(Named(code, (name,)) for code, name in people.itertuples(index=False)) == []
    assert proposals(map(Named, people["客户名称"].unique())) == []
    assert proposals(map(Named, orders["产品名称"].unique()), loose=False) == []


def test_a_slip_in_any_real_name_is_found_again(real):
    names = list(pd.read_parquet(real / "adventureworks" / "DimReseller.parquet").ResellerName.unique())
    index, rng = Index(map(Named, names)), random.Random(7)
    long = [n for n in names if len(n.replace(" ", "")) >= 14 and max(map(len, n.split())) >= 8 and n.isascii()]
    lost = 0
    for name in long:
        word = max(name.split(), key=len)
        at = rng.randrange(2, len(word) - 1)
        found = index.like(Named(name.replace(word, word[:at] + word[at + 1 :])))
        lost += name not in [pair.one for pair in found]

    assert len(long) > 200 and lost <= len(long) * 0.1


def test_a_hundred_thousand_codes_are_compared_in_seconds():
    began = time.process_time()
    assert proposals(Named(f"C{n}x", (f"客户{n}商贸有限公司",)) for n in range(100_000)) == []
    assert time.process_time() - began < 30
