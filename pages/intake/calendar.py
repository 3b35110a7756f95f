"""The calendar of a year: sales peaks, days off, make-up days, working days by month; one's own rows override."""

import streamlit as st

from analytics.answer import Level
from analytics.numbers import MONTH_NAMES
from data import intake, workdays
from data.text import Text, same
from pages.ui import kit, state

EYEBROW = Text("日历 · {year} 年", "Calendar · {year}")
HEAD = Text("{n} 个工作日，{peaks} 个旺季", "{n} working days, {peaks} peaks")
SURE = Text("放假和调休已公布。", "Days off and make-up days are announced.")
PROVISIONAL = Text(
    "暂定：调休还没有公布，现在只有法定假日；公布后请登记或上传。",
    "Provisional: make-up days are not announced yet, only statutory days are known; add them once they are.",
)
YEAR = Text("年份", "Year")
PEAKS, PEAKS_DO = Text("旺季", "Peaks"), Text("起止日期；右边是正日", "From and to; the day itself at the right")
DAYS, DAYS_DO = Text("放假与调休", "Days off and make-up days"), Text("按日期", "By date")
MONTHS, MONTHS_DO = (
    Text("每月工作日", "Working days by month"),
    Text("周末补班算上，放假扣除", "With make-up days, without days off"),
)
SPAN = Text("{since} 到 {until}", "{since} to {until}")
TENTATIVE = Text("暂定", "Provisional")
OWN, KNOWN = Text("自己登记", "Your own"), Text("内置", "Built in")
EDIT = Text("修改：到“登记”选“旺季与节假日历”", "To change it, choose the calendar under “Registers”")
LEVELS: dict[workdays.Kind, Level] = {"peak": "fair", "off": "change", "work": "rain"}


def show(year: int) -> None:
    """What the year holds, and where to change it."""
    spans = workdays.calendar(state.store(), year)
    count = [workdays.working_days(spans, year, month) for month in range(1, 13)]
    peaks = [s for s in spans if s.kind == "peak"]
    note = PROVISIONAL if workdays.is_provisional(spans) else SURE
    kit.headline(EYEBROW.fill(year=year), HEAD.fill(n=sum(count), peaks=len(peaks)), note)
    st.page_link("intake/entry.py", label=kit.say(EDIT), icon=":material/edit_note:")
    left, right = st.columns([11, 9], gap="large")
    with left:
        kit.section(PEAKS, PEAKS_DO)
        kit.ranked([_line(s) for s in peaks])
        kit.section(DAYS, DAYS_DO)
        kit.ranked([_line(s) for s in spans if s.kind != "peak"])
    with right:
        kit.section(MONTHS, MONTHS_DO)
        kit.facts([(Text(f"{n} 月", MONTH_NAMES[n - 1]), str(days)) for n, days in enumerate(count, 1)])


def _line(span: workdays.Span) -> kit.Line:
    when = (
        same(str(span.starts_on))
        if span.starts_on == span.ends_on
        else SPAN.fill(since=span.starts_on, until=span.ends_on)
    )
    day = str(span.falls_on) if span.falls_on and span.kind == "peak" else ""
    whose = TENTATIVE if span.provisional else OWN if span.own else KNOWN
    return kit.Line(kit.label(LEVELS[span.kind], workdays.KINDS[span.kind]), span.name, when, day, whose)


today = intake.today().year
chosen = st.segmented_control(
    kit.md(YEAR), [today - 1, today, today + 1], default=today, key="calendar-year", required=True,
    label_visibility="collapsed",
)  # fmt: skip
show(chosen or today)
