"""Promotions: did they pay both sides, what was only pulled forward, and what the next one may bring."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import cast

import streamlit as st

from analytics.answer import Deal, Scope
from analytics.numbers import plain
from analytics.promotions import QUESTIONS, calendar, course, effect, glance, library, planned, programme, tried
from analytics.promotions.deals import headed
from analytics.promotions.measured import TOLD
from data import entry
from data.datasets.promotions import PROMOTIONS
from data.lake import Batch
from data.text import Text, same
from pages.ui import access, answers, frame, kit, state

ABOUT = Text("促销 · 截至 {day} · {n} 个", "Promotions · to {day} · {n}")
NOT_YET = Text("还没有结束的促销", "No promotion is over yet")
WHY = Text(
    "促销结束并过四周后，这里说双方划不划算",
    "Four weeks after one has ended this page tells whether it paid both sides",
)
ONE = Text("看一个促销", "One promotion")
LAST = Text("最近结束的", "The last that is over")
TRY = Text("试算一个促销", "Try a promotion")
ABOUT_TRY = Text(
    "{name}，客户在上面筛选栏里换；只影响眼前这一页，写在网址里",
    "{name}; choose another account in the filter bar; this view only, kept in the address",
)
SAVE = Text("登记这个促销", "Register this promotion")
SAVED = Text("已登记 {n} 行，见登记页的促销活动", "Registered {n} rows: see Promotions on the page of registers")
REFUSED = Text("没有登记：{reason}", "Not registered: {reason}")
NOTHING_LEARNT = Text(
    "结束的促销不到三个，还学不出平常的增幅", "Fewer than three promotions are over: what is usual cannot be learnt yet"
)
LABEL = Text("{title} · {day}", "{title} · {day}")


def show(asked: Scope) -> None:
    """Hero and numbers, all at a glance, one promotion, the deal to try, what runs when; the library behind."""
    rows = cast(Sequence[effect.Row], answers.rows_of(effect, asked))
    _hero(asked, rows)
    frame.numbers(glance.numbers(answers.rows_of(programme, asked), rows))
    left, right = frame.columns()
    with left:
        _all(asked, rows)
    with right:
        frame.show(programme, asked)
    _one(asked, rows)
    _what_if(asked)
    frame.show(calendar, asked)
    frame.more((library,), (), asked)


def _hero(scope: Scope, rows: Sequence[effect.Row]) -> None:
    told, judged = answers.findings(effect, scope), glance.verdict(rows)
    left, right = kit.hero()
    with left:
        about = ABOUT.fill(day=scope.as_of.isoformat(), n=len(rows))
        kit.headline(about, told[0].text if told else NOT_YET, told[2].text if told[2:] else Text("", ""))
    with right:
        if judged is None:
            kit.empty(NOT_YET, WHY)
        else:
            kit.verdict(*judged)


def _all(scope: Scope, rows: Sequence[effect.Row]) -> None:
    """All of them as marks; what the hero does not say stands below."""
    told = answers.findings(effect, scope)
    kit.section(told[1].text if told[1:] else effect.QUESTION, frame.caption(effect, scope))
    if any(r.verdict for r in rows):
        frame.figure(effect, scope)
    else:
        kit.note(frame.NONE)
    for finding in told[3:]:
        kit.note(finding.text)
    if rows:
        frame.details(effect, rows, scope)


def _one(scope: Scope, rows: Sequence[effect.Row]) -> None:
    """The promotion that is looked at: chosen by its code, its weeks at the left, its numbers at the right."""
    tellable = {r.promotion: r for r in rows if r.state in TOLD and r.base is not None}
    if not tellable:
        return
    options = {"": kit.say(LAST)} | {code: kit.say(_label(r)) for code, r in tellable.items()}
    picked = state.picked("b", tuple(options), "")
    seen = replace(scope, promotion=picked)
    weeks, told = answers.rows_of(course, seen), answers.findings(course, seen)
    kit.section(told[0].text if told else course.QUESTION, frame.caption(course, seen))
    kit.select(ONE, options, picked, partial(_choose, "b"), "promotion", width=420)
    left, right = frame.columns()
    with left:
        frame.figure(course, seen)
        for finding in told[1:]:
            kit.note(finding.text)
        frame.details(course, weeks, seen)
    with right:
        shown = next((r for r in rows if weeks and r.promotion == weeks[0].promotion), None)
        if shown is not None:
            kit.facts(glance.facts(shown))


def _label(r: effect.Row) -> Text:
    return LABEL.fill(title=headed(r.called, r.title), day=r.starts_on.isoformat())


def _choose(code: state.Code, chosen: str) -> None:
    state.choose(code, chosen, "")


def _what_if(scope: Scope) -> None:
    """The deal that the address names, and what it may bring both sides."""
    usual = answers.rows_of(planned, scope)
    offered = tried.choices(usual, scope) if usual and usual[0].source == planned.TRIED else []
    if not offered:
        kit.section(TRY)
        kit.note(NOTHING_LEARNT)
        return
    picked: dict[tried.Code, str] = {c.code: state.picked(c.code, tuple(c.options), "") for c in offered}
    seen = tried.tried(scope, picked)
    rows = answers.rows_of(planned, seen)
    kit.section(TRY, ABOUT_TRY.fill(name=rows[0].called))
    with frame.row():
        for choice in offered:
            named = {code: kit.say(text) for code, text in choice.options.items()}
            kit.select(
                choice.label,
                named,
                picked[choice.code],
                partial(_choose, choice.code),
                f"deal-{choice.code}",
                width=215,
            )
    _expected(seen, rows)


def _expected(scope: Scope, rows: Sequence[planned.Row]) -> None:
    left, right = frame.columns()
    with left:
        frame.show(planned, scope)
        for finding in answers.findings(planned, scope)[1:]:
            kit.note(finding.text)
    with right:
        kit.facts(glance.expected(rows[0]))
        if scope.deal != Deal():
            _save(rows[0])


def _save(row: planned.Row) -> None:
    """Put the tried deal into the register, checked like anything that is typed in."""
    if said := kit.say(state.told()):
        kit.note(said)
    if not st.button(
        kit.say(SAVE), icon=":material/event_available:", key="register-deal", disabled=row.uplift is None
    ):
        return
    done = entry.publish(state.home().shown(), PROMOTIONS, [tried.register_row(row)], [], access.user() or "")
    if isinstance(done, Batch):
        state.tell(SAVED.fill(n=plain(done.rows)))
    else:
        state.tell(REFUSED.fill(reason=done[0].reason if done else same("")))
    st.rerun()


asked = frame.filters(QUESTIONS)
if wanting := answers.missing(effect):
    frame.need(wanting[0], effect)
else:
    show(asked)
