"""Whether money is with tax: said by the header, by its neighbours, or asked."""

import pytest

from data.datasets import BY_NAME
from data.ingest.basis import basis
from tests.data.ingest.kit import HEADER, LINES, Take, loaded, row


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        (["价税合计"], "with_tax"),
        (["金额(含税)"], "with_tax"),
        (["iSum"], "with_tax"),
        (["不含税金额"], "net"),
        (["金额（未税）"], "net"),
        (["NETWR"], "net"),
        (["金额"], ""),
        (["SalesAmount"], ""),
        (["我的金额"], ""),
        (["金额", "价税合计"], "net"),
        (["金额", "无税金额"], "with_tax"),
        (["金额", "无税金额", "价税合计"], ""),
    ],
)
def test_the_basis_is_read_from_the_header_or_from_the_amount_beside_it(headers: list[str], found: str):
    assert basis(LINES, {"amount": headers[0]}, headers) == found


def test_what_nothing_says_is_asked_and_kept_as_answered(take: Take):
    assert [q.key for q in take([row()], answers={"tax_basis": ""}).questions] == ["tax_basis"]
    done = take([row()], answers={"tax_basis": "net"})
    assert done.answers == {"tax_basis": "net"} and len(loaded(done)) == 1
    assert any("net of tax (金额)" in note.en for note in done.notes)


def test_not_knowing_is_an_answer_and_is_said(take: Take):
    assert any("not known whether" in note.en for note in take([row()], answers={"tax_basis": "unknown"}).notes)


def test_a_wrong_answer_is_refused_by_name(take: Take):
    with pytest.raises(ValueError, match="tax_basis"):
        take([row()], answers={"tax_basis": "gross"})


@pytest.mark.parametrize(
    ("dataset", "header", "line", "asked"),
    [
        ("sell_in", HEADER, row(), ["tax_basis"]),
        ("sell_out", HEADER, row(), ["tax_basis"]),
        ("targets", ("客户编码", "月份", "目标金额"), ("A1", "2026-02", "1"), []),
    ],
)
def test_only_sales_documents_are_asked(dataset: str, header, line, asked: list[str], take: Take):
    prepared = take([line], header=header, dataset=BY_NAME[dataset], answers={"tax_basis": ""})

    assert [q.key for q in prepared.questions] == asked
