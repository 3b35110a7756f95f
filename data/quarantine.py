"""Rows that were handed back when the others of their file were loaded: kept beside the lake until they are put right.

`rejected/<batch>.csv` below the home is the file that the analyst could download, so it can be corrected and uploaded
again as it is. Once that is published it waits no longer: it is no more listed when all its rows came back, else as
settled. Undoing the corrected file brings it back. Undoing the batch itself keeps it; a sweep deletes it KEPT_DAYS
after the publication.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from data.ingest.rejects import REASON, mark
from data.lake import Batch, Receipt
from data.text import Text

FOLDER = "rejected"
KEPT_DAYS = 90  # a quarter: long enough for the source to be asked, short enough that no stray copy of rows stays


@dataclass(frozen=True, slots=True)
class Held:
    """The rejected rows of one batch: their file, how many, how old in days, and when a sweep deletes them; `corrected`
    are those that a file which counts has brought back."""

    batch: Batch
    file: Path
    rows: int
    age_days: int
    until: date
    corrected: int = 0

    @property
    def waits(self) -> bool:
        """Whether nothing of it was corrected yet; rows that a corrected file left out were left out by a person."""
        return self.corrected == 0

    @property
    def left(self) -> int:
        """Rows that no corrected file has brought back."""
        return self.rows - self.corrected

    def ends_within(self, days: int) -> bool:
        """Whether a sweep deletes it in fewer than so many days."""
        return self.age_days > KEPT_DAYS - days

    @property
    def name(self) -> str:
        """What the file is called when it is downloaded."""
        return f"{Path(self.batch.receipt.file).stem} rejected.csv"


def path(home: Path, batch_id: str) -> Path:
    """Where the rejected rows of a batch lie."""
    return home / FOLDER / f"{batch_id}.csv"


@contextmanager
def kept(file: Path, made: Callable[[], bytes] | None) -> Iterator[None]:
    """Keep what `made` gives (None: nothing was rejected) for as long as what is done inside succeeds.

    It is there, whole, before the batch is, so that no end of the process leaves a batch without its rejected rows.
    """
    if made is None:
        yield
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    partly = file.with_suffix(".part")
    partly.write_bytes(made())
    partly.replace(file)
    try:
        yield
    except BaseException:
        file.unlink()
        raise


def held(home: Path, batches: Sequence[Batch], today: date) -> list[Held]:
    """What is kept of these batches, in their order; undone ones too, but none whose rows have all come back."""
    found = [(batch, path(home, batch.id)) for batch in batches if batch.receipt.rows_rejected]
    back = {batch.id: _corrected(batch, batches) for batch, _ in found}
    return [
        Held(
            batch,
            file,
            batch.receipt.rows_rejected,
            (today - _day(batch)).days,
            _day(batch) + timedelta(days=KEPT_DAYS + 1),
            back[batch.id],
        )
        for batch, file in found
        if file.exists() and back[batch.id] < batch.receipt.rows_rejected
    ]


def _corrected(batch: Batch, batches: Sequence[Batch]) -> int:
    """How many rejected rows of a batch have come back in files that count; all, where an undone file counts anew."""
    origin, receipt = mark(batch.receipt.sha256), batch.receipt
    later = [b for b in batches if b.live and b.dataset == batch.dataset and b.seq > batch.seq]
    anew = [b for b in later if not batch.live and _twins(b.receipt, receipt)]
    return receipt.rows_rejected if anew else sum(b.receipt.corrects.get(origin, 0) for b in later)


def _twins(one: Receipt, other: Receipt) -> bool:
    """Whether two batches came of the same sheet of the same bytes."""
    return (one.sha256, one.answers.get("sheet")) == (other.sha256, other.answers.get("sheet"))


def reasons(file: Path) -> list[tuple[Text, int]]:
    """Why rows of a file were handed back, the commonest first: (column and reason, rows). Read line by line."""
    with file.open(encoding="utf-8-sig", newline="") as source:
        rows = csv.reader(source)
        header = next(rows)
        zh, en = (len(header) - 1 - header[::-1].index(REASON[lang]) for lang in ("zh", "en"))  # ours are the last
        counted = Counter((row[zh], row[en]) for row in rows)
    return [(Text(*said), count) for said, count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]


def sweep(home: Path, batches: Sequence[Batch], today: date) -> list[Path]:
    """Delete what is older than KEPT_DAYS, and return it. A file of no batch, as a kill leaves, goes by its date."""
    days = {batch.id: _day(batch) for batch in batches}
    old = [
        file
        for file in sorted((home / FOLDER).glob("*.[cp]*"))
        if (today - days.get(file.stem, date.fromtimestamp(file.stat().st_mtime))).days > KEPT_DAYS
    ]
    for file in old:
        file.unlink()
    return old


def _day(batch: Batch) -> date:
    """The day of publication, in the server's time zone."""
    return batch.committed_at.astimezone().date()
