"""The polluted files: right or loud, nearly always right, and never silently wrong beyond one in a hundred."""

from pathlib import Path

import pytest

from bench.pollution.kinds import KINDS, Polluted, files
from bench.pollution.scores import TEXT, TYPED, Score, f1, mean, printed, score, scores
from data.contract import Dataset
from data.ingest import upload
from tests.data.ingest.kit import read_here

EACH = 2  # files of a kind, of the eight of `python -m bench.pollution`: a broken kind alone is more than SILENT
SILENT, SCORE = 0.01, 9.9  # at most, at least
RIGHT, EMPTY = ("K1", "2026-01-05", "苏宁", "1", "10.00", "急件"), ("K2", "2026-01-05", "国美", "2", "20.00", "")
HEADER = "编号,日期,名称,数量,金额,备注\n"


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """No process for each of a thousand files."""
    monkeypatch.setattr(upload, "read", read_here)


@pytest.mark.parametrize("dataset", [TEXT, TYPED], ids=["text", "typed"])
def test_polluted_files_are_read_rightly_or_loudly(dataset: Dataset, work: Path):
    found = list(scores(dataset, work, files(EACH)))
    assert len(found) == EACH * len(KINDS) >= 130
    silent = sum(bool(one.silent) for one in found)
    assert silent <= SILENT * len(found) and mean(found) >= SCORE, (
        f"{silent} silent, {mean(found):.3f}\n{printed(found)}"
    )


def test_there_are_more_than_five_hundred_files_and_a_seed_makes_them_again():
    first, second = (list(files()) for _ in range(2))
    assert first == second and len(first) > 500
    assert len({one.content for one in files(2)}) == 2 * len(KINDS)
    assert [one.content for one in files(1, seed=1)] != [one.content for one in files(1, seed=2)]


@pytest.mark.parametrize(
    ("text", "silent", "whole"),
    [
        (HEADER + "K1,2026-01-05,苏宁,1,10.00,急件\nK2,2026-01-05,国美,2,20.00,\n", False, True),
        (HEADER + "K1,2026-01-05,苏宁,1,10.00,急件\nK2,2026-01-05\n", False, False),
        (HEADER + "K1,2026-01-05,苏宁,1,10.00,急件\n", True, False),
        (HEADER + "K1,2026-01-05,苏宁,1,10.00,急件\nK2,2026-01-05,国美,2,20.01,\n", True, False),
        (HEADER + "K1,2026-01-05,苏宁,1,10.00,急件\n" * 2 + "K2,2026-01-05,国美,2,20.00,\n", True, False),
    ],
    ids=["right", "handed back", "lost", "wrong", "doubled"],
)
def test_a_score_knows_right_from_handed_back_and_silent(text: str, silent: bool, whole: bool, work: Path):
    found = score(Polluted("x", text.encode(), (RIGHT, EMPTY)), TEXT, work)
    assert (bool(found.silent), found.f1 == 10) == (silent, whole)


def test_what_is_asked_has_no_score_where_that_is_right_and_none_at_all_elsewhere(work: Path):
    text = HEADER.replace("编号", "x").encode() + b"K1,2026-01-05,a,1,10.00,\n"
    loud = score(Polluted("x", text, (RIGHT,), asks=("map.",)), TEXT, work)
    told = score(Polluted("x", text, (("K1", "2026-01-05", "a", "1", "10.00", ""),), {"map.f0": "x"}), TEXT, work)
    assert (loud.f1, told.f1) == (None, 10) and score(Polluted("x", text, (RIGHT,)), TEXT, work).f1 == 0
    assert mean([loud, told]) == 10 and "x" in printed([loud, told])
    assert isinstance(loud, Score) and f1([("a",)], [("b",)]) == 0


def test_a_file_without_a_header_whose_columns_are_told_loses_no_record(work: Path):
    lines = "K1,2026-01-05,苏宁,1,10.00,急件\nK2,2026-01-05,国美,2,20.00,\n"
    answers = {f"map.f{at}": cell for at, cell in enumerate(RIGHT)}
    found = score(Polluted("x", lines.encode(), (RIGHT, EMPTY), answers, asks=("map.", "header")), TEXT, work)
    assert not found.silent, "the first record was taken for the header and nobody was told"
