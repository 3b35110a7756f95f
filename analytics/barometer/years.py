"""How much was sold in each calendar year?

Units: money in CNY, quantities in pieces (pcs).
Source: `sales_month`; see `years.sql`. A year with fewer than twelve months of data says so.
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
from analytics.numbers import unit_for
from data.store import Store
from data.text import Text, same

QUESTION = Text("每年卖了多少？", "How much was sold each year?")
CAPTION = Text("各年销售额", "Sales by year")
MEANING = Text(
    "自然年金额之和；不足 12 个月有数的年份会注明。",
    "Sum of amounts by calendar year; a year with fewer than twelve months of figures says so.",
)
NEEDS = ("sales",)
YEAR = Text("{year} 年销售 {amount}{part}", "{year}: {amount}{part}")
PART = Text("（{n} 个月有数）", " (months with figures: {n})")


@dataclass(frozen=True, slots=True)
class Row:
    """One calendar year."""

    year: int
    amount: Decimal | None  # CNY
    qty: Decimal | None  # pcs
    months: int  # with any rows
    accounts: int  # that had sales


def ask(store: Store, scope: Scope) -> list[Row]:
    """Oldest year first."""
    return store.rows(Path(__file__).with_suffix(".sql"), Row, **scope.params())


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """One line a year, newest first."""
    return [
        Finding(
            "change",
            YEAR.fill(
                year=r.year, amount=SALES.text(r.amount), part=PART.fill(n=r.months) if r.months < 12 else Text("", "")
            ),
        )
        for r in reversed(rows)
    ]


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """One bar a year."""
    unit = unit_for([float(r.amount or 0) for r in rows], look.lang)
    word = Text(f"年销售额，{unit.name}", f"Sales by year, {unit.name}")
    return charts.amounts(
        [(same(str(r.year)), float(r.amount or 0) / unit.size) for r in rows], look, word, unit.digits
    )
