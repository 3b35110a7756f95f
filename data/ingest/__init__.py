"""From an uploaded file to checked rows in the lake, or to the questions and corrections that stand in between.

`prepare` reads and checks, `again` checks once more under another mapping or other answers without parsing again,
`without` hands back rows whose codes do not fit, `publish` commits the good rows, `rejected_file` returns the others.

    read (child: encoding → delimited | preflight → workbook | markup; each finds dialect, tables, layout)
    → wide months → match → fill → verdicts (cells, numbers, dates) → check (timing, totals, remarks) → lake
"""

from data.ingest.check import Checked, Month, Unfit, by_month, codes
from data.ingest.rejects import Reject
from data.ingest.shapes import Option, Question, WrongAnswer
from data.ingest.upload import NotReady, Prepared, SameFile, again, prepare, publish, rejected_file, twin, without

__all__ = [
    "Checked",
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
    "prepare",
    "publish",
    "rejected_file",
    "twin",
    "without",
]
