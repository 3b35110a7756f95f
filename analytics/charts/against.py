"""The form of what was sold against what was to be expected, week by week, with some of the weeks shaded."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.courses import end_label
from analytics.charts.theme import Look, layout, rgba
from data.text import Text

LINE = 16  # pixels of a name
NEAR = 0.08  # of the highest number: ends of lines that near are pushed apart
HEIGHT, ROOM = 340, 1.22  # pixels; of the highest number, what stands above it for words


@dataclass(frozen=True, slots=True)
class Shaded:
    """Days (ISO) from the first to the one after the last, what they are called, and whether they are the darker."""

    since: str
    until: str
    name: Text
    dark: bool


def against(
    days: Sequence[str],
    actual: Sequence[float | None],
    expected: Sequence[tuple[float, float, float] | None],
    shades: Sequence[Shaded],
    names: tuple[Text, Text],
    look: Look,
) -> go.Figure:
    """A solid line over a dashed one in its band (low, middle, high; None: not known); `names` of the two lines."""
    known = [(day, band) for day, band in zip(days, expected, strict=True) if band is not None]
    values = [v for v in actual if v is not None] + [band[2] for _, band in known]
    top = max([1.0, *values])
    traces = [
        *_band(known, look),
        _line([day for day, _ in known], [band[1] for _, band in known], look.t.ink2, "dash"),
        _line(days, actual, look.t.ink, "solid"),
    ]
    return go.Figure(
        traces if values else [],
        layout=layout(
            look,
            HEIGHT,
            margin=dict(l=4, r=56, t=8, b=4),
            xaxis=dict(type="date", nticks=6, tickangle=0, tickformat="%-m/%-d"),
            yaxis=dict(range=[0, top * ROOM], nticks=5, tickformat=",.0f", showgrid=True, gridcolor=look.t.line),
            shapes=[_shade(s, look) for s in shades],
            annotations=[
                *(_word(s, n, top, look) for n, s in enumerate(shades)),
                *_ends(days, actual, expected, names, look, top),
            ],
        ),
    )


def _line(days: Sequence[str], values: Sequence[float | None], colour: str, dash: str) -> go.Scatter:
    return go.Scatter(
        x=list(days), y=list(values), mode="lines",
        line=dict(color=colour, width=2.5 if dash == "solid" else 2, dash=dash),
        hovertemplate="%{x|%Y-%m-%d}  %{y:,.0f}<extra></extra>",
    )  # fmt: skip


def _band(known: Sequence[tuple[str, tuple[float, float, float]]], look: Look) -> list[go.Scatter]:
    days = [day for day, _ in known]
    edge = [band[2] for _, band in known] + [band[0] for _, band in reversed(known)]
    fill = dict(mode="lines", line=dict(width=0), fill="toself", fillcolor=rgba(look.t.prior, 0.3), hoverinfo="skip")
    return [go.Scatter(x=[*days, *reversed(days)], y=edge, **fill)] if known else []


def _shade(shaded: Shaded, look: Look) -> dict[str, object]:
    colour = rgba(look.t.fair, 0.38) if shaded.dark else rgba(look.t.change, 0.4)
    inside = dict(x0=shaded.since, x1=shaded.until, y0=0, y1=1, yref="paper")
    return dict(type="rect", line=dict(width=0), fillcolor=colour, layer="below", **inside)


def _word(shaded: Shaded, line: int, top: float, look: Look) -> dict[str, object]:
    """A name over the left end of its shade, each on a line of its own: shades are narrow."""
    font, text = dict(size=12.5, color=look.t.ink), shaded.name[look.lang]
    return dict(
        x=shaded.since,
        y=top * ROOM,
        text=text,
        showarrow=False,
        xanchor="left",
        yanchor="top",
        yshift=-LINE * line,
        font=font,
    )


def _ends(
    days: Sequence[str],
    actual: Sequence[float | None],
    expected: Sequence[tuple[float, float, float] | None],
    names: tuple[Text, Text],
    look: Look,
    top: float,
) -> list[dict]:
    """What the two lines are called, beside their ends and apart from each other."""
    middle = [None if band is None else band[1] for band in expected]
    found = [
        end
        for values, name, colour in ((actual, names[0], look.t.ink), (middle, names[1], look.t.ink2))
        if (end := end_label(days, values, name[look.lang], colour)) is not None
    ]
    if len(found) == 2 and abs(found[0]["y"] - found[1]["y"]) < NEAR * top:
        low, high = sorted(found, key=lambda end: end["y"])
        low["yshift"], high["yshift"] = -9, 9
    return found
