"""The child process: limited, isolated, and never the end of its parent."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from data.ingest import child, spare
from data.ingest import read as module
from data.ingest.read import ReadError, read
from data.ingest.shapes import Option, Outcome, Question, Staged, from_json, to_json
from data.text import Text, same
from tests.data.ingest.kit import Write, row


def test_a_source_knows_the_bytes_and_the_name_but_no_path_of_the_analyst(write: Write, work: Path):
    file = write([["a", "b"], [1, 2]])
    source = read(file, "../../销售 <b>.csv", work)
    assert source.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert source.name == "../../销售 <b>.csv"
    assert source.folder.parent == work.resolve()
    source.discard()
    assert not source.folder.exists()


def test_the_child_gets_none_of_our_environment(write: Write, work: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WEATHERGLASS_COOKIE", "secret")
    seen: list[dict] = []
    popen = subprocess.Popen
    monkeypatch.setattr(spare, "_waiting", [])
    monkeypatch.setattr(subprocess, "Popen", lambda *args, **told: seen.append(told["env"]) or popen(*args, **told))
    assert read(write([["a", "b"], [1, 2]]), "x.csv", work).staged
    spare._dismiss()
    assert [sorted(env) for env in seen] == [["PYTHONPATH", "PYTHONUTF8"]] * 2, "the next child too"


def failing(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the child run this instead."""
    popen = subprocess.Popen
    monkeypatch.setattr(spare, "_waiting", [])
    monkeypatch.setattr(spare, "keep", lambda: None)
    monkeypatch.setattr(subprocess, "Popen", lambda args, **told: popen([args[0], "-c", code], **told))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import os; os.abort()", "damaged"),
        (
            "import os, sys; sys.stderr.write('memory allocation of 549 bytes failed'); sys.stderr.flush(); os.abort()",
            "memory",
        ),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "damaged"),
    ],
)
def test_a_child_that_dies_is_a_refused_file(
    code: str, said: str, write: Write, work: Path, monkeypatch: pytest.MonkeyPatch
):
    failing(monkeypatch, code)
    source = read(write([["a", "b"], [1, 2]]), "x.csv", work)
    assert source.refused and said in source.refused.en


def test_a_child_that_hangs_is_stopped(write: Write, work: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "WALL", 0.3)
    failing(monkeypatch, "import time; time.sleep(60)")
    source = read(write([["a", "b"], [1, 2]]), "x.csv", work)
    assert source.refused and "stopped" in source.refused.en


def test_a_fault_of_our_own_is_loud(write: Write, work: Path, monkeypatch: pytest.MonkeyPatch):
    failing(monkeypatch, "raise KeyError('our bug')")
    with pytest.raises(ReadError, match="our bug"):
        read(write([["a", "b"], [1, 2]]), "x.csv", work)


def test_the_limits_bind_memory_time_and_output():
    code = (
        "from data.ingest.child import limit; import resource as r; limit(); "
        "print([r.getrlimit(x)[1] for x in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_CORE)])"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=spare.ROOT, capture_output=True, check=True)
    assert json.loads(told.stdout) == [child.MEMORY, child.CPU, child.OUTPUT, 0]


def test_the_child_binds_itself_before_it_looks_at_the_file(write: Write, work: Path, monkeypatch: pytest.MonkeyPatch):
    done: list[str] = []
    job = {"file": str(write([["a", "b"], [1, 2]])), "out": str(work), "known": [], "sheet": None, "encoding": None}
    monkeypatch.setattr(child, "limit", lambda: done.append("limits"))
    monkeypatch.setattr(child, "outcome", lambda told: done.append("reads") or Outcome())
    monkeypatch.setattr(child.gc, "disable", lambda: None)
    monkeypatch.chdir(work)
    said(monkeypatch, json.dumps(job) + "\n")
    child.main()
    assert done == ["limits", "reads"]


def said(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Let the child find this on its stdin, and then the end."""
    reads, writes = os.pipe()
    os.write(writes, text.encode())
    os.close(writes)
    monkeypatch.setattr(child.sys, "stdin", os.fdopen(reads))


def test_a_child_without_a_job_ends_in_peace(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(child.gc, "disable", lambda: None)
    monkeypatch.setattr(child, "limit", lambda: pytest.fail("there was no job"))
    said(monkeypatch, "")
    child.main()
    child.sys.stdin.close()


def test_running_out_of_memory_is_a_refused_file(monkeypatch: pytest.MonkeyPatch, write: Write):
    def greedy(job: dict) -> Outcome:
        raise MemoryError

    monkeypatch.setattr(child, "lane", lambda file: greedy)
    refused = child.outcome({"file": str(write([row()]))}).refused
    assert refused == child.TOO_BIG


def test_a_working_folder_that_duckdb_would_take_for_a_pattern_is_our_own_fault(write: Write, tmp_path: Path):
    folder = tmp_path / "w[1]"
    folder.mkdir()
    with pytest.raises(ValueError, match="pattern"):
        read(write([["a", "b"], [1, 2]]), "x.csv", folder)


@pytest.mark.parametrize("name", ["a[1].csv", "a*.csv", "a?'b.csv", "空 格.csv"])
def test_any_file_name_is_read_as_that_very_file(name: str, write: Write, work: Path):
    write([["a", "b"], ["wrong", "file"]], name="a1.csv")
    source = read(write([["a", "b"], ["right", "one"]], name=name), name, work)
    assert module.sha256(source.rows) and source.staged and source.staged.rows == 1
    assert b"right" in source.rows.read_bytes()


def test_what_the_child_says_survives_json():
    question = Question("sheet", Text("哪个？", "Which?"), (Option("一", same("一")),))
    staged = Staged(("a", "b"), 3, None, 1, 2, "gb18030", ";", "一", ("title",), (same("note"),))
    outcome = Outcome(staged, Text("不", "no"), (question,))
    assert from_json(json.loads(json.dumps(to_json(outcome)))) == outcome
    assert from_json(json.loads(json.dumps(to_json(Outcome())))) == Outcome()
