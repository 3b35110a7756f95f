"""Several shares about their neutral half: gaps, the band, and names that keep apart."""

from itertools import pairwise

import pytest

from analytics.charts.shares import LABEL, PER_POINT, shares
from analytics.charts.theme import Look
from data.text import same

ZH = Look("zh")
MONTHS = ["2026-01", "2026-02", "2026-03"]


def drawn(*lines: list[float | None], band=None):
    named = [(same(f"line {n}"), values) for n, values in enumerate(lines)]
    return shares(MONTHS, named, band or [None] * len(MONTHS), ZH)


def places(figure) -> list[float]:
    """Where the names stand, in pixels from the axis, lowest first."""
    return sorted(note["y"] * PER_POINT + (note["yshift"] or 0) for note in figure.layout.annotations)


@pytest.mark.parametrize("ends", [(0.5, 0.5, 0.5), (0.5, 0.51, 0.52), (0.2, 0.5, 0.9), (0.5, 0.9, 0.55)])
def test_names_at_the_ends_never_overlap_and_stay_where_there_is_room(ends):
    figure = drawn(*([0.1, 0.2, end] for end in ends))

    found = places(figure)
    assert all(b - a >= LABEL - 1e-9 for a, b in pairwise(found))
    assert sum(found) == pytest.approx(sum(100 * end * PER_POINT for end in ends))  # about their own middle
    if ends == (0.2, 0.5, 0.9):
        assert all(note["yshift"] == 0 for note in figure.layout.annotations)


def test_a_gap_is_a_gap_in_the_line_and_no_zero():
    assert list(drawn([0.1, None, 0.3]).data[0].y) == [10, None, 30]


def test_the_band_goes_up_and_back_over_the_months_that_have_it():
    outline = drawn([0.1, 0.2, 0.3], band=[(0.0, 0.2), None, (0.1, 0.5)]).data[0]

    assert (list(outline.x), list(outline.y)) == (["2026-01", "2026-03", "2026-03", "2026-01"], [20, 50, 10, 0])
