"""How much of what an account buys comes from us?

Share of wallet: what we shipped to an account in twelve months over what it buys of our kind of goods from all
suppliers, as the account master states it. Only where that is stated.

Units: money in CNY, shares 0-1.
Source: `accounts.purchases`, `sales_month` (sell-in); see `wallet.sql`. Share of wallet as in Farris et al.,
Marketing Metrics, chapter 2.
Duty: 9, timely and accurate sales statistics; it also feeds duties 5 and 10.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, OfAccount, Scope
from analytics.charts.theme import Look
from analytics.metrics import ROLLING, WALLET
from analytics.numbers import Unit, unit_for
from data.store import Store
from data.text import Text

QUESTION = Text("客户的采购里我们占多少？", "How much of what accounts buy comes from us?")
CAPTION = Text("一年里向别家采购的金额", "What they buy elsewhere in a year")
MEANING = Text(
    "客户份额＝近 12 个已结束月份我们发给客户的金额 ÷ 客户档案里填的年采购额（同类商品，所有供应商），不分品类。"
    "没有填年采购额的客户不在内。自己的发货不满 12 个月，或者发货多过年采购额，都不算份额，只说明原因。",
    "Share of wallet = what we shipped to an account in the last twelve ended months / the purchases a year that the "
    "account master states (goods of our kind, all suppliers), every category together. Accounts without stated "
    "purchases are not in it. With under twelve months of shipments, or more shipped than it is said to buy, there is "
    "no share and the reason is told.",
)
NEEDS = ("sell_in", "accounts")
BOUGHT = Text("年采购额", "Purchases a year")
YEAR = 12  # months of shipments that a year's purchases can be held against
SHOWN = 10  # bars; the table has all
HEAD = Text(
    "{n} 家填了年采购额，我们占 {share}；向别家买得最多的是{name}（{room}）",
    "{n} accounts state what they buy: {share} is ours; {name} buys most elsewhere ({room})",
)
ONE = Text("客户份额 {share}，一年向别家买 {room}", "{share} of what it buys is ours; {room} a year goes elsewhere")
BELOW = Text(
    "填的年采购额 {purchases} 比我们发的 {rolling} 还少，要核对",
    "Purchases stated as {purchases} are less than the {rolling} we shipped: check the account master",
)
SHORT = Text("发货只有 {months} 个月，满 12 个月才算份额", "{months} months of shipments; a share needs twelve")


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One account with stated purchases."""

    account: str
    name: str
    name_en: str
    owner: str
    purchases: Decimal  # CNY a year, from all suppliers, as stated
    rolling: Decimal  # CNY, shipped by us in twelve months
    months: int  # of the twelve in which our books hold shipments to anybody

    @property
    def share(self) -> float | None:
        """Ours of what it buys; None where the two cannot be held against each other."""
        return float(self.rolling / self.purchases) if self.months >= YEAR and self.rolling <= self.purchases else None

    @property
    def room(self) -> float:
        """CNY a year bought elsewhere; 0 where that is not known."""
        return 0.0 if self.share is None else float(self.purchases - self.rolling)


def ask(store: Store, scope: Scope) -> list[Row]:
    """Who buys most elsewhere first; up to the last month that has ended."""
    params = {name: value for name, value in scope.closed.params().items() if name not in ("flow", "categories")}
    return store.rows(Path(__file__).with_suffix(".sql"), Row, **params)


def share(rows: Sequence[Row]) -> float | None:
    """Ours of what all of them buy together, a ratio of sums; None where nothing can be compared."""
    told = [r for r in rows if r.share is not None]
    return float(sum(r.rolling for r in told) / sum(r.purchases for r in told)) if told else None


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The whole, then what cannot be right; or why there is no share yet."""
    if not rows:
        return []
    if rows[0].months < YEAR:
        return [Finding("change", SHORT.fill(months=rows[0].months))]
    wrong = [r for r in rows if r.share is None]
    checks = [Finding("change", reason(r), 0.0, r.account, r.called, r.owner) for r in wrong]
    told = [r for r in rows if r.share is not None]
    if not told:
        return checks
    most = max(told, key=lambda r: r.room)
    head = HEAD.fill(n=len(told), share=WALLET.text(share(told)), name=most.called, room=ROLLING.text(most.room))
    return [Finding("change", head), *checks]


def reason(row: Row) -> Text:
    """The share of one account, or why it has none."""
    if row.months < YEAR:
        return SHORT.fill(months=row.months)
    if row.share is None:
        return BELOW.fill(purchases=ROLLING.text(row.purchases), rolling=ROLLING.text(row.rolling))
    return ONE.fill(share=WALLET.text(row.share), room=ROLLING.text(row.room))


def facts(row: Row) -> list[tuple[Text, Text]]:
    """The numbers of one account, each with its name."""
    return [(WALLET.name, WALLET.text(row.share)), (BOUGHT, ROLLING.text(row.purchases))]


def unit(rows: Sequence[Row], look: Look) -> Unit:
    """What the figure's numbers are counted in."""
    return unit_for([r.room for r in rows], look.lang)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """What is bought elsewhere, the most first."""
    scale = unit(rows, look)
    told = sorted((r for r in rows if r.share is not None), key=lambda r: (-r.room, r.account))[:SHOWN]
    words = Text(f"{CAPTION.zh}，{scale.name}", f"{CAPTION.en}, {scale.name}")
    return charts.amounts([(r.called, r.room / scale.size) for r in told], look, words, scale.digits)
