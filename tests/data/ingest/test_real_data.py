"""Real files, to the cent; skipped where they are absent."""

from decimal import Decimal
from pathlib import Path

import pytest

from data.datasets import BY_NAME
from data.ingest import Prepared, prepare, upload
from data.ingest.check import stream
from tests.data.ingest.kit import TODAY, read_here

CENT = Decimal("0.01")


def sell_in(file: Path, work: Path, **told) -> Prepared:
    """Prepare as sell-in, its amounts net of tax."""
    answers = {"tax_basis": "net", **told.pop("answers", {})}
    return prepare(file, file.name, BY_NAME["sell_in"], work=work, today=TODAY, answers=answers, **told)


def test_the_reseller_sales_agree_to_the_cent_after_one_question(real: Path, work: Path):
    file = real / "adventureworks" / "aw_reseller_sales_flat.csv"
    assert [q.key for q in sell_in(file, work).questions] == ["map.sold_on"]
    checked = sell_in(file, work, answers={"map.sold_on": "OrderDate"}).checked
    assert checked and (checked.rows_in, checked.rows_good) == (60_855, 60_855)
    amount, qty = checked.totals["amount"], checked.totals["qty"]
    assert amount is not None and amount.quantize(CENT) == Decimal("80450596.98")
    assert qty == 214_378
    assert stream(checked).read_all().num_rows == 60_855


@pytest.mark.parametrize(
    ("name", "answers"),
    [("订单_gb18030_derived.csv", {}), ("示例 - 超市.xls", {"sheet": "订单"})],
    ids=["GB18030", "xls"],
)
def test_the_superstore_orders_agree_to_the_cent_in_both_forms(
    name: str, answers: dict[str, str], real: Path, work: Path
):
    file = real / "superstore_zh" / name
    checked = sell_in(file, work, mapping={"sold_on": "订单日期"}, answers=answers).checked
    assert checked and (checked.rows_in, checked.rows_good) == (10_000, 10_000)
    amount = checked.totals["amount"]
    assert amount is not None and amount.quantize(CENT) == Decimal("16117548.24")
    assert len(checked.accounts) == 790


def test_the_first_of_several_sheets_is_shown_while_asking_which(real: Path, work: Path):
    asked = sell_in(real / "superstore_zh" / "示例 - 超市.xls", work)
    assert [o.value for o in asked.questions[0].options] == ["订单", "退货", "销售人员"]
    assert asked.source.staged and asked.source.staged.rows == 10_000


def test_the_unlabelled_grand_total_of_the_shop_file_is_checked_and_left_out(real: Path, work: Path):
    told = {"account": "款台", "sku": "商品码", "sold_on": "销售日期", "amount": "销售金额"}
    checked = sell_in(real / "zh_small" / "超市销售记录数据.xls", work, mapping=told).checked
    assert checked and (checked.rows_in, checked.rows_good, checked.rejects) == (200, 200, ())
    assert any("left out: 1 (202)" in note.en for note in checked.notes)


def test_no_messy_spreadsheet_ends_in_a_fault_of_ours(real: Path, work: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(upload, "read", read_here)
    for file in sorted((real / "messy_spreadsheets").iterdir()):
        prepared = sell_in(file, work)
        assert prepared.questions or prepared.refused, f"{file.name} cannot be sell-in"
        prepared.discard()
