"""How dependent are we on a few accounts?

The share of the largest and of the five largest, and effective accounts (one over the sum of squared shares), of the
twelve months that end with each month; what losing the largest would cost, in months of sales, and in months of profit
where unit margins are known. No cut-offs of antitrust law: they are about markets, not about customers.

Units: money in CNY, shares 0-1, months.
Source: `sales_month`, `product_dim`, `account_dim`; see `concentration.sql`. The Pareto itself is `accounts.ranking`.
Duty: the rule of twenty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, OfAccount, Scope, months_back
from analytics.charts.theme import Look
from analytics.metrics import EFFECTIVE, FIRST_SHARE, FIVE_SHARE, LOSS, SHARE
from data.store import Store
from data.text import Text

QUESTION = Text("我们有多依赖少数几家客户？", "How dependent are we on a few accounts?")
CAPTION = Text("最大一家与前五家占近 12 个月销售额，%", "The largest and the five largest, % of rolling twelve months")
MEANING = Text(
    "占比都按截至该月的连续 12 个月算；HHI＝各家占比平方和，有效客户数＝1÷HHI。失去第一大客户＝它的占比×12 个月。"
    "利润按产品档案的单台毛利×数量，有毛利的部分不到销售额的 95% 时不算。不满 12 个月不算占比。",
    "Shares of the twelve months that end with each month; HHI is the sum of squared shares, effective accounts 1/HHI. "
    "Losing the first costs its share x twelve months. Profit is unit margin of the product master x quantity, only "
    "told where at least 95% of sales have one. No shares before twelve months of history.",
)
NEEDS = ("sales",)
ENRICHED_BY = ("products",)
YEAR = 12  # months
KNOWN = 0.95  # of sales with a unit margin: what is missing can then shift a month of profit by a few days at most
WEIGHT = Text(
    "最大客户{name}占 {first}，前五家占 {five}；失去它等于少卖 {months}",
    "{name} makes {first}, the five largest {five}; losing it would cost {months} of sales",
)
SPREAD = Text("有效客户数 {now}，一年前 {before}", "{now} effective accounts, {before} a year ago")
ALONE = Text("有效客户数 {now}，一年前还没有满 12 个月的数", "{now} effective accounts; no twelve months a year ago")
PROFIT = Text("按单台毛利，失去它等于少 {months}的利润", "by unit margins, losing it would cost {months} of profit")
UNPRICED = Text(
    "只有 {known} 的销售额有单台毛利，不算利润", "only {known} of sales have a unit margin, so profit is not told"
)
SOON = Text("只有 {n} 个月的数，满 12 个月才能说集中度", "{n} months of figures; concentration needs twelve")
GAPS = Text("这 12 个月里 {n} 个月没有任何数", "{n} of the twelve months have no figures at all")
LINES = (Text("前五家", "Five largest"), Text("最大一家", "Largest"))


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """The twelve months that end with a month; ratios are None before twelve months of history."""

    month: date
    months: int  # of the twelve, with figures
    accounts: int  # with sales
    total: Decimal  # CNY
    account: str  # the largest
    name: str
    name_en: str
    first_amount: Decimal  # CNY, the largest
    cr1: float | None
    cr5: float | None
    hhi: float | None
    margin_first: Decimal | None  # CNY, of the largest, as far as unit margins are known
    margin_total: Decimal | None  # CNY, of all
    margin_known: float | None  # part of the total with a unit margin

    @property
    def effective(self) -> float | None:
        """As many equal accounts as would be as concentrated."""
        return 1 / self.hhi if self.hhi else None

    @property
    def loss_months(self) -> float | None:
        """Months of sales that the largest account makes of twelve."""
        return None if self.cr1 is None else self.cr1 * YEAR

    @property
    def profit_months(self) -> float | None:
        """Months of profit that the largest account makes; None where too few unit margins are known."""
        if self.cr1 is None or (self.margin_known or 0.0) < KNOWN or not self.margin_total or self.margin_total <= 0:
            return None
        return float((self.margin_first or Decimal(0)) / self.margin_total) * YEAR


def ask(store: Store, scope: Scope) -> list[Row]:
    """Oldest month first."""
    return store.rows(Path(__file__).with_suffix(".sql"), Row, **scope.params())


def at(rows: Sequence[Row], month: date) -> Row | None:
    """The row of a month."""
    return next((r for r in rows if r.month == month), None)


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The weight of the largest and what losing it costs, how spread sales are, and what is missing for it."""
    now = at(rows, scope.month)
    if now is None:
        return []
    if now.cr1 is None:
        return [Finding("change", SOON.fill(n=now.months))]
    head = WEIGHT.fill(
        name=now.called,
        first=FIRST_SHARE.text(now.cr1),
        five=FIVE_SHARE.text(now.cr5),
        months=LOSS.text(now.loss_months),
    )
    found = [
        Finding("change", head, float(now.first_amount), now.account, now.called),
        _spread(rows, now),
        _profit(now),
    ]
    if now.months < YEAR:
        found.append(Finding("change", GAPS.fill(n=YEAR - now.months)))
    return found


def _spread(rows: Sequence[Row], now: Row) -> Finding:
    before = at(rows, months_back(now.month, YEAR))
    then = before.effective if before else None
    sentence = ALONE if then is None else SPREAD
    return Finding("change", sentence.fill(now=EFFECTIVE.text(now.effective), before=EFFECTIVE.text(then)))


def _profit(now: Row) -> Finding:
    if now.profit_months is None:
        return Finding("change", UNPRICED.fill(known=SHARE.text(now.margin_known or 0.0)))
    return Finding("change", PROFIT.fill(months=LOSS.text(now.profit_months)))


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The shares of the five largest and of the largest over the months."""
    known = [r for r in rows if r.cr1 is not None]
    values = ([None if r.cr5 is None else r.cr5 * 100 for r in known], [(r.cr1 or 0.0) * 100 for r in known])
    return charts.lines([f"{r.month:%Y-%m}" for r in known], list(zip(LINES, values, strict=True)), look, 1)
