"""The funnel: a bar a step, what is left of the one before at its right."""

from analytics.charts.funnel import funnel
from analytics.charts.theme import Look

LOOK = Look("en")


def test_each_step_has_its_count_and_its_share_of_the_step_before():
    figure = funnel([("Listed", 20), ("Sold", 15), ("Again", 0)], LOOK)

    assert list(figure.data[0].text) == ["20", "15", "0"]  # type: ignore[attr-defined]
    assert [(note.y, note.text) for note in figure.layout.annotations] == [(1, "75%"), (2, "0%")]  # type: ignore[attr-defined]


def test_nothing_is_no_share_of_nothing_and_no_step_is_no_bar():
    figure = funnel([("Listed", 0), ("Sold", 0)], LOOK)

    assert [note.text for note in figure.layout.annotations] == [""]  # type: ignore[attr-defined]
    assert len(funnel([], LOOK).data[0].x) == 0  # type: ignore[attr-defined]
