"""Ask from the command line: `python -m analytics list`, `python -m analytics ask SUBJECT.QUESTION --month YYYY-MM`."""

import argparse
import json
import sys
from datetime import date, datetime
from types import ModuleType
from typing import Any

from analytics import questions
from analytics.answer import Scope
from analytics.asking import called, missing, plain, scope
from analytics.glossary import as_markdown
from analytics.supply import blend
from data.console import run
from data.home import Home
from data.shelf import Shelf, shelf
from data.store import Store
from settings import settings

ANSWERED, REFUSED = 0, 2


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 answered, 2 refused (the reason is printed)."""
    parser = argparse.ArgumentParser(prog="python -m analytics", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="every question by name").add_argument("--json", action="store_true")
    ask = commands.add_parser("ask", help="one question's rows and sentences")
    ask.add_argument("question", metavar="SUBJECT.QUESTION")
    ask.add_argument("--month", type=_month, help="YYYY-MM; the newest month with data when left out")
    ask.add_argument("--account", help="one account's code")
    ask.add_argument("--flow", choices=("sell_out", "sell_in"), help="which sales; sell-out where it is loaded")
    ask.add_argument("--json", action="store_true")
    commands.add_parser("docs", help="every metric in words, as Markdown: docs/metrics.md")
    blended = commands.add_parser("blend", help="nightly: try a second forecaster beside SxL, keep it where it gains")
    blended.add_argument("--month", type=_month, help="YYYY-MM; the newest month with data when left out")
    blended.add_argument("--flow", choices=("sell_out", "sell_in"), help="which sales; sell-out where it is loaded")
    blended.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    if args.command == "blend":
        return _blend(args)
    if args.command == "docs":
        print(as_markdown(), end="")
        return ANSWERED
    return _list(args.json) if args.command == "list" else _ask(args)


def _month(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a month like 2026-06") from None


def _list(as_json: bool) -> int:
    found = {name: plain(question.QUESTION) for name, question in questions().items()}
    print(
        json.dumps(found, ensure_ascii=False)
        if as_json
        else "\n".join(f"{n:24} {q['zh']}  {q['en']}" for n, q in found.items())
    )
    return ANSWERED


def _ask(args: argparse.Namespace) -> int:
    question = questions().get(args.question)
    if question is None:
        return _refuse(f"no question {args.question!r}; `python -m analytics list` shows them", args.json)
    home = Home(settings().home, settings().memory_mb, settings().engine)
    if not home.is_ready:
        return _refuse(
            "nothing is loaded; `python -m data load FILE --as DATASET`, or `python -m data demo`", args.json
        )
    store = home.store()
    store.version()
    choices = shelf(store)
    if args.account is not None and args.account not in {a.code for a in choices.accounts}:
        return _refuse(f"no account {args.account!r} in the data", args.json)
    if wanting := missing(store, question):
        return _refuse("load first: " + " + ".join(called(need).en for need in wanting), args.json)
    _print(args, _answer(question, store, choices, args, home.is_demo))
    return ANSWERED


def _answer(question: ModuleType, store: Store, choices: Shelf, args: argparse.Namespace, demo: bool) -> dict[str, Any]:
    asked: Scope = scope(choices, args.month, args.flow, args.account)
    rows = question.ask(store, asked)
    return {
        "question": args.question,
        "made_up": demo,
        "scope": plain(asked),
        "rows": plain(rows),
        "findings": plain(question.say(rows, asked)),
    }


def _print(args: argparse.Namespace, answer: dict[str, Any]) -> None:
    if args.json:
        print(json.dumps(answer, ensure_ascii=False))
        return
    print("示例公司，数据为虚构  Demo company, made-up data\n" if answer["made_up"] else "", end="")
    for finding in answer["findings"]:
        name = finding["name"]["zh"] and f"{finding['name']['zh']}  "
        print(f"- {name}{finding['text']['zh']}\n  {finding['text']['en']}")
    rows = answer["rows"]
    if rows:
        print("\t".join(rows[0]))
    for row in rows:
        print("\t".join("" if value is None else str(value) for value in row.values()))


def _blend(args: argparse.Namespace) -> int:
    home = Home(settings().home, settings().memory_mb, settings().engine)
    if not home.is_ready:
        return _refuse("nothing is loaded; `python -m data load FILE --as DATASET`", args.json)
    store = home.store()
    store.version()
    try:
        told = blend.verdict(store, scope(shelf(store), args.month, args.flow), blend.lightgbm)
    except (ImportError, OSError) as error:  # OSError: its library of threads is not there
        return _refuse(f"LightGBM cannot be used: pip install -r requirements-lightgbm.txt ({error})", args.json)
    print(json.dumps(told, ensure_ascii=False) if args.json else told["said"])
    return ANSWERED


def _refuse(reason: str, as_json: bool) -> int:
    print(
        json.dumps({"status": "refused", "reason": reason}) if as_json else reason,
        file=sys.stdout if as_json else sys.stderr,
    )
    return REFUSED


if __name__ == "__main__":
    sys.exit(run(main))
