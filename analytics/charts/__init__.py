"""The house theme and the few chart forms that the questions compose. Each is one `go.Figure` call."""

from analytics.charts.forms import amounts, bridge, bullets, deviations, pareto, years
from analytics.charts.theme import layout

__all__ = ["amounts", "bridge", "bullets", "deviations", "layout", "pareto", "years"]
