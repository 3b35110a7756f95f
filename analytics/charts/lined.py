"""Horizontal bars against a line that decides: one to reach, or two to stay between."""

from collections.abc import Sequence

import plotly.graph_objects as go

from analytics.charts.forms import ROOM, ROW, at_the_right, bars, rows_of, tall
from analytics.charts.theme import Look, layout
from analytics.numbers import plain
from data.text import Text

SLIM = 30  # pixels a bar takes where all labels have one line


def lined(items: Sequence[tuple[Text | str, float, str]], look: Look, digits: int, line: float) -> go.Figure:
    """Bars from zero with a dotted line to reach; what falls short of it is paler.

    `items` are (label, amount in the caption's unit, words at the right edge).
    """
    t, values, names = look.t, [value for _, value, _ in items], [label for label, _, _ in items]
    words = [at_the_right(i, word, color=t.ink2) for i, (_, _, word) in enumerate(items)]
    top = max([1e-9, line, *values]) * 1.55
    colours = [t.ink if value >= line else t.prior for value in values]
    return go.Figure(
        bars(values, [plain(v, digits) for v in values], colours, look),
        layout=layout(
            look,
            ROOM + tall(names, look, SLIM),
            xaxis=dict(visible=False, range=[min([0.0, *values]) * 1.25, top]),
            yaxis=rows_of(names, look),
            annotations=words,
            shapes=[_upright(line, look)] if items else [],
        ),
    )


def ranged(items: Sequence[tuple[Text | str, float]], look: Look, unit: Text, low: int, high: int) -> go.Figure:
    """Bars from zero against the two ends of what is usual, both included; what lies outside is coloured as worse."""
    t, values, names = look.t, [value for _, value in items], [label for label, _ in items]
    colours = [t.ink if low <= value <= high else t.bad for value in values]
    ends = [str(low), str(high)]
    return go.Figure(
        bars(values, [plain(v) for v in values], colours, look),
        layout=layout(
            look,
            ROOM + ROW + tall(names, look, SLIM),
            xaxis=dict(
                range=[0, max([float(high), *values]) * 1.2],
                tickvals=[low, high],
                ticktext=ends,
                title=dict(text=unit[look.lang], font=dict(size=12.5, color=t.ink2)),
            ),
            yaxis=rows_of(names, look),
            shapes=[_upright(low, look), _upright(high, look)] if items else [],
        ),
    )


def _upright(x: float, look: Look) -> dict[str, object]:
    """A dotted line from top to bottom."""
    line = dict(color=look.t.ink2, width=1.2, dash="dot")
    return dict(type="line", x0=x, x1=x, y0=0, y1=1, yref="paper", line=line)
