"""Lines and steps over time, bars against a line, counts by two attributes: values as marks, gaps as gaps."""

from typing import Any

import pytest

from analytics import charts
from analytics.charts.theme import Look
from data.text import Text, same

ZH, DARK = Look("zh"), Look("en", dark=True)
MONTHS = ["2026-04", "2026-05", "2026-06"]
ONE, TWO, AT = Text("甲", "one"), Text("乙", "two"), Text("二十家", "twenty")


def laid(figure) -> Any:
    return figure.layout


def test_lines_begin_at_zero_and_carry_their_name_and_last_number():
    figure = charts.lines(MONTHS, [(ONE, [40.0, None, 42.04]), (TWO, [10.0, 11.0, None])], ZH, 1)

    assert [list(t.y) for t in figure.data] == [[40.0, None, 42.04], [10.0, 11.0, None]]
    assert [(n.text, n.x) for n in laid(figure).annotations] == [("甲 42.0", "2026-06"), ("乙 11.0", "2026-05")]
    assert laid(figure).yaxis.range[0] == 0


@pytest.mark.parametrize(("other", "apart"), [(41.9, True), (30.0, False)])
def test_names_of_lines_that_end_close_together_are_moved_apart(other, apart):
    low, high = sorted(n.y for n in laid(charts.lines(["2026-06"], [(ONE, [42.0]), (TWO, [other])], ZH, 1)).annotations)

    assert low == other and (high > 42.0) is apart


def test_steps_hold_for_their_month_and_are_told_apart_without_colour():
    figure = charts.steps(MONTHS, [(ONE, [19.0, 20.0, 21.0]), (TWO, [3.0, 3.0, 4.0])], ZH, 20, AT)

    assert {t.line.shape for t in figure.data} == {"hv"}
    assert len({t.line.dash for t in figure.data}) == 2
    assert [(s.y0, s.y1) for s in laid(figure).shapes] == [(20, 20)]
    assert laid(figure).annotations[-1].text == "二十家" and laid(figure).yaxis.range[1] > 21


def test_the_line_at_twenty_is_on_the_chart_also_where_all_counts_are_far_below():
    assert laid(charts.steps(MONTHS, [(ONE, [1.0, 2.0, 3.0])], ZH, 20, AT)).yaxis.range[1] > 20


@pytest.mark.parametrize("look", [ZH, DARK])
def test_bars_at_the_line_reach_it_and_below_it_are_paler(look):
    figure = charts.lined([("a", 10.0, "x"), ("b", 9.99, "y")], look, 1, 10.0)
    [bars] = figure.data

    assert list(bars.marker.color) == [look.t.ink, look.t.prior]
    assert [(s.x0, s.x1) for s in laid(figure).shapes] == [(10.0, 10.0)]
    assert [n.text for n in laid(figure).annotations] == ["x", "y"]


def test_both_ends_of_what_is_usual_are_inside():
    [bars] = charts.ranged([("a", 2), ("b", 3), ("c", 10), ("d", 11)], ZH, ONE, 3, 10).data

    assert list(bars.marker.color) == [ZH.t.bad, ZH.t.ink, ZH.t.ink, ZH.t.bad]


def test_a_matrix_has_the_number_in_every_cell_and_frames_what_did_not_change():
    figure = charts.crosstab(
        [same("A"), same("B")], [same("a"), same("b"), same("c")], [[3, 0], [1, 2], [0, 0]], ZH, unchanged=2
    )
    [cells] = figure.data

    assert [list(row) for row in cells.text] == [["3", "·"], ["1", "2"], ["·", "·"]]
    assert (list(laid(figure).xaxis.ticktext), list(laid(figure).yaxis.ticktext)) == (["A", "B"], ["a", "b", "c"])
    assert [(s.x0, s.y1) for s in laid(figure).shapes] == [(-0.47, 0.47), (0.53, 1.47)]
