"""The supply plan at size: accounts × products × 156 weeks, from nothing kept to a page that reads what is kept.

    python -m bench.plan --series 100000

Every step runs in a process of its own, as a cold start does; memory is the most that the process held. The company is
made: seasons, growth and noise, weekly sell-out, counts every month, orders of a year. A quiet machine is assumed.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from datetime import date
from importlib import import_module
from pathlib import Path

import duckdb
import pyarrow as pa

from data.datasets import BY_NAME
from data.lake import Receipt, arrow_schema
from data.store import Store

WEEKS = 156
PRODUCTS = 200
LAST = date(2026, 6, 28)  # a Sunday
COLD_BAR, MEMORY_BAR, PAGE_BAR = 20.0, 2048, 100.0  # seconds, MiB, ms of CPU
PAGES = ("peak", "risk", "ship", "cover", "item", "gap", "availability", "service")  # shown before anything is opened
OPENED = ("transfers", "excess")  # only when opened: told, and no part of the bar
MADE = {
    "sell_out": """
        SELECT 'A' || a AS account, 'S' || s AS sku, $last::DATE - ((156 - w) * 7)::INTEGER + 5 AS sold_on,
            greatest(0, round((4 + (a * 7 + s * 13) % 40) * (1 + 0.4 * sin((w + s % 52) / 8.27)) * (1 + w * 0.0005)
                * (0.6 + 0.8 * (hash(a * 1000003 + s * 4099 + w) % 1000) / 1000))) AS qty,
            (1500 + s * 11) * 5.0 AS amount
        FROM range($accounts) AS x(a), range($products) AS y(s), range(1, 157) AS z(w)""",
    "stock": """
        SELECT 'A' || a AS account, 'S' || s AS sku, $last::DATE - (m * 28)::INTEGER AS counted_on,
            ((4 + (a * 7 + s * 13) % 40) * 4 * (hash(a * 31 + s * 17 + m) % 1000) / 500)::INTEGER AS on_hand
        FROM range($accounts) AS x(a), range($products) AS y(s), range(13) AS z(m)""",
    "orders": """
        SELECT 'O' || o || '-' || a AS order_no, 'L' || s AS line_no, 'A' || a AS account, 'S' || s AS sku,
            $last::DATE - (o * 28 + 5)::INTEGER AS ordered_on, $last::DATE - (o * 28 - 16)::INTEGER AS promised_on,
            CASE WHEN o > 0 THEN $last::DATE - (o * 28 - 13)::INTEGER END AS shipped_on,
            CASE WHEN o > 0 THEN $last::DATE - (o * 28 - 16 - (a + s) % 4)::INTEGER END AS delivered_on,
            (4 + (a * 7 + s * 13) % 40) * 4 AS qty, 
            CASE WHEN o > 0 THEN (4 + (a * 7 + s * 13) % 40) * 4 END AS shipped_qty
        FROM range($accounts) AS x(a), range($products) AS y(s), range(4) AS z(o)""",
    "products": """
        SELECT 'S' || s AS sku, 'Product ' || s AS sku_name, 'C' || s % 8 AS category, 14 + s % 4 * 7 AS lead_days,
            1500 + s * 11 AS price
        FROM range($products) AS y(s)""",
    "accounts": """
        SELECT 'A' || a AS account, 'Account ' || a AS account_name, 'R' || a % 4 AS region
        FROM range($accounts) AS x(a)""",
    "calendar": """
        SELECT 'Peak' AS name, $last::DATE + 40 AS starts_on, $last::DATE + 54 AS ends_on, true AS peak,
            false AS day_off, false AS working, false AS provisional""",
}  # fmt: skip


def make(home: Path, series: int) -> Path:
    """A home with this company; one that is there already is used as it is."""
    if (home / "begun").exists():
        return home
    told = {"accounts": max(1, series // PRODUCTS), "products": PRODUCTS, "last": LAST}
    store = Store(home)
    for name, sql in MADE.items():
        schema = arrow_schema(BY_NAME[name])
        con = duckdb.connect()
        there = {column[0] for column in con.execute(f"DESCRIBE {sql}", _named(sql, told)).fetchall()}
        columns = ", ".join(
            f"CAST({f.name if f.name in there else 'NULL'} AS {f.kind.sql}) AS {f.name}" for f in BY_NAME[name].fields
        )
        rows = con.execute(f"SELECT {columns}, 2::BIGINT AS _line FROM ({sql})", _named(sql, told))
        table = pa.RecordBatchReader.from_batches(schema, (b.cast(schema) for b in rows.to_arrow_reader(250_000)))
        store.lake.commit(BY_NAME[name], table, Receipt(name, "", "bench"))
    store.version()
    store.close()
    (home / "begun").touch()
    return home


def _named(sql: str, told: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in told.items() if f"${name}" in sql}


def measured(home: Path, step: str) -> dict[str, float]:
    """Seconds of a step and MiB that its process held at most, in a process of its own."""
    run = [sys.executable, "-m", "bench.plan", "--home", str(home), "--step", step]
    return json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()[-1])


def step(home: Path, name: str) -> dict[str, float]:
    """Do one step here: cold (nothing kept is used) or pages (what is kept is read)."""
    from analytics import supply
    from analytics.answer import Scope
    from analytics.supply import availability, plan, service, sums

    store = Store(home, memory_mb=1024)
    store.version()
    scope, found = Scope(LAST), {}
    if name == "cold":
        store.execute("DELETE FROM _kept")
    start = time.perf_counter()
    plan.keep(store, scope)
    sums.keep(store, scope)
    service.ask(store, scope)
    availability.ask(store, scope)
    found["seconds"] = time.perf_counter() - start
    for page in (*PAGES, *OPENED) if name == "pages" else ():
        question = import_module(f"{supply.__name__}.{page}")
        start = time.process_time()
        rows = question.ask(store, scope)
        if hasattr(question, "say"):
            question.say(rows, scope)
        found[page] = 1000 * (time.process_time() - start)
    found["mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    store.close()
    return found


def main() -> int:
    """Print the figures beside their bars; 1 when one was not reached."""
    parser = argparse.ArgumentParser(prog="python -m bench.plan", description=__doc__)
    parser.add_argument("--series", type=int, default=100_000)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--step", choices=("cold", "pages"))
    args = parser.parse_args()
    home = args.home or Path("var/bench") / f"plan-{args.series}"
    if args.step:
        print(json.dumps(step(home, args.step)))
        return 0
    make(home, args.series)
    cold, warm = measured(home, "cold"), measured(home, "pages")
    print(f"cold {cold['seconds']:.1f} s (<= {COLD_BAR:.0f}), {cold['mib']:.0f} MiB (<= {MEMORY_BAR})")
    page = sum(warm[name] for name in PAGES)
    print(f"page {page:.0f} ms (<= {PAGE_BAR:.0f}): " + ", ".join(f"{name} {warm[name]:.0f}" for name in PAGES))
    print("opened: " + ", ".join(f"{name} {warm[name]:.0f} ms" for name in OPENED))
    return int(cold["seconds"] > COLD_BAR or cold["mib"] > MEMORY_BAR or page > PAGE_BAR)


if __name__ == "__main__":
    raise SystemExit(main())
