"""Which accounts are large and steady, and who changed places in a year?

ABC by size: the accounts that make the first 80 % of twelve months' sales, those up to 95 %, and the rest. XYZ by how
steadily they sell: the coefficient of variation of monthly sales without the season, up to 0.5, up to 1.0, above. No
standard fixes these lines, so they are stated wherever the letters stand. An open month is left out.

Units: money in CNY; cv is a ratio.
Source: `sales_month`, `account_month`, `account_dim`, `product_dim`; see `tiers.sql`. The seasonal index is
that of all accounts over 24 months, January and February as one.
Duty: the rule of twenty; 9, timely and accurate sales statistics.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, OfAccount, Scope
from analytics.charts.theme import Look
from analytics.metrics import SALES, SHARE
from data.store import Store
from data.text import Text, same

QUESTION = Text("谁又大又稳，谁一年里换了档？", "Who is large and steady, and who changed tier in a year?")
CAPTION = Text(
    "客户数：横向 ABC（累计占比 80%、95%），纵向 XYZ（去季节后的波动系数 0.5、1.0）",
    "Accounts: across ABC (cumulative 80%, 95%), down XYZ (variation without season 0.5, 1.0)",
)
MEANING = Text(
    "ABC：近 12 个整月销售额从大到小累加，80% 以内为 A，95% 以内为 B，其余为 C，跨线的一家算在前一档。"
    "XYZ：每月销售额除以全部客户的季节指数后的波动系数，0.5 及以下为 X，"
    "1.0 及以下为 Y，以上为 Z；一、二月合为一格，至少六格才算。"
    "终端销售没报的月份不算，进货没订的月份是 0。XYZ 和去年的档要满 24 个月的数。分界没有统一标准，以此处为准。",
    "ABC: twelve whole months added up from the largest; A within 80%, B within 95%, C the rest; who crosses a line is "
    "in the tier before it. XYZ: variation of monthly sales over the season of all accounts; X up to 0.5, Y up to 1.0, "
    "Z above; January and February are one cell, six cells are the least. Sell-out months not reported count nowhere, "
    "sell-in months without an order are zero. XYZ and last year's tiers need 24 months. No standard fixes the lines.",
)
NEEDS = ("sales",)
ENRICHED_BY = ("products", "accounts")
A_LINE, B_LINE = 0.8, 0.95  # of sales, cumulative
X_LINE, Y_LINE = 0.5, 1.0  # coefficient of variation
ENOUGH = 6  # cells of a year (January and February are one): half of it, below which a spread says nothing
ABC, XYZ = ("A", "B", "C"), ("X", "Y", "Z")
SIZES = Text("A 档 {a} 家，B 档 {b} 家，C 档 {c} 家", "{a} A accounts, {b} B, {c} C")
SIZED = Text("{sizes}；又大又稳（AX）的 {n} 家占 {share}", "{sizes}; the {n} large and steady ones (AX) make {share}")
NO_BEST = Text("{sizes}；没有又大又稳（AX）的", "{sizes}; none is large and steady (AX)")
MOVES = Text(
    "一年里 {up} 家升档，{down} 家降档；变动最大的是{name}，由 {before} 转 {now}",
    "{up} accounts went up a tier in a year, {down} down; {name} moved most, from {before} to {now}",
)
STEP = Text("由 {before} 转 {now}，近 12 个月 {gap}", "from {before} to {now}, {gap} in twelve months")
EACH = Text("{name}{step}", "{name} {step}")
STAYED = Text("与一年前相比没有客户换档", "No account changed tier in a year")
YOUNG = Text(
    "不满 24 个月的数，不分 XYZ，也没有一年前的档", "Under 24 months of figures: no XYZ, and no tiers of a year ago"
)
THIN = Text("{n} 家有数的月份太少，不分 XYZ", "{n} accounts have too few months for XYZ")
UNKNOWN = Text("不明", "Unknown")
NEW, GONE = Text("没有销售", "No sales"), Text("没有销售", "No sales")
ACROSS, DOWN = Text("现在", "Now"), Text("一年前", "A year ago")


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One account with sales in the last 24 months."""

    account: str
    name: str
    name_en: str
    owner: str
    rolling: Decimal | None  # CNY, twelve months; None: no sales in them
    abc: str | None
    xyz: str | None
    cv: float | None
    months: int | None  # cells that cv stands on
    rolling_before: Decimal | None  # CNY, the twelve before
    abc_before: str | None
    xyz_before: str | None
    cv_before: float | None
    months_before: int | None

    @property
    def gap(self) -> float:
        """Twelve months minus the twelve before, CNY."""
        return float((self.rolling or 0) - (self.rolling_before or 0))

    @property
    def moved(self) -> bool:
        """Whether the account had a tier a year ago and has another now."""
        return bool(self.abc and self.abc_before and self.abc != self.abc_before)


def ask(store: Store, scope: Scope) -> list[Row]:
    """Largest first."""
    lines = {"a_line": A_LINE, "b_line": B_LINE, "x_line": X_LINE, "y_line": Y_LINE, "enough": ENOUGH}
    return store.rows(Path(__file__).with_suffix(".sql"), Row, **scope.closed.params(), **lines)


def movers(rows: Sequence[Row]) -> list[Row]:
    """Who changed tier by size, the largest difference first."""
    return sorted((r for r in rows if r.moved), key=lambda r: (-abs(r.gap), r.account))


def fell(row: Row) -> bool:
    """Whether a mover is in a lower tier than a year ago."""
    return (row.abc or "") > (row.abc_before or "")


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """How many of each, then the movers by money, then what could not be judged."""
    sized = [r for r in rows if r.abc]
    if not sized:
        return []
    found = [Finding("change", _sizes(sized))]
    if not any(r.abc_before for r in rows):
        return [*found, Finding("change", YOUNG)]
    found += _moves(movers(rows))
    if thin := sum(1 for r in sized if not r.xyz):
        found.append(Finding("change", THIN.fill(n=thin)))
    return found


def _sizes(rows: Sequence[Row]) -> Text:
    counts, total = Counter(r.abc for r in rows), sum(float(r.rolling or 0) for r in rows)
    sizes = SIZES.fill(a=counts["A"], b=counts["B"], c=counts["C"])
    best = [r for r in rows if (r.abc, r.xyz) == ("A", "X")]
    if not any(r.xyz for r in rows) or total <= 0:
        return sizes
    if not best:
        return NO_BEST.fill(sizes=sizes)
    share = sum(float(r.rolling or 0) for r in best) / total
    return SIZED.fill(sizes=sizes, n=len(best), share=SHARE.text(share))


def _moves(moved: Sequence[Row]) -> list[Finding]:
    """How many went up and down, then each by money."""
    if not moved:
        return [Finding("fair", STAYED)]
    down, first = sum(fell(r) for r in moved), moved[0]
    up = len(moved) - down
    text = MOVES.fill(up=up, down=down, name=first.called, before=first.abc_before or "", now=first.abc or "")
    return [Finding("rain" if down > up else "change", text), *map(_mover, moved)]


def _mover(r: Row) -> Finding:
    text = EACH.fill(name=r.called, step=step(r))
    return Finding("rain" if fell(r) else "fair", text, abs(r.gap), r.account, r.called, r.owner)


def step(r: Row) -> Text:
    """From which tier to which, and what that is in money."""
    return STEP.fill(before=r.abc_before or "", now=r.abc or "", gap=_signed(r.gap))


def _signed(gap: float) -> Text:
    word = SALES.text(gap)
    return Text(f"+{word.zh}", f"+{word.en}") if gap > 0 else word


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """How many accounts are in each cell of size and steadiness; a row for those whose steadiness is not known."""
    sized = [r for r in rows if r.abc]
    down: list[str | None] = [*XYZ] if any(r.xyz for r in sized) else []
    if any(not r.xyz for r in sized):
        down.append(None)
    counts = Counter((r.xyz, r.abc) for r in sized)
    names = [same(x) if x else UNKNOWN for x in down]
    return charts.crosstab([same(a) for a in ABC], names, [[counts[x, a] for a in ABC] for x in down], look)


def draw_moves(rows: Sequence[Row], look: Look) -> go.Figure:
    """From which tier a year ago (down) to which now (across); nobody is forgotten."""
    if not any(r.abc_before for r in rows):
        return charts.crosstab([], [], [], look)
    steps: tuple[str | None, ...] = (*ABC, None)
    counts = Counter((r.abc_before, r.abc) for r in rows)
    across = [Text(f"{ACROSS.zh} {a}", f"{ACROSS.en} {a}") if a else GONE for a in steps]
    down = [Text(f"{DOWN.zh} {a}", f"{DOWN.en} {a}") if a else NEW for a in steps]
    return charts.crosstab(across, down, [[counts[b, a] for a in steps] for b in steps], look, unchanged=len(ABC))
