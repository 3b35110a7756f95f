"""What drove the change: price, volume, mix, or what is new and what is gone?

The month, or the year to date, against the same period a year before, split so that the parts sum to the difference to
the cent. Price, volume and mix on account × product cells with sales in both years:
price = Σ(p1 − p0)·q1, volume = (Q1 − Q0)·R0/Q0, mix = Σ p0·q1 − Q1·R0/Q0. A cell has a price only where quantity and
amount of the period are above zero: returns that outweigh sales, free goods and missing quantities form a part of
their own. So do accounts that are new, lost, or (sell-in) ordered in one of the two years only. With sell-out, months
that an account reported in one year only are on neither side and are named.

Units: money in CNY.
Source: `sales_month`, `sales_day`, `account_month`, `account_dim`, `product_dim` (and `sales` for the days of an open
month); see `bridge.sql`.
Duty: 9, timely and accurate sales statistics.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, OfAccount, Scope
from analytics.barometer.sales import SO_FAR
from analytics.charts.theme import Look
from analytics.metrics import SALES
from analytics.numbers import Unit, unit_for
from data.store import Store
from data.text import Text

QUESTION = Text("是什么推动了变化？", "What drove the change?")
CAPTION = Text("销售额差的构成，对去年同期", "What the difference in sales to last year is made of")
MEANING = Text(
    "价格＝Σ（今年均价－去年均价）×今年数量；销量＝总数量差×去年总均价；品种结构为余下部分；三项只算两年都有销售的客户×产品。"
    "数量或金额不大于 0 的（退货多于销售、赠品、缺数量）没有单价，单列一项。"
    "新客户：去年同期及以前没有数。流失客户：终端销售连续三个月没有数，进货自去年同期以后没有再订。"
    "终端销售只报了一年的月份两边都不算；进货只在一年有订货的客户单列。未结束的月份只比到同一天。各项之和等于总差额。",
    "Price = sum of (average price now - a year ago) x quantity now; volume = change of total quantity x last year's "
    "overall average price; mix is the rest of it; all three on account x product with sales in both years. Where "
    "quantity or amount is not above zero (returns above sales, free goods, no quantity) there is no price: a part of "
    "its own. New: no figures up to last year's period. Lost: sell-out silent for three months, sell-in without an "
    "order since last year's period. Sell-out months reported in one year only are on neither side; sell-in accounts "
    "that ordered in one year only are a part of their own. An open month is compared up to the same day. The parts "
    "sum to the difference.",
)
NEEDS = ("sales",)
ENRICHED_BY = ("products", "accounts")
PERIODS: dict[str, Text] = {"month": Text("本月", "This month"), "year": Text("今年以来", "Year to date")}
SINCE: dict[str, Text] = {"month": Text("本月", "this month"), "year": Text("今年以来", "since January")}
PARTS: dict[str, Text] = {
    "price": Text("价格", "Price"),
    "volume": Text("销量", "Volume"),
    "mix": Text("品种结构", "Mix"),
    "products_in": Text("今年新增的品", "Products not sold last year"),
    "products_out": Text("今年没有的品", "Products not sold this year"),
    "accounts_in": Text("新客户", "New accounts"),
    "accounts_out": Text("流失客户", "Lost accounts"),
    "one_year": Text("只有一年订货的客户", "Accounts ordering in one year only"),
    "unpriced": Text("退货与赠品", "Returns and free goods"),
}
ALWAYS = ("price", "volume", "mix")  # drawn even when they are nothing
BELOW = Text(
    "{when}比去年同期少 {gap}，主要因为{part}（{size}）", "{gap} below last year {when}, mostly {part} ({size})"
)
ABOVE = Text(
    "{when}比去年同期多 {gap}，主要因为{part}（{size}）", "{gap} above last year {when}, mostly {part} ({size})"
)
LEVEL = Text("{when}与去年同期持平", "Level with last year {when}")
ENDS = Text("去年同期 {before}，今年 {now}", "{before} a year before, {now} now")
LEFT = Text(
    "{n} 家有的月份只报了一年，两边都不算：今年 {now}，去年 {before}",
    "{n} accounts reported some months in one year only, counted on neither side: {now} now, {before} then",
)
SPRING = Text("春节在一、二月间移动，这两个月请合起来看", "Spring Festival moves: read January and February together")
FEBRUARY = 2  # up to this month one month alone is not to be compared


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One account in one period. All amounts CNY; what is gone counts negative."""

    period: str  # month or year (to date)
    account: str
    name: str
    name_en: str
    owner: str
    kind: str  # both, new, lost, apart
    this_period: Decimal  # what is compared
    before: Decimal  # the same, a year ago
    price: Decimal
    volume: Decimal
    mix: Decimal
    products_in: Decimal
    products_out: Decimal
    accounts_in: Decimal
    accounts_out: Decimal
    one_year: Decimal  # sell-in of accounts with orders in one of the two years only
    unpriced: Decimal  # cells without a price in one of the years they have sales in
    left_now: Decimal  # sell-out of months without a report a year before: not compared
    left_before: Decimal  # sell-out a year before of months without a report now: not compared

    @property
    def gap(self) -> Decimal:
        """This period minus a year before."""
        return self.this_period - self.before


def ask(store: Store, scope: Scope) -> list[Row]:
    """Both periods; in each the largest difference first, either way."""
    return store.rows(Path(__file__).with_suffix(".sql"), Row, **scope.params())


def of(rows: Sequence[Row], period: str) -> list[Row]:
    """The rows of one period that can be compared at all; none where nobody has figures a year before."""
    chosen = [r for r in rows if r.period == period]
    return chosen if any(r.before for r in chosen) else []


def parts(rows: Sequence[Row]) -> dict[str, Decimal]:
    """The parts of the difference over some accounts of one period; they sum to it."""
    return {part: sum((getattr(r, part) for r in rows), Decimal(0)) for part in PARTS}


def title(rows: Sequence[Row], scope: Scope, period: str) -> Text:
    """The finding of one period; the question where there is nothing to compare with."""
    return next((f.text for f in _found(of(rows, period), scope, period)), QUESTION)


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The difference of the month and what made most of it, then the year to date, then what is not compared."""
    month, year = of(rows, "month"), of(rows, "year")
    found = [*_found(month, scope, "month"), *_found(year, scope, "year")]
    if month and scope.month.month <= FEBRUARY:
        found.append(Finding("change", SPRING))
    return [*found, *_left_out(year or month)]


def _found(rows: Sequence[Row], scope: Scope, period: str) -> list[Finding]:
    if not rows:
        return []
    split = parts(rows)
    gap = sum(split.values())
    main = (min if gap < 0 else max)(split, key=lambda part: split[part])
    sentence = LEVEL if not gap else BELOW if gap < 0 else ABOVE
    filled = sentence.fill(
        when=when(scope, period), gap=SALES.text(abs(gap)), part=_lower(PARTS[main]), size=SALES.text(split[main])
    )
    return [Finding("change" if not gap else "rain" if gap < 0 else "fair", filled, float(abs(gap)))]


def _left_out(rows: Sequence[Row]) -> list[Finding]:
    left = [r for r in rows if r.left_now or r.left_before]
    if not left:
        return []
    now, before = sum(r.left_now for r in left), sum(r.left_before for r in left)
    return [Finding("change", LEFT.fill(n=len(left), now=SALES.text(now), before=SALES.text(before)))]


def when(scope: Scope, period: str) -> Text:
    """How a sentence calls the period; an open month says up to which day."""
    until = SO_FAR.fill(day=scope.as_of.day) if scope.open else Text("", "")
    return Text(SINCE[period].zh + until.zh, SINCE[period].en + until.en)


def _lower(word: Text) -> Text:
    return Text(word.zh, word.en.lower())


def ends(rows: Sequence[Row], period: str) -> Text:
    """Where the bridge starts and where it ends."""
    chosen = of(rows, period)
    now, before = sum(r.this_period for r in chosen), sum(r.before for r in chosen)
    return ENDS.fill(before=SALES.text(before), now=SALES.text(now))


def beside(rows: Sequence[Row], period: str) -> list[Text]:
    """What stands under the bridge of one period: its two ends, and what is on neither side."""
    chosen = of(rows, period)
    return [*([ends(rows, period)] if chosen else []), *[f.text for f in _left_out(chosen)]]


def unit(rows: Sequence[Row], look: Look, period: str = "month") -> Unit:
    """What the figure's numbers are counted in."""
    return unit_for([float(part) for part in parts(of(rows, period)).values()], look.lang)


def draw(rows: Sequence[Row], look: Look, period: str = "month") -> go.Figure:
    """The bridge of one period: its parts from zero to the difference; parts of nothing are left out."""
    chosen, scale = of(rows, period), unit(rows, look, period)
    shown = [(PARTS[p], float(v) / scale.size) for p, v in parts(chosen).items() if v or p in ALWAYS]
    return charts.bridge(shown if chosen else [], look, scale.digits)


def draw_year(rows: Sequence[Row], look: Look) -> go.Figure:
    """The bridge of the year to date."""
    return draw(rows, look, "year")
