"""The house theme and the few chart forms that the questions compose. Each form is one `go.Figure(data, layout)` call."""

from analytics.charts.forms import bridge, bullets, deviations, pareto, years
from analytics.charts.theme import layout

__all__ = ["bridge", "bullets", "deviations", "layout", "pareto", "years"]
