"""The heatmap of numbers: a ground for every class, text that can be read on it, names as text."""

from typing import Any

import pytest

from analytics import charts
from analytics.charts.heat import SHADES, Cell
from analytics.charts.theme import Look
from data.text import Text, same
from tests.analytics.charts.test_theme import TEXT, contrast

NONE = Cell("–", None, same("nothing known"))


def drawn(rows: Any, across: Any, look: Look | None = None) -> Any:
    return charts.heat(rows, across, look or Look("zh"))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_class_has_its_own_ground_and_its_number_can_be_read_on_it(dark):
    look = Look("zh", dark)
    cells = [Cell(str(n), shade, same("x")) for n, shade in enumerate(SHADES)]

    ground, signs = drawn([(same("a"), cells)], [["x"]] * len(SHADES), look).data

    span = ground.zmax - ground.zmin
    shown = [
        next(colour for stop, colour in reversed(ground.colorscale) if stop <= (z - ground.zmin) / span)
        for z in ground.z[0]
    ]
    assert shown == [look.t.of(shade) for shade in SHADES]
    assert [stop for stop, _ in ground.colorscale] == sorted(stop for stop, _ in ground.colorscale)
    assert all(contrast(ink, under) >= TEXT for ink, under in zip(signs.textfont.color, shown, strict=True))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_cell_of_no_class_shows_the_page_and_can_be_read_on_it(dark):
    look = Look("zh", dark)

    ground, signs = drawn([(same("a"), [NONE])], [["x"]], look).data

    assert ground.z[0][0] is None and signs.text[0] == "–"
    assert contrast(signs.textfont.color[0], look.t.bg) >= TEXT


def test_the_first_row_is_on_top_and_the_lines_of_a_head_are_broken_and_escaped():
    rows = [(Text("<b>一", "one"), [NONE, NONE]), (Text("二", "two"), [NONE, NONE])]

    layout = drawn(rows, [["10 公斤", "<i>"], ["Y"]]).layout

    assert list(layout.yaxis.range) == [1.5, -0.5]
    assert list(layout.yaxis.ticktext) == ["&lt;b&gt;一", "二"]
    assert list(layout.xaxis.ticktext) == ["10 公斤<br>&lt;i&gt;", "Y"]


def test_pointing_at_a_cell_tells_it_in_the_readers_language():
    cell = Cell("5", "storm", Text("锦泰 <x>", "Jintai <x>"))

    _, signs = drawn([(same("a"), [cell])], [["x"]], Look("en")).data

    assert list(signs.customdata) == ["Jintai &lt;x&gt;"]


def test_nothing_to_show_draws_nothing():
    assert not charts.has_marks(drawn([], []))


def test_more_rows_and_longer_heads_make_it_taller():
    one = drawn([(same("a"), [NONE])], [["x"]]).layout.height

    assert drawn([(same("a"), [NONE])] * 2, [["x"]]).layout.height > one
    assert drawn([(same("a"), [NONE])], [["x", "y"]]).layout.height > one
