"""Text files, cell by cell, through the fast and the careful lane."""

import csv
import io
import json
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.ingest.delimited import MAX_SPAN, Done, careful, fast, look, stage
from data.ingest.dialect import DELIMITERS
from data.ingest.encoding import as_utf8, detect
from data.ingest.layout import names
from data.ingest.shapes import MAX_COLUMNS, Refused, Staged
from data.ingest.staging import ROWS, TORN
from data.ingest.survey import survey
from tests.data.ingest.kit import as_csv

NOTHING: frozenset[str] = frozenset()
HAN = "客户产品数量金额日期一二三年"
ENCODINGS = {
    "utf-8": "é☃😀\u2028\x85" + HAN,
    "utf-8-sig": HAN,
    "gb18030": HAN,
    "utf-16": HAN + "é",
    "utf-16-le": "",
    "utf-16-be": "",
}
Cells = list[tuple[int, list[str]]]


def staged(file: Path, out: Path, known: frozenset[str] = NOTHING) -> tuple[Staged, Cells, list[dict]]:
    """(what was staged, (line, cells) of each row, torn records)."""
    report = stage(file, out, known).staged
    assert report
    torn = pq.read_table(out / TORN).to_pylist() if report.torn else []
    return report, cells_of(out, len(report.headers), report.first_line), torn


def cells_of(out: Path, width: int, first_line: int | None) -> Cells:
    """(line, cells) of every staged row."""
    found = []
    for at, row in enumerate(pq.read_table(out / ROWS).to_pylist()):
        line = row["_line"] if first_line is None else first_line + at
        found.append((line, [row[f"c{n}"] or "" for n in range(width)]))
    return found


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, str, str, list[list[str]]]:
    """(encoding, delimiter, text, rows) of a table as csv.writer writes it, its header being h0, h1, ..."""
    encoding = draw(st.sampled_from(sorted(ENCODINGS)))
    mark = draw(st.sampled_from([m for m in DELIMITERS if m.isascii() or encoding in ("utf-8", "gb18030")]))
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quoting = draw(
        st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
    )  # minimal leaves other newlines than its own bare
    breaks = "\r\n" if quoting == csv.QUOTE_ALL else newline
    alphabet = "ab0 '\"\\#\t;|,=-" + breaks + ENCODINGS[encoding]
    width = draw(st.integers(2, 4))
    cell = st.one_of(st.text(alphabet, max_size=6), st.sampled_from(["", "NULL", "1,5", '"', " x "]))
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), max_size=6))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, quoting=quoting, lineterminator=newline)  # type: ignore[arg-type]
    writer.writerows([[f"h{n}" for n in range(width)], *rows])
    return encoding, mark, out.getvalue(), rows


def told(file: Path, encoding: str) -> str:
    """The codec found; where it is asked, the one that was used must be on offer."""
    try:
        return detect(file)
    except Refused as stop:
        assert stop.question and encoding in [option.value for option in stop.question.options]
        return encoding


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(tables())
def test_any_written_table_comes_back_exactly_through_both_lanes(tmp_path_factory: pytest.TempPathFactory, table):
    encoding, mark, text, rows = table
    out = tmp_path_factory.mktemp("lanes")
    file = out / "in.csv"
    file.write_bytes(text.encode(encoding))
    utf8 = as_utf8(file, told(file, encoding), out)
    seen, (sheet, _) = survey(utf8), look(utf8, frozenset({"h0", "h1", "h2", "h3"}))
    assert sheet.how.mark == mark
    assert careful(utf8, out, sheet).torn == 0
    through_careful = cells_of(out, len(sheet.layout.headers), None)
    assert [cells for _, cells in through_careful] == [row for row in rows if any(row)]
    if fast(utf8, out, sheet, seen) is not None:
        assert cells_of(out, len(sheet.layout.headers), sheet.after + 1) == through_careful


PIECES = [
    "",
    "a",
    '"a"',
    '"a,b"',
    '"a""b"',
    'a"b',
    '""',
    " a ",
    '"',
    ' "a"',
    '"a" ',
    "\\",
    '"a\\"',
    '"\n"',
    "\t",
    "é",
    "NULL",
]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3), max_size=4),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_whatever_the_fast_lane_accepts_the_careful_lane_reads_alike(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], newline: str
):
    out = tmp_path_factory.mktemp("raw")
    file = out / "in.csv"
    file.write_bytes(newline.join(["a,b", *(",".join(row) for row in rows), ""]).encode())
    sheet, _ = look(file, NOTHING)
    if fast(file, out, sheet, survey(file)) is None:
        return
    through_fast = cells_of(out, len(sheet.layout.headers), sheet.after + 1)
    assert careful(file, out, sheet) == Done(len(through_fast), 0, 0, 0)
    assert cells_of(out, len(sheet.layout.headers), None) == through_fast


@pytest.mark.parametrize("text", ["a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4", "a,b\r1,2\r3,4\r", "t\na,b\n1,2\n"])
def test_a_plain_file_takes_the_fast_lane(text: str, tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(text.encode())
    assert fast(file, tmp_path, look(file, NOTHING)[0], survey(file)) == text.count("1,2") + text.count("3,4")


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2\n\n3,4\n",
        'a,b\n"x\ny",2\n',
        "a,b\n1,2\n3\n",
        "a,b\n1,2\n,\n",
        "a,b\r\n1,2\n",
        "a,b\n",
        'a,b\n"1,2\n',
        '"a\nb",c\n1,2\n',
    ],
)
def test_a_file_whose_lines_do_not_reconcile_leaves_the_fast_lane(text: str, tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(text.encode())
    assert fast(file, tmp_path, look(file, NOTHING)[0], survey(file)) is None


def test_the_fast_lane_does_not_trust_a_count_that_is_off_by_one(tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(b"a,b\n1,2\n3,4\n")
    (sheet, _), seen = look(file, NOTHING), survey(file)
    more = type(seen)(seen.lines + 1, seen.newline, seen.tame)
    assert fast(file, tmp_path, sheet, seen) == 2
    assert fast(file, tmp_path, sheet, more) is None


def test_what_cannot_be_split_is_handed_back_with_its_line_and_text(tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(b'a,b\n1,2\n3\n4,5,6\n7,8,\n"9"9,9\n10,\x0011\n\n12,13\n')
    report, rows, torn = staged(file, tmp_path)
    assert rows == [(2, ["1", "2"]), (9, ["12", "13"])]
    assert [(one["line"], one["reason"], one["cells"], one["raw"]) for one in torn] == [
        (3, "ragged", 1, "3"),
        (4, "ragged", 3, "4,5,6"),
        (5, "ragged", 3, "7,8,"),
        (6, "quote", 0, '"9"9,9'),
        (7, "nul", 2, "10,\x0011"),
    ]
    assert (report.rows, report.torn, report.blank) == (2, 5, 1)


@pytest.mark.parametrize("text", ['a,b\n1,2\n"3,4\n5,6\n7,8\n', 'a,b\n1,2\n"3,4\n5,6\n"7","8"\n'])
def test_an_open_quotation_mark_costs_its_own_line_only(text: str, tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(text.encode())
    _, rows, torn = staged(file, tmp_path)
    assert rows == [(2, ["1", "2"]), (4, ["5", "6"]), (5, ["7", "8"])]
    assert [(one["line"], one["raw"]) for one in torn] == [(3, '"3,4')]


@pytest.mark.parametrize(("newlines", "torn"), [(MAX_SPAN - 1, 0), (MAX_SPAN, 1)])
def test_a_record_may_span_max_span_lines(newlines: int, torn: int, tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(b'a,b\n"' + b"x\n" * newlines + b'",2\n3,4\n')
    report, rows, _ = staged(file, tmp_path)
    assert min(report.torn, 1) == torn
    assert rows[-1] == (newlines + 3, ["3", "4"])


def test_the_line_of_a_record_is_the_physical_line_it_starts_on(tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(b'\ntitle\na,b\n"x\ny",2\n\n3,4\n')
    report, rows, _ = staged(file, tmp_path)
    assert rows == [(4, ["x\ny", "2"]), (7, ["3", "4"])]
    assert report.above == ("title",)
    assert "1 row above the header" in report.notes[0].en


def test_a_header_is_found_by_what_it_says_below_titles_and_filters(tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_text("销售明细\n公司：,某某,打印：,张三\n日期,客户,数量,金额\n2026-01-01,A1,2,3\n")
    report, rows, _ = staged(file, tmp_path, frozenset({"日期", "客户", "数量", "金额"}))
    assert report.headers == ("日期", "客户", "数量", "金额")
    assert rows == [(4, ["2026-01-01", "A1", "2", "3"])]


def test_a_file_of_unknown_headers_begins_at_its_first_row_that_is_no_title(tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_text("title\nx,y\n1,2\n")
    assert staged(file, tmp_path)[0].headers == ("x", "y")


@pytest.mark.parametrize("mark", DELIMITERS)
def test_every_delimiter_is_recognised_beside_decimal_commas_and_titles(mark: str, tmp_path: Path):
    file = tmp_path / "in.csv"
    rows = [["name", "size", "note"], *[[f"n{n}", f"{n},5", "a; b | c"] for n in range(5)]]
    file.write_text("a title; of sorts\n" + as_csv(rows, mark))
    report, cells, _ = staged(file, tmp_path)
    assert (report.delimiter, report.headers) == (mark, ("name", "size", "note"))
    assert [row for _, row in cells] == rows[1:]


def test_blank_and_repeated_headers_are_told_apart():
    assert names(["金额", "", " 金额 ", None, "客户\n编码", "金额"]) == (
        "金额",
        "column 2",
        "金额 (2)",
        "column 4",
        "客户 编码",
        "金额 (3)",
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [("\n\n\r\n", "no data"), (" \n,,\n", "no data"), ("a,b\n", "no rows"), ("a,b\n\n,\n", "no rows")],
)
def test_a_file_without_rows_is_refused_with_the_reason(text: str, reason: str, tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(text.encode())
    with pytest.raises(Refused, match=reason):
        stage(file, tmp_path, NOTHING)


@pytest.mark.parametrize(("columns", "refused"), [(MAX_COLUMNS, False), (MAX_COLUMNS + 1, True)])
def test_a_header_has_at_most_max_columns(columns: int, refused: bool, tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_text(as_csv([[f"h{n}" for n in range(columns)], ["1"] * columns]))
    if refused:
        with pytest.raises(Refused, match="columns"):
            stage(file, tmp_path, NOTHING)
    else:
        done = stage(file, tmp_path, NOTHING).staged
        assert done and done.rows == 1


def test_a_conversion_is_noted(tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes("客户,数量\n苏宁,2\n".encode("gb18030"))
    report, rows, _ = staged(file, tmp_path)
    assert rows == [(2, ["苏宁", "2"])]
    assert "GB18030" in report.notes[0].en


def test_the_conformance_files_are_read_exactly(real: Path, tmp_path: Path):
    checked = 0
    for file in sorted((real / "csv_spectrum" / "csvs").glob("*.csv")):
        expected = json.loads((real / "csv_spectrum" / "json" / f"{file.stem}.json").read_text())
        report, rows, torn = staged(file, tmp_path)
        if b"\r" not in file.read_bytes():  # some copies of these files have lost their carriage returns
            expected = json.loads(json.dumps(expected).replace("\\r\\n", "\\n"))
        assert [dict(zip(report.headers, cells, strict=True)) for _, cells in rows] == expected, file.name
        assert not torn
        checked += 1
    assert checked == 11


@pytest.mark.skipif(sys.platform != "linux", reason="limits are set as on Linux")
def test_a_large_quoted_file_reads_alike_in_both_lanes(tmp_path: Path):
    file = tmp_path / "in.csv"
    rows = [[str(n), f'x,"{n % 7}";' * (n % 9), "é" * (n % 3)] for n in range(40_000)]
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *rows])
    sheet, _ = look(file, NOTHING)
    assert fast(file, tmp_path, sheet, survey(file)) == len(rows)
    through_fast = cells_of(tmp_path, 3, 2)
    careful(file, tmp_path, sheet)
    assert cells_of(tmp_path, 3, None) == through_fast
    assert [cells for _, cells in through_fast] == rows


@pytest.mark.parametrize(
    ("text", "rows", "torn"),
    [
        ("a,b,c\n1,2,3,,\n4,5,6,,\n", [["1", "2", "3"], ["4", "5", "6"]], []),
        ("a,b,c\n1,2,3\n4,,5,\n7,8,9\n", [["1", "2", "3"], ["7", "8", "9"]], [3]),
        ("a,b,c\n1,2,3\n4,,5,\n", [["1", "2", "3"]], [3]),
        ("a,b,c\n1,2,3\n7,8,9\n4,,5,", [["1", "2", "3"], ["7", "8", "9"]], [4]),
        ("a,b,c\n1,2,3\n4,5,,\n7,8,\n", [["1", "2", "3"], ["4", "5", ""], ["7", "8", ""]], []),
        ("a,b,c,,\n1,2,3\n4,5,6\n", [["1", "2", "3"], ["4", "5", "6"]], []),
        ("a,b,c,,\n1,2,3,x,\n4,5,6,,\n", [["1", "2", "3", "x", ""], ["4", "5", "6", "", ""]], []),
    ],
    ids=[
        "on all rows",
        "on one row",
        "on one of two",
        "on the last",
        "where it is blank anyway",
        "on the header",
        "over data",
    ],
)
def test_delimiters_too_many_are_passed_over_only_where_no_cell_can_have_moved(text, rows, torn, tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(text.encode())

    _, found, pieces = staged(file, tmp_path)

    assert ([cells for _, cells in found], [one["line"] for one in pieces]) == (rows, torn)


@pytest.mark.parametrize(("quoted", "torn"), [('"x,y"', [3]), ("x", [])])
def test_a_stray_quotation_mark_is_a_fault_only_in_a_file_that_quotes(quoted: str, torn: list[int], tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_bytes(f'a,b\n{quoted},1\n27",2\n'.encode())

    assert [one["line"] for one in staged(file, tmp_path)[2]] == torn
