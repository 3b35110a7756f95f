"""Load, watch, list, undo and sync from the command line, for schedules and whoever checks us; `python -m data -h`."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from data import control
from data.console import LOADED, REFUSED, WORST_FIRST, run
from data.datasets import BY_NAME, DATASETS
from data.guide import as_markdown
from data.home import Home
from data.intake import ADD, OVERLAP, REPLACE, today
from data.lake import Batch, LakeError
from data.loading import Order, Report, load
from data.quarantine import KEPT_DAYS, sweep
from data.templates import MAKERS
from data.text import LANGS
from data.watch import Busy, Watch

NOT_OF_DEMO = "only the made-up demo company is here; its batches cannot be undone, and go with the first own file"


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns 0 loaded or done, 2 refused, 3 an answer is needed, 4 rows handed back.

    Of many files the worst counts, in the order 2, 3, 4, 0. A control total that differs refuses the file.
    """
    from settings import settings

    args = _parser().parse_args(argv)
    home = Home(settings().home, settings().memory_mb, settings().engine)
    match args.command:
        case "load":
            return _load_all(home, args, settings().user)
        case "watch":
            return _watch(home, args, settings().user)
        case "list":
            return _list(home, args)
        case "undo":
            return _undo(home, args, settings().user)
        case "sweep":
            return _sweep(home)
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
    loads = commands.add_parser("load", help="read, check and publish a file")
    loads.add_argument("files", nargs="+", type=Path, metavar="file")
    loads.add_argument("--as", dest="dataset", required=True, choices=sorted(BY_NAME), metavar="DATASET")
    loads.add_argument("--map", nargs="+", action="extend", default=[], type=_pair, metavar="field=Header")
    loads.add_argument("--answer", nargs="+", action="extend", default=[], type=_pair, metavar="key=value")
    loads.add_argument(
        "--control", nargs="+", action="extend", default=[], type=_total, metavar="rows|qty|amount=number"
    )
    loads.add_argument("--partial", action="store_true", help="load the good rows although others are handed back")
    loads.add_argument("--afresh", action="store_true", help="take nothing over from the last file of the same layout")
    loads.add_argument("--json", action="store_true", help="a line of JSON for each file")
    watch = commands.add_parser("watch", help="load what is put into a folder's subfolders, named after datasets")
    watch.add_argument("folder", type=Path)
    watch.add_argument("--every", type=_seconds, default=10.0, metavar="SECONDS", help="between two looks (default 10)")
    watch.add_argument("--once", action="store_true", help="load what lies there, then end")
    watch.add_argument("--overlap", choices=(REPLACE.value, ADD.value), help="what files are to rows there already")
    watch.add_argument("--partial", action="store_true", help="load the good rows although others are handed back")
    for name, text in (("list", "every batch, newest first"), ("undo", "take a batch out again")):
        command = commands.add_parser(name, help=text)
        command.add_argument("--json", action="store_true")
        if name == "undo":
            command.add_argument("batch")
    _template_parser(commands.add_parser("template", help="write an empty file to fill in"))
    commands.add_parser("docs", help="print docs/datasets.md, made from the contracts")
    commands.add_parser("sweep", help=f"delete rejected rows that were kept for {KEPT_DAYS} days")
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


def _seconds(text: str) -> float:
    if not 0 < (seconds := float(text)) <= 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds to wait")
    return seconds


def _total(text: str) -> tuple[str, str]:
    name, value = _pair(text)
    if name not in control.NAMES or control.number(name, value) is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no control total; give rows=420, qty=1234 or amount=5678.90")
    return name, value


def _load_all(home: Home, args: argparse.Namespace, user: str) -> int:
    """Every file in turn, each with its report; the worst exit code."""
    if args.control and len(args.files) > 1:
        print("--control says what one file comes to; load the files one by one", file=sys.stderr)
        return REFUSED
    told = (dict(pairs) for pairs in (args.map, args.answer, args.control))
    order, codes = Order(args.dataset, *told, partial=args.partial, afresh=args.afresh), set()
    for n, file in enumerate(args.files, 1):
        if len(args.files) > 1 and sys.stderr.isatty():
            print(f"{n}/{len(args.files)} {file}", file=sys.stderr)
        report, code = load(home, order, file, user)
        codes.add(_print(report, args.json, code))
    return _worst(codes)


def _watch(home: Home, args: argparse.Namespace, user: str) -> int:
    """Files of a folder as they come, each as `load` would; a line of JSON for each."""
    answers = {OVERLAP: args.overlap} if args.overlap else {}

    def one(file: Path, dataset: str, rejects: Path) -> tuple[Report, int]:
        return load(home, Order(dataset, answers=answers, partial=args.partial), file, user, rejects)

    try:
        codes = Watch(args.folder, one, args.every).run(once=args.once)
    except (Busy, NotADirectoryError) as stop:
        print(stop, file=sys.stderr)
        return REFUSED
    return _worst(codes) if args.once else LOADED


def _worst(codes: set[int]) -> int:
    return next((code for code in WORST_FIRST if code in codes), LOADED)


def _print(report: Report, as_json: bool, code: int) -> int:
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
        "control": receipt.control,
        "period": receipt.covered,
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


def _sweep(home: Home) -> int:
    """Name what was deleted, a file a line."""
    for file in sweep(home.path, home.own().lake.batches(), today()):
        print(file)
    return LOADED


def _demo(home: Home) -> int:
    if not home.is_demo:
        print("own data has begun in this home; the demo is only made in an empty one", file=sys.stderr)
        return REFUSED
    home.make_demo(lambda share, text: print(f"{share:4.0%} {text.en}", file=sys.stderr))
    print(f"the demo company is ready below {home.path}")
    return LOADED


if __name__ == "__main__":
    sys.exit(run(main))
