"""The form of what runs when: a bar from the first to the last day, today as a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from analytics.charts.forms import rows_of
from analytics.charts.theme import Look, layout
from data.text import Text

ROW, ROOM = 36, 56  # pixels
DAY_MS = 86_400_000
HATCH = dict(shape="/", size=6, solidity=0.2, fillmode="overlay")  # what has not happened yet is never solid


@dataclass(frozen=True, slots=True)
class Run:
    """One thing: its row's name, first and last day, whether it is still to come, and whether something is wrong."""

    name: Text
    starts: date
    ends: date
    ahead: bool
    wrong: bool
    about: Text


def timeline(runs: Sequence[Run], today: date | None, look: Look) -> go.Figure:
    """One row a run, earliest on top; hatched is to come, rust is in conflict (and says so when pointed at)."""
    t, rows = look.t, list(range(len(runs)))
    colours = [t.bad if r.wrong else t.ink if not r.ahead else t.ink2 for r in runs]
    pattern = HATCH | dict(shape=["/" if r.ahead else "" for r in runs], fgcolor=colours)
    fills = [t.bg if r.ahead else colour for r, colour in zip(runs, colours, strict=True)]
    bar = go.Bar(
        orientation="h", y=rows, base=[r.starts.isoformat() for r in runs], width=0.5,
        x=[((r.ends - r.starts).days + 1) * DAY_MS for r in runs],
        marker=dict(color=fills, line=dict(color=colours, width=1.2), pattern=pattern),
        customdata=[r.about[look.lang] for r in runs], hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    return go.Figure(
        [bar] if runs else [],
        layout=layout(
            look,
            ROOM + ROW * len(runs),
            margin=dict(l=4, r=12, t=8, b=4),
            xaxis=dict(
                type="date", nticks=6, tickangle=0, tickformat="%-m/%-d", showgrid=True, gridcolor=t.line,
            ),
            yaxis=rows_of([r.name for r in runs], look),
            shapes=[_upright(today, look)] if today else [],
        ),
    )  # fmt: skip


def _upright(day: date, look: Look) -> dict[str, object]:
    line = dict(color=look.t.ink2, width=1.2, dash="dot")
    return dict(type="line", x0=day.isoformat(), x1=day.isoformat(), y0=0, y1=1, yref="paper", line=line)
