"""A watched folder: what is taken and when, where it goes, and that nothing is lost, overwritten or loaded twice."""

import json
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.watch import Busy, Watch
from tests.data.watch.kit import lying


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
def look(folder: Path, loader: Loader, capsys) -> Callable[..., list[dict[str, Any]]]:
    """Look once at the folder on a clock that does not run; what happens meanwhile is `between` the two looks."""

    def once(between: Callable[[], object] = lambda: None) -> list[dict[str, Any]]:
        Watch(folder, loader, 0.1, lambda seconds: between() and None).run(once=True)
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return once


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
