"""Between a checked file and its publication: what it meets, what is asked, what is kept, and what ends with it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from types import SimpleNamespace

import pytest

from data import intake
from data.home import Home
from data.ingest import NotReady, Prepared, SameFile
from data.intake import Overlap
from tests.conftest import giver

MINE = ["A,X,2026-06-02,1,10", "A,X,2026-06-10,1,10"]


def sold(account: str, day: str, qty: int = 1) -> dict[str, object]:
    return {"account": account, "sku": "X", "sold_on": day, "qty": qty, "amount": 10}


def rows(home: Home) -> list[tuple]:
    return home.own().execute("SELECT account, day(sold_on), qty::INTEGER FROM sell_out ORDER BY ALL")


def keys(home: Home, prepared: Prepared, **answers: str) -> list[str]:
    return [question.key for question in intake.open_questions(home, prepared, answers)]


def test_a_file_meets_the_rows_of_its_own_accounts_only(home, came):
    given = giver(home.own())
    given(
        "sell_out", sold("A", "2026-06-05"), sold("A", "2026-06-06"), sold("B", "2026-06-05"), sold("C", "2026-06-05")
    )

    both = came("A,X,2026-06-02,1,10", "B,X,2026-06-10,1,10")

    assert intake.overlap(home.own(), both) == Overlap(3, 2, date(2026, 6, 2), date(2026, 6, 10))
    assert intake.overlap(home.own(), came(*MINE)) == Overlap(2, 1, date(2026, 6, 2), date(2026, 6, 10))
    assert intake.overlap(home.own(), came("D,X,2026-06-05,1,10")) is None


@pytest.mark.parametrize(("day", "met"), [("01", False), ("02", True), ("10", True), ("11", False)])
def test_a_file_meets_the_rows_of_its_own_period_both_ends_included(home, came, day, met):
    giver(home.own())("sell_out", sold("A", f"2026-06-{day}"))

    assert (intake.overlap(home.own(), came(*MINE)) is not None) == met


def test_a_file_meets_the_rows_of_its_own_dataset_only(home, came):
    giver(home.own())("sell_out", sold("A", "2026-06-05"))

    assert intake.overlap(home.own(), came(*MINE, dataset="sell_in")) is None


def test_a_file_meets_what_another_process_has_just_published(home, came):
    giver(home.own())("sell_out", sold("A", "2026-06-05"), sync=False)

    assert intake.overlap(home.own(), came(*MINE)) is not None


@pytest.mark.parametrize(("dataset", "line"), [("targets", "A,2026-06,100"), ("products", "X,洗衣机")])
def test_registers_and_master_data_meet_nothing_because_their_later_row_wins(home, came, dataset, line):
    intake.take(home, came(line, dataset=dataset), {}, "ana", partial=False)
    again = came(line, line, dataset=dataset)

    assert again.checked is not None and again.checked.rows_good == 2
    assert intake.overlap(home.own(), again) is None
    assert keys(home, again) == []


def test_a_folders_answer_to_replace_hides_no_row_of_a_register(home, came):
    intake.take(home, came("A,2026-06,100", "A,2026-07,100", dataset="targets"), {}, "ana", partial=False)

    batch = intake.take(home, came("A,2026-06,90", dataset="targets"), {"overlap": "replace"}, "ana", partial=False)

    assert batch.receipt.replaces is None
    assert home.own().execute("SELECT sum(amount)::INTEGER AS amount FROM targets") == [(190,)]


def test_a_file_without_good_rows_meets_nothing(home, came):
    giver(home.own())("sell_out", sold("A", "2026-06-05"))

    assert intake.overlap(home.own(), came("A,X,2026-06-05,many,10")) is None


def test_what_is_met_is_asked_about_with_figures_in_both_languages():
    question = Overlap(1234, 2, date(2026, 6, 2), date(2026, 6, 10)).question()

    assert question.key == intake.OVERLAP and [o.value for o in question.options] == ["replace", "add"]
    assert question.ask.zh.startswith("2 家客户在 2026-06-02 至 2026-06-10 已有 1,234 行数据")
    assert question.ask.en.startswith("1,234 rows of 2 accounts from 2026-06-02 to 2026-06-10 are there already")


@pytest.mark.parametrize(
    ("answers", "asked"),
    [({}, ["overlap"]), ({"overlap": "perhaps"}, ["overlap"]), ({"overlap": "add"}, []), ({"overlap": "replace"}, [])],
)
def test_the_overlap_is_asked_until_it_has_one_of_its_two_answers(home, came, answers, asked):
    giver(home.own())("sell_out", sold("A", "2026-06-05"))

    assert keys(home, came(*MINE), **answers) == asked


def test_a_file_that_meets_nothing_is_asked_nothing(home, came):
    assert keys(home, came(*MINE)) == []


def test_the_files_own_questions_come_first_and_alone(home, came):
    giver(home.own())("sell_out", sold("A", "2026-06-05"))
    unclear = came('A,X,2026-06-05,1,"1,234"')

    own = [question.key for question in unclear.questions]

    assert own and keys(home, unclear) == own
    assert intake.OVERLAP not in own


def test_a_file_is_known_by_its_bytes_as_long_as_its_batch_is_live(home, came):
    batch = intake.take(home, came(*MINE), {}, "ana", partial=False)

    found = intake.known(home, came(*MINE))

    assert found is not None and batch.id in found.zh and batch.id in found.en
    assert f"{batch.committed_at:%Y-%m-%d %H:%M} UTC" in found.en
    assert intake.known(home, came(*MINE, "A,X,2026-06-11,1,10")) is None
    assert intake.known(home, came(*MINE, dataset="sell_in")) is None
    home.own().lake.undo(batch.id, "ana")
    assert intake.known(home, came(*MINE)) is None


def test_a_known_file_is_not_taken_twice_whatever_was_answered(home, came):
    intake.take(home, came(*MINE), {}, "ana", partial=False)

    with pytest.raises(SameFile):
        intake.take(home, came(*MINE), {"overlap": "replace"}, "bo", partial=False)
    assert rows(home) == [("A", 2, 1), ("A", 10, 1)]


@pytest.mark.parametrize(
    ("answers", "left"),
    [
        ({"overlap": "replace"}, [("A", 1, 7), ("A", 2, 1), ("A", 10, 1), ("A", 11, 7), ("B", 5, 7)]),
        ({"overlap": "add"}, [("A", 1, 7), ("A", 2, 1), ("A", 5, 7), ("A", 10, 1), ("A", 11, 7), ("B", 5, 7)]),
    ],
)
def test_a_file_replaces_its_accounts_and_period_or_adds_to_them(home, came, answers, left):
    before = [sold(a, f"2026-06-{day}", 7) for a, day in (("A", "01"), ("A", "05"), ("A", "11"), ("B", "05"))]
    giver(home.own())("sell_out", *before)

    batch = intake.take(home, came(*MINE), answers, "ana", partial=False)

    assert rows(home) == left  # at once, without another sync
    assert (batch.receipt.user, batch.rows) == ("ana", 2)


def test_the_first_file_ends_the_demo_and_is_kept_as_it_came(home, came):
    assert home.is_demo
    prepared = came(*MINE)

    batch = intake.take(home, prepared, {}, "ana", partial=False)

    assert not home.is_demo and not (home.path / "demo").exists()
    assert [p.name for p in (home.path / "originals").iterdir()] == [batch.receipt.sha256]
    assert (home.path / "originals" / batch.receipt.sha256).read_bytes() == prepared.file.read_bytes()


def test_rejected_rows_are_left_out_by_consent_only_and_a_refusal_leaves_everything_as_it_was(home, came):
    bad = came(*MINE, "A,X,2026-06-11,many,10")

    with pytest.raises(NotReady):
        intake.take(home, bad, {}, "ana", partial=False)
    assert home.is_demo and (home.path / "demo").exists() and not list(home.path.glob("originals/*"))

    assert intake.take(home, bad, {}, "ana", partial=True).rows == 2


def test_today_is_the_day_of_the_upload(monkeypatch):
    monkeypatch.setattr(intake, "date", SimpleNamespace(today=lambda: date(2026, 2, 28)))

    assert intake.today() == date(2026, 2, 28)


def test_of_two_who_publish_one_period_at_once_one_wins_and_the_other_is_told(home, came):
    ana, bo = came("A,X,2026-06-02,1,10"), came("A,X,2026-06-02,2,20")
    assert keys(home, ana) == keys(home, bo) == []  # neither meets anything yet

    with ThreadPoolExecutor(2) as pool:
        ends = [pool.submit(intake.take, home, who, {}, "x", partial=False) for who in (ana, bo)]
    told = [end.exception() for end in ends if end.exception()]

    assert len(told) == 1 and isinstance(told[0], NotReady) and "just published" in str(told[0])
    assert len(rows(home)) == 1


def test_once_it_is_said_how_they_relate_the_second_is_published(home, came):
    intake.take(home, came("A,X,2026-06-02,1,10"), {}, "ana", partial=False)
    late = came("A,X,2026-06-02,2,20")

    with pytest.raises(NotReady, match="just published"):
        intake.take(home, late, {}, "bo", partial=False)
    intake.take(home, late, {"overlap": "add"}, "bo", partial=False)

    assert len(rows(home)) == 2
