"""A csv from bytes to visible, against DuckDB alone reading it as text, and reading, casting and handing back rows.

Every run is a process of its own with two threads; ours ends when the rows are committed to the lake, synced into the
cache and in its marts. Memory is that of the whole process tree.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.generate import sales_csv
from bench.server import rss_mib
from bench.table import Line, at_least, at_most

RUNS = 3
THROUGHPUT, MEMORY = 0.5, 2048  # times, MiB: the bars
MEMORY_ROWS = 10_000_000
SAMPLE = 0.02  # seconds between looks at memory
OPEN = 'import duckdb, sys; con = duckdb.connect(sys.argv[2]); con.execute("SET threads = 2"); file = sys.argv[1]; '
TEXT = "con.execute(f\"CREATE TABLE t AS SELECT * FROM read_csv('{file}', all_varchar = true)\")"
STAGED = (
    TEXT
    + """
good = "sold_on IS NOT NULL AND qty IS NOT NULL AND amount IS NOT NULL AND account IS NOT NULL AND sku IS NOT NULL"
con.execute('''CREATE TABLE typed AS SELECT TRY_CAST("销售日期" AS DATE) AS sold_on, "客户编码" AS account,
    "门店" AS store, "产品编码" AS sku, TRY_CAST("数量" AS DECIMAL(18,3)) AS qty,
    TRY_CAST("含税金额" AS DECIMAL(18,4)) AS amount FROM t''')
con.execute(f"CREATE TABLE rejected AS SELECT * FROM typed WHERE NOT ({good})")
con.execute(f"CREATE TABLE good AS SELECT * FROM typed WHERE {good}")
con.execute("SELECT count(*), sum(qty), sum(amount), min(sold_on), max(sold_on) FROM good").fetchall()
con.execute("DROP TABLE t; DROP TABLE typed; CHECKPOINT")
"""
)


def measure(home: Path, rows: int) -> list[Line]:
    """Alternate the three; medians as rows a second."""
    path, seconds, peak = sales_csv(home.parent / "files", rows), dict[str, list[float]](), 0.0
    for _ in range(RUNS):
        for name in ("ours", "read_csv as text alone", "staged read + cast + reject"):
            with tempfile.TemporaryDirectory(dir=home.parent) as folder:
                taken, mib = _timed(_command(name, path, folder), {"WEATHERGLASS_HOME": folder})
            seconds.setdefault(name, []).append(taken)
            peak = max(peak, mib) if name == "ours" else peak
    return _lines(rows, path.stat().st_size / 1e6, seconds, peak)


def _command(name: str, path: Path, folder: str) -> list[str]:
    if name == "ours":
        return [sys.executable, "-m", "data", "load", str(path), "--as", "sell_out", "--json"]
    script = OPEN + (TEXT if "alone" in name else STAGED)
    return [sys.executable, "-c", script, str(path), f"{folder}/peer.duckdb"]


def _timed(command: list[str], env: dict[str, str]) -> tuple[float, float]:
    """Wall seconds, and the peak of the tree's resident memory together, in MiB."""
    start, peak = time.perf_counter(), 0.0
    process = subprocess.Popen(command, env=os.environ | env, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        peak = max(peak, sum(map(rss_mib, _tree(process.pid))))
        time.sleep(SAMPLE)
    if process.returncode:
        raise SystemExit(f"{command[:6]} ended with {process.returncode}")
    return time.perf_counter() - start, peak


def _tree(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        words = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except (FileNotFoundError, ProcessLookupError):
        return [pid]
    return [pid, *(below for child in words for below in _tree(int(child)))]


def _lines(rows: int, size_mb: float, seconds: dict[str, list[float]], peak: float) -> list[Line]:
    rate = {name: rows / statistics.median(taken) / 1e3 for name, taken in seconds.items()}
    mine, (text, staged) = rate.pop("ours"), rate.items()
    return [
        Line(f"ingest, {size_mb:.0f} MB csv to visible", mine, text[1], "k rows/s", text[0]),
        Line(
            f"ingest, {size_mb:.0f} MB csv to visible", mine, staged[1], "k rows/s", staged[0], (at_least(THROUGHPUT),)
        ),
        Line(
            f"ingest of {rows:,} rows, memory of the process tree",
            peak,
            unit="MiB",
            bars=(at_most(MEMORY, "ours"),) if rows <= MEMORY_ROWS else (),
        ),
    ]
