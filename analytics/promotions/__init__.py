"""Promotions: what they brought both sides, what is usual, and what the next one may bring."""

from analytics.promotions import effect
from data.text import Text

TITLE = Text("促销", "Promotions")
QUESTIONS = (effect,)
