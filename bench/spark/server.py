"""What a server that we start needs: a venv of its own, free ports, patience while it starts, and a clean end."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

TAIL = 2_000  # characters of a log that an error quotes


def installed(venv: Path, package: str) -> Path:
    """The site-packages of `venv` with the pinned `package` in it: fetched where missing, by one process at a time."""
    venv.mkdir(parents=True, exist_ok=True)
    held = os.open(venv, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)  # two pytest-xdist workers would install over each other
        mark = f"lib/python*/site-packages/{package.replace('==', '-')}.dist-info/INSTALLER"  # what pip writes last
        if not any(venv.glob(mark)):
            _install(venv, package)
        return next(venv.glob(mark)).parents[1]
    finally:
        os.close(held)


def _install(venv: Path, package: str) -> None:
    (venv / ".gitignore").write_text("*\n", encoding="utf-8")  # as Python 3.13 does by itself; ruff heeds it as well
    make = [sys.executable, "-m", "venv", str(venv)]
    fetch = [str(venv / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", package]
    for command in (make, fetch):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            said = (done.stdout + done.stderr)[-TAIL:]
            raise RuntimeError(f"{package} did not get into {venv}; mend what pip says and start again:\n{said}")


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


@contextmanager
def running(command: list[str], log: Path, ready: Callable[[], bool], seconds: int, **env: str) -> Iterator[None]:
    """A server that is `ready`, working in the folder of its `log`; it and all that it started are gone at the end."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=log.parent, env=os.environ | env, stdout=out, stderr=out, start_new_session=True
        )
    try:
        _wait(process, log, ready, seconds)
        yield
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
    raise RuntimeError(f"{log.stem} {ended}; mend what the end of its log says and start again:\n{said}")


def _stop(process: subprocess.Popen) -> None:
    """Ask the whole group, then insist: a Spark worker's executors may outlive it."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
