"""Bad inputs 66 to 72: rows that are well formed and still not what they seem."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data import intake
from data.datasets import BY_NAME
from data.home import Home
from data.ingest import Prepared, SameFile, prepare, upload
from data.vet import vet
from tests.data.ingest.bad.kit import HEADER, asked, handed_back, noted, values
from tests.data.ingest.kit import TODAY, Take, as_csv, read_here, row

Came = Callable[..., Prepared]
SOLD = ("客户编码", "产品编码", "销售日期", "数量", "含税金额")
JUNE = [row(day="2026-06-02", qty="1"), row("A2", day="2026-06-10", qty="2")]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A home of one's own data, empty."""
    opened = Home(tmp_path / "home", memory_mb=256)
    yield opened
    opened.own().close()


@pytest.fixture
def came(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Came:
    """A sell-out file of these rows, read and checked."""
    monkeypatch.setattr(upload, "read", read_here)

    def file(*rows: tuple[str, ...]) -> Prepared:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.csv"
        path.write_text(as_csv([SOLD, *rows]), encoding="utf-8")
        return prepare(path, "in.csv", BY_NAME["sell_out"], work=intake.work_folder(home), today=TODAY)

    return file


def sold(home: Home) -> list[tuple]:
    """What counts: (account, quantity)."""
    return home.own().execute("SELECT account, qty::INTEGER FROM sell_out ORDER BY ALL")


def test_66_rows_that_repeat_others_are_kept_and_counted(take: Take):
    """66 exact duplicates: W."""
    prepared = take([row(), row(), row("A2")])
    assert values(prepared, "account") == ["A1", "A1", "A2"] and noted(
        prepared, "^1 rows? repeats? another row exactly"
    )


def test_67_the_same_file_again_changes_nothing(home: Home, came: Came):
    """67 the same bytes: a no-op with the same totals, and the first is named."""
    intake.take(home, came(*JUNE), {}, "ana", partial=False)
    before = sold(home)
    with pytest.raises(SameFile, match="ana loaded this very file"):
        intake.take(home, came(*JUNE), {}, "bo", partial=False)
    assert sold(home) == before and intake.known(home, came(*JUNE)) is not None


def test_68_an_overlapping_period_is_asked_about_and_the_old_version_is_kept(home: Home, came: Came):
    """68 restatement: A replace or add; figures are shown, undo brings the old rows back."""
    intake.take(home, came(*JUNE), {}, "ana", partial=False)
    newer = came(row(day="2026-06-02", qty="5"), row("A2", day="2026-06-10", qty="6"))
    [question] = intake.open_questions(home, newer, {})
    assert question.key == intake.OVERLAP and {o.value for o in question.options} >= {"replace", "add"}
    assert "2 rows of 2 accounts" in question.ask.en
    batch = intake.take(home, newer, {intake.OVERLAP: "replace"}, "bo", partial=False)
    assert sold(home) == [("A1", 5), ("A2", 6)]
    home.own().lake.undo(batch.id, "bo")
    home.own().version()
    assert sold(home) == [("A1", 1), ("A2", 2)]


def test_69_unknown_accounts_and_products_are_said_with_the_nearest_known_and_stay_in_the_totals(
    home: Home, came: Came, tmp_path: Path
):
    """69 unknown codes: named with a suggestion, and never dropped from totals."""
    known = tmp_path / "accounts.csv"
    known.write_text("客户编码,客户名称\nA1,苏宁易购\nA2,国美电器\n", encoding="utf-8")
    masters = prepare(known, "a.csv", BY_NAME["accounts"], work=intake.work_folder(home), today=TODAY)
    assert not masters.questions, masters.questions
    intake.take(home, masters, {}, "ana", partial=False)
    strange = came(*JUNE, row("a1 ", day="2026-06-11", qty="4"))
    vetted = vet(home.own(), strange, {}, TODAY)
    open_ = intake.open_questions(home, strange, {}, vetted)
    assert [question.key for question in open_] == ["unknown:account", "alias:account:a1"]
    assert [option.value for option in open_[1].options] == ["A1"]
    intake.take(home, vetted.prepared, {"unknown:account": "keep"}, "ana", partial=False)
    assert sum(qty for _, qty in sold(home)) == 7


def test_70_negative_stock_is_kept_and_noted(take: Take):
    """70 negative stock: W."""
    header = ("客户编码", "产品编码", "库存日期", "库存数量")
    rows = [("A1", "S1", "2026-06-01", "-3"), ("A1", "S2", "2026-06-01", "4")]
    prepared = take(rows, header=header, dataset=BY_NAME["stock"])
    assert values(prepared, "on_hand") == [-3, 4] and noted(prepared, "negative|below zero")
    assert not noted(take(rows[1:], header=header, dataset=BY_NAME["stock"]), "negative|below zero")


def test_71_returns_are_kept_and_quantities_against_their_amounts_are_noted(take: Take):
    """71 returns: kept; W where the signs of quantity and amount differ."""
    returned = take([row(qty="-2", amount="-20"), row()])
    assert values(returned, "qty") == [-2, 1] and values(returned, "amount") == [-20, 10]
    assert not noted(returned, "sign")
    crossed = take([row(qty="-2", amount="20"), row(qty="1", amount="-5"), row(qty="0", amount="3"), row()])
    assert values(crossed, "amount") == [20, -5, 3, 10] and noted(crossed, r"\b2\b.*sign|sign.*\b2\b")


@pytest.mark.parametrize(
    "name", ["苏宁 ", "\u3000苏宁", "苏\u200b宁", "\u202e苏宁\u202c", "苏宁\ufeff", "\u00a0苏宁\t"]
)
def test_72_marks_that_nobody_sees_make_no_other_account(name: str, take: Take):
    """72 trailing spaces, zero width, RTL override: N."""
    prepared = take([row(account=name), row(account="苏宁")])
    assert values(prepared, "account") == ["苏宁", "苏宁"]
    assert prepared.checked and prepared.checked.accounts == ("苏宁",)


def test_72_amounts_that_are_not_quantity_times_price_are_kept_and_noted(take: Take):
    """72 amount ≠ quantity × price: W, where the file has a price."""
    header = (*HEADER, "单价")
    rows = [(*row(qty="2", amount="20"), "10"), (*row(qty="2", amount="35"), "10"), (*row(qty="3", amount="30"), "10")]
    prepared = take(rows, header=header)
    assert values(prepared, "amount") == [20, 35, 30] and handed_back(prepared) == [] and asked(prepared) == []
    assert noted(prepared, "price|单价")


def test_a_document_whose_keys_stand_on_its_first_line_only_is_asked_about(take: Take):
    """Beside 30 and 66: merged cells come as blanks below the first line; filled down by answer, else handed back."""
    rows = [
        ("A1", "S1", "2026-01-05", "1", "10"),
        ("", "S2", "", "2", "20"),
        ("", "S3", "", "1", "5"),
        ("A2", "S1", "2026-01-06", "3", "30"),
    ]
    assert asked(take(rows)) == ["fill"]
    down, no = (take(rows, answers={"fill": answer}) for answer in ("down", "no"))
    assert values(down, "account") == ["A1", "A1", "A1", "A2"]
    assert values(down, "sold_on") == [date(2026, 1, 5)] * 3 + [date(2026, 1, 6)]
    assert {line for line, _ in handed_back(no)} == {3, 4} and sum(values(no, "qty")) == Decimal(4)


def test_an_amount_whose_header_does_not_say_its_tax_is_asked_about(take: Take):
    """Beside 43: 金额 may be with or without tax."""
    header = (*HEADER[:4], "金额")
    prepared = take([row()], header=header, answers={"tax_basis": ""})
    assert asked(prepared) == ["tax_basis"]
    for answer in ("with_tax", "net", "unknown"):
        told = take([row()], header=header, answers={"tax_basis": answer})
        assert values(told, "amount") == [10] and told.answers["tax_basis"] == answer
