"""Frontline training: who was trained, what they learned, and whether it sold."""

from analytics.frontline import coverage, learned, lift, sessions, untrained
from data.text import Text

TITLE = Text("终端培训", "Frontline training")
QUESTIONS = (lift, untrained, coverage, learned, sessions)
