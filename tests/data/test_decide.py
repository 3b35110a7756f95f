"""Deciding on a trial: one row of the register that names it, once a day in the same words, undone as a batch."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.approve import NotApproved
from data.decide import Decision, decide
from data.home import Home
from data.ingest import upload
from tests.data.ingest.kit import read_here

TODAY = date(2026, 7, 3)
GO = Decision("SD03", "推进：洗烘一体机试销（SD03）", "陈静", date(2026, 6, 1))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home of one's own data, in which nothing is there yet; files are read without a process of their own."""
    monkeypatch.setattr(upload, "read", read_here)
    opened = Home(tmp_path / "home", memory_mb=256)
    opened.begin()
    return opened


def decided(home: Home) -> list[tuple]:
    home.store().version()
    names = "decision, decided_on, month, words, owner, due_on, state"
    return home.store().execute(f"SELECT {names} FROM decisions ORDER BY decision")


def test_a_decision_is_one_row_with_owner_day_and_a_fortnight_to_act(home):
    batch = decide(home, home.store(), GO, "李敏", TODAY)

    assert batch.dataset == "decisions" and batch.rows == 1 and batch.receipt.user == "李敏"
    assert decided(home) == [
        ("SD03-2026-07-03-1", TODAY, date(2026, 6, 1), GO.words, "陈静", date(2026, 7, 17), "进行中")
    ]


def test_the_same_words_twice_a_day_are_refused_and_other_words_or_another_day_are_not(home):
    decide(home, home.store(), GO, "", TODAY)
    with pytest.raises(NotApproved) as caught:
        decide(home, home.store(), GO, "", TODAY)
    decide(home, home.store(), replace(GO, words="停止（SD03）"), "", TODAY)
    decide(home, home.store(), GO, "", date(2026, 7, 4))

    assert "SD03-2026-07-03-1" in caught.value.reason.en
    assert [row[0] for row in decided(home)] == ["SD03-2026-07-03-1", "SD03-2026-07-03-2", "SD03-2026-07-04-1"]


def test_nobody_to_do_it_is_refused_and_nothing_is_kept(home):
    with pytest.raises(NotApproved) as caught:
        decide(home, home.store(), replace(GO, owner=""), "", TODAY)

    assert "no owner" in caught.value.reason.en
    assert decided(home) == []


def test_a_store_that_is_no_longer_shown_is_refused(home, tmp_path):
    other = Home(tmp_path / "other", memory_mb=256)
    other.begin()

    with pytest.raises(NotApproved):
        decide(home, other.store(), GO, "", TODAY)
    assert decided(home) == []


def test_undoing_its_batch_takes_the_decision_back(home):
    batch = decide(home, home.store(), GO, "", TODAY)
    home.store().lake.undo(batch.id, "李敏")

    assert decided(home) == []
