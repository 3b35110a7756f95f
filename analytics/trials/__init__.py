"""Trials: a product or a measure at some accounts first, read out by a rule that was fixed before the start."""

from analytics.trials import (
    cards,
    course,
    field,
    pilots,
    readout,
    voices,
)
from data.text import Text

TITLE = Text("新品试销与试点", "Trials")
QUESTIONS = (
    readout,
    pilots,
    course,
    field,
    cards,
    voices,
)
