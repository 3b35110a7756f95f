"""Which bytes are which text; nothing is ever replaced or guessed."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.ingest import encoding
from data.ingest.encoding import as_utf8, detect
from data.ingest.shapes import Refused

TABLE = "客户编码,产品名称,数量\nA1,滚筒洗衣机,3\nA2,对开门冰箱,5\n"
TRADITIONAL = "客戶編號,產品名稱,數量\nA1,滾筒洗衣機,3\nA2,對開門冰箱,5\n"


def decoded(file: Path, out: Path, answer: str | None = None) -> str:
    """The text as ingest reads it."""
    return as_utf8(file, detect(file, answer), out).read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("raw", "codec"),
    [
        (TABLE.encode("utf-8"), "utf-8"),
        (TABLE.encode("utf-8-sig"), "utf-8-sig"),
        (TABLE.encode("gb18030"), "gb18030"),
        (TABLE.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"), "utf-16"),
        (TABLE.encode("utf-16-le"), "utf-16-le"),
        (TABLE.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TABLE.encode("utf-32-le"), "utf-32"),
        (b"account,qty\nA1,3\n", "utf-8"),
        ("名字,数量\n𠮷野家,3\n".encode("gb18030"), "gb18030"),
        ("客户\n鑫淼\n朱镕基\nTCL电视a\n".encode("gb18030"), "gb18030"),
        (TRADITIONAL.encode("big5hkscs"), "big5hkscs"),
    ],
)
def test_an_encoding_is_recognised_and_read_exactly(raw: bytes, codec: str, tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(raw)
    assert detect(file) == codec
    assert decoded(file, tmp_path) == raw.decode(codec)


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ("name,city\nMüller,Köln\nÉric,Orléans\n".encode("cp1252"), "cp1252"),
        ("顧客,数量\nカメラ,3\nテレビ,5\n".encode("shift_jis"), "shift_jis"),
        ("고객,수량\n이마트,3\n롯데마트,5\n".encode("euc_kr"), "euc_kr"),
        ("клиент,количество\nмагазин,3\n".encode("koi8_r"), "cp1252"),
    ],
)
def test_bytes_that_only_happen_to_decode_are_asked_about(raw: bytes, answer: str, tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(raw)
    with pytest.raises(Refused) as stop:
        detect(file)
    assert stop.value.question is not None
    assert answer in [option.value for option in stop.value.question.options]
    assert decoded(file, tmp_path, answer) == raw.decode(answer)


def test_a_wrong_answer_is_refused_with_the_line(tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(b"a,b\n1,2\n\xff\xff,3\n")
    with pytest.raises(Refused, match="near line"):
        decoded(file, tmp_path, "big5hkscs")


def test_an_answer_that_is_no_choice_is_our_own_fault(tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(b"a,b\n")
    with pytest.raises(ValueError, match="klingon"):
        detect(file, "klingon")


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le"])
def test_a_character_across_two_chunks_is_read_whole(codec: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(encoding, "CHUNK", 7)
    file = tmp_path / "in.csv"
    file.write_bytes(TABLE.encode(codec))
    assert decoded(file, tmp_path) == TABLE


@pytest.mark.parametrize("text", ["一", "品", "name,city\nA1,通一\n", "要,0一\n", "a\n'一'\n"])
def test_a_file_that_reads_as_utf_8_and_as_chinese_alike_is_asked_about_and_read_as_told(text: str, tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(text.encode("gb18030"))
    file.read_text("utf-8")  # it does

    with pytest.raises(Refused) as stop:
        detect(file)

    assert stop.value.question and [o.value for o in stop.value.question.options] == ["utf-8", "gb18030"]
    assert decoded(file, tmp_path, "gb18030") == text
    assert detect(file, "utf-8") == "utf-8"


@pytest.mark.parametrize(
    "text",
    [
        "Müller,Köln\n",
        "10°C,£100,Windows®\n",
        "Éric;naïve\n",
        "Привет,мир\n",
        "Ελλάδα\n",
        "客户,一\n",
        "a,ʤ\n",
        "a,b\n",
    ],
)
def test_european_letters_beside_others_other_scripts_and_chinese_in_utf_8_are_not_asked_about(text, tmp_path):
    file = tmp_path / "in.csv"
    file.write_bytes(text.encode("utf-8"))

    assert detect(file) == "utf-8"


@given(
    text=st.text(alphabet=st.sampled_from("ab,\n中文𠮷é")),
    damage=st.binary(max_size=2),
    chunk=st.integers(1, 5),
    codec=st.sampled_from(["utf-8", "gb18030"]),
)
def test_passing_over_ascii_never_changes_what_decodes(tmp_path_factory, text, damage, chunk, codec):
    file = tmp_path_factory.mktemp("any") / "in.csv"
    raw = text.encode(codec) + damage + b"ab,12\n" * 2
    file.write_bytes(raw)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoding, "CHUNK", chunk)
        found = encoding._decodes(file, codec)

    try:
        raw.decode(codec)
    except UnicodeDecodeError:
        assert found is False
    else:
        assert found is True
