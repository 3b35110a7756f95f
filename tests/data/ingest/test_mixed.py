"""Files whose lines are in different encodings: each line is read as what it plainly is, or handed back."""

from pathlib import Path

import pytest

from data.ingest import mixed
from data.ingest.encoding import detect
from data.ingest.shapes import Refused
from tests.data.ingest.kit import HEADER, Take, as_csv, loaded, reasons, row

UTF8, GBK = as_csv([row("苏宁")]).encode(), as_csv([row("国美")]).encode("gbk")
HEAD = as_csv([HEADER]).encode()
LOST = "is neither UTF-8 nor GBK; its characters cannot be decoded"


def test_one_late_gbk_line_among_utf_8_is_read_as_gbk_and_the_note_counts_both(take: Take):
    done = take(HEAD + UTF8 * 1_000 + GBK)

    assert [one["account"] for one in loaded(done)] == ["苏宁"] * 1_000 + ["国美"]
    assert any("1,001 were read as UTF-8, 1 as GBK; 0 could not" in note.en for note in done.notes)


def test_lines_of_both_encodings_in_turn_are_all_read(take: Take):
    assert [one["account"] for one in loaded(take(HEAD + (UTF8 + GBK) * 3))] == ["苏宁", "国美"] * 3


def test_one_late_gbk_line_in_an_ascii_file_makes_it_a_gbk_file(take: Take):
    plain = as_csv([("account", "sku", "sold_on", "qty", "amount"), *[row()] * 9]).encode()

    assert loaded(take(plain + as_csv([row("苏宁")]).encode("gbk")))[-1]["account"] == "苏宁"


def test_a_late_line_that_may_be_korean_as_well_is_asked_about(take: Take):
    plain = as_csv([("account", "sku", "sold_on", "qty", "amount"), *[row()] * 9]).encode()

    assert [question.key for question in take(plain + GBK).questions] == ["encoding"]


@pytest.mark.parametrize("cut", [1, 2])
def test_a_line_cut_in_the_middle_of_a_character_is_handed_back_as_it_stands(take: Take, cut: int):
    done = take(HEAD + UTF8 * 3 + "A9,箱".encode()[:-cut])

    assert len(loaded(done)) == 3
    assert [(line, why) for line, _, why in reasons(done)] == [(5, LOST)]
    assert done.checked and done.checked.rejects[0].value.startswith("A9,\\xe7")


def test_a_latin_name_in_a_gbk_file_is_handed_back_and_not_read_as_a_rare_character(take: Take):
    latin = as_csv([row("Müller")]).encode("cp1252")

    done = take(as_csv([HEADER]).encode("gbk") + as_csv([row("苏宁")] * 5).encode("gbk") + latin)

    assert [one["account"] for one in loaded(done)] == ["苏宁"] * 5
    assert [(line, why) for line, _, why in reasons(done)] == [(7, LOST)]


def test_a_line_that_reads_both_ways_is_handed_back(take: Take):
    both = as_csv([row("一")]).encode("gbk")

    assert [line for line, _, _ in reasons(take(HEAD + UTF8 + both + GBK * 5))] == [3]


def test_a_damaged_quoted_record_is_handed_back_whole(take: Take):
    done = take(HEAD + UTF8 + b'A1,S1,2026-01-05,1,"' + b"\xff\xfe\n1" + b'"\n' + UTF8 * 2)

    assert len(loaded(done)) == 3
    assert [(line, why) for line, _, why in reasons(done)] == [(3, LOST)]


@pytest.mark.parametrize(
    ("lines", "credible"),
    [
        ([UTF8, b"\xff\xff\n", UTF8, UTF8, UTF8], True),  # one in five
        ([UTF8, b"\xff\xff\n", UTF8, UTF8], False),
        ([b"\xff\xff\n"], False),
        ([b"abc\n"], False),
        ([UTF8, UTF8, b"\xff"], True),  # cut off
        (["клиент,количество,магазин\n".encode("koi8_r"), b"\xff\xff\n"], False),
    ],
)
def test_mostly_readable_lines_are_damage_and_others_another_encoding(lines, credible: bool, tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(b"".join(lines))

    assert mixed.is_credible(file) is credible


def test_a_file_of_another_encoding_with_a_damaged_line_is_asked_about(tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes("имя\nмагазин один\nмагазин два\n".encode("cp1251"))

    with pytest.raises(Refused):
        detect(file)
