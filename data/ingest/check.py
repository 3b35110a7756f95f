"""Staged cells to checked rows: how many are good, which are handed back and why, control totals, open questions."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import duckdb
import pyarrow as pa

from data.contract import Dataset, plain
from data.datasets.headers import HEADERS
from data.ingest import totals
from data.ingest.plan import Plan
from data.ingest.read import Source
from data.ingest.rejects import Reject, listed
from data.ingest.shapes import BATCH_ROWS, Question, Staged, Totals
from data.ingest.staging import bench, literal
from data.ingest.verdicts import judge
from data.lake import arrow_schema
from data.text import Text

Unfit = Mapping[str, Mapping[str, str]]  # by field: a value, and the key of the reason why it does not fit
NOTHING: Unfit = MappingProxyType({})
ROUND_COUNTS = frozenset(
    {1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 65_535, 100_000, 1_048_575}
)  # rows at which exports stop
GENERIC_AMOUNTS = frozenset(
    {"金额", "amount", "sales", "salesamount", "销售额", "销售金额", "销售收入", "linetotal"}
)  # say nothing of tax
NET_WORDS = re.compile(r"不含税|未税|无税|net|excl", re.IGNORECASE)
TAX_WORDS = re.compile(r"含税|价税|incl|gross", re.IGNORECASE)

DUPLICATES = Text(
    "有 {count:,} 行与其他行完全相同，仍已计入。",
    "{count:,} rows repeat another row exactly; they are counted all the same.",
)
FUTURE = Text("有 {count:,} 行的日期晚于 {today}。", "{count:,} rows are dated after {today}.")
BLANK = Text("跳过了 {count:,} 个空行。", "{count:,} blank rows were passed over.")
TRUNCATED = Text(
    "正好 {count:,} 行，导出可能在此截断，请核对。",
    "Exactly {count:,} rows: the export may have been cut off there; please check.",
)
BASIS = {
    "with_tax": Text("金额按含税读取（{header}）。", "Amounts are with tax ({header})."),
    "net": Text("金额按不含税读取（{header}）。", "Amounts are net of tax ({header})."),
    "unstated": Text("“{header}”没有说明是否含税。", "“{header}” does not say whether tax is included."),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file comes to under one mapping.

    rows_in = rows_good + rejected, always; a record counts once however many of its cells are bad, and a row that sums
    up others and is right is no record. With `questions`
    open nothing is counted but rows_in. `rejects` are the first ones, a bad cell each. `totals` has "qty" and "amount"
    where the dataset has them; `answers` are those given plus what was concluded (tax_basis).
    """

    rows_in: int
    rows_good: int = 0
    rejected: int = 0
    rejects: tuple[Reject, ...] = ()
    totals: dict[str, Decimal | None] = field(default_factory=dict)
    period: tuple[datetime.date, datetime.date] | None = None
    accounts: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[Text, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    plan: Plan | None = field(default=None, repr=False)


def check(
    source: Source,
    dataset: Dataset,
    mapping: Mapping[str, str],
    answers: Mapping[str, str],
    today: datetime.date,
    unfit: Unfit = NOTHING,
) -> Checked:
    """Check every record of a staged file. `mapping` is {field: header} and has every required field; `unfit` names
    values that are handed back although they are well written."""
    staged = source.staged
    assert staged
    columns = {f.name: staged.headers.index(mapping[f.name]) for f in dataset.fields if f.name in mapping}
    rows_in = staged.rows + staged.torn
    basis, basis_notes = tax_basis(dataset, mapping)
    told = {**basis, **answers}
    with bench(source.folder) as con:
        judged = judge(con, Plan(dataset, source, columns, unfit=_tables(unfit)), told)
        if judged.questions:
            return Checked(rows_in, questions=judged.questions, notes=judged.notes, answers=told)
        sums, found = _weighed(con, judged.plan, staged, today)
        plan, rows_in = replace(judged.plan, totals=found), rows_in - len(found.agree)
        rejects = listed(con, plan) if rows_in > sums["good"] else ()
    blank = (BLANK.fill(count=staged.blank),) if staged.blank else ()
    notes = (*staged.notes, *blank, *totals.notes(found), *judged.notes, *basis_notes, *_notes(sums, rows_in, today))
    return _counted(rows_in, sums, rejects, notes, told, plan)


def _weighed(
    con: duckdb.DuckDBPyConnection, plan: Plan, staged: Staged, today: datetime.date
) -> tuple[dict[str, Any], Totals]:
    """What the good rows come to, and the rows that sum up others; those count in what is written well but unfit."""
    register(con, plan)
    sums = _sums(con, plan, today)
    # records in = rows loaded + rows handed back: a join or a reader that lost or doubled a row stops here
    assert sums["rows"] == staged.rows, f"{sums['rows']} rows were checked, {staged.rows} were staged"
    some_bad = staged.rows + staged.torn > sums["good"]
    return sums, totals.totals(con, replace(plan, unfit={})) if some_bad else Totals()


def _counted(
    rows_in: int,
    sums: dict[str, Any],
    rejects: tuple[Reject, ...],
    notes: tuple[Text, ...],
    answers: dict[str, str],
    plan: Plan,
) -> Checked:
    roles = (("qty", plan.dataset.quantity), ("amount", plan.dataset.amount))
    return Checked(
        rows_in,
        sums["good"],
        rows_in - sums["good"],
        rejects,
        totals={role: sums[role] for role, name in roles if name},
        period=(sums["first"], sums["last"]) if sums["first"] else None,
        accounts=tuple(sorted(sums["accounts"] or ())),
        notes=notes,
        answers=answers,
        plan=plan,
    )


def codes(checked: Checked, *columns: str) -> list[tuple]:
    """What the good rows say in these text columns, with the number of rows of each: (word, ..., rows)."""
    plan = checked.plan
    assert plan is not None
    with bench(plan.source.folder) as con:
        register(con, plan)
        said = ", ".join(f'"{name}"' if name in plan.columns else "NULL" for name in columns)
        return con.execute(
            f"SELECT {said}, count(*) FROM ({plan.judged()}) WHERE {plan.is_good()} GROUP BY ALL", plan.headers()
        ).fetchall()


def stream(checked: Checked) -> pa.RecordBatchReader:
    """The good rows in `arrow_schema(dataset)`, a batch at a time; the file's staged cells must still be there."""
    plan = checked.plan
    assert plan is not None and not checked.questions, "a file with open questions has no rows yet"
    schema = arrow_schema(plan.dataset)
    return pa.RecordBatchReader.from_batches(schema, _batches(plan, schema))


def _batches(plan: Plan, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    with bench(plan.source.folder) as con:
        register(con, plan)
        rows = con.sql(f"SELECT {plan.row()} FROM ({plan.judged()}) WHERE {plan.is_good()}", params=plan.headers())
        for batch in rows.to_arrow_reader(BATCH_ROWS):
            yield batch.cast(schema)


def register(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Make the verdicts of a plan known to its DuckDB."""
    for name, verdicts in plan.verdicts.items():
        con.register(f"odd_{name}", verdicts)
    for name, values in plan.unfit.items():
        con.register(f"unfit_{name}", values)


def _tables(unfit: Unfit) -> dict[str, pa.Table]:
    pairs = {name: [pa.array(side, pa.string()) for side in (v.keys(), v.values())] for name, v in unfit.items() if v}
    return {name: pa.table(columns, names=["value", "reason"]) for name, columns in pairs.items()}


def _sums(con: duckdb.DuckDBPyConnection, plan: Plan, today: datetime.date) -> dict[str, Any]:
    """How many rows there are, and what the good ones come to."""
    dataset = plan.dataset

    def known(sql: str, name: str) -> str:
        return sql if name in plan.columns else "NULL"

    counted = {
        "good": "count(*)",
        "distinct_rows": f"count(DISTINCT hash({', '.join(plan.raw)}))",
        "qty": known(f'sum("{dataset.quantity}")', dataset.quantity),
        "amount": known(f'sum("{dataset.amount}")', dataset.amount),
        "first": known(f'min("{dataset.dated}")', dataset.dated),
        "last": known(f'max("{dataset.dated}")', dataset.dated),
        "future": known(f'count_if("{dataset.dated}" > {literal(today)}::DATE)', dataset.dated),
        "accounts": known("list(DISTINCT account) FILTER (WHERE account IS NOT NULL)", "account"),
    }
    [(rows,)] = con.execute(f"SELECT count(*) FROM ({plan.judged()})", plan.headers()).fetchall()
    [sums] = con.execute(
        f"SELECT {', '.join(counted.values())} FROM ({plan.judged()}) WHERE {plan.is_good()}", plan.headers()
    ).fetchall()
    return {"rows": rows, **dict(zip(counted, sums, strict=True))}


def _notes(sums: dict[str, Any], rows_in: int, today: datetime.date) -> Iterator[Text]:
    """What an analyst should know of rows that are loaded."""
    if sums["good"] > sums["distinct_rows"]:
        yield DUPLICATES.fill(count=sums["good"] - sums["distinct_rows"])
    if sums["future"]:
        yield FUTURE.fill(count=sums["future"], today=today.isoformat())
    if rows_in in ROUND_COUNTS:
        yield TRUNCATED.fill(count=rows_in)


def tax_basis(dataset: Dataset, mapping: Mapping[str, str]) -> tuple[dict[str, str], tuple[Text, ...]]:
    """({"tax_basis": with_tax | net | unstated}, a note) by the header that feeds the amount; empty without one."""
    header = mapping.get(dataset.amount, "") if dataset.amount else ""
    if not header:
        return {}, ()
    word = plain(header)
    basis = "unstated"
    if NET_WORDS.search(header) or (word in HEADERS["amount_net"] and word not in GENERIC_AMOUNTS):
        basis = "net"
    elif TAX_WORDS.search(header) or word in HEADERS["amount_tax"]:
        basis = "with_tax"
    return {"tax_basis": basis}, (BASIS[basis].fill(header=header),)
