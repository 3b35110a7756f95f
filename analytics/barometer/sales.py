"""How much was sold, month by month, beside last year?

Every month from the first with data is there; one without any row is a gap and is named, never a zero. An open month is
compared with the same days of last year.

Units: money in CNY, quantities in pieces (pcs).
Source: `sales_month` (and `sales` for the days of an open month); see `sales.sql`.
Duty: 9, timely and accurate sales statistics.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.barometer import growth
from analytics.charts.theme import Look
from analytics.metrics import GROWTH, SALES
from analytics.numbers import Unit, unit_for
from data.store import Store
from data.text import Text

QUESTION = Text("每个月卖了多少，比去年如何？", "How much was sold each month, beside last year?")
CAPTION = Text(
    "近 13 个月销售额，深线为今年，浅线为去年同月",
    "Thirteen months of sales: dark is this year, light the same month of last year",
)
MEANING = Text(
    "每月金额之和。完全没有数据的月份是空缺，不当成 0。同比只比两年都有数的客户；未结束的月份只和去年同样的天数相比。"
    "一月、二月不单独比同比：春节在两月之间移动，二月齐了合在一起比。",
    "Sum of amounts by month. A month without any row is a gap, never a zero. The change compares "
    "accounts with figures in both years; an open month stands against the same days of last year. January and "
    "February are not compared alone, as Spring Festival moves between them, but together once February is complete.",
)
NEEDS = ("sales",)
SHOWN = 13  # months drawn: the month and the year before it
MONTH = Text("{month} 销售 {amount}，同比 {change}", "{month}: {amount}, {change} on last year")
ALONE = Text("{month} 销售 {amount}；去年同月没有数", "{month}: {amount}; nothing a year ago to compare with")
TOGETHER = Text(
    "{month} 销售 {amount}；春节在一二月间移动，两月合计同比 {change}",
    "{month}: {amount}; as Spring Festival moves, January and February together: {change} on last year",
)
WAITING = Text(
    "{month} 销售 {amount}；春节在一二月间移动，不单独比，等二月齐了合在一起比",
    "{month}: {amount}; as Spring Festival moves it is compared with February, once that is complete",
)
BROKEN = Text(
    "{month} 销售 {amount}；两年的一二月没有都齐，不比",
    "{month}: {amount}; not compared, as January and February are not complete in both years",
)
SO_FAR = Text("（截至 {day} 日）", " (to day {day})")
GAPS = Text("缺 {n} 个月的数：{months}", "{n} months have no figures: {months}")


@dataclass(frozen=True, slots=True)
class Row:
    """One month; `amount` is None where no row exists at all."""

    month: date
    amount: Decimal | None  # CNY
    qty: Decimal | None  # pcs
    accounts: int  # that had sales
    alike: Decimal | None  # CNY, what of `amount` can be compared: sell-out of accounts with figures a year before too
    before: Decimal | None  # CNY, the same accounts' same month (of an open one: same days) a year before

    festival_alike: Decimal | None = None  # CNY, with a February that has ended: January and February together
    festival_before: Decimal | None = None  # CNY, the two of the year before

    @property
    def festive(self) -> bool:
        """January or February, between which Spring Festival moves: neither is compared alone."""
        return self.month.month <= 2

    @property
    def change(self) -> float | None:
        """Relative change on last year, of a February that of both months; None without both sides."""
        now, then = (self.festival_alike, self.festival_before) if self.festive else (self.alike, self.before)
        return None if now is None or not then else float(now / then) - 1


def ask(store: Store, scope: Scope) -> list[Row]:
    """Oldest month first, gaps included."""
    return store.rows(Path(__file__).with_suffix(".sql"), Row, **scope.params())


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The month's sales against last year, then the gaps by name."""
    now = next((r for r in rows if r.month == scope.month and r.amount is not None), None)
    found = []
    if now is not None:
        so_far = SO_FAR.fill(day=scope.as_of.day) if scope.open else Text("", "")
        when = Text(f"{scope.month:%Y-%m}{so_far.zh}", f"{scope.month:%Y-%m}{so_far.en}")
        sentence = _sentence(now, scope)
        level = "change" if now.change is None else growth.LEVELS[growth.lean(now.change)]
        found.append(
            Finding(level, sentence.fill(month=when, amount=SALES.text(now.amount), change=GROWTH.text(now.change)))
        )
    gaps = [f"{r.month:%Y-%m}" for r in rows if r.amount is None]
    if gaps:
        text = GAPS.fill(n=len(gaps), months=Text("、".join(gaps[:6]), ", ".join(gaps[:6])))
        found.append(Finding("change", text))
    return found


def _sentence(now: Row, scope: Scope) -> Text:
    """The sentence that a month has coming."""
    if not now.festive:
        return ALONE if now.change is None else MONTH
    if now.change is not None:
        return TOGETHER
    return WAITING if now.month.month == 1 or scope.open else BROKEN


def unit(rows: Sequence[Row], look: Look) -> Unit:
    """What the figure's numbers are counted in."""
    return unit_for([float(r.amount or 0) for r in rows[-SHOWN:]], look.lang)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The last thirteen months as a line over the same months of the year before."""
    shown = rows[-SHOWN:]
    scale = unit(rows, look)
    return charts.years(
        [f"{r.month:%Y-%m}" for r in shown],
        [None if r.amount is None else float(r.amount) / scale.size for r in shown],
        [None if r.before is None else float(r.before) / scale.size for r in shown],
        look,
        scale.digits,
    )
