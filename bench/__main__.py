"""`python -m bench`: every ratio in one table, each measured side by side in this run, with the bars they are held to.

Homes are generated from a seed below --home and used again; a quiet machine is assumed, and its load is printed.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.generate import make
from bench.table import Line, printed

UNITS = {"K": 1_000, "M": 1_000_000}
PARTS = ("questions", "pages", "ingest", "workbook", "sessions", "growth", "batches", "superset")


def main(argv: list[str] | None = None) -> int:
    """Run the parts asked for; 1 when a bar was not reached."""
    args = _parser().parse_args(argv)
    lines: list[Line] = []
    for part in args.only:
        start = time.perf_counter()
        lines += _measure(part)(args)
        print(
            f"{part}: {time.perf_counter() - start:.0f} s, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True
        )
        if args.json:  # after every part, so that a long run that is stopped leaves what it has
            args.json.write_text(json.dumps([line.plain() for line in lines], ensure_ascii=False, indent=1), "utf-8")
    missed = sum(line.reached is False for line in lines)
    print(f"{printed(lines)}\n\n{sum(line.reached is True for line in lines)} bars reached, {missed} not")
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", type=_parts, default=PARTS, help=f"some of {','.join(PARTS)}")
    parser.add_argument("--rows", type=rows_of, default=10_000_000, help="sell-out rows, e.g. 10M (the default)")
    parser.add_argument("--sizes", type=_sizes, default=None, help="of growth: 1M,10M,100M (the default)")
    parser.add_argument("--home", type=Path, default=Path("var/bench"), help="where generated homes are kept")
    parser.add_argument("--json", type=Path, help="write the table to this file too")
    return parser


def rows_of(text: str) -> int:
    """10M, 300K or plain digits."""
    unit = UNITS.get(text[-1:].upper(), 1)
    try:
        return round(float(text.rstrip("kKmM")) * unit)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of rows like 10M") from None


def _sizes(text: str) -> list[int]:
    return [rows_of(one) for one in text.split(",")]


def _parts(text: str) -> list[str]:
    asked = text.split(",")
    if unknown := set(asked) - set(PARTS):
        raise argparse.ArgumentTypeError(f"no part {sorted(unknown)}; there are {', '.join(PARTS)}")
    return asked


def _measure(part: str) -> Callable[[argparse.Namespace], list[Line]]:
    """A part's measurement; imported when it is asked for, so that polars is only needed by what uses it."""
    from importlib import import_module

    module = import_module(f"bench.{part}")
    if part == "growth":
        sizes = [1_000_000, 10_000_000, 100_000_000]
        return lambda args: module.measure({rows: _home(args, rows) for rows in args.sizes or sizes})

    def measure(args: argparse.Namespace) -> list[Line]:
        rows = getattr(module, "ROWS", args.rows)  # a part may say itself how many rows it is about
        return module.measure(_home(args, rows), rows)

    return measure


def _home(args: argparse.Namespace, rows: int) -> Path:
    return make((args.home / f"{rows}").absolute(), rows)


if __name__ == "__main__":
    sys.exit(main())
