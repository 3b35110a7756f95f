"""Templates of every dataset: they load once filled in, say what is needed without colour, and offer their lists."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest

from data.contract import Dataset, Kind
from data.datasets import BY_NAME, DATASETS
from data.guide import GUIDE
from data.ingest import Prepared, plan, prepare, upload
from data.templates import MAKERS, as_csv, as_xlsx, header
from data.text import LANGS, Lang
from tests.data.ingest.kit import TODAY, loaded, read_here, reasons

every_dataset = pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.name)
every_lang = pytest.mark.parametrize("lang", LANGS)
EXCEL_LIST = 255  # characters that Excel takes in a drop-down


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Take a template in, read without a process of its own."""
    monkeypatch.setattr(upload, "read", read_here)

    def take(content: bytes, dataset: Dataset) -> Prepared:
        (tmp_path / "template").write_bytes(content)
        work = tmp_path / "work"
        work.mkdir()
        return prepare(tmp_path / "template", "template", dataset, work=work, today=TODAY)

    return take


def parts(book: bytes) -> dict[str, str]:
    """The XML files of a workbook."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@every_dataset
@every_lang
@pytest.mark.parametrize("kind", MAKERS)
def test_a_template_asks_nothing_and_its_example_row_is_handed_back(filled, dataset: Dataset, lang: Lang, kind: str):
    prepared = filled(MAKERS[kind](dataset, lang), dataset)

    assert not prepared.questions and not prepared.refused
    assert prepared.mapping == {field.name: header(dataset, field, lang) for field in dataset.fields}
    assert (prepared.checked.rows_in, prepared.checked.rows_good, prepared.checked.rejected) == (1, 0, 1)
    assert [reason for _, _, reason in reasons(prepared)] == ["is the example row of the template"]


@every_dataset
def test_a_template_is_read_alike_in_either_language_and_format(filled, dataset: Dataset, tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "EXAMPLE_LINE", 0)  # the example is then a row like any other
    first = loaded(filled(as_csv(dataset, "zh"), dataset))
    (tmp_path / "work").rename(tmp_path / "before")

    assert loaded(filled(as_xlsx(dataset, "en"), dataset)) == first
    assert [first[0][f.name] is None for f in dataset.fields] == [not f.example for f in dataset.fields]


def test_a_row_below_the_example_is_loaded_and_so_is_one_that_differs_from_it(filled, tmp_path: Path):
    dataset, mark = BY_NAME["sell_out"], b"\r\n"
    head, example, _ = as_csv(dataset, "zh").split(mark)
    other = example.replace(b"12", b"13")

    twice = filled(mark.join([head, example, example, b""]), dataset)
    (tmp_path / "work").rename(tmp_path / "before")
    changed = filled(mark.join([head, other, b""]), dataset)

    assert [prepared.checked.rows_good for prepared in (twice, changed)] == [1, 1]


@every_dataset
@every_lang
def test_csv_has_the_labels_with_a_star_where_needed_and_one_row(dataset: Dataset, lang: Lang):
    head, *rows = csv.reader(io.StringIO(as_csv(dataset, lang).decode("utf-8-sig")))

    plain = [re.sub(r"（含税）| \(incl\. tax\)", "", word) for word in head]
    assert plain == [f"{field.label[lang]}*" if field.required else field.label[lang] for field in dataset.fields]
    assert len(rows) == 1


@every_dataset
@every_lang
def test_a_workbook_has_a_note_on_each_header_a_frozen_row_and_a_drop_down_for_each_list(dataset: Dataset, lang: Lang):
    found = parts(as_xlsx(dataset, lang))
    sheet, notes = found["xl/worksheets/sheet1.xml"], found["xl/comments1.xml"]
    lists = [f for f in dataset.fields if f.choices or f.kind is Kind.FLAG]

    assert 'state="frozen"' in sheet and notes.count("<comment ") == len(dataset.fields)
    assert sheet.count("<dataValidation ") == len(lists)
    assert all(len(said) <= EXCEL_LIST for said in re.findall(r"<formula1>(.*?)</formula1>", sheet))
    assert GUIDE[lang] in found["xl/sharedStrings.xml"]
    assert 'state="hidden"' not in found["xl/workbook.xml"]


def test_only_a_closed_list_refuses_other_words_in_the_workbook():
    sheet = parts(as_xlsx(BY_NAME["events"], "zh"))["xl/worksheets/sheet1.xml"]
    rules = re.findall(r"<dataValidation (.*?)>\s*<formula1>(.*?)</formula1>", sheet)

    refuses = {words: "showErrorMessage" in rule for rule, words in rules}
    assert refuses == {
        '"低,中,高"': True,
        '"是,否"': True,
        '"周年庆,新店开业,获奖,总部搬迁,会员节,人事变动,其他"': False,
    }


def test_a_date_and_a_number_are_cells_of_their_own_kind():
    sheet = parts(as_xlsx(BY_NAME["sell_out"], "zh"))["xl/worksheets/sheet1.xml"]

    assert "<v>46203</v>" in sheet  # 2026-06-30 as Excel counts
    assert re.search(r'<c r="G2" s="\d+"><v>12</v>', sheet)
    assert '<c r="A2" s="1" t="s">' in sheet or re.search(r'<c r="A2" s="\d+" t="s">', sheet)  # a code is text


def test_a_sheet_of_notes_that_is_not_ours_is_asked_about(filled):
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, said in (("数据", "客户编码"), ("填写说明", "填写说明")):
            book.add_worksheet(name).write_column(0, 0, [said, "A01"])

    prepared = filled(out.getvalue(), BY_NAME["sell_out"])

    assert "sheet" in [question.key for question in prepared.questions]


def test_a_template_whose_rows_were_all_deleted_is_refused_and_its_guide_is_not_read_instead(filled):
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("数据")
        book.add_worksheet("填写说明").write_column(0, 0, [GUIDE.zh, "客户编码", "A01"])

    prepared = filled(out.getvalue(), BY_NAME["sell_out"])

    assert prepared.refused and not prepared.questions


def test_the_amount_of_sales_documents_says_that_it_is_with_tax_and_is_read_so(filled):
    prepared = filled(as_xlsx(BY_NAME["sell_in"], "en"), BY_NAME["sell_in"])

    assert prepared.mapping["amount"] == "Amount (incl. tax)*" and prepared.answers["tax_basis"] == "with_tax"
    assert header(BY_NAME["targets"], BY_NAME["targets"].field("amount"), "en") == "Target amount"
