"""What comes back, and what is given away in price?

Returned amount over shipped amount of the last three months, against the account's own range; what was paid against
today's list price where the product master has one; months in which more came back than went out.

Units: money in CNY, shares as ratios.
Source: `sales` (lines, because returns are netted in the marts), `product_dim.price`; see `returns.sql`.
Duty: 9, timely and accurate sales statistics; it also feeds duty 8.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import numpy as np
import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Level, OfAccount, Scope, months_back
from analytics.charts.theme import Look
from analytics.columns import COLUMNS
from analytics.metrics import DISCOUNT, RETURNED, SALES
from analytics.stats.usual import usual
from data.store import Store
from data.text import Text

QUESTION = Text("退回来多少，价格让了多少？", "What comes back, and what is given away in price?")
CAPTION = Text("退货占发出金额 %，近三个月", "Returned, % of the amount shipped, three months")
MEANING = Text(
    "有发货开票明细就看它，不论所选口径，因为退给我们的货在那里。退货率＝近三个月退回金额 ÷ 发出金额（负数行为退货，"
    "不与发出相抵）。超出平常：高过该客户此前至少 12 个月的中位数 + 3 个稳健离散，且比中位数高 2 个点以上。让价＝1 −"
    " 实付 ÷（件数 × 产品档案里现在的价格），只算有价格、有金额的行；以前的价格档案里没有，改过价的会看偏。净额为负"
    "的月份单独点出。",
    "Of sell-in where it is loaded, whichever sales are chosen: what comes back to us is there. Returned = amount "
    "sent back over amount shipped, three months (a negative line is a return and is not netted). Above usual: over "
    "the median of at least 12 months before plus 3 robust deviations, and over that median by 2 points. Discount = "
    "1 − paid / (pieces × today's price in the product master), of lines with a price and an amount; earlier prices "
    "are not known, so a change of list price shows as discount. Months below zero are named.",
)
NEEDS = ("sales",)
ENRICHED_BY = ("products",)
WINDOW = 3  # months
MATERIAL = 0.02  # of what was shipped: a smaller rise is no matter even where an account hardly ever sends back
SHOWN = 8
HIGH, USUAL, SHORT = "high", "usual", "short"
STATES = {
    HIGH: Text("退货超出平常", "Returns above usual"),
    USUAL: Text("退货和平常一样", "Returns as usual"),
    SHORT: Text("退货的历史太短", "Too short a history of returns"),
}
ALL = Text(
    "近 12 个月退货 {back}，占发出的 {share}；近三个月超出平常的 {n} 家",
    "{back} came back in twelve months, {share} of what was shipped; above usual over three months: {n}",
)
NOTHING = Text("近 12 个月没有退货", "Nothing came back in twelve months")
ONE = Text(
    "近三个月退货 {share}，平常 {usual}，最多 {most}",
    "{share} came back over three months; usually {usual}, at most {most}",
)
SHARE = Text("近三个月退货率", "Returned, three months")
BELOW = Text("近 12 个月有 {n} 个月净额为负", "Months below zero in twelve: {n}")


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One account with sales or returns in the last twelve months."""

    account: str
    name: str
    name_en: str
    owner: str
    state: str  # a key of STATES
    share: float | None  # returned over shipped, three months; None: nothing shipped
    usual_share: float | None  # median of the windows before; None: under twelve
    most_share: float | None  # upper end of its own range
    back: Decimal  # CNY sent back in twelve months
    shipped: Decimal  # CNY shipped in twelve months, returns not taken off
    stake: float  # CNY sent back in three months beyond what is usual
    discount: float | None  # three months, against today's list price
    discount_before: float | None  # the same months a year before
    negative_months: int  # of twelve
    course: tuple[float | None, ...]  # returned share by month, twelve, oldest first


@dataclass(frozen=True, slots=True)
class Month:
    """One row of the SQL."""

    account: str
    name: str
    name_en: str
    owner: str
    month: date
    shipped: float
    back: float
    shipped_cny: Decimal
    back_cny: Decimal
    listed: float
    paid: float


def ask(store: Store, scope: Scope) -> list[Row]:
    """Who sends back more than usual first, by money beyond it; then by what came back in twelve months."""
    flow = scope.flow if store.is_empty("sell_in") else "sell_in"  # what comes back to us is in our own books
    found = store.rows(Path(__file__).with_suffix(".sql"), Month, **replace(scope, flow=flow).params())
    accounts = (list(group) for _, group in groupby(found, key=lambda m: m.account))
    rows = [row for group in accounts if (row := _row(group, scope.month)) is not None]
    return sorted(rows, key=lambda r: (-r.stake, -r.back, r.account))


def _row(group: Sequence[Month], until: date) -> Row | None:
    one, months = group[0], {m.month: m for m in group}
    year = [m for m in group if m.month > months_back(until, 12)]
    if not year:
        return None
    share, usual, most = _share(months, until), *_range(months, until)
    state = SHORT if usual is None or most is None else USUAL
    shipped = sum(float(m.shipped_cny) for m in _window(months, until))
    if share is not None and usual is not None and most is not None and share > max(most, usual + MATERIAL):
        state = HIGH
    return Row(
        *(one.account, one.name, one.name_en, one.owner, state, share, usual, most),
        back=sum((m.back_cny for m in year), Decimal(0)),
        shipped=sum((m.shipped_cny for m in year), Decimal(0)),
        stake=((share or 0.0) - (usual or 0.0)) * shipped if state == HIGH else 0.0,
        discount=_discount(months, until),
        discount_before=_discount(months, months_back(until, 12)),
        negative_months=sum(m.back_cny > m.shipped_cny for m in year),
        course=tuple(_over(months.get(months_back(until, n))) for n in range(11, -1, -1)),
    )


def _window(months: Mapping[date, Month], until: date) -> list[Month]:
    return [m for n in range(WINDOW) if (m := months.get(months_back(until, n))) is not None]


def _share(months: Mapping[date, Month], until: date) -> float | None:
    """Sent back over shipped of three months, ratio of sums."""
    window = _window(months, until)
    shipped = sum(m.shipped_cny for m in window)
    return float(sum(m.back_cny for m in window) / shipped) if shipped else None


def _range(months: Mapping[date, Month], until: date) -> tuple[float | None, float | None]:
    """Median and upper end of the windows that end before the present one began."""
    ends = [m for m in months if m <= months_back(until, WINDOW)]
    past = np.array([share for m in ends if (share := _share(months, m)) is not None])
    return usual(past) or (None, None)


def _discount(months: Mapping[date, Month], until: date) -> float | None:
    window = _window(months, until)
    listed = sum(m.listed for m in window)
    return 1 - sum(m.paid for m in window) / listed if listed > 0 else None


def _over(month: Month | None) -> float | None:
    return float(month.back_cny / month.shipped_cny) if month is not None and month.shipped_cny else None


def total(rows: Sequence[Row]) -> float | None:
    """Sent back over shipped of all, twelve months."""
    shipped = sum((r.shipped for r in rows), Decimal(0))
    return float(sum((r.back for r in rows), Decimal(0)) / shipped) if shipped else None


def high(rows: Sequence[Row]) -> list[Row]:
    """Who sends back more than is usual for it."""
    return [r for r in rows if r.state == HIGH]


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The whole, then who sends back more than usual, then who had a month below zero."""
    share, some = total(rows), high(rows)
    if share is None:
        return []
    back = sum((r.back for r in rows), Decimal(0))
    head = ALL.fill(back=SALES.text(back), share=RETURNED.text(share), n=len(some)) if back else NOTHING
    level: Level = "rain" if some else "fair"
    found = [Finding(level, head, 0.0)]
    found += [Finding("rain", reason(r), r.stake, r.account, r.called, r.owner) for r in some]
    below = [r for r in rows if r.negative_months]
    return found + [
        Finding("change", BELOW.fill(n=r.negative_months), 0.0, r.account, r.called, r.owner) for r in below
    ]


def reason(row: Row) -> Text:
    """Three months against what is usual."""
    shares = {"share": row.share, "usual": row.usual_share, "most": row.most_share}
    return ONE.fill(**{name: RETURNED.text(x) for name, x in shares.items()})


def title(row: Row) -> Text:
    """What is said of one account."""
    return reason(row) if row.state == HIGH else STATES[row.state]


def facts(row: Row) -> list[tuple[Text, Text]]:
    """The numbers of one account, each with its name."""
    shown = [(SHARE, RETURNED.text(row.share)), (COLUMNS["usual_share"], RETURNED.text(row.usual_share))]
    return [*shown, *((COLUMNS[name], DISCOUNT.text(getattr(row, name))) for name in ("discount", "discount_before"))]


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Returned share of three months, the highest first."""
    told = sorted((r for r in rows if r.share), key=lambda r: (-(r.share or 0.0), r.account))[:SHOWN]
    bars = [(r.called, (r.share or 0.0) * 100) for r in told]
    return charts.amounts(bars, look, Text("% 占发出金额", "% of the amount shipped"), 1)
