"""From an uploaded file to checked rows in the lake, or to the questions and corrections that stand in between.

`prepare` reads and checks, `again` checks once more under another mapping or other answers without parsing again,
`without` hands back rows whose codes do not fit, `publish` commits the good rows, `rejected_file` returns the others.

    read (child: encoding → delimited | preflight → workbook | markup; each finds dialect, tables, layout)
    → wide months, dates in parts → match → fill → verdicts (cells, numbers, dates)
    → check (timing, totals, footers, remarks) → lake
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from data.ingest.check import Checked, Held, Month, Unfit, by_month, codes, lines
    from data.ingest.rejects import Reject
    from data.ingest.shapes import Option, Question, WrongAnswer
    from data.ingest.upload import NotReady, Prepared, SameFile, again, prepare, publish, rejected_file, twin, without

__all__ = [
    "Checked",
    "Held",
    "Month",
    "NotReady",
    "Option",
    "Prepared",
    "Question",
    "Reject",
    "SameFile",
    "Unfit",
    "WrongAnswer",
    "again",
    "by_month",
    "codes",
    "lines",
    "prepare",
    "publish",
    "rejected_file",
    "twin",
    "without",
]

_HOMES = {
    "check": ("Checked", "Held", "Month", "Unfit", "by_month", "codes", "lines"),
    "rejects": ("Reject",),
    "shapes": ("Option", "Question", "WrongAnswer"),
    "upload": ("NotReady", "Prepared", "SameFile", "again", "prepare", "publish", "rejected_file", "twin", "without"),
}


def __getattr__(name: str) -> Any:
    """A name of this package, loaded when it is asked for: the child that opens a file needs hardly any of it."""
    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"{__name__} has no {name!r}; it has {__all__}")
    return getattr(import_module(f"{__name__}.{home}"), name)
