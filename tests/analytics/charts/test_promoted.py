"""The forms that promotions are drawn in: marks by kind, a line against its baseline, runs on a time axis, reaches."""

from datetime import date

from analytics.charts.against import Shaded, against
from analytics.charts.reaches import reaches
from analytics.charts.scatter import SYMBOLS, Point, scatter
from analytics.charts.theme import Look
from analytics.charts.timeline import Run, timeline
from data.text import Text, same

ZH = Look("zh")
NAMES = (same("actual"), same("base"))


def point(x: float, y: float, kind: int = 1, name: str = "") -> Point:
    return Point(x, y, y - 20, y + 20, kind, same("about <b>"), same(name) if name else None)


def test_every_kind_of_mark_has_a_shape_of_its_own():
    figure = scatter([point(1, 5, 0), point(2, 5, 1), point(3, -5, 2)], ZH, same("x"), same("y"), (-100, 100))

    assert [trace.marker.symbol for trace in figure.data] == list(SYMBOLS)
    assert all(len(trace.x) == 1 for trace in figure.data)


def test_what_lies_beyond_the_axis_stands_at_its_edge_with_no_reach_beyond():
    figure = scatter([point(1, 500), point(2, -500)], ZH, same("x"), same("y"), (-100, 100))

    assert list(figure.data[1].y) == [100, -100]
    assert figure.data[1].error_y.array[0] == 0


def test_of_two_names_on_each_other_the_first_is_kept():
    points = [point(0, 0, 0, "A"), point(2, 3, 0, "B"), point(100, 0, 0, "C")]

    figure = scatter(points, ZH, same("x"), same("y"), (-100, 100))

    assert [a.text for a in figure.layout.annotations] == ["A", "C"]


def test_words_out_of_data_are_no_markup():
    figure = scatter([point(1, 5, 0, "<b>")], ZH, same("x"), same("y"), (-100, 100))

    assert figure.layout.annotations[0].text == "&lt;b&gt;" and figure.data[0].text[0] == "about &lt;b&gt;"


def test_weeks_that_are_told_apart_are_shaded_and_named_on_lines_of_their_own():
    shades = [
        Shaded("2026-01-05", "2026-01-12", same("on"), True),
        Shaded("2026-01-12", "2026-02-09", same("after"), False),
    ]
    days = ["2026-01-05", "2026-01-12"]

    figure = against(days, [5.0, None], [(1, 2, 3), None], shades, NAMES, ZH)

    assert [s.x0 for s in figure.layout.shapes] == ["2026-01-05", "2026-01-12"]
    words = {a.text: a.yshift for a in figure.layout.annotations if a.text in ("on", "after")}
    assert words["on"] != words["after"]
    assert list(figure.data[-1].y) == [5.0, None]  # what is not known is a gap


def test_nothing_known_draws_nothing():
    assert not against([], [], [], [], NAMES, ZH).data
    assert not scatter([], ZH, same("x"), same("y"), (-1, 1)).data
    assert not timeline([], None, ZH).data
    assert not reaches([], ZH, 0).data


def test_a_run_to_come_is_hatched_and_one_in_conflict_has_another_colour():
    runs = [
        Run(Text("甲", "A"), date(2026, 1, 1), date(2026, 1, 7), False, False, same("")),
        Run(Text("乙", "B"), date(2026, 2, 1), date(2026, 2, 7), True, True, same("")),
    ]

    bar = timeline(runs, date(2026, 1, 15), ZH).data[0]

    assert list(bar.marker.pattern.shape) == ["", "/"]
    assert bar.marker.line.color[0] != bar.marker.line.color[1]
    assert bar.x[0] == 7 * 86_400_000  # both days included


def test_a_range_says_by_its_mark_on_which_side_of_nothing_it_lies():
    figure = reaches([("a", 1, 2, 3), ("b", -1, 0, 1), ("c", -3, -2, -1)], ZH, 0)

    assert list(figure.data[-1].marker.symbol) == ["diamond", "circle", "x"]
