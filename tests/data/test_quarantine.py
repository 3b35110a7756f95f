"""Rows that were handed back: kept with the batch, put right and taken in again, swept in the end."""

import csv
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from data import intake, quarantine
from data.datasets import BY_NAME
from data.home import Home
from data.ingest import NotReady, Prepared, prepare, upload
from data.profile import recall
from data.quarantine import KEPT_DAYS
from data.vet import vet
from tests.data.ingest.kit import read_here

TODAY = date(2026, 6, 30)
HEADERS = {
    "sell_out": "客户编码,产品编码,销售日期,数量,含税金额",
    "orders": "订单号,行号,客户编码,产品编码,下单日期,订购数量",
}
GOOD, BAD = "A,X,2026-06-02,1,10", ["A,X,2026-06-31,2,20", "=B,X,2026-06-03,many,-30"]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    opened = Home(tmp_path / "home", memory_mb=256)
    yield opened
    opened.own().close()


@pytest.fixture
def came(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Prepared]:
    """A file that came in for a dataset, read as the last of its layout was; lines below the headers, or its bytes."""
    monkeypatch.setattr(upload, "read", read_here)

    def file(*lines: str, dataset: str = "sell_out", content: bytes = b"", **told) -> Prepared:
        path = tmp_path / f"in-{len(list(tmp_path.iterdir()))}.csv"
        path.write_bytes(content or "\n".join([HEADERS[dataset], *lines, ""]).encode())
        work = intake.work_folder(home)
        said = {"mapping": {}, "answers": {}} | told
        prepared = prepare(path, "六月.csv", BY_NAME[dataset], work=work, today=TODAY, **said)
        return recall(prepared, home.own().lake, today=TODAY, **said).prepared

    return file


def rejected(home: Home) -> list[str]:
    return sorted(p.name for p in home.path.glob("rejected/*"))


def corrected(content: bytes, **cells: str) -> bytes:
    """What a spreadsheet makes of the file when cells are overwritten."""
    text = content.decode("utf-8-sig")
    for wrong, right in cells.items():
        assert wrong in text
        text = text.replace(wrong, right)
    return text.encode("utf-8-sig")


def sold(home: Home) -> list[tuple]:
    return home.own().execute("SELECT account, sold_on, qty::INTEGER, amount::INTEGER FROM sell_out ORDER BY ALL")


def test_rows_that_are_left_out_are_kept_under_the_name_of_the_batch(home, came):
    batch = intake.take(home, came(GOOD, *BAD), {}, "ana", partial=True)

    assert rejected(home) == [f"{batch.id}.csv"]
    [one] = quarantine.held(home.path, home.own().lake.batches(), TODAY)
    header, *kept = csv.reader(io.StringIO(one.file.read_text("utf-8-sig")))
    assert header[:5] == HEADERS["sell_out"].split(",") and [row[5] for row in kept] == ["3", "4"]
    assert (one.rows, one.batch, one.name) == (2, batch, "六月 rejected.csv")


def test_where_nothing_is_handed_back_or_nothing_is_loaded_no_file_is_kept(home, came):
    intake.take(home, came(GOOD), {}, "ana", partial=True)
    with pytest.raises(NotReady):
        intake.take(home, came(GOOD, *BAD, "A,Y,2026-06-05,1,1"), {}, "ana", partial=False)

    assert rejected(home) == []
    assert quarantine.held(home.path, home.own().lake.batches(), TODAY) == []


def test_a_publication_that_fails_leaves_no_rejected_rows_behind(home, came, monkeypatch):
    def full(*_args, **_more):
        assert len(rejected(home)) == 1  # they are there before the batch is
        raise OSError("no space left on device")

    monkeypatch.setattr(intake, "publish", full)

    with pytest.raises(OSError, match="no space"):
        intake.take(home, came(GOOD, *BAD), {}, "ana", partial=True)
    assert rejected(home) == []


def test_reasons_are_counted_by_column_in_both_languages(home, came):
    intake.take(home, came(GOOD, *BAD, "A,X,2026-02-30,7,20"), {}, "ana", partial=True)
    [one] = quarantine.held(home.path, home.own().lake.batches(), TODAY)

    found = quarantine.reasons(one.file)

    assert [(text.zh, n) for text, n in found] == [("销售日期：没有这一天", 2), ("数量：不是数字", 1)]
    assert found[1][0].en == "数量: is not a number"


def test_the_corrected_file_loads_exactly_its_rows_and_asks_nothing_about_our_columns(home, came):
    batch = intake.take(home, came(GOOD, *BAD), {}, "ana", partial=True)
    content = quarantine.path(home.path, batch.id).read_bytes()
    right = corrected(content, **{"2026-06-31": "2026-06-30", "many": "3"})

    again = came(content=right)

    assert again.questions == () and again.checked is not None
    assert (again.checked.rows_in, again.checked.rows_good, again.checked.rejected) == (2, 2, 0)
    assert again.matched is not None and again.matched.unused == ()
    intake.take(home, again, {"overlap": "add"}, "ana", partial=False)
    assert sold(home) == [
        ("=B", date(2026, 6, 3), 3, -30),
        ("A", date(2026, 6, 2), 1, 10),
        ("A", date(2026, 6, 30), 2, 20),
    ]


def test_rows_that_come_back_are_offered_to_be_added_first_with_what_replacing_would_take_out(home, came):
    among = GOOD.replace("2026-06-02", "2026-06-15")
    batch = intake.take(home, came(among, *BAD), {}, "ana", partial=True)
    content = quarantine.path(home.path, batch.id).read_bytes()

    again = came(content=corrected(content, **{"2026-06-31": "2026-06-30", "many": "3"}))

    [question] = intake.open_questions(home, again, {})
    assert [option.value for option in question.options] == ["add", "replace"]
    assert "takes out the rows that were loaded then" in question.ask.en


def test_what_was_told_of_the_first_file_is_not_asked_again(home, came):
    told = {"mapping": {"sold_on": "发货日期"}}
    head = "客户编码,产品编码,订单日期,发货日期,数量,含税金额"
    lines = [head, "A,X,2026-05-30,2026-06-02,1,10", "A,X,2026-05-30,2026-06-31,2,20"]
    batch = intake.take(home, came(content="\n".join(lines).encode(), **told), {}, "ana", partial=True)
    content = quarantine.path(home.path, batch.id).read_bytes()

    again = came(content=corrected(content, **{"2026-06-31": "2026-06-30"}))

    assert again.questions == () and again.mapping["sold_on"] == "发货日期"


@pytest.mark.parametrize(("dataset", "field"), [("orders", "cause"), ("orders", "line_no")])
def test_our_reason_and_line_are_never_taken_for_columns_of_the_dataset(home, came, dataset, field):
    good, bad = "D1,1,A,X,2026-06-02,1", "D1,7,A,X,2026-06-31,2"
    batch = intake.take(home, came(good, bad, dataset=dataset), {}, "ana", partial=True)
    content = quarantine.path(home.path, batch.id).read_bytes()

    again = came(content=corrected(content, **{"2026-06-31": "2026-06-03"}), dataset=dataset)

    assert again.questions == () and again.mapping.get(field) == ("行号" if field == "line_no" else None)
    intake.take(home, again, {}, "ana", partial=False)
    assert home.own().execute("SELECT line_no, cause FROM orders ORDER BY ALL") == [("1", None), ("7", None)]


def test_rows_that_are_still_wrong_are_handed_back_again(home, came):
    batch = intake.take(home, came(GOOD, *BAD), {}, "ana", partial=True)
    content = quarantine.path(home.path, batch.id).read_bytes()

    again = came(content=corrected(content, many="3"))

    assert again.checked is not None and (again.checked.rows_good, again.checked.rejected) == (1, 1)


def waiting(home: Home) -> list[tuple[str, int, int]]:
    """(batch, rows, of them corrected) of what is listed."""
    return [(h.batch.id, h.rows, h.corrected) for h in quarantine.held(home.path, home.own().lake.batches(), TODAY)]


def test_a_file_whose_rows_all_came_back_waits_no_longer_and_does_again_when_that_is_undone(home, came):
    batch = intake.take(home, came(GOOD, *BAD), {}, "ana", partial=True)
    content = quarantine.path(home.path, batch.id).read_bytes()
    right = came(content=corrected(content, **{"2026-06-31": "2026-06-30", "many": "3"}))
    assert waiting(home) == [(batch.id, 2, 0)]

    back = intake.take(home, right, {"overlap": "add"}, "ana", partial=False)
    assert list(back.receipt.corrects.values()) == [2] and waiting(home) == []

    home.own().lake.undo(back.id, "ana")
    assert waiting(home) == [(batch.id, 2, 0)]


@pytest.mark.parametrize(("lines", "corrected_"), [(1, 1), (2, 2)])
def test_a_file_of_which_some_rows_came_back_is_settled_and_says_how_many_did_not(home, came, lines, corrected_):
    batch = intake.take(home, came(GOOD, *BAD, "A,X,2026-02-30,7,20"), {}, "ana", partial=True)
    content = quarantine.path(home.path, batch.id).read_bytes()
    right = corrected(content, **{"2026-06-31": "2026-06-30", "many": "3"})
    part = b"\r\n".join(right.split(b"\r\n")[: 1 + lines]) + b"\r\n"

    intake.take(home, came(content=part), {"overlap": "add"}, "ana", partial=False)

    [one] = quarantine.held(home.path, home.own().lake.batches(), TODAY)
    assert (one.waits, one.corrected, one.left) == (False, corrected_, 3 - corrected_)


def test_what_is_still_wrong_waits_under_the_corrected_file_alone(home, came):
    batch = intake.take(home, came(GOOD, *BAD), {}, "ana", partial=True)
    content = quarantine.path(home.path, batch.id).read_bytes()

    again = intake.take(home, came(content=corrected(content, many="3")), {"overlap": "add"}, "ana", partial=True)

    assert waiting(home) == [(again.id, 1, 0)]


def test_a_corrected_file_settles_its_own_batch_only(home, came):
    first = intake.take(home, came(GOOD, *BAD), {}, "ana", partial=True)
    other = intake.take(home, came("B,Y,2026-05-02,1,10", "B,Y,2026-05-32,1,10"), {}, "ana", partial=True)
    content = quarantine.path(home.path, other.id).read_bytes()

    intake.take(home, came(content=corrected(content, **{"2026-05-32": "2026-05-31"})), {"overlap": "add"}, "a", False)

    assert waiting(home) == [(first.id, 2, 0)]


def test_a_corrected_file_without_the_mark_is_taken_in_and_settles_nothing(home, came):
    batch = intake.take(home, came(GOOD, *BAD), {}, "ana", partial=True)
    rows = list(csv.reader(io.StringIO(quarantine.path(home.path, batch.id).read_text("utf-8-sig"))))
    out = io.StringIO()
    csv.writer(out).writerows(row[:-1] for row in rows)
    right = out.getvalue().replace("2026-06-31", "2026-06-30").replace("many", "3")

    back = intake.take(home, came(content=right.encode()), {"overlap": "add"}, "ana", partial=False)

    assert (back.rows, back.receipt.corrects) == (2, {}) and waiting(home) == [(batch.id, 2, 0)]


def test_an_undone_file_that_is_loaded_anew_waits_once(home, came):
    file = (GOOD, *BAD)
    first = intake.take(home, came(*file), {}, "ana", partial=True)
    home.own().lake.undo(first.id, "ana")
    assert waiting(home) == [(first.id, 2, 0)]

    anew = intake.take(home, came(*file), {}, "ana", partial=True)

    assert waiting(home) == [(anew.id, 2, 0)]


def test_rows_with_codes_that_were_handed_back_are_kept_too(home, came):
    from tests.conftest import giver

    giver(home.own())("accounts", {"account": "A", "account_name": "甲"})
    answers = {"unknown:account": "hand_back"}
    vetted = vet(home.own(), came(GOOD, "Z,X,2026-06-02,1,10"), answers, TODAY)

    batch = intake.take(home, vetted.prepared, answers, "ana", partial=True)

    assert b"\nZ," in quarantine.path(home.path, batch.id).read_bytes()


def test_undoing_a_batch_keeps_its_rejected_rows(home, came):
    batch = intake.take(home, came(GOOD, *BAD), {}, "ana", partial=True)

    home.own().lake.undo(batch.id, "ana")

    [one] = quarantine.held(home.path, home.own().lake.batches(), TODAY)
    assert not one.batch.live and one.file.exists()


@pytest.mark.parametrize(("days", "stays"), [(0, True), (KEPT_DAYS, True), (KEPT_DAYS + 1, False)])
def test_a_sweep_deletes_what_is_older_than_the_days_it_is_kept(home, came, days, stays):
    batch = intake.take(home, came(GOOD, *BAD), {}, "ana", partial=True)
    batches, published = home.own().lake.batches(), batch.committed_at.astimezone().date()

    gone = quarantine.sweep(home.path, batches, published + timedelta(days=days))

    assert (rejected(home) == [f"{batch.id}.csv"]) is stays and len(gone) == (not stays)


def test_the_day_of_the_sweep_is_told_beforehand(home, came):
    batch = intake.take(home, came(GOOD, *BAD), {}, "ana", partial=True)
    published = batch.committed_at.astimezone().date()

    [one] = quarantine.held(home.path, [batch], published + timedelta(days=KEPT_DAYS - 9))

    assert (one.age_days, one.until) == (KEPT_DAYS - 9, published + timedelta(days=KEPT_DAYS + 1))
    assert one.ends_within(10) and not one.ends_within(9)


def test_a_file_of_no_batch_goes_by_its_own_date(home):
    (home.path / "rejected").mkdir(parents=True)
    for name, age in (("left.csv", 200), ("half.part", 200), ("new.csv", 1)):
        file = home.path / "rejected" / name
        file.write_text("x")
        then = (datetime(2026, 6, 30, 12, tzinfo=UTC) - timedelta(days=age)).timestamp()
        os.utime(file, (then, then))

    quarantine.sweep(home.path, [], TODAY)

    assert rejected(home) == ["new.csv"]


def test_a_batch_that_rejected_rows_before_they_were_kept_has_nothing_to_show(home, came):
    batch = intake.take(home, came(GOOD), {}, "ana", partial=False)
    old = replace(batch, receipt=replace(batch.receipt, rows_rejected=3))

    assert quarantine.held(home.path, [old], TODAY) == []


def test_the_command_line_names_what_it_swept(home, came):
    batch = intake.take(home, came(GOOD, *BAD), {}, "ana", partial=True)
    stray = home.path / "rejected" / "stray.csv"
    stray.write_text("x")
    os.utime(stray, (0, 0))
    home.own().close()

    done = subprocess.run(
        [sys.executable, "-m", "data", "sweep"],
        env=os.environ | {"WEATHERGLASS_HOME": str(home.path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == [str(stray)] and rejected(home) == [f"{batch.id}.csv"]
