"""The form of what may come out either way: a mark with the range that holds it, on both sides of nothing."""

from collections.abc import Sequence

import plotly.graph_objects as go

from analytics.charts.forms import ROOM, at_the_right, rows_of, tall
from analytics.charts.theme import Look, layout
from analytics.numbers import signed
from data.text import Text

SLIM, BROAD = 34, 9  # pixels of a row, of a range
Reach = tuple[Text | str, float, float, float]


def reaches(items: Sequence[Reach], look: Look, digits: int) -> go.Figure:
    """Rows of (label, low, middle, high) in the caption's unit: a broad line for the range, a mark in the middle.

    A range above nothing is marked by a diamond, one below it by a cross, one over it by a disc; numbers at the right.
    """
    names, rows = [name for name, *_ in items], list(range(len(items)))
    ends = [0.0, *(end for _, low, _, high in items for end in (low, high))]
    span = max(ends) - min(ends) or 1.0
    kinds = [0 if low > 0 else 2 if high < 0 else 1 for _, low, _, high in items]
    colours = [(look.t.good, look.t.ink2, look.t.bad)[kind] for kind in kinds]
    mark = dict(symbol=[("diamond", "circle", "x")[k] for k in kinds], size=11, color=colours, opacity=1)
    lines = [
        go.Scatter(
            x=[low, high], y=[n, n], mode="lines", line=dict(color=look.t.line, width=BROAD), hoverinfo="skip"
        )
        for n, (_, low, _, high) in enumerate(items)
    ]  # fmt: skip
    marks = go.Scatter(x=[middle for _, _, middle, _ in items], y=rows, mode="markers", marker=mark, hoverinfo="skip")
    words = [at_the_right(n, f"<b>{signed(middle, digits)}</b>") for n, (_, _, middle, _) in enumerate(items)]
    return go.Figure(
        [*lines, marks] if items else [],
        layout=layout(
            look,
            2 * ROOM + tall(names, look, SLIM),
            xaxis=dict(range=[min(ends) - 0.06 * span, max(ends) + 0.34 * span], nticks=4, tickangle=0),
            yaxis=rows_of(names, look),
            annotations=words,
            shapes=[_zero(look)] if items else [],
        ),
    )


def _zero(look: Look) -> dict[str, object]:
    line = dict(color=look.t.ink2, width=1.2, dash="dot")
    return dict(type="line", x0=0, x1=0, y0=0, y1=1, yref="paper", line=line)
