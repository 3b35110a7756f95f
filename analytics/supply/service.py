"""Do we serve well?

Fill: pieces shipped, of each line at most what was ordered, over pieces ordered. OTIF: pieces of lines that came whole
and inside the window, over pieces ordered. The window is the promised day (the requested one where nothing was
promised) and two days before it; earlier is a miss, as later is. Both are ratios of sums over the lines that were due.
An account serves worse than the rest when it lies below it by more than the noise of its orders.

Units: pieces (pcs), shares as ratios, money in CNY as ordered.
Source: `orders`, `account_dim`, `product_dim`; see `service.sql`. OTIF by case after McKinsey and the Trading Partner
Alliance, "Defining on-time, in-full in the consumer sector" (2019); noise of a ratio of orders' totals by
linearisation (Cochran 1977).
Duty: 1, assured supply.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Level, OfAccount, Scope, months_back
from analytics.charts.theme import Look
from analytics.metrics import FILL, OTIF
from analytics.numbers import pieces, signed
from analytics.supply import served
from analytics.supply.answered import answered
from analytics.supply.served import JUDGED, MISSES, MONTHS, OPEN, UNDATED, UNSEEN, UNSTATED, Part, Sums, Trend
from data.datasets.orders import CAUSES
from data.marts import SUPPLY_SERVICE
from data.store import Store
from data.text import Text, same

QUESTION = Text("我们交货交得好不好？", "Do we serve well?")
CAPTION = Text("准时足量与满足率，%，按应到月份", "On time in full, and fill, %, by the month due")
MEANING = Text(
    "准时足量＝整行到齐、且在窗口内到货的件数 ÷ 订购件数；窗口是承诺日当天及之前两天，没有承诺日的用要求日，早过两天"
    "也算没做到。满足率＝各行已发（最多算到订购数）之和 ÷ 订购之和。都是件数之和相除，从不平均。还没到期的行不算，只报"
    "个数；没写日期、没写发货数量的同样单列。趋势：近 12 个月与前 12 个月之差，超出逐月同比差的 95% 范围才算变。客户偏"
    "低：比其余客户低 3 个点以上，并超出各订单的波动（约 90 次里错一次），至少 10 张订单。",
    "On time in full: pieces of lines that came whole and inside the window over pieces ordered; the window is the "
    "promised day (else the requested one) and the two days before, earlier is a miss too. Fill: shipped, of each line "
    "at most what was ordered, over ordered. Sums over sums, never an average. Lines not due yet are left out and "
    "counted, so are those without a day or a shipped quantity. Trend: twelve months against the twelve before, a "
    "change only beyond the 95% range of the month-by-month differences. An account is low when it lies 3 points under "
    "the others and beyond what its orders vary by (wrong once in about 90), of ten orders at least.",
)
NEEDS = ("orders",)
ENRICHED_BY = ("accounts", "products", "sell_in", "sell_out")
EARLY_DAYS = 2  # a delivery bay is booked by the day; two days ahead a store still has room for the goods
CAUSES_SHOWN, SHOWN = 3, 8  # in a sentence, in a figure; the table has all
VIEWS = {
    "year": Text("年", "Year"),
    "month": Text("月份", "Month"),
    "account": Text("客户", "Account"),
    "cause": Text("原因", "Cause"),
    "left out": Text("没有算的", "Left out"),
}
OUTCOMES = {
    "late": Text("迟到", "late"),
    "partial": Text("没发齐", "not in full"),
    "missing": Text("过期没到", "not delivered"),
    "early": Text("早到", "early"),
}
LINES = {"otif": Text("准时足量", "OTIF"), "fill": Text("满足率", "Fill")}  # of the figure; short, for a phone
NOT_STATED = Text("没写原因", "not stated")
NOW = Text("近 12 个月准时足量 {otif}，满足率 {fill}", "Twelve months: {otif} on time in full, {fill} filled")
BOTH = Text("{now}；前 12 个月 {otif_before}、{fill_before}", "{now}; {otif_before} and {fill_before} the year before")
TREND = {
    "worse": Text(
        "准时足量变差：{change} 个点，超出平常的 ±{noise}",
        "On time in full got worse: {change} points, when ±{noise} is usual",
    ),
    "better": Text(
        "准时足量变好：{change} 个点，超出平常的 ±{noise}",
        "On time in full got better: {change} points, when ±{noise} is usual",
    ),
    "alike": Text(
        "准时足量没有变：{change} 个点，在平常的 ±{noise} 以内",
        "On time in full is as it was: {change} points, within the usual ±{noise}",
    ),
}
LEVELS: dict[str, Level] = {"worse": "rain", "better": "fair", "alike": "change"}
MISSED = Text("没做到的 {missed}：{how}；原因：{why}", "Missed {missed}: {how}; causes: {why}")
PART = Text("{name} {share}", "{name} {share}")
LOW = Text("准时足量 {otif}，其余客户 {others}", "{otif} on time in full, the other accounts {others}")
LEFT = {
    OPEN: Text("{n} 行还没到期，没有算", "{n} lines are not due yet and left out"),
    UNDATED: Text("{n} 行没有承诺日也没有要求日，没有算", "{n} lines have neither a promised nor a requested day"),
    UNSTATED: Text("{n} 行发了货但没写数量，没有算", "{n} lines were shipped without a quantity and left out"),
    UNSEEN: Text("{n} 行的客户没有任何到货日期，不算准时足量", "{n} lines of accounts without any day of delivery"),
}


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One of two years, or of 24 months; one account or one cause of the last twelve months; or lines left out."""

    view: str  # a key of VIEWS
    month: date | None  # due; of a year the last one
    account: str
    name: str
    name_en: str
    owner: str
    cause: str  # as the orders say it, "" not stated; of lines left out a key of LEFT
    lines: int
    ordered_pcs: float
    filled_pcs: float
    fill: float | None
    judged_pcs: float  # ordered, where deliveries are known
    otif: float | None  # None: nothing was due, or no day of delivery is known
    late_pcs: float
    partial_pcs: float
    missing_pcs: float  # due and not delivered
    early_pcs: float
    missed_cny: float | None  # None: nothing missed, or no amounts
    below: bool  # an account that is served worse than the others, beyond noise
    others: float | None  # OTIF of all other accounts

    @property
    def missed_pcs(self) -> float:
        """Pieces that were not on time in full."""
        return self.late_pcs + self.partial_pcs + self.missing_pcs + self.early_pcs


def ask(store: Store, scope: Scope) -> list[Row]:
    """Two years, 24 months, oldest first; accounts and causes of the last twelve by pieces missed; what is left out."""
    query = Path(__file__).with_name("service_kept.sql")
    return answered(store, scope, SUPPLY_SERVICE, query, Row, lambda: _rows(store, scope))


def _rows(store: Store, scope: Scope) -> list[Row]:
    """Worked out from all order lines."""
    parts = store.rows(Path(__file__).with_suffix(".sql"), Part, **scope.params(), early_days=EARLY_DAYS)
    due = [p for p in parts if p.month <= scope.month]
    lately = _within(due, scope.month)
    years = [_row("year", _within(due, m), month=m) for m in (months_back(scope.month, MONTHS), scope.month)]
    months = [_row("month", [p for p in due if p.month == m], month=m) for m in sorted({p.month for p in due})]
    rows = [*years, *months, *_accounts(lately), *_causes(lately)]
    return [*(r for r in rows if r.lines), *_left_out(parts)]


def _within(parts: Sequence[Part], until: date) -> list[Part]:
    """The twelve months that end with `until`."""
    return [p for p in parts if months_back(until, MONTHS - 1) <= p.month <= until]


def _accounts(parts: Sequence[Part]) -> list[Row]:
    """Each account beside all others."""
    whole = served.sums(parts)
    by_account = (list(some) for _, some in groupby(parts, key=lambda p: p.account))
    rows = [_row("account", own, who=own[0], others=whole.without(served.sums(own))) for own in by_account]
    return sorted(rows, key=lambda r: (-r.missed_pcs, r.account))


def _causes(parts: Sequence[Part]) -> list[Row]:
    """What was missed, by cause."""
    missed = [p for p in parts if p.state == JUDGED and p.outcome in MISSES]
    causes = {p.cause for p in missed}
    rows = [_row("cause", [p for p in missed if p.cause == cause], cause=cause) for cause in causes]
    return [replace(r, fill=None, otif=None) for r in sorted(rows, key=lambda r: (-r.missed_pcs, r.cause))]


def _left_out(parts: Sequence[Part]) -> list[Row]:
    """How many lines, and pieces, of each kind are not judged."""
    found = {state: [p for p in parts if p.state == state] for state in LEFT}
    return [replace(_row("left out", (), cause=state), **_size(some)) for state, some in found.items() if some]


def _size(parts: Sequence[Part]) -> dict[str, int | float]:
    return {"lines": sum(p.lines for p in parts), "ordered_pcs": sum(p.ordered for p in parts)}


def _row(
    view: str,
    parts: Sequence[Part],
    *,
    month: date | None = None,
    who: Part | None = None,
    cause: str = "",
    others: Sums | None = None,
) -> Row:
    x = served.sums(parts)
    name = (who.account, who.name, who.name_en, who.owner) if who else ("", "", "", "")
    figures = (x.lines, x.ordered, x.filled, x.fill, x.judged, x.otif)
    misses = (x.by["late"], x.by["partial"], x.by["missing"], x.by["early"], x.missed_cny)
    beside = (served.is_low(x, others), others.otif) if others else (False, None)
    return Row(view, month, *name, cause, *figures, *misses, *beside)


def of(rows: Sequence[Row], view: str) -> list[Row]:
    """The rows of one view."""
    return [r for r in rows if r.view == view]


def trend(rows: Sequence[Row], scope: Scope) -> Trend | None:
    """The year against the one before; None where too few months can be compared."""
    years = {r.month: r.otif for r in of(rows, "year")}
    months = {r.month: r.otif for r in of(rows, "month") if r.month}
    return served.trend(years.get(scope.month), years.get(months_back(scope.month, MONTHS)), months, scope.month)


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The year, its trend, what was missed and why; each account that is served worse; what was left out."""
    now = next((r for r in of(rows, "year") if r.month == scope.month), None)
    found = [Finding("change", _head(now, rows, scope))] if now else []
    if known := trend(rows, scope):
        numbers = {"change": signed(known.change * 100), "noise": f"{known.noise * 100:.1f}"}
        found.append(Finding(LEVELS[known.verdict], TREND[known.verdict].fill(**numbers)))
    if now and now.missed_pcs:
        found.append(Finding("change", _missed(now, of(rows, "cause")), now.missed_cny or 0.0))
    low = [r for r in of(rows, "account") if r.below]
    found += [Finding("rain", reason(r), r.missed_cny or 0.0, r.account, r.called, r.owner) for r in low]
    return found + [Finding("change", LEFT[r.cause].fill(n=r.lines)) for r in of(rows, "left out")]


def _head(now: Row, rows: Sequence[Row], scope: Scope) -> Text:
    text = NOW.fill(otif=OTIF.text(now.otif), fill=FILL.text(now.fill))
    before = next((r for r in of(rows, "year") if r.month == months_back(scope.month, MONTHS)), None)
    if before is None:
        return text
    return BOTH.fill(now=text, otif_before=OTIF.text(before.otif), fill_before=FILL.text(before.fill))


def _missed(now: Row, causes: Sequence[Row]) -> Text:
    """How the year's pieces were missed and why, the largest shares first; what has no cause is named last."""
    kinds = sorted(((getattr(now, f"{kind}_pcs"), OUTCOMES[kind]) for kind in MISSES), key=lambda k: -k[0])
    stated = [(r.missed_pcs, called(r.cause)) for r in causes if r.cause][:CAUSES_SHOWN]
    bare = [(r.missed_pcs, NOT_STATED) for r in causes if not r.cause]
    how, why = (_listed(some, now.missed_pcs) for some in (kinds, [*stated, *bare]))
    return MISSED.fill(missed=pieces(now.missed_pcs), how=how, why=why)


def _listed(parts: Sequence[tuple[float, Text]], whole: float) -> Text:
    """Names with their shares, zeros left out."""
    told = [PART.fill(name=name, share=OTIF.text(pcs / whole)) for pcs, name in parts if pcs]
    return Text("、".join(t.zh for t in told), ", ".join(t.en for t in told))


def called(cause: str) -> Text:
    """A cause in both languages where the contract knows it, else as the file says it."""
    if not cause:
        return NOT_STATED
    return next((known for known in CAUSES if known.zh == cause), same(cause))


def reason(row: Row) -> Text:
    """How an account is served beside the others."""
    return LOW.fill(otif=OTIF.text(row.otif), others=OTIF.text(row.others))


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """OTIF and fill by month, from zero."""
    months = of(rows, "month")
    series = [(name, [_percent(getattr(r, field)) for r in months]) for field, name in LINES.items()]
    return charts.lines([f"{r.month:%Y-%m}" for r in months], series if months else [], look, 0)


def draw_causes(rows: Sequence[Row], look: Look) -> go.Figure:
    """Pieces missed in twelve months by cause, the most first."""
    bars = [(called(r.cause), r.missed_pcs) for r in of(rows, "cause")[:SHOWN]]
    return charts.amounts(bars, look, Text("件", "pcs"), 0)


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100
