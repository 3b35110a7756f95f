"""Assured supply: who runs out, what to send to whom by when, and what another plan would change."""

from collections.abc import Sequence
from functools import partial
from types import ModuleType
from typing import cast

from analytics import charts
from analytics.answer import Plan, Scope
from analytics.numbers import plain
from analytics.supply import (
    QUESTIONS,
    availability,
    backtest,
    counts,
    cover,
    excess,
    followed,
    gap,
    glance,
    item,
    peak,
    reorder,
    risk,
    season,
    service,
    ship,
    transfers,
    transit,
    tried,
)
from data.text import Text
from pages.duties.shipments import shipments
from pages.ui import answers, frame, kit, state

ABOUT = Text("货源 · {day} · {peak}", "Supply · {day} · {peak}")
NO_PEAK = Text("日历里半年内没有旺季", "No peak within half a year in the calendar")
PLACES = Text("处缺货风险", "places at risk")
TRY = Text("换个计划试试", "Try another plan")
ABOUT_TRY = Text(
    "清单和金额马上跟着变；只影响眼前这一页，写在网址里，不保存",
    "List and money follow at once; this view only, kept in the address, nothing is saved",
)
PEAK, GROWTH = Text("旺季开始", "Peak begins"), Text("旺季比预测多卖", "Peak above forecast")
SERVICE, LEAD = Text("不断货的把握", "Chance not to run out"), Text("供货周期", "Lead time")
MAP = Text("够卖几天", "Days of cover")
NOTHING_SHORT = Text("现有的货和未发订单够用", "Stock and open orders suffice")
STEPS = {  # what the next file adds, in the order in which it matters
    "stock": Text(
        "上传客户库存后，这里算得出够卖几天、谁会断货、要发什么",
        "With stock at the accounts this page tells how long it lasts, who runs out and what to send",
    ),
    "products": Text(
        "产品档案有了供货周期，这里算得出断货概率和发货清单",
        "With lead times in the product master this page tells who runs out and what to send",
    ),
    "orders": Text(
        "上传客户订单后，在途、未发的货和到货快慢也算得进来",
        "With orders, goods on their way, open orders and late deliveries are counted too",
    ),
    "own_stock": Text(
        "上传我方库存后，货不够时按保住的销额分给各客户，并写明从哪个仓发",
        "With our own stock, what is short is shared out by sales kept, and the warehouse is named",
    ),
    "calendar": Text(
        "登记旺季后，旺季前的需求和最晚下单日算得进来",
        "With the calendar of peaks, their need and the latest order days are counted",
    ),
}


def show(asked: Scope) -> None:
    """Hero and numbers, the plan to try, heatmap and the worst item, the list; the gap and who is at risk; the rest."""
    scope = _tried(asked)
    _hero(scope)
    _numbers(scope)
    if risk.is_planned(answers.rows_of(risk, scope)) and (more := _next_step()) is not None:
        kit.note(more)
    _what_if(asked, scope)
    left, right = frame.columns()
    with left:
        _map(scope)
    with right:
        _worst(scope)
    shipments(scope)
    frame.beside((risk, gap), (service,), scope)
    frame.more((followed, excess, transfers, transit), (availability, reorder, counts, season, backtest), scope)


def only_sales(scope: Scope) -> None:
    """What sales alone tell: the need of the season, and how good such forecasts were."""
    left, _ = kit.hero()
    said = answers.findings(season, scope)
    with left:
        ahead = next(iter(answers.rows_of(peak, scope)), None)
        about = ABOUT.fill(day=scope.as_of.isoformat(), peak=peak.about(ahead, scope.as_of) if ahead else NO_PEAK)
        kit.headline(about, said[0].text if said else season.QUESTION, said[1].text if said[1:] else Text("", ""))
    frame.show(season, scope)
    frame.need("stock", cover)
    if (more := _next_step("stock")) is not None:
        kit.note(more)
    frame.show(backtest, scope)


def _tried(scope: Scope) -> Scope:
    """The scope with the plan that the address names."""
    start, growth, service_, lead = (state.picked(code, tuple(names), "") for code, _, names in _choices(scope))
    return tried.tried(scope, start, growth, service_, lead)


def _choices(scope: Scope) -> Sequence[tuple[state.Code, Text, dict[str, Text]]]:
    """What can be tried: its code in the address, its name, and the choices."""
    found = answers.rows_of(peak, scope)
    return (
        ("k", PEAK, tried.starts(scope, found)),
        ("g", GROWTH, tried.growths(found)),
        ("v", SERVICE, tried.services()),
        ("l", LEAD, tried.leads()),
    )


def _hero(scope: Scope) -> None:
    ahead = next(iter(answers.rows_of(peak, scope)), None)
    said, do = answers.findings(risk, scope), answers.findings(ship, scope)
    left, right = kit.hero()
    with left:
        about = ABOUT.fill(day=scope.as_of.isoformat(), peak=peak.about(ahead, scope.as_of) if ahead else NO_PEAK)
        planned = risk.is_planned(answers.rows_of(risk, scope))
        safe = NOTHING_SHORT if planned else _next_step() or Text("", "")
        kit.headline(about, said[0].text if said else risk.QUESTION, do[0].text if do else safe)
    level = said[0].level if said else "change"
    with right:
        if not planned:
            kit.empty(glance.UNTOLD, said[0].text if said else risk.QUESTION)
        elif ahead is None:
            kit.verdict(level, plain(risk.whole(answers.rows_of(risk, scope)).risky), PLACES, NO_PEAK)
        else:
            days, words = peak.count(ahead, scope.as_of)
            kit.verdict(level, plain(days), words, peak.order_by(ahead, scope))


def _numbers(scope: Scope) -> None:
    frame.numbers(
        [
            glance.lasting(_rows(cover, scope)),
            glance.risked(_rows(risk, scope)),
            glance.there(_rows(availability, scope), scope),
            glance.piled(_rows(cover, scope)),
            glance.served(_rows(service, scope), scope),
        ]
    )


def _rows(question: ModuleType, scope: Scope) -> Sequence | None:
    return answers.rows_of(question, scope) if answers.answerable(question) else None


def _next_step(after: str = "") -> Text | None:
    """What the next file would add here; None where all are there."""
    return next((text for name, text in STEPS.items() if name != after and not state.has(name)), None)


def _what_if(asked: Scope, scope: Scope) -> None:
    kit.section(TRY, ABOUT_TRY)
    with frame.row():
        for code, label, names in _choices(asked):
            said = {name: kit.say(text) for name, text in names.items()}
            picked = state.picked(code, tuple(names), "")
            kit.select(label, said, picked, partial(_choose, code), f"try-{code}", width=230)
    if scope.plan != Plan():
        now, before = (ship.total(cast(ship.Rows, answers.rows_of(ship, which))) for which in (scope, asked))
        kit.note(glance.changed(now, before))


def _choose(code: state.Code, chosen: str) -> None:
    state.choose(code, chosen, "")


def _map(scope: Scope) -> None:
    rows = answers.rows_of(cover, scope)
    said = answers.findings(cover, scope)
    kit.section(said[0].text if cover.total(rows) else MAP, frame.caption(cover, scope))
    if not charts.has_marks(answers.drawn(cover, scope)):
        kit.note(said[-1].text if said else frame.NONE)
        return
    frame.figure(cover, scope)
    kit.legend([(name or "", text) for name, text in cover.legend(rows)])
    for finding in said[1:3]:
        kit.note(finding.text)
    frame.details(cover, rows, scope)


def _worst(scope: Scope) -> None:
    rows = answers.rows_of(item, scope)
    if not rows:
        kit.section(item.QUESTION, frame.caption(item, scope))
        kit.note(frame.NONE)
        return
    kit.section(item.title(rows), frame.caption(item, scope))
    frame.figure(item, scope)
    for finding in answers.findings(item, scope)[1:]:
        kit.note(finding.text)
    frame.details(item, rows, scope)


asked = frame.filters(QUESTIONS)
if wanting := answers.missing(season):
    frame.need(wanting[0], season)
elif answers.missing(cover):
    only_sales(asked)
else:
    show(asked)
