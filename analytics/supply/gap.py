"""How much is missing, and where does the gap come from?

Need of the time to be provided for, and safety on top; less what is on hand, in transit and on order; the rest has to
be ordered. Stock counts up to the need of its own product at its own account: a surplus here fills no gap there. The
total is that of the list (`ship.py`).

Units: pieces (pcs).
Source: `supply_plan`, which `plan.py` works out; see `gap.sql`; docs/methods.md.
Duty: 1, assured supply, above all before a peak season.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.charts.theme import Look
from analytics.metrics import PIECES
from analytics.numbers import Unit, pieces_for
from analytics.supply import sums
from data.store import Store
from data.text import Text

QUESTION = Text("缺口有多大，怎么来的？", "How large is the gap, and where does it come from?")
CAPTION = Text("从需求到还要订的货", "From need to what is still to be ordered")
MEANING = Text(
    "需求＝各客户各产品在要撑的时间里预计卖出的量；安全库存＝95% 不断货还要多备的；库存、在途、未发订单（按近五周实发"
    "率折算）各算到自己那一项的需求为止，一家的富余不填另一家的缺口；凑整箱多出的另列。合计等于发货清单的补单数。",
    "Need: what is expected to be sold in the time to be provided for; safety: what 95% asks for on top. Stock, "
    "transit and open orders (at the part filled in the last five weeks) count up to the need of their own item, as a "
    "surplus at one account fills no gap at another; what whole packs add stands by itself. The total is what the list "
    "orders.",
)
NEEDS = ("sales", "stock", "products")
ENRICHED_BY = ("orders", "calendar", "own_stock")
PARTS = {
    "need": (Text("预计需求", "Need"), 1),
    "safety": (Text("安全库存", "Safety"), 1),
    "on_hand": (Text("库存", "On hand"), -1),
    "in_transit": (Text("在途", "In transit"), -1),
    "unsent": (Text("未发订单", "Open orders"), -1),
    "packs": (Text("凑整箱", "Whole packs"), 1),
}
SHORT = Text("{n} 处缺货，共缺 {pcs} 件", "{n} places lack {pcs} pieces")
ENOUGH = Text("{n} 处都够", "All {n} places have enough")
MOST = Text("缺得最多的品类是{name}，{pcs} 件", "Most is missing of {name}: {pcs} pieces")
TO_ORDER = Text("还要订的货", "To be ordered")
NO_CATEGORY = Text("没有品类", "no category")


@dataclass(frozen=True, slots=True)
class Row:
    """One category; need + safety − on_hand − in_transit − unsent + packs = ship."""

    category: str
    items: int
    short: int  # items with a gap
    need: float  # pcs
    safety: float
    on_hand: float
    in_transit: float
    unsent: float
    packs: float
    ship: float


def ask(store: Store, scope: Scope) -> list[Row]:
    """The category that lacks most first."""
    return store.rows(Path(__file__).with_suffix(".sql"), Row, kept=sums.keep(store, scope), **scope.params())


def parts(rows: Sequence[Row]) -> list[tuple[Text, float]]:
    """The steps of the waterfall, signed pcs; they add up to what is to be ordered. Packs only where they add."""
    found = [(name, sign * sum((getattr(r, part) for r in rows), 0.0)) for part, (name, sign) in PARTS.items()]
    return found if abs(found[-1][1]) >= 1 else found[:-1]


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """How many places lack how much, and most of what."""
    if not rows:
        return []
    short, missing = sum(r.short for r in rows), sum(r.ship for r in rows)
    if not short:
        return [Finding("fair", ENOUGH.fill(n=sum(r.items for r in rows)))]
    worst = rows[0]
    name = Text(worst.category, worst.category) if worst.category else NO_CATEGORY
    return [
        Finding("rain", SHORT.fill(n=short, pcs=PIECES.text(missing))),
        Finding("change", MOST.fill(name=name, pcs=PIECES.text(worst.ship))),
    ]


def unit(rows: Sequence[Row], look: Look) -> Unit:
    """What the figure's numbers are in."""
    return pieces_for([amount for _, amount in parts(rows)], look.lang)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The waterfall."""
    scale = unit(rows, look)
    return charts.bridge(
        [(name, amount / scale.size) for name, amount in parts(rows)], look, scale.digits, TO_ORDER, judged=False
    )
