"""42 ordinary encodings exactly; 60 hard ones right, asked about or handed back in part, and no mojibake loaded.

Three files of each hard kind; `python -m bench.encodings` counts ten of each.
"""

from pathlib import Path

import pytest

from bench.encodings import HARD, became, counts, hard, ordinary, report
from bench.pollution.scores import TEXT, score, scores
from data.ingest import upload
from tests.data.ingest.kit import read_here

EACH = 3  # files of a hard kind: what breaks a kind breaks most of its files
LOUD = 0.98  # of the hard ones, at least: right, asked about or handed back in part


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """No process for each file."""
    monkeypatch.setattr(upload, "read", read_here)


def test_the_42_ordinary_files_are_read_exactly(work: Path):
    found = list(scores(TEXT, work, ordinary()))
    assert len(found) == 42
    assert counts(found)["exact"] == 42, report(found)


def test_the_60_hard_files_are_right_or_loud_and_nothing_is_loaded_as_mojibake(work: Path):
    found = list(scores(TEXT, work, hard(EACH)))
    assert len(found) == EACH * len(HARD) == 60
    told = counts(found)
    assert told["wrong"] == 0, report(found)
    assert told["exact"] + told["asked"] + told["handed back"] >= LOUD * len(found), report(found)


def test_the_files_are_the_same_for_the_same_seed_and_no_two_are_alike():
    first, second = (list(hard(2)) for _ in range(2))
    assert first == second and len({one.content for one in first}) == len(first) == 2 * len(HARD)
    assert len({one.content for one in ordinary()}) == 42


def test_a_name_that_was_read_in_another_encoding_counts_as_wrong(work: Path):
    [one, *_] = ordinary()
    text = one.content.decode()
    other = type(one)(one.kind, text.replace(one.records[0][2], "ËÕÄþ" * 3, 1).encode("utf-16"), one.records)
    found = [score(one, TEXT, work), score(other, TEXT, work)]
    assert became(found[0]) == "exact" and became(found[1]) in ("wrong", "handed back")
    assert sum(counts(found).values()) == 2
