"""The form of what is left step by step: counts as bars from zero, each with its share of the step before."""

from collections.abc import Sequence
from itertools import pairwise

import plotly.graph_objects as go

from analytics.charts.forms import ROOM, ROW, at_the_right, bars, rows_of
from analytics.charts.theme import Look, layout
from analytics.numbers import percent, plain
from data.text import Text


def funnel(steps: Sequence[tuple[Text | str, float]], look: Look) -> go.Figure:
    """One hue; the count at the end of each bar, at the right edge what is left of the step before."""
    t, values = look.t, [value for _, value in steps]
    left = [percent(now / before, 0) if before else "" for before, now in pairwise(values)]
    return go.Figure(
        bars(values, [plain(v) for v in values], t.ink, look),
        layout=layout(
            look,
            ROOM + ROW * len(values),
            xaxis=dict(visible=False, range=[0, max([1.0, *values]) * 1.5]),
            yaxis=rows_of([label for label, _ in steps], look),
            annotations=[at_the_right(n, share, color=t.ink2) for n, share in enumerate(left, 1)],
        ),
    )
