"""The house theme and the few chart forms that the questions compose. Each is one `go.Figure` call."""

from typing import Any, cast

import plotly.graph_objects as go

from analytics.charts.against import against
from analytics.charts.beside import beside
from analytics.charts.courses import fan, lines, marked, steps, years
from analytics.charts.dots import dots
from analytics.charts.forms import amounts, bridge, bullets, deviations, pareto
from analytics.charts.funnel import funnel
from analytics.charts.grids import crosstab
from analytics.charts.heat import heat
from analytics.charts.lined import lined, ranged
from analytics.charts.matrix import matrix
from analytics.charts.opposed import opposed
from analytics.charts.periods import periods
from analytics.charts.reaches import reaches
from analytics.charts.scatter import scatter
from analytics.charts.shares import shares
from analytics.charts.spans import spans
from analytics.charts.stock import stock
from analytics.charts.studies import event_study, lifts
from analytics.charts.theme import layout
from analytics.charts.timeline import timeline

__all__ = [
    "against", "amounts", "beside", "bridge", "bullets", "crosstab", "deviations", "dots", "event_study", "fan",
    "funnel", "has_marks", "heat", "layout", "lifts", "lined", "lines", "marked", "matrix", "opposed", "pareto",
    "periods", "ranged", "reaches", "scatter", "shares", "spans", "steps", "stock", "timeline", "years",
]  # fmt: skip


def has_marks(figure: go.Figure) -> bool:
    """Whether a figure shows anything: one without bars is an axis across its own title."""
    return any(trace.y is not None and len(trace.y) for trace in cast(Any, figure.data))
