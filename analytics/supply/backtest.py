"""How good were the last forecasts?

The forecasts that the same method would have made at up to six earlier weeks, four weeks apart, against what then came:
error and bias as sums over sums, beside last year's same weeks taken as they were, and how often the 80 % range held.
For single weeks 1 to 26 weeks ahead and for the running total up to them, in all and by category.

Units: errors, bias and shares as ratios.
Source: `sales`, `product_dim`; see `backtest.sql`; `stats.forecast`; docs/methods.md.
Duty: 1, assured supply, above all before a peak season.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import groupby

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.charts.theme import Look
from analytics.metrics import BIAS, COVERED, GROWTH, MISS
from analytics.stats.forecast import forecast
from analytics.stats.seasonal import WEEKLY, Array
from analytics.supply.weekly import Panel, panel
from data.store import Store
from data.text import Text, same

QUESTION = Text("过去的预测准不准？", "How good were the last forecasts?")
CAPTION = Text(
    "未来 1 至 26 周合计的误差，%：预测，以及照搬去年同周",
    "Error of the total of the next 1 to 26 weeks, %: the forecast, and last year's weeks as they were",
)
MEANING = Text(
    "在过去最多六个时点（相隔四周）用当时已知的数据重做预测，再与后来的实际比。误差＝各产品各客户偏差绝对值之和 ÷ 实际"
    "之和；偏差＝预计之和 ÷ 实际之和 − 1；80% 的范围里应有约八成。合格线：误差比照搬去年同周少 10% 以上，偏差在 ±3% "
    "以内，范围里有 74–88%。三条都到才算合格。历史不满一年零一周加两倍提前量的，还不能检验。实际、预测、去年三者都有的"
    "才比。",
    "Forecasts made anew as of up to six earlier weeks, four weeks apart, from what was known then, against what came. "
    "Error: sum of absolute misses by product and account over the sum of what came; bias: sum expected over sum that "
    "came, minus one; the 80% range should hold about four of five. Bars: error at least 10% less than last year's "
    "weeks as they were, bias within ±3%, range holds 74–88%; good needs all three. Not testable with less history "
    "than a year and a week and twice the weeks ahead. Compared where outcome, forecast and last year are known.",
)
NEEDS = ("sales",)
ENRICHED_BY = ("products", "accounts")
MOST = 4_000  # series that a page can wait for; the largest make nearly all of the sums
ORIGINS, EVERY = 6, 4  # earlier weeks that forecasts are made at, and weeks between them
TOGETHER = (
    (1, 2, 4),
    (8, 13),
    (26,),
)  # weeks ahead that are judged by the same forecasts; few by later ones
GAIN, MOST_BIAS, LEAST_COVER, MOST_COVER = 0.10, 0.03, 0.74, 0.88  # the bars; docs/methods.md
WEEK, TOTAL = "week", "total"
GOOD, WEAK, SHORT = "good", "weak", "short"
MAIN = 13  # weeks ahead of the headline: a quarter, as production and transport plan
SAID = Text(
    "{verdict}：未来 {n} 周合计误差 {error}，照搬去年是 {naive}（{gain}）；偏差 {bias}；80% 的范围里有 {cover}",
    "{verdict}: the total of {n} weeks missed by {error}, last year's weeks by {naive} ({gain}); bias {bias}; the 80% "
    "range held {cover}",
)
VERDICTS = {
    GOOD: Text("预测合格", "Forecasts are good"),
    WEAK: Text("预测不够好", "Forecasts are not good enough"),
    SHORT: Text("还不能检验", "Not yet testable"),
}
FAILED = Text("没到线的：{what}", "Bars not reached: {what}")
BARS = (
    Text("误差要比照搬去年少 10%", "error 10% less than last year's weeks"),
    Text("偏差要在 ±3% 以内", "bias within ±3%"),
    Text("范围里要有 74–88%", "range holds 74–88%"),
)
LISTED = Text("{before}、{one}", "{before}, {one}")
WORST = Text(
    "“{name}”误差最大：{error}，照搬去年是 {naive}", "“{name}” misses most: {error}, last year's weeks {naive}"
)
NOT_YET = Text(
    "还不能检验：历史 {weeks} 周，提前 {n} 周要 {wanted} 周",
    "Not yet testable: {weeks} weeks of history, {n} weeks ahead need {wanted}",
)
SAMPLED = Text(
    "检验的是近一年卖得最多的；其余 {n} 个产品（按客户计）没有检验",
    "Judged are those that sold most in a year; {n} other products (by account) are not judged",
)
NAMELESS = Text("未分类", "No category")
OURS, NAIVE = Text("预测", "Forecast"), Text("去年", "Last year")
AHEAD = Text("{n} 周", "{n} wk")


@dataclass(frozen=True, slots=True)
class Row:
    """One category (None: all) and lead: a week `ahead` weeks on, or the total up to it; `short` has no figures."""

    category: str | None
    ahead: int  # weeks
    kind: str  # WEEK or TOTAL
    origins: int  # earlier weeks that were judged
    forecasts: int  # of series with outcome and last year known
    error: float | None  # Σ|came − told| / Σ|came|
    naive: float | None  # the same of last year's weeks
    bias: float | None  # Σ told / Σ came − 1
    cover: float | None  # share of outcomes in the 80 % range
    verdict: str  # GOOD, WEAK or SHORT
    weeks: int  # of history
    unjudged: int = 0  # series that sell less than those judged, where there are very many

    @property
    def gain(self) -> float | None:
        """Error taken away of last year's, as a negative change."""
        return self.error / self.naive - 1 if self.error is not None and self.naive else None

    @property
    def failed(self) -> list[Text]:
        """The bars that are not reached."""
        met = bars(self.error or 0.0, self.naive or 0.0, self.bias or 0.0, self.cover or 0.0)
        return [bar for bar, holds in zip(BARS, met, strict=True) if not holds] if self.verdict == WEAK else []


def bars(error: float, naive: float, bias: float, cover: float) -> tuple[bool, bool, bool]:
    """Whether error, bias and range reach theirs."""
    return error <= (1 - GAIN) * naive, abs(bias) <= MOST_BIAS, LEAST_COVER <= cover <= MOST_COVER


@dataclass(frozen=True, slots=True)
class Judged:
    """Forecasts from all origins against what came: (origins × series, weeks) each; `category` (origins × series,)."""

    told: Array
    low: Array
    high: Array
    came: Array
    before: Array
    category: NDArray[np.integer]

    def of(self, which: NDArray[np.bool_]) -> "Judged":
        """Some of the series."""
        return Judged(**{f.name: getattr(self, f.name)[which] for f in fields(self)})

    def at(self, which: NDArray[np.bool_], week: int) -> tuple[int, float, float, float, float] | None:
        """Compared, error, naive error, bias, cover of one week ahead; None where nothing can be compared."""
        parts = np.stack([x[which, week] for x in (self.told, self.low, self.high, self.came, self.before)])
        told, low, high, came, before = parts[:, ~np.isnan(parts).any(axis=0)]  # no forecast without its range
        size, total = np.abs(came).sum(), came.sum()
        if size <= 0 or total <= 0:
            return None
        held = (came >= low) & (came <= high)
        error, naive = (float(np.abs(came - x).sum() / size) for x in (told, before))
        return len(told), error, naive, float(told.sum() / total - 1), float(held.mean())


def ask(store: Store, scope: Scope) -> list[Row]:
    """All first, then each category; by weeks ahead, the single week before the total."""
    known = panel(store, scope)
    if known is None or not known.chosen.any():
        return []
    some = known.largest(MOST)
    unjudged = int(known.chosen.sum() - some.chosen.sum())
    return [replace(row, unjudged=unjudged) for row in judged(some)] if unjudged else judged(some)


def judged(known: Panel) -> list[Row]:
    """The rows of a panel: all, then each category; by weeks ahead, the single week before the total."""
    present = [int(n) for n in np.unique(known.groups[known.chosen])]
    which = [None, *present] if len(present) > 1 else [None]
    rows = [row for leads in TOGETHER for row in _judge(known, leads, which)]
    order = {None if n is None else known.categories[n]: place for place, n in enumerate(which)}
    return sorted(rows, key=lambda r: order[r.category])


def _judge(known: Panel, leads: Sequence[int], which: Sequence[int | None]) -> Iterator[Row]:
    """By weeks ahead: the single week and the total of each category."""
    horizon = leads[-1]
    origins = list(range(known.y.shape[1] - horizon, WEEKLY.period + horizon, -EVERY))[:ORIGINS]
    parts = [_both(known, origin, horizon) for origin in origins]
    sides = [_stacked([part[n] for part in parts]) for n in range(2)] if parts else [None, None]
    for ahead in leads:
        for kind, side in zip((WEEK, TOTAL), sides, strict=True):
            yield from (_row(known, side, kind, ahead, len(origins), one) for one in which)


def _both(known: Panel, origin: int, horizon: int) -> tuple[Judged, Judged]:
    """Single weeks and running totals of the forecast made at one origin, of the chosen series."""
    y, mine = known.y, known.chosen
    told = forecast(y[:, :origin], known.groups, horizon, known.season(origin))
    came = y[:, origin : origin + horizon]
    before = y[:, origin - WEEKLY.period :][:, :horizon]
    came_total, before_total = np.cumsum(came, axis=1), np.cumsum(before, axis=1)
    single, total = told.band, told.total_band
    return (
        Judged(told.points, single.low, single.high, came, before, known.groups).of(mine),
        Judged(told.total, total.low, total.high, came_total, before_total, known.groups).of(mine),
    )


def _stacked(parts: Sequence[Judged]) -> Judged:
    return Judged(**{f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Judged)})


def _row(known: Panel, side: Judged | None, kind: str, ahead: int, origins: int, one: int | None) -> Row:
    name = None if one is None else known.categories[one]
    found = None
    if side is not None:
        which = np.ones(len(side.category), bool) if one is None else side.category == one
        found = side.at(which, ahead - 1)
    if found is None:
        return Row(name, ahead, kind, origins, 0, None, None, None, None, SHORT, known.y.shape[1])
    count, error, naive, bias, cover = found
    verdict = GOOD if all(bars(error, naive, bias, cover)) else WEAK
    return Row(name, ahead, kind, origins, count, error, naive, bias, cover, verdict, known.y.shape[1])


def head(rows: Sequence[Row]) -> Row | None:
    """The total over a quarter, or over the longest time under it that can be judged."""
    whole = [r for r in rows if r.category is None and r.kind == TOTAL and r.ahead <= MAIN and r.verdict != SHORT]
    return whole[-1] if whole else None


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The verdict with its figures, the bars that were missed, the category that misses most, what is not testable."""
    if not rows:
        return []
    first, found = head(rows), []
    if first is not None:
        found = [Finding("fair" if first.verdict == GOOD else "rain", _said(first))]
        found += [Finding("rain", FAILED.fill(what=_listed(first.failed)))] if first.failed else []
        alike = [r for r in rows if r.category is not None and (r.kind, r.ahead) == (TOTAL, first.ahead) and r.error]
        found += [Finding("change", _worst(max(alike, key=lambda r: r.error or 0.0)))] if alike else []
    found += [Finding("change", SAMPLED.fill(n=rows[0].unjudged))] if rows[0].unjudged else []
    for _, group in groupby([r for r in rows if r.category is None and r.verdict == SHORT], key=lambda r: r.ahead):
        row = next(group)
        wanted = WEEKLY.period + 1 + 2 * next(leads[-1] for leads in TOGETHER if row.ahead in leads)
        if row.weeks < wanted:
            return [*found, Finding("change", NOT_YET.fill(weeks=row.weeks, n=row.ahead, wanted=wanted))]
    return found


def _said(row: Row) -> Text:
    return SAID.fill(
        verdict=VERDICTS[row.verdict], n=row.ahead, error=MISS.text(row.error), naive=MISS.text(row.naive),
        gain=GROWTH.text(row.gain), bias=BIAS.text(row.bias), cover=COVERED.text(row.cover),
    )  # fmt: skip


def _listed(names: Sequence[Text]) -> Text:
    said = names[0]
    for one in names[1:]:
        said = LISTED.fill(before=said, one=one)
    return said


def _worst(row: Row) -> Text:
    name = same(row.category) if row.category else NAMELESS
    return WORST.fill(name=name, error=MISS.text(row.error), naive=MISS.text(row.naive))


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Error of the running total by weeks ahead, beside last year's."""
    shown = [r for r in rows if r.category is None and r.kind == TOTAL and r.error is not None]
    names = [AHEAD.fill(n=r.ahead)[look.lang] for r in shown]
    ours, naive = [(r.error or 0.0) * 100 for r in shown], [(r.naive or 0.0) * 100 for r in shown]
    return charts.lines(names, ((OURS, ours), (NAIVE, naive)) if shown else (), look, 1)
