"""Where will the year land against its target, and how likely is it to be reached?

Actual of the months that have ended and a forecast of the others, with the band in which four of five years end. The
total is the sum of the accounts; its band is its own, because accounts share their market's luck. No forecast where the
history is too short, and no landing against a target that covers a part of the year only: both are named.

Units: money in CNY; probability and rates as ratios.
Source: `target_month`, `sales_month`; see `landing.sql`, `history.sql`; `stats.forecast`, `stats.landing`.
Duty: 9, timely and accurate sales statistics.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

import numpy as np
import plotly.graph_objects as go

from analytics import charts
from analytics.accounts import history
from analytics.accounts.history import History
from analytics.accounts.year import Year, laws, year_of
from analytics.answer import Finding, Level, OfAccount, Scope
from analytics.charts.theme import Look
from analytics.metrics import LANDING, REACHING, SALES
from analytics.numbers import MONTH_NAMES, Unit, unit_for
from analytics.stats.forecast import one_step
from analytics.stats.landing import ErrorLaw, landing
from analytics.stats.seasonal import Array
from data.store import Store
from data.text import Lang, Text

QUESTION = Text("全年会落在哪里，目标够得着吗？", "Where will the year land, and will it reach the target?")
CAPTION = Text(
    "今年以来累计：实线为实际，虚线为预计，色带 80%", "Year, cumulated: line is actual, dashes expected, band 80%"
)
BY_ACCOUNT = Text(
    "预计全年占目标 %：粗条为预计，竖线为目标，圆圈为已完成，右边是达成概率",
    "Expected year as % of target: bar is expected, tick is target, ring is to date; at the right the chance",
)
MEANING = Text(
    "预计全年＝已结束月份的实际＋其余月份的预测（季节 × 近 2 个月和 6 个月的水平）。色带：五年里四年落在其中，宽度来"
    "自同一方法过去的误差，概率、色带、每月要求出自同一分布。合计＝各家之和，色带用合计自己的误差，不把各家的相加。"
    "没报的月份按预计算，并写明。目标要覆盖全年 12 个月，季度、半年、年度目标平均摊到"
    "所管的各月；不满的不算。历史不满一年加剩余月数的，没有预测。",
    "Year expected = months ended as they were + forecast of the others (season × level of the last two and six "
    "months). The band holds four years of five; its width comes from the method's own past errors, and chance, "
    "band and required rate from one law. The total is the sum of the accounts with a band from its own errors; "
    "bands are not added up. A month not reported counts as expected, and is named. A target must cover all "
    "twelve months; that of a quarter, half-year or year is spread evenly over its own. "
    "No forecast with less history than a year and the months to come.",
)
NEEDS = ("targets", "sales")
BUILDS_ON = (history,)
MONTHS_OF_A_YEAR = 12
SHOWN = 10  # bullets that fit a screen; the table has all
EVEN, SURE, LITTLE = 0.5, 0.8, 0.2  # chances at which the weather turns
MONTHS: dict[Lang, tuple[str, ...]] = {
    "zh": tuple(f"{n}月" for n in range(1, 13)),
    "en": tuple(name[:3] for name in MONTH_NAMES),
}  # words, because a figure takes "12" for a place and not for a name
TOTAL = "total"  # stands for the account of the sum
ALL = Text("合计", "Total")
TARGET = Text("目标", "Target")
TARGETS = Text("哪几家够得着", "Which accounts will reach it")
PART, SHORT, NO_SALES = "part", "short", "no sales"
WHY = {
    PART: Text("目标没有覆盖全年", "the target covers part of the year"),
    SHORT: Text("历史太短或近期没有数", "too short a history, or no figures of late"),
    NO_SALES: Text("没有销售", "no sales"),
}
SAID = Text(
    "预计全年 {landing}（80% 在 {low}–{high}），目标 {target}，达成概率 {chance}",
    "The year lands at {landing} (80% within {low}–{high}) against {target}; chance of reaching it {chance}",
)
ONE = Text(
    "预计全年 {landing}，达成概率 {chance}，差 {gap}；余下每月要 {required}，是预计的 {rate} 倍",
    "Lands at {landing}, chance {chance}, {gap} short; the months left need {required} each, {rate} times what is "
    "expected",
)
NEEDED = Text(
    "余下 {n} 个月每月要 {required}，是预计的 {rate} 倍", "{n} months left need {required} each, {rate} times expected"
)
NOT_TOLD = Text("{n} 家没有预测：{why}", "{n} without a forecast: {why}")
FILLED = Text("{n} 家有没报的月份，按预计算", "{n} with a month not reported, counted as expected")


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One account with a target this year, or the total; without a forecast `why` says so and the rest is empty."""

    account: str  # TOTAL for the sum
    name: str
    name_en: str
    owner: str
    target: float  # CNY, what is loaded for the calendar year
    to_date: float | None  # CNY, months that have ended
    landing: float | None  # CNY, expected
    low: float | None  # CNY, lower end of the 80 % band
    high: float | None
    probability: float | None  # of reaching the target
    required: float | None  # CNY, mean of the open months that reaches the target; None: no month is open
    required_rate: float | None  # over what is expected of them
    filled: int  # months not reported, counted as expected
    why: str  # a key of WHY, or ""
    ended: int  # months of the year that have ended
    course: tuple[tuple[float, float, float], ...]  # low, expected, high total up to each month, CNY
    aim: tuple[float, ...]  # what the target asks up to each month, CNY

    @property
    def gap(self) -> float:
        """Target minus landing, CNY; zero where it is reached or unknown."""
        return 0.0 if self.landing is None else max(self.target - self.landing, 0.0)


@dataclass(frozen=True, slots=True)
class Aim:
    """One row of the SQL."""

    account: str
    name: str
    name_en: str
    owner: str
    month: date
    target: float


def ask(store: Store, scope: Scope) -> list[Row]:
    """The total first (of two accounts and more), then accounts by what they lack."""
    aims = store.rows(Path(__file__).with_suffix(".sql"), Aim, **scope.params())
    targets = {code: list(group) for code, group in groupby(aims, key=lambda a: a.account)}
    if not targets:
        return []
    panel = history.months(store, scope)
    place, year = {who.account: n for n, who in enumerate(panel.who)}, year_of(panel, scope)
    rows = [_row(group, year, place.get(code)) for code, group in targets.items()]
    told = [r for r in rows if r.landing is not None]
    total = [_total(told, panel, year, [place[r.account] for r in told], targets)] if len(told) > 1 else []
    return total + sorted(rows, key=lambda r: (r.landing is None, -r.gap, -r.target, r.account))


def _row(group: Sequence[Aim], year: Year, n: int | None) -> Row:
    one, aims = group[0], _aims(group)
    who = (one.account, one.name, one.name_en, one.owner)
    if n is None:
        return _bare(who, aims, year, NO_SALES)
    if len(group) < MONTHS_OF_A_YEAR:
        return _bare(who, aims, year, PART)
    law, actual, expected = year.laws[n], year.actual[n], year.expected[n]
    first = int(np.flatnonzero(~np.isnan(actual))[0]) if not np.isnan(actual).all() else year.ended
    actual = np.where(np.arange(12) < first, 0.0, actual)  # before it began it sold nothing
    if law is None or (np.isnan(actual) & ~(expected >= 0)).any() or aims.sum() <= 0:
        return _bare(who, aims, year, SHORT)
    return _landed(who, aims, actual, expected, law, year.ended)


def _aims(group: Sequence[Aim]) -> Array:
    """The target by month: (12,)."""
    aims = np.zeros(MONTHS_OF_A_YEAR)
    for aim in group:
        aims[aim.month.month - 1] = aim.target
    return aims


def _bare(who: tuple[str, str, str, str], aims: Array, year: Year, why: str) -> Row:
    nothing = dict.fromkeys(("to_date", "landing", "low", "high", "probability", "required", "required_rate"))
    return Row(*who, float(aims.sum()), **nothing, filled=0, why=why, ended=year.ended, course=(), aim=())


def _landed(
    who: tuple[str, str, str, str], aims: Array, actual: Array, expected: Array, law: ErrorLaw, ended: int
) -> Row:
    season = aims if (aims > 0).all() else None
    found = landing(actual, np.where(np.isnan(actual), expected, 0.0), float(aims.sum()), law, season)
    left = found.required[~np.isnan(found.required)]
    open_months = left[-(12 - ended) :] if ended < 12 else left[:0]
    return Row(
        *(*who, found.target, found.to_date, found.landing, found.low, found.high, found.probability),
        *((float(open_months.mean()), found.required_rate) if open_months.size else (None, None)),
        *(int(np.isnan(actual[:ended]).sum()), "", ended),
        tuple((float(a), float(b), float(c)) for a, b, c in found.course.T),
        tuple(float(x) for x in np.cumsum(aims)),
    )


def _total(
    told: Sequence[Row], panel: History, year: Year, places: Sequence[int], targets: dict[str, list[Aim]]
) -> Row:
    """The sum of the accounts that have a forecast; its band comes from the errors of forecasting the sum."""
    filled = np.where(np.isnan(panel.y), one_step(panel.y, panel.groups, panel.season), panel.y)[places]
    before = np.cumsum(~np.isnan(panel.y[places]), axis=1) == 0
    summed = History(panel.season, panel.starts, (panel.who[0],), np.where(before, 0.0, filled).sum(axis=0)[None])
    law = laws(summed, 12 - year.ended)[0] or max(
        (law for n in places if (law := year.laws[n])), key=lambda law: law.level
    )
    both = np.where(np.isnan(year.actual), year.expected, year.actual)[places]
    months = np.nansum(both, axis=0)
    actual = np.where(np.arange(12) < year.ended, months, np.nan)
    aims = np.sum([_aims(targets[r.account]) for r in told], axis=0)
    row = _landed((TOTAL, ALL.zh, ALL.en, ""), aims, actual, months, law, year.ended)
    return replace(row, to_date=sum(r.to_date or 0.0 for r in told), filled=sum(r.filled for r in told))


def level(chance: float) -> Level:
    """Weather of a chance: fair from 80 %, change from 50 %, rain from 20 %, storm under it."""
    return "fair" if chance >= SURE else "change" if chance >= EVEN else "rain" if chance >= LITTLE else "storm"


def head(rows: Sequence[Row]) -> Row | None:
    """The total, or the only account that has a forecast."""
    told = [r for r in rows if r.landing is not None]
    return told[0] if told and (told[0].account == TOTAL or len(told) == 1) else None


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The whole, then each account that is expected to fall short by what it lacks, then who has no forecast."""
    first, found = head(rows), []
    if first is not None:
        whole = Finding(level(first.probability or 0.0), _said(first), first.gap)
        about = {"account": first.account, "name": first.called, "owner": first.owner}
        found.append(whole if first.account == TOTAL else replace(whole, **about))
    for r in rows:
        if r is not first and r.probability is not None and r.gap > 0:
            found.append(Finding(level(r.probability), _one(r), r.gap, r.account, r.called, r.owner))
    for why, text in WHY.items():
        if n := sum(r.why == why for r in rows):
            found.append(Finding("change", NOT_TOLD.fill(n=n, why=text)))
    if n := sum(r.filled > 0 for r in rows if r.account != TOTAL):
        found.append(Finding("change", FILLED.fill(n=n)))
    return found


def _said(row: Row) -> Text:
    money = {name: SALES.text(getattr(row, name)) for name in ("landing", "low", "high", "target")}
    return SAID.fill(chance=REACHING.text(row.probability), **money)


def _one(row: Row) -> Text:
    return ONE.fill(
        landing=LANDING.text(row.landing), chance=REACHING.text(row.probability), gap=SALES.text(row.gap),
        required=SALES.text(row.required), rate=_times(row),
    )  # fmt: skip


def needed(row: Row) -> Text:
    """What the months that are open must bring; empty words where none is, or the target is reached."""
    if not row.required or row.required_rate is None:
        return Text("", "")
    return NEEDED.fill(n=12 - row.ended, required=SALES.text(row.required), rate=_times(row))


def _times(row: Row) -> str:
    return "–" if row.required_rate is None else f"{row.required_rate:.2f}"


def unit(rows: Sequence[Row], look: Look) -> Unit:
    """What the fan's numbers are counted in."""
    first = head(rows)
    return unit_for([first.high or 0.0, first.target] if first else [], look.lang)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The fan of the total, or of the only account."""
    first, scale = head(rows), unit(rows, look)
    if first is None:
        return charts.fan((), (), 0, (), look, 0)
    course = [tuple(v / scale.size for v in month) for month in first.course]
    return charts.fan(MONTHS[look.lang], course, first.ended, [v / scale.size for v in first.aim], look, scale.digits)


def draw_accounts(rows: Sequence[Row], look: Look) -> go.Figure:
    """Bullets of the accounts that lack most: bar is the year expected, tick the target, ring what is there."""
    shown = [r for r in rows if r.landing is not None and r.account != TOTAL][:SHOWN]
    items = [
        (r.called, (r.landing or 0.0) / r.target * 100, (r.to_date or 0.0) / r.target * 100,
         REACHING.show(r.probability, look.lang))
        for r in shown
    ]  # fmt: skip
    return charts.bullets(items, look, TARGET)
