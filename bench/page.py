"""What does a warm page cost the server, against an empty Streamlit page in the same run?

`python -m bench.page [ROWS]` loads ROWS sell-in lines (default 1 M), serves them, and reruns the pages over Streamlit's
own websocket from one session each with 60 ms between reruns, in turn with an empty page on a second server.
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from bench.generate import sales_csv

THINK = 0.06  # seconds between reruns: below it TCP's delayed acknowledgement would be measured
RERUNS, WARMUP = 40, 5
EARLY = ForwardMsg.ScriptFinishedStatus.Value("FINISHED_EARLY_FOR_RERUN")


class Visitor:
    """One session on a page; keeps message hashes as a browser does: what is unchanged comes as a reference."""

    def __init__(self, url: str, page: str = ""):
        self._socket = connect(
            f"ws://{urlsplit(url).netloc}/_stcore/stream", subprotocols=["streamlit"], max_size=None
        ).__enter__()
        self._page, self._hash, self._kept = page, "", set()

    def rerun(self) -> tuple[float, int]:
        """Seconds from request to script_finished, and bytes received."""
        ask = BackMsg()
        ask.rerun_script.page_script_hash = self._hash
        ask.rerun_script.page_name = "" if self._hash else self._page
        ask.rerun_script.cached_message_hashes.extend(self._kept)
        ask.rerun_script.context_info.locale = "zh-CN"
        start, size = time.perf_counter(), 0
        self._socket.send(ask.SerializeToString())
        while True:
            raw = self._socket.recv(timeout=120)
            size += len(raw)
            message = ForwardMsg.FromString(raw)
            kind = message.WhichOneof("type")
            if kind == "delta" and message.metadata.cacheable and message.hash:
                self._kept.add(message.hash)
            elif kind == "new_session":
                self._hash = message.new_session.page_script_hash or self._hash
            elif kind == "navigation":
                self._hash = message.navigation.page_script_hash or self._hash
            elif kind == "script_finished" and message.script_finished != EARLY:
                return time.perf_counter() - start, size


def serve(app: Path, home: Path) -> tuple[subprocess.Popen, str]:
    """Start a server and wait until it is healthy."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(app), f"--server.port={port}", "--server.headless=true"]
    env = os.environ | {"WEATHERGLASS_HOME": str(home)}
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    for _ in range(600):
        with suppress(OSError), urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):  # noqa: S310 - loopback
            return process, url
        time.sleep(0.1)
    raise SystemExit(f"no server at {url}")


def measure(visitors: dict[str, Visitor]) -> dict[str, list[tuple[float, int]]]:
    """Rerun every visitor in turn, so that all see the same machine."""
    seen: dict[str, list[tuple[float, int]]] = {name: [] for name in visitors}
    for turn in range(WARMUP + RERUNS):
        for name, visitor in visitors.items():
            time.sleep(THINK)
            run = visitor.rerun()
            if turn >= WARMUP:
                seen[name].append(run)
    return seen


def main(rows: int) -> None:
    """Print the first page of a fresh process, then warm medians side by side."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        env = os.environ | {"WEATHERGLASS_HOME": str(root / "home")}
        load = [sys.executable, "-m", "data", "load", str(sales_csv(root, rows)), "--as", "sell_in"]
        subprocess.run(load, env=env, check=True, stdout=subprocess.DEVNULL)
        empty = root / "empty.py"
        empty.write_text("import streamlit as st\nst.write('empty')\n", encoding="utf-8")
        ours, url = serve(Path("app.py"), root / "home")
        other, empty_url = serve(empty, root)
        try:
            visitors = {"barometer": Visitor(url), "accounts": Visitor(url, "accounts")}
            visitors["empty page"] = Visitor(empty_url)
            first, _ = visitors["barometer"].rerun()
            print(f"{rows:,} sales rows; first page of the fresh process {first:.2f} s")
            for name, runs in measure(visitors).items():
                times = sorted(seconds * 1e3 for seconds, _ in runs)
                size = statistics.median(size for _, size in runs) / 1e3
                print(f"{name:12} median {statistics.median(times):6.1f} ms  p95 {times[-3]:6.1f} ms  {size:6.1f} kB")
        finally:
            ours.terminate()
            other.terminate()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
