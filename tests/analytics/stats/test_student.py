"""Student's t against the printed tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats import student


@pytest.mark.parametrize(
    ("share", "freedom", "t"),
    [(0.9, 2, 1.886), (0.9, 5, 1.476), (0.9, 20, 1.325), (0.95, 2, 2.920), (0.95, 5, 2.015), (0.95, 30, 1.697)],
)
def test_quantiles_and_probabilities_are_those_of_the_tables(share, freedom, t):
    assert student.quantile(share, freedom) == pytest.approx(t, abs=5e-4)
    assert student.probability(t, freedom) == pytest.approx(share, abs=1e-4)


def test_under_two_degrees_of_freedom_count_as_two():
    assert student.quantile(0.9, 0.5) == student.quantile(0.9, 2)


@given(st.floats(0.05, 0.45), st.floats(2, 200))
def test_both_sides_are_alike(share, freedom):
    assert student.quantile(share, freedom) == pytest.approx(-student.quantile(1 - share, freedom))
