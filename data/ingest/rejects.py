"""The records that are handed back: a list to show, and a file to correct and upload again."""

import csv
import heapq
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import duckdb
import pyarrow.parquet as pq

from data.ingest.plan import Plan
from data.ingest.reasons import REASONS, why
from data.ingest.shapes import BATCH_ROWS
from data.text import Text

LISTED = 10_000  # rejects kept in memory to be shown; the file has them all
SHOWN = 200  # characters of a cell or torn line in the list
FORMULA = re.compile(r"^[=+\-@\t\r\n＝＋－＠]")  # a spreadsheet would run what starts so
NUMBER = re.compile(r"^[+-]?\d[\d,]*(\.\d+)?$")
LINE = Text("行号", "line")
REASON = Text("原因", "reason")
RAW = "原文 raw"
TAIL = (f"{LINE.zh} line", REASON.zh, REASON.en, RAW)  # the columns that are ours
ORIGIN = "来源文件 source file"  # so is this one: by it a corrected file is known for one of the rows handed back


@dataclass(frozen=True, slots=True)
class Reject:
    """One thing to correct: `line` of the file, `column` header ("" for the whole row), the `value` as it stands;
    `key` of REASONS."""

    line: int
    column: str
    value: str
    reason: Text
    key: str


@dataclass(frozen=True, slots=True)
class Bad:
    """One record that is handed back: its line, its cells, its text if it was torn, and what is wrong with it."""

    line: int
    cells: tuple[str | None, ...]
    raw: str
    faults: tuple[Reject, ...]


def listed(con: duckdb.DuckDBPyConnection, plan: Plan) -> tuple[Reject, ...]:
    """The first LISTED rejects by line."""
    faults = (fault for bad in bad_records(con, plan, LISTED) for fault in bad.faults)
    return tuple(islice(faults, LISTED))


def bad_records(con: duckdb.DuckDBPyConnection, plan: Plan, most: int | None = None) -> Iterator[Bad]:
    """Records that are not loaded, by line: all of them, or enough for the first `most`."""
    return heapq.merge(_unfit(con, plan, most), _torn(plan), key=lambda bad: bad.line)


def as_csv(con: duckdb.DuckDBPyConnection, plan: Plan) -> bytes:
    """All rejected records: the file's own columns, then line, reason (zh, en), text of torn ones, mark of the file."""
    assert plan.source.staged
    out = io.BytesIO()
    text = io.TextIOWrapper(out, "utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow([*map(guarded, plan.source.staged.headers), *TAIL, ORIGIN])
    origin = mark(plan.source.sha256)
    for bad in bad_records(con, plan):
        reasons = [_sentence(bad.faults, lang) for lang in ("zh", "en")]
        writer.writerow([*(guarded(cell or "") for cell in bad.cells), bad.line, *reasons, guarded(bad.raw), origin])
    text.flush()
    return out.getvalue()


def mark(sha256: str) -> str:
    """What a file is called in the column ORIGIN: a word that no spreadsheet takes for a number."""
    return f"file-{sha256[:12]}"


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    return f"'{cell}" if FORMULA.match(cell) and not NUMBER.match(cell) else cell


def _unfit(con: duckdb.DuckDBPyConnection, plan: Plan, most: int | None) -> Iterator[Bad]:
    """Records whose cells break the contract."""
    faults = ", ".join(f'"{name}?"' for name in ["row", *(f.name for f in plan.mapped)])
    found = con.execute(
        f"SELECT _line, {', '.join(plan.raw)}, {faults} FROM ({plan.judged()}) WHERE NOT ({plan.is_good()}) "
        "AND _line NOT IN (SELECT unnest($right::BIGINT[])) ORDER BY _line LIMIT $most",
        {**plan.headers(), "most": most, "right": plan.left_out},
    )
    while rows := found.fetchmany(BATCH_ROWS):
        for line, *values in rows:
            cells, faulty = tuple(values[: plan.width]), values[plan.width :]
            yield Bad(line, cells, "", tuple(_faults(plan, line, cells, faulty)))


def _faults(plan: Plan, line: int, cells: tuple[str | None, ...], faulty: list[str | None]) -> Iterator[Reject]:
    """What is wrong with one record: one sentence for the row, or one for each bad cell."""
    assert plan.source.staged
    if faulty[0]:
        text = " · ".join(cell for cell in cells if cell)
        yield Reject(line, "", text[:SHOWN], plan.totals.differ.get(line) or REASONS[faulty[0]], faulty[0])
        return
    for f, reason in zip(plan.mapped, faulty[1:], strict=True):
        if reason:
            at = plan.columns[f.name]
            yield Reject(
                line, plan.source.staged.headers[at], (cells[at] or "")[:SHOWN], why(plan.dataset, f, reason), reason
            )


def _torn(plan: Plan) -> Iterator[Bad]:
    """Records that could not be split into cells; they lie in the order of the file."""
    assert plan.source.staged
    if not plan.source.staged.torn:
        return
    for batch in pq.ParquetFile(plan.source.torn).iter_batches():
        for one in (one for one in batch.to_pylist() if one["line"] not in plan.footers):
            reason = REASONS[one["reason"]].fill(cells=one["cells"], columns=one["columns"])
            shown = Reject(one["line"], "", one["raw"][:SHOWN], reason, one["reason"])
            yield Bad(one["line"], (None,) * plan.width, one["raw"], (shown,))


def _sentence(faults: tuple[Reject, ...], lang: str) -> str:
    """All that is wrong with a record in one cell."""
    mark, stop = ("：", "；") if lang == "zh" else (": ", "; ")
    words = ((fault.column, fault.reason.zh if lang == "zh" else fault.reason.en) for fault in faults)
    return stop.join(f"{column}{mark}{reason}" if column else reason for column, reason in words)
