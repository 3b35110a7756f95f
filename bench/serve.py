"""Streamlit servers for the benches: ours, an empty page, the same page written the usual way; and what they use."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bench.server import free_port, healthy, rss_mib, running
from data.datasets import BY_NAME
from data.lake import Lake

BENCH = Path(__file__).parent
REPO = BENCH.parent
TICKS = os.sysconf("SC_CLK_TCK")  # a second
READY = 120  # seconds; the first process of a home of 100 M rows fills its cache before it answers
USUAL = {
    "sales": "SELECT sold_on::TIMESTAMP AS date, account_name AS account, region, category, sku, qty::DOUBLE AS qty, "
    "amount::DOUBLE AS amount FROM read_parquet($files)",
    "targets": "SELECT account, month::TIMESTAMP AS month, amount::DOUBLE AS amount FROM read_parquet($files)",
}


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    name: str
    url: str
    pid: int

    def cpu_ms(self) -> float:
        """User and system time so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS * 1e3

    def rss_mib(self) -> float:
        """Resident memory now."""
        return rss_mib(self.pid)


@contextmanager
def serving(name: str, script: Path, folder: Path, env: dict[str, str]) -> Iterator[Server]:
    """A server of `script`, started in `folder` (whose .streamlit it takes) and stopped at the end."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", "--server.headless=true"]
    with tempfile.TemporaryDirectory(prefix="bench-") as logs:
        log = Path(logs) / f"{name}.log"
        with running(command, log, lambda: healthy(f"{url}/_stcore/health"), READY, folder, **env) as pid:
            yield Server(name, url, pid)


@contextmanager
def all_three(home: Path) -> Iterator[tuple[Server, Server, Server]]:
    """Ours, the empty page (with our own settings, which are the cheaper ones), and the usual way (with defaults)."""
    with ExitStack() as stack:
        yield (
            stack.enter_context(ours(home)),
            stack.enter_context(serving("empty", BENCH / "empty" / "app.py", REPO, {})),
            stack.enter_context(usual(home)),
        )


def ours(home: Path) -> AbstractContextManager[Server]:
    """Weatherglass on a home."""
    return serving("ours", REPO / "app.py", REPO, {"WEATHERGLASS_HOME": str(home)})


def usual(home: Path) -> AbstractContextManager[Server]:
    """The page written the usual way, on Parquet files with the same rows."""
    folder = home / "usual"
    env = {f"USUAL_{name.upper()}": str(_exported(home, folder, name, sql)) for name, sql in USUAL.items()}
    return serving("usual way", BENCH / "usual_way" / "app.py", BENCH / "usual_way", env)


def _exported(home: Path, folder: Path, name: str, sql: str) -> Path:
    path = folder / f"{name}.parquet"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        dataset = BY_NAME[{"sales": "sell_out"}.get(name, name)]
        files = [file for batch in Lake(home / "lake").files(dataset.name).values() for file in batch]
        con = duckdb.connect()
        con.execute("SET memory_limit = '2GB'; SET preserve_insertion_order = false")
        con.execute(f"COPY ({sql}) TO '{path}' (FORMAT parquet)", {"files": files})
    return path
