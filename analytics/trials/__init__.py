"""Trials: what a new product or measure does at the pilots, and what people there say of it."""

from analytics.trials import (
    cards,
    field,
    listed,
    propose,
    voices,
)
from data.text import Text

TITLE = Text("新品试销与试点", "Trials")
QUESTIONS = (
    listed,
    field,
    cards,
    voices,
    propose,
)
