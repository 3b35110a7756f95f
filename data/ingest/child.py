"""The process that opens files from outside, `python -m data.ingest.child`: a job on stdin, the outcome on stdout.

It limits itself before it touches the file, so that the worst workbook costs this process and nothing else.
"""

import gc
import json
import os
import resource
import select
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any

from data.ingest.encoding import head
from data.ingest.preflight import DAMAGED
from data.ingest.shapes import Outcome, Refused, WrongAnswer, to_json
from data.text import Text, same

MEMORY = (
    3 << 30
)  # bytes of address space; a used area of 20 M cells takes 0.9 GiB of memory, and space runs ahead of it
CPU = 100  # seconds; a 200 MB file with every line torn takes about 15
OUTPUT = 8 << 30  # bytes in one file, as much as DuckDB may spill
HEAD = 1 << 12  # bytes that tell what a file is
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOREIGN = {
    b"%PDF-": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"PAR1": "Parquet",
    b"SQLite format 3": "SQLite",
    b"\x7fELF": "ELF",
    b"MZ\x90": "EXE",
    b"{\\rtf": "RTF",
    b"MIME-Version": "MHTML",
}
MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<meta", b"<style", b"<div")
PANIC = "PanicException"  # how a parser in Rust gives up; it derives from BaseException and has no importable name
EMPTY = Text("文件是空的。", "The file is empty.")
NOT_A_TABLE = Text(
    "这是 {what} 文件，不是表格。请上传 xlsx、xls、ods 或 csv。",
    "This is a {what} file, not a table. Upload xlsx, xls, ods or csv.",
)
TOO_BIG = Text(
    "文件太大，内存不够读取。请拆分后上传。", "The file needs too much memory. Split it and upload the parts."
)


class Unneeded(MetaPathFinder):
    """Keeps pandas out of this process: pyarrow would load it (.3 s, 50 MB) to see whether a list is a column of it."""

    def find_spec(self, name: str, *_: object) -> None:
        """Raises ImportError for pandas; of any other module it knows nothing."""
        if name == "pandas":
            raise ModuleNotFoundError("not in this process", name=name)


def main() -> None:
    """Read the job, write the outcome. Anything unforeseen ends in a traceback and exit code 1."""
    sys.meta_path.insert(0, Unneeded())
    gc.disable()  # rows by the million and no cycles: collecting costs a fifth of the careful lane
    if not select.select([sys.stdin], [], [], 0)[0]:
        _load()
    line = sys.stdin.readline()
    if not line:
        return  # whoever might have had a job is gone
    job = json.loads(line)
    os.chdir(job["out"])
    limit()
    json.dump(to_json(outcome(job)), sys.stdout)


def _load() -> None:
    """While there is no job yet: the modules that most jobs need."""
    for name in ("workbook", "delimited"):
        import_module(f"data.ingest.{name}")


def limit() -> None:
    """Bind this process: memory, processor time, output, no core dump."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def outcome(job: dict[str, Any]) -> Outcome:
    """`job` has file, out, known (headers), sheet, table, encoding and ragged (answers or None)."""
    try:
        return lane(Path(job["file"]))(job)
    except Refused as stop:
        return Outcome(refused=stop.reason, questions=(stop.question,) if stop.question else ())
    except WrongAnswer as wrong:
        return Outcome(refused=same(str(wrong)))
    except MemoryError:
        return Outcome(refused=TOO_BIG)
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        return Outcome(refused=DAMAGED)


def lane(file: Path) -> Callable[[dict[str, Any]], Outcome]:
    """What reads this file, by its first bytes and never by its name; raises `Refused` for what is no table."""
    start = head(file, HEAD)
    if not start:
        raise Refused(EMPTY)
    for magic, what in FOREIGN.items():
        if start.startswith(magic):
            raise Refused(NOT_A_TABLE.fill(what=what))
    if start.startswith((*ZIP, OLE)):
        return _workbook
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(MARKUP):
        return _markup
    return _text


def _text(job: dict[str, Any]) -> Outcome:
    from data.ingest.delimited import stage

    return stage(
        Path(job["file"]), Path(job["out"]), frozenset(job["known"]), job["encoding"], job["table"], job["ragged"]
    )


def _markup(job: dict[str, Any]) -> Outcome:
    from data.ingest.markup import stage

    return stage(Path(job["file"]), Path(job["out"]), frozenset(job["known"]), job["sheet"], job["table"])


def _workbook(job: dict[str, Any]) -> Outcome:
    from data.ingest.workbook import stage

    return stage(Path(job["file"]), Path(job["out"]), frozenset(job["known"]), job["sheet"], job["table"])


if __name__ == "__main__":
    main()
