"""Load, list, undo and sync from the command line, for schedules and for whoever checks us; see `python -m data -h`."""

import argparse
import json
import shutil
import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from data.console import run
from data.datasets import BY_NAME, DATASETS
from data.guide import as_markdown
from data.home import Home
from data.ingest import Prepared, Question, WrongAnswer, prepare
from data.intake import known, open_questions, take, today, work_folder
from data.lake import Batch, LakeError
from data.templates import MAKERS
from data.text import LANGS, Text

LOADED, REFUSED, ASKED, HANDED_BACK = 0, 2, 3, 4
SHOWN = 200  # rejects printed; the count is always exact
NOT_OF_DEMO = "only the made-up demo company is here; its batches cannot be undone, and go with the first own file"
HELD = Text(
    "{bad} 行有问题，其余 {good} 行没有载入；改好后重传，或加 --partial 先载入好的行",
    "{bad} rows are at fault, the other {good} were held back; correct the file, or load the good rows with --partial",
)


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns 0 loaded or done, 2 refused, 3 an answer is needed, 4 rows handed back."""
    from settings import settings

    args = _parser().parse_args(argv)
    home = Home(settings().home, settings().memory_mb, settings().engine)
    match args.command:
        case "load":
            return _load(home, args, settings().user)
        case "list":
            return _list(home, args)
        case "undo":
            return _undo(home, args, settings().user)
        case "sync":
            print(json.dumps(dict(home.own().version())))
            return LOADED
        case "template":
            return _template(args)
        case "docs":
            print(as_markdown(DATASETS), end="")
            return LOADED
        case _:
            return _demo(home)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    load = commands.add_parser("load", help="read, check and publish a file")
    load.add_argument("file", type=Path)
    load.add_argument("--as", dest="dataset", required=True, choices=sorted(BY_NAME), metavar="DATASET")
    load.add_argument("--map", nargs="+", action="extend", default=[], type=_pair, metavar="field=Header")
    load.add_argument("--answer", nargs="+", action="extend", default=[], type=_pair, metavar="key=value")
    load.add_argument("--partial", action="store_true", help="load the good rows although others are handed back")
    load.add_argument("--json", action="store_true")
    for name, text in (("list", "every batch, newest first"), ("undo", "take a batch out again")):
        command = commands.add_parser(name, help=text)
        command.add_argument("--json", action="store_true")
        if name == "undo":
            command.add_argument("batch")
    _template_parser(commands.add_parser("template", help="write an empty file to fill in"))
    commands.add_parser("docs", help="print docs/datasets.md, made from the contracts")
    commands.add_parser("sync", help="bring the cache up to the lake and print its version")
    commands.add_parser("demo", help="make the demo company, where no own data has begun")
    return parser


def _template_parser(command: argparse.ArgumentParser) -> None:
    command.add_argument("dataset", choices=sorted(BY_NAME), metavar="DATASET")
    command.add_argument("--lang", choices=LANGS, default=LANGS[0])
    command.add_argument("--format", choices=MAKERS, default=next(iter(MAKERS)))
    command.add_argument("-o", dest="out", type=Path, metavar="FILE", help="default: DATASET.FORMAT here")


def _template(args: argparse.Namespace) -> int:
    """Write a template; a file that is there may have been filled in already and is not touched."""
    out = args.out or Path(f"{args.dataset}.{args.format}")
    try:
        with out.open("xb") as file:
            file.write(MAKERS[args.format](BY_NAME[args.dataset], args.lang))
    except FileExistsError:
        print(f"{out} exists already; name another file with -o", file=sys.stderr)
        return REFUSED
    print(out)
    return LOADED


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key:
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form key=value")
    return key, value


def _load(home: Home, args: argparse.Namespace, user: str) -> int:
    """One file from bytes to published, or to the reason why not."""
    dataset, answers = BY_NAME[args.dataset], dict(args.answer)
    report: dict[str, Any] = dict.fromkeys(("status", "batch", "dataset", "rows_in", "rows_loaded", "rows_rejected"))
    report |= {"dataset": dataset.name, "totals": {}, "period": None, "questions": [], "rejects": [], "notes": []}
    if not args.file.is_file():
        return _print(report | {"status": "refused", "notes": [f"no file {args.file}"]}, args.json, REFUSED)
    work = Path(tempfile.mkdtemp(dir=work_folder(home)))
    try:
        prepared = prepare(
            args.file, args.file.name, dataset, work=work, mapping=dict(args.map), answers=answers, today=today()
        )
        refusal = prepared.refused or known(home, prepared)
        if refusal is not None:
            return _print(report | {"status": "refused", "notes": [_both(refusal)]}, args.json, REFUSED)
        return _decide(home, args, prepared, answers, user, report)
    except WrongAnswer as wrong:
        return _print(report | {"status": "refused", "notes": [str(wrong)]}, args.json, REFUSED)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _decide(
    home: Home, args: argparse.Namespace, prepared: Prepared, answers: dict[str, str], user: str, report: dict[str, Any]
) -> int:
    """Ask, hand back or publish what has been prepared."""
    if prepared.checked is not None:
        report |= _checked(prepared)
    asked = open_questions(home, prepared, answers)
    if asked:
        return _print(report | {"status": "asked", "questions": [_question(q) for q in asked]}, args.json, ASKED)
    assert prepared.checked is not None
    bad = prepared.checked.rows_in - prepared.checked.rows_good
    if prepared.checked.rows_good == 0 or (bad and not args.partial):
        held = _both(HELD.fill(bad=bad, good=prepared.checked.rows_good))
        report |= {"status": "handed_back", "rows_loaded": 0, "rows_rejected": prepared.checked.rows_in}
        return _print(report | {"notes": [*report["notes"], held]}, args.json, HANDED_BACK)
    batch = take(home, prepared, answers, user, args.partial)
    report |= {"status": "loaded", "batch": batch.id, "rows_loaded": batch.rows, "rows_rejected": bad}
    return _print(report, args.json, HANDED_BACK if bad else LOADED)


def _checked(prepared: Prepared) -> dict[str, Any]:
    """What the check found, as the report's fields."""
    checked = prepared.checked
    assert checked is not None
    return {
        "rows_in": checked.rows_in,
        "rows_loaded": 0,
        "rows_rejected": checked.rows_in - checked.rows_good,
        "totals": {name: _number(value) for name, value in checked.totals.items()},
        "period": checked.period and [day.isoformat() for day in checked.period],
        "rejects": [
            {"line": r.line, "column": r.column, "value": r.value, "reason": _both(r.reason)}
            for r in checked.rejects[:SHOWN]
        ],
        "notes": [_both(note) for note in checked.notes],
    }


def _question(question: Question) -> dict[str, Any]:
    options = [{"value": o.value, "label": _both(o.label)} for o in question.options]
    return {"key": question.key, "ask": _both(question.ask), "options": options}


def _both(text: Text) -> str:
    return text.zh if text.zh == text.en else f"{text.zh} / {text.en}"


def _number(value: Decimal | None) -> float | None:
    """A control total as people compare it: to the cent."""
    return None if value is None else round(float(value), 2)


def _print(report: dict[str, Any], as_json: bool, code: int) -> int:
    if as_json:
        print(json.dumps(report, ensure_ascii=False))
        return code
    for name, value in report.items():
        if value not in (None, [], {}):
            print(f"{name:14}", json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value)
    return code


def _list(home: Home, args: argparse.Namespace) -> int:
    batches = [_batch(batch) for batch in home.store().lake.batches()] if home.is_ready else []
    if args.json:
        print(json.dumps({"made_up": home.is_demo, "batches": batches}, ensure_ascii=False))
    for b in [] if args.json else batches:
        state = "undone" if b["undone_at"] else "live"
        print(b["batch"], b["dataset"], b["rows"], state, b["file"], b["totals"], b["committed_at"], sep="\t")
    return LOADED


def _batch(batch: Batch) -> dict[str, Any]:
    receipt = batch.receipt
    return {
        "batch": batch.id,
        "dataset": batch.dataset,
        "rows": batch.rows,
        "file": receipt.file,
        "sha256": receipt.sha256,
        "user": receipt.user,
        "totals": receipt.totals,
        "period": receipt.period,
        "committed_at": batch.committed_at.isoformat(),
        "undone_at": batch.undone_at and batch.undone_at.isoformat(),
    }


def _undo(home: Home, args: argparse.Namespace, user: str) -> int:
    if home.is_demo:
        return _print({"status": "refused", "notes": [NOT_OF_DEMO]}, args.json, REFUSED)
    try:
        batch = home.own().lake.undo(args.batch, user)
    except LakeError as error:
        return _print({"status": "refused", "notes": [str(error)]}, args.json, REFUSED)
    home.own().version()
    return _print({"status": "undone", **_batch(batch)}, args.json, LOADED)


def _demo(home: Home) -> int:
    if not home.is_demo:
        print("own data has begun in this home; the demo is only made in an empty one", file=sys.stderr)
        return REFUSED
    home.make_demo(lambda share, text: print(f"{share:4.0%} {text.en}", file=sys.stderr))
    print(f"the demo company is ready below {home.path}")
    return LOADED


if __name__ == "__main__":
    sys.exit(run(main))
