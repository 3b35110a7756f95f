"""One file from bytes to published without a person at hand, or to the report why not.

The report is a dict ready for JSON: status (loaded, asked, handed_back, refused), batch, rows in = loaded + rejected,
totals, control, overwrites, questions, rejects, notes. A refused file that has a batch is in that batch already.
`overwrites`, of registers and master data: the rows that are new, changed and the same, totals from and to, and a few
of the changed rows.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from data import control
from data.console import ASKED, HANDED_BACK, LOADED, REFUSED
from data.datasets import BY_NAME
from data.home import Home
from data.ingest import NotReady, Prepared, Question, WrongAnswer, prepare, rejected_file, twin
from data.ingest.constant import VALUE
from data.ingest.repairs import refuse_misfits
from data.ingest.told import MAP, columns, refuse_absent_headers, refuse_unknown_keys
from data.intake import known, open_questions, take, today, work_folder
from data.overwrite import Overwrite, overwrite, plainly
from data.profile import Recalled, recall
from data.text import Text
from data.vet import Vetted, vet

Report = dict[str, Any]
SHOWN = 200  # rejects in a report; the count is always exact
ALL_THE_SAME = Text(
    "合计不符，没有载入；差异已知的话，加 --answer {answers}",
    "The totals differ and nothing was loaded; where that is known, add --answer {answers}",
)
WHOLE_FILE = Text(
    "整个文件只有一个值、没有这一列的，可以写 --answer {keys}",
    "Where a whole file has one value and no such column, say --answer {keys}",
)
HELD = Text(
    "{bad} 行有问题，其余 {good} 行没有载入；改好后重传，或加 --partial 先载入好的行",
    "{bad} rows are at fault, the other {good} were held back; correct the file, or load the good rows with --partial",
)


@dataclass(frozen=True, slots=True)
class Order:
    """What is said of files beforehand: {field: header}, answers by key, control totals as typed; `partial` agrees to
    leave rejected rows out, `afresh` takes nothing over from the last file of the same layout."""

    dataset: str
    mapping: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    control: Mapping[str, str] = field(default_factory=dict)
    partial: bool = False
    afresh: bool = False


def load(home: Home, order: Order, file: Path, user: str, rejects: Path | None = None) -> tuple[Report, int]:
    """(report, exit code) of one file; rows that are handed back are written to `rejects` as CSV."""
    dataset = BY_NAME[order.dataset]
    report: Report = dict.fromkeys(("file", "status", "batch", "dataset", "rows_in", "rows_loaded", "rows_rejected"))
    report |= {"file": file.name, "dataset": dataset.name, "totals": {}, "period": None, "control": {}}
    report["overwrites"] = {}
    report |= {"questions": [], "rejects": [], "notes": []}
    if not file.is_file():
        return _refused(report, f"no file {file}")
    work = Path(tempfile.mkdtemp(dir=work_folder(home)))
    try:
        refuse_unknown_keys(dataset, order.answers)
        refuse_misfits(dataset, order.answers)
        told = {"mapping": order.mapping, "answers": order.answers, "today": today()}
        prepared = prepare(file, file.name, dataset, work=work, **told)
        if prepared.source.staged is not None:
            refuse_absent_headers(prepared.source.staged.headers, columns(order.mapping, order.answers))
        read = Recalled(prepared) if order.afresh else recall(prepared, home.own().lake, **told)
        vetted = vet(home.own(), read.prepared, order.answers, told["today"])
        if rejects and vetted.prepared.checked and vetted.prepared.checked.rejected:
            rejects.write_bytes(rejected_file(vetted.prepared))
        return _decide(home, order, vetted, read.note, user, report)
    except WrongAnswer as wrong:
        return _refused(report, str(wrong))
    except NotReady as late:  # another process published the very same file meanwhile
        return _refused(report, _both(late.reason))
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _refused(report: Report, *notes: str) -> tuple[Report, int]:
    return report | {"status": "refused", "notes": [*report["notes"], *notes]}, REFUSED


def _decide(
    home: Home, order: Order, vetted: Vetted, note: Text | None, user: str, report: Report
) -> tuple[Report, int]:
    """Refuse, ask, hand back or publish what has been read."""
    prepared = vetted.prepared
    if refusal := prepared.refused or known(home, prepared):
        first = twin(prepared, home.own().lake)
        return _refused(report | {"batch": first and first.id}, _both(refusal))
    if note is not None:
        report["notes"] = [_both(note)]
    if prepared.checked is not None:
        report |= _checked(prepared, report["notes"], order.control)
    if asked := open_questions(home, prepared, order.answers, vetted):
        report |= {"rows_rejected": None, "questions": [_question(q) for q in asked]}
        return report | {"status": "asked", "notes": [*report["notes"], *_hints(asked)]}, ASKED
    report |= _overwrites(overwrite(home.own(), prepared, order.answers), report["notes"])
    checked = prepared.checked
    assert checked is not None
    if checked.rows_good == 0 or (checked.rejected and not order.partial):
        held = _both(HELD.fill(bad=checked.rejected, good=checked.rows_good))
        report |= {"status": "handed_back", "rows_rejected": checked.rows_in}
        return report | {"notes": [*report["notes"], held]}, HANDED_BACK
    if wrong := control.unsettled(checked, order.control, order.answers):
        return _refused(report | {"rows_rejected": checked.rows_in}, *_differences(wrong))
    batch = take(home, prepared, order.answers, user, order.partial, order.control)
    report |= {"status": "loaded", "batch": batch.id, "rows_loaded": batch.rows}
    return report, HANDED_BACK if checked.rejected else LOADED


def _hints(asked: Sequence[Question]) -> list[str]:
    """What may be said beside the options of a question: a value that no column has."""
    keys = [q.key.removeprefix(MAP) for q in asked if q.key.startswith(MAP)]
    return [_both(WHOLE_FILE.fill(keys=" ".join(f"{VALUE}{key}=…" for key in keys)))] if keys else []


def _differences(wrong: Sequence[control.Control]) -> Iterator[str]:
    """What each total should be, and how to load the file all the same."""
    yield from (_both(one.sentence) for one in wrong)
    yield _both(ALL_THE_SAME.fill(answers=" ".join(f"{one.key}={control.ACCEPT.value}" for one in wrong)))


def _checked(prepared: Prepared, notes: list[str], typed: Mapping[str, str]) -> Report:
    """What the check found, as the report's fields."""
    checked = prepared.checked
    assert checked is not None
    return {
        "rows_in": checked.rows_in,
        "rows_loaded": 0,
        "rows_rejected": checked.rejected,
        "totals": {name: _number(value) for name, value in checked.totals.items()},
        "period": checked.covered and [day.isoformat() for day in checked.covered],
        "control": {one.name: _compared(one) for one in control.compared(checked, typed)},
        "rejects": [
            {"line": r.line, "column": r.column, "value": r.value, "reason": _both(r.reason)}
            for r in checked.rejects[:SHOWN]
        ],
        "notes": [*notes, *map(_both, checked.notes)],
    }


def _overwrites(found: Overwrite | None, notes: list[str]) -> Report:
    """What becomes of the keys of a register; a sentence of it among the notes."""
    if found is None:
        return {}
    told = {
        **{name: getattr(found, name) for name in ("new", "changed", "same", "repeated")},
        "totals": {t.field.name: {"from": _number(t.before), "to": _number(t.after)} for t in found.totals},
        "columns": {c.field.name: {"rows": c.rows, "emptied": c.emptied} for c in found.columns},
        "examples": [
            {
                "key": {f.name: plainly(f, value) for f, value in one.key},
                "cells": {f.name: [plainly(f, old), plainly(f, new)] for f, old, new in one.cells},
            }
            for one in found.examples
        ],
    }
    return {"overwrites": told, "notes": [*notes, _both(found.summary)]}


def _compared(one: control.Control) -> Report:
    return {"should_be": one.typed, "difference": _number(one.difference), "share": one.share, "agrees": one.agrees}


def _question(question: Question) -> dict[str, Any]:
    options = [{"value": o.value, "label": _both(o.label)} for o in question.options]
    return {"key": question.key, "ask": _both(question.ask), "options": options}


def _both(text: Text) -> str:
    return text.zh if text.zh == text.en else f"{text.zh} / {text.en}"


def _number(value: Decimal | None) -> float | None:
    """A control total as people compare it: to the cent."""
    return None if value is None else round(float(value), 2)
