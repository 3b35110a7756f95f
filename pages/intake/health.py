"""Are the numbers complete, fresh and reconciled, what changed since the last close, and what waits to be corrected?"""

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from analytics import glance
from analytics.answer import Finding, Scope
from analytics.charts.theme import Look
from analytics.health import QUESTIONS, completeness, freshness, strip
from analytics.health.course import NOT_YET, SHORT, STATES
from data import intake, lineage, quarantine
from data.text import Text
from pages.intake import kept, origins
from pages.ui import answers, frame, kit, state

EYEBROW = Text("数据健康 · {flow} · {month}", "Data health · {flow} · {month}")
ACTION = Text("先问{name}。{what}。", "Ask {name} first. {what}.")
OWNED = Text("先问{name}（{owner}负责）。{what}。", "Ask {name} first (owner {owner}). {what}.")
ALL_HERE = Text("该报的都报了，这个月可以关账。", "Everyone who should report has; the month can be closed.")
NOT_COME = Text("这个月的账还没有来，先补上。", "This month's entries have not come yet: load them first.")
COMPLETE, LACKING = Text("齐", "complete"), Text("不齐", "incomplete")
DATASET = Text("哪类数据", "Which dataset")
SIGNED = Text("{sign} {name}", "{sign} {name}")
MORE = Text("另外 {n} 家在下面的明细里", "The other {n} are in the rows below")
CALLS = Text("该问谁", "Whom to call")
BY_MONEY = Text("停报的在前，再按平常每月的销售额", "Those that stopped first, then by their usual sales a month")
NO_CALLS = Text("没有要问的客户", "Nobody is to be called")
LATEST = 8  # calls that are listed: more is a table, and it stands below
FRESH, PAUSES = (
    Text("各类数据到哪一天", "How far each dataset reaches"),
    Text("静默超过近一年最长的间隔才算逾期", "Overdue: silent for longer than the longest pause in a year"),
)
LATE, FINE, UNJUDGED = Text("逾期", "Overdue"), Text("正常", "In time"), Text("太短，不判断", "Too short")
REACHES = Text(
    "到 {day}；隔几天：平常 {usual}，最长 {longest}", "To {day}; pause in days: usually {usual}, at most {longest}"
)
ENDS = Text("到 {day}", "To {day}")
DAYS, TODAY = Text("{n} 天前", "{n} days ago"), Text("最新", "Up to date")
UPLOADED = Text("{day} 上传", "Uploaded {day}")
NOTHING_YET = Text("还没有按月来的数据", "No monthly data yet")
TOO_EARLY = Text("还没有可以判断的整月", "No whole month to judge yet")
WOULD = Text(
    "这里会列出每家客户每个月的数到没到，谁停止报数，谁停止销售。",
    "Here every account's months will stand: which have come, who stopped reporting, who stopped selling.",
)


def show(scope: Scope) -> None:
    """Completeness with the list of whom to call, freshness and reconciliation, revisions and quarantine."""
    rows, entries = answers.rows_of(completeness, scope), origins.entries()
    held = quarantine.held(state.home().path, [e.batch for e in entries], intake.today())
    mine, fresh = completeness.of(rows, scope.flow), answers.rows_of(freshness, scope)
    _hero(scope, mine)
    calls = strip.unheard(completeness.calls(mine))
    files = (strip.unreconciled(entries), strip.quarantined(held))
    frame.numbers([strip.reported(mine), calls, strip.overdue(fresh), *files])
    left, right = st.columns([11, 9], gap="large")
    with left:
        _matrix(scope, rows)
    with right:
        _calls(mine)
        _fresh(fresh, [e.batch for e in entries])
    origins.reconciled(entries)
    left, right = st.columns([11, 9], gap="large")
    with left:
        origins.revised([e.batch for e in entries])
    with right:
        kept.show(held)


def _hero(scope: Scope, rows: Sequence[completeness.Row]) -> None:
    """How complete the chosen kind of sales is, and whom to ask first."""
    about = EYEBROW.fill(flow=SHORT[scope.flow], month=glance.month_name(scope.month))
    if not rows:
        kit.headline(about, NOTHING_YET, WOULD)
        return
    if not completeness.expected(rows):
        kit.headline(about, TOO_EARLY, WOULD)
        return
    calls, lacking = completeness.calls(rows), completeness.is_lacking(rows)
    left, right = kit.hero()
    with left:
        kit.headline(about, completeness.headline(rows), _action(calls, lacking=lacking))
    with right:
        have, total = len(completeness.reported(rows)), len(completeness.expected(rows))
        level, word = ("rain", LACKING) if lacking else ("fair", COMPLETE)
        kit.verdict(level, f"{have}/{total}", word, strip.at_stake(calls) if calls else _action(calls, lacking=lacking))


def _action(calls: Sequence[Finding], *, lacking: bool) -> Text:
    if not calls:
        return NOT_COME if lacking else ALL_HERE
    first = calls[0]
    return (OWNED if first.owner else ACTION).fill(name=first.name, owner=first.owner, what=first.text)


def _matrix(scope: Scope, rows: Sequence[completeness.Row]) -> None:
    """The months of every account of one dataset, with what the signs mean."""
    offered = list(dict.fromkeys(r.dataset for r in rows))
    if not offered:
        with st.container(key="need-completeness"):
            kit.empty(NOTHING_YET, WOULD)
            st.page_link("intake/upload.py", label=kit.say(frame.UPLOAD), icon=":material/upload:")
        return
    title = st.container()
    chosen = st.segmented_control(
        kit.md(DATASET), offered, default=offered[0], key=f"matrix-{state.lang()}", required=True,
        format_func=lambda name: kit.say(SHORT[name]), label_visibility="collapsed",
    )  # fmt: skip
    mine = completeness.of(rows, chosen or offered[0])
    with title:
        kit.section(completeness.year(mine), frame.caption(completeness, scope))
    figure = _drawn(chosen or offered[0], scope, state.look(), state.version(), mine)
    st.plotly_chart(figure, theme=None, key="matrix-figure", config=frame.PLOT, alt=kit.say(completeness.QUESTION))
    named = [s for s in STATES.values() if s is not NOT_YET]
    kit.legend([(completeness.LEVELS.get(s, ""), SIGNED.fill(sign=s.sign, name=s.name)) for s in named])
    if len(mine) > completeness.SHOWN:
        kit.note(MORE.fill(n=len(mine) - completeness.SHOWN))
    frame.details(completeness, mine, scope)


@st.cache_resource(show_spinner=False, hash_funcs=answers.SPELLED, max_entries=200)
def _drawn(
    dataset: str, scope: Scope, look: Look, version: str, _rows: Sequence[completeness.Row]
) -> go.Figure:  # fmt: skip
    """One dataset's matrix, shared between readers like every figure."""
    return completeness.draw(_rows, look)


def _calls(rows: Sequence[completeness.Row]) -> None:
    """Who is to be asked: since when there is nothing, the money at stake, and the owner."""
    kit.section(CALLS, BY_MONEY)
    found = [r for r in rows if r.calls]
    kit.ranked([frame.call(r) for r in found[:LATEST]], wide=True)
    if not found:
        kit.note(NO_CALLS)
    elif len(found) > LATEST:
        kit.note(MORE.fill(n=len(found) - LATEST))


def _fresh(rows: Sequence[freshness.Row], batches: Sequence[lineage.Batch]) -> None:
    kit.section(FRESH, PAUSES)
    last = {up.dataset: f"{lineage.day(up.last.committed_at)}" for up in lineage.uploads(batches)}
    kit.ranked(
        [
            kit.Line(
                _judged(r),
                SHORT[r.dataset],
                _reaches(r),
                kit.say(DAYS.fill(n=r.silent_days) if r.silent_days else TODAY),
                UPLOADED.fill(day=last.get(r.dataset, "–")),
            )
            for r in rows
        ],
        wide=True,
    )
    if not rows:
        kit.note(NOTHING_YET)


def _judged(row: freshness.Row) -> str:
    if row.longest_days is None:
        return kit.label("change", UNJUDGED)
    return kit.label("rain", LATE) if row.overdue else kit.label("fair", FINE)


def _reaches(row: freshness.Row) -> Text:
    if row.longest_days is None:
        return ENDS.fill(day=row.last_day)
    return REACHES.fill(day=row.last_day, usual=f"{row.usual_days:g}", longest=row.longest_days)


show(frame.filters(QUESTIONS))
