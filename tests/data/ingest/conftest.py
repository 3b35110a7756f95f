"""What the ingest tests share: a small contract, and ways to write a file and to take it through."""

import csv
import io
import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from data.contract import Dataset, Field, Kind
from data.datasets.headers import HEADERS
from data.ingest import Prepared, prepare
from data.ingest.check import stream
from data.text import Text, same

TODAY = date(2026, 6, 30)
REAL = Path(os.environ.get("WEATHERGLASS_REAL_DATA") or Path(__file__).parents[4] / "shared" / "data")

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
HEADER = ("客户编码", "产品编码", "单据日期", "数量", "金额")

Write = Callable[..., Path]
Take = Callable[..., Prepared]


def as_csv(rows: Sequence[Sequence[object]], mark: str = ",", newline: str = "\n") -> str:
    """Rows as csv.writer spells them."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator=newline).writerows(rows)
    return out.getvalue()


def row(account: str = "A1", sku: str = "S1", day: str = "2026-01-05", qty: str = "1", amount: str = "10") -> tuple:
    """One good line, with what a test wants to be different."""
    return (account, sku, day, qty, amount)


def loaded(prepared: Prepared) -> list[dict]:
    """The good rows, as they would go into the lake."""
    assert prepared.checked is not None
    return stream(prepared.checked).read_all().to_pylist()


def reasons(prepared: Prepared) -> list[tuple[int, str, str]]:
    """(line, column, the beginning of the English reason) of every reject."""
    assert prepared.checked is not None
    return [(one.line, one.column, one.reason.en) for one in prepared.checked.rejects]


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Where staged cells go."""
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write rows, text or bytes to a file."""

    def to_file(
        content: Sequence[Sequence[object]] | str | bytes, name: str = "in.csv", encoding: str = "utf-8"
    ) -> Path:
        text = content if isinstance(content, (str, bytes)) else as_csv(content)
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return file

    return to_file


@pytest.fixture
def take(write: Write, work: Path) -> Take:
    """Prepare rows (below HEADER unless a header is given), text or bytes as LINES."""

    def through(
        content: object, header: Sequence[str] | None = HEADER, dataset: Dataset = LINES, **told: object
    ) -> Prepared:
        whole = content if isinstance(content, (str, bytes)) else [header, *content]  # type: ignore[misc]
        today = told.pop("today", TODAY)
        return prepare(write(whole), "in.csv", dataset, work=work, today=today, **told)  # type: ignore[arg-type]

    return through


@pytest.fixture
def real() -> Path:
    """Real files that are no part of the product; the test is skipped where they are absent."""
    if not REAL.is_dir():
        pytest.skip(f"no real data at {REAL}; set WEATHERGLASS_REAL_DATA to their folder")
    return REAL
