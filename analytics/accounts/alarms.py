"""Which accounts have dropped, and why do we think so?

Each account against what was to be expected of it from its own past and season, beside the median of the others, so
that a market that falls as a whole raises nobody. By week where sell-out comes by week for two years and the usual
account is quiet enough by week, else by month. A period that is missing, or reported in part, neither raises nor clears
anything. Who cannot be watched is named.

Units: money in CNY (a year where it says so), changes and noise as ratios.
Source: `sales_month`, `sales_day`; see `history.sql`, `weeks.sql`; rules and reach: `stats.alarms`,
docs/methods.md.
Duty: 9, timely and accurate sales statistics.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from analytics import charts
from analytics.accounts import history
from analytics.accounts.history import History, Who
from analytics.answer import Finding, Level, OfAccount, Scope
from analytics.charts.theme import Look
from analytics.metrics import AT_STAKE
from analytics.numbers import Unit, unit_for
from analytics.stats.alarms import MONTHS, WEEKS, Alarm, Watched, lacking, watch
from data.store import Store
from data.text import Text, same

QUESTION = Text("哪些客户掉下来了，凭什么这么说？", "Which accounts dropped, and why do we think so?")
CAPTION = Text("每年少卖的金额，对照各家应有的水平", "Missing a year, against what was to be expected of each")
MEANING = Text(
    "每家客户对照自己的季节和水平应有的销售，再减去其他客户的中位偏差（大家一起跌，不报警）。慢规则：偏低一期一期累"
    "积，超过限度；快规则：三期里两期远低于平常（稳健偏离 −3 以下）。少多少＝最近三个月对照掉之前的预测，不到 5% 不"
    "说；每年金额＝这个比例 × 一年应有的销售。没报数或只报了一部分的期间不判断。终端销售满两年、周波动不大就按周看，"
    "否则按月看。平常波动超过 10% 的客户，掉两成多半看不出来，写明；全部历史不满 22 个月、该客户不满 10 个月，或四期"
    "里有一期以上没有销售的，不看。误报约每家每年 0.2 次。",
    "Each account against what its own season and level made likely, less the median deviation of the others (when "
    "all fall, nobody is reported). Slow rule: small shortfalls add up beyond a limit; fast rule: two of three "
    "periods far below usual (robust z under −3). How much: the last three months against the forecast made before "
    "the drop, from 5% on; money a year: that share of a year's expected sales. Periods not reported, or in part "
    "only, are not judged. By week where sell-out has two years of weeks that are quiet enough, else by month. Over "
    "10% of usual noise most drops of a fifth pass unseen, and it says so; with under 22 months of figures in all, "
    "under 10 of its own, or nothing sold in over a quarter of the periods, an account is not watched. False "
    "alarms: about 0.2 per account and year.",
)
NEEDS = ("sales",)
BUILDS_ON = (history,)
QUIET = (
    0.10  # usual error of a period above which most drops of a fifth pass unseen, by week or month (docs/methods.md)
)
RARE = 0.25  # share of the last two years' periods with nothing sold, above which an account buys too seldom to watch
RECENT = {"week": 26, "month": 6}  # periods an alarm is told for: half a year
LATELY = {"week": 13, "month": 3}  # periods that say where the account stands now: three months
HALF = 0.5  # of the drop: who has made good more than this is no longer told
LEAST = 0.05  # of what was expected: a smaller drop is no matter for a meeting
SHOWN = 8  # bars of the figure; the table has all
DROPPED, BACK, STEADY, NOISY, RARELY, SHORT = "dropped", "back", "steady", "noisy", "rare", "short"
STATES = {
    DROPPED: Text("掉了", "Dropped"),
    BACK: Text("已回升", "Recovered"),
    STEADY: Text("正常", "As expected"),
    NOISY: Text("波动大，只看得出大跌", "Noisy: only large drops show"),
    RARELY: Text("订货太疏，不看", "Buys too seldom to be watched"),
    SHORT: Text("数据太短，不看", "Too short to be watched"),
}
RULES = {
    "slow": Text("慢规则：偏低逐期累积", "slow rule: shortfalls added up"),
    "fast": Text("快规则：三期里两期远低于平常", "fast rule: two of three periods far below usual"),
}
ONE = Text(
    "自 {since} 起少了 {drop}（对照应有水平），一年约 {stake}（{rule}，{raised} 报出）",
    "{drop} less than expected since {since}, about {stake} a year ({rule}, raised {raised})",
)
HEAD = Text("{n} 家掉下来了，一年约 {stake}；最大的是{name}", "{n} accounts dropped, about {stake} a year; {name} most")
NONE = Text("看得清的 {n} 家里没有掉下来的", "None of the {n} accounts that can be watched closely has dropped")
UNWATCHED = Text("看不清的：{reasons}", "Not watched closely: {reasons}")
TOO_SHORT = Text("{n} 家历史太短", "{n} with too short a history")
TOO_RARE = Text("{n} 家订货太疏", "{n} that buy too seldom")
TOO_NOISY = Text("{n} 家波动大，只看得出大跌", "{n} so noisy that only large drops show")
AND = Text("、", ", ")
WATCH = Text("预警：{state}", "Alarm: {state}")
SINCE, RAISED = Text("起点", "Began"), Text("报出", "Raised")


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One account: what the watch says of it. Without a drop of late `drop`, `stake`, `rule` and days are empty."""

    account: str
    name: str
    name_en: str
    owner: str
    state: str  # a key of STATES
    rhythm: str  # week or month
    periods: int  # with figures
    rule: str  # slow, fast or ""
    since: date | None  # first day of the period in which the drop began most likely
    raised: date | None  # first day of the period that raised it
    drop: float | None  # of the last three months against what was expected, beside the peers (−0.2: a fifth less)
    stake: float | None  # CNY a year that go missing at that rate
    noise: float | None  # usual relative error of a period; None: not watched
    starts: tuple[date, ...]  # first days of the periods of two years, oldest first
    course: tuple[float | None, ...]  # CNY in each; None: not reported


def ask(store: Store, scope: Scope) -> list[Row]:
    """Who dropped first, by money a year; then who cannot be watched well; then the others."""
    panel = history.weeks(store, scope)
    rows = _judged(panel) if panel else []
    if panel is None or not is_quiet(rows):
        panel = history.months(store, scope)
        rows = _judged(panel)
    chosen = {who.account for who in panel.who if who.chosen}
    rows = [r for r in rows if r.account in chosen]
    order = list(STATES)
    return sorted(rows, key=lambda r: (order.index(r.state), -(r.stake or 0.0), r.account))


def is_quiet(rows: Sequence[Row]) -> bool:
    """Whether the usual account of those that are watched shows a drop of a fifth."""
    noise = [r.noise for r in rows if r.noise is not None]
    return bool(noise) and float(np.median(noise)) <= QUIET


def _judged(panel: History) -> list[Row]:
    """All accounts of a panel, each beside all others."""
    rare = _rare(panel)
    regular = panel.of(np.flatnonzero(~rare).tolist())
    return [_bare(panel, int(n), RARELY) for n in np.flatnonzero(rare)] + (_watched(regular) if regular.who else [])


def _rare(panel: History) -> NDArray[np.bool_]:
    """Whether an account sold nothing in more than a quarter of its last two years' periods."""
    last = panel.y[:, -2 * panel.season.period :]
    known = ~np.isnan(last)
    return (known & (last <= 0)).sum(axis=1) > RARE * np.maximum(known.sum(axis=1), 1)


def _watched(panel: History) -> list[Row]:
    found = watch(panel.y, panel.groups, WEEKS if panel.name == "week" else MONTHS)
    latest = {a.series: a for a in found.alarms if a.raised >= len(panel.starts) - RECENT[panel.name]}
    return [_row(panel, n, found, latest.get(n)) for n in range(len(panel.who))]


def _row(panel: History, n: int, found: Watched, alarm: Alarm | None) -> Row:
    known = found.scale[n][~np.isnan(found.scale[n])]
    noise = float(known[-1]) if known.size else None
    if noise is None:
        return _bare(panel, n, SHORT)
    if alarm is None:
        return _bare(panel, n, NOISY if noise > QUIET else STEADY, noise)
    drop, year = (float(x[n]) for x in lacking(panel.y, panel.groups, panel.season, alarm.since, LATELY[panel.name]))
    told = 0.0 if isnan(alarm.drop) else alarm.drop
    if not (drop <= min(-LEAST, HALF * told) and year > 0):
        return _bare(panel, n, BACK, noise)
    who, when = panel.who[n], (panel.starts[alarm.since], panel.starts[alarm.raised])
    return Row(
        *_names(who),
        DROPPED,
        panel.name,
        _known(panel, n),
        alarm.rule,
        *when,
        drop,
        -drop * year,
        noise,
        *_course(panel, n),
    )


def _bare(panel: History, n: int, state: str, noise: float | None = None) -> Row:
    who = _names(panel.who[n])
    return Row(*who, state, panel.name, _known(panel, n), "", None, None, None, None, noise, *_course(panel, n))


def _course(panel: History, n: int) -> tuple[tuple[date, ...], tuple[float | None, ...]]:
    years = -2 * panel.season.period
    return panel.starts[years:], tuple(None if np.isnan(v) else float(v) for v in panel.y[n, years:])


def _names(who: Who) -> tuple[str, str, str, str]:
    return who.account, who.name, who.name_en, who.owner


def _known(panel: History, n: int) -> int:
    return int((~np.isnan(panel.y[n])).sum())


def dropped(rows: Sequence[Row]) -> list[Row]:
    """Those who dropped and have not made it good, by money a year."""
    return [r for r in rows if r.state == DROPPED]


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """Each drop with its reasons, by money a year; then how many cannot be watched."""
    watched = sum(r.state in (STEADY, BACK) for r in rows)
    found = [
        Finding(level(r), reason(r), r.stake or 0.0, r.account, r.called, r.owner) for r in dropped(rows)
    ]  # fmt: skip
    if found:
        stake = AT_STAKE.text(sum(f.weight for f in found))
        found = [Finding("rain", HEAD.fill(n=len(found), stake=stake, name=found[0].name)), *found]
    elif watched:
        found = [Finding("fair", NONE.fill(n=watched))]
    counts = ((TOO_SHORT, SHORT), (TOO_RARE, RARELY), (TOO_NOISY, NOISY))
    reasons = [text.fill(n=n) for text, state in counts if (n := sum(r.state == state for r in rows))]
    if reasons:
        told = Text(AND.zh.join(t.zh for t in reasons), AND.en.join(t.en for t in reasons))
        found.append(Finding("change", UNWATCHED.fill(reasons=told)))
    return found


def title(row: Row) -> Text:
    """What the watch says of one account: its drop with the reasons, or how it stands."""
    return reason(row) if row.state == DROPPED else WATCH.fill(state=STATES[row.state])


def level(row: Row) -> Level:
    """Storm from a fifth less on, else rain."""
    return "storm" if (row.drop or 0.0) <= -0.2 else "rain"


def reason(row: Row) -> Text:
    """Since when, by how much, the money, which rule."""
    return ONE.fill(
        since=_day(row, row.since), drop=percent(row), stake=AT_STAKE.text(row.stake),
        rule=RULES[row.rule], raised=_day(row, row.raised),
    )  # fmt: skip


def percent(row: Row) -> Text:
    """The drop as a share: 22%."""
    return same(f"{-(row.drop or 0.0):.0%}")


def _day(row: Row, day: date | None) -> str:
    return "" if day is None else f"{day:%Y-%m-%d}" if row.rhythm == "week" else f"{day:%Y-%m}"


def unit(rows: Sequence[Row], look: Look) -> Unit:
    """What the figure's numbers are counted in."""
    return unit_for([r.stake or 0.0 for r in dropped(rows)], look.lang)


def draw_course(rows: Sequence[Row], look: Look) -> go.Figure:
    """Two years of one account, with the place where its drop began and the one that raised it."""
    if len(rows) != 1:
        return charts.marked((), (), (), look, 0)
    row, scale = rows[0], course_unit(rows, look)
    values = [None if v is None else v / scale.size for v in row.course]
    marks = [(row.starts.index(day), word) for day, word in ((row.since, SINCE), (row.raised, RAISED)) if day]
    return charts.marked([_day(row, day) for day in row.starts], values, marks, look, scale.digits)


def course_unit(rows: Sequence[Row], look: Look) -> Unit:
    """What the numbers of `draw_course` are counted in."""
    return unit_for([v or 0.0 for r in rows for v in r.course], look.lang)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Money a year that goes missing, by account, the most first."""
    scale = unit(rows, look)
    bars = [(r.called, -(r.stake or 0.0) / scale.size) for r in dropped(rows)[:SHOWN]]
    return charts.deviations(bars, look, Text(f"一年，{scale.name}", f"A year, {scale.name}"), scale.digits)
