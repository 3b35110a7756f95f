"""Names where there is little room, lists in sentences, days in words."""

from datetime import date

import pytest

from analytics.supply.naming import LATIN, MOST, day_name, lines, listed
from data.text import Text, same


@pytest.mark.parametrize(
    ("product", "category", "told"),
    [
        ("10 公斤滚筒洗衣机", "洗衣机", ("10 公斤", "滚筒", "洗衣机")),
        ("3 匹柜式空调", "空调", ("3 匹", "柜式", "空调")),
        ("10 公斤分区洗烘一体机", "洗衣机", ("10 公斤", "分区洗烘", "一体机")),
        ("滚筒", "滚筒", ("滚筒",)),
        ("XQG100-B1", "", ("XQG100-", "B1")),
        ("12 kg front-load washer", "洗衣机", ("12 kg", "front-", "load", "washer")),
        ("3 hp air conditioner", "空调", ("3 hp", "air", "conditi…")),
        ("", "", ()),
    ],
)
def test_a_products_name_is_broken_where_it_reads_well(product, category, told):
    assert lines(product, category) == told


def test_a_long_name_is_cut_and_says_so():
    found = lines("一二三四五六七八九十一二三四五六七八九十", "")

    assert len(found) == MOST and found[-1].endswith("…")
    assert all(len(line) <= LATIN for line in lines("extraordinarily long-winded name", ""))


@pytest.mark.parametrize(
    ("names", "zh", "en"),
    [
        ("", "", ""),
        ("a", "a", "a"),
        ("ab", "a、b", "a and b"),
        ("abc", "a、b、c", "a, b and c"),
        ("abcd", "a、b、c等 4 家", "a, b, c (4 in all)"),
        ("aab", "a、b", "a and b"),
    ],
)
def test_a_list_names_the_first_three_and_how_many_there_are(names, zh, en):
    assert listed(map(same, names)) == Text(zh, en)


def test_a_day_in_words():
    assert day_name(date(2026, 7, 5)) == Text("7 月 5 日", "5 July")
