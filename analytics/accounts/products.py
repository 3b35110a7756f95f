"""Which products make the sales?

Units: money in CNY, quantities in pieces (pcs), shares 0-1; rolling twelve months.
Source: `sales_month`, `product_dim`; see `products.sql`.
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
from analytics.numbers import Unit, unit_for
from data.store import Store
from data.text import Text, same

QUESTION = Text("哪些产品做成了销售额？", "Which products make the sales?")
CAPTION = Text(
    "近 12 个月销售额，右列为累计占比，虚线为八成",
    "Rolling twelve months, cumulative share at the right, dotted line at 80%",
)
MEANING = Text(
    "按近 12 个月销售额排列的产品。",
    "Products by their rolling twelve months.",
)
NEEDS = ("sales",)
ENRICHED_BY = ("products",)
SHOWN, MOST_SHOWN = 9, 15  # bars: as many as reach the Pareto line within these; the rest is summed in one
MOST = 0.8  # the Pareto line
PARETO = Text("{n} 个型号中 {k} 个撑起八成销售额", "{k} of {n} products make 80% of sales")
OTHERS = Text("其余 {n} 款", "{n} others")


@dataclass(frozen=True, slots=True)
class Row:
    """One product. An amount is None where the window has no rows."""

    sku: str
    name: str
    name_en: str
    category: str
    rolling: Decimal | None  # CNY, twelve months
    rolling_before: Decimal | None  # CNY, the twelve before
    qty: Decimal | None  # pcs, twelve months
    cumulative: float | None  # share of this product and all above it


def ask(store: Store, scope: Scope) -> list[Row]:
    """Largest first."""
    return store.rows(Path(__file__).with_suffix(".sql"), Row, **scope.params())


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """How many products make most of the sales."""
    selling = [r for r in rows if r.rolling]
    if not selling:
        return []
    return [Finding("change", PARETO.fill(n=len(selling), k=_reach(rows)))]


def _reach(rows: Sequence[Row]) -> int:
    """How many of the largest products make MOST of the sales."""
    return next((n for n, r in enumerate(rows, 1) if (r.cumulative or 0.0) >= MOST - 1e-12), len(rows))


def unit(rows: Sequence[Row], look: Look) -> Unit:
    """What the figure's numbers are counted in."""
    return unit_for([float(r.rolling or 0) for r in rows], look.lang)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The largest products as Pareto bars, the rest in one bar; labelled by code, which fits where names do not."""
    selling = [r for r in rows if r.rolling]
    scale, shown = unit(rows, look), min(max(SHOWN, _reach(rows)), MOST_SHOWN)
    bars = [(same(r.sku), float(r.rolling or 0) / scale.size, r.cumulative or 0.0) for r in selling[:shown]]
    if tail := selling[shown:]:
        bars.append((OTHERS.fill(n=len(tail)), sum(float(r.rolling or 0) for r in tail) / scale.size, 1.0))
    return charts.pareto(bars, look, scale.digits, rest=bool(tail))
