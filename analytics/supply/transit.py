"""What is on its way, and how long does it take?

Open lines by account and product: shipped and not delivered, ordered and not shipped, with the first promised day and
how far it has passed. Beside them the days that lines took which were delivered in the last twelve months, by region:
from order and from shipping to delivery, and late against the promise; the median, and what nine in ten kept to.

Units: pieces (pcs), days, money in CNY as ordered.
Source: `orders`, `account_dim`, `product_dim`; see `transit.sql`, `lead.sql`.
Duty: 1, assured supply.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, OfAccount, Scope
from analytics.charts.theme import Look
from analytics.metrics import LATE_SHARE, TAKEN
from analytics.numbers import pieces
from analytics.supply import lead
from analytics.supply.lead import LATE, LEAD, TRANSIT, Lead
from data.store import Store
from data.text import Text

QUESTION = Text("路上有多少货，要走多久？", "What is on its way, and how long does it take?")
CAPTION = Text("已下单没到货的件数，按客户", "Pieces ordered and not delivered, by account")
MEANING = Text(
    "在途＝已发货没到货的件数（没写发货数量的按订购数）；待发＝已下单没发货的件数。逾期＝承诺日（没有的用要求日）已过还"
    "没到。发货时少发的部分不算在途，单独报数；客户从来没有到货日期的，已发的行看不出到没到，不算；逾期一年以上的当作死"
    "单，不算，都报数。天数看近 12 个月到货的行：下单到到货、发货到到货、比承诺晚几天，取一半的行和九成的行做到的天数；"
    "不足 30 行的区域用全部区域的。",
    "On its way: pieces shipped and not delivered (as ordered where no quantity is given); to ship: ordered and not "
    "shipped. Overdue: the promised day (else the requested one) has passed. What was cut from a shipment is not on "
    "its way and is counted apart; where no delivery of an account was ever recorded its shipments are left out, and "
    "so is what is overdue for more than a year, as dead; both are counted. Days: of lines delivered in twelve months, "
    "from order, from shipping, and late against the promise; what half and nine in ten of the lines kept to. A region "
    "of fewer than 30 lines is given all regions' days.",
)
NEEDS = ("orders",)
ENRICHED_BY = ("accounts", "products", "sell_in", "sell_out")
BUILDS_ON = (lead,)
DEAD_DAYS = 365  # overdue for longer nobody waits for it: an order that was never closed
SHOWN, NAMED = 10, 5  # bars of the figure, accounts in sentences; the table has all
SHIPPED, TO_SHIP, UNSEEN, DEAD = "shipped", "to ship", "unseen", "dead"
STAGES = {SHIPPED: Text("在途", "On its way"), TO_SHIP: Text("待发", "To ship")}
TOOK = {
    LEAD: Text("下单到到货", "Order to delivery"),
    TRANSIT: Text("发货到到货", "Shipping to delivery"),
    LATE: Text("比承诺晚", "Late against the promise"),
}
HEAD = Text("在途 {way}，待发 {ship}", "{way} on their way, {ship} to ship")
OVERDUE = Text("{head}；其中逾期 {overdue}", "{head}; overdue {overdue}")
ONE = Text(
    "逾期 {overdue}，最久的是{item}，已过承诺日 {days} 天",
    "{overdue} overdue, longest {item}: {days} days past its promised day",
)
MORE = Text("另有 {n} 家也有逾期，共 {overdue}", "{overdue} overdue at {n} more accounts")
TAKES = Text(
    "下单到到货：一半在 {median}内，九成在 {q90}内", "Order to delivery: half within {median}, nine in ten within {q90}"
)
LATELY = Text("{takes}；{share} 的行晚于承诺日", "{takes}; {share} of lines came after the promised day")
SLOWEST = Text(
    "运输最久的是{region}：一半在 {median}内，九成在 {q90}内",
    "Longest on the way: {region}, half within {median}, nine in ten within {q90}",
)
CUT = Text("发货时少发的 {cut}没有算进来", "{cut} were cut from shipments and are not counted")
LEFT = {
    UNSEEN: Text(
        "{n} 行已发货，但客户从来没有到货日期，没有算", "{n} lines are left out: shipped, no delivery ever recorded"
    ),
    DEAD: Text("{n} 行逾期一年以上，没有算", "{n} lines are left out: overdue for more than a year"),
}


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One product that an account waits for; or how long lines to a region took; or lines left out."""

    view: str  # "open", "took" (region "" of "took in all") or "left out"
    region: str
    account: str
    name: str
    name_en: str
    owner: str
    sku: str
    sku_name: str
    sku_name_en: str
    stage: str  # a key of STAGES, of LEFT; of days a key of TOOK
    lines: int
    open_pcs: float | None
    promised_on: date | None  # the first of its lines
    overdue_pcs: float | None
    overdue_days: int | None  # of the line longest overdue, 0: none is
    overdue_cny: float | None  # None: nothing overdue, or no amounts
    cut_pcs: float | None  # ordered, and left out of what was shipped
    median_days: int | None
    q90_days: int | None
    late_share: float | None  # of its lines, that came after the promised day
    pooled: bool  # days of all regions, because the region has too few lines

    @property
    def item(self) -> Text:
        """What the product is called."""
        return Text(self.sku_name, self.sku_name_en)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row of the SQL."""

    account: str
    name: str
    name_en: str
    owner: str
    region: str
    sku: str
    sku_name: str
    sku_name_en: str
    stage: str
    lines: int
    pieces: float
    cut: float
    due_on: date | None
    overdue: float
    overdue_days: int
    amount: float | None


NOTHING = Row("", "", "", "", "", "", "", "", "", "", 0, None, None, None, None, None, None, None, None, None, False)


def ask(store: Store, scope: Scope) -> list[Row]:
    """What is overdue first, by pieces, then by promised day; then days in all and by region; then what is left out."""
    found = store.rows(Path(__file__).with_suffix(".sql"), Waiting, **scope.params(), dead_days=DEAD_DAYS)
    counts = lead.observed(store, scope)
    took = [
        *_took("in all", lead.overall(counts)),
        *(r for x in lead.by_region(counts).values() for r in _took("took", x)),
    ]
    return [*sorted((_open(w) for w in found if w.stage in STAGES), key=_urgency), *took, *_left_out(found)]


def _open(w: Waiting) -> Row:
    who = {name: getattr(w, name) for name in ("account", "name", "name_en", "owner", "region", "stage", "lines")}
    what = {"sku": w.sku, "sku_name": w.sku_name, "sku_name_en": w.sku_name_en, "promised_on": w.due_on}
    late = {"overdue_pcs": w.overdue, "overdue_days": w.overdue_days, "overdue_cny": w.amount}
    return replace(NOTHING, view="open", open_pcs=w.pieces, cut_pcs=w.cut, **who, **what, **late)


def _urgency(r: Row) -> tuple:
    return -(r.overdue_pcs or 0.0), r.promised_on or date.max, r.account, r.sku, r.stage


def _took(view: str, x: Lead) -> list[Row]:
    """A row for each measure that some line tells."""
    on_time = x.within(0)
    share = None if on_time is None else 1 - on_time
    rows = []
    for measure, days in ((LEAD, x.ordered), (TRANSIT, x.transit), (LATE, x.late)):
        if days:
            known = {"lines": days.lines, "median_days": days.median, "q90_days": days.q90, "pooled": days.pooled}
            late = share if measure == LATE else None
            rows.append(replace(NOTHING, view=view, region=x.region, stage=measure, late_share=late, **known))
    return rows


def _left_out(found: Sequence[Waiting]) -> list[Row]:
    kept = {stage: [w for w in found if w.stage == stage] for stage in LEFT}
    return [
        replace(
            NOTHING, view="left out", stage=s, lines=sum(w.lines for w in some), open_pcs=sum(w.pieces for w in some)
        )
        for s, some in kept.items()
        if some
    ]


def of(rows: Sequence[Row], view: str) -> list[Row]:
    """The rows of one view."""
    return [r for r in rows if r.view == view]


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """How much is on its way and overdue, who waits, how long it takes, and what was left out."""
    waiting = of(rows, "open")
    found = [*_heads(waiting), *_waits(waiting)]
    found += [Finding("change", text) for text in (_takes(of(rows, "in all")), _slowest(of(rows, "took"))) if text]
    if cut := sum(r.cut_pcs or 0.0 for r in waiting):
        found.append(Finding("change", CUT.fill(cut=pieces(cut))))
    return found + [Finding("change", LEFT[r.stage].fill(n=r.lines)) for r in of(rows, "left out")]


def _heads(waiting: Sequence[Row]) -> list[Finding]:
    if not waiting:
        return []
    way, ship = (sum(r.open_pcs or 0.0 for r in waiting if r.stage == stage) for stage in STAGES)
    head, overdue = HEAD.fill(way=pieces(way), ship=pieces(ship)), sum(r.overdue_pcs or 0.0 for r in waiting)
    if not overdue:
        return [Finding("fair", head)]
    return [Finding("rain", OVERDUE.fill(head=head, overdue=pieces(overdue)), _stake(waiting))]


def _waits(waiting: Sequence[Row]) -> list[Finding]:
    """Who waits past the promised day, by money; the first by name."""
    by_account: dict[str, list[Row]] = {}
    for r in waiting:
        if r.overdue_pcs:
            by_account.setdefault(r.account, []).append(r)
    worst = sorted(by_account.values(), key=lambda some: (-_stake(some), -_overdue(some), some[0].account))
    found = [_wait(some) for some in worst[:NAMED]]
    if rest := worst[NAMED:]:
        text = MORE.fill(n=len(rest), overdue=pieces(sum(map(_overdue, rest))))
        found.append(Finding("rain", text, sum(map(_stake, rest))))
    return found


def _wait(some: Sequence[Row]) -> Finding:
    one, longest = some[0], max(some, key=lambda r: r.overdue_days or 0)
    text = ONE.fill(overdue=pieces(_overdue(some)), item=longest.item, days=longest.overdue_days)
    return Finding("rain", text, _stake(some), one.account, one.called, one.owner)


def _overdue(some: Sequence[Row]) -> float:
    return sum(r.overdue_pcs or 0.0 for r in some)


def _stake(some: Sequence[Row]) -> float:
    return sum(r.overdue_cny or 0.0 for r in some)


def _takes(overall: Sequence[Row]) -> Text | None:
    """How long an order takes, and how often it is late."""
    took = {r.stage: r for r in overall}
    if LEAD not in took:
        return None
    text = TAKES.fill(median=TAKEN.text(took[LEAD].median_days), q90=TAKEN.text(took[LEAD].q90_days))
    return LATELY.fill(takes=text, share=LATE_SHARE.text(took[LATE].late_share)) if LATE in took else text


def _slowest(regions: Sequence[Row]) -> Text | None:
    """The region that is longest on the way, where there are several with lines of their own."""
    own = [r for r in regions if r.stage == TRANSIT and r.region and not r.pooled]
    if len(own) < 2:
        return None
    last = max(own, key=lambda r: (r.median_days or 0, r.q90_days or 0, r.region))
    days = {"median": TAKEN.text(last.median_days), "q90": TAKEN.text(last.q90_days)}
    return SLOWEST.fill(region=last.region, **days)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Pieces that accounts wait for, the most first."""
    names = {r.account: r.called for r in of(rows, "open")}
    pcs = {code: sum(r.open_pcs or 0.0 for r in of(rows, "open") if r.account == code) for code in names}
    most = sorted(pcs, key=lambda code: (-pcs[code], code))[:SHOWN]
    return charts.amounts([(names[code], pcs[code]) for code in most], look, Text("件", "pcs"), 0)
