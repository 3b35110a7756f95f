"""Supply: what is asked for, what is there, what must be shipped by when."""

from analytics.supply import backtest, season
from data.text import Text

TITLE = Text("备货", "Supply")
QUESTIONS = (season, backtest)
