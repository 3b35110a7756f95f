"""The form of several shares about their neutral half, month by month, with how far few accounts can be off."""

from collections.abc import Sequence

import plotly.graph_objects as go

from analytics.charts.courses import end_label
from analytics.charts.theme import Look, layout, rgba
from data.text import Text

LABEL, PER_POINT = 32, 2.5  # pixels: two lines of a label, and a percentage point on an axis of 100 that is 300 high


def shares(
    months: Sequence[str],
    lines: Sequence[tuple[Text, Sequence[float | None]]],
    band: Sequence[tuple[float, float] | None],
    look: Look,
) -> go.Figure:
    """Up to three shares (0-1) about 50 %, the first the main one and the last dashed; each is labelled at its end.

    `band` is the interval (low, high) of one of them, as the caption says; None is a gap. "<br>" in a label breaks it.
    """
    t, names = look.t, list(months)
    styles = (dict(color=t.ink, width=2.8), dict(color=t.ink2, width=2), dict(color=t.ink, width=1.6, dash="dash"))
    drawn = [_share(names, values, style) for (_, values), style in zip(lines, styles, strict=False)]
    half = dict(type="line", xref="paper", x0=0, x1=1, y0=50, y1=50, line=dict(color=t.prior, width=1, dash="dot"))
    axes = dict(
        xaxis=dict(type="category", nticks=4, tickangle=0, range=[-0.5, len(names) - 0.5]),
        yaxis=dict(range=[-4, 104], tickvals=[0, 50, 100]),
    )
    room = dict(l=4, r=86, t=8, b=4)
    return go.Figure(
        [*_between(names, band, look), *drawn],
        layout=layout(look, 300, margin=room, annotations=_ends(names, lines, look), shapes=[half], **axes),
    )


def _ends(months: list[str], lines: Sequence[tuple[Text, Sequence[float | None]]], look: Look) -> list[dict]:
    """The names of the lines beside their ends, apart from each other."""
    found = []
    for (word, values), colour in zip(lines, (look.t.ink, look.t.ink2, look.t.ink), strict=False):
        label = end_label(months, [None if v is None else 100 * v for v in values], word[look.lang], colour)
        found += [label] if label else []
    _spread(found)
    return found


def _share(months: list[str], values: Sequence[float | None], line: dict) -> go.Scatter:
    y = [None if v is None else 100 * v for v in values]
    return go.Scatter(x=months, y=y, mode="lines", line=line, hovertemplate="%{x}  %{y:.0f}%<extra></extra>")


def _between(months: list[str], band: Sequence[tuple[float, float] | None], look: Look) -> list[go.Scatter]:
    """A band as one filled outline over the months that have it."""
    known = [(month, *edges) for month, edges in zip(months, band, strict=True) if edges is not None]
    if not known:
        return []
    x, low, high = zip(*known, strict=True)
    outline = [*(100 * edge for edge in high), *(100 * edge for edge in reversed(low))]
    fill = dict(fill="toself", fillcolor=rgba(look.t.ink2, 0.14), line=dict(width=0), mode="lines", hoverinfo="skip")
    return [go.Scatter(x=[*x, *reversed(x)], y=outline, **fill)]


def _spread(ends: list[dict]) -> None:
    """Move end labels apart that would overlap, about their own middle."""
    ends.sort(key=lambda end: end["y"])
    places: list[float] = []
    for end in ends:
        at = end["y"] * PER_POINT
        places.append(at if not places else max(at, places[-1] + LABEL))
    drift = sum(p - end["y"] * PER_POINT for p, end in zip(places, ends, strict=True)) / max(1, len(ends))
    for place, end in zip(places, ends, strict=True):
        end["yshift"] = place - drift - end["y"] * PER_POINT
        end["align"] = "left"
