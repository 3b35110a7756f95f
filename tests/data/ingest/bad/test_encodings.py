"""Bad inputs 1 to 11: bytes that are not UTF-8, or not text."""

import codecs

import pytest

from tests.data.ingest.bad.kit import HEADER, asked, handed_back, noted, table, values
from tests.data.ingest.kit import Take, row

TABLE = table(row("苏宁易购"), row("国美电器"))
NAMES = ["苏宁易购", "国美电器"]
WIDE = (*HEADER, "区域")
TRADITIONAL = ("客戶編號", "產品編號", "單據日期", "數量", "含稅金額")
MAPPED = dict(zip(("account", "sku", "sold_on", "qty", "amount"), TRADITIONAL, strict=True))


def test_01_a_gbk_file_is_read_and_the_conversion_is_noted(take: Take):
    """1 GBK: N."""
    prepared = take(TABLE.encode("gbk"))
    assert values(prepared, "account") == NAMES and noted(prepared, "GB18030")


def test_02_characters_of_four_bytes_in_gb18030_are_read_exactly(take: Take):
    """2 GB18030 with four bytes: N."""
    prepared = take(table(row("𠮷野家食品"), row("㐂喜商贸")).encode("gb18030"))
    assert values(prepared, "account") == ["𠮷野家食品", "㐂喜商贸"] and noted(prepared, "GB18030")


def test_03_a_big5_file_of_usual_length_is_read_and_the_conversion_is_noted(take: Take):
    """3 Big5: N."""
    names = ["臺灣電器股份有限公司", "對開門冰箱專賣店", "滾筒洗衣機經銷處"]
    text = table(*(row(names[n % 3], f"S{n}") for n in range(60)), header=TRADITIONAL)
    prepared = take(text.encode("big5"), mapping=MAPPED, answers={"tax_basis": "with_tax"})
    assert values(prepared, "account") == [names[n % 3] for n in range(60)] and noted(prepared, "Big5")


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE], ids=["LE", "BE"])
def test_04_utf_16_with_a_byte_order_mark_is_read_and_noted(mark: bytes, take: Take):
    """4 UTF-16 with BOM: N."""
    codec = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    prepared = take(mark + TABLE.encode(codec))
    assert values(prepared, "account") == NAMES and noted(prepared, "UTF-16")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_05_utf_16_without_a_byte_order_mark_is_read_and_noted(codec: str, take: Take):
    """5 UTF-16 without BOM: N."""
    prepared = take(TABLE.encode(codec))
    assert values(prepared, "account") == NAMES and noted(prepared, "UTF-16")


def test_06_a_utf_8_byte_order_mark_is_no_part_of_the_first_header(take: Take):
    """6 UTF-8 BOM: N, recorded as the file's encoding."""
    prepared = take(TABLE.encode("utf-8-sig"))
    assert values(prepared, "account") == NAMES
    assert prepared.source.staged and prepared.source.staged.encoding == "utf-8-sig"


def test_07_lines_of_utf_8_and_gbk_in_one_file_are_read_one_by_one_and_counted(take: Take):
    """7 mixed UTF-8 and GBK lines: N per line, Q for what decodes as neither."""
    lines = TABLE.encode().splitlines(keepends=True)
    gbk = table(row("京东自营"), row("天猫超市")).encode("gbk").splitlines(keepends=True)[1:]
    torn = b"\xff\xff\xfe,S1,2026-01-05,1,10\n"
    prepared = take(b"".join([*lines, *gbk, torn, *lines[1:]]))
    assert values(prepared, "account") == [*NAMES, "京东自营", "天猫超市", *NAMES]
    assert handed_back(prepared) == [(6, "encoding")]
    assert noted(prepared, r"\b2\b.*GBK|GBK.*\b2\b")


@pytest.mark.parametrize("first", ["A0,S1,2026-01-05,1,10\n", "国美电器,S1,2026-01-05,1,10\n"], ids=["ASCII", "UTF-8"])
def test_08_one_late_gbk_line_is_read_as_such_or_handed_back(first: str, take: Take):
    """8 one late GBK line: N or Q."""
    head = b"account,sku,sold_on,qty,amount_tax\n"
    late = "苏宁易购,S1,2026-01-05,1,10\n".encode("gbk")
    prepared = take(
        head + first.encode() * 30_000 + late + b"A1,S1,2026-01-05,1,10\n",
        mapping={"amount": "amount_tax"},
        answers={"tax_basis": "with_tax"},
    )
    found = values(prepared, "account")
    assert found[0] == first.partition(",")[0] and found[-1] == "A1"
    if handed_back(prepared):
        assert handed_back(prepared) == [(30_002, "encoding")] and len(found) == 30_001
    else:
        assert found[-2] == "苏宁易购" and noted(prepared, "GBK|GB18030")


def test_09_a_record_with_nul_bytes_is_handed_back(take: Take):
    """9 NUL bytes: Q."""
    prepared = take(table(row(), row("A\0" + "2"), row("A3")))
    assert values(prepared, "account") == ["A1", "A3"] and handed_back(prepared) == [(3, "nul")]


@pytest.mark.parametrize("codec", ["utf-8", "gbk"])
def test_10_a_record_that_ends_within_a_character_is_handed_back(codec: str, take: Take):
    """10 truncated multibyte at the end of the file: Q."""
    text = table(*((*row("苏宁易购"), "华东") for _ in range(20)), header=WIDE).rstrip("\n")
    prepared = take(text.encode(codec)[:-1])
    assert values(prepared, "region") == ["华东"] * 19 and handed_back(prepared) == [(21, "encoding")]


def test_11_cells_that_were_mojibake_before_they_came_are_handed_back(take: Take):
    """11 mojibake in the source: W and Q; foreign names are none."""
    broken = ["锟斤拷锟斤拷", "ËÕÄþÒ×¹º", "苏宁\ufffd\ufffd"]
    sound = ["苏宁易购", "José Müller", "Éric & Søn", "斤拷"]
    prepared = take(table(*map(row, [*broken, *sound])))
    assert values(prepared, "account") == sound
    assert handed_back(prepared) == [(2, "mojibake"), (3, "mojibake"), (4, "mojibake")]


def test_the_encoding_is_asked_where_bytes_fit_several_and_read_as_told(take: Take):
    """The way out of 3 and 10: what cannot be told is asked, and the answer counts."""
    raw = table(row("Müller"), row("A1"), header=("account", "sku", "sold_on", "qty", "taxamounttotal")).encode(
        "cp1252"
    )
    if asked(take(raw)) == ["encoding"]:
        assert values(take(raw, answers={"encoding": "cp1252"}), "account") == ["Müller", "A1"]
    else:
        assert values(take(raw), "account") == ["A1"] and handed_back(take(raw)) == [(2, "encoding")]
