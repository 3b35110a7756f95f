"""Trials: whether what is tried at a few accounts works there, what people say of it, and what is to be decided."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from analytics.answer import Scope
from analytics.trials import (
    QUESTIONS,
    cards,
    course,
    field,
    glance,
    listed,
    pilots,
    propose,
    readout,
    said,
    voices,
)
from data.approve import NotApproved
from data.decide import Decision, decide
from data.intake import today
from data.text import Text, same
from pages.ui import access, answers, frame, kit, state
from pages.ui.memory import SILENT

TRIAL = Text("试点", "Trial")
EVIDENCE = Text("凭什么这么说", "What this rests on")
ABOUT_EVIDENCE = Text("标准在开始前定下", "The rule was fixed before the start")
UNFIXED = Text("标准不是在开始前定的", "The rule was not fixed before the start")
OTHERS = Text("全部 {n} 项试点", "All {n} trials")
ABOUT_OTHERS = Text(
    "按急缓排 · 结论按开始前定下的标准", "Most urgent first · verdicts by the rule fixed before the start"
)
REGISTER = Text("登记试点、名单与反馈卡", "Register trials, places and cards")
QUOTED = ("dissatisfied", "satisfied")  # a voice of each beside the counts
DECIDE, ABOUT_DECIDE = (
    Text("决定怎么办", "Decide"),
    Text(
        "记进月会决议，写明负责人和两周期限；可以撤回",
        "Kept with the review's decisions, its owner and two weeks to act; can be undone",
    ),
)
KEPT = Text(
    "已记为今天的决定，在“登记 · 月会决议”里，可在“批次与撤销”里撤回",
    "Kept as today's decision under “Registers”; “Batches and undo” takes it back",
)
NO_TRIAL = Text("还没有试点", "No trial yet")


def show(asked: Scope) -> None:
    """The verdict of one trial with its evidence, its pilots and voices; then all trials, and what stands behind."""
    every: Sequence[readout.Row] = answers.rows_of(readout, asked)
    one = glance.chosen(every, state.picked("t", tuple(r.trial for r in every), ""))
    if one is None:
        kit.empty(NO_TRIAL, readout.QUESTION)
        _register()
        return
    scope = replace(asked, trial=one.trial)
    _choose(every, one)
    _hero(one, scope)
    left, right = st.columns([13, 7], gap="large")
    with left:
        _course(scope)
    with right:
        _evidence(one, scope)
        _decide(one, scope)
    left, right = frame.columns()
    with left:
        frame.show(pilots, scope)
    with right:
        _opinions(scope)
    _all(every, asked)
    _next(asked)
    frame.more((field,), (voices,), scope)


def _choose(every: Sequence[readout.Row], one: readout.Row) -> None:
    names = {row.trial: kit.say(glance.called(row)) for row in every}
    with frame.row():
        kit.select(TRIAL, names, one.trial, _chosen, "trial", width=420)
        st.space("stretch")
        _register()


def _chosen(code: str) -> None:
    state.choose("t", code, "")


def _register() -> None:
    st.page_link("intake/entry.py", label=kit.say(REGISTER), icon=":material/edit_note:")


def _hero(one: readout.Row, scope: Scope) -> None:
    told: Sequence[cards.Row] = answers.rows_of(cards, scope) if answers.answerable(cards) else ()
    left, right = kit.hero()
    with left:
        kit.headline(glance.about(one), glance.head(one), glance.todo(one, told))
    level, word, rule, options = glance.verdict(one)
    with right:
        kit.verdict(level, word, "", rule, options)


def _course(scope: Scope) -> None:
    rows = answers.rows_of(course, scope)
    said_ = answers.findings(course, scope)
    kit.section(said_[0].text if said_ else course.QUESTION, frame.caption(course, scope))
    if not rows:
        kit.note(frame.NONE)
        return
    frame.figure(course, scope)
    for finding in said_[1:]:
        kit.note(finding.text)
    frame.details(course, rows, scope)


def _evidence(one: readout.Row, scope: Scope) -> None:
    kit.section(EVIDENCE, ABOUT_EVIDENCE if one.fixed_before else UNFIXED)
    beside = next(iter(answers.rows_of(field, scope)), None) if answers.answerable(field) else None
    kit.facts(glance.evidence(one, beside))
    for finding in said.notes(one):
        kit.note(finding.text)


def _decide(one: readout.Row, scope: Scope) -> None:
    """What may be decided once a trial has begun; the button of the verdict comes in the colour of the first choice."""
    if one.verdict == "planned":
        return
    kit.section(DECIDE, ABOUT_DECIDE)
    with frame.row():
        for word in glance.DECISIONS:
            kind = "primary" if word == one.verdict else "secondary"
            if st.button(kit.say(said.WORDS[word]), type=kind, key=f"decide-{word}"):
                _kept(Decision(one.trial, kit.say(glance.decision(one, word)), one.owner, scope.month))
    if (told := state.told()) != SILENT:
        kit.note(told)


def _kept(decision: Decision) -> None:
    try:
        decide(state.home(), state.store(), decision, access.user() or "", today())
        state.tell(KEPT)
    except NotApproved as refused:
        state.tell(refused.reason)
    st.rerun()


def _opinions(scope: Scope) -> None:
    frame.show(cards, scope)
    if not answers.answerable(voices):
        return
    rows: Sequence[voices.Row] = answers.rows_of(voices, scope)
    for mood in QUOTED:
        if (row := next((r for r in rows if r.mood == mood), None)) is not None:
            kit.quoted(row.words, glance.told_by(row))


def _all(every: Sequence[readout.Row], scope: Scope) -> None:
    kit.section(OTHERS.fill(n=len(every)), ABOUT_OTHERS)
    kit.ranked(
        [kit.Line(_chip(row), same(row.title), glance.line(row), "", same(row.owner)) for row in every],
        wide=True,
    )
    frame.details(readout, every, scope)


def _next(scope: Scope) -> None:
    """Which trials wait for a decision, and where the next should be run and what it would show."""
    frame.beside((propose,), (listed,), scope)


def _chip(row: readout.Row) -> str:
    return kit.label(said.LEVELS[row.verdict], said.WORDS[row.verdict])


scope = frame.filters(QUESTIONS)
if wanting := answers.missing(readout):
    frame.need(wanting[0], readout)
else:
    show(scope)
