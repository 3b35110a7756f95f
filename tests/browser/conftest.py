"""A real server on a port of its own for each test that asks for one, and a real browser in front of it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from data.datasets import BY_NAME
from data.lake import Lake, Receipt, arrow_schema

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

ROOT = Path(__file__).parents[2]
READY = 40  # seconds a server may take to start on a loaded machine
SECRET = "机密客户"  # an account whose name must never reach a stranger


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs servers and seconds: `-m "not browser"` leaves it out."""
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)


def sold(count: int = 40) -> pa.Table:
    """Sell-out of one account, one line a month."""
    schema = arrow_schema(BY_NAME["sell_out"])
    day = [date(2023 + i // 12, i % 12 + 1, 15) for i in range(count)]
    known = {
        "account": ["Z99"] * count,
        "account_name": [SECRET] * count,
        "sku": ["X1"] * count,
        "sold_on": day,
        "qty": [Decimal("2.000")] * count,
        "amount": [Decimal("1234.0000")] * count,
        "_line": list(range(2, count + 2)),
    }
    return pa.table({f.name: pa.array(known.get(f.name, [None] * count), f.type) for f in schema}, schema=schema)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a little data of one's own."""
    Lake(tmp_path / "lake").commit(BY_NAME["sell_out"], sold(), Receipt("a.csv", "0" * 64, "test"))
    return tmp_path


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Start a fresh server; keyword arguments are its environment. Returns its address."""
    started: list[subprocess.Popen] = []

    def start(home: Path, *flags: str, **env: str) -> str:
        port = _free_port()
        command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", *flags]
        log = tmp_path / f"server-{port}.log"
        settings = {"WEATHERGLASS_HOME": str(home), "STREAMLIT_SERVER_ADDRESS": "127.0.0.1", **env}
        with log.open("wb") as out:
            started.append(subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stdout=out, stderr=out))
        url = f"http://127.0.0.1:{port}"
        _wait(url, started[-1], log)
        return url

    yield start
    for process in started:
        process.terminate()
    for process in started:
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(url: str, process: subprocess.Popen, log: Path) -> None:
    """Until the server is healthy; not by opening a page, which would be its first request."""
    end = time.monotonic() + READY
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        with suppress(OSError), urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise AssertionError(f"the server at {url} did not start:\n{log.read_text(errors='replace')[-3000:]}")


# -- browser ----------------------------------------------------------------------------------------------------------

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--force-color-profile=srgb"]
CHROMIUM = "/usr/bin/chromium"
DESKTOP = {"locale": "zh-CN", "viewport": {"width": 1440, "height": 900}}
TAPS = (
    5  # on a touch screen under load Streamlit drops a tap that comes while its list still opens; a person taps again
)
STILL = """() => !document.querySelector('[data-testid="stSkeleton"]') && !document.querySelector('[data-stale="true"]')
    && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].every(e => e.querySelector('.main-svg'))"""


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """One browser for all tests."""
    sync_api = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Tab:
    """A page that remembers what it asked for and complained of."""

    def __init__(self, page):
        self.page, self.complaints, self.requests = page, [], []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.complaints.append(str(e)))
        page.context.on("request", lambda r: self.requests.append(r.url))

    def open(self, url: str) -> "Tab":
        """Go there and wait until it stands."""
        self.page.goto(url, wait_until="domcontentloaded")
        return self.settle()

    def settle(self) -> "Tab":
        """Wait until the script has run and nothing on the page is stale."""
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=30_000)
        self.page.wait_for_function(STILL)
        return self

    def choose(self, label: str) -> "Tab":
        """Pick an option of the page's first select box, and wait until the server has heard of it."""
        from playwright.sync_api import TimeoutError as Late

        self.page.locator('[data-testid="stSelectbox"] input').first.click()
        option = self.page.get_by_role("option", name=label, exact=True)
        for _ in range(TAPS):
            option.click()
            with suppress(Late):
                option.wait_for(state="hidden", timeout=2_000)
                break
        self.page.wait_for_selector('[data-testid="stFileUploaderDropzone"] button:enabled')
        return self.settle()

    def real_complaints(self) -> list[str]:
        """Console errors but for the two 404s of a deep link: Streamlit probes below the page's path first."""
        return [c for c in self.complaints if "404 (Not Found)" not in c]

    def text(self) -> str:
        """All words on the page."""
        return self.page.inner_text("body").replace("\xa0", " ").replace("\u2060", "")  # what kit.keep glues with


@pytest.fixture
def tab(chromium) -> Iterator[Callable[..., Tab]]:
    """Open a tab; keyword arguments are those of a browser context (locale, viewport, extra_http_headers, ...)."""
    contexts = []

    def open_tab(**options) -> Tab:
        contexts.append(chromium.new_context(**DESKTOP | options))
        return Tab(contexts[-1].new_page())

    yield open_tab
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def looks(chromium) -> Iterator[Callable[..., "BrowserContext"]]:
    """One context for each look at the demo company: loading and compiling the client takes longer than a page."""
    contexts: dict[str, BrowserContext] = {}

    def context(**options) -> "BrowserContext":
        key = repr(sorted(options.items()))
        if key not in contexts:
            contexts[key] = chromium.new_context(**DESKTOP | options)
        return contexts[key]

    yield context
    for one in contexts.values():
        one.close()


@pytest.fixture
def demo_tab(looks, serve_demo: str) -> Iterator[Callable[..., Tab]]:
    """Open a page of the demo company for a test that only looks; keyword arguments as those of `tab`."""
    pages = []

    def open_tab(page: str, **options) -> Tab:
        pages.append(looks(**options).new_page())
        return Tab(pages[-1]).open(f"{serve_demo}/{page}")

    yield open_tab
    for page in pages:
        page.close()


@pytest.fixture(scope="session")
def serve_demo(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server of the demo company for all who only look."""
    port, log = _free_port(), tmp_path_factory.mktemp("server") / "log"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    settings = {"WEATHERGLASS_HOME": str(demo_home), "STREAMLIT_SERVER_ADDRESS": "127.0.0.1"}
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stdout=out, stderr=out)
    url = f"http://127.0.0.1:{port}"
    _wait(url, process, log)
    yield url
    process.terminate()
    process.wait(20)
