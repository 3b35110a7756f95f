"""The form of two attributes: how many of each pair, a number in every cell."""

from collections.abc import Sequence

import plotly.graph_objects as go

from analytics.charts.theme import Look, layout, rgba
from data.text import Text

CELL = 52  # pixels a row takes
HEAD = 34  # pixels above, for the names of the columns
FAINT, STRONG = 0.06, 0.55  # opacity of the one hue for the fewest and the most


def crosstab(
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
    frames = [_frame(i, look) for i in range(unchanged)]
    return go.Figure(
        _cells(counts, look),
        layout=layout(
            look, HEAD + CELL * max(len(down), 1), xaxis=_names(across, look) | dict(side="top"),
            yaxis=_names(down, look) | dict(autorange="reversed"), shapes=frames,
        ),
    )  # fmt: skip


def _cells(counts: Sequence[Sequence[int]], look: Look) -> go.Heatmap:
    """One hue, deeper for more; a dot where there is none."""
    most, wide = max((n for row in counts for n in row), default=0) or 1, max(map(len, counts), default=0)
    return go.Heatmap(
        x=list(range(wide)), y=list(range(len(counts))), z=[list(row) for row in counts],
        text=[[str(n) if n else "·" for n in row] for row in counts], texttemplate="%{text}",
        textfont=dict(size=15, color=look.t.ink), xgap=3, ygap=3, showscale=False, hoverinfo="skip", zmin=0, zmax=most,
        colorscale=[[0, rgba(look.t.prior, FAINT)], [1, rgba(look.t.prior, STRONG)]],
    )  # fmt: skip


def _names(words: Sequence[Text], look: Look) -> dict[str, object]:
    font = dict(size=13, color=look.t.ink)
    named = [word[look.lang] for word in words]
    return dict(tickmode="array", tickvals=list(range(len(words))), ticktext=named, tickfont=font, showline=False)


def _frame(i: int, look: Look) -> dict[str, object]:
    line = dict(color=look.t.ink2, width=1)
    return dict(type="rect", x0=i - 0.47, x1=i + 0.47, y0=i - 0.47, y1=i + 0.47, line=line)
