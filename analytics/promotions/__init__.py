"""Promotions: what they brought both sides, what is usual, and what the next one may bring."""

from analytics.promotions import calendar, course, effect, library, planned, programme
from data.text import Text

TITLE = Text("促销", "Promotions")
QUESTIONS = (effect, course, programme, library, calendar, planned)
