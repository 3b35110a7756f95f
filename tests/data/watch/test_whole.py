"""The watched folder with the whole product behind it, and killed at any moment."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import data.__main__ as command
from data.home import Home
from settings import settings
from tests.conftest import ROOT
from tests.data.watch.kit import lying, sold


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
