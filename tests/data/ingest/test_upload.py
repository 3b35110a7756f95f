"""A file on its way: questions, answers, publishing, and what is given back."""

from pathlib import Path

import pytest

from data.datasets import BY_NAME
from data.ingest import NotReady, SameFile, again, prepare, publish
from data.ingest import read as reading
from data.lake import Lake, Replaces
from tests.data.ingest.kit import HEADER, LINES, PLAIN, TODAY, Take, Write, loaded, row

TWO_DATES = ("客户编码", "产品编码", "订单日期", "数量", "金额", "发货日期")
ASKED = [(*row(), "2026-01-09")]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """An empty lake."""
    return Lake(tmp_path / "lake")


@pytest.fixture
def sell_in(take: Take):
    """Prepare rows as the product's own sell_in."""
    return lambda rows, **told: take(rows, dataset=BY_NAME["sell_in"], **told)


def test_a_clean_file_asks_nothing_and_is_ready(take: Take):
    prepared = take([row()])
    assert (prepared.questions, prepared.refused) == ((), None)
    assert prepared.mapping == dict(zip(("account", "sku", "sold_on", "qty", "amount"), HEADER, strict=True))


def test_columns_are_asked_before_cells_and_an_answer_may_come_either_way(take: Take):
    prepared = take(ASKED, header=TWO_DATES)
    assert [q.key for q in prepared.questions] == ["map.sold_on"]
    assert prepared.checked is None
    for told in ({"mapping": {"sold_on": "发货日期"}}, {"answers": {"map.sold_on": "发货日期"}}):
        answered = take(ASKED, header=TWO_DATES, **told)
        assert not answered.questions
        assert str(loaded(answered)[0]["sold_on"]) == "2026-01-09"


def test_another_mapping_is_checked_without_reading_the_file_again(take: Take, monkeypatch: pytest.MonkeyPatch):
    prepared = take(ASKED, header=TWO_DATES)
    monkeypatch.setattr(reading, "_child", None)
    days = [
        str(loaded(again(prepared, mapping={"sold_on": header}, answers=prepared.answers, today=TODAY))[0]["sold_on"])
        for header in ("订单日期", "发货日期")
    ]
    assert days == ["2026-01-05", "2026-01-09"]


def test_an_encoding_that_was_answered_reads_the_file_again(write: Write, work: Path):
    text = "客户编码,产品编码,单据日期,数量\nMüller,S1,2026-01-05,1\n"
    file = write("account,sku,sold_on,qty\nMüller,S1,2026-01-05,1\n".encode("cp1252"))
    prepared = prepare(file, "in.csv", LINES, work=work, today=TODAY)
    assert [q.key for q in prepared.questions] == ["encoding"] and prepared.refused is None
    answered = again(prepared, mapping={}, answers={"encoding": "cp1252"}, today=TODAY)
    assert loaded(answered)[0]["account"] == "Müller"
    assert not prepared.source.folder.exists() and text


def test_a_refused_file_says_why_and_cannot_be_published(take: Take, lake: Lake):
    prepared = take(b"%PDF-1.7")
    assert prepared.refused and "PDF" in prepared.refused.zh
    with pytest.raises(NotReady, match="PDF"):
        publish(prepared, lake, user="ana", partial=True)


def test_publishing_commits_the_good_rows_with_their_receipt(sell_in, lake: Lake):
    prepared = sell_in([row(qty="2"), row("A2", day="2026-02-01"), row(qty="x")])
    hides = Replaces(TODAY.replace(month=1), TODAY, ("A1",))
    batch = publish(prepared, lake, user="ana", partial=True, replaces=hides)
    assert batch.rows == 2
    receipt = batch.receipt
    assert (receipt.file, receipt.user, receipt.sha256) == ("in.csv", "ana", prepared.source.sha256)
    assert (receipt.rows_in, receipt.rows_rejected) == (3, 1)
    assert (receipt.totals, receipt.period) == ({"qty": "3.000", "amount": "20.0000"}, ("2026-01-05", "2026-02-01"))
    assert (receipt.mapping["account"], receipt.answers, receipt.replaces) == (
        "客户编码",
        {"tax_basis": "unknown"},
        hides,
    )


def test_rejected_rows_are_left_out_only_by_consent(sell_in, lake: Lake):
    prepared = sell_in([row(), row(qty="x")])
    with pytest.raises(NotReady, match="1 of 2 rows"):
        publish(prepared, lake, user="ana", partial=False)
    assert publish(prepared, lake, user="ana", partial=True).rows == 1


def test_open_questions_and_files_without_good_rows_are_not_published(sell_in, lake: Lake):
    with pytest.raises(NotReady, match="1 question is open"):
        publish(sell_in([row(amount="1,234")]), lake, user="ana", partial=True)
    with pytest.raises(NotReady, match="no rows"):
        publish(sell_in([row(qty="x")]), lake, user="ana", partial=True)
    assert lake.batches() == []


def test_the_same_bytes_are_loaded_once_until_they_are_undone(sell_in, lake: Lake):
    first = publish(sell_in([row()]), lake, user="ana", partial=False)
    with pytest.raises(SameFile, match="ana loaded this very file") as stop:
        publish(sell_in([row()]), lake, user="bo", partial=False)
    assert stop.value.batch.id == first.id
    assert publish(sell_in([row(), row("A2")]), lake, user="bo", partial=False).rows == 2
    lake.undo(first.id, "ana")
    assert publish(sell_in([row()]), lake, user="bo", partial=False).rows == 1


def test_a_question_about_the_sheet_keeps_a_file_from_being_checked(work: Path, tmp_path: Path):
    import xlsxwriter

    file = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(file) as book:
        for name in ("一月", "二月"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEADER)
            sheet.write_row(1, 0, row(account=name))
    asked = prepare(file, "in.xlsx", LINES, work=work, today=TODAY)
    assert [q.key for q in asked.questions] == ["sheet"] and asked.checked is None
    answered = again(asked, mapping={}, answers={**PLAIN, "sheet": "二月"}, today=TODAY)
    assert [one["account"] for one in loaded(answered)] == ["二月"]
    back = again(answered, mapping={}, answers={**PLAIN, "sheet": "一月"}, today=TODAY)
    assert [one["account"] for one in loaded(back)] == ["一月"]


def test_two_sheets_of_one_workbook_are_two_files(sell_in, lake: Lake, tmp_path: Path, work: Path):
    import xlsxwriter

    file = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(file) as book:
        for name in ("一月", "二月"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEADER)
            sheet.write_row(1, 0, row(account=name))
    january, february = (
        prepare(
            file, "in.xlsx", BY_NAME["sell_in"], work=work, today=TODAY, answers={"sheet": name, "tax_basis": "net"}
        )
        for name in ("一月", "二月")
    )
    publish(january, lake, user="ana", partial=False)
    publish(february, lake, user="ana", partial=False)
    with pytest.raises(SameFile):
        publish(january, lake, user="ana", partial=False)
