"""The form of time: this year over last year, month by month."""

from collections.abc import Sequence

import plotly.graph_objects as go

from analytics.charts.theme import Look, layout
from data.text import Text

THIS_YEAR, LAST_YEAR = Text("今年", "This year"), Text("去年", "Last year")


def years(
    months: Sequence[str], now: Sequence[float | None], before: Sequence[float | None], look: Look, digits: int
) -> go.Figure:
    """This year's months as a dark line over last year's lighter one, each labelled; `None` is a gap, not zero.

    `months` are "YYYY-MM"; the values are in the unit of the caption.
    """
    t = look.t
    last = go.Scatter(
        x=list(months),
        y=list(before),
        mode="lines+markers",  # a month between two gaps is a point
        marker=dict(size=3, color=t.prior),
        line=dict(color=t.prior, width=2),
        hovertemplate="%{x}  %{y:,." + str(digits) + "f}<extra></extra>",
    )
    this = go.Scatter(
        x=list(months),
        y=list(now),
        mode="lines+markers",
        marker=dict(size=5, color=t.ink),
        line=dict(color=t.ink, width=2.5),
        hovertemplate="%{x}  %{y:,." + str(digits) + "f}<extra></extra>",
    )
    ends = [
        dict(
            x=months[i],
            y=values[i],
            text=word[look.lang],
            showarrow=False,
            xanchor="left",
            xshift=8,
            font=dict(size=12.5, color=colour),
        )
        for values, word, colour in ((before, LAST_YEAR, t.ink2), (now, THIS_YEAR, t.ink))
        if (i := max((k for k, v in enumerate(values) if v is not None), default=None)) is not None
    ]
    _apart(ends, [v for v in (*now, *before) if v is not None])
    top = max([1e-9, *(v for v in (*now, *before) if v is not None)])
    low = min([0.0, *(v for v in (*now, *before) if v is not None)])
    return go.Figure(
        [last, this],
        layout=layout(
            look,
            300,
            margin=dict(l=4, r=70, t=8, b=4),
            xaxis=dict(type="category", nticks=5, tickangle=0),
            yaxis=dict(range=[low, top * 1.08], nticks=5, tickformat=f",.{digits}f"),
            annotations=ends,
        ),
    )


def _apart(ends: list[dict], values: list[float]) -> None:
    """Push two end labels apart that would overlap: the lower one down, the upper one up."""
    if len(ends) == 2 and values and abs(ends[0]["y"] - ends[1]["y"]) < 0.07 * (max(values) - min(0.0, *values) or 1):
        low, high = sorted(ends, key=lambda e: e["y"])
        low["yshift"], high["yshift"] = -9, 9
