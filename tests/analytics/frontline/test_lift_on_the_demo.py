"""The demo company's planted lift is found by the ranges that the page shows, at a few seeds of bench.frontline."""

from pathlib import Path

import numpy as np
import pytest

from bench.frontline import filled, held
from data.samples.company import company

SEEDS = range(10, 14)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> np.ndarray:
    """What bench.frontline.held says of each seed."""
    rows = []
    for seed in SEEDS:
        made, folder = company(seed), Path(tmp_path_factory.mktemp(f"seed{seed}"))
        store = filled(folder, made)
        rows.append(held(store, made))
        store.close()
    return np.array(rows)


def test_the_planted_lift_lies_in_the_ranges(found):
    lift, planted, in80, in95 = found.T[:4]

    assert in80.sum() >= 2  # four of five are expected; under two of four would come once in forty
    assert in95.sum() >= 3
    assert abs(np.mean(lift - planted)) <= 0.015


def test_so_does_that_of_everything_the_stores_sell(found):
    in80, in95 = found.T[-3], found.T[-2]

    assert in80.sum() >= 2 and in95.sum() >= 3


def test_half_the_company_can_be_measured_and_the_time_before_is_mostly_clean(found):
    p, sessions = found.T[4], found.T[-1]

    assert (sessions >= 40).all()
    assert np.mean(p < 0.1) <= 0.5


def test_shrinking_takes_a_quarter_of_the_error_of_single_sessions_away(found):
    raw, shrunk = found.T[7], found.T[8]

    assert np.mean(shrunk) <= 0.75 * np.mean(raw)
