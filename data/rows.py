"""Which rows of a dataset count, as SQL over views of its live files: for an engine that keeps no tables, and for a
look at what a file would change. Portable, so that it runs on either engine."""

from datetime import date

from data.codes import SAID, Door, turn
from data.lake import Batch


def hidden(batches: list[Batch]) -> list[tuple[str, date, date, str | None]]:
    """What live batches hide of earlier ones: (id of the earlier, first day, last day, account or None for all)."""
    return [
        (earlier.id, scope.since, scope.until, account)
        for batch in batches
        if batch.live and (scope := batch.receipt.replaces)
        for earlier in batches
        if earlier.live and earlier.seq < batch.seq and _meet(earlier.receipt.period, scope.since, scope.until)
        for account in (scope.accounts if scope.accounts is not None else (None,))
    ]


def _meet(period: tuple[str, str] | None, since: date, until: date) -> bool:
    """Whether a batch may hold days of a period; one that does not say its own may."""
    return period is None or (date.fromisoformat(period[0]) <= until and since <= date.fromisoformat(period[1]))


def rows_that_count(entry: Door) -> str:
    """SQL: the rows of a dataset's live files that no later batch hides or, where later rows win, outdates; under the
    codes that count."""
    dataset, name = entry.dataset, entry.dataset.name
    columns = ", ".join(f"{entry.value(field.name)} AS {field.name}" for field in dataset.fields)
    when = f"coalesce(f.{dataset.dated} BETWEEN h.since AND h.until, false)" if dataset.dated else "true"
    who = "h.account IS NULL" + (" OR h.account = f.account" if dataset.has("account") else "")
    rows = (
        f"SELECT {columns}, CAST({entry.said()} AS VARCHAR) AS {SAID}, l.seq AS _seq, f._line FROM _file_{name} AS f "
        f"JOIN _live_{name} AS l ON l.id = f._batch {entry.joins()} "
        f"WHERE NOT EXISTS (SELECT 1 FROM _hidden_{name} AS h WHERE h.id = f._batch AND {when} AND ({who}))"
    )
    if not dataset.latest_wins:
        return rows
    last = ", ".join(f"{word} DESC" for word in turn(dataset).split(", "))
    order = f"{'rank' if dataset.adds else 'row_number'}() OVER (PARTITION BY {', '.join(dataset.key)} ORDER BY {last})"
    mine = ", ".join([*(field.name for field in dataset.fields), SAID])
    return f"SELECT {mine}, _seq, _line FROM (SELECT r.*, {order} AS _turn FROM ({rows}) AS r) AS t WHERE _turn = 1"
