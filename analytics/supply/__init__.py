"""Assured supply: what to ship, to whom, by when, before the peak."""

from analytics.supply import (
    availability,
    backtest,
    counts,
    cover,
    excess,
    followed,
    gap,
    item,
    reorder,
    risk,
    season,
    service,
    ship,
    transfers,
    transit,
)
from data.text import Text

TITLE = Text("货源保障", "Assured supply")
QUESTIONS = (
    ship,
    gap,
    season,
    availability,
    service,
    reorder,
    backtest,
    cover,
    excess,
    item,
    risk,
    transfers,
    transit,
    counts,
    followed,
)
