"""The form of two opposed counts: bars to both sides of nothing, their numbers at the ends, the sides named above."""

from collections.abc import Sequence

import plotly.graph_objects as go

from analytics.charts.forms import ROOM, ROW, rows_of
from analytics.charts.theme import Look, layout
from analytics.numbers import plain
from data.text import Text

ABOVE = 22  # pixels for the names of the sides
APART = 0.02  # of the width: the names stand this far from the middle


def opposed(items: Sequence[tuple[Text | str, int, int]], look: Look, left: Text, right: Text) -> go.Figure:
    """`items` are (label, count to the left, count to the right); left is the worse side, right the better one."""
    t = look.t
    most = max([1, *(max(a, b) for _, a, b in items)])
    far = max([a for _, a, _ in items], default=0) / most
    reach = [-most * max(0.3, far + 0.22), most * 1.22]
    sides = [
        dict(x=sign * APART * most, y=1, yref="paper", yanchor="bottom", xanchor=anchor, text=word[look.lang],
             showarrow=False, font=dict(size=12.5, color=t.ink2))
        for sign, anchor, word in ((-1, "right", left), (1, "left", right))
    ]  # fmt: skip
    zero = dict(type="line", x0=0, x1=0, y0=0, y1=1, yref="paper", line=dict(color=t.line, width=1))
    return go.Figure(
        [_side([-a for _, a, _ in items], t.bad, look), _side([b for _, _, b in items], t.good, look)],
        layout=layout(
            look,
            ROOM + ABOVE + ROW * len(items),
            margin=dict(l=4, r=8, t=8 + ABOVE, b=4),
            barmode="overlay",
            xaxis=dict(visible=False, range=reach),
            yaxis=rows_of([label for label, _, _ in items], look),
            annotations=sides if items else [],
            shapes=[zero] if items else [],
        ),
    )


def _side(values: Sequence[int], colour: str, look: Look) -> go.Bar:
    """One side's bars, each with its bare count at the far end."""
    return go.Bar(
        orientation="h", y=list(range(len(values))), x=list(values), text=[plain(abs(v)) for v in values],
        textposition="outside", cliponaxis=False, textfont=dict(size=13, color=look.t.ink), marker=dict(color=colour),
        hoverinfo="skip",
    )  # fmt: skip
