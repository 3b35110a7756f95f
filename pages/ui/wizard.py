"""One file on its way into the lake: what the analyst has said about it so far. Kept in the session by state.py."""

import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from data.control import KEY
from data.effect import Effect
from data.ingest import Prepared, Question
from data.ingest.constant import VALUE
from data.ingest.faults import Cause, Fault, causes, faults, short
from data.ingest.repairs import BLANK, FIX
from data.lake import Batch
from data.text import Text
from data.vet import ALIAS, UNKNOWN, Unknown, Vetted

CHOOSE, MATCH, CHECK, PUBLISHED = range(4)  # the steps
WHOLE = "*"  # stands for a column where one value is typed for the whole file
STALE = 86_400  # seconds after which a file of a session that went away is deleted


@dataclass(slots=True)
class Wizard:
    """Where the analyst is (`step`) and what was said; a new `turn` makes the uploader drop its bytes.

    `told` is {field: header}, "" for a field that is not in the file; `asked` are all questions so far, so that an
    answer can be changed; `like` says which earlier file it is read like, unless it is to be read `afresh`; `whole` are
    fields whose one value for the file is typed; `control` are totals as typed; `causes` say why rows are handed back,
    `faults` which cells a word can repair, `short` how many rows lack cells; `unknown` are codes that the masters do
    not have; `effect` is what publishing does; `refusal` says why the last attempt to publish failed.
    """

    step: int = CHOOSE
    turn: int = 0
    dataset: str = ""
    path: Path | None = None
    name: str = ""
    told: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    asked: dict[str, Question] = field(default_factory=dict)
    prepared: Prepared | None = None
    like: Text | None = None
    afresh: bool = False
    whole: set[str] = field(default_factory=set)
    control: dict[str, str] = field(default_factory=dict)
    causes: tuple[Cause, ...] = ()
    faults: tuple[Fault, ...] = ()
    short: int = 0
    unknown: tuple[Unknown, ...] = ()
    effect: Effect | None = None
    cause: str = ""
    refusal: Text | None = None
    batch: Batch | None = None

    def aim(self, dataset: str) -> None:
        """Say which dataset the file is for."""
        self.drop()
        self.dataset = dataset

    def take(self, content: memoryview, name: str, folder: Path) -> None:
        """Write uploaded bytes to a file of our own naming (a client's name is never a path) and forget them."""
        self.drop()
        folder.mkdir(parents=True, exist_ok=True)
        self.path, self.name = folder / uuid4().hex, name
        self.path.write_bytes(content)
        self.turn += 1

    def read(self, vetted: Vetted, like: Text | None = None, effect: Effect | None = None) -> None:
        """Take note of what was read, like which file and to what effect; go to the step that has something to ask."""
        self.effect = effect
        prepared = self.prepared = vetted.prepared
        self.unknown, self.like = vetted.unknown, like
        self.asked |= {q.key: q for q in prepared.questions if not q.key.startswith("map.")}
        checked = prepared.checked
        self.causes, self.faults, self.short = (
            (tuple(causes(checked)), tuple(faults(checked)), short(checked)) if checked else ((), (), 0)
        )
        self.step = CHOOSE if prepared.refused else MATCH if prepared.questions else CHECK

    def put(self, name: str, header: str) -> None:
        """Read a field from a column; "": it is not in the file, WHOLE: one value is typed for all rows.

        What was said of cells was said of the column before.
        """
        self.told = {**self.told, name: "" if header == WHOLE else header}
        self.whole = self.whole | {name} if header == WHOLE else self.whole - {name}
        stale, cells = {BLANK + name, VALUE + name}, f"{FIX}{name}:"
        self.answers = {k: answer for k, answer in self.answers.items() if k not in stale and not k.startswith(cells)}

    def answer(self, key: str, value: str) -> None:
        """Answer one of the file's questions; "" takes the answer back."""
        self.answers = {k: v for k, v in {**self.answers, key: value}.items() if v}

    def expect(self, name: str, typed: str) -> None:
        """Say what a total should be; whoever accepted a difference did not accept this one."""
        self.control = {**self.control, name: typed}
        self.answer(KEY + name, "")

    def forget(self) -> None:
        """Take nothing over from an earlier file, nor from what was said so far."""
        self.afresh, self.told, self.answers, self.asked = True, {}, {}, {}
        self.whole = set()

    def see(self, cause: str) -> None:
        """Look at the rows behind one cause; "": all of them."""
        self.cause = cause

    def back(self) -> None:
        """From the check to the columns; what was said of its totals and its unknown codes was said of those alone."""
        self.step, self.refusal = MATCH, None
        spoken = (KEY, UNKNOWN, ALIAS)
        self.answers = {key: answer for key, answer in self.answers.items() if not key.startswith(spoken)}

    def publish(self, batch: Batch) -> None:
        """The rows are in; the copy that was uploaded has served."""
        self.batch, self.step, self.refusal = batch, PUBLISHED, None
        if self.path is not None:
            self.path.unlink(missing_ok=True)
            self.path = None

    def drop(self) -> None:
        """Begin anew; what was not published is deleted."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)
        if self.prepared is not None:
            self.prepared.discard()
        self.path, self.name, self.prepared, self.batch, self.refusal = None, "", None, None, None
        self.told, self.answers, self.asked, self.unknown, self.cause = {}, {}, {}, (), ""
        self.causes, self.faults, self.short = (), (), 0
        self.effect = None
        self.like, self.afresh, self.whole, self.control = None, False, set(), {}
        self.step = CHOOSE


def columns(told: Mapping[str, str], matched: Mapping[str, str]) -> dict[str, str]:
    """Field to header: what was told, and what was matched to headers that nobody claimed."""
    claimed = {header for header in told.values() if header}
    auto = {name: header for name, header in matched.items() if name not in told and header not in claimed}
    return {name: header for name, header in {**auto, **told}.items() if header}


def sweep(folder: Path) -> None:
    """Delete what sessions left behind that never came back."""
    for path in folder.glob("*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > STALE:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
