"""A watched folder: what is taken and when, where it goes, and that nothing is lost, overwritten or loaded twice."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import data.__main__ as command
from data.home import Home
from data.watch import Busy, Watch
from settings import settings
from tests.conftest import ROOT

HEAD = "客户编码,产品编码,销售日期,数量,含税金额\n"


def sold(month: int, rows: int = 2, more: str = "") -> str:
    return HEAD + "".join(f"A01,X,2026-{month:02}-{n + 1:02},1,10.00\n" for n in range(rows)) + more


class Loader:
    """Stands in for `data.loading.load`: notes what it was given, and says what a test wants."""

    def __init__(self):
        self.took: list[tuple[str, str]] = []
        self.say: Callable[[Path, Path], tuple[dict[str, Any], int]] = lambda file, rejects: ({"status": "loaded"}, 0)

    def __call__(self, file: Path, dataset: str, rejects: Path) -> tuple[dict[str, Any], int]:
        self.took.append((file.name, dataset))
        report, code = self.say(file, rejects)
        return {"file": file.name, "batch": None, "notes": [], **report}, code


@pytest.fixture
def loader() -> Loader:
    return Loader()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "sell_out").mkdir(parents=True)
    return tmp_path / "in"


@pytest.fixture
def drop(folder: Path) -> Callable[..., Path]:
    def put(name: str, text: str = "x", dataset: str = "sell_out") -> Path:
        path = folder / dataset / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return put


@pytest.fixture
def look(folder: Path, loader: Loader, capsys) -> Callable[..., list[dict[str, Any]]]:
    """Look once at the folder on a clock that does not run; what happens meanwhile is `between` the two looks."""

    def once(between: Callable[[], object] = lambda: None) -> list[dict[str, Any]]:
        Watch(folder, loader, 0.1, lambda seconds: between() and None).run(once=True)
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return once


def lying(folder: Path) -> set[str]:
    """Where every file lies, reports left out."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != ".watch.lock")
    return {path.relative_to(folder).as_posix() for path in found if path.suffix != ".json"}


# -- what is taken ----------------------------------------------------------------------------------------------------


def test_a_file_goes_to_its_folders_dataset_and_is_moved_with_its_report_beside_it(folder, loader, drop, look):
    drop("六月.csv"), drop("stock.xlsx", dataset="stock")

    lines = look()

    assert sorted(loader.took) == [("stock.xlsx", "stock"), ("六月.csv", "sell_out")]
    assert lying(folder) == {"loaded/六月.csv", "loaded/stock.xlsx"}
    assert sorted(line["moved_to"] for line in lines) == ["loaded/stock.xlsx", "loaded/六月.csv"]
    assert json.loads((folder / "loaded" / "六月.csv.json").read_text())["status"] == "loaded"


def test_a_file_that_grows_between_two_looks_is_left_until_it_has_stopped(folder, loader, drop, look):
    path = drop("a.csv", "half")

    assert look(lambda: path.write_text("half and half")) == [] and loader.took == []
    assert [line["moved_to"] for line in look()] == ["loaded/a.csv"]


def test_a_file_that_is_rewritten_in_its_size_or_comes_late_is_not_taken_yet(loader, drop, look):
    path = drop("a.csv", "1")
    os.utime(path, (1, 1))

    assert look(lambda: path.write_text("2")) == []
    drop("b.csv")
    look(lambda: drop("c.csv"))
    assert [name for name, _ in loader.took] == ["a.csv", "b.csv"]


def test_a_file_that_changes_while_it_is_loaded_stays_and_is_looked_at_again(folder, loader, drop, look):
    path = drop("a.csv")
    loader.say = lambda file, rejects: (path.write_text("more"), ({"status": "loaded"}, 0))[1]

    [line] = look()

    assert line["moved_to"] is None and lying(folder) == {"sell_out/a.csv"}


def test_a_file_that_changes_while_another_is_loaded_is_left_for_the_next_look(loader, drop, look):
    os.utime(drop("a.csv"), (1, 1))
    loader.say = lambda file, rejects: (drop("b.csv", "more"), ({"status": "loaded"}, 0))[1]
    drop("b.csv")

    look()

    assert [name for name, _ in loader.took] == ["a.csv"]


@pytest.mark.parametrize(
    "name",
    [".hidden.csv", "~$六月.xlsx", ".~lock.a.csv#", "a.csv.tmp", "A.CSV.TMP", "a.part", "a.crdownload", "Thumbs.db"],
)
def test_partial_copies_hidden_and_lock_files_are_passed_over(folder, loader, drop, look, name):
    drop(name)

    assert look() == [] and lying(folder) == {f"sell_out/{name}"}


def test_links_folders_and_what_lies_elsewhere_are_passed_over(folder, tmp_path, loader, drop, look):
    (tmp_path / "secret.csv").write_text("x")
    (folder / "sell_out" / "link.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "stock").symlink_to(tmp_path)
    (folder / "sell_out" / "deeper").mkdir()
    (folder / "sell_out" / "deeper" / "a.csv").write_text("x")
    drop("a.csv", dataset="no_such_dataset")
    (folder / "b.csv").write_text("x")

    assert look() == [] and loader.took == []


def test_the_oldest_file_goes_first(loader, drop, look):
    for name, age in (("a.csv", 1), ("b.csv", 3), ("c.csv", 2)):
        os.utime(drop(name), (100 - age, 100 - age))

    look()

    assert [name for name, _ in loader.took] == ["b.csv", "c.csv", "a.csv"]


# -- where it goes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "code", "batch", "where"),
    [
        ("loaded", 0, "b1", "loaded"),
        ("loaded", 4, "b1", "loaded"),
        ("asked", 3, None, "asked"),
        ("handed_back", 4, None, "refused"),
        ("refused", 2, None, "refused"),
        ("refused", 2, "b1", "loaded"),  # the very same bytes are in that batch
    ],
)
def test_what_became_of_a_file_says_where_it_goes(folder, loader, drop, look, status, code, batch, where):
    loader.say = lambda file, rejects: ({"status": status, "batch": batch}, code)
    drop("a.csv")

    look()

    assert lying(folder) == {f"{where}/a.csv"}


def test_rows_that_are_handed_back_lie_beside_their_file(folder, loader, drop, look):
    loader.say = lambda file, rejects: (rejects.write_bytes(b"rows"), ({"status": "handed_back"}, 4))[1]
    drop("a.csv")

    look()

    assert (folder / "refused" / "a.csv.rejected.csv").read_bytes() == b"rows"
    loader.say = lambda file, rejects: ({"status": "refused"}, 2)
    (folder / ".rejected.csv").write_text("of a process that was killed")
    drop("b.csv")
    look()
    assert not (folder / "refused" / "b.csv.rejected.csv").exists()


def test_a_name_that_is_taken_is_never_overwritten(folder, loader, drop, look):
    (folder / "loaded").mkdir()
    (folder / "loaded" / "a (2).csv.json").write_text("a report whose file is gone")
    for n in range(3):
        drop("a.csv", str(n))
        look()

    assert lying(folder) == {"loaded/a.csv", "loaded/a (3).csv", "loaded/a (4).csv"}
    assert [(folder / "loaded" / f"a{n}.csv").read_text() for n in ("", " (3)", " (4)")] == ["0", "1", "2"]


def test_a_file_that_breaks_the_loader_does_not_stop_the_watch(folder, loader, drop, look):
    def break_(file: Path, rejects: Path) -> tuple[dict[str, Any], int]:
        if file.name == "a.csv":
            raise RuntimeError("a parser gave up")
        return {"status": "loaded"}, 0

    loader.say = break_
    os.utime(drop("a.csv"), (1, 1)), drop("b.csv")

    lines = look()

    assert [(line["status"], line["moved_to"]) for line in lines] == [
        ("failed", "refused/a.csv"),
        ("loaded", "loaded/b.csv"),
    ]
    assert "RuntimeError: a parser gave up" in lines[0]["notes"]


def test_a_file_that_cannot_be_moved_is_loaded_once_and_said_once(folder, loader, drop, monkeypatch, capsys):
    monkeypatch.setattr(shutil, "move", lambda *_: (_ for _ in ()).throw(OSError("read-only")))
    drop("a.csv")
    watch = Watch(folder, loader, 0.1, lambda seconds: None)

    watch.run(once=True), watch.run(once=True)

    assert len(loader.took) == 1 and capsys.readouterr().out.count("could not be moved: read-only") == 1


def test_a_folder_that_cannot_be_read_for_a_while_is_looked_at_again(folder, loader, drop, look, monkeypatch, capsys):
    drop("a.csv")
    scan, faults = os.scandir, [OSError("stale handle")]
    monkeypatch.setattr(os, "scandir", lambda path: scan(path) if not faults else (_ for _ in ()).throw(faults.pop()))
    turns = iter(range(5))
    watch = Watch(folder, loader, 0.1, lambda seconds: next(turns) > 3 and os.kill(os.getpid(), signal.SIGTERM))

    watch.run()

    assert len(loader.took) == 1 and "stale handle" in capsys.readouterr().err


# -- one process, and its end -----------------------------------------------------------------------------------------


def test_a_folder_has_one_watch_and_the_second_names_the_first(folder, loader):
    def second(seconds: float) -> None:
        with pytest.raises(Busy, match=str(os.getpid())):
            Watch(folder, loader, 0.1).run(once=True)

    Watch(folder, loader, 0.1, second).run(once=True)
    Watch(folder, loader, 0.1).run(once=True)  # and is free afterwards


def test_sigterm_finishes_the_file_at_hand_and_leaves_the_others(folder, loader, drop, look):
    def stop(file: Path, rejects: Path) -> tuple[dict[str, Any], int]:
        os.kill(os.getpid(), signal.SIGTERM)
        return {"status": "loaded"}, 0

    loader.say = stop
    os.utime(drop("a.csv"), (1, 1)), drop("b.csv")
    before = signal.getsignal(signal.SIGTERM)

    look()

    assert lying(folder) == {"loaded/a.csv", "sell_out/b.csv"} and signal.getsignal(signal.SIGTERM) == before


def test_a_file_that_our_own_end_cut_short_is_not_called_refused(folder, loader, drop, look):
    """A supervisor signals the parser as well, whose death would pass for a damaged file."""

    def stop(file: Path, rejects: Path) -> tuple[dict[str, Any], int]:
        os.kill(os.getpid(), signal.SIGTERM)
        return {"status": "refused"}, 2

    loader.say = stop
    drop("a.csv")

    assert [line["moved_to"] for line in look()] == [None] and lying(folder) == {"sell_out/a.csv"}


def test_a_rest_ends_soon_after_sigterm(folder, loader):
    rests: list[float] = []

    def pause(seconds: float) -> None:
        rests.append(seconds)
        if len(rests) == 3:
            os.kill(os.getpid(), signal.SIGTERM)

    Watch(folder, loader, 600, pause).run()

    assert rests == [0.2] * 3


# -- the whole of it --------------------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WEATHERGLASS_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield tmp_path / "home"
    settings.cache_clear()


def watched(folder: Path, capsys, *flags: str) -> tuple[int, list[dict[str, Any]]]:
    code = command.main(["watch", str(folder), "--every", "0.05", "--once", *flags])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def batches(capsys) -> list[dict[str, Any]]:
    command.main(["list", "--json"])
    return json.loads(capsys.readouterr().out)["batches"]


def test_once_loads_what_lies_there_end_to_end(folder, home, drop, capsys):
    for n, (name, text) in enumerate(
        {
            "五月.csv": sold(5),
            "again.csv": sold(5),
            "overlap.csv": sold(5, rows=1),
            "unclear.csv": sold(6).replace("销售日期", "日子"),
            "bad.csv": sold(7, more="A02,X,2026-07-09,many,1\n"),
            "not.csv": "%PDF-1.7",
        }.items()
    ):
        os.utime(drop(name, text), (1000 + n, 1000 + n))

    code, lines = watched(folder, capsys)

    assert code == 2 and [(line["file"], line["moved_to"]) for line in lines] == [
        ("五月.csv", "loaded/五月.csv"),
        ("again.csv", "loaded/again.csv"),
        ("overlap.csv", "asked/overlap.csv"),
        ("unclear.csv", "asked/unclear.csv"),
        ("bad.csv", "refused/bad.csv"),
        ("not.csv", "refused/not.csv"),
    ]
    assert [q["key"] for q in json.loads((folder / "asked/unclear.csv.json").read_text())["questions"]] == [
        "map.sold_on"
    ]
    assert "many" in (folder / "refused/bad.csv.rejected.csv").read_text("utf-8-sig")
    assert [(b["file"], b["rows"]) for b in batches(capsys)] == [("五月.csv", 2)]


@pytest.mark.parametrize(("overlap", "rows"), [("replace", 3), ("add", 5)])
def test_the_overlap_may_be_decided_for_the_whole_folder(folder, home, drop, capsys, overlap, rows):
    drop("a.csv", sold(5))
    watched(folder, capsys)
    drop("b.csv", sold(5, rows=3))

    code, [line] = watched(folder, capsys, "--overlap", overlap)

    assert (code, line["moved_to"]) == (0, "loaded/b.csv")
    own = Home(home, memory_mb=256).own()
    own.version()
    assert own.execute("SELECT count(*) FROM sell_out") == [(rows,)]
    own.close()


def test_a_layout_that_was_told_once_is_loaded_unattended(folder, home, drop, capsys):
    odd = sold(5).replace("销售日期", "日子")
    told = folder.parent / "五月.csv"
    told.write_text(odd, encoding="utf-8")
    command.main(["load", str(told), "--as", "sell_out", "--map", "sold_on=日子"])
    capsys.readouterr()
    drop("六月.csv", odd.replace("2026-05", "2026-06"))

    code, [line] = watched(folder, capsys)

    assert (code, line["status"]) == (0, "loaded") and "Read as 五月.csv was" in line["notes"][0]


def test_partial_leaves_the_rows_that_were_handed_back_beside_the_loaded_file(folder, home, drop, capsys):
    drop("a.csv", sold(5, more="A02,X,2026-05-09,many,1\n"))

    code, [line] = watched(folder, capsys, "--partial")

    assert (code, line["rows_loaded"], line["rows_rejected"]) == (4, 2, 1)
    assert lying(folder) == {"loaded/a.csv", "loaded/a.csv.rejected.csv"}


def test_what_is_no_folder_is_refused(home, tmp_path, capsys):
    assert command.main(["watch", str(tmp_path / "nowhere"), "--once"]) == 2
    assert "no folder" in capsys.readouterr().err


@pytest.mark.parametrize("after", [1, 2, 3])
def test_a_watch_that_is_killed_at_any_moment_loads_nothing_twice_and_nothing_never(folder, home, drop, capsys, after):
    for month in range(1, 6):
        drop(f"{month}.csv", sold(month, rows=month))
    flags = [sys.executable, "-m", "data", "watch", str(folder), "--every", "0.2"]
    env = os.environ | {"WEATHERGLASS_HOME": str(home)}
    with subprocess.Popen(flags, cwd=ROOT, env=env, stdout=subprocess.PIPE) as process:
        assert process.stdout
        for _ in range(after):
            process.stdout.readline()
        time.sleep(0.1 * after)  # into the next file: while it is read, committed or moved
        process.kill()

    code, _ = watched(folder, capsys)

    assert code == 0 and lying(folder) == {f"loaded/{month}.csv" for month in range(1, 6)}
    assert sorted((b["file"], b["rows"]) for b in batches(capsys)) == [(f"{n}.csv", n) for n in range(1, 6)]


def test_a_file_that_was_published_but_not_moved_is_moved_and_not_published_again(folder, home, drop, capsys):
    path = drop("a.csv", sold(5))
    command.main(["load", str(path), "--as", "sell_out"])
    capsys.readouterr()

    code, [line] = watched(folder, capsys)

    [batch] = batches(capsys)
    assert (code, line["moved_to"], line["batch"]) == (0, "loaded/a.csv", batch["batch"])
    assert "not loaded again" in line["notes"][0]
