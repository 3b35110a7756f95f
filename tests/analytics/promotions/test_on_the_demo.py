"""What the product says of the demo company's promotions is what the bench measured, and holds what was planted."""

import numpy as np
import pytest

from analytics.promotions import effect
from analytics.promotions.learnt import learnt, totals
from analytics.promotions.measured import measured
from analytics.stats.placebo import Z
from bench.promoted import foretold, judged

SEED = 7  # of the demo company


@pytest.fixture(scope="module")
def planted():
    """Every promotion as the bench reads it, by code."""
    return {one.code: one for one in judged(SEED)}


def test_the_product_measures_as_the_bench_does(demo, demo_scope, planted):
    told = {m.deal.promotion: m.effect for m in measured(demo, demo_scope).deals if m.state == "done"}

    assert len(told) == 92
    for code, found in told.items():
        assert found.net.pcs == pytest.approx(planted[code].found.net.pcs, rel=1e-6), code
        assert found.uplift_error == pytest.approx(planted[code].found.uplift_error, rel=1e-6), code


def test_shown_intervals_hold_what_was_planted(demo, demo_scope, planted):
    rows = [r for r in effect.ask(demo, demo_scope) if r.state == "done"]

    held = [r.uplift_low <= planted[r.promotion].planted.uplift <= r.uplift_high for r in rows]
    net = [r.net_low <= planted[r.promotion].planted.net_pcs <= r.net_high for r in rows]

    assert 0.7 <= np.mean(held) <= 0.9 and 0.7 <= np.mean(net) <= 0.9


def test_all_together_are_what_was_planted(demo, demo_scope, planted):
    known = learnt(measured(demo, demo_scope).deals)
    told = totals(known, known.cases)
    true = [planted[m.deal.promotion].planted for m in known.cases]

    assert told.gross.mean == pytest.approx(sum(p.gross_pcs for p in true), rel=0.15)
    assert abs(told.net.mean - sum(p.net_pcs for p in true)) <= Z * told.net.error


def test_the_next_uplift_is_foretold_from_half_of_the_past(planted):
    held = [one for turn in range(6) for one in foretold(list(planted.values()), turn)]

    assert 0.7 <= np.mean(held) <= 0.95
