"""The matrix of who by when: every state its own colour and sign, names as text, months readable."""

from datetime import date
from typing import Any

import pytest

from analytics import charts
from analytics.answer import months_back
from analytics.charts.matrix import NARROW, Cell
from analytics.charts.theme import BANDS, Look
from data.text import Text, same

DONE, GONE, OPEN = (
    Cell(sign, level, Text(zh, en))
    for sign, level, zh, en in (
        ("✓", "fair", "已报", "Reported"),
        ("×", "storm", "停报", "Stopped"),
        ("…", None, "未满", "Open"),
    )
)
MONTHS = [months_back(date(2026, 3, 1), n) for n in (3, 2, 1, 0)]


def drawn(rows, months=MONTHS, look=None) -> Any:
    return charts.matrix(rows, months, look or Look("zh"))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_class_gets_its_own_colour_and_the_first_and_last_are_not_replaced(dark):
    look = Look("zh", dark=dark)
    cells = [Cell("x", level, same("x")) for level in (None, *BANDS)]

    [trace] = drawn([("a", cells)], [date(2026, 1, 1)] * 6, look).data

    span = trace.zmax - trace.zmin
    shown = []
    for z in trace.z[0]:
        at = (z - trace.zmin) / span
        shown.append(next(colour for stop, colour in reversed(trace.colorscale) if stop <= at))
    assert shown == [look.t.panel, *(look.t.of(level) for level in BANDS)]
    assert [stop for stop, _ in trace.colorscale] == sorted(stop for stop, _ in trace.colorscale)


def test_signs_stand_in_the_cells_and_one_without_a_sign_is_left_out():
    [trace] = drawn([("a", [Cell("", None, same("none")), DONE, GONE, OPEN])]).data

    assert [list(row) for row in trace.text] == [["", "✓", "×", "…"]]
    assert [z is None for z in trace.z[0]] == [True, False, False, False]


def test_the_first_row_is_on_top_and_months_run_to_the_right_with_the_year_where_it_begins():
    layout = drawn([("worst", [GONE] * 4), ("best", [DONE] * 4)]).layout

    assert layout.yaxis.autorange == "reversed" and list(layout.yaxis.ticktext) == ["worst", "best"]
    assert list(layout.xaxis.ticktext) == ["2025<br>12", "2026<br>1", "2", "3"]


def test_a_name_is_text_and_a_long_one_is_cut_but_whole_when_pointed_at():
    long = "苏宁易购集团股份有限公司"
    figure = drawn([("<b>x</b>", [DONE] * 4), (long, [GONE] * 4)])

    assert list(figure.layout.yaxis.ticktext) == ["&lt;b&gt;x&lt;/b&gt;", long[: NARROW - 1] + "…"]
    told = figure.data[0].customdata
    assert told[0][0] == "&lt;b&gt;x&lt;/b&gt;  2025-12  已报"
    assert told[1][3].startswith(long)


def test_rows_make_it_taller():
    assert drawn([("a", [DONE] * 4)] * 9).layout.height > drawn([("a", [DONE] * 4)]).layout.height
