"""The one page an executive reads: which weather, why, where, and what to do first."""

from collections.abc import Sequence

import streamlit as st

from analytics import glance
from analytics.accounts import ranking, target
from analytics.answer import Scope
from analytics.barometer import QUESTIONS, areas, breadth, climate, course, cover, index, lead, marks, sales, weather
from analytics.health import completeness
from data.text import Text, same
from pages.ui import answers, frame, kit, state
from pages.ui.tiles import Tile, tiles

ABOUT = Text("{month} · {flow} · {count}", "{month} · {flow} · {count}")
BEFORE, YEAR = Text("上月", "Last month"), Text("去年同月", "A year ago")
SEE_ALL, SEE = Text("看全部客户", "All accounts"), Text("看{name}", "Open {name}")
NOT_COUNTED = Text("没有计入（缺数据或历史太短）：{parts}", "Not counted (no data or too short a history): {parts}")
LIST = Text("先看这几家", "Look at these first")
BY_MONEY = Text("按近三个月比去年同期少的金额排", "By what three months lack against last year")
COURSE = Text("指数走势", "The index over time")
AND = Text("、", ", ")
CERTAIN = Text("{sure}。{status}。", "{sure}. {status}.")
MISSING = Text(
    "没报数的不算下降；金额是平常每月的销售额",
    "Who has not reported is not counted as falling; the sums are usual sales a month",
)
NOBODY = Text("没有要追的客户", "Nobody has to be asked")
MOST = 5  # named here; all of them are on the data health page
NO_INDEX = Text("还没有晴雨指数", "No index yet")


def show(scope: Scope) -> None:
    """Hero and numbers, why and where, what first and since when, who is missing; the rest when it is asked for."""
    weathers, parts = answers.rows_of(weather, scope), answers.rows_of(index, scope)
    _hero(scope, weathers, parts)
    _numbers(scope)
    left, right = st.columns([9, 11], gap="large")
    with left:
        _why(scope, parts)
    with right:
        _where(scope, weathers)
    left, right = st.columns([11, 9], gap="large")
    with left:
        _first(scope)
        frame.show(sales, scope)
    with right:
        _since(scope)
    left, right = st.columns([11, 9], gap="large")
    with left:
        frame.show(breadth, scope)
    with right:
        _missing(scope)
    frame.more((areas, cover), (climate, lead), scope)


def _hero(scope: Scope, weathers: Sequence[weather.Row], parts: Sequence[index.Row]) -> None:
    """The headline and the one action left, the index on its five bands right."""
    left, right = kit.hero()
    said = answers.findings(index, scope) or answers.findings(sales, scope)
    with left:
        kit.headline(
            _about(scope), said[0].text if said else NO_INDEX, glance.action(weathers, answers.findings(weather, scope))
        )
        _buttons(scope)
    now = index.reading(parts, scope.month)
    with right:
        if now is None:
            kit.empty(NO_INDEX, glance.NO_YEAR)
            return
        year = index.reading(parts, scope.month.replace(year=scope.month.year - 1))
        kit.barometer(
            kit.Mark(glance.month_name(scope.month), now.index),
            kit.Mark(BEFORE, now.previous),
            kit.Mark(YEAR, year and year.index),
        )
        sure = answers.findings(course, scope)[0].text
        kit.note(CERTAIN.fill(sure=sure, status=lead.status(answers.rows_of(lead, scope))))


def _about(scope: Scope) -> Text:
    count = completeness.count(answers.rows_of(completeness, scope), scope)
    flow = next(name for code, name in frame.FLOWS.items() if state.FLOWS[code] == scope.flow)
    return ABOUT.fill(month=glance.month_name(scope.month), flow=flow, count=count)


def _buttons(scope: Scope) -> None:
    worst = glance.first(answers.findings(weather, scope), most=1)
    with st.container(horizontal=True):
        if worst and st.button(
            kit.md(SEE.fill(name=worst[0].name)), type="primary", icon=":material/storefront:", key="open-worst"
        ):
            state.open_account(worst[0].account)
        if st.button(kit.say(SEE_ALL), icon=":material/format_list_numbered:", key="open-all"):
            state.open_account("")


def _numbers(scope: Scope) -> None:
    aims = None if answers.missing(target) else answers.rows_of(target, scope)
    stock = None if answers.missing(cover) else answers.rows_of(cover, scope)
    frame.numbers(
        [
            glance.sold(answers.rows_of(sales, scope), scope),
            glance.attained(aims),
            glance.stocked(stock, scope),
            glance.broad(answers.rows_of(breadth, scope), scope),
            glance.rolled(answers.rows_of(ranking, scope)),
        ]
    )


def _why(scope: Scope, parts: Sequence[index.Row]) -> None:
    kit.section(index.title(parts, scope), index.CAPTION)
    if index.reading(parts, scope.month) is None:
        kit.note(glance.NO_YEAR)
        return
    frame.figure(index, scope)
    if left_out := glance.absent(parts, scope):
        kit.note(NOT_COUNTED.fill(parts=frame.listed(left_out)))
    frame.details(index, parts, scope)


def _where(scope: Scope, weathers: Sequence[weather.Row]) -> None:
    kit.section(weather.MAP, weather.map_caption(weathers))
    if weathers:
        tiles([Tile(r.account, r.called, r.region, r.index) for r in weather.mapped(weathers)])
    else:
        kit.note(glance.NO_YEAR)
    frame.details(weather, weathers, scope)


def _first(scope: Scope) -> None:
    kit.section(LIST, BY_MONEY)
    found = glance.first(answers.findings(weather, scope))
    kit.ranked([kit.Line(kit.chip(f.level), f.name, f.text, frame.money(f.weight), same(f.owner)) for f in found])
    if not found:
        kit.note(frame.NONE)


def _since(scope: Scope) -> None:
    """The course of the index with its band, and what happened."""
    kit.section(COURSE, lead.status(answers.rows_of(lead, scope)))
    frame.figure(course, scope)
    kit.note(course.CAPTION)
    _happened(scope)
    frame.details(course, answers.rows_of(course, scope), scope)


def _happened(scope: Scope) -> None:
    """What the numbers in the course stand for; what lies before its first month has none there."""
    shown = {row.month for row in answers.rows_of(course, scope) if row.mark is not None}
    said = zip(answers.rows_of(marks, scope), answers.findings(marks, scope), strict=True)
    for row, finding in sorted(said, key=lambda pair: pair[0].month):
        if row.month in shown:
            kit.note(finding.text)


def _missing(scope: Scope) -> None:
    """Who has not reported, by the rule of the data health page: named, and never counted as a fall."""
    mine = completeness.of(answers.rows_of(completeness, scope), scope.flow)
    if not mine or scope.flow != "sell_out":  # with sell-in a month without an order is a fact
        return
    kit.section(completeness.headline(mine), MISSING)
    kit.ranked([frame.call(row) for row in mine if row.calls][:MOST], wide=True)
    if not completeness.calls(mine):
        kit.note(NOBODY)


asked = frame.filters((*QUESTIONS, completeness))
if wanting := answers.missing(sales):
    frame.need(wanting[0], index)
else:
    show(asked)
