"""How far data reaches: a row that says only its month (or week) is dated by its first day and counts to its last.

Of a month that had not ended when its file was published, nobody knows how far the file goes: it counts to the newest
day that rows of days have in that month, or without any to the day of publication, and never beyond the month's end.
"""

from datetime import date

from data import spans
from data.datasets import BY_NAME
from data.lake import Batch, Lake
from data.store import Store

LATEST = date(9999, 12, 31)


def coarse(lake: Lake, dataset: str) -> dict[str, list[int]]:
    """The live batches with rows that stand for a month or a week: {grain: their order numbers}."""
    found: dict[str, list[int]] = {}
    for batch in _coarse(lake, dataset):
        found.setdefault(batch.receipt.answers[spans.GRAIN], []).append(batch.seq)
    return found


def reach(store: Store, dataset: str, last: date, as_of: date = LATEST) -> date:
    """The last day, `as_of` at most, that rows of a dataset cover; `last` is that of the newest row."""
    batches = {batch.seq: batch for batch in _coarse(store.lake, dataset)}
    if not batches:
        return last
    dated = BY_NAME[dataset].dated
    firsts = ", ".join(
        f"max(CASE WHEN date_trunc('{part}', {dated})::DATE = {dated} THEN {dated} END) AS first_of_{part}"
        for part in ("month", "week")
    )
    rows = store.execute(
        f"SELECT CASE WHEN list_contains($coarse::BIGINT[], _seq) THEN _seq END AS batch, max({dated}) AS last_day, "
        f"{firsts} FROM {dataset} WHERE {dated} <= $as_of::DATE "
        "GROUP BY CASE WHEN list_contains($coarse::BIGINT[], _seq) THEN _seq END",
        coarse=list(batches),
        as_of=as_of,
    )
    days = next((found for seq, found, *_ in rows if seq is None), None)
    ends = [_end(batches[seq], month, week, days) for seq, _, month, week in rows if seq is not None]
    return max([last, *(min(end, as_of) for end in ends if end)])


def _coarse(lake: Lake, dataset: str) -> list[Batch]:
    return [b for b in lake.batches(dataset) if b.live and b.receipt.answers.get(spans.GRAIN)]


def _end(batch: Batch, month: date | None, week: date | None, days: date | None) -> date | None:
    """The last day that a batch's newest month (or week) counts to; None where it has none."""
    grain = batch.receipt.answers[spans.GRAIN]
    first = month if grain == spans.MONTH else week
    return first and spans.known_until(first, grain, batch.committed_at.astimezone().date(), days)
