"""What an executive sees first, from the questions' own rows: the sentence, the action, at most five numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.accounts import landing, ranking, target
from analytics.answer import Finding, Scope, months_back
from analytics.barometer import breadth, cover, index, sales, weather
from analytics.metrics import ATTAINMENT, BREADTH, COVER, EFFECTIVE, GROWTH, REACHING, ROLLING, SALES, Metric
from analytics.numbers import MONTH_NAMES, signed, signed_percent
from data.text import Lang, Text

YEAR_BEFORE, MONTH_BEFORE = Text("同比", "vs last year"), Text("环比", "vs last month")
TWELVE_BEFORE = Text("比前 12 个月", "vs the twelve before")
TO_TARGET = Text("对目标", "vs target")
NO_TARGET = Text("还没有目标", "no targets yet")
NO_FORECAST = Text("还没有预测", "no forecast yet")
LANDS = Text("预计全年 {landing}", "year expected {landing}")
NO_STOCK = Text("还没有库存", "no stock yet")
FESTIVE, FESTIVE_LATER = Text("一二月合计同比", "Jan + Feb vs last year"), Text("等二月齐了一起比", "compared with Feb")
NOTHING_BEFORE = Text("没有去年数", "no last year")
OF_ALL = Text("共 {n} 家", "of {n}")
LOOK_AT = Text(
    "先看{names}：近三个月比去年同期少 {gap}，占全部减少额的 {share}。",
    "Look at {names} first: {gap} below last year over three months, {share} of all that is missing.",
)
ALL_WELL = Text(
    "没有客户明显落后于去年，按计划推进。", "No account stands clearly below last year; carry on as planned."
)
NO_YEAR = Text(
    "满一年零六个月的数据后，这里会有晴雨指数；现在先看销售与客户。",
    "The index needs a year and a half of data; until then look at sales and accounts.",
)
AND = Text("、", " and ")
OWNED = Text("{name}（{owner}）", "{name} ({owner})")
FIRST = 2  # accounts named in the action sentence: more is a list, and the list stands below


@dataclass(frozen=True, slots=True)
class Kpi:
    """One number of the strip: what it is, its change and against what, whether that is good, and its last months."""

    metric: Metric
    value: float | None
    change: str
    good: bool | None
    against: Text
    series: tuple[float, ...] = ()

    def shown(self, lang: Lang) -> str:
        """The number as its metric spells it."""
        return self.metric.show(self.value, lang)


def month_name(month: date) -> Text:
    """2026 年 6 月, June 2026."""
    return Text(f"{month.year} 年 {month.month} 月", f"{MONTH_NAMES[month.month - 1]} {month.year}")


def action(rows: Sequence[weather.Row], said: Sequence[Finding]) -> Text:
    """What to do first: the accounts that lack most against last year, by name and owner, and their share of it.

    `said` is what `weather` says of `rows`.
    """
    if all(r.index is None for r in rows):
        return NO_YEAR
    worst = first(said, most=FIRST)
    if not worst:
        return ALL_WELL
    missing = sum(max((r.before or 0.0) - (r.current or 0.0), 0.0) for r in rows)
    gap = sum(f.weight for f in worst)
    named = [OWNED.fill(name=f.name, owner=f.owner) if f.owner else f.name for f in worst]
    names = Text(AND.zh.join(n.zh for n in named), AND.en.join(n.en for n in named))
    return LOOK_AT.fill(names=names, gap=SALES.text(gap), share=Text(f"{gap / missing:.0%}", f"{gap / missing:.0%}"))


def first(said: Sequence[Finding], most: int = 5) -> list[Finding]:
    """The ranked list, of what `weather` says: accounts in storm or rain by the money they lack."""
    return [f for f in said if f.account and f.weight > 0][:most]


def sold(rows: Sequence[sales.Row], scope: Scope) -> Kpi:
    """The month's sales against the same month (or days) of last year."""
    now = next((r for r in rows if r.month == scope.month), None)
    change = now.change if now else None
    series = tuple(float(r.amount) for r in rows[-sales.SHOWN :] if r.amount is not None)
    value = None if now is None or now.amount is None else float(now.amount)
    return Kpi(SALES, value, *_relative(change), _against(now, scope), series)


def _against(now: sales.Row | None, scope: Scope) -> Text:
    """What a month's change is against, or why there is none."""
    if now is not None and now.change is not None:
        return FESTIVE if now.festive else YEAR_BEFORE
    waits = now is not None and now.festive and (now.month.month == 1 or scope.open)
    return FESTIVE_LATER if waits else NOTHING_BEFORE


def attained(rows: Sequence[target.Row] | None) -> Kpi:
    """The month's attainment; its distance to 100 % in points. `None`: no targets were ever loaded."""
    rate = target.month_rate(rows) if rows else None
    if rate is None:
        return Kpi(ATTAINMENT, None, "", None, NO_TARGET)
    return Kpi(ATTAINMENT, rate, signed((rate - 1) * 100), ATTAINMENT.good(rate - 1), TO_TARGET)


def reaching(rows: Sequence[landing.Row] | None) -> Kpi:
    """The chance of the year's target. `None`: no targets were ever loaded."""
    first = landing.head(rows) if rows else None
    if first is None:
        return Kpi(REACHING, None, "", None, NO_FORECAST if rows else NO_TARGET)
    return Kpi(REACHING, first.probability, "", None, LANDS.fill(landing=SALES.text(first.landing)))


def stocked(rows: Sequence[cover.Row] | None, scope: Scope) -> Kpi:
    """Days of cover against a year ago; neither direction is good in itself. `None`: no stock was ever loaded."""
    days = cover.total(rows) if rows else {}
    now, before = days.get(scope.month), days.get(months_back(scope.month, 12))
    if now is None:
        return Kpi(COVER, None, "", None, NO_STOCK)
    change = "" if before is None else signed(now - before, 0)
    series = tuple(days[m] for m in sorted(days)[-sales.SHOWN :])
    return Kpi(COVER, now, change, None, YEAR_BEFORE if change else NOTHING_BEFORE, series)


def broad(rows: Sequence[breadth.Row], scope: Scope) -> Kpi:
    """The sales-weighted breadth against last month, in points."""
    by_month = {r.month: r.weighted for r in rows}
    now, before = by_month.get(scope.month), by_month.get(months_back(scope.month, 1))
    if now is None:
        return Kpi(BREADTH, None, "", None, NOTHING_BEFORE)
    gap = None if before is None else (now - before) * 100
    series = tuple(by_month[m] for m in sorted(by_month)[-sales.SHOWN :])
    change, good = ("", None) if gap is None else (signed(gap, 0), BREADTH.good(round(gap)))
    return Kpi(BREADTH, now, change, good, MONTH_BEFORE if change else Text("", ""), series)


def rolled(rows: Sequence[ranking.Row]) -> Kpi:
    """Rolling twelve months against the twelve before."""
    now, change = sum(float(r.rolling) for r in rows if r.rolling is not None), ranking.trend(rows)
    return Kpi(ROLLING, now or None, *_relative(change), TWELVE_BEFORE if change is not None else NOTHING_BEFORE)


def spread(rows: Sequence[ranking.Row]) -> Kpi:
    """Effective accounts, of how many."""
    return Kpi(EFFECTIVE, ranking.effective(rows), "", None, OF_ALL.fill(n=sum(1 for r in rows if r.rolling)))


def _relative(change: float | None) -> tuple[str, bool | None]:
    return ("", None) if change is None else (signed_percent(change), GROWTH.good(round(change, 3)))


def absent(rows: Sequence[index.Row], scope: Scope) -> Sequence[Text]:
    """The components that did not count in the month, as people call them."""
    counting = {r.component for r in rows if r.month == scope.month and r.z is not None}
    return [name for component, name in index.COMPONENTS.items() if component not in counting]
