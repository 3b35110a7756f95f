"""From a file on disk to staged text cells, parsed by a child process so that a hostile file cannot hurt this one."""

import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.ingest import spare
from data.ingest.child import TOO_BIG
from data.ingest.preflight import DAMAGED
from data.ingest.shapes import Outcome, Question, Staged, from_json
from data.ingest.staging import ROWS, TORN, literal
from data.text import Text

WALL = 120  # seconds until a child is given up
CHUNK = 1 << 20  # bytes
TOO_SLOW = Text(
    "读取超过 {limit} 秒，已停止。请拆分后上传。", "Reading took more than {limit} s and was stopped. Split the file."
)


class ReadError(Exception):
    """The child failed in a way that is our fault; the message is its traceback."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read once. `name` is what the analyst calls it (never a path), `folder` holds the staged cells,
    `table` is the file in it that counts (another one once the table was turned or filled).

    Exactly one of `staged` and `refused` is set, unless `questions` must be answered before it can be read at all.
    """

    name: str
    sha256: str
    folder: Path
    staged: Staged | None
    refused: Text | None
    questions: tuple[Question, ...]
    table: str = ROWS

    @property
    def rows(self) -> Path:
        """The Parquet file of the cells."""
        return self.folder / self.table

    def cells(self) -> str:
        """SQL: the staged cells, c0, c1, ... as text, and `_line`, the line of the file."""
        assert self.staged
        first = self.staged.first_line
        line = "_line" if first is None else f"file_row_number + {first} AS _line"
        columns = ", ".join(f"c{at}" for at in range(len(self.staged.headers)))
        return f"(SELECT {columns}, {line} FROM read_parquet({literal(self.rows)}))"

    @property
    def torn(self) -> Path:
        """The Parquet file of the records that could not be split, when there are any."""
        return self.folder / TORN

    def discard(self) -> None:
        """Delete the staged cells; afterwards only what was already computed can be used."""
        shutil.rmtree(self.folder, ignore_errors=True)


def read(
    file: Path,
    name: str,
    work: Path,
    *,
    known: Collection[str] = (),
    sheet: str | None = None,
    table: str | None = None,
    encoding: str | None = None,
    ragged: str | None = None,
) -> Source:
    """Read `file` into a new folder below `work`. `known` are folded headers that help to find the header row;
    `sheet`, `table`, `encoding` and `ragged` answer the questions of those keys. Raises `ReadError` only
    for our own faults."""
    folder = Path(tempfile.mkdtemp(dir=work)).resolve()
    if set(str(folder)) & set("*?["):
        raise ValueError(f"{folder} has one of *?[ in its path, which DuckDB would take for a pattern")
    job = {"file": str(file.resolve()), "out": str(folder), "known": sorted(known)}
    with _child({**job, "sheet": sheet, "table": table, "encoding": encoding, "ragged": ragged}) as child:
        digest = sha256(file)  # while the child works
        outcome = _outcome(child)
    spare.keep()
    return Source(name, digest, folder, outcome.staged, outcome.refused, outcome.questions)


def _child(job: dict[str, Any]) -> subprocess.Popen[bytes]:
    """The process that parses, with its job written to it."""
    child = spare.take()
    assert child.stdin
    with suppress(BrokenPipeError):  # it died before it read its job; how it ended says why
        child.stdin.write(json.dumps(job).encode() + b"\n")
        child.stdin.flush()
    return child


def _outcome(child: subprocess.Popen[bytes]) -> Outcome:
    try:
        said, complaint = child.communicate(timeout=WALL)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        return Outcome(refused=TOO_SLOW.fill(limit=WALL))
    if child.returncode == 0:
        return from_json(json.loads(said))
    if child.returncode < 0:  # a signal: out of processor time, or a parser that aborted
        return Outcome(refused=DAMAGED if not _out_of_memory(complaint) else TOO_BIG)
    raise ReadError(complaint.decode(errors="backslashreplace"))


def _out_of_memory(complaint: bytes) -> bool:
    return b"memory allocation" in complaint or b"MemoryError" in complaint


def sha256(file: Path) -> str:
    """The file's SHA-256 in hexadecimal, streamed."""
    digest = hashlib.sha256()
    with file.open("rb") as source:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
