"""Staged cells to checked rows: how many are good, which are handed back and why, control totals, open questions."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import duckdb
import pyarrow as pa

from data import spans
from data.contract import Dataset
from data.ingest import basis, footers, period, remarks, rules, timing, totals, unlisted
from data.ingest.plan import Plan
from data.ingest.read import Source
from data.ingest.rejects import Reject, listed
from data.ingest.shapes import BATCH_ROWS, Question, Totals
from data.ingest.staging import bench, literal
from data.ingest.verdicts import judge
from data.lake import arrow_schema
from data.text import Text

Unfit = Mapping[str, Mapping[str, str]]  # by field: a value, and the key of the reason why it does not fit
Held = Mapping[str, Mapping[int, str]]  # by field: a line, and the key of the reason why its row is handed back
NOTHING: Mapping[str, Any] = MappingProxyType({})
BLANK = Text("跳过了 {count:,} 个空行。", "{count:,} blank rows were passed over.")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file comes to under one mapping.

    rows_in = rows_good + rejected, always; a record counts once however many of its cells are bad, and a row that sums
    up others and is right is no record, nor is a footer. With `questions`
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

    @property
    def covered(self) -> tuple[datetime.date, datetime.date] | None:
        """The days that the good rows stand for: `period`, and the whole of a month or week that a row says."""
        return self.period and spans.covered(self.period, self.answers)


def check(
    source: Source,
    dataset: Dataset,
    mapping: Mapping[str, str],
    answers: Mapping[str, str],
    today: datetime.date,
    unfit: Unfit = NOTHING,
    held: Held = NOTHING,
) -> Checked:
    """Check every record of a staged file. `mapping` is {field: header} and has every required field; `unfit` names
    values that are handed back although they are well written, `held` lines."""
    staged = source.staged
    assert staged
    columns = {f.name: staged.headers.index(mapping[f.name]) for f in dataset.fields if f.name in mapping}
    money = basis.basis(dataset, mapping, staged.headers, answers.get(basis.KEY, ""))
    told = {**({basis.KEY: money} if money else {}), **answers}
    with bench(source.folder) as con:
        judged = judge(con, Plan(dataset, source, columns, unfit=_tables(unfit, pa.string()), held=_tables(held)), told)
        if judged.questions:
            return Checked(staged.rows + staged.torn, questions=judged.questions, notes=judged.notes, answers=told)
        register(con, judged.plan)
        plan, sums, asked = _within(con, judged.plan, told, today)
        if asked:
            return Checked(staged.rows + staged.torn, questions=tuple(asked), notes=judged.notes, answers=told)
        # what is written well but unfit counts in what a row of totals sums up
        found = totals.totals(con, replace(plan, unfit={}, held={})) if staged.rows > sums["good"] else Totals()
        feet = footers.footers(con, plan) if staged.rows + staged.torn > sums["good"] else {}
        plan = replace(plan, totals=found, footers=tuple(sorted(feet)))
        rows_in = staged.rows + staged.torn - len(plan.left_out)
        rejects = listed(con, plan) if rows_in > sums["good"] else ()
        words = tuple(unlisted.notes(con, plan))
    told |= {spans.GRAIN: plan.grain} if plan.grain else {}
    money_notes = (basis.NOTES[money].fill(header=mapping[dataset.amount]),) if money else ()
    blank = (BLANK.fill(count=staged.blank),) if staged.blank else ()
    below = (*totals.notes(found), *footers.notes(feet))
    against = (*rules.remarks(plan, sums), *words, *period.notes(sums["apart"] or {}, told))
    remarked = remarks.remarks(plan, sums, rows_in, today)
    notes = (*staged.notes, *blank, *below, *judged.notes, *money_notes, *against, *remarked)
    return _counted(rows_in, sums, rejects, notes, told, plan)


def _within(
    con: duckdb.DuckDBPyConnection, plan: Plan, answers: Mapping[str, str], today: datetime.date
) -> tuple[Plan, dict[str, Any], list[Question]]:
    """(the plan with the days and the repeats that are kept, sums of its good rows, what is open about them)."""
    sums = _sums(con, plan, today)
    months = timing.Months(sums["months"] or {}, sums["future"] or 0)
    asked = [
        *timing.questions(months, plan.dataset, answers, today),
        *rules.questions(plan, sums, answers),
        *remarks.questions(sums, answers),
        *period.question(sums["apart"] or {}, plan.dataset, answers),
    ]
    plan = replace(plan, said=period.said(plan.dataset, answers))
    wanted = replace(
        plan,
        window=timing.window(months, answers, today),
        broken=rules.handed_back(plan.dataset, answers, today),
        once=answers.get(remarks.TWICE) == remarks.ONCE,
    )
    if asked or wanted == plan:
        return plan, sums, asked
    return wanted, _sums(con, wanted, today), []


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


def lines(checked: Checked, *columns: str) -> list[tuple]:
    """The good rows one by one: (line, value, ...) of these columns; None where the file has no such column."""
    plan = checked.plan
    assert plan is not None
    with bench(plan.source.folder) as con:
        register(con, plan)
        said = ", ".join(f'"{name}"' if name in plan.columns else "NULL" for name in columns)
        return con.execute(
            f"SELECT _line, {said} FROM ({plan.judged()}) WHERE {plan.is_good()} ORDER BY _line", plan.headers()
        ).fetchall()


@dataclass(frozen=True, slots=True)
class Month:
    """What the good rows of one month come to; None where the dataset or the file has no such figure."""

    month: datetime.date
    rows: int
    qty: Decimal | None
    amount: Decimal | None
    accounts: frozenset[str]


def by_month(checked: Checked) -> list[Month]:
    """The good rows by month of their date, oldest first; none where the dataset has no date."""
    plan = checked.plan
    if plan is None or not checked.rows_good or plan.dataset.dated not in plan.columns:
        return []
    qty, amount = (
        f'sum("{name}")' if name in plan.columns else "NULL" for name in (plan.dataset.quantity, plan.dataset.amount)
    )
    who = "list(DISTINCT account)" if "account" in plan.columns else "NULL"
    with bench(plan.source.folder) as con:
        register(con, plan)
        rows = con.execute(
            f"SELECT date_trunc('month', \"{plan.dataset.dated}\")::DATE AS month, count(*), {qty}, {amount}, {who} "
            f"FROM ({plan.judged()}) WHERE {plan.is_good()} GROUP BY ALL ORDER BY month",
            plan.headers(),
        ).fetchall()
    return [Month(month, n, q, a, frozenset(names or ())) for month, n, q, a, names in rows]


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
    for kind, tables in (("unfit", plan.unfit), ("held", plan.held)):
        for name, values in tables.items():
            con.register(f"{kind}_{name}", values)


def _tables(told: Mapping[str, Mapping[Any, str]], kind: pa.DataType | None = None) -> dict[str, pa.Table]:
    """Values of a field, or (without a `kind`) lines, each with the key of its reason."""
    pairs = {
        name: [pa.array(list(values), kind or pa.int64()), pa.array(list(values.values()), pa.string())]
        for name, values in told.items()
        if values
    }
    return {name: pa.table(columns, names=["value", "reason"]) for name, columns in pairs.items()}


def _sums(con: duckdb.DuckDBPyConnection, plan: Plan, today: datetime.date) -> dict[str, Any]:
    """How many rows there are, and what the good ones come to."""
    _reconcile(con, plan)
    dataset = plan.dataset

    def known(sql: str, name: str) -> str:
        return sql if name in plan.columns else "NULL"

    dated = f'"{dataset.dated}"'
    counted = {
        "good": "count(*)",
        "qty": known(f'sum("{dataset.quantity}")', dataset.quantity),
        "amount": known(f'sum("{dataset.amount}")', dataset.amount),
        "first": known(f"min({dated})", dataset.dated),
        "last": known(f"max({dated})", dataset.dated),
        "future": known(f"count_if({dated} > {literal(today)}::DATE)", dataset.dated),
        "months": known(timing.by_month(dated), dataset.dated),
        "apart": known(period.apart(plan), dataset.dated),
        "accounts": known("list(DISTINCT account) FILTER (WHERE account IS NOT NULL)", "account"),
        **rules.looks(plan, today),
        **remarks.looks(plan),
    }
    good = f"FROM ({plan.judged()}) WHERE {plan.is_good()}"
    [sums] = con.execute(f"SELECT {', '.join(counted.values())} {good}", plan.headers()).fetchall()
    # apart, because beside it the other sums would take three times as long
    distinct = f"SELECT count(DISTINCT hash({', '.join(plan.raw)})) {good}"
    [(distinct_rows,)] = con.execute(distinct, plan.headers()).fetchall()
    return {**dict(zip(counted, sums, strict=True)), "distinct_rows": distinct_rows}


def _reconcile(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Records in = rows loaded + rows handed back: a join or a reader that lost or doubled a row stops here."""
    [(rows,)] = con.execute(f"SELECT count(*) FROM ({plan.judged()})", plan.headers()).fetchall()
    assert plan.source.staged and rows == plan.source.staged.rows, f"{rows} rows were checked of {plan.source.staged}"
