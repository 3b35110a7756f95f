"""The demo company's trials against what was planted; sixty companies are in bench.planted."""

import pytest

from analytics.trials import pilots, readout
from bench.planted import held, planted, read
from data.samples.company import company

SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def found():
    return [read(seed) for seed in SEEDS]


def test_most_of_the_planted_effects_lie_inside_the_intervals_shown(found):
    inside = [held(row, planted(row.trial, truth)) for rows, _, truth in found for row in rows]

    assert len(inside) == 9
    assert sum(inside) >= 6  # fewer in one of sixty if four of five are held


def test_a_new_product_that_sells_goes_on(found):
    assert [row.verdict for rows, _, _ in found for row in rows if row.trial == "SD03"] == ["go"] * 3


def test_every_verdict_is_that_of_its_probability(found):
    for row in (row for rows, _, _ in found for row in rows):
        assert (row.verdict == "go") == (row.probability >= row.go_at)
        assert (row.verdict == "stop") == (row.probability <= row.stop_at)


def test_the_demos_own_trials_are_read_as_they_were_decided(demo, demo_scope):
    rows = {row.trial: row for row in readout.ask(demo, demo_scope)}
    told = company().tables["trial_scope"].to_pylist()

    assert {code: (row.pilots, row.controls) for code, row in rows.items()} == {
        "SD01": (6, 10), "SD02": (6, 10), "SD03": (6, 0),
    }  # fmt: skip
    assert (rows["SD03"].weeks_run, rows["SD03"].weeks_planned, rows["SD03"].running) == (12, 16, True)
    assert all(row.fixed_before and row.rule_given and not row.reason.startswith("too few") for row in rows.values())
    last = [row.account for row in pilots.ask(demo, demo_scope) if not row.whole]
    assert sorted(last) == sorted(r["account"] for r in told if r["trial"] == "SD03" and r["pilot"])
