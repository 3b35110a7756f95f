"""Assured supply: what to ship, to whom, by when, before the peak."""

from analytics.supply import backtest, counts, reorder, season, service, transit
from data.text import Text

TITLE = Text("货源保障", "Assured supply")
QUESTIONS = (season, reorder, service, transit, counts, backtest)
