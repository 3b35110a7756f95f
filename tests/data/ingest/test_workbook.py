"""Workbooks: cells as they were written, and hostile files that cost a child process at most."""

import io
import resource
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import xlsxwriter

from data.ingest import preflight, workbook
from data.ingest.read import Source, read
from data.ingest.workbook import MOST_SHEETS
from tests.data.ingest.kit import HEADER, Take

QUICK = 1.0  # seconds of processor time to refuse a hostile file, the start of a process included
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
Fill = Callable[[xlsxwriter.Workbook], None]


@pytest.fixture
def book(tmp_path: Path) -> Callable[[Fill], Path]:
    """Write a workbook by xlsxwriter."""

    def made(fill: Fill) -> Path:
        file = tmp_path / "in.xlsx"
        with xlsxwriter.Workbook(file) as opened:
            fill(opened)
        return file

    return made


def cells_of(source: Source) -> list[dict]:
    """The staged rows."""
    assert source.staged is not None, source.refused
    return pq.read_table(source.rows).to_pylist()


def rebuilt(file: Path, changes: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    """The same zip with some entries added or changed."""
    whole = io.BytesIO(file.read_bytes())
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(file, "w", compression) as new:
        for entry in old.infolist():
            if entry.filename not in changes:
                new.writestr(entry.filename, old.read(entry))
        for name, content in changes.items():
            new.writestr(name, content)
    return file


def cpu_of_children() -> float:
    """Seconds that finished child processes computed; unlike a clock it does not mind a busy machine."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def plain_sheet(opened: xlsxwriter.Workbook) -> None:
    """A header and one row."""
    sheet = opened.add_worksheet()
    sheet.write_row(0, 0, ["account", "qty"])
    sheet.write_row(1, 0, ["A1", 1])


def test_cells_come_back_as_they_were_written(book, work: Path):
    written = [12.0, 129.696, 0.1 + 0.2, 99999999.99, 6901234567890, -60.70400000000001, "00123", "  x ", True]
    read_back = ["12", "129.696", "0.3", "99999999.99", "6901234567890", "-60.704", "00123", "  x ", "true"]

    def fill(opened: xlsxwriter.Workbook) -> None:
        sheet = opened.add_worksheet()
        sheet.write_row(0, 0, ["value", "note"])
        for at, value in enumerate(written, start=1):
            sheet.write(at, 0, value) if not isinstance(value, str) else sheet.write_string(at, 0, value)
            sheet.write(at, 1, "n")

    assert [row["c0"] for row in cells_of(read(book(fill), "in.xlsx", work))] == read_back


def test_dates_are_iso_and_lose_only_midnight(book, work: Path):
    def fill(opened: xlsxwriter.Workbook) -> None:
        sheet = opened.add_worksheet()
        sheet.write_row(0, 0, ["day", "note"])
        for at, form in enumerate(["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "d/m/yy"], start=1):
            sheet.write_datetime(at, 0, datetime(2026, 1, 5), opened.add_format({"num_format": form}))
            sheet.write(at, 1, "n")
        sheet.write_datetime(4, 0, datetime(2026, 1, 5, 10, 30), opened.add_format({"num_format": "yyyy/m/d h:mm"}))

    days = [row["c0"] for row in cells_of(read(book(fill), "in.xlsx", work))]
    assert days == ["2026-01-05"] * 3 + ["2026-01-05 10:30:00"]


def test_lines_are_sheet_rows_and_blanks_and_titles_are_passed_over(book, work: Path):
    def fill(opened: xlsxwriter.Workbook) -> None:
        sheet = opened.add_worksheet()
        sheet.write(1, 2, "销售明细")
        sheet.write_row(3, 2, ["account", "qty"])
        sheet.write_row(4, 2, ["A1", 1])
        sheet.write_row(7, 2, ["A2", 2])

    source = read(book(fill), "in.xlsx", work)
    assert [(row["_line"], row["c0"], row["c1"]) for row in cells_of(source)] == [(5, "A1", "1"), (8, "A2", "2")]
    assert source.staged and (source.staged.headers, source.staged.blank) == (("account", "qty"), 2)
    assert source.staged.above == ("销售明细",)


def test_several_sheets_with_data_are_asked_about_and_the_answer_is_read(book, work: Path):
    def fill(opened: xlsxwriter.Workbook) -> None:
        opened.add_worksheet("blank")
        for name in ("一月", "二月"):
            opened.add_worksheet(name).write_column(0, 0, ["account", f"A-{name}"])
        opened.add_worksheet("hidden").write_column(0, 0, ["account", "A-hidden"])
        opened.get_worksheet_by_name("hidden").hide()  # type: ignore[union-attr]

    file = book(fill)
    source = read(file, "in.xlsx", work)
    assert [(q.key, [o.value for o in q.options]) for q in source.questions] == [("sheet", ["一月", "二月"])]
    assert cells_of(source)[0]["c0"] == "A-一月"
    chosen = read(file, "in.xlsx", work, sheet="二月")
    assert (chosen.questions, cells_of(chosen)[0]["c0"]) == ((), "A-二月")
    absent = read(file, "in.xlsx", work, sheet="三月")
    assert absent.refused and "三月" in absent.refused.zh


def test_a_cover_sheet_does_not_hide_the_table_behind_it(book, work: Path):
    def fill(opened: xlsxwriter.Workbook) -> None:
        opened.add_worksheet("封面").write(0, 0, "销售月报")
        opened.add_worksheet("明细").write_column(0, 0, ["account", "A1"])

    source = read(book(fill), "in.xlsx", work)
    assert source.refused is None and source.staged is None
    assert [o.value for o in source.questions[0].options] == ["封面", "明细"]
    chosen = read(book(fill), "in.xlsx", work, sheet="封面")
    assert chosen.refused and "no rows" in chosen.refused.en


def test_error_cells_and_formulas_without_a_result_are_counted_in_the_notes(book, work: Path):
    def fill(opened: xlsxwriter.Workbook) -> None:
        sheet = opened.add_worksheet()
        sheet.write_row(0, 0, ["account", "qty"])
        sheet.write(1, 0, "A1")
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")  # pyright: ignore[reportArgumentType]
        sheet.write(2, 0, "A2")
        sheet.write_formula(2, 1, "=1+1", None, "")  # pyright: ignore[reportArgumentType]
        sheet.write(3, 0, "A3")
        sheet.write_formula(3, 1, "=1+1", None, 2)

    source = read(book(fill), "in.xlsx", work)
    assert [row["c1"] for row in cells_of(source)] == [None, None, "2"]
    assert source.staged
    notes = " ".join(note.en for note in source.staged.notes)
    assert "1 cells hold errors" in notes and "1 formulas have no saved result" in notes


def far_cell(reference: str) -> bytes:
    """A sheet with one ordinary cell and one far away, spelled as given."""
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    return SHEET.format(rows=f'{first}<row r="1048576"><c {reference}><v>1</v></c></row>').encode()


HOSTILE = {
    "far cell": {"xl/worksheets/sheet1.xml": far_cell('r="XFD1048576"')},
    "far cell, other attributes first": {"xl/worksheets/sheet1.xml": far_cell('s="0" t="n" r="XFD1048576"')},
    "far cell in single quotes": {"xl/worksheets/sheet1.xml": far_cell("r='XFD1048576'")},
    "far cell behind an entity": {"xl/worksheets/sheet1.xml": far_cell('r="XFD104857&#54;"')},
    "DTD in a sheet": {"xl/worksheets/sheet1.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + far_cell('r="B2"')},
    "DTD late in a string table": {"xl/sharedStrings.xml": b"<sst>" + b" " * 5000 + b"<!DOCTYPE x></sst>"},
    "zip bomb": {"xl/media/zero.bin": b"\0" * (310 << 20)},
    "macros": {"xl/vbaProject.bin": b"macro"},
    "path out of the archive": {"../evil.xml": b"x"},
    "too many entries": {f"xl/x{n}": b"" for n in range(preflight.ENTRIES + 1)},
    "no workbook inside": {"xl/workbook.xml": b""},
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_workbook_is_refused_within_a_second_and_hurts_nobody(kind: str, book, work: Path):
    file = rebuilt(book(plain_sheet), HOSTILE[kind])
    begun = cpu_of_children()
    source = read(file, "in.xlsx", work)
    assert cpu_of_children() - begun < QUICK
    assert source.refused and source.staged is None


WIDEST = preflight.CELLS // 16384  # rows that a sheet of all columns may have


@pytest.mark.parametrize(
    ("far", "refused"),
    [(f"XFD{WIDEST}", False), (f"XFD{WIDEST + 1}", True), ("S1048576", False), ("T1048576", True)],
)
def test_the_used_area_is_bounded(far: str, refused: bool, book):
    sheet = SHEET.format(rows=f'<row r="1"><c r="A1"/></row><row><c r="{far}"/></row>').encode()
    file = rebuilt(book(plain_sheet), {"xl/worksheets/sheet1.xml": sheet})
    if refused:
        with pytest.raises(preflight.Refused, match="used area"):
            preflight.preflight(file)
    else:
        preflight.preflight(file)


def test_a_far_ods_cell_hidden_in_repeat_counts_is_refused(tmp_path: Path, work: Path):
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value="1" office:value-type="float"/>'
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    file = tmp_path / "in.ods"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr(
            "content.xml",
            f'<office:document-content><table:table table:name="x">{rows}</table:table></office:document-content>',
        )
    source = read(file, "in.ods", work)
    assert source.refused and "used area" in source.refused.en


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"<html><table><tr><td>a</td></tr></table></html>", "web page"),
        (b"\xef\xbb\xbf\n <?xml version='1.0'?><Workbook/>", "web page"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04 and then nothing of a zip", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"MZ\x90\0\x03", "EXE"),
    ],
)
def test_what_is_no_workbook_is_refused_by_its_bytes_whatever_its_name(
    content: bytes, said: str, tmp_path: Path, work: Path
):
    file = tmp_path / "in.xls"
    file.write_bytes(content)
    source = read(file, "in.xls", work)
    assert source.refused and said in source.refused.en


def test_a_text_file_named_xls_and_a_workbook_named_csv_are_read_for_what_they_are(book, tmp_path: Path, work: Path):
    text = tmp_path / "text.xls"
    text.write_text("account\tqty\nA1\t1\n")
    assert cells_of(read(text, "text.xls", work)) == [{"c0": "A1", "c1": "1"}]
    misnamed = book(plain_sheet).rename(tmp_path / "book.csv")
    assert cells_of(read(misnamed, "book.csv", work)) == [{"_line": 2, "c0": "A1", "c1": "1"}]


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path, work: Path):
    file = tmp_path / "in.xlsx"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("data.csv", "a,b\n1,2\n")
    source = read(file, "in.xlsx", work)
    assert source.refused and "zip archive" in source.refused.en


def test_a_protected_workbook_says_so(real: Path, work: Path):
    source = read(real / "messy_spreadsheets" / "encrypted_no_password.xls", "x.xls", work)
    assert source.refused and "password" in source.refused.en


def test_every_row_of_a_long_sheet_is_read(book, work: Path):
    def fill(opened: xlsxwriter.Workbook) -> None:
        sheet = opened.add_worksheet()
        sheet.write_row(0, 0, [f"h{n}" for n in range(4)])
        for at in range(1, 20_001):
            sheet.write_row(at, 0, [f"A{at}", at, at / 4, "文本"])

    rows = cells_of(read(book(fill), "in.xlsx", work))
    assert len(rows) == 20_000
    assert rows[-1] == {"_line": 20_001, "c0": "A20000", "c1": "20000", "c2": "5000", "c3": "文本"}


@pytest.mark.parametrize(("sheets", "refused"), [(MOST_SHEETS, False), (MOST_SHEETS + 1, True)])
def test_a_workbook_of_too_many_sheets_is_refused_with_their_number(take: Take, tmp_path, sheets: int, refused: bool):
    file = tmp_path / "many.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        for _ in range(sheets):
            book.add_worksheet().write_row(0, 0, HEADER)

    told = take(file.read_bytes()).refused

    assert bool(told and f"{sheets} sheets" in told.en) is refused


def test_a_parser_that_panics_is_a_damaged_file(monkeypatch, take: Take):
    class PanicException(BaseException):  # as Rust raises it
        pass

    def panic(*_: object) -> None:
        raise PanicException

    monkeypatch.setattr(workbook, "stage", panic)

    refused = take(b"PK\x03\x04").refused

    assert refused and "damaged" in refused.en
