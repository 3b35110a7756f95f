"""The same export every month: what was said of its layout once is taken as told, unless the new file knows better."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import profile
from data.datasets import BY_NAME
from data.ingest import Option, Prepared, Question, again, prepare, publish, upload
from data.lake import Batch, Lake, _receipt
from data.profile import TRIED, Recalled, _on_offer, folded, recall
from data.text import same
from tests.data.ingest.kit import TODAY, as_csv, loaded, read_here

HEADER = ("客户编码", "产品编码", "订单日期", "数量", "含税金额", "发货日期")
SHIPPED = {"sold_on": "发货日期"}
Reads = Callable[..., Recalled]


def line(day: str = "2026-05-05", amount: str = "10", later: str = "2026-05-09", qty: str = "1") -> tuple[str, ...]:
    return ("A1", "S1", day, qty, amount, later)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


@pytest.fixture
def reads(tmp_path: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch) -> Reads:
    """Read a file as the wizard and the command line do: prepared with what is said, then as its layout was read."""
    monkeypatch.setattr(upload, "read", read_here)
    work = tmp_path / "work"
    work.mkdir()

    def read(rows: Any, header: tuple[str, ...] = HEADER, dataset: str = "sell_in", **told: dict[str, str]) -> Recalled:
        file = tmp_path / f"in-{len(list(tmp_path.iterdir()))}"
        if isinstance(rows, dict):
            workbook(file, rows)
        else:
            file.write_bytes(rows if isinstance(rows, bytes) else as_csv([header, *rows]).encode())
        said = {"mapping": told.get("mapping", {}), "answers": told.get("answers", {}), "today": TODAY}
        return recall(prepare(file, file.name, BY_NAME[dataset], work=work, **said), lake, **said)

    return read


def workbook(file: Path, sheets: dict[str, list[tuple[str, ...]]]) -> None:
    with xlsxwriter.Workbook(str(file)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for n, row in enumerate(rows):
                sheet.write_row(n, 0, row)


def put(found: Recalled, lake: Lake, user: str = "lin") -> Batch:
    return publish(found.prepared, lake, user=user, partial=False)


def asked(found: Recalled) -> list[str]:
    return [question.key for question in found.prepared.questions]


def days(prepared: Prepared) -> list[str]:
    return [str(row["sold_on"]) for row in loaded(prepared)]


def test_a_column_that_was_chosen_once_is_chosen_again_and_it_is_said_after_whom(reads, lake):
    assert asked(reads([line()])) == ["map.sold_on"]
    first = put(reads([line()], mapping=SHIPPED), lake)

    found = reads([line(later="2026-06-09")])

    assert (asked(found), days(found.prepared), found.like and found.like.id) == ([], ["2026-06-09"], first.id)
    assert found.note is not None
    assert first.receipt.file in found.note.zh and f"by lin (batch {first.id})" in found.note.en


def test_a_layout_is_known_by_its_headers_in_any_order_and_spelling_but_by_all_of_them(reads, lake):
    put(reads([line()], mapping=SHIPPED), lake)
    turned = tuple(reversed(HEADER))

    assert days(reads([line()[::-1]], header=turned).prepared) == ["2026-05-09"]
    assert not asked(reads([line()], header=("客户编码 ", *HEADER[1:-1], "发货 日期")))
    assert asked(reads([(*line(), "x")], header=(*HEADER, "备注"))) == ["map.sold_on"]
    assert asked(reads([line()[:3] + line()[4:]], header=HEADER[:3] + HEADER[4:])) == ["map.sold_on", "map.qty"]


@pytest.mark.parametrize(("one", "other"), [("金额(含税)", "金额(不含税)"), ("含税金额(元)", "含税金额(万元)")])
def test_what_stands_in_brackets_makes_another_layout(reads, lake, one, other):
    headers = [(*HEADER[:4], amount, HEADER[5]) for amount in (one, other)]
    put(reads([line()], header=headers[0], mapping=SHIPPED), lake)

    assert not asked(reads([line()], header=headers[0])) and asked(reads([line()], header=headers[1]))


def test_months_across_move_on_and_the_layout_stays_the_same(reads, lake):
    months = ("2026-01", "2026-02", "2026-03", "2026-04")
    told = {"months": "qty", "map.amount": ""}
    first = reads([("A1", "S1", "1", "2", "3")], header=(*HEADER[:2], *months[:3]), dataset="sell_out", answers=told)
    put(first, lake)

    found = reads([("A1", "S1", "2", "3", "4")], header=(*HEADER[:2], *months[1:]), dataset="sell_out")

    assert (asked(found), days(found.prepared)) == ([], ["2026-02-01", "2026-03-01", "2026-04-01"])


def test_columns_that_have_only_their_order_for_a_name_are_no_layout(reads, lake):
    told = {name: f"column {n}" for n, name in enumerate(("account", "sku", "sold_on", "qty"), start=1)}
    put(reads(b"A1,S1,2026-05-01,3\nA2,S1,2026-05-01,4\n", dataset="sell_out", mapping=told), lake)

    assert len(asked(reads(b"A1,9,2026-05-02,S1\nA2,9,2026-05-02,S1\n", dataset="sell_out"))) == 4


def test_a_layout_belongs_to_its_dataset(reads, lake):
    put(reads([line()], mapping=SHIPPED), lake)

    assert reads([line()], dataset="sell_out").like is None


def test_the_callers_word_goes_before_the_profiles_and_takes_its_header(reads, lake):
    put(reads([line()], mapping=SHIPPED), lake)

    for told in ({"mapping": {"sold_on": "订单日期"}}, {"answers": {"map.sold_on": "订单日期"}}):
        assert days(reads([line()], **told).prepared) == ["2026-05-05"]
    taken = reads([line(amount="2026-05-01")], mapping={"sold_on": "含税金额"})
    assert taken.prepared.mapping["sold_on"] == "含税金额" and asked(taken) == ["map.amount"]


def test_a_column_that_was_told_not_to_be_there_stays_out(reads, lake):
    header, row = (*HEADER, "单据编号"), (*line(), "D1")
    assert reads([row], header=header).prepared.mapping["doc_no"] == "单据编号"
    put(reads([row], header=header, mapping={**SHIPPED, "doc_no": ""}), lake)

    assert "doc_no" not in reads([row], header=header).prepared.mapping


def test_an_answer_about_cells_is_given_again_where_the_cells_ask_again(reads, lake):
    said = {"comma:qty": "decimal", "dates:sold_on": "dmy"}
    put(reads([line(later="03/04/2026", qty="1,234")], mapping=SHIPPED, answers=said), lake)

    found = reads([line(later="05/06/2026", qty="5,678")])

    assert asked(found) == [] and days(found.prepared) == ["2026-06-05"]
    assert str(loaded(found.prepared)[0]["qty"]) == "5.678"


@pytest.mark.parametrize(
    ("days_then", "said", "now"),
    [
        ("03/04/2026", {"dates:sold_on": "dmy"}, {"later": "04/13/2026"}),
        ("2026-04-03", {"comma:amount": "decimal"}, {"later": "2026-04-13", "amount": "1,234.50"}),
        ("2026-04-03", {"unit:amount": "wan"}, {"later": "2026-04-13", "amount": "300"}),
    ],
)
def test_an_answer_that_the_cells_of_the_new_file_contradict_is_asked_again(reads, lake, days_then, said, now):
    [key] = said
    cells = {"comma:amount": "1,234", "unit:amount": "1.2万"}
    then = [line(later=days_then, amount=cells.get(key, "10")), line(later=days_then, amount="7")]
    put(reads(then, mapping=SHIPPED, answers=said), lake)

    found = reads([line(**now)])

    assert asked(found) == [key] and found.like is not None
    [question] = found.prepared.questions
    assert said[key] in {option.value for option in question.options} and len(question.options) > 1
    assert found.like.receipt.file in question.ask.zh
    for option in question.options:  # whatever is answered then is a person's word
        assert asked(reads([line(**now)], answers={key: option.value})) == []


def test_cells_that_are_clear_and_agree_with_what_was_said_are_not_asked_about(reads, lake):
    put(reads([line(later="03/04/2026")], mapping=SHIPPED, answers={"dates:sold_on": "dmy"}), lake)

    assert asked(reads([line(later="13/04/2026")])) == []
    assert asked(reads([line(later="2026-04-13")])) == []


def test_an_answer_that_is_not_on_offer_any_more_is_asked_again(reads, lake):
    put(reads([line(later="26-01-05")], mapping=SHIPPED, answers={"dates:sold_on": "ymd"}), lake)

    assert asked(reads([line(later="03/04/2026")])) == ["dates:sold_on"]


def test_answers_about_a_column_do_not_follow_its_field_to_another_column(reads, lake):
    put(reads([line(later="03/04/2026")], mapping=SHIPPED, answers={"dates:sold_on": "dmy"}), lake)

    assert asked(reads([line(day="03/04/2026")], mapping={"sold_on": "订单日期"})) == ["dates:sold_on"]


def test_whether_amounts_are_with_tax_is_kept_where_a_person_said_it(reads, lake):
    unsaid = (*HEADER[:4], "金额", HEADER[5])
    assert asked(reads([line()], header=unsaid, mapping=SHIPPED)) == ["tax_basis"]
    put(reads([line()], header=unsaid, mapping=SHIPPED, answers={"tax_basis": "net"}), lake)

    assert reads([line()], header=unsaid).prepared.answers["tax_basis"] == "net"
    assert asked(reads([line()], header=unsaid, mapping={"amount": "数量", "qty": "金额"})) == ["tax_basis"]


@pytest.mark.parametrize("key", ["overlap", "future", "jump", "months_year", "control:qty", "unknown:S9", "alias:S9"])
def test_what_was_answered_for_one_file_only_is_not_taken_over(reads, lake, key):
    said = "keep" if key in ("future", "jump") else "add"
    put(reads([line()], mapping=SHIPPED, answers={key: said}), lake)

    assert key not in reads([line()]).prepared.answers
    question = Question(key, same("?"), (Option("add", same("add")),))
    assert not _on_offer(question, {key: "add"})  # not even where the file asks it
    assert _on_offer(replace(question, key="dates:sold_on"), {"dates:sold_on": "add"})


def test_undoing_a_batch_brings_back_the_profile_before_it(reads, lake):
    put(reads([line()], mapping=SHIPPED), lake)
    second = put(reads([line(qty="2")], mapping={"sold_on": "订单日期"}), lake)
    assert days(reads([line()]).prepared) == ["2026-05-05"]

    lake.undo(second.id, "lin")
    assert days(reads([line()]).prepared) == ["2026-05-09"]

    lake.undo(lake.batches("sell_in")[-1].id, "lin")
    assert asked(reads([line()])) == ["map.sold_on"]


def test_a_layout_that_reads_the_same_by_itself_is_not_worth_a_word(reads, lake, monkeypatch):
    plain = (*HEADER[:2], "单据日期", *HEADER[3:5])
    put(reads([line()[:5]], header=plain), lake)

    assert reads([line()[:5]], header=plain).note is None
    monkeypatch.setattr(profile, "again", None)  # nor a second look
    assert reads([line(qty="2")[:5]], header=plain).prepared.checked is not None


# -- before the headers are known -------------------------------------------------------------------------------------

COVER, ROWS = [("月报", "说明"), ("a", "b")], [HEADER, line()]


def test_the_sheet_is_the_one_of_the_last_file_if_it_is_of_the_same_layout(reads, lake):
    first = reads({"封面": COVER, "明细": ROWS}, answers={"sheet": "明细"}, mapping=SHIPPED)
    put(first, lake)

    found = reads({"封面": COVER, "明细": [HEADER, line(qty="3")]})
    assert (asked(found), found.prepared.answers["sheet"], days(found.prepared)) == ([], "明细", ["2026-05-09"])
    assert asked(reads({"封面": COVER, "六月": ROWS}))[0] == "sheet"  # gone
    other = reads({"封面": COVER, "明细": [HEADER[:5], line()[:5]]})
    assert asked(other)[0] == "sheet" and other.like is None  # there, but another table


def test_of_several_sheets_that_were_read_the_newest_of_the_same_layout_counts(reads, lake):
    for sheet, rows in (("明细", ROWS), ("退货", [HEADER[:5], line()[:5]])):
        name = {"sold_on": "发货日期"} if sheet == "明细" else {"sold_on": "订单日期"}
        put(reads({"封面": COVER, sheet: rows}, answers={"sheet": sheet}, mapping=name), lake)

    found = reads({"封面": COVER, "退货": COVER, "明细": [HEADER, line(qty="4")]})

    assert found.prepared.answers["sheet"] == "明细" and asked(found) == []


def test_a_sheet_that_was_read_many_times_is_looked_at_once(reads, lake):
    put(reads({"封面": COVER, "明细": ROWS}, answers={"sheet": "明细"}, mapping=SHIPPED), lake)
    for qty in map(str, range(TRIED)):
        returns = {"封面": COVER, "退货": [HEADER[:5], line(qty=qty)[:5]]}
        put(reads(returns, answers={"sheet": "退货"}, mapping={"sold_on": "订单日期"}), lake)

    assert asked(reads({"退货": COVER, "明细": [HEADER, line(qty="9")]})) == []


def test_a_sheet_that_held_another_table_the_last_time_is_known_by_the_time_before(reads, lake):
    put(reads({"封面": COVER, "明细": ROWS}, answers={"sheet": "明细"}, mapping=SHIPPED), lake)
    other = {"封面": COVER, "明细": [HEADER[:5], line()[:5]]}
    put(reads(other, answers={"sheet": "明细"}, mapping={"sold_on": "订单日期"}), lake)

    found = reads({"封面": COVER, "明细": [HEADER, line(qty="3")]})

    assert asked(found) == [] and days(found.prepared) == ["2026-05-09"]


def test_the_encoding_is_the_one_of_the_last_file_where_it_still_decodes(reads, lake):
    def western(name: str, codec: str = "cp1252") -> bytes:
        return as_csv([("account", "sku", "sold_on", "qty", "iSum"), (name, "S1", "2026-05-05", "1", "9")]).encode(
            codec
        )

    assert asked(reads(western("Müller"))) == ["encoding"]
    put(reads(western("Müller"), answers={"encoding": "cp1252"}), lake)

    found = reads(western("Jürgen"))
    assert asked(found) == [] and loaded(found.prepared)[0]["account"] == "Jürgen"
    assert asked(reads(western("Müller") + b"\x81\x8d,S1,2026-05-05,1,9\n")) == ["encoding"]  # no cp1252
    assert loaded(reads(western("Jürgen", "utf-8")).prepared)[0]["account"] == "Jürgen"


# -- receipts ---------------------------------------------------------------------------------------------------------


def test_a_receipt_of_old_is_read_and_is_no_profile(reads, lake, monkeypatch):
    batch = put(reads([line()], mapping=SHIPPED), lake)
    assert set(batch.receipt.headers) == set(HEADER)
    old = {"file": "a", "sha256": "b", "user": "c", "period": None, "replaces": None, "mapping": SHIPPED}

    receipt = _receipt(dict(old))

    assert (receipt.headers, receipt.control, receipt.mapping) == ((), {}, SHIPPED)


def test_going_on_from_a_recalled_file_keeps_what_it_was_read_like(reads, lake, monkeypatch):
    put(reads({"封面": COVER, "明细": ROWS}, answers={"sheet": "明细"}, mapping=SHIPPED), lake)
    found = reads({"封面": COVER, "明细": [HEADER, line(qty="3")]})
    said = {"mapping": {"account": "产品编码", "sku": "客户编码"}, "answers": {}, "today": TODAY}

    further = recall(again(found.prepared, **said), lake, **said)

    assert asked(further) == [] and loaded(further.prepared)[0]["account"] == "S1"
    assert further.prepared.answers["sheet"] == "明细"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.dates(date(2026, 1, 1), date(2026, 12, 31)), order=st.sampled_from(["dmy", "mdy"]))
def test_a_remembered_order_never_moves_a_day_that_can_be_read_one_way_only(reads, lake, day, order):
    """Either the file agrees with what was said, or it is asked; whatever is loaded without a question is the day."""
    then = reads([line(later="03/04/2026")], mapping=SHIPPED, answers={"dates:sold_on": order})
    if not lake.same_file("sell_in", then.prepared.source.sha256):
        put(then, lake)
    latest = lake.batches("sell_in")[0].receipt.answers["dates:sold_on"]
    written = {"dmy": f"{day:%d/%m/%Y}", "mdy": f"{day:%m/%d/%Y}"}

    for own, cell in written.items():
        found = reads([line(later=cell, qty="7")])
        if not found.prepared.questions:
            clear = day.day > 12
            assert days(found.prepared) == [day.isoformat()] or (not clear and own != latest)


@pytest.mark.parametrize(("one", "other"), [("Qty", "ＱＴＹ "), ("Doc No", "docno"), ("数量", "数 量")])
def test_headers_are_alike_but_for_width_case_and_spaces(one, other):
    assert folded(one) == folded(other)
