"""The bar forms: bridge, deviations, amounts, Pareto, bullets. Bars start at zero; words stand beside them."""

from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from analytics.charts.theme import Look, layout, rgba
from analytics.numbers import plain, signed
from data.text import Text

ROW = 40  # pixels a horizontal bar takes, its gap included: two lines of a label fit
ROOM = 30  # pixels above and below the bars
TOTAL = Text("合计", "Total")
CUMULATIVE = Text("累计", "Cumulative")
CHARACTER, NARROW = 9, 290  # pixels: a digit in bold, and the plot on the narrowest phone
BEHIND, NEAR, LONGEST = 80, 95, 150  # % of a target: where the ranges end, and where what runs off the scale is cut
NAME = 12  # characters of a label before it is broken onto a second line


def _word(label: Text | str, look: Look) -> str:
    """A label as plain text in two lines at most; what comes from data may not be read as markup."""
    text = label[look.lang] if isinstance(label, Text) else label
    if len(text) <= NAME + 4 or " " not in text[:-1]:
        return escape(text, quote=False)
    middle = min((i for i, c in enumerate(text) if c == " "), key=lambda i: abs(i - len(text) / 2))
    return f"{escape(text[:middle], quote=False)}<br>{escape(text[middle + 1 :], quote=False)}"


def rows_of(labels: Sequence[Text | str], look: Look) -> dict[str, object]:
    """The y axis of horizontal bars: first on top, one label a bar even where two labels read alike."""
    return dict(
        autorange="reversed",
        tickmode="array",
        tickvals=list(range(len(labels))),
        ticktext=[_word(label, look) for label in labels],
        tickfont=dict(size=13, color=look.t.ink),
        showline=False,
    )


def tall(labels: Sequence[Text | str], look: Look, one_line: int) -> int:
    """Pixels that rows of bars take: `one_line` each, more where a label has two lines."""
    return (ROW if any("<br>" in _word(label, look) for label in labels) else one_line) * len(labels)


def _beside(words: Sequence[str], span: float) -> float:
    """Room at one end of an axis for the longest of these words, in its units; enough on a phone too."""
    share = min(0.3, max(map(len, words), default=0) * CHARACTER / NARROW)
    return span * share / (1 - 2 * share) or 1.0


def bars(values: Sequence[float], words: Sequence[str], colour: str | list[str], look: Look) -> go.Bar:
    """Horizontal bars with their numbers at the end."""
    return go.Bar(
        orientation="h",
        y=list(range(len(values))),
        x=values,
        text=words,
        textposition="outside",
        cliponaxis=False,
        textfont=dict(size=13, color=look.t.ink),
        marker=dict(color=colour),
        hoverinfo="skip",
    )


def at_the_right(y: float, text: str, **font: object) -> dict[str, object]:
    """Words at the right edge of a row."""
    return dict(x=1, xref="paper", xanchor="right", y=y, text=text, showarrow=False, font=dict(size=13) | font)


def bridge(
    parts: Sequence[tuple[Text | str, float]], look: Look, digits: int, total: Text = TOTAL, *, judged: bool = True
) -> go.Figure:
    """Contributions from zero ending in their total; `parts` are (label, signed amount in the unit of the caption).

    Blue is better, rust worse; where neither is `judged`, what adds is dark and what goes off pale.
    """
    values = [value for _, value in parts]
    words = [signed(v, digits) for v in (*values, sum(values))]
    return go.Figure(
        _contributions(values, [*words[:-1], f"<b>{words[-1]}</b>"], look, judged),
        layout=layout(
            look,
            ROOM + ROW * (len(values) + 1),
            xaxis=dict(visible=False, range=_reach(values, words)),
            yaxis=rows_of([label for label, _ in parts] + [total], look),
            shapes=[_zero(look)],
        ),
    )


def _contributions(values: Sequence[float], words: Sequence[str], look: Look, judged: bool) -> go.Waterfall:
    """Each value from where the one before ended, then their total from zero."""
    t = look.t
    return go.Waterfall(
        orientation="h",
        y=list(range(len(words))),
        x=[*values, None],
        measure=["relative"] * len(values) + ["total"],
        text=words,
        textposition="outside",
        cliponaxis=False,
        textfont=dict(size=13.5, color=t.ink),
        hoverinfo="skip",
        connector=dict(mode="between", line=dict(color=t.prior, width=1)),
        increasing=dict(marker=dict(color=t.good if judged else t.ink2)),
        decreasing=dict(marker=dict(color=t.bad if judged else t.prior)),
        totals=dict(marker=dict(color=t.ink)),
    )


def _reach(values: Sequence[float], words: Sequence[str]) -> list[float]:
    """The axis that a bridge needs, with room for its words on the sides where they stand."""
    running = [sum(values[: i + 1]) for i in range(len(values))]
    low, high = min([0.0, *running]), max([0.0, *running])
    pad = _beside(words, high - low)
    before = pad if low < 0 or min(values, default=0) < 0 else 0.0
    after = pad if high > 0 or max(values, default=0) > 0 else 0.0
    return [low - before, high + after] if high > low else [-1.0, 1.0]


def _zero(look: Look) -> dict[str, object]:
    """The line from which bars start."""
    return dict(type="line", x0=0, x1=0, y0=0, y1=1, yref="paper", line=dict(color=look.t.ink, width=1))


def deviations(
    items: Sequence[tuple[Text | str, float]], look: Look, unit: Text, digits: int = 1, *, judged: bool = True
) -> go.Figure:
    """Bars to both sides of zero with signs beside them: blue better, rust worse; ink where neither is judged."""
    t, values = look.t, [value for _, value in items]
    low, high = min([0.0, *values]), max([0.0, *values])
    pad = (high - low) * 0.25 or 1.0
    colours = [(t.good if round(v, digits) >= 0 else t.bad) if judged else t.ink for v in values]
    return go.Figure(
        bars(values, [signed(v, digits) for v in values], colours, look),
        layout=layout(
            look,
            2 * ROOM + ROW * len(values),
            xaxis=dict(
                range=[low - pad, high + pad],
                showticklabels=False,
                title=dict(text=unit[look.lang], font=dict(size=12.5, color=t.ink2)),
            ),
            yaxis=rows_of([label for label, _ in items], look),
            shapes=[_zero(look)],
        ),
    )


def amounts(items: Sequence[tuple[Text | str, float]], look: Look, unit: Text, digits: int) -> go.Figure:
    """Plain bars from zero, one hue, the bare number at the end of each."""
    t, values = look.t, [value for _, value in items]
    return go.Figure(
        bars(values, [plain(v, digits) for v in values], t.ink, look),
        layout=layout(
            look,
            2 * ROOM + ROW * len(values),
            xaxis=dict(
                range=[min([0.0, *values]) * 1.25, max([1e-9, *values]) * 1.25],
                showticklabels=False,
                title=dict(text=unit[look.lang], font=dict(size=12.5, color=t.ink2)),
            ),
            yaxis=rows_of([label for label, _ in items], look),
        ),
    )


def pareto(
    items: Sequence[tuple[Text | str, float, float]], look: Look, digits: int, *, rest: bool = False, line: float = 0.8
) -> go.Figure:
    """Ranked bars with the cumulative share as a column and a dotted line where `line` of the whole is reached.

    `items` are (label, amount in the caption's unit, cumulative share 0-1), largest first; with `rest` the last of
    them sums all others and has a number but no bar. Where the named bars do not reach the line, none is drawn.
    """
    t, named = look.t, items[:-1] if rest else items
    values, words = [value for _, value, _ in named], [plain(value, digits) for _, value, _ in items]
    reach = next((i for i, item in enumerate(named) if item[2] >= line - 1e-12), None)
    last = len(named) - 1 if reach is None else reach
    low, high = min([0.0, *values]), max([1e-9, *values])
    pad = _beside(words, high - low) if low < 0 else 0.0
    names = [label for label, _, _ in items]
    return go.Figure(
        bars(values, words[: len(named)], [t.ink if i <= last else t.prior for i in range(len(named))], look),
        layout=layout(
            look,
            2 * ROOM + tall(names, look, 30),
            xaxis=dict(visible=False, range=[low - pad, high * 1.45]),
            yaxis=rows_of(names, look) | dict(autorange=False, range=[len(names) - 0.4, -1.4]),
            annotations=[*_cumulative([share for _, _, share in items], look), *_sum(words, len(named))],
            shapes=[] if reach is None else [_cut(reach + 0.5, look)],
        ),
    )


def _cumulative(shares: Sequence[float], look: Look) -> list[dict[str, object]]:
    """A column of cumulative shares under its head."""
    column = [at_the_right(i, f"{share * 100:.0f}%", color=look.t.ink2) for i, share in enumerate(shares)]
    return [*column, at_the_right(-0.9, CUMULATIVE[look.lang], size=12.5, color=look.t.ink2)]


def _sum(words: Sequence[str], named: int) -> list[dict[str, object]]:
    """The sum of all that have no bar of their own: a number, because its bar would make slivers of the others."""
    look: dict[str, object] = dict(showarrow=False, xanchor="left", xshift=3, font=dict(size=13))
    return [dict(x=0, y=i, text=words[i]) | look for i in range(named, len(words))]


def _cut(y: float, look: Look) -> dict[str, object]:
    """A dotted line across, where the bars above it make most of the whole."""
    line = dict(color=look.t.ink2, width=1, dash="dot")
    return dict(type="line", x0=0, x1=1, xref="paper", y0=y, y1=y, line=line)


def bullets(items: Sequence[tuple[Text | str, float, float | None, str]], look: Look, target: Text) -> go.Figure:
    """Actual as a bar against 100 % of target as a tick, last year as a ring; ranges at 80 % and 95 %.

    `items` are (label, attained %, last year in % of the target or None, words at the right edge).
    """
    names = [label for label, _, _, _ in items]
    words = [f"<b>{plain(value)}%</b>  {_word(text, look)}" for _, value, _, text in items]
    return go.Figure(
        [
            *_ranges(len(items), look),
            _actual([value for _, value, _, _ in items], look),
            *_marks([before for _, _, before, _ in items], look),
        ],
        layout=layout(
            look,
            ROOM + ROW + ROW * len(items),
            barmode="overlay",
            xaxis=dict(range=[0, 215], tickangle=0, tickvals=[0, 50, 100], ticktext=["0", "50", target[look.lang]]),
            yaxis=rows_of(names, look),
            annotations=[at_the_right(i, word) for i, word in enumerate(words)],
        ),
    )


def _ranges(rows: int, look: Look) -> list[go.Bar]:
    """Behind, near and reached, each a paler bar behind the actual one."""
    return [
        go.Bar(y=list(range(rows)), x=[high - low] * rows, base=low, orientation="h", width=0.62, hoverinfo="skip",
               marker=dict(color=rgba(look.t.prior, alpha), cornerradius=0))
        for low, high, alpha in ((0, BEHIND, 0.55), (BEHIND, NEAR, 0.35), (NEAR, 125, 0.19))
    ]  # fmt: skip


def _actual(values: Sequence[float], look: Look) -> go.Bar:
    """What was reached; rust where it lies behind."""
    return go.Bar(
        y=list(range(len(values))), x=[min(v, LONGEST) for v in values], orientation="h", width=0.24, base=0,
        hoverinfo="skip", marker=dict(color=[look.t.bad if v < BEHIND else look.t.ink for v in values]),
    )  # fmt: skip


def _marks(before: Sequence[float | None], look: Look) -> tuple[go.Scatter, go.Scatter]:
    """The target as a tick, last year as a ring."""
    rows, ink = list(range(len(before))), look.t.ink
    tick = go.Scatter(
        y=rows, x=[100] * len(rows), mode="markers", hoverinfo="skip",
        marker=dict(symbol="line-ns", size=22, opacity=1, color=ink, line=dict(width=3, color=ink)),
    )  # fmt: skip
    ring = go.Scatter(
        y=rows, x=[b if b is None else min(b, LONGEST) for b in before], mode="markers", hoverinfo="skip",
        marker=dict(size=8, opacity=1, color=look.t.bg, line=dict(width=2, color=ink)),
    )  # fmt: skip
    return tick, ring
