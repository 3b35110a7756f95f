"""Questions that speak of the month or of the year to date, under one switch between the two."""

from collections.abc import Sequence
from types import ModuleType

import streamlit as st

from analytics.accounts import bridge
from analytics.answer import Scope
from data.text import Text
from pages.ui import answers, frame, kit, state

PERIOD = Text("期间", "Period")
FORMS = {"month": "draw", "year": "draw_year"}  # what draws a period
USUAL = "month"
NOT_COMPARED = Text("没有去年同期的数可比", "No figures a year before to compare with")


def windows(questions: Sequence[ModuleType], scope: Scope) -> None:
    """The switch, and the questions side by side; each has `title`, `beside`, `of` and `unit` for a period."""
    names = {period: kit.say(name) for period, name in bridge.PERIODS.items()}
    period = state.picked("w", tuple(names), USUAL)
    kit.segments(
        PERIOD, names, period, lambda code: state.choose("w", code or USUAL, USUAL), "window", required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    for column, question in zip(st.columns([11, 9][: len(questions)], gap="large"), questions, strict=True):
        with column:
            _show(question, scope, period)


def _show(question: ModuleType, scope: Scope, period: str) -> None:
    rows = answers.rows_of(question, scope)
    unit = frame.UNIT.fill(unit=question.unit(rows, state.look(), period).name)
    kit.section(question.title(rows, scope, period), frame.JOINED.fill(what=frame.caption(question, scope), unit=unit))
    if not question.of(rows, period):
        kit.note(NOT_COMPARED)
        return
    frame.figure(question, scope, FORMS[period])
    for text in question.beside(rows, period):
        kit.note(text)
    frame.details(question, rows, scope)
