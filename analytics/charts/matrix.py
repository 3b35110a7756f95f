"""The form of who by when: a matrix of named states, a sign in every cell, the worst row on top."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import plotly.graph_objects as go

from analytics.answer import Level
from analytics.charts.theme import BANDS, Look, layout
from data.text import Text

ROW, ROOM = 27, 56  # pixels a row takes with its gap, and those of the months above
NAME = 14  # characters of a name beside its row; the whole one stands in the hover text
NARROW = 7  # of these a Chinese one has, which is twice as wide


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its sign, its class (None: a neutral one), and its name; a sign of "" leaves the cell out."""

    sign: str
    level: Level | None
    name: Text


def matrix(rows: Sequence[tuple[Text | str, Sequence[Cell]]], months: Sequence[date], look: Look) -> go.Figure:
    """Rows of (label, a cell for each month), oldest month left; colours are the weather's five and a neutral one."""
    names = [label[look.lang] if isinstance(label, Text) else label for label, _ in rows]
    told = [
        [_told(name, month, cell, look) for month, cell in zip(months, row, strict=True)]
        for name, (_, row) in zip(names, rows, strict=True)
    ]
    return go.Figure(
        _cells([row for _, row in rows], told, look),
        layout=layout(look, ROOM + ROW * len(rows), xaxis=_across(months), yaxis=_down(names, look)),
    )


def _cells(rows: Sequence[Sequence[Cell]], told: Sequence[Sequence[str]], look: Look) -> go.Heatmap:
    """The coloured cells; the colour of a sign follows its ground."""
    colours = [look.t.panel, *(look.t.of(level) for level in BANDS)]
    return go.Heatmap(
        z=[[_class(cell) for cell in row] for row in rows],
        x=list(range(max(map(len, rows), default=0))),
        y=list(range(len(rows))),
        text=[[cell.sign for cell in row] for row in rows],
        texttemplate="%{text}",
        textfont=dict(size=13),
        customdata=told,
        hovertemplate="%{customdata}<extra></extra>",
        hoverongaps=False,
        xgap=2,
        ygap=3,
        zmin=-0.5,
        zmax=len(colours) - 0.5,
        colorscale=plain_steps(colours),
        showscale=False,
    )


def _class(cell: Cell) -> int | None:
    return None if not cell.sign else 0 if cell.level is None else 1 + BANDS.index(cell.level)


def plain_steps(colours: Sequence[str]) -> list[list[object]]:
    """A colour scale of plain steps; its stops are rounded, because unsorted ones are silently replaced."""
    edges = [round(n / len(colours), 6) for n in range(len(colours) + 1)]
    return [[edge, colour] for n, colour in enumerate(colours) for edge in (edges[n], edges[n + 1])]


def _told(name: str, month: date, cell: Cell, look: Look) -> str:
    return f"{escape(name, quote=False)}  {month:%Y-%m}  {escape(cell.name[look.lang], quote=False)}"


def _across(months: Sequence[date]) -> dict[str, object]:
    """Months by number, the year above the first and above each January."""
    words = [f"{m.year}<br>{m.month}" if n == 0 or m.month == 1 else str(m.month) for n, m in enumerate(months)]
    ticks = dict(tickmode="array", tickvals=list(range(len(months))), ticktext=words, tickangle=0)
    return dict(side="top", showline=False, **ticks)


def _down(names: Sequence[str], look: Look) -> dict[str, object]:
    ticks = dict(tickmode="array", tickvals=list(range(len(names))), ticktext=[shortened(name) for name in names])
    return dict(autorange="reversed", showline=False, tickfont=dict(size=13, color=look.t.ink), **ticks)


def shortened(name: str) -> str:
    """A name as text, cut where it would push the cells aside."""
    most = NAME if name.isascii() else NARROW
    return escape(name if len(name) <= most else name[: most - 1] + "…", quote=False)
