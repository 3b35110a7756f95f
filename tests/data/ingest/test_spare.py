"""The child that is there beforehand: one at a time, one job each, gone when we are."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from data.ingest import spare
from data.ingest.read import read
from tests.data.ingest.kit import Write

ROWS = [["a", "b"], [1, 2]]


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen]]:
    waiting: list[subprocess.Popen] = []
    monkeypatch.setattr(spare, "_waiting", waiting)
    yield waiting
    spare._dismiss()


def test_after_a_file_one_child_waits_for_the_next(write: Write, work: Path, nobody_waits: list[subprocess.Popen]):
    assert read(write(ROWS), "x.csv", work).staged
    [first] = nobody_waits
    assert read(write(ROWS), "x.csv", work).staged
    [second] = nobody_waits
    assert first.returncode == 0 and first is not second, "a child opens one file and ends"


def test_a_child_that_died_while_it_waited_is_not_missed(
    write: Write, work: Path, nobody_waits: list[subprocess.Popen]
):
    spare.keep()
    nobody_waits[0].kill()
    nobody_waits[0].wait()
    assert read(write(ROWS), "x.csv", work).staged


def test_no_child_is_given_to_two_sessions(nobody_waits: list[subprocess.Popen]):
    spare.keep()
    taken: list[subprocess.Popen] = []
    sessions = [Thread(target=lambda: taken.append(spare.take())) for _ in range(3)]
    for session in sessions:
        session.start()
    for session in sessions:
        session.join()
    assert len({child.pid for child in taken}) == 3 and not nobody_waits
    for child in taken:
        child.communicate()


def test_no_more_than_one_waits(nobody_waits: list[subprocess.Popen]):
    spare.keep()
    spare.keep()
    assert len(nobody_waits) == 1


def test_a_child_ends_with_the_process_that_kept_it():
    code = (
        "from data.ingest import spare; spare.keep(); import os; print(spare._waiting[0].pid, flush=True); os._exit(1)"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=spare.ROOT, capture_output=True, check=False, timeout=60)
    [pid] = said.stdout.split()
    assert not said.stderr
    for _ in range(200):
        if is_gone(int(pid)):
            return
        subprocess.run(["sleep", "0.1"], check=True)
    pytest.fail("it waits for ever")


def is_gone(pid: int) -> bool:
    """Whether a process ended, though nobody may have asked how."""
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z"


def test_a_child_reads_what_is_badly_quoted_without_the_library_that_takes_longest_to_load(work: Path, write: Write):
    job = {"file": str(write('a,b\n1,"x"y\n2\n3,4\n')), "out": str(work), "known": []}
    told = json.dumps(job | dict.fromkeys(("sheet", "table", "encoding", "ragged")))
    code = "import sys; from data.ingest import child; child.main(); assert 'pandas' not in sys.modules"

    ended = subprocess.run(
        [sys.executable, "-c", code], input=told + "\n", capture_output=True, text=True, cwd=spare.ROOT
    )

    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["staged"]["torn"] == 2
