"""The forms of an effect: a band around the weeks, dots with their ranges, and what is too wide is cut."""

import pytest

from analytics.charts.studies import CUT, _ticks, event_study, lifts
from analytics.charts.theme import Look
from data.text import Text

LOOK = Look("en")
WEEKS = [(-1, 0.0, -2.0, 2.0), (0, 1.0, -1.0, 3.0), (1, 10.0, 8.0, 12.0)]


def test_the_band_goes_out_along_the_high_end_and_back_along_the_low():
    band, line = event_study(WEEKS, LOOK, (1, 8, 9.5)).data

    assert list(band.x) == [-1, 0, 1, 1, 0, -1]
    assert list(band.y) == [2.0, 3.0, 12.0, 8.0, -1.0, -2.0]
    assert list(line.y) == [0.0, 1.0, 10.0]


@pytest.mark.parametrize(("average", "shapes", "word"), [((1, 8, 9.5), 3, True), (None, 2, False)])
def test_the_average_is_drawn_where_it_is_told(average, shapes, word):
    figure = event_study(WEEKS, LOOK, average)

    assert len(figure.layout.shapes) == shapes
    assert any("+9.5%" in note.text for note in figure.layout.annotations) == word


def test_nothing_to_draw_is_no_marks():
    assert event_study([], LOOK, None).data == ()
    assert lifts([], LOOK, None).data == ()


def test_a_range_far_wider_than_the_rest_is_cut():
    items = [(Text("甲", "a"), 10.0, 5.0, 15.0, "n 9"), (Text("乙", "b"), 12.0, -300.0, 400.0, "n 5")]
    rings, dots = lifts(items, LOOK, 11.0, own=(9.0, 90.0)).data

    assert list(dots.x) == [10.0, 12.0]
    assert (list(rings.x), list(rings.y)) == ([9.0], [0])  # 90 lies beyond the axis
    assert list(dots.error_x.array) == pytest.approx([5.0, CUT * 12 - 12])
    assert list(dots.error_x.arrayminus) == pytest.approx([5.0, CUT * 12 + 12])


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-12, 24, ["−10", "0", "+10", "+20"]),
        (0, 3, ["0", "+1", "+2", "+3"]),
        (-400, 90, ["−400", "−300", "−200", "−100", "0"]),
    ],
)
def test_marks_are_round_and_zero_has_no_sign(low, high, words):
    assert _ticks(low, high)["ticktext"] == words
