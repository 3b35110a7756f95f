"""A course beside what it is held against."""

import pytest

from analytics.charts import beside, has_marks
from analytics.charts.beside import Beside
from analytics.charts.theme import Look
from data.text import Text

NAMES, START = (Text("试点", "Pilots"), Text("对照", "Control")), Text("开始", "Start")


def told(course=(90.0, 110.0, None, 131.0), other=(95.0, 105.0, 100.0, 100.0), start: int | None = 2) -> Beside:
    low = [None if v is None else v - 10 for v in other]
    high = [None if v is None else v + 10 for v in other]
    return Beside(["-1", "0", "1", "2"][: len(course)], course, other, low, high, start)


def test_the_band_lies_under_the_other_line_and_the_course_on_top():
    low, high, other, course = beside(told(), NAMES, Look("en"), 0, START).data

    assert list(low.y) == [85, 95, 90, 90] and list(high.y) == [105, 115, 110, 110] and high.fill == "tonexty"
    assert other.line.dash == "dash" and list(other.y) == [95, 105, 100, 100]
    assert list(course.y) == [90, 110, None, 131]  # a week that nobody told is a gap


def test_lines_are_named_with_their_last_number_at_their_end():
    ends = beside(told(), NAMES, Look("zh"), 0, START).layout.annotations[:2]

    assert [(a.text, a.x) for a in ends] == [("对照 100", 3), ("试点 131", 3)]


def test_names_that_would_overlap_are_moved_apart():
    ends = beside(told(course=(90.0, 110.0, 100.0, 101.0)), NAMES, Look("en"), 0, START).layout.annotations[:2]

    assert ends[1].y - ends[0].y == pytest.approx(0.075 * 30)


def test_the_start_stands_between_the_last_before_and_the_first_since():
    figure = beside(told(), NAMES, Look("en"), 0, START)

    assert figure.layout.shapes[0].x0 == 1.5
    assert figure.layout.annotations[-1].text == "Start"
    assert not beside(told(start=None), NAMES, Look("en"), 0, START).layout.shapes


def test_periods_are_named_though_they_look_like_numbers():
    axis = beside(told(), NAMES, Look("en"), 0, START).layout.xaxis

    assert axis.type != "category"
    assert dict(zip(axis.tickvals, axis.ticktext, strict=True)) == {0: "-1", 1: "0", 2: "1", 3: "2"}


def test_nothing_draws_nothing():
    assert not has_marks(beside(Beside((), (), (), (), (), None), NAMES, Look("en"), 0, START))
