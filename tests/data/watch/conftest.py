"""A watched folder and a way to put files into it."""

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "sell_out").mkdir(parents=True)
    return tmp_path / "in"


@pytest.fixture
def drop(folder: Path) -> Callable[..., Path]:
    def put(name: str, text: str = "x", dataset: str = "sell_out") -> Path:
        path = folder / dataset / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return put
