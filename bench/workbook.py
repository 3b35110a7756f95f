"""A workbook of 100,000 rows from bytes to staged text, with preflight and child, against fastexcel alone."""

import tempfile
import time
from pathlib import Path
from random import Random

import fastexcel
import xlsxwriter

import data.ingest.upload  # noqa: F401 - what the app has loaded before the first file comes
from bench.table import Line, at_most
from data.ingest import spare
from data.ingest.read import read

ROWS, COLUMNS, RUNS = 100_000, 10, 5
BAR = 2.0  # seconds
WAIT = 1.0  # seconds in which the next child loads its parsers, as a reader looks for the file
HEAD = ("客户编码", "客户名称", "产品编码", "产品名称", "销售日期", "数量", "含税金额", "门店", "区域", "备注")


def measure(home: Path, rows: int) -> list[Line]:
    """The best of five of each, in turns: only what else the machine does makes one longer."""
    path = _made(home.parent / "files", rows)
    ours, alone = [], []
    spare.keep()
    for _ in range(RUNS):
        time.sleep(WAIT)
        start = time.perf_counter()
        fastexcel.read_excel(path).load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_arrow()
        alone.append(time.perf_counter() - start)
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            found = read(path, path.name, Path(folder))
            ours.append(time.perf_counter() - start)
        if found.staged is None or found.staged.rows != rows:
            raise SystemExit(f"{path} came as {found.staged and found.staged.rows} rows instead of {rows}")
    bars = (at_most(BAR * 1000, "ours"),)
    return [Line(f"xlsx, {rows:,} x {COLUMNS}", min(ours) * 1000, min(alone) * 1000, "ms", "fastexcel alone", bars)]


def _made(folder: Path, rows: int) -> Path:
    """Sell-out lines as a system exports them, written once."""
    path, random = folder / f"sales-{rows}.xlsx", Random(1)
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        for n in range(1, rows + 1):
            day, qty = f"2026-{n % 6 + 1:02}-{n % 28 + 1:02}", n % 20 + 1
            line = (
                f"A{n % 60:03}",
                "锦泰家电",
                f"SKU{n % 800:05}",
                "洗衣机",
                day,
                qty,
                round(random.uniform(1, 1e4), 2),
            )
            sheet.write_row(n, 0, (*line, f"S{n % 300}", "华东", ""))
    return path
