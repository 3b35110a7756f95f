"""What a server that we start needs: a venv of its own, free ports, patience while it starts, and a clean end."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

TAIL = 2_000  # characters of a log that an error quotes
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
MARK = "installed"  # the file of a venv that says what pip has finished installing into it


class NotRunning(RuntimeError):
    """A program could not be installed or started; the message says where it stopped and what to mend."""


def installed(venv: Path, *packages: str) -> Path:
    """The site-packages of `venv` with the pinned `packages` in it: fetched where missing, by one process at a time."""
    venv.mkdir(parents=True, exist_ok=True)
    held = os.open(venv, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)  # two pytest-xdist workers would install over each other
        mark, wanted = venv / MARK, "\n".join(packages)
        if not mark.exists() or mark.read_text(encoding="utf-8") != wanted:
            _install(venv, packages)
            mark.write_text(wanted, encoding="utf-8")
        return next(venv.glob("lib/python*/site-packages"))
    finally:
        os.close(held)


def _install(venv: Path, packages: tuple[str, ...]) -> None:
    (venv / ".gitignore").write_text("*\n", encoding="utf-8")  # as Python 3.13 does by itself; ruff heeds it as well
    done([sys.executable, "-m", "venv", str(venv)])
    done([str(venv / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages])


def done(command: list[str], seconds: float | None = None, **env: str) -> None:
    """Run a program to its end; raises `NotRunning` with what it said last when it fails or takes too long."""
    try:
        ended = subprocess.run(command, env=os.environ | env, capture_output=True, text=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise NotRunning(f"{' '.join(command[:4])} took more than {seconds} s") from None
    if ended.returncode:
        said = (ended.stdout + ended.stderr)[-TAIL:]
        raise NotRunning(f"{' '.join(command[:4])} failed; mend what it says and start again:\n{said}")


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    """Does someone listen there?"""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def healthy(url: str) -> bool:
    """Does a page of a server on this machine answer that all is well?"""
    with suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - loopback
        return answer.status == 200
    return False


def rss_mib(pid: int) -> float:
    """Resident memory of one process, 0 when it has ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE_BYTES / 2**20
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


@contextmanager
def running(
    command: list[str], log: Path, ready: Callable[[], bool], seconds: int, folder: Path | None = None, **env: str
) -> Iterator[int]:
    """The process id of a server that is `ready`, started in `folder` (default: that of its `log`).

    It and all that it started are gone at the end.
    """
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=folder or log.parent, env=os.environ | env, stdout=out, stderr=out, start_new_session=True
        )
    try:
        _wait(process, log, ready, seconds)
        yield process.pid
    finally:
        _stop(process)


def _wait(process: subprocess.Popen, log: Path, ready: Callable[[], bool], seconds: int) -> None:
    late = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < late:
        if ready():
            return
        time.sleep(0.05)
    ended = f"did not answer for {seconds} s" if process.poll() is None else f"ended with {process.returncode}"
    said = log.read_text(encoding="utf-8", errors="replace")[-TAIL:]
    raise NotRunning(f"{log.stem} {ended}; mend what the end of its log says and start again:\n{said}")


def _stop(process: subprocess.Popen) -> None:
    """Ask the whole group, then insist: a Spark worker's executors may outlive it."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
