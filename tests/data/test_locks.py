"""What stands from a day on: thresholds of a trial that has begun, typed in or uploaded, on both sides of that day."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data import entry, intake, vet
from data.datasets import BY_NAME
from data.home import Home
from data.ingest import Prepared, prepare, rejected_file, upload
from data.lake import Batch
from data.locks import locked
from tests.conftest import giver
from tests.data.ingest.kit import read_here

TRIALS = BY_NAME["trials"]
STARTS = date(2026, 6, 8)
BEFORE = date(2026, 6, 7)
TRIAL: dict[str, object] = {
    "trial": "SD01", "title": "样机体验台", "sku": "X1", "starts_on": STARTS, "ends_on": date(2026, 8, 2),
    "fixed_on": date(2026, 5, 25), "hypothesis": "多卖 5%", "target_uplift": 0.05, "go_at": 0.8, "stop_at": 0.2,
}  # fmt: skip
HEADER = "试点编号,产品编码,开始日期,结束日期,标准确定日期,试点假设,目标增幅,推广概率线,终止概率线"
AS_IS = "SD01,X1,2026-06-08,2026-08-02,2026-05-25,多卖 5%,0.05,0.8,0.2"
Came = Callable[..., Prepared]
Typed = Callable[..., Batch | list[entry.Problem]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home in which a trial is registered."""
    monkeypatch.setattr(upload, "read", read_here)
    opened = Home(tmp_path / "home", memory_mb=256)
    giver(opened.own())("trials", TRIAL)
    return opened


@pytest.fixture
def typed(home: Home, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Publish a changed row of the trial on a day."""

    def publish(day: date, **change: object) -> Batch | list[entry.Problem]:
        monkeypatch.setattr(entry, "today", lambda: day)
        return entry.publish(home, TRIALS, [], [{**TRIAL, **change}], "李敏")

    return publish


@pytest.fixture
def came(home: Home, tmp_path: Path) -> Came:
    """An uploaded file of trials, vetted on a day."""

    def file(*lines: str, day: date = STARTS, header: str = HEADER) -> Prepared:
        path = tmp_path / f"in-{len(list(tmp_path.iterdir()))}.csv"
        path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
        read = prepare(path, "in.csv", TRIALS, work=intake.work_folder(home), today=day)
        return vet.vet(home.own(), read, {}, day).prepared

    return file


def told(prepared: Prepared) -> list[tuple[int, str, str]]:
    assert prepared.checked is not None
    return [(r.line, r.column, r.reason.en) for r in prepared.checked.rejects]


def trial(home: Home, field: str) -> object:
    home.own().version()
    [row] = entry.rows(home.own(), TRIALS)
    return row[field]


# -- typed in ---------------------------------------------------------------------------------------------------------


def test_on_the_day_before_the_start_thresholds_may_still_be_changed(home, typed):
    assert isinstance(typed(BEFORE, target_uplift=0.08), Batch)
    assert trial(home, "target_uplift") == 0.08


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("target_uplift", 0.02, "0.05"),
        ("target_rate", 1.2, "empty"),
        ("go_at", 0.6, "0.8"),
        ("stop_at", None, "0.2"),
        ("hypothesis", "多卖 2%", "多卖 5%"),
        ("stop_rule", "不停", "empty"),
        ("starts_on", date(2026, 7, 6), "2026-06-08"),
        ("fixed_on", date(2026, 5, 1), "2026-05-25"),
        ("sku", "X2", "X1"),
        ("replaces", "X9", "empty"),
    ],
)
def test_from_the_start_on_each_threshold_stands_and_the_reason_names_it_its_value_and_since_when(
    home, typed, field, value, said
):
    problems = typed(STARTS, **{field: value})

    label = TRIALS.field(field).label.en
    assert isinstance(problems, list)
    assert [(p.column.en, p.reason.en) for p in problems] == [
        (label, f"“{label}” was fixed as “{said}” on 2026-05-25 and is locked since 2026-06-08: it cannot be changed")
    ]
    assert trial(home, field) == TRIAL.get(field)


def test_the_end_the_title_and_the_owner_stay_open(home, typed):
    assert isinstance(typed(STARTS, ends_on=date(2026, 8, 30), title="体验台", owner="王磊"), Batch)
    assert trial(home, "ends_on") == date(2026, 8, 30)


def test_words_that_differ_in_spaces_only_and_a_number_spelled_anew_are_the_same(home, typed):
    giver(home.own())("trials", {**TRIAL, "hypothesis": "多卖  5%", "target_uplift": 0.1 + 0.2})

    assert isinstance(typed(STARTS, hypothesis="多卖 5%", target_uplift=0.3, owner="王磊"), Batch)


def test_without_a_day_of_fixing_it_stands_since_its_first_publication(home, typed, monkeypatch):
    lake = home.own().lake
    giver(home.own())("trials", {**TRIAL, "fixed_on": None}, {**TRIAL, "trial": "SD02", "fixed_on": None})
    [first] = [b for b in lake.batches("trials") if b.seq == 1]

    problems = typed(STARTS, fixed_on=None, go_at=0.5)

    assert isinstance(problems, list)
    assert f"on {first.committed_at.date()} and" in problems[0].reason.en
    assert first.committed_at <= datetime.now(UTC)


def test_undo_takes_a_batch_out_as_ever_and_the_row_below_stands(home, typed):
    batch = typed(BEFORE, target_uplift=0.08)
    assert isinstance(batch, Batch)
    home.own().lake.undo(batch.id, "李敏")

    assert trial(home, "target_uplift") == 0.05
    assert isinstance(typed(STARTS, target_uplift=0.08), list)


# -- uploaded ---------------------------------------------------------------------------------------------------------


def test_an_uploaded_row_that_changes_nothing_is_loaded_and_one_that_does_is_handed_back_at_its_column(came):
    prepared = came(AS_IS, AS_IS.replace("0.05", "0.02"), "SD07,X1,2026-07-06,2026-08-30,,新,0.02,0.8,0.2")

    assert prepared.checked is not None and prepared.checked.rows_good == 2
    assert told(prepared) == [
        (3, "目标增幅", "“Target uplift” was fixed as “0.05” on 2026-05-25 and is locked since 2026-06-08: "
         "it cannot be changed")
    ]  # fmt: skip
    assert "自 2026-05-25 起定为“0.05”，2026-06-08 起锁定，不能再改" in rejected_file(prepared).decode("utf-8-sig")


def test_the_day_before_the_start_the_same_row_is_loaded(came):
    assert told(came(AS_IS.replace("0.05", "0.02"), day=BEFORE)) == []


def test_a_file_without_the_column_would_empty_it_and_is_handed_back_at_the_key(came):
    header = HEADER.replace(",目标增幅", "")

    prepared = came(AS_IS.replace(",0.05", ""), header=header)

    assert [(line, column) for line, column, _ in told(prepared)] == [(2, "试点编号")]
    assert "“Target uplift” was fixed as “0.05”" in told(prepared)[0][2]


def test_the_day_of_the_registered_row_decides_not_that_of_the_new_one(came):
    prepared = came(AS_IS.replace("2026-06-08", "2026-12-07"))

    assert [column for _, column, _ in told(prepared)] == ["开始日期"]


def test_an_alias_of_the_product_is_the_same_product(home, came):
    giver(home.own())("aliases", {"alias": "OLD-X1", "sku": "X1"})

    assert told(came(AS_IS.replace("X1", "OLD-X1"))) == []
    assert [column for _, column, _ in told(came(AS_IS.replace("X1", "OLD-X2")))] == ["产品编码"]


def test_a_trial_fixed_after_its_start_is_loaded_and_told(came):
    late = came(AS_IS.replace("SD01", "SD08").replace("2026-05-25", "2026-06-09"))
    in_time = came(AS_IS.replace("SD01", "SD09").replace("2026-05-25", "2026-06-08"))

    assert late.checked is not None and late.checked.rows_good == 1
    assert any("after the start of the trial" in note.en for note in late.notes)
    assert not any("after the start of the trial" in note.en for note in in_time.notes)


def test_a_register_without_a_lock_holds_nothing_back(home, came):
    prepared = came(AS_IS)

    assert locked(home.own(), prepared, [], STARTS) == {}
    assert BY_NAME["visits"].locked_after is None
