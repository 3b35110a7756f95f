"""What the ingest tests share: a small contract, and ways to write rows and to look at what came of them."""

import csv
import io
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from data.contract import Dataset, Field, Kind
from data.datasets.headers import HEADERS
from data.ingest import Prepared, child
from data.ingest.check import stream
from data.ingest.read import Source, sha256
from data.text import Text, same

TODAY = date(2026, 6, 30)
LINES = Dataset(
    name="lines",
    title=same("lines"),
    grain=same("one row a line"),
    key=("doc_no",),
    fields=(
        Field("account", Kind.TEXT, Text("客户编码", "Account code"), also=HEADERS["customer_code"]),
        Field("sku", Kind.TEXT, Text("产品编码", "SKU"), also=HEADERS["sku_code"]),
        Field("sold_on", Kind.DATE, Text("单据日期", "Document date"), also=HEADERS["doc_date"]),
        Field("qty", Kind.QUANTITY, Text("数量", "Quantity"), also=HEADERS["qty"], check="abs(qty) < 1e12"),
        Field(
            "amount",
            Kind.MONEY,
            Text("金额", "Amount"),
            also=HEADERS["amount_tax"] + HEADERS["amount_net"],
            required=False,
        ),
        Field("doc_no", Kind.TEXT, Text("单据编号", "Document number"), also=HEADERS["doc_no"], required=False),
        Field("region", Kind.TEXT, Text("区域", "Region"), also=HEADERS["region"], required=False),
        Field("boxes", Kind.COUNT, Text("箱数", "Boxes"), required=False),
        Field("share", Kind.RATE, Text("占比", "Share"), required=False),
        Field("gift", Kind.FLAG, Text("是否赠品", "Gift"), required=False),
    ),
    dated="sold_on",
    quantity="qty",
    amount="amount",
)
SKUS = replace(LINES, fields=(LINES.field("sku"), LINES.field("region")), dated="", quantity="", amount="")
PLAIN = {"tax_basis": "unknown"}  # HEADER does not say whether its amount is with tax
HEADER = ("客户编码", "产品编码", "单据日期", "数量", "金额")

Write = Callable[..., Path]
Take = Callable[..., Prepared]


def as_csv(rows: Sequence[Sequence[object]], mark: str = ",") -> str:
    """Rows as csv.writer spells them."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\n").writerows(rows)
    return out.getvalue()


def row(
    account: str = "A1", sku: str = "S1", day: str = "2026-01-05", qty: str = "1", amount: str = "10"
) -> tuple[str, ...]:
    """One good line, with what a test wants to be different."""
    return (account, sku, day, qty, amount)


def loaded(prepared: Prepared) -> list[dict[str, Any]]:
    """The good rows, as they would go into the lake."""
    assert prepared.checked is not None
    return stream(prepared.checked).read_all().to_pylist()


def in_order(prepared: Prepared) -> list[dict[str, Any]]:
    """The good rows by line; a join hands them on in any order."""
    return sorted(loaded(prepared), key=lambda one: one["_line"])


def reasons(prepared: Prepared) -> list[tuple[int, str, str]]:
    """(line, column, English reason) of every reject."""
    assert prepared.checked is not None
    return [(one.line, one.column, one.reason.en) for one in prepared.checked.rejects]


def read_here(
    file: Path,
    name: str,
    work: Path,
    *,
    known: Collection[str] = (),
    sheet: str | None = None,
    table: str | None = None,
    encoding: str | None = None,
    ragged: str | None = None,
) -> Source:
    """`data.ingest.read.read` without a process of its own, which takes most of the time of a small file."""
    folder = work / f"staged-{len(list(work.iterdir()))}"
    folder.mkdir()
    told = {"sheet": sheet, "table": table, "encoding": encoding, "ragged": ragged}
    job = {"file": str(file), "out": str(folder), "known": sorted(known), **told}
    outcome = child.outcome(job)
    return Source(name, sha256(file), folder, outcome.staged, outcome.refused, outcome.questions)
