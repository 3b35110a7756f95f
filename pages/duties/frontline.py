"""Frontline training: does it sell, who was trained, whom to train next, what they learned."""

from collections.abc import Sequence
from types import ModuleType

import streamlit as st

from analytics import charts
from analytics.answer import Scope
from analytics.frontline import QUESTIONS, coverage, glance, learned, lift, measured, sessions, untrained
from analytics.metrics import SALES
from data.text import Text, same
from pages.ui import answers, frame, kit, state

ABOUT = Text("终端培训 · {day}", "Training · {day}")
REGISTER = Text("登记一场培训", "Register a session")
NEXT = Text("下一步培训这几家", "Train these next")
ABOUT_NEXT = Text(
    "重点门店里近 12 个月没培训的，按可多卖的钱排；金额是培训后 8 周，范围 80%",
    "Important stores without a session in twelve months, by what could be gained in the 8 weeks after, range 80%",
)
SOLD = Text("{category}，近 12 个月卖 {sales}", "{category}, sold {sales} in twelve months")
WITH = Text("{sold}；可多卖 {range}", "{sold}; to gain {range}")
LAST = Text("{sold}；上次 {day}", "{sold}; last {day}")
NEVER, PART, OLD = Text("没培训过", "Never"), Text("部分门店", "Partly"), Text("一年以上", "Over a year")


def show(scope: Scope) -> None:
    """Hero and numbers; the study and the coverage; whom to train next; the rest."""
    _hero(scope)
    _numbers(scope)
    left, right = frame.columns()
    with left:
        _study(scope)
    with right:
        _coverage(scope)
    _next(scope)
    frame.more((learned,), (sessions,), scope)


def _hero(scope: Scope) -> None:
    said = answers.findings(lift, scope) or answers.findings(coverage, scope)
    do = answers.findings(untrained, scope)
    left, right = kit.hero()
    with left:
        sentence = said[0].text if said else frame.NONE
        kit.headline(ABOUT.fill(day=scope.as_of.isoformat()), sentence, do[0].text if do else Text("", ""))
        register()
    with right:
        study = lift.whole(_rows(lift, scope) or ())
        if study is None or study.brand is None:
            kit.empty(glance.UNTOLD, lift.QUESTION)
        else:
            effect = study.brand
            note = glance.WITHIN.fill(range=lift.ranged(*effect.reach()))
            judged = effect, study.trend
            kit.verdict(lift.level(*judged), lift.verdict(*judged), Text("", ""), note, lift.VERDICTS)


def register() -> None:
    """The way to type a session in."""
    if st.button(kit.say(REGISTER), icon=":material/edit_note:", key="register-session"):
        state.register().choose("trainings")
        st.switch_page("intake/entry.py")


def _numbers(scope: Scope) -> None:
    frame.numbers(
        [
            *glance.sold(_rows(lift, scope)),
            glance.covered(answers.rows_of(coverage, scope)),
            glance.passed(answers.rows_of(learned, scope)),
            glance.to_gain(_rows(untrained, scope)),
        ]
    )


def _rows(question: ModuleType, scope: Scope) -> Sequence | None:
    return answers.rows_of(question, scope) if answers.answerable(question) else None


def _study(scope: Scope) -> None:
    """The weeks around the session, and all that is said of them."""
    rows = _rows(lift, scope)
    if not rows:
        frame.show(lift, scope)
        return
    kit.section(lift.title(rows), frame.caption(lift, scope))
    if charts.has_marks(answers.drawn(lift, scope)):
        frame.figure(lift, scope)
    for finding in answers.findings(lift, scope)[1:]:
        if finding.text != lift.title(rows):
            kit.note(finding.text)
    frame.details(lift, rows, scope)


def _coverage(scope: Scope) -> None:
    """Stores trained of stores, by account, and what is not known."""
    rows, said = answers.rows_of(coverage, scope), answers.findings(coverage, scope)
    kit.section(said[0].text if said else coverage.QUESTION, frame.caption(coverage, scope))
    if not rows:
        kit.note(frame.NONE)
        return
    if charts.has_marks(answers.drawn(coverage, scope)):
        frame.figure(coverage, scope)
    for finding in said[1:]:
        kit.note(finding.text)
    frame.details(coverage, rows, scope)


def _next(scope: Scope) -> None:
    """At most five places to train next, with owner."""
    rows = _rows(untrained, scope)
    if not rows:
        frame.show(untrained, scope)
        return
    kit.section(NEXT, ABOUT_NEXT)
    kit.ranked([_line(row) for row in untrained.first(rows)], wide=True)
    frame.details(untrained, rows, scope)


def _line(row: untrained.Row) -> kit.Line:
    since = NEVER if row.last_on is None else PART if row.untrained < 1 else OLD
    text = SOLD.fill(category=same(row.category), sales=SALES.text(row.sales))
    if row.last_on is not None:
        text = LAST.fill(sold=text, day=row.last_on.isoformat())
    if row.gain_cny is not None:
        text = WITH.fill(sold=text, range=untrained.ranged([row]))
    return kit.Line(kit.label("change", since), row.place, text, kit.say(untrained.gain(row)), same(row.owner))


asked = frame.filters(QUESTIONS)
if wanting := answers.missing(coverage):
    frame.need(wanting[0], coverage)
    register()
else:
    show(measured.dated(state.store(), asked))
