"""What can be repaired by a word: cells that cannot be read, by column and reason, the commonest of them."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow.dataset as ds
import pyarrow.parquet as pq

from data.contract import Field
from data.ingest.check import Checked, register
from data.ingest.delimited import SHORT
from data.ingest.reasons import REASONS
from data.ingest.staging import bench
from data.text import Text

LISTED = 8  # cells of one fault that are offered for repair, the most rows first


@dataclass(frozen=True, slots=True)
class Fault:
    """Cells of one column that cannot be read for one reason: how many rows, how many different cells, and the
    commonest of them with their rows."""

    field: Field
    header: str
    reason: Text
    rows: int
    kinds: int
    cells: tuple[tuple[str, int], ...]


def faults(checked: Checked) -> list[Fault]:
    """What can be repaired by a word, the most rows first; nothing while questions are open."""
    plan = checked.plan
    if plan is None or not checked.rejected:
        return []
    assert plan.source.staged
    found: list[Fault] = []
    with bench(plan.source.folder) as con:
        register(con, plan)
        for f in (f for f in plan.mapped if f.name in plan.verdicts):
            cell = f"c{plan.columns[f.name]}"
            rows = con.execute(
                f'SELECT "{f.name}!", {cell}, count(*) FROM ({plan.judged()}) WHERE "row?" IS NULL '
                f'AND "{f.name}!" IS NOT NULL GROUP BY ALL ORDER BY 3 DESC, 2',
                plan.headers(),
            ).fetchall()
            found += _grouped(f, plan.source.staged.headers[plan.columns[f.name]], rows)
    return sorted(found, key=lambda fault: -fault.rows)


def short(checked: Checked) -> int:
    """How many records were handed back only because cells are lacking at their end."""
    plan = checked.plan
    if plan is None or plan.source.staged is None or not plan.source.staged.torn:
        return 0
    torn = ds.field("reason") == SHORT
    lacking = torn & (ds.field("cells") < ds.field("columns"))
    return pq.read_table(plan.source.torn, columns=["line"], filters=lacking).num_rows


def _grouped(field: Field, header: str, rows: Iterable[tuple[str, str, int]]) -> list[Fault]:
    by_reason: dict[str, list[tuple[str, int]]] = {}
    for reason, cell, count in rows:
        by_reason.setdefault(reason, []).append((cell, count))
    return [
        Fault(
            field,
            header,
            REASONS[reason].fill(allowed=field.allowed),
            sum(n for _, n in cells),
            len(cells),
            tuple(cells[:LISTED]),
        )
        for reason, cells in by_reason.items()
    ]
