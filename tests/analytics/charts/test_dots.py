"""Estimates with their intervals against the line that decides."""

from analytics.charts import dots, has_marks
from analytics.charts.theme import Look
from data.text import Text

GOAL, UNIT = Text("目标", "Goal"), Text("多卖，%", "Sold more, %")
ITEMS = [(Text("甲", "A"), 12.0, 4.0, 20.0, "+12", False), ("<b>all</b>", 8.0, 5.0, 11.0, "+8", True)]


def test_each_has_its_interval_and_number_and_all_together_is_a_diamond():
    spans, marks = dots(ITEMS, Look("en"), UNIT, 5.0, GOAL).data

    assert list(spans.x) == [4, 20, None, 5, 11, None] and list(spans.y) == [0, 0, None, 1, 1, None]
    assert list(marks.x) == [12, 8] and list(marks.text) == ["+12", "<b>+8</b>"]
    assert list(marks.marker.symbol) == ["circle", "diamond"]


def test_the_line_that_decides_is_on_the_page_and_named():
    figure = dots(ITEMS, Look("en"), UNIT, 90.0, GOAL)

    assert figure.layout.shapes[-1].x0 == 90 < figure.layout.xaxis.range[1]
    assert [a.text for a in figure.layout.annotations] == ["Goal"]
    assert not dots(ITEMS, Look("en"), UNIT, None, GOAL).layout.annotations


def test_zero_is_drawn_only_where_the_axis_crosses_it():
    across = [("A", 1.0, -3.0, 5.0, "+1", False)]

    assert [s.x0 for s in dots(across, Look("zh"), UNIT, 2.0, GOAL).layout.shapes] == [0, 2]
    assert [s.x0 for s in dots(ITEMS, Look("zh"), UNIT, 2.0, GOAL).layout.shapes] == [2]


def test_the_first_stands_on_top_and_a_name_from_the_data_is_no_markup():
    axis = dots(ITEMS, Look("zh"), UNIT, 5.0, GOAL).layout.yaxis

    assert axis.range[0] > axis.range[1]
    assert axis.ticktext == ("甲", "&lt;b&gt;all&lt;/b&gt;")


def test_nothing_draws_nothing():
    figure = dots([], Look("en"), UNIT, 5.0, GOAL)

    assert not has_marks(figure) and not figure.layout.shapes
