"""What the bytes of a file say before it is parsed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.ingest import survey as survey_module
from data.ingest.shapes import MAX_LINE, Refused
from data.ingest.survey import CHUNK, survey


@given(st.text(alphabet='ab,"\r\n ', max_size=60), st.integers(1, 9))
def test_physical_lines_are_counted_as_python_reads_them(
    tmp_path_factory: pytest.TempPathFactory, text: str, chunk: int
):
    file = tmp_path_factory.mktemp("lines") / "in.csv"
    file.write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch, file.open(newline="") as handle:
        patch.setattr(survey_module, "CHUNK", chunk)
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


@pytest.mark.parametrize("size", [0, 1, CHUNK, 3 * CHUNK])
def test_the_line_that_is_too_long_is_named_by_its_number(size: int, tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(b"a\n" * size + b"x" * (MAX_LINE + CHUNK))

    with pytest.raises(Refused) as stop:
        survey(file)

    assert f"Line {size + 1} " in stop.value.reason.en
