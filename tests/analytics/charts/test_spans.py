"""What is expected, with the range that holds it and last year's."""

from analytics.charts import has_marks, spans
from analytics.charts.theme import Look
from data.text import Text

ITEMS = [(Text("甲", "A"), 120.0, 90.0, 170.0, 100.0), (Text("乙", "B"), 50.0, 40.0, 65.0, None)]
PCS = Text("件", "pcs")


def test_a_bar_has_its_range_and_last_year_is_a_ring():
    bars, rings = spans(ITEMS, Look("en"), PCS, 0).data

    assert list(bars.x) == [120, 50] and rings.x == (100, None)
    assert list(bars.error_x.array) == [50, 15] and list(bars.error_x.arrayminus) == [30, 10]


def test_the_change_on_last_year_stands_at_the_edge_where_there_is_one():
    words = [a.text for a in spans(ITEMS, Look("zh"), PCS, 0).layout.annotations]

    assert words == ["<b>120</b>  +20%", "<b>50</b>"]


def test_the_axis_reaches_beyond_the_longest_range_and_nothing_draws_nothing():
    assert spans(ITEMS, Look("en"), PCS, 0).layout.xaxis.range[1] > 170
    assert not has_marks(spans([], Look("en"), PCS, 0))


def test_a_name_from_the_data_is_no_markup():
    figure = spans([("<b>x</b>", 1.0, 0.5, 2.0, None)], Look("en"), PCS, 0)

    assert figure.layout.yaxis.ticktext == ("&lt;b&gt;x&lt;/b&gt;",)
