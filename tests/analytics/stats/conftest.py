"""The real panel, for the tests that need it."""

from pathlib import Path

import pytest

from bench.panels import Walmart
from bench.panels import walmart as load


@pytest.fixture(scope="session")
def walmart(real: Path) -> Walmart:
    """Weekly sales of 45 stores; skipped where the folder of real data, or this set of it, is absent."""
    if not (real / "walmart" / "train.parquet").exists():
        pytest.skip(f"real data is not here ({real}/walmart/train.parquet)")
    return load(real)
