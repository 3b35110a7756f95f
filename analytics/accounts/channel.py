"""Growth or stuffing: is what we ship sold on, or does it pile up at the account?

Sell-in over sell-out of three months, and days of cover at the end of the month beside the other accounts' (which takes
the season off) against the account's own range. Pushed: it took in a tenth more than it sold, and cover lies above that
range. Growth on last year is shown but is no part of the rule: who was pushed a year ago hides what is pushed now.

Units: pieces (pcs), cover in days, changes as ratios, money in CNY at what the account paid.
Source: `sales_month`, `stock_month`; see `channel.sql`.
Duty: 9, timely and accurate sales statistics; it also feeds duty 8.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import exp, log
from pathlib import Path

import numpy as np
import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, OfAccount, Scope, months_back
from analytics.barometer.cover import MONTH_DAYS
from analytics.charts.theme import Look
from analytics.columns import COLUMNS
from analytics.metrics import COVER, GROWTH, SALES
from analytics.stats.usual import usual
from data.store import Store
from data.text import Text

QUESTION = Text("是真增长，还是压货？", "Growth or stuffing?")
CAPTION = Text("进货比终端多出的部分，%，近三个月，按件数", "Sell-in above sell-out, %, three months, pieces")
MEANING = Text(
    "压货要两条同时成立：近三个月进货件数比终端件数多 10% 以上；月末可销天数高过该客户自己的范围（先除以各家的中位数"
    "，去掉季节，再看此前至少 12 个月的中位数 + 3 个稳健离散）。没有库存的，改看进货与终端之比是否高过自己的范围，写"
    "明没有对过库存。三个月里缺终端的不判断。同比只供参考：去年压过货的，今年再压看不出来。涉及金额＝进货比终端多的"
    "件数 × 进价。",
    "Pushed takes both: over three months 10% more pieces taken in than sold; and days of cover above the account's "
    "own range (over the accounts' median, which takes the season off; median of at least 12 months before plus 3 "
    "robust deviations). Without stock it is sell-in over sell-out that must lie above its own range, and it says "
    "so. With sell-out missing in the three months nothing is said. Change on last year is shown only: a push a "
    "year ago would hide one now. At stake: pieces taken in beyond those sold, at what they cost.",
)
NEEDS = ("sell_in", "sell_out")
ENRICHED_BY = ("stock",)
WINDOW = 3  # months
BEYOND = 0.10  # of what was sold: smaller surpluses come and go with every delivery
SHOWN = 8
PUSHED, UNCHECKED, ALIKE, UNKNOWN = "pushed", "not counted", "alike", "open"
STATES = {
    PUSHED: Text("压货", "Pushed"),
    UNCHECKED: Text("疑似压货，没有库存可对", "Perhaps pushed, no stock to check"),
    ALIKE: Text("进的货都卖出去了", "What comes in is sold on"),
    UNKNOWN: Text("是否压货，判断不了", "Whether it is pushed cannot be judged"),
}
ONE = Text(
    "近三个月进货比终端多 {beyond}（进货同比 {taken}，终端同比 {sold}）；库存够卖 {cover}，平常最多 {usual}",
    "Took in {beyond} more than it sold (sell-in {taken} on last year, sell-out {sold}); stock lasts {cover}, "
    "usually {usual} at most",
)
BARE = Text(
    "近三个月进货比终端多 {beyond}，超出平常（进货同比 {taken}，终端同比 {sold}）；没有库存可对",
    "Took in {beyond} more than it sold, more than usual (sell-in {taken}, sell-out {sold}); no stock to check it by",
)
HEAD = Text("{n} 家像是压了货，多进 {stake}；最大的是{name}", "{n} look pushed, {stake} too much; {name} most")
NONE = Text("{n} 家的进货都卖出去了，没有压货", "At {n} accounts what was shipped is sold on; none is pushed")
OPEN = Text(
    "{n} 家判断不了：三个月里缺终端的数，或历史太短", "{n} cannot be judged: sell-out missing, or too short a history"
)


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One account with sell-in or sell-out in the last three months."""

    account: str
    name: str
    name_en: str
    owner: str
    state: str  # a key of STATES
    beyond: float | None  # sell-in over sell-out of three months, minus 1, pieces
    taken: float | None  # change of sell-in in pieces against the same months a year before
    sold: float | None  # change of sell-out
    cover_days: float | None
    cover_most: float | None  # upper end of its own range in such a month, days
    excess: float | None  # pcs taken in beyond those sold
    excess_cny: float | None  # the same at what the account paid


@dataclass(frozen=True, slots=True)
class Month:
    """One row of the SQL."""

    account: str
    name: str
    name_en: str
    owner: str
    month: date
    taken: float | None  # pcs
    sold: float | None  # pcs
    on_hand: float | None  # pcs
    paid: float | None  # CNY
    chosen: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Three months of one account."""

    taken: float  # pcs
    sold: float  # pcs, above zero
    paid: float  # CNY

    @property
    def ratio(self) -> float:
        """Pieces taken in over pieces sold."""
        return self.taken / self.sold


def ask(store: Store, scope: Scope) -> list[Row]:
    """Pushed accounts first, by money; then by what was taken in beyond what was sold. Whole months only."""
    until = scope.closed.month
    found = store.rows(Path(__file__).with_suffix(".sql"), Month, **scope.closed.params())
    accounts = {code: {m.month: m for m in group} for code, group in groupby(found, key=lambda m: m.account)}
    cover = _beside({code: _over_time(months, _days) for code, months in accounts.items()})
    ratio = _beside({code: _over_time(months, _ratio) for code, months in accounts.items()})
    lately = [months_back(until, n) for n in range(WINDOW)]
    rows = [
        _row(months, until, _Range.of(cover[code], until), _Range.of(ratio[code], until))
        for code, months in accounts.items()
        if any(month in months for month in lately) and next(iter(months.values())).chosen
    ]
    order = list(STATES)
    return sorted(rows, key=lambda r: (order.index(r.state), -(r.excess_cny or 0.0), r.account))


@dataclass(frozen=True, slots=True)
class _Range:
    """A figure at the end of the window, and the most that the account's own past lets expect then; None: not known."""

    now: float | None
    most: float | None

    @property
    def is_above(self) -> bool | None:
        """Whether it lies above; None where either is not known."""
        return None if self.now is None or self.most is None else self.now > self.most

    @classmethod
    def of(cls, series: Mapping[date, tuple[float, float]], until: date) -> "_Range":
        """`series`: by month the figure and the accounts' median of it."""
        now = series.get(until)
        past = np.array([log(x / median) for m, (x, median) in series.items() if m <= months_back(until, WINDOW)])
        found = usual(past)
        if now is None or found is None:
            return cls(now[0] if now else None, None)
        return cls(now[0], now[1] * exp(found[1]))


def _beside(series: Mapping[str, Mapping[date, float]]) -> dict[str, dict[date, tuple[float, float]]]:
    """Each figure with the median of all accounts in that month; figures of zero have no logarithm and stay out."""
    by_month: dict[date, list[float]] = {}
    for months in series.values():
        for month, x in months.items():
            by_month.setdefault(month, []).append(x)
    median = {month: float(np.median(values)) for month, values in by_month.items()}
    return {code: {m: (x, median[m]) for m, x in months.items()} for code, months in series.items()}


def _over_time(
    months: Mapping[date, Month], figure: Callable[[Mapping[date, Month], date], float | None]
) -> dict[date, float]:
    return {month: x for month in months if (x := figure(months, month)) is not None and x > 0}


def _row(months: Mapping[date, Month], until: date, cover: _Range, ratio: _Range) -> Row:
    one, now, before = next(iter(months.values())), _window(months, until), _window(months, months_back(until, 12))
    who = (one.account, one.name, one.name_en, one.owner)
    if now is None:
        return Row(*who, UNKNOWN, *[None] * 7)  # pyright: ignore[reportCallIssue]
    excess = now.taken - now.sold
    return Row(
        *who,
        _state(now.ratio - 1, cover, ratio),
        beyond=now.ratio - 1,
        taken=now.taken / before.taken - 1 if before and before.taken > 0 else None,
        sold=now.sold / before.sold - 1 if before else None,
        cover_days=cover.now,
        cover_most=cover.most,
        excess=excess,
        excess_cny=excess * now.paid / now.taken if now.taken > 0 else None,
    )


def _window(months: Mapping[date, Month], until: date) -> Window | None:
    """Three months; None where sell-out of one of them is missing or nothing was sold. No order is a zero."""
    kept = [m for n in range(WINDOW) if (m := months.get(months_back(until, n))) is not None and m.sold is not None]
    sold = sum(m.sold or 0.0 for m in kept)
    if len(kept) < WINDOW or sold <= 0:
        return None
    return Window(sum(m.taken or 0.0 for m in kept), sold, sum(m.paid or 0.0 for m in kept))


def _ratio(months: Mapping[date, Month], until: date) -> float | None:
    window = _window(months, until)
    return window.ratio if window else None


def _days(months: Mapping[date, Month], month: date) -> float | None:
    """Days of cover, as `barometer.cover` counts them."""
    on_hand, own = months[month].on_hand, months[month].sold
    three = [months.get(months_back(month, n)) for n in range(WINDOW)]
    sold = [m.sold for m in three if m is not None and m.sold is not None]
    if on_hand is None or own is None or sum(sold) <= 0:
        return None
    return on_hand / (sum(sold) / len(sold)) * MONTH_DAYS


def _state(beyond: float, cover: _Range, ratio: _Range) -> str:
    if cover.is_above is None and ratio.is_above is None:
        return UNKNOWN
    if beyond < BEYOND:
        return ALIKE
    if cover.is_above is None:
        return UNCHECKED if ratio.is_above else ALIKE
    return PUSHED if cover.is_above else ALIKE


def pushed(rows: Sequence[Row]) -> list[Row]:
    """Who takes in more than it sells, whether or not its stock could be checked."""
    return [r for r in rows if r.state in (PUSHED, UNCHECKED)]


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """Each pushed account with the three numbers of the rule; then how many cannot be judged."""
    found = [
        Finding("storm" if r.state == PUSHED else "rain", reason(r), r.excess_cny or 0.0, r.account, r.called, r.owner)
        for r in pushed(rows)
    ]
    judged = sum(r.state != UNKNOWN for r in rows)
    if found:
        stake = SALES.text(sum(f.weight for f in found))
        found = [Finding("rain", HEAD.fill(n=len(found), stake=stake, name=found[0].name)), *found]
    elif judged:
        found = [Finding("fair", NONE.fill(n=judged))]
    return found + ([Finding("change", OPEN.fill(n=len(rows) - judged))] if judged < len(rows) else [])


def reason(row: Row) -> Text:
    """The numbers that the rule looks at."""
    change = {name: GROWTH.text(getattr(row, name)) for name in ("beyond", "taken", "sold")}
    if row.state == UNCHECKED:
        return BARE.fill(**change)
    return ONE.fill(**change, cover=COVER.text(row.cover_days), usual=COVER.text(row.cover_most))


def title(row: Row) -> Text:
    """What is said of one account."""
    return reason(row) if row.state in (PUSHED, UNCHECKED) else STATES[row.state]


def facts(row: Row) -> list[tuple[Text, Text]]:
    """The numbers of one account, each with its name."""
    shown = [(name, GROWTH.text(getattr(row, name))) for name in ("beyond", "taken", "sold")]
    shown += [(name, COVER.text(getattr(row, name))) for name in ("cover_days", "cover_most")]
    return [(COLUMNS[name], text) for name, text in shown]


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Sell-in above sell-out in per cent, the most first; neither direction is good in itself."""
    told = sorted((r for r in rows if r.beyond is not None), key=lambda r: -(r.beyond or 0.0))[:SHOWN]
    bars = [(r.called, (r.beyond or 0.0) * 100) for r in told]
    return charts.deviations(bars, look, Text("%", "%"), digits=0, judged=False)
