"""The form of what is expected: a bar with the range that holds it, and last year's as a ring."""

from collections.abc import Sequence

import plotly.graph_objects as go

from analytics.charts.forms import ROOM, ROW, at_the_right, rows_of, tall
from analytics.charts.theme import Look, layout
from analytics.numbers import plain, signed_percent
from data.text import Text

Span = tuple[Text | str, float, float, float, float | None]
_HATCH = dict(shape="/", size=6, solidity=0.2, fillmode="overlay")  # what has not happened yet is never solid
SLIM = 34  # pixels a row takes where all labels have one line


def spans(items: Sequence[Span], look: Look, unit: Text, digits: int) -> go.Figure:
    """Bars from zero with a whisker from low to high, the number and its change on last year at the right edge.

    `items` are (label, expected, low, high, last year or None), in the unit of the caption.
    """
    names, rows = [label for label, *_ in items], list(range(len(items)))
    top = max([1e-9, *(max(high, before or 0.0) for _, _, _, high, before in items)]) * 1.5
    return go.Figure(
        [_bars(items, rows, look), _rings(items, rows, look)],
        layout=layout(
            look,
            2 * ROOM + ROW // 2 + tall(names, look, SLIM),
            xaxis=dict(range=[0, top], showticklabels=False, title=dict(text=unit[look.lang], font=dict(size=12.5))),
            yaxis=rows_of(names, look),
            annotations=[at_the_right(n, _words(item, digits), color=look.t.ink) for n, item in enumerate(items)],
        ),
    )


def _words(item: Span, digits: int) -> str:
    _, value, _, _, before = item
    change = f"  {signed_percent(value / before - 1, 0)}" if before else ""
    return f"<b>{plain(value, digits)}</b>{change}"


def _bars(items: Sequence[Span], rows: list[int], look: Look) -> go.Bar:
    """What is expected; its range as a whisker."""
    values = [value for _, value, *_ in items]
    up, down = [high - value for _, value, _, high, _ in items], [value - low for _, value, low, *_ in items]
    reach = dict(type="data", symmetric=False, array=up, arrayminus=down, color=look.t.ink, thickness=1.6, width=5)
    hatched = dict(color=look.t.bg, line=dict(color=look.t.ink2, width=1), pattern=_HATCH | dict(fgcolor=look.t.ink2))
    return go.Bar(y=rows, x=values, orientation="h", width=0.5, marker=hatched, error_x=reach, hoverinfo="skip")


def _rings(items: Sequence[Span], rows: list[int], look: Look) -> go.Scatter:
    """Last year."""
    mark = dict(size=9, opacity=1, color=look.t.bg, line=dict(width=2, color=look.t.ink))
    return go.Scatter(y=rows, x=[before for *_, before in items], mode="markers", hoverinfo="skip", marker=mark)
