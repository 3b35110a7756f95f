"""The terms of a deal that is tried or planned: what the reader chose, else what is usual at that account."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from pathlib import Path
from statistics import median

from analytics.answer import Scope
from analytics.promotions.deals import AFTER_DAYS, Deal, Line
from analytics.promotions.expected import Terms, baseline
from analytics.promotions.learnt import Learnt
from analytics.promotions.measured import Measured, Programme
from analytics.stats.pooled import Told
from data.store import Store
from data.text import Text

SOON = timedelta(days=14)  # from the day to the first of a deal that names none: what it takes to agree
TRIAL = Text("试算", "Tried")


@dataclass(frozen=True, slots=True)
class Goods:
    """A product that an account sells; see `planned.sql`."""

    account: str
    name: str
    name_en: str
    sku: str
    sku_name: str
    sku_name_en: str
    category: str
    margin: float | None  # CNY a piece
    price: float | None  # CNY a piece
    qty: float  # pcs, 26 weeks


@dataclass(frozen=True, slots=True)
class Asked:
    """One deal that is tried ("" for its code) or planned: its products, and its terms as far as they are known."""

    promotion: str
    title: Text
    account: str
    called: Text
    skus: tuple[str, ...]
    categories: frozenset[str]
    goods: Text
    mechanic: str
    starts: date
    ends: date
    depth: float | None
    fixed: float | None
    our_share: float | None
    price: float | None
    margin: float | None
    account_margin: float | None
    planned: float | None

    @property
    def weeks(self) -> int:
        """Weeks on deal, a begun one counts."""
        return ceil(((self.ends - self.starts).days + 1) / 7)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Terms that are missing, by the names of `deals.LACKING`."""
        told = {
            "margin": self.margin, "price": self.price, "depth": self.depth, "our_share": self.our_share,
            "fixed_cost": self.fixed, "account_margin": self.account_margin,
        }  # fmt: skip
        return tuple(name for name, value in told.items() if value is None)

    @property
    def terms(self) -> Terms:
        """As the arithmetic wants them."""
        money = self.price, self.margin, self.account_margin
        return Terms(self.account, self.mechanic, self.depth, self.fixed, self.our_share, *money)


def goods(store: Store, scope: Scope, account: str) -> list[Goods]:
    """What can be promoted there, best sellers first."""
    return store.rows(Path(__file__).with_name("planned.sql"), Goods, as_of=scope.as_of, account=account)


def account_of(known: Learnt, scope: Scope) -> str:
    """The account that is looked at; of several the one with most promotions, the first of those alike."""
    counts = Counter(m.deal.account for m in known.cases)
    among = scope.accounts or tuple(sorted(counts))
    return max(among, key=lambda account: counts[account])


def tried(store: Store, known: Learnt, scope: Scope) -> Asked | None:
    """The reader's deal; None where the account sold nothing of late."""
    account = account_of(known, scope)
    there = goods(store, scope, account)
    if not there:
        return None
    past = [m.deal for m in known.cases if m.deal.account == account] or [m.deal for m in known.cases]
    deal, product = scope.deal, _product(there, past, scope.deal.sku)
    mechanic = deal.mechanic or Counter(sorted(d.first.mechanic for d in past)).most_common(1)[0][0]
    alike = [d for d in past if d.first.mechanic == mechanic] or _of(known, mechanic) or past
    starts = deal.starts or _monday(scope.as_of + SOON)
    weeks = deal.weeks or round(median(((d.ends_on - d.starts_on).days + 1) / 7 for d in past)) or 1
    return Asked(
        promotion="", title=TRIAL, account=account, called=Text(product.name, product.name_en), skus=(product.sku,),
        categories=frozenset({product.category}), goods=Text(product.sku_name, product.sku_name_en), mechanic=mechanic,
        starts=starts, ends=starts + timedelta(days=7 * weeks - 1),
        depth=_first(deal.depth, _middle(alike, lambda d: d.mean("depth"))),
        fixed=_first(deal.fixed_cny, _middle(past, lambda d: d.fixed)),
        our_share=_first(deal.our_share, _middle(alike, lambda d: d.mean("our_share"))),
        price=product.price, margin=product.margin, account_margin=_account_margin(past, product.price), planned=None,
    )  # fmt: skip


def of_deal(deal: Deal) -> Asked:
    """A planned promotion of the register."""
    return Asked(
        promotion=deal.promotion, title=Text(deal.first.title, deal.first.title), account=deal.account,
        called=deal.called, skus=tuple(x.sku for x in deal.lines), categories=frozenset(x.category for x in deal.lines),
        goods=deal.goods, mechanic=deal.first.mechanic, starts=deal.starts_on, ends=deal.ends_on,
        depth=deal.mean("depth"), fixed=deal.fixed, our_share=deal.mean("our_share"), price=deal.mean("usual_price"),
        margin=deal.mean("margin"), account_margin=deal.mean("account_margin"), planned=deal.mean("expected_uplift"),
    )  # fmt: skip


def base_of(told: Programme, asked: Asked) -> Told | None:
    """Pieces without it, all products together; their errors are added, as they share an account and a season."""
    parts = [baseline(told, asked.account, sku, asked.starts, asked.weeks) for sku in asked.skus]
    known = [part for part in parts if part is not None]
    return Told(sum(p.mean for p in known), sum(p.error for p in known)) if known and len(known) == len(parts) else None


def clashes(told: Sequence[Measured], asked: Asked) -> list[str]:
    """Promotions of the account's category that run, or run out, while it does."""
    after = timedelta(days=AFTER_DAYS)
    return [
        m.deal.promotion
        for m in told
        if m.deal.account == asked.account
        and m.deal.promotion != asked.promotion
        and asked.categories & {x.category for x in m.deal.lines}
        and m.deal.starts_on <= asked.ends + after
        and asked.starts <= m.deal.ends_on + after
    ]


def _product(there: Sequence[Goods], past: Sequence[Deal], sku: str | None) -> Goods:
    """The product chosen, else the one promoted most often there, else what sells best."""
    by_sku = {g.sku: g for g in there}
    counts = Counter(x.sku for d in past for x in d.lines if x.sku in by_sku)
    usual = max(counts, key=lambda code: (counts[code], by_sku[code].qty)) if counts else there[0].sku
    return by_sku.get(sku or usual, by_sku[usual])


def _of(known: Learnt, mechanic: str) -> list[Deal]:
    return [m.deal for m in known.cases if m.deal.first.mechanic == mechanic]


def _account_margin(past: Sequence[Deal], price: float | None) -> float | None:
    """The account's margin by its usual share of the price; None where it was never told."""
    shares = [_share(x) for d in past for x in d.lines]
    known = [share for share in shares if share is not None]
    return median(known) * price if known and price is not None else None


def _share(line: Line) -> float | None:
    price = line.usual_price
    return line.account_margin / price if line.account_margin is not None and price else None


def _middle(past: Sequence[Deal], of: Callable[[Deal], float | None]) -> float | None:
    known = [value for d in past if (value := of(d)) is not None]
    return float(median(known)) if known else None


def _first(chosen: float | None, usual: float | None) -> float | None:
    return usual if chosen is None else chosen


def _monday(day: date) -> date:
    """The Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)
