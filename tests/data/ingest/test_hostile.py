"""Files that mean harm, through the real child process: each ends in a sentence or in the right rows, and soon."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from bench.hostile import HOSTILE, book, refused
from data.ingest.read import read
from tests.data.ingest.test_workbook import cpu_of_children

SOON = 5.0  # seconds of processor time, generous; the bench holds one second of the clock
HARMLESS = {  # may be read, because what is read of them is right: a sheet of one row, X and 3
    "dimension that lies",
    "external links",
    "far cell beyond every sheet",
    "far row without references",
    "string table of 90 MB",
    "used area at the limit",
    "spoilt zip directory 0",
    "spoilt zip directory 1",
    "spoilt zip directory 2",
    "zip bomb that lies of its size",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_soon_with_a_sentence_or_read_rightly(name: str, tmp_path: Path):
    begun = cpu_of_children()
    source, _ = refused(name, tmp_path)
    assert cpu_of_children() - begun < SOON
    if source.refused:
        assert source.refused.zh and source.staged is None
    elif name.startswith("csv "):
        assert source.staged and source.staged.rows == 0 and source.staged.torn > 0
    else:
        assert name in HARMLESS and source.staged and not source.questions
        assert pq.read_table(source.rows).to_pylist()[0]["c0"] == "X"


def test_the_same_book_without_harm_is_read(tmp_path: Path):
    file = tmp_path / "in.xlsx"
    file.write_bytes(book())
    staged = read(file, file.name, tmp_path).staged
    assert staged and (staged.headers, staged.rows) == (("account", "qty"), 1)


def test_nothing_of_a_hostile_file_lands_outside_its_folder(tmp_path: Path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    refused("path out of the archive", inner)
    assert [path.name for path in tmp_path.iterdir()] == ["a"] and [p.name for p in (tmp_path / "a").iterdir()] == ["b"]
