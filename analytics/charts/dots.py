"""Estimates as dots with their intervals, one a row, against a dashed line that decides."""

from collections.abc import Sequence

import plotly.graph_objects as go

from analytics.charts.forms import ROOM, rows_of
from analytics.charts.theme import Look, layout
from data.text import Text

Dot = tuple[Text | str, float, float, float, str, bool]
TALL = 46  # pixels a row takes: its number stands above the dot


def dots(items: Sequence[Dot], look: Look, unit: Text, line: float | None, line_name: Text) -> go.Figure:
    """Dots with a line from low to high and their number above; a dashed upright at `line`, named at its head.

    `items` are (label, value, low, high, words above the dot, whether it stands for all: a diamond).
    """
    ends = [end for _, value, low, high, _, _ in items for end in (value, low, high)]
    known = ends if line is None or not items else [*ends, line]
    low, high = min(known, default=0.0), max(known, default=1.0)
    pad = (high - low or 1.0) * 0.08
    return go.Figure(
        [_spans(items, look), _marks(items, look)] if items else [],
        layout=layout(
            look,
            3 * ROOM + TALL * len(items),
            margin=dict(l=4, r=12, t=24, b=4),
            xaxis=dict(
                range=[low - pad, high + pad], nticks=5, tickangle=0,
                title=dict(text=unit[look.lang], font=dict(size=12.5, color=look.t.ink2)),
            ),
            yaxis=rows_of([label for label, *_ in items], look) | dict(range=[len(items) - 0.5, -0.9], autorange=False),
            shapes=[*_zero(low, high, look), *([_dashed(line, look)] if line is not None and items else [])],
            annotations=[_head(line, line_name, look)] if line is not None and items else [],
        ),
    )  # fmt: skip


def _spans(items: Sequence[Dot], look: Look) -> go.Scatter:
    """The intervals: one line a row, broken between rows."""
    across = [end for _, _, low, high, _, _ in items for end in (low, high, None)]
    down = [row for n in range(len(items)) for row in (n, n, None)]
    line = dict(color=look.t.ink2, width=2)
    return go.Scatter(x=across, y=down, mode="lines", line=line, hoverinfo="skip")


def _marks(items: Sequence[Dot], look: Look) -> go.Scatter:
    """The estimates, each with its number."""
    whole = [all_ for *_, all_ in items]
    mark = dict(
        symbol=["diamond" if one else "circle" for one in whole], size=[14 if one else 10 for one in whole],
        color=look.t.ink, opacity=1,
    )  # fmt: skip
    words = [f"<b>{word}</b>" if one else word for (*_, word, _), one in zip(items, whole, strict=True)]
    return go.Scatter(
        x=[value for _, value, *_ in items], y=list(range(len(items))), mode="markers+text", marker=mark,
        text=words, textposition="top center", textfont=dict(size=13, color=look.t.ink), cliponaxis=False,
        hoverinfo="skip",
    )  # fmt: skip


def _zero(low: float, high: float, look: Look) -> list[dict[str, object]]:
    """Where nothing is gained, if the axis holds it."""
    line = dict(color=look.t.line, width=1.5)
    return [dict(type="line", x0=0, x1=0, y0=0, y1=1, yref="paper", layer="below", line=line)] if low < 0 < high else []


def _dashed(x: float, look: Look) -> dict[str, object]:
    line = dict(color=look.t.bad, width=1.6, dash="dash")
    return dict(type="line", x0=x, x1=x, y0=0, y1=1, yref="paper", line=line)


def _head(x: float, name: Text, look: Look) -> dict[str, object]:
    """What the line is called, at its head."""
    font = dict(size=12.5, color=look.t.bad)
    return dict(x=x, y=1, yref="paper", yanchor="bottom", text=name[look.lang], showarrow=False, font=font)
