"""What supply comes to at a glance: at most five numbers from the questions' own rows, and what a plan changes."""

from collections.abc import Sequence

from analytics.answer import Scope, months_back
from analytics.glance import MONTH_BEFORE, NO_STOCK, NOTHING_BEFORE, YEAR_BEFORE, Kpi
from analytics.metrics import AT_RISK, EXCESS, FORWARD_COVER, IN_STOCK, OTIF, PIECES, SALES
from analytics.numbers import signed
from analytics.supply import availability, cover, risk, service, ship
from data.text import Text

SHOWN = 13  # months in a line: the month and the year before it
NEEDED, AT_PLACES = Text("需要 {days}", "{days} needed"), Text("{n} 处", "{n} places")
UNTOLD = Text("还判断不了", "cannot be told yet")
NO_ORDERS = Text("还没有订单", "no orders yet")
CHANGES = Text(
    "和不试算比：清单 {lines} 单，要发 {pcs} 件，货值 {goods}，保住的销额 {kept}",
    "Against the plan as it is: {lines} lines, {pcs} pieces, {goods} of goods, {kept} of sales kept",
)


def lasting(rows: Sequence[cover.Row] | None) -> Kpi:
    """Days of cover on the coming season's rate, against those needed. `None`: no stock was ever loaded."""
    total = cover.total(rows) if rows else None
    if total is None:
        return Kpi(FORWARD_COVER, None, "", None, UNTOLD if rows else NO_STOCK)
    gap = round(total.days) - round(total.need_days)
    need = NEEDED.fill(days=FORWARD_COVER.text(total.need_days))
    return Kpi(FORWARD_COVER, total.days, signed(gap, 0), gap >= 0, need)


def risked(rows: Sequence[risk.Row] | None) -> Kpi:
    """Sales at risk, and at how many places."""
    if rows is None or not risk.is_planned(rows):
        return Kpi(AT_RISK, None, "", None, NO_STOCK if rows is None else UNTOLD)
    return Kpi(AT_RISK, risk.money(rows), "", None, AT_PLACES.fill(n=risk.whole(rows).risky))


def there(rows: Sequence[availability.Row] | None, scope: Scope) -> Kpi:
    """The share in stock when counted, against the month before."""
    shares = {r.month: r.share for r in rows or ()}
    now, before = shares.get(scope.month), shares.get(months_back(scope.month, 1))
    if now is None:
        return Kpi(IN_STOCK, None, "", None, NO_STOCK if rows is None else NOTHING_BEFORE)
    line = tuple(shares[m] for m in sorted(shares)[-SHOWN:])
    gap = None if before is None else round(100 * (now - before), 1)
    change, good = ("", None) if gap is None else (signed(gap, 1), IN_STOCK.good(gap))
    return Kpi(IN_STOCK, now, change, good, MONTH_BEFORE if change else NOTHING_BEFORE, line)


def piled(rows: Sequence[cover.Row] | None) -> Kpi:
    """Money in excess stock, and at how many places."""
    all_ = cover.whole(rows) if rows else None
    if all_ is None or not all_.told:
        return Kpi(EXCESS, None, "", None, UNTOLD if rows else NO_STOCK)
    return Kpi(EXCESS, all_.over_cny, "", None, AT_PLACES.fill(n=all_.over))


def served(rows: Sequence[service.Row] | None, scope: Scope) -> Kpi:
    """On time in full in twelve months, against the twelve before."""
    if rows is None:
        return Kpi(OTIF, None, "", None, NO_ORDERS)
    years = {r.month: r.otif for r in service.of(rows, "year")}
    now, before = years.get(scope.month), years.get(months_back(scope.month, 12))
    line = tuple(r.otif for r in service.of(rows, "month")[-SHOWN:] if r.otif is not None)
    if now is None:
        return Kpi(OTIF, None, "", None, NOTHING_BEFORE)
    gap = None if before is None else round(100 * (now - before), 1)
    change, good = ("", None) if gap is None else (signed(gap, 1), OTIF.good(gap))
    return Kpi(OTIF, now, change, good, YEAR_BEFORE if change else NOTHING_BEFORE, line)


def changed(now: ship.Sum, before: ship.Sum) -> Text:
    """What a tried plan changes in the list."""
    gaps = {
        "lines": now.lines - before.lines,
        "pcs": now.wanted - before.wanted,
        "goods": now.wanted_cny - before.wanted_cny,
        "kept": now.kept_cny - before.kept_cny,
    }
    return CHANGES.fill(
        lines=signed(gaps["lines"], 0),
        pcs=_signed(PIECES.text(abs(gaps["pcs"])), gaps["pcs"]),
        goods=_signed(SALES.text(abs(gaps["goods"])), gaps["goods"]),
        kept=_signed(SALES.text(abs(gaps["kept"])), gaps["kept"]),
    )


def _signed(size: Text, gap: float) -> Text:
    sign = "+" if gap > 0 else "\u2212" if gap < 0 else "±"
    return Text(sign + size.zh, sign + size.en)
