"""Chart forms: the data's own values as marks, gaps as gaps, words beside them, names as text and never as markup."""

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
import pytest

from analytics import charts
from analytics.charts.beside import Beside
from analytics.charts.stock import Course
from analytics.charts.theme import Look, rgba
from data.text import LANGS, Text, same

ZH, EN = Look("zh"), Look("en")
UNIT, GOAL = Text("万元", "¥M"), Text("目标", "Target")
both_languages = pytest.mark.parametrize("look", [ZH, EN], ids=LANGS)
both_themes = pytest.mark.parametrize("look", [Look("zh"), Look("zh", dark=True)], ids=["light", "dark"])
Named = Callable[[Text | str], go.Figure]
NAMED: dict[str, Named] = {
    "bridge": lambda name: charts.bridge([(name, 1.0), ("other", -2.0)], ZH, 1),
    "deviations": lambda name: charts.deviations([(name, 1.0), ("other", -2.0)], ZH, UNIT),
    "amounts": lambda name: charts.amounts([(name, 2.0), ("other", 1.0)], ZH, UNIT, 1),
    "pareto": lambda name: charts.pareto([(name, 2.0, 0.9), ("other", 1.0, 1.0)], ZH, 1),
    "bullets": lambda name: charts.bullets([(name, 90.0, None, "x"), ("other", 80.0, 70.0, "x")], ZH, GOAL),
    "lined": lambda name: charts.lined([(name, 2.0, "x"), ("other", 1.0, "x")], ZH, 1, 1.5),
    "ranged": lambda name: charts.ranged([(name, 2.0), ("other", 1.0)], ZH, UNIT, 1, 3),
}
every_form = pytest.mark.parametrize("form", NAMED.values(), ids=NAMED.keys())


def laid(figure: go.Figure) -> Any:
    """The layout; Plotly's own annotations mistake it for a figure."""
    return figure.layout


def notes(figure: go.Figure) -> list[str]:
    return [note.text for note in laid(figure).annotations]


def labels(figure: go.Figure) -> list[str]:
    return list(laid(figure).yaxis.ticktext)


@every_form
def test_a_name_is_text_and_never_markup(form: Named):
    for name in ("<b>x</b>", '<a href="javascript:x">y</a>', "R&D &lt;"):
        [shown, *_] = labels(form(name))

        assert not set("<>") & set(shown.replace("<br>", ""))
        assert shown.replace("<br>", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == name


def test_words_beside_a_bullet_are_text_and_never_markup():
    assert notes(charts.bullets([("a", 90, None, "<i>−¥3</i>")], ZH, GOAL)) == ["<b>90%</b>  &lt;i&gt;−¥3&lt;/i&gt;"]


@every_form
def test_a_name_speaks_the_readers_language_and_a_long_one_takes_two_lines(form: Named):
    assert labels(form(Text("锦泰", "Jintai")))[0] == "锦泰"
    assert labels(form("Northern Hypermarkets Group"))[0] == "Northern<br>Hypermarkets Group"
    assert labels(form("上海锦泰家用电器连锁股份有限公司"))[0].count("<br>") == 0
    assert labels(form("Sixteen letters!"))[0] == "Sixteen letters!"


@every_form
def test_first_stands_on_top_and_two_names_that_read_alike_keep_a_bar_each(form: Named):
    figure = form("other")
    axis = laid(figure).yaxis

    assert labels(figure)[:2] == ["other", "other"] and list(axis.tickvals)[:2] == [0, 1]
    assert axis.autorange == "reversed" or axis.range[0] > axis.range[1]


@every_form
def test_bars_start_at_zero_so_that_length_is_amount(form: Named):
    figure = form("a")

    for bars in (t for t in figure.data if t.type == "bar" and t.marker.color is not None and not t.width):
        assert bars.base is None
    span = laid(figure).xaxis.range
    assert span[0] <= 0 <= span[1]


@both_languages
def test_a_bridge_goes_from_zero_by_its_parts_to_their_total(look):
    figure = charts.bridge([("up", 2.0), ("down", -5.0), ("up again", 1.0)], look, 1)
    [bars] = figure.data

    assert list(bars.x) == [2, -5, 1, None] and list(bars.measure) == ["relative"] * 3 + ["total"]
    assert list(bars.text) == ["+2.0", "−5.0", "+1.0", "<b>−2.0</b>"]
    assert labels(figure)[-1] == {"zh": "合计", "en": "Total"}[look.lang]
    assert laid(figure).xaxis.range[0] < -3 and laid(figure).xaxis.range[1] > 2
    assert [(s.type, s.x0, s.x1) for s in laid(figure).shapes] == [("line", 0, 0)]


@both_themes
def test_a_bridge_has_the_colours_of_better_worse_and_total(look):
    [bars] = charts.bridge([("up", 2.0), ("down", -5.0)], look, 1).data

    marks = (bars.increasing.marker.color, bars.decreasing.marker.color, bars.totals.marker.color)
    assert marks == (look.t.good, look.t.bad, look.t.ink)


@both_languages
def test_deviations_go_to_both_sides_of_zero_with_their_sign(look):
    figure = charts.deviations([("a", 3.25), ("b", 0.0), ("c", -1.0)], look, UNIT)
    [bars] = figure.data

    assert (list(bars.x), list(bars.text)) == ([3.25, 0, -1], ["+3.2", "±0.0", "−1.0"])
    assert list(bars.marker.color) == [look.t.good, look.t.good, look.t.bad]
    assert laid(figure).xaxis.title.text == UNIT[look.lang]
    assert [(s.type, s.x0, s.x1) for s in laid(figure).shapes] == [("line", 0, 0)]


def test_deviations_that_are_neither_good_nor_bad_are_not_coloured_so():
    [bars] = charts.deviations([("a", 3.0), ("b", -1.0)], ZH, UNIT, judged=False).data

    assert list(bars.marker.color) == [ZH.t.ink, ZH.t.ink]


@both_languages
def test_amounts_are_plain_bars_with_the_bare_number_and_the_unit_at_the_axis(look):
    figure = charts.amounts([("a", 1234.56), ("b", 7.0)], look, UNIT, 1)
    [bars] = figure.data

    assert (list(bars.x), list(bars.text), bars.marker.color) == ([1234.56, 7], ["1,234.6", "7.0"], look.t.ink)
    assert laid(figure).xaxis.title.text == UNIT[look.lang]
    assert laid(figure).xaxis.range[0] == 0 and laid(figure).xaxis.range[1] > 1234.56


PARETO = [("a", 60.0, 0.6), ("b", 20.0, 0.8), ("c", 12.0, 0.92), ("d", 8.0, 1.0)]


@both_languages
def test_a_pareto_says_the_cumulative_share_and_cuts_where_the_line_is_reached(look):
    figure = charts.pareto([(same(n), v, c) for n, v, c in PARETO], look, 0)
    [bars] = figure.data

    assert (list(bars.x), list(bars.text)) == ([60, 20, 12, 8], ["60", "20", "12", "8"])
    assert notes(figure) == ["60%", "80%", "92%", "100%", {"zh": "累计", "en": "Cumulative"}[look.lang]]
    assert list(bars.marker.color) == [look.t.ink] * 2 + [look.t.prior] * 2
    assert [(s.y0, s.y1, s.line.dash) for s in laid(figure).shapes] == [(1.5, 1.5, "dot")]


@pytest.mark.parametrize(("share", "cut"), [(0.8 - 1e-9, 2.5), (0.8 - 1e-15, 1.5), (0.8, 1.5)])
def test_the_line_is_reached_by_four_fifths_themselves_whatever_the_last_binary_digit(share, cut):
    items = [(n, v, share if n == "b" else c) for n, v, c in PARETO]

    assert laid(charts.pareto(items, ZH, 0)).shapes[0].y0 == cut


def test_no_line_is_drawn_where_only_all_others_together_reach_it():
    figure = charts.pareto([("a", 40.0, 0.4), ("b", 20.0, 0.6), ("2 others", 40.0, 1.0)], ZH, 0, rest=True)

    assert len(laid(figure).shapes) == 0
    assert list(figure.data[0].marker.color) == [ZH.t.ink, ZH.t.ink]


def test_all_others_have_a_number_but_no_bar_that_would_dwarf_the_named_ones():
    figure = charts.pareto([("a", 40.0, 0.04), ("b", 20.0, 0.06), ("775 others", 940.0, 1.0)], ZH, 0, rest=True)

    assert list(figure.data[0].x) == [40, 20] and laid(figure).xaxis.range[1] < 100
    assert [(n.x, n.y) for n in laid(figure).annotations if n.text == "940"] == [(0, 2)]


def test_a_negative_bar_leaves_room_for_its_number_beside_the_label():
    low, _ = laid(charts.pareto([("a", 40.0, 1.5), ("b", -12.0, 1.0)], ZH, 0)).xaxis.range

    assert low < -12 - 3 * 52 / 290 * 9  # three characters of nine pixels, of a span of 52 on 290


@pytest.mark.parametrize(("name", "height"), [("short", 30), ("A name of two lines here", 40)])
def test_bars_are_as_high_as_their_labels_need(name, height):
    assert laid(charts.pareto([(name, 40.0, 1.0)], ZH, 0)).height == 2 * 30 + height


@both_themes
def test_a_bullet_shows_actual_target_last_year_and_the_ranges_behind(look):
    *ranges, actual, tick, ring = charts.bullets(
        [("a", 79.9, 70.0, ""), ("b", 80.0, None, ""), ("c", 170.0, 180.0, "")], look, GOAL
    ).data

    assert [(r.base, r.base + r.x[0]) for r in ranges] == [(0, 80), (80, 95), (95, 125)]
    assert [r.marker.color for r in ranges] == [rgba(look.t.prior, a) for a in (0.55, 0.35, 0.19)]
    assert list(actual.x) == [79.9, 80, 150]  # what runs off the scale is cut, its number says so
    assert list(actual.marker.color) == [look.t.bad, look.t.ink, look.t.ink]
    assert list(tick.x) == [100] * 3 and list(ring.x) == [70, None, 150]


@both_languages
def test_a_bullet_says_its_share_and_words_and_names_the_target(look):
    figure = charts.bullets([("a", 170.4, None, "−¥3")], look, GOAL)

    assert notes(figure) == ["<b>170%</b>  −¥3"]
    assert list(laid(figure).xaxis.ticktext) == ["0", "50", GOAL[look.lang]]
    assert laid(figure).xaxis.tickangle == 0  # or a phone turns the words


MONTHS = ["2026-03", "2026-04", "2026-05", "2026-06"]


@both_languages
def test_a_month_without_figures_is_a_gap_in_either_years_line_and_no_zero(look):
    figure = charts.years(MONTHS, [5.0, None, 7.0, 0.0], [None, 4.0, 4.0, None], look, 1)
    last, this = figure.data

    assert (list(last.y), list(this.y)) == ([None, 4, 4, None], [5, None, 7, 0])
    assert list(last.x) == list(this.x) == MONTHS and laid(figure).xaxis.type == "category"
    assert not last.connectgaps and not this.connectgaps
    assert (last.line.color, this.line.color) == (look.t.prior, look.t.ink)


@both_languages
def test_each_line_is_named_at_its_last_month_with_figures(look):
    figure = charts.years(MONTHS, [5.0, 6.0, 7.0, None], [1.0, 2.0, None, None], look, 1)

    words = {"zh": ["去年", "今年"], "en": ["Last year", "This year"]}[look.lang]
    ends = [(note.text, note.x, note.y) for note in laid(figure).annotations]
    assert ends == [(words[0], "2026-04", 2), (words[1], "2026-05", 7)]


def test_a_line_without_figures_is_not_named():
    assert notes(charts.years(MONTHS, [5.0] * 4, [None] * 4, ZH, 1)) == ["今年"]
    assert notes(charts.years([], [], [], ZH, 1)) == []


@pytest.mark.parametrize(("gap", "shifts"), [(6.9, {-9, 9}), (7.1, {None})])
def test_names_that_would_overlap_are_pushed_apart_upper_up_and_lower_down(gap, shifts):
    for now, before in ((100.0, 100.0 - gap), (100.0 - gap, 100.0)):
        ends = laid(charts.years(["2026-06"], [now], [before], ZH, 0)).annotations

        assert {note.yshift for note in ends} == shifts
        assert [n.yshift for n in sorted(ends, key=lambda n: n.y)] == ([-9, 9] if shifts == {-9, 9} else [None] * 2)


@pytest.mark.parametrize(("values", "low"), [([5.0, 9.0], 0), ([-2.0, 9.0], -2)])
def test_the_amount_axis_of_a_line_is_never_cut(values, low):
    span = laid(charts.years(MONTHS[:2], values, [None, None], ZH, 1)).yaxis.range

    assert span[0] == low and span[1] > 9


EMPTY: dict[str, Any] = {
    "bridge": lambda: charts.bridge([], ZH, 1),
    "deviations": lambda: charts.deviations([], ZH, UNIT),
    "amounts": lambda: charts.amounts([], ZH, UNIT, 1),
    "pareto": lambda: charts.pareto([], ZH, 1),
    "matrix": lambda: charts.matrix([], [], ZH),
    "bullets": lambda: charts.bullets([], ZH, GOAL),
    "years": lambda: charts.years([], [], [], ZH, 1),
    "lines": lambda: charts.lines([], [(UNIT, [])], ZH, 1),
    "steps": lambda: charts.steps([], [(UNIT, [])], ZH, 20, UNIT),
    "shares": lambda: charts.shares([], [], [], ZH),
    "fan": lambda: charts.fan([], [], 0, [], ZH, 1),
    "marked": lambda: charts.marked([], [], [], ZH, 1),
    "crosstab": lambda: charts.crosstab([], [], [], ZH),
    "lined": lambda: charts.lined([], ZH, 1, 0.0),
    "ranged": lambda: charts.ranged([], ZH, UNIT, 3, 10),
    "heat": lambda: charts.heat([], [], ZH),
    "stock": lambda: charts.stock(Course((), (), (), UNIT), ZH),
    "spans": lambda: charts.spans([], ZH, UNIT, 0),
    "against": lambda: charts.against([], [], [], [], (UNIT, GOAL), ZH),
    "reaches": lambda: charts.reaches([], ZH, 0),
    "scatter": lambda: charts.scatter([], ZH, UNIT, GOAL, (-1, 1)),
    "timeline": lambda: charts.timeline([], None, ZH),
    "beside": lambda: charts.beside(Beside((), (), (), (), (), None), (UNIT, GOAL), ZH, 0, UNIT),
    "dots": lambda: charts.dots([], ZH, UNIT, None, GOAL),
    "funnel": lambda: charts.funnel([], ZH),
    "opposed": lambda: charts.opposed([], ZH, UNIT, GOAL),
    "periods": lambda: charts.periods([], ZH),
    "event_study": lambda: charts.event_study([], ZH, None),
    "lifts": lambda: charts.lifts([], ZH, None),
}
OVER_TIME = {
    "shares",
    "years",
    "lines",
    "steps",
    "fan",
    "marked",
    "matrix",
    "crosstab",
    "heat",
    "stock",
    "spans",
    "against",
    "reaches",
    "scatter",
    "timeline",
    "beside",
    "dots",
    "funnel",
    "opposed",
    "periods",
    "event_study",
    "lifts",
}  # their own tests stand in files of their own beside this one, and above


@pytest.mark.parametrize("draw", EMPTY.values(), ids=EMPTY.keys())
def test_nothing_to_show_is_an_empty_figure_and_no_fault(draw):
    assert isinstance(draw(), go.Figure)


def test_every_form_of_the_house_is_tried_here():
    assert {*charts.__all__} - {"layout", "has_marks"} == set(EMPTY) == {*NAMED, *OVER_TIME}


def test_a_figure_of_nothing_has_no_marks_and_one_of_a_zero_has():
    assert not charts.has_marks(charts.amounts([], ZH, UNIT, 0))
    assert not charts.has_marks(charts.deviations([], ZH, UNIT))
    assert charts.has_marks(charts.amounts([("a", 0.0)], ZH, UNIT, 0))
