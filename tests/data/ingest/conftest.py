"""Fixtures of the ingest tests: a working folder, a file of rows, and the whole way from rows to a checked file."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from data.contract import Dataset
from data.ingest import Prepared, prepare, upload
from tests.data.ingest.kit import HEADER, LINES, PLAIN, TODAY, Take, Write, as_csv, read_here

NOTHING: Mapping[str, str] = {}


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Where staged cells go."""
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write rows, text or bytes to a file."""

    def to_file(content: Sequence[Sequence[object]] | str | bytes, name: str = "in.csv") -> Path:
        text = content if isinstance(content, str | bytes) else as_csv(content)
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    return to_file


@pytest.fixture
def take(write: Write, work: Path, monkeypatch: pytest.MonkeyPatch) -> Take:
    """Prepare rows (below HEADER unless a header is given), text or bytes as LINES, without a child process.

    HEADER's amount does not say whether it is with tax; unless a test says so, it is not known.
    """
    monkeypatch.setattr(upload, "read", read_here)

    def through(
        content: Any,
        header: Sequence[str] = HEADER,
        dataset: Dataset = LINES,
        name: str = "in.csv",
        answers: Mapping[str, str] = NOTHING,
        **told: Any,
    ) -> Prepared:
        whole = content if isinstance(content, str | bytes) else [header, *content]
        return prepare(write(whole), name, dataset, work=work, today=TODAY, answers={**PLAIN, **answers}, **told)

    return through
