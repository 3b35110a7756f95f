"""Which trials are there, how far is each, and where is the verdict overdue?

The register: planned, running or ended, what each is to show by which rule, who answers for it. A read-out is overdue
when two weeks after the end no decision of the monthly review names the trial. Thresholds fixed after the start, or
never, make a trial exploratory.

Units: weeks, days; targets as ratios or pcs per store and week.
Source: `trials`, `trial_scope`, `decisions`, how far `sales_month` reaches; see `listed.sql`; docs/decisions/0016.
Duty: 3, trials of new products.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.charts.periods import Period, State
from analytics.charts.theme import Look
from analytics.trials.weeks import nth
from data.store import Store
from data.text import Text, same

QUESTION = Text("有哪些试点，哪个该下结论了？", "Which trials are there, and which verdict is overdue?")
CAPTION = Text(
    "各试点的起止，实心在跑，浅色已结束，斜线未开始", "Trials by their days: solid running, pale ended, hatched to come"
)
MEANING = Text(
    "状态按数据截至日算。结束满 14 天、月会决议里还没有提到试点编号或名称的，算逾期未定。标准定在开始之后或没有写日期"
    "的，只算探索性试点。开始以后标准锁定，不能再改。",
    "The state is that of the last day with data. A verdict is overdue when 14 days after the end no decision of the "
    "review names the trial's code or title. Thresholds fixed after the start, or on no day, make a trial exploratory. "
    "From the start on thresholds are locked.",
)
NEEDS = ("trials",)
ENRICHED_BY = ("trial_scope", "decisions", "sell_out", "sell_in")
DUE_DAYS = 14  # from the end to the decision: the last week is reported within one, and a review may be a week off
STATES: dict[State, Text] = {
    "planned": Text("未开始", "Planned"),
    "running": Text("在跑", "Running"),
    "ended": Text("已结束", "Ended"),
}
WEEK_OF = Text("第 {n} 周（共 {m} 周）", "week {n} of {m}")
WEEK_N = Text("第 {n} 周（没有写结束日期）", "week {n}, without an end")
SHORT = Text("第 {n}/{m} 周", "wk {n}/{m}")
LABEL = Text("{trial} {state}", "{trial} {state}")
RUNS = Text("{trial} {title}：{week}", "{trial} {title}: {week}")
COMES = Text("{trial} {title} {day} 开始", "{trial} {title} begins on {day}")
LATE = Text(
    "{trial} {title} 结束 {days} 天还没有结论，请{owner}提交月会",
    "{trial} {title} ended {days} days ago without a verdict: {owner} is to bring it to the review",
)
SOMEBODY = Text("负责人", "the owner")
EXPLORES = Text(
    "{trial} 的标准{when}，读数只算探索", "{trial}: thresholds {when}, so that it explores and proves nothing"
)
AFTER = Text("定在开始之后（{day}）", "fixed after the start, on {day}")
NEVER = Text("没有写确定日期", "fixed on no day that is known")
ALONE = Text("{trial} 没有登记{what}", "{trial} has no {what} registered")
PILOTS, CONTROLS, RULE = Text("试点", "pilots"), Text("对照", "controls"), Text("目标", "target")
ALL_WELL = Text("{n} 个试点都有结论", "All trials, {n}, have their verdict")


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of the SQL."""

    trial: str
    title: str
    sku: str
    sku_name: str
    sku_name_en: str
    starts_on: date
    ends_on: date | None
    fixed_on: date | None
    hypothesis: str
    stop_rule: str
    target_uplift: float | None
    target_rate: float | None
    go_at: float | None
    stop_at: float | None
    owner: str
    pilots_named: int
    controls: int
    decision: str | None
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class Row:
    """One trial; targets None where none was set."""

    trial: str
    title: str
    sku: str
    sku_name: str
    sku_name_en: str
    state: State
    week: int | None  # of a running one, from 1
    trial_weeks: int | None  # None without an end
    starts_on: date
    ends_on: date | None
    fixed_on: date | None
    exploratory: bool  # thresholds fixed after the start, or on no known day
    hypothesis: str
    stop_rule: str
    target_uplift: float | None  # ratio
    target_rate: float | None  # pcs per store and week
    go_at: float | None  # probability
    stop_at: float | None  # probability
    owner: str
    pilots_named: int  # accounts
    controls: int  # accounts
    decision: str | None
    decided_on: date | None
    since_end: int | None  # days since it ended without a decision; None where it has one or runs

    @property
    def overdue(self) -> bool:
        """Whether its verdict should be there."""
        return self.since_end is not None and self.since_end >= DUE_DAYS

    @property
    def progress(self) -> Text:
        """How far it is."""
        if self.state != "running":
            return STATES[self.state]
        return WEEK_N.fill(n=self.week) if self.trial_weeks is None else WEEK_OF.fill(n=self.week, m=self.trial_weeks)


def ask(store: Store, scope: Scope) -> list[Row]:
    """The newest first."""
    return [_row(one, scope.as_of) for one in store.rows(Path(__file__).with_suffix(".sql"), Listed, as_of=scope.as_of)]


def _row(one: Listed, as_of: date) -> Row:
    ended = one.ends_on is not None and one.ends_on < as_of
    state: State = "planned" if one.starts_on > as_of else "ended" if ended else "running"
    waits = state == "ended" and one.decision is None and one.ends_on is not None
    kept = {name: getattr(one, name) for name in Listed.__slots__}  # pyright: ignore
    return Row(
        **kept,
        state=state,
        week=nth(as_of, one.starts_on) if state == "running" else None,
        trial_weeks=None if one.ends_on is None else nth(one.ends_on, one.starts_on),
        exploratory=one.fixed_on is None or one.fixed_on > one.starts_on,
        since_end=(as_of - one.ends_on).days if waits and one.ends_on else None,
    )


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """Overdue verdicts first, then what runs and comes, what is exploratory, what is not registered."""
    if not rows:
        return []
    late = [
        LATE.fill(trial=r.trial, title=same(r.title), days=r.since_end, owner=same(r.owner) if r.owner else SOMEBODY)
        for r in rows
        if r.overdue
    ]
    found = [Finding("rain", text) for text in late] or [Finding("fair", ALL_WELL.fill(n=len(rows)))] * _decided(rows)
    runs = [r for r in rows if r.state == "running"]
    found += [Finding("fair", RUNS.fill(trial=r.trial, title=same(r.title), week=r.progress)) for r in runs]
    comes = [r for r in rows if r.state == "planned"]
    found += [Finding("fair", COMES.fill(trial=r.trial, title=same(r.title), day=r.starts_on)) for r in comes]
    return found + [Finding("change", text) for r in (*runs, *comes) for text in lacking(r)]


def _decided(rows: Sequence[Row]) -> bool:
    """Whether any has ended, and none of these waits."""
    ended = [r for r in rows if r.state == "ended"]
    return bool(ended) and len(ended) == len(rows) and all(r.since_end is None for r in ended)


def lacking(row: Row) -> list[Text]:
    """What keeps a trial that is not over from proving anything."""
    found = []
    if row.exploratory:
        when = NEVER if row.fixed_on is None else AFTER.fill(day=row.fixed_on)
        found.append(EXPLORES.fill(trial=row.trial, when=when))
    found += [
        ALONE.fill(trial=row.trial, what=what)
        for n, what in ((row.pilots_named, PILOTS), (row.controls, CONTROLS))
        if not n
    ]
    if row.target_uplift is None and row.target_rate is None:
        found.append(ALONE.fill(trial=row.trial, what=RULE))
    return found


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Each trial from its first to its last day; one without an end has no bar."""
    shown = [r for r in rows if r.ends_on is not None]
    items: list[Period] = [
        (LABEL.fill(trial=r.trial, state=_short(r)), r.starts_on, r.ends_on or r.starts_on, r.state) for r in shown
    ]
    return charts.periods(items, look)


def _short(row: Row) -> Text:
    """How far it is, in as few words as fit beside a bar."""
    known = row.state == "running" and row.trial_weeks is not None
    return SHORT.fill(n=row.week, m=row.trial_weeks) if known else row.progress
