"""The form of two lists crossed: a number in every cell on the ground of its class, the worst row on top."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from analytics.charts.matrix import plain_steps, shortened
from analytics.charts.theme import BANDS, Look, Shade, layout, on
from data.text import Text

ROW, LINE = 31, 15  # pixels a row takes with its gap, and a line of the words above
SHADES: tuple[Shade, ...] = (*BANDS, "over")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its number as text, its class (None: of no class, without a ground), and what pointing at it tells."""

    sign: str
    shade: Shade | None
    told: Text


def heat(rows: Sequence[tuple[Text, Sequence[Cell]]], across: Sequence[Sequence[str]], look: Look) -> go.Figure:
    """Rows of (name, a cell for each column), worst first; `across` are the columns' names, each as its lines."""
    cells = [row for _, row in rows]
    names = [name[look.lang] for name, _ in rows]
    lines = max(map(len, across), default=0)
    return go.Figure(
        [_grounds(cells, look), _signs(cells, look)] if rows else [],
        layout=layout(
            look,
            16 + LINE * lines + ROW * len(rows),
            margin=dict(l=4, r=8, t=12 + LINE * lines, b=4),  # Plotly gives words at most half of a low figure
            xaxis=_axis(["<br>".join(escape(x, quote=False) for x in words) for words in across], look, 11.5)
            | dict(side="top", range=[-0.5, len(across) - 0.5]),
            yaxis=_axis([shortened(name) for name in names], look, 13) | dict(range=[len(rows) - 0.5, -0.5]),
        ),
    )


def _grounds(cells: Sequence[Sequence[Cell]], look: Look) -> go.Heatmap:
    """A colour for each class; a cell of none shows the page."""
    return go.Heatmap(
        z=[[None if cell.shade is None else SHADES.index(cell.shade) for cell in row] for row in cells],
        x=list(range(len(cells[0]))),
        y=list(range(len(cells))),
        hoverinfo="skip",
        xgap=3,
        ygap=3,
        zmin=-0.5,
        zmax=len(SHADES) - 0.5,
        colorscale=plain_steps([look.t.of(shade) for shade in SHADES]),
        showscale=False,
    )


def _signs(cells: Sequence[Sequence[Cell]], look: Look) -> go.Scatter:
    """The numbers, each in the ink that its ground asks for; they also answer to pointing."""
    flat = [(x, y, cell) for y, row in enumerate(cells) for x, cell in enumerate(row)]
    inks = [look.t.ink2 if cell.shade is None else on(look.t.of(cell.shade), look) for _, _, cell in flat]
    return go.Scatter(
        x=[x for x, _, _ in flat],
        y=[y for _, y, _ in flat],
        mode="text",
        text=[cell.sign for _, _, cell in flat],
        textfont=dict(size=13, color=inks),
        customdata=[escape(cell.told[look.lang], quote=False) for _, _, cell in flat],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _axis(words: Sequence[str], look: Look, size: float) -> dict[str, object]:
    ticks = dict(tickmode="array", tickvals=list(range(len(words))), ticktext=list(words), tickangle=0)
    return dict(showline=False, tickfont=dict(size=size, color=look.t.ink), **ticks)
