"""A child process that is there before it is needed: it has loaded its parsers and waits for one job on stdin.

Loading them takes a third of the time of a workbook of 100,000 rows. Like any other child it opens one file and ends;
it ends as well when this process does, as nobody is left to write to it.
"""

import atexit
import subprocess
import sys
from pathlib import Path
from threading import Lock

ROOT = Path(__file__).parents[2]
_waiting: list[subprocess.Popen[bytes]] = []  # one at most
_lock = Lock()  # sessions are threads, and no child may get two jobs


def take() -> subprocess.Popen[bytes]:
    """A child for one job: the one that waits, or else a new one."""
    with _lock:
        child = _waiting.pop() if _waiting else None
    if child and child.poll() is not None:
        child.communicate()  # it died while it waited
        child = None
    return child or start()


def keep() -> None:
    """Have a child wait for the next job."""
    with _lock:
        if not _waiting:
            _waiting.append(start())


def start() -> subprocess.Popen[bytes]:
    """A child that knows nothing of our environment."""
    return subprocess.Popen(
        [sys.executable, "-P", "-s", "-B", "-m", "data.ingest.child"],
        cwd="/",
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@atexit.register
def _dismiss() -> None:
    """Let the one that waits go."""
    while _waiting:
        _waiting.pop().communicate()
