"""Who is slipping away: silent beyond its own rhythm, or on a slope beyond its own noise?

Silence is measured by the account's own pauses, never by a fixed number of days. With sell-out the account stopped
reporting or stopped selling, as data health tells them apart. The slope is the last three months against the last
twelve, without season.

Units: money in CNY (of twelve months), pauses in days, changes as ratios.
Source: `sales_day`, `sales_month`; see `slipping.sql`; `stats.rhythm`, `health.completeness`.
Duty: 9, timely and accurate sales statistics; it also feeds duty 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

import numpy as np
import plotly.graph_objects as go

from analytics import charts
from analytics.accounts import history
from analytics.answer import Finding, Level, OfAccount, Scope
from analytics.charts.theme import Look
from analytics.health import completeness
from analytics.metrics import AT_STAKE
from analytics.numbers import Unit, plain, unit_for
from analytics.stats.rhythm import SHORT, Slip, rhythm, slip
from analytics.stats.seasonal import at, fit
from data.store import Store
from data.text import Text, same

QUESTION = Text("谁在悄悄离开？", "Who is slipping away?")
CAPTION = Text("一年涉及的金额", "Sales of a year at stake")
MEANING = Text(
    "沉默：距上次有销售的天数，对照该客户自己的间隔（间隔立方根的中位数和离散，偏离 3 以上才算），至少 5 次间隔。终"
    "端销售先分清停止报数（文件没来，库存也没来）和停止销售（库存还在报），口径同数据健康页；迟报的不算。下滑：去掉"
    "季节后，近三个月均值比近 12 个月均值低，低过该客户自己的波动（2.4 个标准误），且至少低 5%；要 24 个月的数。沉默"
    "的涉及近 12 个月全部销售额，下滑的涉及下滑比例 × 近 12 个月。",
    "Silence: days since the last sales against the account's own pauses (median and spread of their cube roots, "
    "beyond 3), five pauses at least. Sell-out is first told apart: stopped reporting (neither its file nor its "
    "stock comes) or stopped selling (its stock still comes), as on the page of data health; late is neither. "
    "Slope: without season, mean of three months under the mean of twelve by more than the account's own noise (2.4 "
    "standard errors); it needs 24 months. At stake: of the silent all of their twelve months, of the others the "
    "slope times these.",
)
NEEDS = ("sales",)
ENRICHED_BY = ("stock", "orders")
BUILDS_ON = (history, completeness)
WHOLE_YEARS = 24  # months of history from which a season can be taken off a slope
LEAST = 0.05  # slope; a smaller one is no matter for a meeting even where it is beyond noise
SHOWN = 8  # bars of the figure; the table has all
STOPPED, EMPTY, SILENT, FALLING, STEADY, OPEN = "not reporting", "not selling", "silent", "slipping", "steady", "open"
STATES = {
    STOPPED: Text("停止报数", "Not reporting"),
    EMPTY: Text("停止销售", "Not selling"),
    SILENT: Text("沉默", "Silent"),
    FALLING: Text("下滑", "Slipping"),
    STEADY: Text("正常", "Steady"),
    OPEN: Text("判断不了", "Cannot be judged"),
}
LOST = (STOPPED, EMPTY, SILENT)  # where all of a year's sales are at stake
HEALTH = {completeness.STOPPED: STOPPED, completeness.SILENT: EMPTY, completeness.NOTHING: EMPTY}
PAUSE = Text(
    "已 {silence} 天没有订货，平常隔 {usual} 天，{limit} 天以上才算异常",
    "No order for {silence} days; usually every {usual}, unusual from {limit}",
)
SLOPE = Text(
    "近三个月比近 12 个月的水平低 {change}，平常波动在 {noise} 以内",
    "Three months are {change} under the level of twelve; its noise explains up to {noise}",
)
GONE = Text("{state}：最近一次是 {last}", "{state}: last on {last}")
HEAD = Text("{n} 家沉默或下滑，一年涉及 {stake}；最大的是{name}", "{n} silent or slipping, {stake} a year; {name} most")
NONE = Text("{n} 家里没有沉默或下滑的", "None of {n} accounts is silent or slipping")
UNJUDGED = Text(
    "{n} 家判断不了：间隔不满 5 次且不满 24 个月，或近 12 个月有缺",
    "{n} cannot be judged: under five pauses and under 24 months, or months missing in the last twelve",
)


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One account that sold in the last twelve months."""

    account: str
    name: str
    name_en: str
    owner: str
    state: str  # a key of STATES
    last_day: date  # with sales
    silent_days: int
    usual_days: float | None  # its usual pause; None: under five pauses
    limit_days: float | None  # from which its silence is unusual
    change: float | None  # slope, last three months against twelve; None: too short
    within: float | None  # what its own noise explains of it
    rolling: float  # CNY, twelve months
    stake: float  # CNY a year; 0 where nothing is wrong


@dataclass(frozen=True, slots=True)
class Pause:
    """One row of the SQL."""

    account: str
    name: str
    name_en: str
    owner: str
    pause: int
    times: int
    last_day: date
    rolling: float


def ask(store: Store, scope: Scope) -> list[Row]:
    """One list by money at stake; who is well comes last."""
    found = store.rows(Path(__file__).with_suffix(".sql"), Pause, **scope.params())
    slopes, gone = _slopes(store, scope), _gone(store, scope)
    grouped = (list(group) for _, group in groupby(found, key=lambda p: p.account))
    rows = [_row(g, scope, slopes.get(g[0].account), gone.get(g[0].account)) for g in grouped if g[0].rolling > 0]
    return sorted(rows, key=lambda r: (-r.stake, r.state == STEADY, -r.rolling, r.account))


def _slopes(store: Store, scope: Scope) -> dict[str, Slip]:
    """The slope of each account with two years of the market's months behind it."""
    panel = history.months(store, scope)
    if len(panel.starts) < WHOLE_YEARS:
        return {}
    season = fit(panel.y[:, :-SHORT], panel.groups, panel.season).index  # else a fall would be taken for a season
    index = at(season, 0, len(panel.starts), panel.season)
    return {who.account: slip(panel.y[n], index[n]) for n, who in enumerate(panel.who)}


def _gone(store: Store, scope: Scope) -> dict[str, str]:
    """Accounts whose sell-out has stopped, and how; with sell-in it is their orders that tell."""
    if scope.flow != "sell_out":
        return {}
    rows = completeness.of(completeness.ask(store, scope), scope.flow)
    return {r.account: HEALTH.get(r.now, OPEN if r.now is completeness.LATE else "") for r in rows}


def _row(group: Sequence[Pause], scope: Scope, slope: Slip | None, gone: str | None) -> Row:
    one, own = group[0], rhythm(_days(group), scope.as_of.toordinal())
    known = slope if slope is not None and slope.verdict != "too short" else None
    state = _state(own.silent if scope.flow == "sell_in" else None, known, gone)
    stake = one.rolling if state in LOST else -known.change * one.rolling if known and state == FALLING else 0.0
    return Row(
        *(one.account, one.name, one.name_en, one.owner, state, one.last_day, own.silence),
        *((None, None) if own.silent is None else (own.usual, own.limit)),
        *((None, None) if known is None else (known.change, known.threshold)),
        *(one.rolling, stake),
    )


def _days(group: Sequence[Pause]) -> np.ndarray:
    """Days with sales that have the account's pauses and end with its last; the order of pauses does not matter."""
    pauses = np.repeat([p.pause for p in group], [p.times for p in group])
    return group[0].last_day.toordinal() - np.cumsum(np.sort(pauses))


def _state(silent: bool | None, slope: Slip | None, gone: str | None) -> str:
    if gone:
        return gone
    if silent:
        return SILENT
    if slope is not None:
        return FALLING if slope.verdict == "slipping" and slope.change <= -LEAST else STEADY
    return OPEN if silent is None else STEADY


def wrong(rows: Sequence[Row]) -> list[Row]:
    """Who is silent or slipping, by money at stake."""
    return [r for r in rows if r.stake > 0]


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """Each account that is silent or slipping with its reason, by money; then how many cannot be judged."""
    found = [Finding(_level(r), reason(r), r.stake, r.account, r.called, r.owner) for r in wrong(rows)]
    judged = sum(r.state != OPEN for r in rows)
    if found:
        stake = AT_STAKE.text(sum(f.weight for f in found))
        found = [Finding("rain", HEAD.fill(n=len(found), stake=stake, name=found[0].name)), *found]
    elif judged:
        found = [Finding("fair", NONE.fill(n=judged))]
    return found + ([Finding("change", UNJUDGED.fill(n=len(rows) - judged))] if judged < len(rows) else [])


def _level(row: Row) -> Level:
    return "storm" if row.state in LOST else "rain"


def reason(row: Row) -> Text:
    """Why an account is listed."""
    if row.state == SILENT:
        return PAUSE.fill(silence=row.silent_days, usual=plain(row.usual_days), limit=plain(row.limit_days))
    if row.state == FALLING:
        return SLOPE.fill(change=_share(-(row.change or 0.0)), noise=_share(row.within or 0.0))
    return GONE.fill(state=STATES[row.state], last=row.last_day)


def _share(x: float) -> Text:
    return same(f"{x:.0%}")


def unit(rows: Sequence[Row], look: Look) -> Unit:
    """What the figure's numbers are counted in."""
    return unit_for([r.stake for r in rows], look.lang)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Money at stake by account, the most first."""
    scale = unit(rows, look)
    bars = [(r.called, r.stake / scale.size) for r in wrong(rows)[:SHOWN]]
    return charts.amounts(bars, look, Text(f"一年，{scale.name}", f"A year, {scale.name}"), scale.digits)
