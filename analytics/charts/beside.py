"""One course beside what it is held against, week by week, from before a start on: lines named at their ends."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.courses import end_label
from analytics.charts.theme import Look, layout, rgba
from analytics.numbers import plain
from data.text import Text

Line = Sequence[float | None]
ROW = 0.075  # of the axis that a name at the end of a line takes
TICKS = 6  # names below: what fits on a phone


@dataclass(frozen=True, slots=True)
class Beside:
    """A course by `periods` (labels), and what it is held against, maybe one level; `low` to `high` is a band.

    `start`: the first period of what is looked at; None where all of them are.
    """

    periods: Sequence[str]
    course: Line
    other: Line
    low: Line
    high: Line
    start: int | None


def beside(told: Beside, names: tuple[Text, Text], look: Look, digits: int, start_name: Text) -> go.Figure:
    """The course dark, the other dashed, the band pale; a dotted upright where it starts."""
    t, known = look.t, [v for line in (told.course, told.other, told.low, told.high) for v in line if v is not None]
    low, high = min(known, default=0.0), max(known, default=1.0)
    pad = (high - low or 1.0) * 0.06
    ends = _ends(told, names, look, digits, (high - low or 1.0) * ROW)
    begun = told.start if told.periods else None
    return go.Figure(
        [*_band(told, look), _line(told, told.other, t.ink2, 2, "dash", digits),
         _line(told, told.course, t.ink, 2.8, "solid", digits)] if told.periods else [],
        layout=layout(
            look,
            320,
            margin=dict(l=4, r=max([40, *(_width(end["text"]) for end in ends)]), t=22, b=4),
            xaxis=_across(told.periods),
            yaxis=dict(range=[low - pad, high + pad], nticks=5, tickformat=f",.{digits}f"),
            shapes=[] if begun is None else [_upright(begun, look)],
            annotations=ends if begun is None else [*ends, _head(begun, start_name, look)],
        ),
    )  # fmt: skip


def _across(periods: Sequence[str]) -> dict[str, object]:
    """Places instead of names on the axis, because names that look like numbers would be taken for places."""
    shown = range(0, len(periods), max(1, -(-len(periods) // TICKS)))
    return dict(
        tickmode="array", tickvals=list(shown), ticktext=[periods[n] for n in shown], tickangle=0,
        range=[-0.4, max(len(periods), 1) - 0.6],
    )  # fmt: skip


def _band(told: Beside, look: Look) -> list[go.Scatter]:
    line, fill = dict(width=0), rgba(look.t.prior, 0.28)
    at = list(range(len(told.periods)))
    low = go.Scatter(x=at, y=list(told.low), mode="lines", line=line, hoverinfo="skip")
    high = go.Scatter(
        x=at, y=list(told.high), mode="lines", line=line, fill="tonexty", fillcolor=fill, hoverinfo="skip"
    )  # fmt: skip
    return [low, high]


def _line(told: Beside, values: Line, colour: str, width: float, dash: str, digits: int) -> go.Scatter:
    hover = "%{text}  %{y:,." + str(digits) + "f}<extra></extra>"
    line, at = dict(color=colour, width=width, dash=dash), list(range(len(told.periods)))
    return go.Scatter(x=at, y=list(values), text=list(told.periods), mode="lines", line=line, hovertemplate=hover)


def _ends(told: Beside, names: tuple[Text, Text], look: Look, digits: int, least: float) -> list[dict]:
    """Names with the last numbers, moved apart where they would overlap."""
    found = []
    for values, name in zip((told.course, told.other), names, strict=True):
        last = next((v for v in reversed(values) if v is not None), None)
        word = "" if last is None else f"{name[look.lang]} {plain(last, digits)}"
        found.append(end_label(range(len(told.periods)), values, word, look.t.ink))
    shown = sorted((end for end in found if end), key=lambda end: end["y"])
    if len(shown) == 2 and shown[1]["y"] - shown[0]["y"] < least:
        middle = (shown[0]["y"] + shown[1]["y"]) / 2
        shown[0]["y"], shown[1]["y"] = middle - least / 2, middle + least / 2
    return shown


def _width(word: str) -> int:
    """Pixels that a name takes at 12.5 px: a Chinese character is as wide as two others."""
    return 16 + sum(13 if ord(c) > 0x2E80 else 7 for c in word)


def _upright(period: int, look: Look) -> dict[str, object]:
    """Between the last period before and the first one since."""
    line = dict(color=look.t.ink2, width=1.2, dash="dot")
    return dict(type="line", x0=period - 0.5, x1=period - 0.5, y0=0, y1=1, yref="paper", line=line)


def _head(period: int, name: Text, look: Look) -> dict[str, object]:
    font = dict(size=12.5, color=look.t.ink2)
    return dict(x=period - 0.5, y=1, yref="paper", yanchor="bottom", text=name[look.lang], showarrow=False, font=font)
