"""The form of two measures against each other: a mark a case with its reach, the few that matter named."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from analytics.charts.theme import Look, layout, rgba
from data.text import Text

HEIGHT = 360
WIDE, TALL = 0.25, 0.09  # of the axes: names that near lie on each other, on a phone too
SYMBOLS = ("diamond", "circle-open", "x")  # better, cannot be told, worse: a shape each, so that no colour is needed


@dataclass(frozen=True, slots=True)
class Point:
    """One case: place and reach on both axes, % each; `kind` 0 better, 1 cannot be told, 2 worse; its name if shown."""

    x: float
    y: float
    low: float
    high: float
    kind: int
    about: Text
    name: Text | None = None


def scatter(points: Sequence[Point], look: Look, across: Text, up: Text, reach: tuple[float, float]) -> go.Figure:
    """Marks by kind with whiskers up and down; what lies beyond `reach` (ends of the y axis) stands at its edge."""
    low, high = reach
    names = [_name(p, look, low, high) for p in _apart(points, high - low)]
    title = dict(font=dict(size=12.5, color=look.t.ink2))
    zero = dict(type="line", x0=0, x1=1, xref="paper", y0=0, y1=0, line=dict(color=look.t.ink2, width=1.2, dash="dot"))
    return go.Figure(
        [_marks([p for p in points if p.kind == kind], kind, look, low, high) for kind in range(3)] if points else [],
        layout=layout(
            look,
            HEIGHT,
            margin=dict(l=4, r=12, t=12, b=4),
            xaxis=dict(ticksuffix="%", nticks=6, tickangle=0, title=title | dict(text=across[look.lang])),
            yaxis=dict(
                range=[low, high], ticksuffix="%", nticks=6, showgrid=True, gridcolor=look.t.line,
                title=title | dict(text=up[look.lang]),
            ),
            shapes=[zero],
            annotations=names,
        ),
    )  # fmt: skip


def _marks(points: Sequence[Point], kind: int, look: Look, low: float, high: float) -> go.Scatter:
    colour = (look.t.good, look.t.ink2, look.t.bad)[kind]
    y = [min(high, max(low, p.y)) for p in points]
    reach = dict(
        type="data", symmetric=False, color=rgba(colour, 0.45 if kind != 1 else 0.22), thickness=1, width=0,
        array=[max(0.0, min(high, p.high) - at) for p, at in zip(points, y, strict=True)],
        arrayminus=[max(0.0, at - max(low, p.low)) for p, at in zip(points, y, strict=True)],
    )  # fmt: skip
    mark = dict(symbol=SYMBOLS[kind], size=8 if kind == 1 else 10, color=colour, opacity=1)
    mark |= dict(line=dict(width=1.4, color=colour))
    return go.Scatter(
        x=[p.x for p in points], y=y, mode="markers", marker=mark, error_y=reach,
        text=[escape(p.about[look.lang], quote=False) for p in points], hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _apart(points: Sequence[Point], tall: float) -> list[Point]:
    """Those with a name, without the later one of two whose names would lie on each other."""
    wide = max((p.x for p in points), default=0.0) - min((p.x for p in points), default=0.0)
    kept: list[Point] = []
    for point in points:
        near = any(abs(p.x - point.x) < WIDE * wide and abs(p.y - point.y) < TALL * tall for p in kept)
        if point.name is not None and not near:
            kept.append(point)
    return kept


def _name(point: Point, look: Look, low: float, high: float) -> dict[str, object]:
    name = escape(point.name[look.lang] if point.name else "", quote=False)
    at = min(high, max(low, point.y))
    side = dict(yshift=13) if at < (low + high) / 2 + (high - low) * 0.3 else dict(yshift=-13)
    return (
        dict[str, object](
            x=point.x,
            y=at,
            text=name,
            showarrow=False,
            bgcolor=rgba(look.t.bg, 0.7),
            font=dict(size=12.5, color=look.t.ink),
        )
        | side
    )
