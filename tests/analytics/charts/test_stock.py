"""The figure of one item's stock: bands that hold each other, the peak as far as it is seen, the day it ends."""

from typing import Any

import pytest

from analytics import charts
from analytics.charts.stock import Course
from analytics.charts.theme import Look
from data.text import Text, same

AHEAD = [("2026-06-30", (9.0, 9.0, 9.0, 9.0, 9.0)), ("2026-07-07", (1.0, 3.0, 5.0, 7.0, 8.0))]
ACTUAL = [("2026-06-14", 20.0), ("2026-06-30", 9.0)]


def drawn(look: Look | None = None, **more: Any) -> Any:
    usual: dict[str, Any] = dict(actual=ACTUAL, ahead=AHEAD, shipped=(), shipment=same("With 5"))
    return charts.stock(Course(**usual | more), look or Look("zh"))


def words(figure: Any) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_the_wide_band_lies_around_the_narrow_one_and_both_around_the_median():
    wide, narrow, middle, actual = drawn().data

    assert list(wide.y) == [9.0, 8.0, 1.0, 9.0] and list(narrow.y) == [9.0, 7.0, 3.0, 9.0]
    assert list(middle.y) == [9.0, 5.0] and middle.line.dash == "dash"
    assert list(actual.y) == [20.0, 9.0] and actual.line.dash == "solid"


def test_a_shipment_is_a_line_of_its_own_named_at_its_top():
    figure = drawn(shipped=[("2026-06-30", 9.0), ("2026-07-07", 30.0)])

    assert list(figure.data[3].y) == [9.0, 30.0]
    assert "With 5" in words(figure)


@pytest.mark.parametrize("dark", [False, True])
def test_running_out_turns_the_fan_and_says_when(dark):
    look = Look("zh", dark)
    safe, out = drawn(look), drawn(look, out=("2026-07-05", Text("断货", "out")))

    assert safe.data[2].line.color == look.t.ink and out.data[2].line.color == look.t.bad
    assert "断货" in words(out) and "断货" not in words(safe)


@pytest.mark.parametrize(
    ("peak", "shade"),
    [
        (("2026-07-01", "2026-07-05"), ("2026-07-01", "2026-07-05")),
        (("2026-06-01", "2026-08-05"), ("2026-06-14", "2026-07-07")),
    ],
)
def test_the_peak_is_shaded_as_far_as_the_figure_reaches(peak, shade):
    figure = drawn(peak=(*peak, Text("旺季", "Peak")))

    [rect] = figure.layout.shapes
    assert (rect.x0, rect.x1) == shade and "旺季" in words(figure)


def test_nothing_known_draws_nothing():
    assert not charts.has_marks(drawn(actual=(), ahead=()))
