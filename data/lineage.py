"""What became of every published file: rows in and out, totals beside those that were typed, what it replaced and what
replaced it, how many of its rows still count. Pure but for one count of rows a dataset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from statistics import median

from data.control import Control, beside
from data.datasets import BY_NAME
from data.lake import Batch, Replaces
from data.store import Store

Counting = Mapping[tuple[str, int], int]  # rows that count, by (dataset, seq)


@dataclass(frozen=True, slots=True)
class Entry:
    """One batch and its fate. `counting` are its rows that the pages see now; `replaced_by` the later live batches that
    declare to replace some of its period, newest first, where rows of it are hidden at all."""

    batch: Batch
    counting: int
    control: tuple[Control, ...] = ()
    replaced_by: tuple[Batch, ...] = ()

    @property
    def hidden(self) -> int:
        """Rows of a live batch that no longer count, because a later file replaces or outdates them."""
        return self.batch.rows - self.counting if self.batch.live else 0

    @property
    def rows_in(self) -> int | None:
        """Records the file had; None on receipts that do not say."""
        return self.batch.receipt.rows_in or None

    @property
    def unexplained(self) -> int:
        """Records in that were neither loaded nor handed back: always 0, or something is broken."""
        receipt = self.batch.receipt
        return 0 if self.rows_in is None else receipt.rows_in - receipt.rows_rejected - self.batch.rows

    @property
    def differs(self) -> bool:
        """Whether a total was typed that the rows do not come to, or rows are unaccounted for."""
        return bool(self.unexplained) or not all(control.agrees for control in self.control)


@dataclass(frozen=True, slots=True)
class Uploads:
    """The files of one dataset that count: the last of them, how many, and the usual days between two upload days
    (None: there were fewer than three such days)."""

    dataset: str
    last: Batch
    count: int
    rhythm_days: float | None


def entries(store: Store) -> list[Entry]:
    """Every batch ever published, newest first."""
    batches = store.lake.batches()
    counting = rows_that_count(store, {batch.dataset for batch in batches if batch.live})
    return [entry(batch, batches, counting) for batch in batches]


def rows_that_count(store: Store, datasets: set[str]) -> Counting:
    """How many rows of each batch the engine holds; one statement a dataset, by contract names only."""
    store.version()
    return {
        (name, seq): rows
        for name in BY_NAME
        if name in datasets
        for seq, rows in store.execute(f"SELECT _seq AS seq, count(*) AS n FROM {name} GROUP BY _seq")
    }


def entry(batch: Batch, batches: Sequence[Batch], counting: Counting) -> Entry:
    """One batch among all others; `counting` as `rows_that_count` gives it."""
    receipt = batch.receipt
    found: dict[str, Decimal | None] = {"rows": Decimal(batch.rows)}
    found |= {name: Decimal(total) for name, total in receipt.totals.items()}
    rows = counting.get((batch.dataset, batch.seq), 0) if batch.live else 0
    later = [b for b in batches if replaces(b, batch)] if batch.live and rows < batch.rows else []
    return Entry(batch, rows, tuple(beside(receipt.control, found)), tuple(later))


def replaces(later: Batch, earlier: Batch) -> bool:
    """Whether a live batch declares to replace days that an earlier one may hold."""
    scope = later.receipt.replaces
    if scope is None or not later.live or later.dataset != earlier.dataset or later.seq <= earlier.seq:
        return False
    return meets(scope, earlier.receipt.period)


def meets(scope: Replaces, period: tuple[str, str] | None) -> bool:
    """Whether a batch of this period may hold days of a scope; one that does not say its own may."""
    return period is None or (date.fromisoformat(period[0]) <= scope.until and scope.since.isoformat() <= period[1])


def uploads(batches: Sequence[Batch]) -> list[Uploads]:
    """The live files by dataset, in the order of the contracts."""
    live = {name: [b for b in batches if b.dataset == name and b.live] for name in BY_NAME}
    return [_uploads(name, found) for name, found in live.items() if found]


def _uploads(dataset: str, found: Sequence[Batch]) -> Uploads:
    days = sorted({day(batch.committed_at) for batch in found})
    gaps = [(b - a).days for a, b in pairwise(days)]
    return Uploads(dataset, max(found, key=lambda b: b.seq), len(found), median(gaps) if len(gaps) > 1 else None)


def day(at: datetime) -> date:
    """The day of a moment in the server's time zone."""
    return at.astimezone().date()
