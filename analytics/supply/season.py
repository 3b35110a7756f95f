"""What will the coming season ask for?

Each account's need over the weeks of the next peak (or the next eight), as the sum of the forecasts of its products:
pooled seasonal index times level, worked out in SQL and equal to `stats.forecast`. With one account chosen its products
are the rows. The range comes from what the same method missed at earlier weeks as far ahead, at the grain of the row;
of the total the ranges of the rows are added up, as if all missed alike.

Units: pcs; change as a ratio to the same weeks of last year.
Source: `sales`, `product_dim`, `account_dim`, `calendar`; see `season.sql`, `upcoming.py`; docs/methods.md.
Duty: 1, assured supply, above all before a peak season.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, OfAccount, Scope
from analytics.charts.theme import Look
from analytics.metrics import GROWTH, NEED
from analytics.numbers import Unit, pieces_for
from analytics.supply import peak, places, season_arrays
from analytics.supply.upcoming import EIGHT, Coming, coming
from data.store import Store
from data.text import Text

QUESTION = Text("即将到来的旺季要多少货？", "What will the coming season ask for?")
CAPTION = Text(
    "旺季各周预计需求：条为预计，横线为 80% 的范围，圆圈为去年同期",
    "Need of the season's weeks: bar is expected, whisker holds 80%, ring is the same weeks last year",
)
MEANING = Text(
    "旺季＝日历里下一个旺季碰到的整周；没有日历或旺季在 26 周以外时，看未来八周。每个客户每个产品的周需求＝水平（近 8 "
    "周和 26 周）× 季节指数（自己的与同品类的按年数加权），再按客户加总；只选一个客户时按产品列。80% 的范围：同一方法"
    "在之前最多六个时点、同样提前量、同样一级（客户或产品）上的误差。合计的范围是各行上下限之和，即假定各行同时偏向一"
    "边，所以偏宽。近来没卖的、太新的产品不在内，写明个数。客户没报数的周不算零。过去证明更准的，冬天各周按离春节的周"
    "数对齐，去年同期也一样；否则移动一周以上的旺季会错位，写明。",
    "The season: whole weeks that the calendar's next peak touches; without a calendar, or with a peak over 26 weeks "
    "away, the next eight. Each product's week at each account = level (last 8 and 26 weeks) × seasonal index (own and "
    "category's, weighed by years seen), added up by account; with one account chosen, by product. The 80% range: what "
    "the method missed at up to six earlier times, as far ahead and at the same grain. The total's range is the sum of "
    "the rows', as if all missed to one side, so it is wide. Products that sold nothing of late, or are too new, are "
    "left out and counted. A week not reported is not a zero. Winter weeks go by their "
    "distance from Spring Festival, last year's too, where the past shows that this is better; else a peak that moved "
    "by a week or more is named.",
)
NEEDS = ("sales",)
ENRICHED_BY = ("products", "accounts", "calendar")
BUILDS_ON = (peak, places)
SQL = Path(__file__).with_suffix(".sql")
SHOWN = 10  # rows of the figure; the table has all
NAMED = 3  # rows with a sentence of their own
SHORT, NOTHING = "short", "nothing"
WHY = {
    SHORT: Text("历史不满一年再加到季末的周数", "history shorter than a year and the weeks to the season's end"),
    NOTHING: Text("近来没有销售，或太新", "nothing sold of late, or too new"),
}
MANY = 2_000  # series above which numpy answers instead, in a tenth of the time and the same to 1e-9
MOVES = 7  # days from which a peak no longer lies in the same weeks as last year
YEAR = 53  # weeks: a whole year and one, before the weeks that an earlier forecast is judged by
SAID = Text(
    "{name}（{start} 至 {end}）预计要 {need} 件，80% 在 {low}–{high}",
    "{name} ({start} to {end}) asks for {need} pcs, 80% within {low}–{high}",
)
CHANGED = Text("{said}；去年同期 {before} 件，{change}", "{said}; {before} pcs in the same weeks last year, {change}")
EACH = Text("{need} 件，80% 在 {low}–{high}", "{need} pcs, 80% within {low}–{high}")
EACH_CHANGED = Text("{said}；比去年同期 {change}", "{said}; {change} on the same weeks last year")
PLANNED = Text(
    "按日历填的增幅 {growth}，去年同期加它是 {planned} 件，预计是 {need} 件",
    "The calendar expects {growth}: last year and that much more is {planned} pcs, the forecast {need}",
)
NO_PEAK = Text(
    "日历里 26 周内没有旺季，看的是未来八周；上传旺季日历后按旺季看",
    "No peak in the calendar within 26 weeks: these are the next eight; upload the calendar to see the peak",
)
MOVED = Text(
    "{name}比去年{way} {n} 天：季节指数按日历周，这几周的预计会错位，也不与去年同期比",
    "{name} begins {n} days {way} than last year: the season goes by calendar weeks, so these weeks may be off, "
    "and they are not compared with last year's",
)
EARLIER, LATER = Text("早", "earlier"), Text("晚", "later")
LEFT = Text("{n} 个产品（按客户计）没有预测：{why}", "{n} products (by account) without a forecast: {why}")
NONE_TOLD = Text("还没有预测：{why}", "No forecast yet: {why}")


@dataclass(frozen=True, slots=True)
class Week:
    """One row of the SQL: an account (sku "") or a series in one week ahead; totals run from the season's first."""

    account: str
    name: str
    name_en: str
    owner: str
    sku: str
    sku_name: str
    sku_name_en: str
    week: date  # Monday
    weeks: int
    series: int
    forecast: int
    pcs: float | None
    low: float | None
    high: float | None
    total: float | None
    total_low: float | None
    total_high: float | None
    before: float | None


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """The need of an account, or of one product at the chosen account, over the season's weeks; `why` where unknown."""

    account: str
    name: str
    name_en: str
    owner: str
    sku: str
    sku_name: str
    sku_name_en: str
    peak: str  # "" where the next eight weeks are meant
    peak_en: str
    starts_on: date  # Monday
    ends_on: date  # Sunday
    need: float | None  # pcs
    low: float | None  # pcs, 80 % range
    high: float | None
    before_pcs: float | None  # same weeks of last year; None: not reported in one of them, or the peak moved
    growth: float | None  # that the calendar expects on last year
    moved_days: int  # by which the peak begins later (−: earlier) than 52 weeks after last year's
    left_out: int  # series without a forecast
    why: str  # a key of WHY, or ""

    @property
    def change(self) -> float | None:
        """Need over the same weeks of last year, minus one."""
        return self.need / self.before_pcs - 1 if self.need is not None and self.before_pcs else None

    @property
    def label(self) -> Text:
        """The product where the rows are products, else the account."""
        return Text(self.sku_name, self.sku_name_en) if self.sku else self.called


def ask(store: Store, scope: Scope) -> list[Row]:
    """Largest need first, then those without a forecast."""
    season, by = coming(store, scope), places.places(store, scope)
    one = scope.accounts is not None and len(scope.accounts) == 1
    within = season.within(scope)
    if by.series > MANY:
        weeks = [Week(*line) for line in season_arrays.lines(store, within, one, season.last + 1, season.first)]
    else:
        asked = within.params() | dict(by_sku=one, horizon=season.last + 1, first=season.first, places=by.digits)
        weeks = store.rows(SQL, Week, **asked)
    if by.follow(season.starts_on, season.ends_on):
        season = replace(season, moved=0)  # this year's weeks stand beside those as far from last year's festival
    rows = [_row(list(group), season) for _, group in groupby(weeks, key=lambda w: (w.account, w.sku))]
    return sorted(rows, key=lambda r: (r.need is None, -(r.need or 0.0), r.account, r.sku))


def _row(ahead: Sequence[Week], season: Coming) -> Row:
    one, end = ahead[0], ahead[season.last]
    before = [w.before for w in ahead[season.first : season.last + 1]]
    known = [pcs for pcs in before if pcs is not None]
    named = Text("", "") if season.name is EIGHT else season.name
    why = "" if end.total is not None else SHORT if one.weeks < YEAR + season.last + 1 else NOTHING
    return Row(
        account=one.account, name=one.name, name_en=one.name_en, owner=one.owner,
        sku=one.sku, sku_name=one.sku_name, sku_name_en=one.sku_name_en,
        peak=named.zh, peak_en=named.en, starts_on=season.starts_on, ends_on=season.ends_on,
        need=end.total, low=end.total_low, high=end.total_high,
        before_pcs=sum(known) if len(known) == len(before) and abs(season.moved) < MOVES else None,
        growth=season.growth, moved_days=season.moved, left_out=one.series - one.forecast, why=why,
    )  # fmt: skip


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The whole season, what the calendar expects, the largest needs, then what was left out and why."""
    told = [r for r in rows if r.need is not None]
    if not rows:
        return []
    if not told:
        return [Finding("change", NONE_TOLD.fill(why=WHY[rows[0].why]))]
    found = [_whole(told)]
    found += [Finding("change", _planned(told))] if told[0].growth is not None and _before(told) else []
    found += [Finding("change", _each(r), 0.0, r.account, r.label, r.owner) for r in told[:NAMED] if len(told) > 1]
    found += [] if told[0].peak else [Finding("change", NO_PEAK)]
    found += [Finding("change", _moved(told[0]))] if abs(told[0].moved_days) >= MOVES else []
    left = sum(r.left_out for r in rows)
    return [*found, *([Finding("change", LEFT.fill(n=left, why=WHY[NOTHING]))] if left else [])]


def _whole(told: Sequence[Row]) -> Finding:
    one, need, before = told[0], sum(r.need or 0.0 for r in told), _before(told)
    name = Text(one.peak, one.peak_en) if one.peak else EIGHT
    bounds = {"low": sum(r.low or 0.0 for r in told), "high": sum(r.high or 0.0 for r in told)}
    sizes = {key: NEED.text(pcs) for key, pcs in (bounds | {"need": need}).items()}
    said = SAID.fill(name=name, start=one.starts_on.isoformat(), end=one.ends_on.isoformat(), **sizes)
    if not before:
        return Finding("change", said)
    change = need / before - 1
    text = CHANGED.fill(said=said, before=NEED.text(before), change=GROWTH.text(change))
    return Finding("fair" if change >= 0 else "rain", text)


def _before(told: Sequence[Row]) -> float | None:
    """Last year's pieces of all rows; None where one of them is unknown, because the sum would be too small."""
    known = [r.before_pcs for r in told if r.before_pcs is not None]
    return sum(known) if len(known) == len(told) else None


def _planned(told: Sequence[Row]) -> Text:
    growth, before = told[0].growth or 0.0, _before(told) or 0.0
    sizes = {"planned": NEED.text(before * (1 + growth)), "need": NEED.text(sum(r.need or 0.0 for r in told))}
    return PLANNED.fill(growth=GROWTH.text(growth), **sizes)


def _moved(row: Row) -> Text:
    way = LATER if row.moved_days > 0 else EARLIER
    return MOVED.fill(name=Text(row.peak, row.peak_en), way=way, n=abs(row.moved_days))


def _each(row: Row) -> Text:
    sizes = {key: NEED.text(getattr(row, key)) for key in ("need", "low", "high")}
    said = EACH.fill(**sizes)
    return said if row.change is None else EACH_CHANGED.fill(said=said, change=GROWTH.text(row.change))


def unit(rows: Sequence[Row], look: Look) -> Unit:
    """What the figure's numbers are counted in."""
    return pieces_for([r.need or 0.0 for r in rows], look.lang)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The largest needs with their ranges."""
    scale = unit(rows, look)
    shown = [r for r in rows if r.need is not None][:SHOWN]
    items = [(r.label, *_sized(r, scale.size)) for r in shown]
    return charts.spans(items, look, Text(scale.name, scale.name), scale.digits)


def _sized(row: Row, size: float) -> tuple[float, float, float, float | None]:
    """Expected, low, high, last year in units of `size`."""
    before = None if row.before_pcs is None else row.before_pcs / size
    return (row.need or 0.0) / size, (row.low or 0.0) / size, (row.high or 0.0) / size, before
