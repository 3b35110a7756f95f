"""Duty 9, the company's barometer: what the weather is, how broad, since when, and who has not reported."""

from analytics.barometer import (
    areas,
    breadth,
    climate,
    course,
    cover,
    growth,
    index,
    lead,
    marks,
    sales,
    weather,
    years,
)
from data.text import Text

TITLE = Text("晴雨总览", "Barometer")
QUESTIONS = (index, course, marks, lead, weather, areas, breadth, growth, cover, climate, sales, years)
