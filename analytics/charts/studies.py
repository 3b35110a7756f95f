"""The forms of an effect: week by week around the day that it should begin, and one by one with the range of each."""

from collections.abc import Sequence
from math import ceil, floor

import plotly.graph_objects as go

from analytics.charts.forms import ROOM, ROW, at_the_right, rows_of, tall
from analytics.charts.theme import Look, layout, rgba
from analytics.numbers import signed
from data.text import Text

BEFORE, AFTER = Text("培训前", "Before"), Text("培训后", "After")
AVERAGE = Text("平均 {lift}", "average {lift}")
SLIM, REACH = 30, 1.12  # pixels a row takes where its label has one line; the axis over the widest range
WORDS = 0.75  # of the axis, for the words at the edge
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**9)  # per cent between two marks
CUT = 2.5  # a range is drawn no farther than this many times the widest middle: one thin one would flatten the rest


def event_study(
    points: Sequence[tuple[int, float, float, float]], look: Look, average: tuple[int, int, float] | None
) -> go.Figure:
    """An effect by week with its band; `points` are (week, effect, low, high), in per cent.

    `average` is (first week, last week, effect), drawn as a dashed line with its number; None: too small to tell.
    """
    weeks = [week for week, *_ in points]
    edges = [*(high for *_, high in points), *(low for _, _, low, _ in reversed(points))]
    around = dict(margin=dict(l=4, r=12, t=26, b=4), shapes=_lines(average, look), annotations=_words(average, look))
    ticks = [week for week in weeks if week % 4 == 0]
    words = [signed(week, 0) if week else "0" for week in ticks]
    axes = dict(
        xaxis=dict(tickvals=ticks, ticktext=words, tickangle=0, range=_span(weeks)),
        yaxis=_ticks(min(edges, default=0.0), max(edges, default=1.0)),
    )
    traces = [_band(weeks, edges, look), _course(points, look)] if points else []
    return go.Figure(traces, layout=layout(look, 320, **around, **axes))


def _band(weeks: Sequence[int], edges: Sequence[float], look: Look) -> go.Scatter:
    """The ranges, out along their high ends and back along the low ones."""
    return go.Scatter(
        x=[*weeks, *reversed(weeks)], y=list(edges), mode="lines", fill="toself", hoverinfo="skip",
        fillcolor=rgba(look.t.ink2, 0.16), line=dict(width=0),
    )  # fmt: skip


def _course(points: Sequence[tuple[int, float, float, float]], look: Look) -> go.Scatter:
    """The effect week by week."""
    return go.Scatter(
        x=[week for week, *_ in points], y=[effect for _, effect, *_ in points], mode="lines+markers",
        line=dict(color=look.t.ink, width=2.2), marker=dict(size=5, color=look.t.ink),
        hovertemplate="%{x:+d}  %{y:+.1f}%<extra></extra>",
    )  # fmt: skip


def lifts(
    items: Sequence[tuple[Text | str, float, float, float, str]],
    look: Look,
    line: float | None,
    own: Sequence[float] = (),
) -> go.Figure:
    """Effects as dots with their ranges around zero, in per cent.

    `items` are (label, effect, low, high, words at the edge). `line` is what all of them come to together, dashed;
    None: too small to tell. `own` is what each says by itself, a ring; one beyond the axis is left out.
    """
    names, values = [label for label, *_ in items], [effect for _, effect, *_ in items]
    most = CUT * max([10.0, abs(line or 0.0), *map(abs, values)])
    low, high = [max(a, -most) for _, _, a, _, _ in items], [min(b, most) for _, _, _, b, _ in items]
    ends = [min([0.0, *low]) * REACH, max([1.0, *high]) * (REACH + WORDS)]
    shapes = [_upright(0.0, "solid", look), *([] if line is None else [_upright(line, "dash", look)])]
    across = dict(range=ends, tickangle=0, **_ticks(ends[0], max([1.0, *high])))
    return go.Figure(
        [_rings(own, ends, look), _dots(values, low, high, look)] if items else [],
        layout=layout(
            look, ROOM + ROW + tall(names, look, SLIM), xaxis=across, yaxis=rows_of(names, look),
            shapes=shapes if items else [],
            annotations=[at_the_right(n, word, color=look.t.ink2) for n, (*_, word) in enumerate(items)],
        ),
    )  # fmt: skip


def _dots(values: Sequence[float], low: Sequence[float], high: Sequence[float], look: Look) -> go.Scatter:
    """The effects with their ranges."""
    reach = dict(
        type="data", symmetric=False, color=look.t.ink2, thickness=1.6, width=4,
        array=[b - v for b, v in zip(high, values, strict=True)],
        arrayminus=[v - a for a, v in zip(low, values, strict=True)],
    )  # fmt: skip
    mark = dict(size=9, opacity=1, color=look.t.ink)
    return go.Scatter(
        x=values, y=list(range(len(values))), mode="markers", error_x=reach, hoverinfo="skip", marker=mark
    )


def _rings(own: Sequence[float], ends: Sequence[float], look: Look) -> go.Scatter:
    """What each says by itself."""
    inside = [(value, n) for n, value in enumerate(own) if ends[0] < value < ends[1] / (REACH + WORDS) * REACH]
    mark = dict(size=8, opacity=1, color=look.t.bg, line=dict(width=1.5, color=look.t.ink2))
    return go.Scatter(
        x=[value for value, _ in inside], y=[n for _, n in inside], mode="markers", hoverinfo="skip", marker=mark
    )


def _ticks(low: float, high: float) -> dict[str, object]:
    """At most six round numbers with their signs; zero has none."""
    step = next(size for size in STEPS if (high - low) / size <= 5)
    marks = [n * step for n in range(ceil(low / step), floor(high / step) + 1)]
    return dict(tickvals=marks, ticktext=[signed(mark, 0) if mark else "0" for mark in marks])


def _span(weeks: Sequence[int]) -> list[float]:
    return [min(weeks, default=0) - 0.5, max(weeks, default=1) + 0.5]


def _lines(average: tuple[int, int, float] | None, look: Look) -> list[dict[str, object]]:
    """Nothing changed; the session; the average where there is one."""
    ink = look.t.ink2
    zero: dict[str, object] = dict(type="line", xref="paper", x0=0, x1=1, y0=0, y1=0, line=dict(color=ink, width=1))
    session: dict[str, object] = dict(
        type="line", x0=0, x1=0, yref="paper", y0=0, y1=1, line=dict(color=ink, width=1.2, dash="dot")
    )
    if average is None:
        return [zero, session]
    since, until, effect = average
    mean: dict[str, object] = dict(
        type="line", x0=since, x1=until, y0=effect, y1=effect, line=dict(color=look.t.good, width=2, dash="dash")
    )
    return [zero, session, mean]


def _words(average: tuple[int, int, float] | None, look: Look) -> list[dict[str, object]]:
    base: dict[str, object] = dict(showarrow=False, yref="paper", y=1, yanchor="bottom", font=dict(size=12.5))
    around: list[dict[str, object]] = [
        {**base, "x": -0.3, "xanchor": "right", "text": BEFORE[look.lang]},
        {**base, "x": 0.3, "xanchor": "left", "text": AFTER[look.lang]},
    ]
    if average is None:
        return around
    word = AVERAGE.fill(lift=signed(average[2], 1, "%"))[look.lang]
    spot: dict[str, object] = dict(
        xref="paper", x=1, xanchor="right", text=word, font=dict(size=12.5, color=look.t.good)
    )
    return [*around, {**base, **spot}]


def _upright(x: float, dash: str, look: Look) -> dict[str, object]:
    """A line from top to bottom."""
    return dict(type="line", x0=x, x1=x, yref="paper", y0=0, y1=1, line=dict(color=look.t.ink2, width=1.2, dash=dash))
