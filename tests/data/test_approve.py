"""Approving: one batch under the day's next number, undone like any other; in the demo it stays with the demo."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pytest

from data import approve, entry
from data.datasets import BY_NAME
from data.home import Home
from data.ingest import upload
from data.lake import Batch, arrow_schema
from tests.data.ingest.kit import read_here

JUNE = date(2026, 6, 30)
LINE = approve.Line(
    account="A01",
    account_name="锦泰家电",
    sku="XQG100-B1",
    sku_name="10 公斤滚筒洗衣机",
    qty=60.0,
    dispatch_by=date(2026, 7, 8),
    arrive_by=date(2026, 7, 10),
    warehouse="杭州仓",
    risk=0.72,
    until=date(2026, 8, 5),
    kept=86000.0,
)
OTHER = replace(LINE, account="A02", account_name="万汇商城")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home of one's own data, in which nothing is there yet; files are read without a process of their own."""
    monkeypatch.setattr(upload, "read", read_here)
    opened = Home(tmp_path / "home", memory_mb=256)
    opened.begin()
    return opened


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home that shows a demo company of one account."""
    monkeypatch.setattr(upload, "read", read_here)
    schema = arrow_schema(BY_NAME["accounts"])
    rows = pa.Table.from_pylist([{"account": "A01"}], schema=schema.remove(len(schema) - 1))
    monkeypatch.setattr("data.samples.company", lambda: SimpleNamespace(tables={"accounts": rows}))
    opened = Home(tmp_path / "home", memory_mb=256)
    opened.make_demo()
    return opened


def approved(home: Home, *rows: approve.Line, day: date = JUNE) -> Batch:
    return approve.approve(home, home.store(), rows, "李敏", day)


def there(home: Home) -> list[tuple[str, str, str, float]]:
    home.store().version()
    sql = "SELECT decision, account, sku, qty FROM approvals ORDER BY decision, account, sku"
    return [(decision, account, sku, float(qty)) for decision, account, sku, qty in home.store().execute(sql)]


def refused(home: Home, *rows: approve.Line) -> str:
    with pytest.raises(approve.NotApproved) as caught:
        approved(home, *rows)
    return caught.value.reason.en


def test_the_lines_are_one_batch_under_one_number_and_all_that_was_known_is_kept(home):
    batch = approved(home, LINE, OTHER)

    assert batch.dataset == "approvals" and batch.rows == 2 and batch.receipt.user == "李敏"
    assert entry.is_typed(batch.receipt) and batch.receipt.totals["qty"] == "120.000"
    assert there(home) == [("FH-2026-06-30-1", account, "XQG100-B1", 60.0) for account in ("A01", "A02")]
    [row, _] = entry.rows(home.store(), approve.APPROVALS)
    names = ("account_name", "sku_name", "dispatch_by", "arrive_by", "warehouse", "risk", "until", "kept", "note")
    assert [row[name] for name in names] == [getattr(LINE, name) or None for name in names]
    assert row["decided_on"] == JUNE


def test_what_is_not_known_of_a_line_stays_empty(home):
    bare = replace(LINE, dispatch_by=None, arrive_by=None, warehouse="", risk=None, until=None, kept=None)

    approved(home, bare)

    [row] = entry.rows(home.store(), approve.APPROVALS)
    assert {row[name] for name in ("dispatch_by", "arrive_by", "warehouse", "risk", "until", "kept")} == {None}


def test_numbers_count_up_within_a_day_and_begin_anew_on_the_next(home):
    approved(home, LINE)
    approved(home, OTHER)
    approved(home, LINE, day=date(2026, 7, 1))

    assert [row[0] for row in there(home)] == ["FH-2026-06-30-1", "FH-2026-06-30-2", "FH-2026-07-01-1"]


def test_numbers_of_an_uploaded_list_are_taken_too_and_other_names_do_not_matter(home):
    names = ("FH-2026-06-30-9", "FH-2026-06-30-10", "FH-2026-06-30-b", "国庆备货")
    rows = [{"decision": name, "decided_on": JUNE, "account": "A01", "sku": "X", "qty": 1} for name in names]
    assert isinstance(entry.publish(home, approve.APPROVALS, rows, [], "李敏"), Batch)

    assert approve.number(home.store().lake, JUNE) == "FH-2026-06-30-11"
    assert approve.number(home.store().lake, date(2026, 7, 1)) == "FH-2026-07-01-1"


def test_undoing_takes_the_whole_decision_back_and_its_number_is_not_given_again(home):
    batch = approved(home, LINE, OTHER)

    home.store().lake.undo(batch.id, "李敏")

    assert there(home) == []
    approved(home, LINE, OTHER)
    assert {row[0] for row in there(home)} == {"FH-2026-06-30-2"}


def test_nothing_chosen_is_said(home):
    assert refused(home).startswith("No line is chosen")


@pytest.mark.parametrize("qty", [0.0, -5.0, float("nan")])
def test_a_line_without_pieces_is_named_and_holds_all_back(home, qty):
    said = refused(home, LINE, replace(OTHER, qty=qty))

    assert said.startswith(f"XQG100-B1 for A02 is {qty:g} pcs and cannot be approved")
    assert there(home) == []


def test_what_the_check_finds_is_said_with_row_column_and_value(home):
    said = refused(home, LINE, replace(OTHER, risk=1.2))

    assert "New row 2, Risk “1.2” is outside the allowed range" in said
    assert there(home) == []


def test_goods_that_would_leave_after_they_are_due_are_not_approved(home):
    assert "is after the day of arrival" in refused(home, replace(LINE, dispatch_by=date(2026, 7, 11)))
    assert approved(home, replace(LINE, dispatch_by=LINE.arrive_by)).rows == 1


def test_one_line_twice_is_refused(home):
    assert "has the same key as a row above" in refused(home, LINE, replace(LINE, qty=5.0))


def test_a_second_click_is_refused_by_the_number_of_the_first_but_another_quantity_or_day_is_not(home):
    approved(home, LINE, OTHER)

    assert "(FH-2026-06-30-1)" in refused(home, OTHER, LINE)
    assert approved(home, LINE).rows == 1  # fewer lines
    assert approved(home, LINE, replace(OTHER, qty=61.0)).rows == 2
    assert approved(home, LINE, OTHER, day=date(2026, 7, 1)).rows == 2


def test_two_who_approve_at_once_get_two_numbers(home):
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda row: approved(home, row), (LINE, OTHER)))

    assert sorted(row[0] for row in there(home)) == ["FH-2026-06-30-1", "FH-2026-06-30-2"]


def test_in_the_demo_lines_go_into_the_demo_and_it_stays(demo):
    batch = approved(demo, LINE)

    assert demo.is_demo and demo.is_ready
    assert there(demo) == [("FH-2026-06-30-1", "A01", "XQG100-B1", 60.0)]
    assert not (demo.path / "lake").exists() and not (demo.path / "begun").exists()
    assert Home(demo.path, memory_mb=256).is_ready  # another process too

    demo.store().lake.undo(batch.id, "李敏")
    assert there(demo) == [] and demo.is_demo


def test_what_was_approved_in_the_demo_goes_with_it(demo):
    approved(demo, LINE)

    demo.begin()

    assert not demo.is_demo and there(demo) == [] and not (demo.path / "demo").exists()


def test_lines_of_the_demo_are_not_approved_into_ones_own_data_that_begin_meanwhile(demo):
    store = demo.store()
    demo.begin()

    with pytest.raises(approve.NotApproved, match="Reload"):
        approve.approve(demo, store, [LINE], "李敏", JUNE)
    assert there(demo) == []
