"""A stand-in for Spark in tests: Sail speaks Spark Connect and Spark's SQL, and is up in a tenth of a second."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.server import answers, free_port, installed, running
from tests.conftest import ROOT

SAIL = "pysail==0.7.2"  # needs nothing else in its venv; without pyspark there only `spark.version` is unanswered
VENV = Path(os.environ.get("WEATHERGLASS_SAIL", ROOT / ".venv-sail")).absolute()  # made at the first start (200 MB)
READY = 40  # seconds to start on a loaded machine


@contextmanager
def stand_in(folder: Path) -> Iterator[str]:
    """The address of a server of one's own, stopped at the end; its log stays in `folder`."""
    port = free_port()
    sail = installed(VENV, SAIL).parents[2] / "bin" / "sail"
    command = [str(sail), "spark", "server", "--port", str(port)]
    kept = {"SAIL_EXECUTION__CHECKPOINT__PATH": str(folder / "kept")}
    with running(command, folder / "sail.log", lambda: answers(port), READY, **kept):
        yield f"sc://127.0.0.1:{port}"
