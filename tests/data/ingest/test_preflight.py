"""A zip is judged by what it says of itself; columns in XML are found as the plain pattern finds them, only sooner."""

import re
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

import data.ingest
from data.ingest import spare
from data.ingest.preflight import COLUMN, _ends, _number, preflight
from data.ingest.shapes import Refused

SCRAPS = [
    b'r="',
    b"r='",
    b'r = "',
    b"A",
    b"Z",
    b"XFD",
    b"AB",
    b"1",
    b"9",
    b'"',
    b"=",
    b"r",
    b" ",
    b"\n",
    b"x",
    b'r="AA9',
]


@given(st.lists(st.sampled_from(SCRAPS), max_size=12).map(b"".join))
def test_first_and_last_column_are_those_of_the_pattern(piece: bytes):
    found = {_number(letters) for letters in COLUMN.findall(piece)}
    assert _ends(piece) == ({min(found), max(found)} if found else set())


@pytest.mark.parametrize(
    ("piece", "ends"),
    [
        (b'<c r="A1"/><c r="Z9"/><c r="C2"/>', {1, 26}),
        (b'<c r="AA1"/><c r="XFD1"/>', {27, 16_384}),
        (b"<c r='XFD1'/><c r=\"A1\"/>", {1, 16_384}),
        (b'<c r = "XFD1"/>', {16_384}),
        (b'<row r="1" spans="1:3"/>', set()),
        (b'<c r="ABCD1"/><c r="a1"/><c r="A"/>', set()),
        (b"", set()),
    ],
)
def test_columns_are_found_however_the_reference_is_spelled(piece: bytes, ends: set[int]):
    assert _ends(piece) == ends


def test_the_package_has_what_it_names_and_the_child_loads_little_of_it():
    assert all(getattr(data.ingest, name) for name in data.ingest.__all__)
    with pytest.raises(AttributeError, match="nothing_such"):
        data.ingest.nothing_such  # noqa: B018 - asking is the test
    code = "import sys, data.ingest.child, data.ingest.workbook; print([m for m in sys.argv[1:] if m in sys.modules])"
    heavy = ["pandas", "data.ingest.check", "data.lake", "pyarrow.compute"]
    told = subprocess.run([sys.executable, "-c", code, *heavy], cwd=spare.ROOT, capture_output=True, check=True)
    assert told.stdout.split() == [b"[]"]


@pytest.mark.parametrize(("count", "said"), [(2_001, "holds 2001 entries"), (70_000, "holds 65535+ entries")])
def test_too_many_entries_are_refused_by_what_the_archive_says_of_itself(tmp_path, monkeypatch, count, said):
    path = tmp_path / "many.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        for n in range(count):
            book.writestr(f"x{n}", "")
    monkeypatch.setattr(zipfile, "ZipFile", None)  # its directory is not read

    with pytest.raises(Refused, match=re.escape(said)):
        preflight(path)


def test_an_archive_that_says_it_holds_fewer_is_refused_by_its_directory(tmp_path):
    path = tmp_path / "liar.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        for n in range(2_001):
            book.writestr(f"x{n}", "")
    whole = bytearray(path.read_bytes())
    at = whole.rfind(b"PK\x05\x06")
    whole[at + 8 : at + 12] = (1).to_bytes(2, "little") * 2
    path.write_bytes(whole)

    with pytest.raises(Refused, match="holds 2001 entries"):
        preflight(path)
