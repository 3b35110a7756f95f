"""A watched folder: what is put into DIR/<dataset>/ is loaded and moved to loaded/, asked/ or refused/ with its report.

Nothing is deleted or overwritten, and nothing is loaded twice: a file that was published before this process was killed
is known by its bytes when it is met again, and goes to loaded/ with a note that says so.
"""

import fcntl
import json
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from data.console import LOADED, REFUSED
from data.datasets import BY_NAME

Report = dict[str, Any]
Load = Callable[[Path, str, Path], tuple[Report, int]]  # file, dataset, where rejected rows go: (report, exit code)
State = tuple[int, int, int]  # size in bytes, time of change, inode: a file that has them twice has stopped growing
SLICE = 0.2  # seconds: how soon a rest ends when told to stop
LOCK, REJECTED = ".watch.lock", ".rejected.csv"  # in the folder, hidden
PARTLY = (".tmp", ".part", ".partial", ".crdownload", ".filepart", ".download")  # how copies are named that still run
HIDDEN, SYSTEM = (".", "~$"), ("desktop.ini", "thumbs.db")
BRIEF = ("file", "status", "batch", "dataset", "rows_in", "rows_loaded", "rows_rejected", "questions", "notes")


class Busy(Exception):
    """Another process watches the folder; the message names it."""


class Watch:
    """One folder and what loads a file of it. `every` and `pause` are in seconds."""

    def __init__(self, folder: Path, load: Load, every: float, pause: Callable[[float], None] = time.sleep):
        self._folder, self._load, self._every, self._pause = folder, load, every, pause
        self._stopped = False
        self._stuck: dict[Path, State] = {}  # could not be moved; tried again when they change

    def run(self, *, once: bool = False) -> set[int]:
        """Look until SIGTERM or Ctrl-C, or `once` (two looks, as a file is taken when it is the same in both).

        Returns the exit codes of all files. Raises `Busy` or `NotADirectoryError`.
        """
        if not self._folder.is_dir():
            raise NotADirectoryError(f"no folder {self._folder}")
        codes: set[int] = set()
        with _alone(self._folder), self._heeding_signals():
            seen = self._look()
            while self._rest():
                now = self._look()
                codes |= {self._take(path, state) for path, state in now.items() if seen.get(path) == state}
                seen = now
                if once:
                    break
        return codes

    @contextmanager
    def _heeding_signals(self) -> Iterator[None]:
        """The file at hand is finished first."""

        def stop(*_: object) -> None:
            self._stopped = True

        before = {one: signal.signal(one, stop) for one in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    def _rest(self) -> bool:
        """Wait for the next look; whether to look."""
        left = self._every
        while left > 0 and not self._stopped:
            self._pause(min(left, SLICE))
            left -= SLICE
        return not self._stopped

    def _look(self) -> dict[Path, State]:
        """Files that may be taken, oldest first; none while the folder cannot be read, as on a share that went away."""
        try:
            found = {path: state for name in BY_NAME for path, state in _files(self._folder / name)}
        except OSError as fault:
            print(f"{self._folder}: {fault}", file=sys.stderr)
            return {}
        return dict(sorted(found.items(), key=lambda one: (one[1][1], one[0])))

    def _take(self, path: Path, state: State) -> int:
        """Load one file and move it; one that changed meanwhile, or was cut short by our own end, stays."""
        if self._stopped or self._stuck.get(path) == state or _state(path) != state:
            return LOADED
        rejects = self._folder / REJECTED
        rejects.unlink(missing_ok=True)  # of a process that was killed
        try:
            report, code = self._load(path, path.parent.name, rejects)
        except Exception as fault:
            traceback.print_exc()
            note = f"{type(fault).__name__}: {fault}"
            report, code = (
                {"file": path.name, "status": "failed", "dataset": path.parent.name, "notes": [note]},
                REFUSED,
            )
        if (self._stopped and code == REFUSED) or _state(path) != state:
            return self._say(report, None, code)
        known = report["status"] == "refused" and report.get("batch")
        kind = "loaded" if known else report["status"] if report["status"] in ("loaded", "asked") else "refused"
        try:
            return self._say(report, _moved(path, self._folder / kind, report, rejects), LOADED if known else code)
        except OSError as fault:
            self._stuck[path] = state
            return self._say({**report, "notes": [*report["notes"], f"could not be moved: {fault}"]}, None, REFUSED)

    def _say(self, report: Report, moved: Path | None, code: int) -> int:
        """One line for the log; the whole report lies beside the file."""
        where = moved and moved.relative_to(self._folder).as_posix()
        brief = {name: report[name] for name in BRIEF if name in report}
        print(json.dumps({**brief, "moved_to": where}, ensure_ascii=False), flush=True)
        return code


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process a folder; the system lets go of the lock however a process ends."""
    with (folder / LOCK).open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Busy(f"{folder} is watched already, by process {lock.read().strip()}") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _files(folder: Path) -> Iterator[tuple[Path, State]]:
    """Regular files of one dataset's folder; no links, nothing hidden, no copies that still run."""
    if folder.is_symlink() or not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name.casefold()
            if name.startswith(HIDDEN) or name.endswith(PARTLY) or name in SYSTEM:
                continue
            path = Path(entry.path)
            if entry.is_file(follow_symlinks=False) and (state := _state(path)):
                yield path, state


def _state(path: Path) -> State | None:
    """None when it is gone."""
    with suppress(FileNotFoundError):
        found = path.lstat()
        return found.st_size, found.st_mtime_ns, found.st_ino
    return None


def _moved(path: Path, folder: Path, report: Report, rejects: Path) -> Path:
    """Move a file beside its report, and the rows that were handed back as CSV, under a name that is still free."""
    folder.mkdir(exist_ok=True)
    n, target = 1, folder / path.name
    while any(map(os.path.lexists, (target, _beside(target, ".json"), _beside(target, REJECTED)))):
        n, target = n + 1, folder / f"{path.stem} ({n + 1}){path.suffix}"
    with _beside(target, ".json").open("x", encoding="utf-8") as out:  # the reason is there before the file is
        json.dump(report, out, ensure_ascii=False, indent=2)
    if rejects.exists():
        shutil.move(rejects, _beside(target, REJECTED))
    shutil.move(path, target)
    return target


def _beside(target: Path, ending: str) -> Path:
    return target.with_name(target.name + ending)
