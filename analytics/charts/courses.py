"""The forms of time, month by month: this year over last year, lines together, counts as steps, a fan."""

from collections.abc import Sequence

import plotly.graph_objects as go

from analytics.charts.theme import Look, layout, rgba
from analytics.numbers import plain
from data.text import Text

TARGET, EXPECTED = Text("目标", "Target"), Text("预计", "Expected")
THIS_YEAR, LAST_YEAR = Text("今年", "This year"), Text("去年", "Last year")


def years(
    months: Sequence[str], now: Sequence[float | None], before: Sequence[float | None], look: Look, digits: int
) -> go.Figure:
    """This year's months as a dark line over last year's lighter one, each labelled; `None` is a gap, not zero.

    `months` are "YYYY-MM"; the values are in the unit of the caption.
    """
    t, known = look.t, [v for v in (*now, *before) if v is not None]
    pairs = ((before, LAST_YEAR, t.ink2), (now, THIS_YEAR, t.ink))
    ends = [end for values, word, colour in pairs if (end := end_label(months, values, word[look.lang], colour))]
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


def lines(
    months: Sequence[str], series: Sequence[tuple[Text, Sequence[float | None]]], look: Look, digits: int
) -> go.Figure:
    """A few lines from zero, the first the darkest, each named with its number at its last point."""
    t = look.t
    tones = [(t.ink, 2.5), (t.ink2, 2), (t.prior, 2)]
    traces = [
        _line(months, values, digits, tones[n][0], tones[n][1], 4) for n, (_, values) in enumerate(series) if months
    ]
    known = [v for _, values in series for v in values if v is not None]
    return go.Figure(traces, layout=_over_time(months, series, look, digits, max(known, default=0.0)))


def steps(
    months: Sequence[str], series: Sequence[tuple[Text, Sequence[float | None]]], look: Look, line: int, word: Text
) -> go.Figure:
    """Counts that hold for a month and then jump, each with a dash of its own; a dotted line at `line` named `word`."""
    t = look.t
    tones = [(t.ink, "solid"), (t.ink2, "dash"), (t.ink2, "dot")]
    traces = [
        go.Scatter(
            x=list(months), y=list(values), mode="lines", hovertemplate="%{x}  %{y:.0f}<extra></extra>",
            line=dict(color=tone, width=2.5, dash=dash, shape="hv"),
        )
        for (_, values), (tone, dash) in zip(series, tones, strict=False)
    ]  # fmt: skip
    known = [v for _, values in series for v in values if v is not None]
    base = _over_time(months, series, look, 0, max([float(line), *known]))
    names = [*base["annotations"], _named(line, word, look)]  # pyright: ignore
    return go.Figure(traces, layout=base | dict(shapes=[_level(line, look)], annotations=names))


def fan(
    months: Sequence[str],
    course: Sequence[Sequence[float]],
    ended: int,
    aim: Sequence[float],
    look: Look,
    digits: int,
) -> go.Figure:
    """A total that grows month by month: actual, then dashes in a widening band, against a dotted path to the target.

    `course` has low, expected, high up to each month; the first `ended` months are actual. Band and target are named.
    """
    low, middle, high = ([month[n] for month in course] for n in range(3))
    since = max(ended - 1, 0)  # the fan opens at the last actual
    traces = [
        *_band(months[since:], low[since:], high[since:], look),
        _path(months, aim, look.t.ink2, 1.5, "dot", digits),
        _path(months[since:], middle[since:], look.t.ink, 2, "dash", digits),
        _path(months[:ended], middle[:ended], look.t.ink, 2.5, "solid", digits),
    ]
    series = ((TARGET, aim), (EXPECTED, middle)) if months else ()
    base = _over_time(months, series, look, digits, max([*high, *aim, 0.0]))
    across = {**base["xaxis"], "categoryorder": "array", "categoryarray": list(months)}  # pyright: ignore
    return go.Figure(traces if months else [], layout=base | dict(xaxis=across))  # else in the order of the traces


def _band(months: Sequence[str], low: Sequence[float], high: Sequence[float], look: Look) -> list[go.Scatter]:
    """What lies between two lines, as an area."""
    line, fill = dict(width=0), rgba(look.t.prior, 0.3)
    return [
        go.Scatter(x=list(months), y=list(low), mode="lines", line=line, hoverinfo="skip"),
        go.Scatter(
            x=list(months), y=list(high), mode="lines", line=line, fill="tonexty", fillcolor=fill, hoverinfo="skip"
        ),
    ]


def _path(
    months: Sequence[str], values: Sequence[float], colour: str, width: float, dash: str, digits: int
) -> go.Scatter:
    hover = "%{x}  %{y:,." + str(digits) + "f}<extra></extra>"
    line = dict(color=colour, width=width, dash=dash)
    return go.Scatter(x=list(months), y=list(values), mode="lines", line=line, hovertemplate=hover)


def marked(
    periods: Sequence[str],
    values: Sequence[float | None],
    marks: Sequence[tuple[int, Text]],
    look: Look,
    digits: int,
) -> go.Figure:
    """One line from zero; `marks` are (position, word), each a diamond with its word above it."""
    known = [v for v in values if v is not None]
    spots = [(n, word) for n, word in marks if values[n] is not None]
    words = [
        dict(x=periods[n], y=values[n], text=word[look.lang], showarrow=False, yshift=16 + 14 * k, font=dict(size=12.5))
        for k, (n, word) in enumerate(spots)
    ]
    mark = dict(symbol="diamond", size=11, color=look.t.bad, opacity=1)
    points = go.Scatter(
        x=[periods[n] for n, _ in spots], y=[values[n] for n, _ in spots], mode="markers", marker=mark, hoverinfo="skip"
    )
    base = _over_time(periods, (), look, digits, max(known, default=0.0))
    traces = [_line(periods, values, digits, look.t.ink, 2, 3), points] if known else []
    return go.Figure(traces, layout=base | dict(annotations=words, margin=dict(l=4, r=12, t=12, b=4)))


def _level(y: float, look: Look) -> dict[str, object]:
    """A dotted line across."""
    line = dict(color=look.t.bad, width=1.5, dash="dot")
    return dict(type="line", x0=0, x1=1, xref="paper", y0=y, y1=y, line=line)


def _named(y: float, word: Text, look: Look) -> dict[str, object]:
    """What a line across is called, readable over the lines that pass behind it."""
    text = word[look.lang]
    return dict(x=0.01, xref="paper", xanchor="left", y=y, yshift=10, showarrow=False, text=text, bgcolor=look.t.bg)


def _over_time(
    months: Sequence[str], series: Sequence[tuple[Text, Sequence[float | None]]], look: Look, digits: int, top: float
) -> dict[str, object]:
    """Months below, values from zero, each line's name and last number at its end."""
    ends = []
    for name, values in series:
        last = next((v for v in reversed(values) if v is not None), None)
        word = "" if last is None else f"{name[look.lang]} {plain(last, digits)}"
        ends.append(end_label(months, values, word, look.t.ink))
    shown = [end for end in ends if end]
    _spread(shown, (top or 1.0) * 0.085)
    return layout(
        look,
        300,
        margin=dict(l=4, r=max([60, *(_width(end["text"]) for end in shown)]), t=8, b=4),
        xaxis=dict(type="category", nticks=4, tickangle=0, range=[-0.4, max(len(months), 1) - 0.6]),
        yaxis=dict(range=[0, (top or 1.0) * 1.12], nticks=5, tickformat=f",.{digits}~f"),
        annotations=shown,
    )


def _width(word: str) -> int:
    """Pixels that a line's name takes at 12.5 px: a Chinese character is as wide as two others."""
    return 16 + sum(13 if ord(c) > 0x2E80 else 7 for c in word)


def _spread(ends: list[dict], least: float) -> None:
    """Move names apart that would overlap, from the lowest up; `least` is the height of one in the axis' units."""
    floor = float("-inf")
    for end in sorted(ends, key=lambda e: e["y"]):
        end["y"] = max(end["y"], floor)
        floor = end["y"] + least


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


def end_label(
    months: Sequence[str] | Sequence[int], values: Sequence[float | None], word: str, colour: str
) -> dict | None:
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
