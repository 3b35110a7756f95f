"""Assured supply: what to ship, to whom, by when, before the peak."""

from analytics.supply import availability, backtest, followed, gap, reorder, season, service, ship
from data.text import Text

TITLE = Text("货源保障", "Assured supply")
QUESTIONS = (ship, followed, gap, season, availability, service, reorder, backtest)
