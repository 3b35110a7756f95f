"""How fast is a file in, from bytes to committed and synced, against DuckDB reading the same file as text alone?

`python -m bench.load [ROWS]` prints MB/s, the peak memory of the largest
process, and the ratio; the two alternate.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.generate import sales_csv

RUNS = 3
READ_ALONE = (
    'import duckdb, sys; duckdb.sql("SET threads = 2"); '
    "duckdb.sql(f\"CREATE TABLE t AS SELECT * FROM read_csv('{sys.argv[1]}', all_varchar = true)\")"
)


def timed(command: list[str], env: dict[str, str]) -> tuple[float, float]:
    """Wall seconds, and the peak resident MiB of the largest process of the tree."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=os.environ | env, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command} ended with {status}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main(rows: int) -> None:
    """Alternate our load and the plain read; print medians and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        path = sales_csv(Path(folder) / "files", rows)
        size = path.stat().st_size / 1e6
        ours, alone, peak = [], [], 0.0
        for run in range(RUNS):
            home = {"WEATHERGLASS_HOME": f"{folder}/home-{run}"}
            load = [sys.executable, "-m", "data", "load", str(path), "--as", "sell_in", "--json"]
            seconds, rss = timed(load, home)
            ours.append(seconds)
            peak = max(peak, rss)
            alone.append(timed([sys.executable, "-c", READ_ALONE, str(path)], {})[0])
        mine, plain = statistics.median(ours), statistics.median(alone)
        print(f"{rows:,} rows, {size:.0f} MB")
        print(f"load, bytes to committed and synced  {mine:6.2f} s  {size / mine:6.1f} MB/s  peak {peak:.0f} MiB")
        print(
            f"DuckDB read_csv as text alone        {plain:6.2f} s  {size / plain:6.1f} MB/s  ratio {plain / mine:.2f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000)
