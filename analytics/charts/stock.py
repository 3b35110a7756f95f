"""The form of one item's stock: counted until today, then what is expected in two bands, and with goods sent now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from analytics.charts.theme import Look, layout, rgba
from data.text import Text

ACTUAL = Text("实际", "Actual")
HEIGHT, ROOM = 320, 1.18  # pixels; of the highest number, what stands above it for words


@dataclass(frozen=True, slots=True)
class Course:
    """Days are ISO; pieces. `ahead` has low 80 %, low 50 %, median, high 50 %, high 80 % of each day, from today on."""

    actual: Sequence[tuple[str, float]]
    ahead: Sequence[tuple[str, tuple[float, float, float, float, float]]]
    shipped: Sequence[tuple[str, float]]  # the median with goods sent now; empty where none are to be sent
    shipment: Text  # what that line is called
    out: tuple[str, Text] | None = None  # the day the stock runs out, and its word
    peak: tuple[str, str, Text] | None = None  # first and last day, and its name


def stock(course: Course, look: Look) -> go.Figure:
    """The line of counts, the median in dashes within its bands of 50 % and 80 %, the peak as a shade behind."""
    tone = look.t.ink if course.out is None else look.t.bad
    highest = [v for _, v in (*course.actual, *course.shipped)] + [band[-1] for _, band in course.ahead]
    top = max([*highest, 1.0])
    words = [*_actual(course, look), *_shipped(course, look), *_out(course, look), *_peak_name(course, look, top)]
    traces = [
        *_band(course, 0, 4, rgba(tone, 0.18)),
        *_band(course, 1, 3, rgba(tone, 0.32)),
        _line([(day, band[2]) for day, band in course.ahead], tone, "dash"),
        *([_line(course.shipped, look.t.good, "dash")] if course.shipped else []),
        _line(course.actual, look.t.ink, "solid"),
    ]
    return go.Figure(
        traces if course.actual or course.ahead else [],
        layout=layout(
            look,
            HEIGHT,
            xaxis=dict(type="date", nticks=6, tickangle=0, tickformat="%-m/%-d", range=_days(course)),
            yaxis=dict(range=[0, top * ROOM], nticks=5, tickformat=",.0f", showgrid=True, gridcolor=look.t.line),
            shapes=_peak(course, look),
            annotations=words,
        ),
    )


def _days(course: Course) -> list[str] | None:
    days = [day for day, _ in (*course.actual, *course.ahead)]
    return [min(days), max(days)] if days else None


def _band(course: Course, low: int, high: int, fill: str) -> list[go.Scatter]:
    """What lies between two of the five lines, as one outline."""
    days = [day for day, _ in course.ahead]
    edge = [band[high] for _, band in course.ahead] + [band[low] for _, band in reversed(course.ahead)]
    look = dict(mode="lines", line=dict(width=0), fill="toself", fillcolor=fill, hoverinfo="skip")
    return [go.Scatter(x=[*days, *reversed(days)], y=edge, **look)] if days else []


def _line(points: Sequence[tuple[str, float]], colour: str, dash: str) -> go.Scatter:
    return go.Scatter(
        x=[day for day, _ in points], y=[pieces for _, pieces in points], mode="lines",
        line=dict(color=colour, width=2.5 if dash == "solid" else 2, dash=dash),
        hovertemplate="%{x|%Y-%m-%d}  %{y:,.0f}<extra></extra>",
    )  # fmt: skip


def _peak(course: Course, look: Look) -> list[dict[str, object]]:
    """The shade of the peak, as far as the figure reaches."""
    if course.peak is None:
        return []
    first, last, _ = course.peak
    days = _days(course) or [first, last]
    inside = dict(x0=max(first, days[0]), x1=min(last, days[1]), y0=0, y1=1, yref="paper")
    return [dict(type="rect", line=dict(width=0), fillcolor=look.t.panel, layer="below", **inside)]


def _peak_name(course: Course, look: Look, top: float) -> list[dict[str, object]]:
    if course.peak is None:
        return []
    first, last, name = course.peak
    days = _days(course) or [first, last]
    middle = _between(max(first, days[0]), min(last, days[1]))
    return [_word(middle, top * ROOM, name[look.lang], look.t.ink2, yanchor="top")]


def _between(first: str, last: str) -> str:
    a, b = date.fromisoformat(first), date.fromisoformat(last)
    return (a + (b - a) / 2).isoformat()


def _actual(course: Course, look: Look) -> list[dict[str, object]]:
    """Beside the highest count, where no line runs through the word."""
    if len(course.actual) < 2:
        return []
    day, pieces = max(course.actual[:-1], key=lambda point: point[1])
    return [_word(day, pieces, ACTUAL[look.lang], look.t.ink, xanchor="left", yshift=8, xshift=6)]


def _shipped(course: Course, look: Look) -> list[dict[str, object]]:
    """At the highest point of the line, on its side with more room."""
    if not course.shipped:
        return []
    day, pieces = max(course.shipped[1:] or course.shipped, key=lambda point: point[1])
    early = [d for d, _ in course.shipped].index(day) < len(course.shipped) / 2
    side = dict(xanchor="left", xshift=6) if early else dict(xanchor="right", xshift=-6)
    return [_word(day, pieces, course.shipment[look.lang], look.t.good, yshift=10, **side)]


def _out(course: Course, look: Look) -> list[dict[str, object]]:
    """Where the stock ends, with a hand that points there."""
    if course.out is None:
        return []
    day, word = course.out
    hand = dict(showarrow=True, arrowhead=0, arrowwidth=1.2, arrowcolor=look.t.bad, ax=34, ay=-42)
    return [_word(day, 0, word[look.lang], look.t.bad, **hand)]


def _word(x: str, y: float, text: str, colour: str, **more: object) -> dict[str, object]:
    return dict(x=x, y=y, text=text, showarrow=False, font=dict(size=12.5, color=colour)) | more
