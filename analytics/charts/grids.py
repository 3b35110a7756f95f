"""The form of two attributes: how many of each pair, a number in every cell."""

from collections.abc import Sequence

import plotly.graph_objects as go

from analytics.charts.theme import Look, layout, rgba
from data.text import Text

CELL = 52  # pixels a row takes
HEAD = 34  # pixels above, for the names of the columns
FAINT, STRONG = 0.06, 0.55  # opacity of the one hue for the fewest and the most


def matrix(
    across: Sequence[Text],
    down: Sequence[Text],
    counts: Sequence[Sequence[int]],
    look: Look,
    *,
    unchanged: int = 0,
) -> go.Figure:
    """Counts by two attributes, one hue by how many, the number in each cell; `counts` are rows of `down`.

    A frame marks the first `unchanged` cells of the diagonal, in which nothing changed.
    """
    t, most = look.t, max((n for row in counts for n in row), default=0) or 1
    cells = go.Heatmap(
        x=list(range(len(across))), y=list(range(len(down))), z=[list(row) for row in counts],
        text=[[str(n) if n else "·" for n in row] for row in counts], texttemplate="%{text}",
        textfont=dict(size=15, color=t.ink), xgap=3, ygap=3, showscale=False, hoverinfo="skip", zmin=0, zmax=most,
        colorscale=[[0, rgba(t.prior, FAINT)], [1, rgba(t.prior, STRONG)]],
    )  # fmt: skip
    frames = [_frame(i, look) for i in range(unchanged)]
    return go.Figure(
        cells,
        layout=layout(
            look, HEAD + CELL * max(len(down), 1), xaxis=_names(across, look) | dict(side="top"),
            yaxis=_names(down, look) | dict(autorange="reversed"), shapes=frames,
        ),
    )  # fmt: skip


def _names(words: Sequence[Text], look: Look) -> dict[str, object]:
    font = dict(size=13, color=look.t.ink)
    named = [word[look.lang] for word in words]
    return dict(tickmode="array", tickvals=list(range(len(words))), ticktext=named, tickfont=font, showline=False)


def _frame(i: int, look: Look) -> dict[str, object]:
    line = dict(color=look.t.ink2, width=1)
    return dict(type="rect", x0=i - 0.47, x1=i + 0.47, y0=i - 0.47, y1=i + 0.47, line=line)
