"""The structure of the accounts: the rule of twenty, who looks after whom, how dependent we are, who changed tier."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from analytics.accounts import ranking
from analytics.answer import Scope
from analytics.glance import month_name
from analytics.health import completeness
from analytics.numbers import money
from analytics.portfolio import QUESTIONS, concentration, glance, keys, managers, tiers, twenty
from data.text import Text, same
from pages.ui import answers, frame, kit, state

ABOUT = Text("{month} · {count}", "{month} · {count}")
SHORT = Text("满 12 个月的数后，这里数大客户", "Key accounts are counted from twelve months of figures on")
OF_TWENTY = Text("家大客户", "key accounts")
NOTE = Text(
    "近 12 个月 ≥ {line}；满 20 家单设部门，跌破 18 家撤回",
    "{line} or more in twelve months; a department from 20 on, until below 18",
)
TRY = Text("换一条线试试", "Try another line")
ABOUT_TRY = Text("只影响眼前这一页，写在网址里，不保存", "Changes this view only; nothing is saved")
LINE, SHARE = Text("近 12 个月销售额不低于", "Twelve months of at least"), Text("累计占比", "Cumulative share")
USUAL = Text("{line}（默认）", "{line} (usual)")
EIGHTY = "80"  # % of sales: the usual share
MOVES = Text("一年里谁换了档", "Who changed tier in a year")
MOVED = Text("客户数：纵向一年前，横向现在，框内未变", "Accounts: down a year ago, across now; framed: no change")
UP, DOWN = Text("升档", "Up"), Text("降档", "Down")
MOST = 8  # movers listed; the table has all


def show(scope: Scope) -> None:
    """Hero and numbers, the rule of twenty with its what-if, who is one, who looks after them, dependence, tiers."""
    whole = replace(scope, accounts=None)  # a structure is of all accounts; one account has none
    tried = _tried(whole)
    _hero(tried)
    _numbers(tried)
    _what_if(whole, tried)
    left, right = st.columns([11, 9], gap="large")
    with left:
        frame.show(twenty, tried.closed)
        frame.show(concentration, whole)
    with right:
        frame.show(keys, tried.closed)
    left, right = st.columns([11, 9], gap="large")
    with left:
        frame.show(managers, whole)
        frame.show(tiers, whole.closed)
    with right:
        _moves(whole.closed)


def _tried(scope: Scope) -> Scope:
    """The scope with the lines that the address names."""
    line, share = state.picked("x", _lines(scope), ""), state.picked("s", keys.SHARES, EIGHTY)
    return keys.tried(scope, line, share)


def _lines(scope: Scope) -> tuple[str, ...]:
    """Round sales lines to try, around the usual one, as the address spells them."""
    return ("", *(f"{line:.0f}" for line in keys.ladder(_usual(scope))))


def _usual(scope: Scope) -> float:
    everybody = Scope(scope.as_of, scope.flow).closed
    return keys.usual(answers.rows_of(ranking, everybody))


def _hero(scope: Scope) -> None:
    rows = answers.rows_of(twenty, scope)
    left, right = kit.hero()
    said = answers.findings(twenty, scope) or answers.findings(keys, scope)
    others = (keys, managers, concentration, tiers)
    wanting = [f for question in others for f in answers.findings(question, scope)]
    count = completeness.count(answers.rows_of(completeness, scope), scope)
    with left:
        about = ABOUT.fill(month=month_name(scope.month), count=count)
        kit.headline(about, said[0].text if said else SHORT, glance.todo(wanting))
    now = twenty.under(rows, "sales")
    with right:
        if not now:
            kit.empty(SHORT, _history(scope))
            return
        line = Text(money(now[-1].line, "zh"), money(now[-1].line, "en"))
        kit.verdict(said[0].level, str(now[-1].accounts), OF_TWENTY, NOTE.fill(line=line))


def _history(scope: Scope) -> Text:
    """How much history there is, as concentration says it."""
    return next((f.text for f in answers.findings(concentration, scope)), frame.NO_DATA)


def _numbers(scope: Scope) -> None:
    whole = replace(scope, key_cny=None, key_share=None)
    staff = None if answers.missing(managers) else answers.rows_of(managers, whole)
    frame.numbers(
        [
            glance.counted(answers.rows_of(twenty, scope)),
            *glance.concentrated(answers.rows_of(concentration, whole), whole),
            glance.loaded(staff),
        ]
    )


def _what_if(scope: Scope, tried: Scope) -> None:
    usual, lang = _usual(scope), state.lang()
    names = {line: money(float(line), lang) for line in _lines(scope) if line}
    names = {"": kit.say(USUAL.fill(line=same(money(usual, lang))))} | names
    picked = f"{tried.key_cny:.0f}" if tried.key_cny else ""
    kit.section(TRY, ABOUT_TRY)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kit.select(LINE, names, picked, lambda code: state.choose("x", code, ""), "key-line", width=230)
        shares = {share: f"{share}%" for share in keys.SHARES}
        share = state.picked("s", keys.SHARES, EIGHTY)
        kit.segments(SHARE, shares, share, lambda c: state.choose("s", c or EIGHTY, EIGHTY), "key-share", required=True)


def _moves(scope: Scope) -> None:
    rows: Sequence[tiers.Row] = answers.rows_of(tiers, scope)
    kit.section(MOVES, MOVED)
    if not any(r.abc_before for r in rows):
        kit.note(tiers.YOUNG)
        return
    frame.figure(tiers, scope, "draw_moves")
    listed = tiers.movers(rows)[:MOST]
    kit.ranked([kit.Line(_way(r), r.called, tiers.step(r), frame.money(abs(r.gap)), same(r.owner)) for r in listed])
    if not listed:
        kit.note(tiers.STAYED)


def _way(row: tiers.Row) -> str:
    return kit.label("rain", DOWN) if tiers.fell(row) else kit.label("fair", UP)


asked = frame.filters(QUESTIONS)
if wanting := answers.missing(twenty):
    frame.need(wanting[0], twenty)
else:
    show(asked)
