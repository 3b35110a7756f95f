"""What publishing a file would do: month by month what it has, what is there already, and how the last compares; of
registers and master data, where the latest row of a key wins, what it adds and what it changes (data/overwrite.py).

A month that ends before its last day is held against as many days of the month before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from data import spans
from data.contract import Dataset
from data.ingest import Month, Prepared, by_month
from data.intake import every_code
from data.overwrite import Overwrite, overwrite
from data.reach import coarse
from data.store import Store

NOTHING: Mapping[str, str] = {}
MOST = 0.5  # share of the accounts before that a file must have before those that it lacks are missed


@dataclass(frozen=True, slots=True)
class Change:
    """One month: what the file has of it, and what its accounts have there already."""

    new: Month
    rows_there: int
    qty_there: Decimal | None
    amount_there: Decimal | None


@dataclass(frozen=True, slots=True)
class Before:
    """What the accounts of the file's last month had in the month before: as many days of it, `since` to `until`."""

    since: date
    until: date
    qty: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Effect:
    """`changes` oldest first; `before` None where nothing is known of it; `absent` are accounts of the month before
    that the file's last month lacks, where it has most of them. Of a register there is `overwrite` alone."""

    changes: tuple[Change, ...] = ()
    before: Before | None = None
    absent: tuple[str, ...] = ()
    overwrite: Overwrite | None = None

    @property
    def in_money(self) -> bool:
        """Whether the file has amounts; else quantities stand for it."""
        return any(change.new.amount is not None for change in self.changes)

    @property
    def last(self) -> Decimal | None:
        """What the file's last month comes to, in money or pieces."""
        new = self.changes[-1].new if self.changes else None
        return new and (new.amount if self.in_money else new.qty)

    @property
    def earlier(self) -> Decimal | None:
        """What the month before came to, in the same."""
        return self.before and (self.before.amount if self.in_money else self.before.qty)

    @property
    def growth(self) -> float | None:
        """The last month against the one before, as a ratio less one; None where that was nothing or is not known."""
        if self.last is None or not self.earlier or self.earlier < 0:
            return None
        return float(self.last / self.earlier) - 1


def effect(store: Store, prepared: Prepared, answers: Mapping[str, str] = NOTHING) -> Effect:
    """Look at a checked file beside what is loaded; nothing for files with questions."""
    dataset, checked = prepared.dataset, prepared.checked
    if dataset.latest_wins:
        return Effect(overwrite=overwrite(store, prepared, answers))
    if not dataset.dated or not dataset.has("account") or checked is None or not checked.period:
        return Effect()
    store.version()
    months, accounts = by_month(checked), every_code(store, prepared, answers)
    there = _there(store, dataset, accounts, spans.first(checked.period[0]), spans.last(checked.period[1]))
    changes = tuple(Change(one, *there.get(one.month, (0, None, None))) for one in months)
    _, last_day = spans.covered(checked.period, checked.answers)
    since, until = _days_before(months[-1].month, last_day)
    last = every_code(store, prepared, answers, months[-1].accounts)
    whole = until == spans.last(since) or not _is_coarse(store, dataset, since)
    before = _there(store, dataset, last, since, until).get(since) if whole else None
    absent = _absent(store, dataset, frozenset(last), since, until)
    return Effect(changes, Before(since, until, *before[1:]) if before else None, absent)


def _is_coarse(store: Store, dataset: Dataset, month: date) -> bool:
    """Whether rows of a month stand for all of it (or a week), so that its days cannot be told apart."""
    batches = [seq for found in coarse(store.lake, dataset.name).values() for seq in found]
    return bool(batches) and bool(
        store.execute(
            f"SELECT 1 AS one FROM {dataset.name} WHERE list_contains($batches::BIGINT[], _seq) "
            f"AND {dataset.dated} BETWEEN $since AND $until LIMIT 1",
            batches=batches,
            since=month,
            until=spans.last(month),
        )
    )


def _there(
    store: Store, dataset: Dataset, accounts: list[str], since: date, until: date
) -> dict[date, tuple[int, Decimal | None, Decimal | None]]:
    """{month: (rows, quantity, amount)} of these accounts on these days."""
    qty, amount = (f"sum({name})" if name else "NULL" for name in (dataset.quantity, dataset.amount))
    rows = store.execute(
        f"SELECT date_trunc('month', {dataset.dated})::DATE AS month, count(*) AS n, {qty} AS qty, {amount} AS amount "
        f"FROM {dataset.name} WHERE {dataset.dated} BETWEEN $since AND $until "
        "AND list_contains($accounts::VARCHAR[], account) GROUP BY ALL",
        since=since,
        until=until,
        accounts=accounts,
    )
    return {month: (n, q, a) for month, n, q, a in rows}


def _absent(store: Store, dataset: Dataset, accounts: frozenset[str], since: date, until: date) -> tuple[str, ...]:
    rows = store.execute(
        f"SELECT DISTINCT account AS account FROM {dataset.name} "
        f"WHERE {dataset.dated} BETWEEN $since AND $until ORDER BY account",
        since=since,
        until=until,
    )
    said = [account for (account,) in rows]
    lacking = tuple(account for account in said if account not in accounts)
    return lacking if len(said) - len(lacking) >= MOST * len(said) else ()


def _days_before(month: date, until: date) -> tuple[date, date]:
    """The month before and as many of its days as the month has up to `until`; all of them where it is whole."""
    last = month - timedelta(days=1)
    first = spans.first(last)
    return first, last if until == spans.last(month) else min(last, first + (until - month))
