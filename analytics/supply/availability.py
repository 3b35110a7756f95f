"""How often is a product there that people come for?

Share of snapshots: of the products that an account has or sold of late, those with stock at the last count of a month.
Counts are snapshots; a shelf that was empty between two of them is not seen.

Units: products at accounts, their share as a ratio.
Source: `stock_month`, `sales_month`; see `availability.sql`.
Duty: 1, assured supply, above all before a peak season.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope, months_back
from analytics.charts.theme import Look
from analytics.metrics import IN_STOCK
from analytics.supply.answered import answered
from data.marts import SUPPLY_IN_STOCK
from data.store import Store
from data.text import Text

QUESTION = Text("顾客来买的时候，货在不在？", "Is the product there when people come for it?")
CAPTION = Text("盘点时有货的份额，%", "Share in stock when counted, %")
MEANING = Text(
    "每月最后一次盘点：有库存的客户产品数 ÷（有库存的＋没库存但近三个月卖过的）。两次盘点之间的断货看不见。",
    "At each month's last count: products at accounts with stock, over those with stock and those without that were "
    "sold in three months. An empty shelf between two counts is not seen.",
)
NEEDS = ("stock", "sell_out")
NOW = Text("盘点时 {share} 有货，{n} 处没货", "{share} in stock when counted; {n} places had none")
SHARE = Text("现货率", "In stock")


@dataclass(frozen=True, slots=True)
class Row:
    """One month with counts."""

    month: date
    listed: int
    out: int

    @property
    def share(self) -> float:
        """In stock, a ratio."""
        return 1 - self.out / self.listed


def ask(store: Store, scope: Scope) -> list[Row]:
    """Oldest month first."""
    here = Path(__file__)
    return answered(
        store, scope, SUPPLY_IN_STOCK, here.with_name("availability_kept.sql"), Row,
        lambda: store.rows(here.with_suffix(".sql"), Row, **scope.params()),
    )  # fmt: skip


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The newest month's share and how many places were empty."""
    now = next((r for r in rows if r.month in (scope.month, months_back(scope.month, 1))), None)
    now = next((r for r in reversed(rows) if r.month == scope.month), now)
    if now is None:
        return []
    return [Finding("rain" if now.out else "fair", NOW.fill(share=IN_STOCK.text(now.share), n=now.out))]


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The share month by month."""
    months = [f"{r.month:%Y-%m}" for r in rows]
    return charts.lines(months, [(SHARE, [r.share * 100 for r in rows])], look, digits=1)
