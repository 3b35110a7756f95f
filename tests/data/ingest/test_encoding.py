"""Which bytes are which text; nothing is ever replaced or guessed."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.ingest import encoding
from data.ingest.encoding import CHUNK, as_utf8, detect, survey
from data.ingest.shapes import MAX_LINE, Refused

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
    ],
)
def test_an_encoding_is_recognised_and_read_exactly(raw: bytes, codec: str, tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(raw)
    assert detect(file) == codec
    assert decoded(file, tmp_path) == raw.decode(codec)


@pytest.mark.parametrize(
    ("raw", "answer"),
    [(TRADITIONAL.encode("big5"), "big5hkscs"), ("name,city\nMüller,Köln\nÉric,Orléans\n".encode("cp1252"), "cp1252")],
)
def test_bytes_that_only_happen_to_decode_are_asked_about(raw: bytes, answer: str, tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(raw)
    with pytest.raises(Refused) as stop:
        detect(file)
    assert stop.value.question is not None
    assert answer in [option.value for option in stop.value.question.options]
    assert decoded(file, tmp_path, answer) == raw.decode(answer)


@pytest.mark.parametrize(
    "raw",
    [
        b"account,name\n" + b"A1,plain\n" * 50_000 + b"A2," + "苏宁".encode("gbk") + b"\n" + "A3,苏宁\n".encode(),
        TABLE.encode("utf-8")[:-5] + "箱".encode()[:2],
    ],
    ids=["one late GBK line among UTF-8", "cut in the middle of a character"],
)
def test_mixed_or_cut_bytes_are_never_replaced(raw: bytes, tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(raw)
    with pytest.raises(Refused):
        decoded(file, tmp_path)


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


@given(st.text(alphabet='ab,"\r\n ', max_size=60), st.integers(1, 9))
def test_physical_lines_are_counted_as_python_reads_them(
    tmp_path_factory: pytest.TempPathFactory, text: str, chunk: int
):
    file = tmp_path_factory.mktemp("lines") / "in.csv"
    file.write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch, file.open(newline="") as handle:
        patch.setattr(encoding, "CHUNK", chunk)
        lines = list(handle)
        seen = survey(file)
    assert seen.lines == len(lines)
    endings = {line[len(line.rstrip("\r\n")) :] for line in lines} - {""}
    assert seen.newline == (endings.pop() if len(endings) == 1 else "")


@pytest.mark.parametrize(
    ("text", "tame"),
    [
        ('a,b\n"x,y",2\n', True),
        ("a,b\n1,2\n", True),
        ('a,b\n"x\ny",2\n', False),
        ("a,b\n1,\0\n", False),
        ('a,b\n1, "x"\n', False),
        ('a,b\n"x" ,1\n', False),
    ],
)
def test_what_the_two_lanes_could_read_differently_is_not_tame(text: str, tame: bool, tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(text.encode())
    assert survey(file).tame is tame


@pytest.mark.parametrize(("length", "refused"), [(MAX_LINE, False), (MAX_LINE + 1, True), (CHUNK + 1, False)])
@pytest.mark.parametrize("ending", [b"\nz\n", b"", b"\rz"])
def test_a_line_is_at_most_max_line_long(length: int, refused: bool, ending: bytes, tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(b"a\n" + b"x" * length + ending)
    if refused:
        with pytest.raises(Refused, match="Line 2"):
            survey(file)
    else:
        survey(file)


@pytest.mark.parametrize("text", ["一", "name,city\nA1,通一\n", "要,0一\n", "a\n'一'\n"])
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


@pytest.mark.parametrize("size", [0, 1, CHUNK, 3 * CHUNK])
def test_the_line_that_is_too_long_is_named_by_its_number(size: int, tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(b"a\n" * size + b"x" * (MAX_LINE + CHUNK))

    with pytest.raises(Refused) as stop:
        survey(file)

    assert f"Line {size + 1} " in stop.value.reason.en
