"""Fixtures that most tests share: an empty store, rows given by naming only the columns a test is about."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import settings

from data.cache import Cache
from data.contract import Kind
from data.datasets import BY_NAME
from data.lake import Batch, Receipt, Replaces, arrow_schema
from data.store import Store

Given = Callable[..., Batch]

ROOT = Path(__file__).parent.parent
REAL = Path(os.environ.get("WEATHERGLASS_REAL_DATA", ROOT.parent / "shared" / "data"))
vars(sys.modules["__main__"]).setdefault("__file__", "pytest")  # or Spark's client takes a worker for its own doctests
BLANK: dict[Kind, Any] = {Kind.TEXT: "-", Kind.DATE: date(2026, 1, 1), Kind.MONTH: date(2026, 1, 1), Kind.FLAG: False}


@pytest.fixture(scope="session", autouse=True)
def _blank_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home's first cache begins as a copy of an empty one that the product made: its sixty tables take a tenth of a
    second, in each of thousands of stores. A cache that does not fit is remade by the product, here as anywhere."""
    made = tmp_path_factory.mktemp("blank")
    Store(made).close()
    [blank] = (made / "cache").glob("*.duckdb")
    opened = Cache._open

    def prefilled(cache: Cache) -> Any:
        first = cache._folder / blank.name
        if not first.exists():
            cache._folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(blank, first)
        return opened(cache)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Cache, "_open", prefilled)
        yield


settings.register_profile("house", deadline=None)  # a busy machine is no fault of what is tested
settings.load_profile("house")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a folder of its own."""
    opened = Store(tmp_path / "home", memory_mb=256)
    yield opened
    opened.close()


@pytest.fixture
def given(store: Store) -> Given:
    """Publish rows of a dataset into the test's store as one batch; see `giver`."""
    return giver(store)


def giver(store: Store) -> Given:
    """A function that publishes rows; required columns that a test does not name get a blank, others nothing."""

    def put(
        dataset: str,
        *rows: dict[str, Any],
        replaces: Replaces | None = None,
        sha256: str = "",
        sync: bool = True,
        answers: dict[str, str] | None = None,
    ) -> Batch:
        contract = BY_NAME[dataset]
        blank = {f.name: BLANK.get(f.kind, 0) if f.required else None for f in contract.fields}
        full = [
            blank | {name: _cell(value) for name, value in row.items()} | {"_line": n} for n, row in enumerate(rows, 2)
        ]
        for row in full:
            for field in contract.fields:
                if field.kind in (Kind.QUANTITY, Kind.MONEY) and row[field.name] is not None:
                    row[field.name] = Decimal(str(row[field.name]))
        table = pa.Table.from_pylist(full, schema=arrow_schema(contract))
        batch = store.lake.commit(
            contract, table, Receipt("given.csv", sha256, "test", replaces=replaces, answers=answers or {})
        )
        if sync:
            store.version()
        return batch

    return put


def _cell(value: Any) -> Any:
    """ISO days may be written as text in a test."""
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        return date.fromisoformat(value)
    return value


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of real data; a test that needs it is skipped, saying so, where it is absent."""
    if not REAL.is_dir():
        pytest.skip(f"real data is not here ({REAL}); set WEATHERGLASS_REAL_DATA to its folder")
    return REAL


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the demo company made, for this test process."""
    from data.home import Home

    path = tmp_path_factory.mktemp("demo")
    Home(path).make_demo()
    return path


@pytest.fixture(scope="session")
def demo(demo_home: Path) -> Store:
    """The demo company's store."""
    from data.home import Home

    store = Home(demo_home).store()
    store.version()
    return store


@pytest.fixture(scope="session")
def demo_scope(demo: Store) -> Any:
    """The newest month of the demo company."""
    from analytics.asking import scope
    from data.shelf import shelf

    return scope(shelf(demo))


@pytest.fixture(scope="session")
def spark_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A stand-in for a Spark cluster, one for each test process; or the real one that `make test-spark` names."""
    if address := os.environ.get("WEATHERGLASS_TEST_SPARK"):
        yield address
        return
    from tests.spark_server import stand_in

    with stand_in(tmp_path_factory.mktemp("spark")) as address:
        yield address


_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember why tests were skipped."""
    if report.skipped and isinstance(report.longrepr, tuple):
        _skipped.append(f"{report.nodeid}: {report.longrepr[2]}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI only the absence of the real data excuses a skip (WEATHERGLASS_NO_SKIPS)."""
    avoidable = [why for why in _skipped if "real data is not here" not in why]
    if os.environ.get("WEATHERGLASS_NO_SKIPS") and avoidable:
        print("\nskips that could have been avoided:", *avoidable, sep="\n  ")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
