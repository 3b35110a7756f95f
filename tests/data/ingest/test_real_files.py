"""Files that nobody here wrote: by hand it is stated what each holds, and each ends in that table or in a question."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from data.datasets import BY_NAME
from data.ingest import Prepared, prepare, upload
from data.ingest.read import Source
from tests.data.ingest.kit import TODAY, read_here

ENCODING = "encoding"
COLUMNS = ("map.", "column:", "months", "table", "sheet", "header", "fill", "tax_basis")


@dataclass(frozen=True, slots=True)
class Holds:
    """A table as a person sees it: how the header begins, its columns, records, and records that must come back.

    `codec` answers the question for the encoding, where it is asked; a reader that needs no answer is as right.
    """

    begins: tuple[str, ...]
    columns: int
    rows: int
    torn: int = 0
    codec: str = ""


WEEKDAY = ("date", "temperature", "place")
PEOPLE = ("Name", "Age", "When")
TABLES = {
    "blank_line.ods": Holds(PEOPLE, 3, 3),
    "characters.csv": Holds(("id", "景點編號", "景點中文名稱"), 18, 382, codec="big5hkscs"),
    "example.tsv": Holds(("hour", "expr1_0_imp"), 17, 140),
    "excel_pasting.csv": Holds(("Year", "2000", "2001"), 9, 16),  # two titles above; two of the 16 are footnotes
    "loffice-4.4.1.2.ods": Holds(PEOPLE, 3, 3),
    "long.csv": Holds(("foo",), 1, 3_999),
    "mixedGLB.csv": Holds(("Year", "Jan", "Feb"), 19, 133),  # CR only, two titles, ***** for what is not known yet
    "ods_formats.ods": Holds(("Date", "Time", "Boolean"), 10, 5),
    "simple.csv": Holds(WEEKDAY, 3, 6),
    "simple.ods": Holds(PEOPLE, 3, 3),
    "simple.psv": Holds(("Year", "New dwellings"), 6, 28),
    "simple.ssv": Holds(WEEKDAY, 3, 6),
    "simple.xls": Holds(WEEKDAY, 3, 6),
    "simple.xlsx": Holds(WEEKDAY, 3, 6),
    "skip_initials.csv": Holds(("field1", "field2"), 2, 2),
    "span_rich.xls": Holds(("I", "h", "g", "f"), 4, 5),
    "spanish_chars.csv": Holds(("GF_ID", "FN_ID", "SF_ID"), 8, 115, codec="cp1252"),  # the last is a footnote
    "sparse_with_column_errors.csv": Holds(("LP", "Bezeichnung", "Kapitel/Titel"), 4, 2_200, codec="cp1252"),
    "sw_gen.xlsx": Holds(("id_str", "tweet_url"), 17, 15),
    "utf-16le_encoded.csv": Holds(("Organisation_code", "Organisation_name"), 19, 327),
    "weird_head_padding.csv": Holds(("column 1", "1985", "1993"), 11, 60, torn=16),  # footnotes of other widths
    "fs_JD手机销售数据.xlsx": Holds(("商品名称", "北京出库销量"), 8, 10),
    "fs_产品销售统计.xlsx": Holds(("产品名称", "1月"), 14, 8),
    "超市销售记录数据.xls": Holds(("行", "款台", "收款员", "销售日期"), 18, 201),  # 200 and their total
    "销售数据_gbk_7300.csv": Holds(("日期", "产品类别", "地区", "销售额", "订单量", "月份"), 6, 7_300),
}
NO_TABLE = {
    "encrypted_no_password.xls": "password",
    "libreoffice.xlsx": "no data",
    "multilineods.ods": "no rows",  # one cell of four lines
    "simple.unknown": "empty",
    "simple.zip": "zip archive",
    "small.csv": "no rows",
    "unicode_sheet_name.xls": "no rows",  # one cell
    "utf8bom.csv": "no rows",
}
ASKED = {  # no table of ours by any reading: prose, headers over four lines, no header at all, three sheets
    "README.md",
    "begrotingsanalyse-2011.csv",
    "bian-anal-mca-2005-dols-eng-1011-0312-tab3.xlsm",
    "excel_properties.xls",
    "lj_营业额.xlsx",
    "lj_超市营业额2.xlsx",
    "null.csv",
}
ELSEWHERE = {"211.csv", "complex.csv"}  # have a test of their own
FOLDERS = ("messy_spreadsheets", "zh_small")


def path(real: Path, name: str) -> Path:
    """Where a file lies."""
    return next(real / folder / name for folder in FOLDERS if (real / folder / name).exists())


def as_asked(file: Path, work: Path, codec: str) -> Source:
    """Read a file, with an answer for its encoding if it is asked."""
    source = read_here(file, file.name, work)
    if [question.key for question in source.questions] == [ENCODING]:
        assert codec in [option.value for option in source.questions[0].options]
        source = read_here(file, file.name, work, encoding=codec)
    return source


def sold(file: Path, work: Path, monkeypatch: pytest.MonkeyPatch, **told: dict[str, str]) -> Prepared:
    """Prepare as sell-out."""
    monkeypatch.setattr(upload, "read", read_here)
    return prepare(file, file.name, BY_NAME["sell_out"], work=work, today=TODAY, **told)


def test_every_file_is_stated(real: Path):
    found = {file.name for folder in FOLDERS for file in (real / folder).iterdir()}
    assert found == {*TABLES, *NO_TABLE, *ASKED, *ELSEWHERE}


@pytest.mark.parametrize("name", TABLES)
def test_a_file_is_read_as_the_table_that_a_person_sees(name: str, real: Path, work: Path):
    wanted = TABLES[name]
    staged = as_asked(path(real, name), work, wanted.codec).staged
    assert staged is not None and staged.headers[: len(wanted.begins)] == wanted.begins
    assert (len(staged.headers), staged.rows, staged.torn) == (wanted.columns, wanted.rows, wanted.torn)


@pytest.mark.parametrize("name", NO_TABLE)
def test_a_file_without_a_table_is_refused_with_the_reason(name: str, real: Path, work: Path):
    source = read_here(path(real, name), name, work)
    assert source.refused and NO_TABLE[name] in source.refused.en and source.refused.zh


@pytest.mark.parametrize("name", sorted({*TABLES, *ASKED, *ELSEWHERE}))
def test_no_file_becomes_sell_out_without_a_question(
    name: str, real: Path, work: Path, monkeypatch: pytest.MonkeyPatch
):
    prepared = sold(path(real, name), work, monkeypatch)
    assert prepared.questions and all(one.key.startswith((ENCODING, *COLUMNS)) for one in prepared.questions)
    assert prepared.checked is None or prepared.checked.rows_good == 0


def test_a_space_before_a_quotation_mark_costs_at_most_its_own_line(real: Path, work: Path):
    staged = read_here(path(real, "complex.csv"), "complex.csv", work).staged
    assert staged and staged.headers == ("date", "another date", "temperature", "place")
    assert (staged.rows, staged.torn) in ((3, 0), (2, 1))


def test_a_file_with_single_undecodable_lines_can_be_read_in_some_way(real: Path, work: Path):
    file = path(real, "211.csv")  # CR only; of 2,133 lines a few are neither UTF-8 nor Windows-1252 nor Chinese
    asked = [option.value for question in read_here(file, file.name, work).questions for option in question.options]
    ways = [read_here(file, file.name, work, encoding=answer) for answer in asked or [None]]
    staged = [way.staged for way in ways if way.staged]
    assert staged, "asked for the encoding, and no answer on offer reads the file"
    assert max(one.rows for one in staged) > 2_000 and {one.rows + one.torn for one in staged} == {2_132}
    assert all(len(one.headers) == 96 for one in staged)


@pytest.mark.parametrize(
    ("sheet", "rows", "begins"), [("Sheet1", 249, "工号"), ("Sheet2", 8, "工号"), ("Sheet3", 7, "工号")]
)
@pytest.mark.parametrize("name", ["lj_营业额.xlsx", "lj_超市营业额2.xlsx"])
def test_each_of_three_sheets_can_be_chosen(name: str, sheet: str, rows: int, begins: str, real: Path, work: Path):
    file = path(real, name)
    assert [q.key for q in read_here(file, name, work).questions] == ["sheet"]
    staged = read_here(file, name, work, sheet=sheet).staged
    assert staged and (staged.headers[0], staged.rows) == (begins, rows)


def test_months_across_in_a_real_workbook_become_rows(real: Path, work: Path, monkeypatch: pytest.MonkeyPatch):
    told = {"map.account": "产品名称", "map.sku": "产品名称", "months": "qty", "months_year": "2025"}
    asked = sold(path(real, "fs_产品销售统计.xlsx"), work, monkeypatch)
    assert {"months", "months_year"} <= {question.key for question in asked.questions}
    prepared = sold(path(real, "fs_产品销售统计.xlsx"), work, monkeypatch, answers=told)
    checked = prepared.checked
    assert checked and checked.rows_good == 96 and str(checked.period[0] if checked.period else "") == "2025-01-01"


def test_the_gbk_sales_agree_to_the_unit(real: Path, work: Path, monkeypatch: pytest.MonkeyPatch):
    told = {"account": "地区", "sku": "产品类别"}
    file = path(real, "销售数据_gbk_7300.csv")
    answers = {"tax_basis": "unknown", "future": "keep", "jump": "keep"}
    checked = sold(file, work, monkeypatch, mapping=told, answers=answers).checked
    assert checked and (checked.rows_in, checked.rows_good) == (7_300, 7_300)
    lines = file.read_text("gbk").splitlines()[1:]
    cells = [line.split(",") for line in lines]
    assert checked.totals["amount"] == sum(int(one[3]) for one in cells)
    assert checked.totals["qty"] == sum(int(one[4]) for one in cells)
