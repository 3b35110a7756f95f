"""Where does the difference to last year come from?

Sales of the last three months minus the same three a year ago, split by product category; the parts sum to the
difference.

Units: money in CNY.
Source: `sales_month`, `product_dim` (and `sales` for the days of an open month); see `change.sql`.
Duty: 9, timely and accurate sales statistics.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.charts.theme import Look
from analytics.metrics import SALES
from analytics.numbers import Unit, unit_for
from data.store import Store
from data.text import Text, same

QUESTION = Text("与去年的差额来自哪里？", "Where does the difference to last year come from?")
CAPTION = Text(
    "销售额差，近三个月对去年同期，按品类", "Sales difference by category, three months against a year before"
)
MEANING = Text(
    "近三个月减去年同三个月，按品类拆开，各部分之和等于总差额。终端销售按客户逐月配对；进货为全部客户，新增和流失都在内。"
    "未结束的月份只比到同一天。",
    "Three months minus the same three a year ago, by category; the parts sum to the difference. Sell-out is matched "
    "account by account and month by month, sell-in is all accounts, new and lost ones too. An open month is compared "
    "up to the same day.",
)
NEEDS = ("sales",)
ENRICHED_BY = ("products",)
SHOWN = 6  # bars before the rest is summed
BELOW = Text(
    "近三个月比去年同期少 {gap}，主要少在{category}（{part}）",
    "{gap} below last year over three months, mostly {category} ({part})",
)
ABOVE = Text(
    "近三个月比去年同期多 {gap}，主要多在{category}（{part}）",
    "{gap} above last year over three months, mostly {category} ({part})",
)
REST = Text("其余 {n} 类", "{n} others")
NAMELESS = Text("未分类", "No category")


@dataclass(frozen=True, slots=True)
class Row:
    """One product category ("" where no file names one)."""

    category: str
    current: Decimal  # CNY, three months
    before: Decimal  # CNY, the same three months (an open one: the same days) a year ago

    @property
    def gap(self) -> float:
        """Current minus before, CNY."""
        return float(self.current - self.before)


def ask(store: Store, scope: Scope) -> list[Row]:
    """Largest difference first, either way."""
    return store.rows(Path(__file__).with_suffix(".sql"), Row, **scope.params())


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The difference and the category that explains most of it; nothing when there was nothing a year ago."""
    if not any(r.before for r in rows):
        return []
    gap = sum(r.gap for r in rows)
    main = min(rows, key=lambda r: r.gap) if gap < 0 else max(rows, key=lambda r: r.gap)
    sentence = BELOW if gap < 0 else ABOVE
    text = sentence.fill(gap=SALES.text(abs(gap)), category=_name(main.category), part=SALES.text(main.gap))
    return [Finding("rain" if gap < 0 else "fair", text, abs(gap))]


def unit(rows: Sequence[Row], look: Look) -> Unit:
    """What the figure's numbers are counted in."""
    return unit_for([r.gap for r in rows], look.lang)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The bridge by category, from zero to the difference, in the unit of the largest part."""
    scale = unit(rows, look)
    parts = [(_name(r.category), r.gap / scale.size) for r in rows[:SHOWN]]
    if rest := rows[SHOWN:]:
        parts.append((REST.fill(n=len(rest)), sum(r.gap for r in rest) / scale.size))
    return charts.bridge(parts, look, scale.digits)


def _name(category: str) -> Text:
    return same(category) if category else NAMELESS
