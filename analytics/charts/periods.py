"""The form of what lasts from a day to a day: what runs is solid, what is over pale, what is to come hatched."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import plotly.graph_objects as go

from analytics.charts.forms import ROOM, ROW, rows_of
from analytics.charts.theme import Look, layout
from data.text import Text

State = Literal["planned", "running", "ended"]
Period = tuple[Text | str, date, date, State]
DAY_MS = 86_400_000  # Plotly counts the length of a bar on an axis of dates in milliseconds
HATCH = {"planned": "/", "running": "", "ended": ""}


def periods(items: Sequence[Period], look: Look) -> go.Figure:
    """`items` are (label, first day, last day, state); first on top. The label says the state, too."""
    t = look.t
    colours = {"planned": t.bg, "running": t.ink, "ended": t.prior}
    bar = go.Bar(
        orientation="h",
        y=list(range(len(items))),
        base=[start.isoformat() for _, start, *_ in items],
        x=[((end - start).days + 1) * DAY_MS for _, start, end, *_ in items],
        marker=dict(
            color=[colours[state] for *_, state in items],
            line=dict(color=t.ink2, width=1),
            pattern=dict(shape=[HATCH[state] for *_, state in items], fgcolor=t.ink2, size=6, solidity=0.2),
        ),
        hoverinfo="skip",
    )
    return go.Figure(
        [bar],
        layout=layout(
            look,
            2 * ROOM + ROW * len(items),
            xaxis=dict(type="date", tickformat="%Y-%m", nticks=4, tickangle=0),
            yaxis=rows_of([label for label, *_ in items], look),
        ),
    )
