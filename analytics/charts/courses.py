"""The forms of time, month by month: this year over last year, lines together, counts as steps, shares about a half."""

from collections.abc import Sequence

import plotly.graph_objects as go

from analytics.charts.theme import Look, layout, rgba
from analytics.numbers import plain
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
        ends.append(_end(months, values, word, look.t.ink))
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
        end = _end(months, [None if v is None else 100 * v for v in values], word[look.lang], colour)
        found += [end] if end else []
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
