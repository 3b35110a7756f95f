"""What a reader tries with an account: product, mechanic, depth, first day, weeks, fixed cost, our share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from analytics.answer import Cut, Deal, Scope
from analytics.numbers import money, percent
from analytics.promotions.deals import mechanic_name
from analytics.promotions.planned import Choices, Row
from data.text import LANGS, Text, same

Code = Literal["q", "m", "d", "i", "e", "o", "u"]
DEPTHS = ("3", "5", "8", "10", "12", "15", "20", "25", "30")  # % of the price
WEEKS_ON = ("1", "2", "3", "4")
FIXED = ("0", "2000", "5000", "10000", "20000", "50000", "100000")  # CNY
SHARES = ("0", "30", "50", "60", "70", "100")  # % of the discount
AHEAD = 12  # Mondays to choose from
USUAL = Text("平常（{what}）", "Usual ({what})")
WEEKS = Text("{n} 周", "{n} weeks")
UNKNOWN = Text("没有", "none")
SKU, MECHANIC, DEPTH = Text("产品", "Product"), Text("方式", "Mechanic"), Text("折扣深度", "Depth")
STARTS, LASTS = Text("开始", "Starts"), Text("几周", "Weeks")
FIXED_COST, OUR_SHARE = Text("固定费用", "Fixed cost"), Text("我方承担折扣", "Our share of the discount")


@dataclass(frozen=True, slots=True)
class Choice:
    """One term that can be tried: its letter in the address, its name, and what can be chosen; "" is what is usual."""

    code: Code
    label: Text
    options: Mapping[str, Text]


def choices(usual: Sequence[Row], scope: Scope) -> list[Choice]:
    """What can be tried; `usual` is what `planned` answers of the scope without a deal. Empty where nothing can."""
    if not usual or not isinstance(usual, Cut):
        return []
    row, known = usual[0], usual.whole
    assert isinstance(known, Choices)
    monday = scope.as_of + timedelta(days=7 - scope.as_of.weekday())
    days = [(monday + timedelta(weeks=n)).isoformat() for n in range(AHEAD)]
    return [
        Choice("q", SKU, _options(Text(row.goods, row.goods_en), dict(known.goods))),
        Choice("m", MECHANIC, _options(mechanic_name(row.mechanic), {m: mechanic_name(m) for m in known.mechanics})),
        Choice("d", DEPTH, _options(_share(row.depth), {n: _share(int(n) / 100) for n in DEPTHS})),
        Choice("i", STARTS, _options(same(row.starts_on.isoformat()), {day: same(day) for day in days})),
        Choice("e", LASTS, _options(WEEKS.fill(n=row.weeks_on), {n: WEEKS.fill(n=n) for n in WEEKS_ON})),
        Choice("o", FIXED_COST, _options(_money(row.fixed_cny), {n: _money(int(n)) for n in FIXED})),
        Choice("u", OUR_SHARE, _options(_share(row.our_share), {n: _share(int(n) / 100) for n in SHARES})),
    ]


def _options(usual: Text, others: Mapping[str, Text]) -> dict[str, Text]:
    return {"": USUAL.fill(what=usual)} | dict(others)


def _share(value: float | None) -> Text:
    return UNKNOWN if value is None else same(percent(value, 0))


def _money(value: float | None) -> Text:
    return UNKNOWN if value is None else Text(*(money(value, lang) for lang in LANGS))


def tried(scope: Scope, picked: Mapping[Code, str]) -> Scope:
    """The scope with the reader's deal; "" leaves what is usual."""

    def of(code: Code, read: Any) -> Any:
        return read(picked[code]) if picked.get(code) else None

    def share(percent_: str) -> float:
        return int(percent_) / 100

    deal = Deal(
        sku=of("q", str),
        mechanic=of("m", str),
        depth=of("d", share),
        starts=of("i", date.fromisoformat),
        weeks=of("e", int),
        fixed_cny=of("o", float),
        our_share=of("u", share),
    )
    return replace(scope, deal=deal)


def register_row(row: Row) -> dict[str, object]:
    """The deal as a line of the register of promotions, its uplift as the past expects it."""
    return {
        "promotion": f"{row.account}-{row.sku}-{row.starts_on:%y%m%d}",
        "title": f"{row.goods}{mechanic_name(row.mechanic).zh}",
        "account": row.account,
        "sku": row.sku,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "mechanic": row.mechanic,
        "depth": row.depth,
        "fixed_cost": row.fixed_cny,
        "our_share": row.our_share,
        "expected_uplift": None if row.uplift is None else round(row.uplift, 3),
    }
