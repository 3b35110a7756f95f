"""Assured supply: what to ship, to whom, by when, before the peak."""

from analytics.supply import (
    backtest,
    season,
)
from data.text import Text

TITLE = Text("货源保障", "Assured supply")
QUESTIONS = (
    season,
    backtest,
)
