"""What is handed back can be read, corrected and uploaded again, and runs in no spreadsheet."""

import csv
import hashlib
import io

import pytest

from data.ingest import rejected_file
from data.ingest.rejects import guarded
from tests.data.ingest.kit import HEADER, Take, loaded, row


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("-cmd", "'-cmd"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("＝1", "'＝1"),
        ("＠x", "'＠x"),
        ("-12.5", "-12.5"),
        ("+1,234.5", "+1,234.5"),
        ("-12.5%x", "'-12.5%x"),
        ("A=1", "A=1"),
        ("", ""),
    ],
)
def test_no_cell_becomes_a_formula_and_numbers_stay_numbers(cell: str, written: str):
    assert guarded(cell) == written


def test_the_rejected_file_has_the_own_columns_the_line_and_the_reason_in_both_languages(take: Take):
    text = ",".join(HEADER) + "\nA1,S1,2026-01-05,1,2\n=SUM(A1),S1,2026-01-05,x,-5\nA1,S1\n"
    content = rejected_file(take(text))
    assert content.startswith(b"\xef\xbb\xbf")
    header, first, torn = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert header == [*HEADER, "行号 line", "原因", "reason", "原文 raw", "来源文件 source file"]
    assert first[:-1] == [
        "'=SUM(A1)",
        "S1",
        "2026-01-05",
        "x",
        "-5",
        "3",
        "数量：不是数字",
        "数量: is not a number",
        "",
    ]
    assert first[-1] == torn.pop() == f"file-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    assert torn == [
        "",
        "",
        "",
        "",
        "",
        "4",
        "这一行有 2 格，表头有 5 格",
        "this row has 2 cells, the header 5",
        "A1,S1",
    ]


def test_a_corrected_rejected_file_can_be_uploaded_as_it_is(take: Take):
    content = rejected_file(take([row(), row(qty="x")])).replace(b",x,", b",7,")
    corrected = take(content)
    assert [one["qty"] for one in loaded(corrected)] == [7]


def test_the_rejected_file_is_complete_where_the_list_is_capped(take: Take, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("data.ingest.rejects.LISTED", 5)
    prepared = take([row(qty="x") for _ in range(12)])
    assert prepared.checked and (len(prepared.checked.rejects), prepared.checked.rejected) == (5, 12)
    assert rejected_file(prepared).count(b"\r\n") == 13
