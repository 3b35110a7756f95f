"""Rows that sum up others: found by what they say or by what they lack, believed only when their sums are right.

A total that equals what it stands for is left out and noted. One that does not is handed back with both figures: either
rows are missing from the export, or it is no total. It may stand for all rows, or for those between two totals, below
or above it, so that subtotals, grand totals and totals on top are met in any nesting.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

import duckdb

from data.contract import Kind
from data.ingest.plan import Plan
from data.ingest.shapes import Totals
from data.text import Text

MEASURES = (Kind.QUANTITY, Kind.MONEY)
MOST = 20_000  # rows looked at; a file with more of them is a list of sums, and all are handed back as totals
REACH = 50  # totals between a subtotal and the other end of what it sums up: deeper than any report nests
NEAR = Decimal("0.01")  # a total of cells that were rounded where they are shown may be off by the last digit
UNLABELLED = 2  # rows that a total without a word must sum up; one row's figures repeated are more likely a row
LEFT_OUT = Text(
    "合计行与明细相符，没有计入：{count:,} 行（{lines}）。",
    "Rows that sum up others agree with them and were left out: {count:,} ({lines}).",
)
DIFFERS = Text("合计行写的是 {said}，明细之和是 {sums}", "this total says {said}, the rows add up to {sums}")
NAMED = 5  # lines named in the note
AND_MORE = "…"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that may sum up others: its figures by measure, None where it has none."""

    line: int
    labelled: bool
    said: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class _Sums:
    """The good rows between two candidates: how many, and their sums by measure; adds up."""

    rows: int
    amounts: tuple[Decimal, ...]

    def __add__(self, other: "_Sums") -> "_Sums":
        return _Sums(self.rows + other.rows, tuple(a + b for a, b in zip(self.amounts, other.amounts, strict=True)))

    def __sub__(self, other: "_Sums") -> "_Sums":
        return _Sums(self.rows - other.rows, tuple(a - b for a, b in zip(self.amounts, other.amounts, strict=True)))


def notes(found: Totals) -> tuple[Text, ...]:
    """One sentence on what was left out, if anything was."""
    if not found.agree:
        return ()
    lines = "、".join(map(str, found.agree[:NAMED])) + (AND_MORE if len(found.agree) > NAMED else "")
    return (LEFT_OUT.fill(count=len(found.agree), lines=lines),)


def totals(con: duckdb.DuckDBPyConnection, plan: Plan) -> Totals:
    """Judge every row that says it is a total, or has figures and nothing else."""
    measures = [f.name for f in plan.mapped if f.kind in MEASURES]
    rows = _candidates(con, plan, measures) if measures else []
    if not rows or len(rows) > MOST:
        return Totals()
    before = list(accumulate(_between(con, plan, measures, [row.line for row in rows])))
    agree = {row.line for at, row in enumerate(rows) if _agrees(row, at, before)}
    differ = {r.line: _difference(r, before[-1]) for r in rows if r.labelled and r.line not in agree and any(r.said)}
    return Totals(tuple(sorted(agree)), differ)


def _candidates(con: duckdb.DuckDBPyConnection, plan: Plan, measures: Sequence[str]) -> list[_Row]:
    words = [f.name for f in plan.mapped if f.kind not in MEASURES]
    bare = " AND ".join(f'"{name}" IS NULL AND "{name}!" IS NULL' for name in words) or "false"
    sound = " AND ".join(f'"{name}!" IS NULL' for name in measures)
    said = ", ".join(f'"{name}"' for name in measures)
    found = con.execute(
        f"""
        SELECT _line, "row?" IS NOT NULL, {said}
        FROM ({plan.judged()})
        WHERE (coalesce("row?", '') = 'total' OR ("row?" IS NULL AND {bare})) AND {sound}
        ORDER BY _line LIMIT {MOST + 1}
        """,
        plan.headers(),
    )
    return [_Row(line, labelled, tuple(said)) for line, labelled, *said in found.fetchall()]


def _between(
    con: duckdb.DuckDBPyConnection, plan: Plan, measures: Sequence[str], lines: Sequence[int]
) -> Iterator[_Sums]:
    """Sums of the good rows up to the first candidate, between each two, and after the last."""
    sums = ", ".join(f'coalesce(sum("{name}"), 0)' for name in measures)
    found = con.execute(
        f"""
        SELECT coalesce(t.turn, 0), count(*), {sums}
        FROM (SELECT * FROM ({plan.judged()}) WHERE {plan.is_good()}) AS r
        ASOF LEFT JOIN (
            SELECT unnest($lines::BIGINT[]) AS line, generate_subscripts($lines::BIGINT[], 1) AS turn
        ) AS t ON r._line > t.line
        GROUP BY coalesce(t.turn, 0)
        """,
        {**plan.headers(), "lines": list(lines)},
    )
    by_turn = {turn: _Sums(rows, tuple(amounts)) for turn, rows, *amounts in found.fetchall()}
    nothing = _Sums(0, (Decimal(0),) * len(measures))
    return (by_turn.get(turn, nothing) for turn in range(len(lines) + 1))


def _agrees(row: _Row, at: int, before: Sequence[_Sums]) -> bool:
    """Whether a row's figures are the sums of all rows, or of those from another total, or an end, to it."""
    whole, here = before[-1], before[at]
    ends = [before[0] - before[0], whole]  # the start and the end of the file
    below = [here - other for other in (ends[0], *before[max(0, at - REACH) : at])]
    above = [other - here for other in (*before[at + 1 : at + 1 + REACH], ends[1])]
    return any(_matches(row, sums) for sums in (whole, *below, *above))


def _matches(row: _Row, sums: _Sums) -> bool:
    told = [(said, amount) for said, amount in zip(row.said, sums.amounts, strict=True) if said is not None]
    enough = sums.rows >= (1 if row.labelled else UNLABELLED)
    return enough and bool(told) and all(abs(said - amount) <= NEAR for said, amount in told)


def _difference(row: _Row, whole: _Sums) -> Text:
    said = " / ".join(f"{amount.normalize():,f}" for amount in row.said if amount is not None)
    told = zip(row.said, whole.amounts, strict=True)
    return DIFFERS.fill(said=said, sums=" / ".join(f"{a.normalize():,f}" for s, a in told if s is not None))
