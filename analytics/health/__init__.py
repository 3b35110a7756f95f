"""Duty 9, timely and accurate statistics: are the numbers complete, and how fresh are they?"""

from analytics.health import completeness, freshness
from data.text import Text

TITLE = Text("数据健康", "Data health")
QUESTIONS = (completeness, freshness)
