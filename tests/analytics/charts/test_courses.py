"""Courses: a fan opens at the last actual month and keeps the months in order; a mark stands where it is told."""

from analytics import charts
from analytics.charts.theme import Look
from data.text import Text

ZH = Look("zh")
MONTHS = ("1月", "2月", "3月")


def test_a_fan_opens_at_the_last_actual_month_and_keeps_the_order_of_months():
    figure = charts.fan(MONTHS, [(1, 1, 1), (2, 2, 2), (2.5, 3, 4)], 2, (1, 2, 3.5), ZH, 0)

    low, high, aim, expected, actual = figure.data
    assert (list(low.x), list(low.y), list(high.y)) == (["2月", "3月"], [2, 2.5], [2, 4])
    assert (list(actual.y), list(expected.y), list(aim.y)) == ([1, 2], [2, 3], [1, 2, 3.5])
    assert list(figure.layout.xaxis.categoryarray) == list(MONTHS)
    assert {a.text for a in figure.layout.annotations} == {"目标 4", "预计 3"}
    assert expected.line.dash == "dash" and actual.line.dash == "solid"


def test_a_fan_before_the_first_month_has_ended_has_no_actual_and_an_empty_one_no_marks():
    figure = charts.fan(MONTHS, [(0, 1, 2)] * 3, 0, (1, 2, 3), ZH, 0)

    assert not list(figure.data[-1].y)
    assert not charts.has_marks(charts.fan((), (), 0, (), ZH, 0))


def test_a_mark_stands_on_its_period_and_a_gap_has_none():
    marks = [(0, Text("起点", "Began")), (1, Text("报出", "Raised"))]

    figure = charts.marked(MONTHS, (5, None, 4), marks, ZH, 0)

    line, points = figure.data
    assert (list(line.y), list(points.x), list(points.y)) == ([5, None, 4], ["1月"], [5])
    assert [a.text for a in figure.layout.annotations] == ["起点"]
    assert not charts.has_marks(charts.marked((), (), (), ZH, 0))
