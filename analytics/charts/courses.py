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
    t, known = look.t, [v for v in (*now, *before) if v is not None]
    pairs = ((before, LAST_YEAR, t.ink2), (now, THIS_YEAR, t.ink))
    ends = [end for values, word, colour in pairs if (end := _end(months, values, word[look.lang], colour))]
    _apart(ends, known)
    return go.Figure(
        [_line(months, before, digits, t.prior, 2, 3), _line(months, now, digits, t.ink, 2.5, 5)],
        layout=layout(
            look,
            300,
            margin=dict(l=4, r=70, t=8, b=4),
            xaxis=dict(type="category", nticks=5, tickangle=0),
            yaxis=dict(range=[min([0.0, *known]), max([1e-9, *known]) * 1.08], nticks=5, tickformat=f",.{digits}f"),
            annotations=ends,
        ),
    )


def _line(
    months: Sequence[str], values: Sequence[float | None], digits: int, colour: str, width: float, dot: int
) -> go.Scatter:
    """One year, with a dot a month: a month between two gaps is a point."""
    return go.Scatter(
        x=list(months),
        y=list(values),
        mode="lines+markers",
        marker=dict(size=dot, color=colour),
        line=dict(color=colour, width=width),
        hovertemplate="%{x}  %{y:,." + str(digits) + "f}<extra></extra>",
    )


def _end(months: Sequence[str], values: Sequence[float | None], word: str, colour: str) -> dict | None:
    """The name of a line beside its last point, None for a line without any."""
    last = max((k for k, v in enumerate(values) if v is not None), default=None)
    if last is None:
        return None
    font = dict(size=12.5, color=colour)
    return dict(x=months[last], y=values[last], text=word, showarrow=False, xanchor="left", xshift=8, font=font)


def _apart(ends: list[dict], values: list[float]) -> None:
    """Push two end labels apart that would overlap: the lower one down, the upper one up."""
    if len(ends) == 2 and values and abs(ends[0]["y"] - ends[1]["y"]) < 0.07 * (max(values) - min(0.0, *values) or 1):
        low, high = sorted(ends, key=lambda e: e["y"])
        low["yshift"], high["yshift"] = -9, 9
