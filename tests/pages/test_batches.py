"""Batches: what was approved in the demo can be taken back like any batch; what makes the demo up stays."""

from datetime import date
from pathlib import Path

import pytest

from data.approve import Line, approve
from data.cache import shape
from data.home import Home
from data.ingest import upload
from tests.conftest import giver
from tests.data.ingest.kit import read_here
from tests.pages.test_codes import press
from tests.pages.words import words

LINE = Line("A01", "锦泰家电", "X", "洗衣机", 5.0, None, date(2026, 7, 9), "", None, None, None)


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home that shows a demo of one file, in which one line was approved."""
    monkeypatch.setattr(upload, "read", read_here)
    home = Home(tmp_path / "home", memory_mb=256)
    giver(home.store())("sell_out", {"account": "A01", "sku": "X", "sold_on": "2026-06-02", "qty": 3})
    (home.path / "demo" / "made").write_text(shape(), encoding="utf-8")
    approve(home, home.store(), [LINE], "李敏", date(2026, 6, 30))
    home.store().close()
    return home


def test_of_the_demos_batches_only_what_was_approved_can_be_undone(run, demo):
    at = run(demo.path, "batches", lang="en")
    assert len([b for b in at.button if b.key.startswith("undo-")]) == 1 and "Approved shipments" in words(at)

    at = press(press(at, "undo-"), "sure-")

    assert not at.exception and demo.is_demo
    [approved] = demo.store().lake.batches("approvals")
    assert not approved.live and not [b for b in at.button if b.key.startswith("undo-")]
