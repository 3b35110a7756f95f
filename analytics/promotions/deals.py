"""A deal: what one account promotes together, its terms and its money; what is usual in pieces comes from `measured`.

Spend is fixed cost and our share of the discount on every piece sold on deal. The discount is taken from what a piece
brought in the eight weeks before, from the list price where that is not known. What is missing is named (`lacking`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from analytics.answer import OfAccount, Scope
from data.datasets.promotions import MECHANICS
from data.store import Store
from data.text import Text, same

AFTER_DAYS = 28  # after a promotion, in which what was pulled forward is missing
LACKING = {
    "margin": Text("我方单台毛利", "our unit margin"),
    "price": Text("价格", "a price"),
    "depth": Text("折扣深度", "depth"),
    "our_share": Text("我方承担比例", "our share of the discount"),
    "fixed_cost": Text("固定费用", "fixed cost"),
    "account_margin": Text("客户单台毛利", "the account's unit margin"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the SQL."""

    promotion: str
    title: str
    account: str
    name: str
    name_en: str
    owner: str
    sku: str
    sku_name: str
    sku_name_en: str
    category: str
    starts_on: date
    ends_on: date
    mechanic: str
    depth: float | None  # of the price
    fixed_cost: float | None  # CNY
    our_share: float | None  # of the discount
    account_margin: float | None  # CNY a piece
    expected_uplift: float | None  # of the baseline
    margin: float | None  # CNY a piece
    price: float | None  # CNY a piece
    on_deal: float | None  # pcs
    before_pcs: float | None  # pcs, eight weeks before
    before_cny: float | None  # CNY
    chosen: bool

    @property
    def usual_price(self) -> float | None:
        """What a piece brought before the promotion, else the list price, CNY."""
        return self.before_cny / self.before_pcs if self.before_cny and self.before_pcs else self.price

    @property
    def discount(self) -> float | None:
        """CNY off a piece."""
        price = self.usual_price
        return None if price is None or self.depth is None else self.depth * price


@dataclass(frozen=True, slots=True)
class OfPromotion(OfAccount):
    """What a row of a promotion at an account begins with."""

    promotion: str
    title: str
    account: str
    name: str
    name_en: str
    goods: str
    goods_en: str


@dataclass(frozen=True, slots=True)
class Deal:
    """The lines of one promotion at one account."""

    lines: tuple[Line, ...]
    overlaps: tuple[str, ...]  # codes of other promotions that cannot be told from it

    @property
    def first(self) -> Line:
        """The line that the common terms are read from."""
        return self.lines[0]

    @property
    def promotion(self) -> str:
        """Its code."""
        return self.first.promotion

    @property
    def account(self) -> str:
        """The account's code."""
        return self.first.account

    @property
    def called(self) -> Text:
        """The account's name."""
        return Text(self.first.name, self.first.name_en)

    @property
    def goods(self) -> Text:
        """The products' names."""
        return Text("、".join(x.sku_name for x in self.lines), ", ".join(x.sku_name_en for x in self.lines))

    @property
    def head(self) -> tuple[str, str, str, str, str, str, str]:
        """What `OfPromotion` holds."""
        first = self.first
        return self.promotion, first.title, self.account, first.name, first.name_en, self.goods.zh, self.goods.en

    @property
    def starts_on(self) -> date:
        """The first day."""
        return min(x.starts_on for x in self.lines)

    @property
    def ends_on(self) -> date:
        """The last day."""
        return max(x.ends_on for x in self.lines)

    @property
    def chosen(self) -> bool:
        """Whether the reader looks at it."""
        return any(x.chosen for x in self.lines)

    @property
    def on_deal(self) -> float:
        """Pieces sold from the first to the last day."""
        return sum(x.on_deal or 0.0 for x in self.lines)

    @property
    def lacking(self) -> tuple[str, ...]:
        """What is missing for its money, by the names of LACKING."""
        missing = {name for x in self.lines for name in LACKING if name != "price" and getattr(x, name) is None}
        if any(x.usual_price is None for x in self.lines):
            missing.add("price")
        return tuple(name for name in LACKING if name in missing)

    def mean(self, name: str) -> float | None:
        """A term of its products, weighed by the pieces on deal (alike where none is known); None where one is missing.

        `name` is a field or property of `Line`.
        """
        values = [getattr(x, name) for x in self.lines]
        if any(value is None for value in values):
            return None
        weights = [x.on_deal or 0.0 for x in self.lines] if self.on_deal else [1.0] * len(values)
        return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)

    @property
    def fixed(self) -> float | None:
        """Fixed cost of all its lines, CNY."""
        costs = [x.fixed_cost for x in self.lines]
        return None if None in costs else sum(cost for cost in costs if cost is not None)

    def discounts(self) -> tuple[float, float] | None:
        """What was taken off all pieces on deal: our share and the account's, CNY; None where a term is missing."""
        shares = [(x.discount, x.our_share, x.on_deal or 0.0) for x in self.lines]
        if any(off is None or share is None for off, share, _ in shares):
            return None
        ours = sum((off or 0.0) * (share or 0.0) * pcs for off, share, pcs in shares)
        return ours, sum((off or 0.0) * pcs for off, _, pcs in shares) - ours

    @property
    def spend(self) -> float | None:
        """What it cost us, CNY."""
        off, fixed = self.discounts(), self.fixed
        return None if off is None or fixed is None else off[0] + fixed


def deals(store: Store, scope: Scope) -> list[Deal]:
    """All promotions of all accounts by their first day, whatever the reader looks at: they are judged together."""
    told = {name: value for name, value in scope.params().items() if name != "flow"}
    lines = sorted(
        store.rows(Path(__file__).with_suffix(".sql"), Line, **told), key=lambda x: (x.promotion, x.account, x.sku)
    )
    found = [tuple(group) for _, group in groupby(lines, key=lambda x: (x.promotion, x.account))]
    bare = sorted((Deal(group, ()) for group in found), key=lambda d: (d.starts_on, d.promotion, d.account))
    by_account: dict[str, list[Deal]] = {}
    for deal in bare:
        by_account.setdefault(deal.account, []).append(deal)
    return [Deal(deal.lines, _overlaps(deal, by_account[deal.account])) for deal in bare]


def _overlaps(deal: Deal, beside: Sequence[Deal]) -> tuple[str, ...]:
    """Promotions of the account's same category that run, or run out, while this one does."""
    return tuple(
        other.promotion
        for other in beside
        if other.promotion != deal.promotion
        and {x.category for x in other.lines} & {x.category for x in deal.lines}
        and other.starts_on <= until(deal)
        and deal.starts_on <= until(other)
    )


def until(deal: Deal) -> date:
    """The last day on which it shows."""
    return deal.ends_on + timedelta(days=AFTER_DAYS)


def mechanic_name(mechanic: str) -> Text:
    """A mechanic as people call it; one that the file names otherwise stays as it is."""
    return next((known for known in MECHANICS if mechanic in (known.zh, known.en)), same(mechanic or "–"))


def headed(name: Text, title: str) -> Text:
    """A promotion as a sentence calls it: its title, and its account's name where the title does not begin with it."""
    return Text(title if title.startswith(name.zh) else f"{name.zh} {title}", f"{name.en}, {title}")
