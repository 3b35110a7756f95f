"""Several files of one dataset on their way into the lake together. Kept in the session by state.py.

Each is a `Wizard` of its own: what is clear is published with one click, what is not is opened and answered by itself.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from data.lake import Batch
from data.text import Text
from pages.ui.wizard import Wizard

MOST = 200  # files at a time; a year of daily files of one account is loaded by the command line


class State(Enum):
    """Where one file stands: not read yet, ready as it is, or what it waits for; the last two are ends."""

    WAITING = "waiting"
    READY = "ready"
    PARTLY = "partly"  # some rows are handed back, which somebody has to agree to
    OPEN = "open"
    REFUSED = "refused"
    PUBLISHED = "published"


@dataclass(slots=True)
class File:
    """One of several files; `why` says what it waits for."""

    wizard: Wizard
    state: State = State.WAITING
    why: Text | None = None
    batch: Batch | None = None

    @property
    def rows(self) -> int:
        """How many rows it has, once read."""
        checked = self.wizard.prepared.checked if self.wizard.prepared else None
        return self.batch.rows if self.batch else checked.rows_in if checked else 0


@dataclass(slots=True)
class Queue:
    """The files, the one that is open, and how long reading and publishing took, in seconds for so many rows."""

    files: list[File] = field(default_factory=list)
    current: File | None = None
    seconds: float = 0.0
    rows: int = 0

    def begin(self, dataset: str, uploads: Sequence[tuple[str, memoryview]], folder: Path) -> None:
        """Write all of them to disk, where they wait to be read."""
        self.drop()
        for name, content in uploads:
            wizard = Wizard(dataset=dataset)
            wizard.take(content, name, folder)
            self.files.append(File(wizard))

    def of(self, *states: State) -> list[File]:
        """The files in these states, in the order in which they came."""
        return [file for file in self.files if file.state in states]

    def each(self, states: Sequence[State], work: Callable[[File], None]) -> Iterator[tuple[int, int]]:
        """Do something with each file of these states; yields (how many are done, how many there are) as it goes."""
        todo = self.of(*states)
        self.seconds, self.rows = 0.0, 0
        for done, file in enumerate(todo):
            yield done, len(todo)
            begun = time.monotonic()
            work(file)
            self.seconds += time.monotonic() - begun
            self.rows += file.rows

    @property
    def speed(self) -> float | None:
        """Rows per second of what was done last; None while that was too short to say."""
        return self.rows / self.seconds if self.seconds > SHORTEST and self.rows >= FEWEST else None

    def remove(self, file: File) -> None:
        """Give a file up."""
        file.wizard.drop()
        self.files.remove(file)
        self.current = None

    def drop(self) -> None:
        """Give all of them up; what was published stays published."""
        for file in self.files:
            file.wizard.drop()
        self.files, self.current = [], None


SHORTEST = 0.05  # seconds; a speed measured over less says nothing
FEWEST = 1_000  # rows; of fewer the time is that of starting to read
