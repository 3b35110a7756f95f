"""What is approved of the ship-by list: what can go of each line, with what it was promised to keep."""

from datetime import date
from pathlib import Path

import pytest

from analytics.answer import Scope
from analytics.supply import followed, ship
from data import approve
from data.home import Home
from data.ingest import upload
from tests.data.ingest.kit import read_here

APRIL = Scope(date(2026, 4, 30))
ROW = ship.Row(
    account="A", name="甲", name_en="Jia", owner="李敏", sku="X", sku_name="洗衣机", sku_name_en="Washer",
    rush=20.0, ship=40.0, allotted=50.0, warehouse="", dispatch_by=date(2026, 5, 4), order_by=None,
    arrive_by=date(2026, 5, 7), until=date(2026, 6, 4), peak="", peak_en="", cover_days=3.0, need_days=40.0,
    risk=1.7e-8, price=None, goods_cny=None, kept_cny=None,
)  # fmt: skip


def test_a_line_is_what_can_go_under_its_chinese_names_and_unknown_money_stays_unknown():
    line = ship.line(ROW)

    assert (line.account, line.account_name, line.sku, line.sku_name) == ("A", "甲", "X", "洗衣机")
    assert (line.qty, line.dispatch_by, line.arrive_by, line.until) == (50, ROW.dispatch_by, ROW.arrive_by, ROW.until)
    assert (line.warehouse, line.risk, line.kept, line.note) == ("", 1.7e-8, None, "")


def test_what_was_approved_is_followed_and_nothing_of_it_is_due_on_that_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(upload, "read", read_here)
    home = Home(tmp_path / "home", memory_mb=256)
    home.begin()

    approve.approve(home, home.store(), [ship.line(ROW)], "李敏", APRIL.as_of)

    home.store().version()
    [row] = followed.ask(home.store(), APRIL)
    assert (row.decision, row.qty, row.verdict, row.kept_cny) == ("FH-2026-04-30-1", 50, "open", None)
    assert row.risk == 1.7e-8
    assert [f.text.en for f in followed.say([row], APRIL)] == ["1 line is not due yet and not judged"]
