"""Opposed counts: the worse to the left, the better to the right; told apart by side and number, not colour alone."""

from analytics.charts.opposed import opposed
from analytics.charts.theme import DARK, LIGHT, Look
from data.text import same

WORSE, BETTER = same("worse"), same("better")


def test_bars_go_both_ways_with_bare_counts_at_their_ends():
    left, right = opposed([("Noise", 6, 118), ("Price", 38, 25)], Look("en"), WORSE, BETTER).data

    assert (list(left.x), list(left.text)) == ([-6, -38], ["6", "38"])  # type: ignore[attr-defined]
    assert (list(right.x), list(right.text)) == ([118, 25], ["118", "25"])  # type: ignore[attr-defined]


def test_the_longest_bar_of_each_side_has_room_for_its_number():
    axis = opposed([("Noise", 100, 100)], Look("en"), WORSE, BETTER).layout.xaxis  # type: ignore[attr-defined]

    assert axis.range[0] < -120 and axis.range[1] > 120


def test_colours_are_the_themes_worse_and_better_in_both_themes():
    for dark, tokens in ((False, LIGHT), (True, DARK)):
        figure = opposed([("Noise", 1, 2)], Look("en", dark), WORSE, BETTER)
        assert [bar.marker.color for bar in figure.data] == [tokens.bad, tokens.good]  # type: ignore[attr-defined]


def test_nothing_is_drawable():
    assert not opposed([], Look("en"), WORSE, BETTER).layout.annotations  # type: ignore[attr-defined]
