"""What reads like Chinese, and what only decodes as if it did."""

import pytest

from data.ingest.chinese import PLAUSIBLE, has_split_word, simplified, traditional

NAMES = "苏宁易购国美电器京东五星汇银天猫"
TRADITIONAL = "蘇寧易購國美電器京東五星滙銀天貓商品數量"


def test_names_of_shops_read_like_the_chinese_that_they_are_written_in():
    assert simplified(NAMES) > 0.9
    assert traditional(TRADITIONAL) > 0.9


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("고객수량이마트롯데마트하이마트", "euc_kr"),
        ("клиентколичествомагазин", "koi8_r"),
        ("ΠελάτηςΠοσότηταΚατάστημα", "iso8859_7"),
        ("ひらがなカタカナ", "euc_jp"),
        (NAMES, "utf-8"),
        (TRADITIONAL, "big5hkscs"),
    ],
)
def test_other_languages_and_encodings_do_not_read_like_simplified_chinese(text: str, codec: str):
    raw = text.encode(codec)

    assert simplified(raw[: len(raw) // 4 * 4].decode("gb18030", "ignore")) < PLAUSIBLE


def test_simplified_chinese_does_not_read_like_traditional():
    assert traditional("苏宁".encode("gb18030").decode("big5hkscs")) == 0
    assert traditional((NAMES * 2).encode("gb18030").decode("big5hkscs", "ignore")) < PLAUSIBLE


def test_few_characters_are_plausible_but_never_sure():
    assert simplified("苏宁易") == PLAUSIBLE
    assert simplified("苏宁易购") == 1


@pytest.mark.parametrize(
    ("raw", "split"),
    [
        ("Müller".encode("cp1252"), True),
        ("École".encode("cp1252"), True),
        ("朱镕基,TCL电视a,喆".encode("gb18030"), False),
        ("TCL镕b".encode("gb18030"), False),
    ],
)
def test_a_latin_word_with_an_accent_is_told_from_rare_characters(raw: bytes, split: bool):
    assert has_split_word(raw.decode("gb18030")) is split
