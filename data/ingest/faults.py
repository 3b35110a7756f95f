"""What is wrong with a file as a whole: how many rows for which cause, and what of it a word can repair."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow.dataset as ds
import pyarrow.parquet as pq

from data.contract import Field
from data.ingest.check import Checked, register
from data.ingest.delimited import SHORT
from data.ingest.plan import Plan
from data.ingest.reasons import REASONS, why
from data.ingest.staging import bench
from data.text import Text

OTHER_WIDTH = Text("格子数与表头不同", "has another number of cells than the header")
RECORD = "_line NOT IN (SELECT unnest($right::BIGINT[]))"  # SQL: whether a row is one at all
LISTED = 8  # cells of one fault that are offered for repair, the most rows first


@dataclass(frozen=True, slots=True)
class Cause:
    """Why rows are handed back: `column` header ("" for whole rows), `key` of REASONS, in words, how many rows."""

    column: str
    key: str
    reason: Text
    rows: int


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


def causes(checked: Checked) -> list[Cause]:
    """Every cause, the most rows first; a row with two bad cells counts for both. Nothing while questions are open."""
    plan = checked.plan
    if plan is None or not checked.rejected:
        return []
    assert plan.source.staged
    headers, found = plan.source.staged.headers, []
    looks = ['histogram("row?")', *(f'histogram("{f.name}?") FILTER (WHERE "row?" IS NULL)' for f in plan.mapped)]
    with bench(plan.source.folder) as con:
        register(con, plan)
        sql = f"SELECT {', '.join(looks)} FROM ({plan.judged()}) WHERE {RECORD}"
        [(whole, *cells)] = con.execute(sql, {**plan.headers(), "right": plan.left_out}).fetchall()
    found += [Cause("", key, _of_rows(plan, key), count) for key, count in (whole or {}).items()]
    for f, counts in zip(plan.mapped, cells, strict=True):
        column = headers[plan.columns[f.name]]
        found += [Cause(column, k, why(plan.dataset, f, k), n) for k, n in (counts or {}).items()]
    return sorted([*found, *_torn(plan)], key=lambda cause: (-cause.rows, cause.column, cause.key))


def _of_rows(plan: Plan, key: str) -> Text:
    """Why whole rows are handed back; of a wrong total, what it says and what the rows add up to."""
    wrong = [plan.totals.differ[line] for line in sorted(plan.totals.differ)]
    return wrong[0] if key == "total" and wrong else REASONS[key]


def _torn(plan: Plan) -> list[Cause]:
    assert plan.source.staged
    if not plan.source.staged.torn:
        return []
    torn = pq.read_table(plan.source.torn, columns=["reason"], filters=_record(plan))
    reasons = torn.column(0).value_counts().to_pylist()
    said = {SHORT: OTHER_WIDTH}
    return [
        Cause("", one["values"], said.get(one["values"]) or REASONS[one["values"]], one["counts"]) for one in reasons
    ]


def _record(plan: Plan) -> ds.Expression:
    """Whether something torn is a record at all."""
    return ~ds.field("line").isin(list(plan.footers))


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
                f'AND "{f.name}!" IS NOT NULL AND {RECORD} GROUP BY ALL ORDER BY 3 DESC, 2',
                {**plan.headers(), "right": plan.left_out},
            ).fetchall()
            found += _grouped(f, plan.source.staged.headers[plan.columns[f.name]], rows)
    return sorted(found, key=lambda fault: -fault.rows)


def short(checked: Checked) -> int:
    """How many records were handed back only because cells are lacking at their end."""
    plan = checked.plan
    if plan is None or plan.source.staged is None or not plan.source.staged.torn:
        return 0
    lacking = _record(plan) & (ds.field("reason") == SHORT) & (ds.field("cells") < ds.field("columns"))
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
