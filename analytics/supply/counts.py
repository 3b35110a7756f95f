"""Which stock counts are missing or old?

Every account that sold something lately, and every product that it sold: when was it last counted there? Counts are
asked for once a month. An account without any count is named, and so is a product; neither is taken for no stock.

Units: days; pieces (pcs) sold.
Source: `stock`, `sales`, `account_dim`, `product_dim`; see `counts.sql`. A count of a month stands for its last day.
Duty: 1, assured supply; it also feeds duty 9.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Level, OfAccount, Scope
from analytics.charts.theme import Look
from analytics.metrics import UNCOUNTED
from data import spans
from data.reach import coarse
from data.store import Store
from data.text import Text

QUESTION = Text("哪些库存没有盘点，或盘点太旧？", "Which stock counts are missing or old?")
CAPTION = Text("距最近一次盘点的天数", "Days since the last count")
MEANING = Text(
    "看近 90 天卖过的客户和产品，最近一次盘点离所选日期几天。每月该盘一次，超过 31 天算旧。只写月份的盘点按当月最后一"
    "天。没有盘点的一律点名，不当作没有库存。占比＝没有近期盘点的产品卖出的件数 ÷ 全部卖出的件数。90 天没有卖过的产品和"
    "客户不看。",
    "Of accounts and products that sold in the last 90 days: how many days ago was the last count? Counts are due "
    "monthly; older than 31 days is old. A count of a month stands for its last day. What has no count is named "
    "and never taken for no stock. Share: pieces sold of products without a fresh count over all pieces sold. What has "
    "not sold for 90 days is not looked at.",
)
NEEDS = ("stock", "sales")
ENRICHED_BY = ("accounts", "products")
LIMIT_DAYS = 31  # counts are asked for once a month; the longest month
LISTED_DAYS = 90  # a quarter: what has not sold for longer may not be carried any more
SHOWN, NAMED = 10, 5  # bars of the figure, accounts in sentences; the table has all
NEVER, OLD, PART, MISSING, FRESH = "never", "old", "part", "missing", "fresh"
STATES = {
    NEVER: Text("从来没有库存", "No stock at all"),
    OLD: Text("盘点太旧", "Counts too old"),
    PART: Text("有的产品没盘", "Some products not counted"),
    MISSING: Text("没有盘点", "Not counted"),
    FRESH: Text("齐全", "All counted"),
}
LEVELS: dict[str, Level] = {NEVER: "storm", OLD: "rain", PART: "change"}
HEAD = Text(
    "{all} 家里 {n} 家的库存盘点缺或旧，占卖出件数的 {share} 看不见",
    "Counts are missing or old at {n} of {all} accounts; {share} of the pieces sold cannot be seen",
)
FINE = Text("{all} 家卖的产品 {days} 天内都盘过", "All that {all} accounts sell was counted in the last {days} days")
ONE = {
    NEVER: Text("在卖 {skus} 个产品，从来没有报过库存", "Sells {skus} products, and no stock has ever come"),
    OLD: Text("最近一次盘点是 {day}，已 {age} 天", "Last counted on {day}, {age} days ago"),
    PART: Text(
        "在卖的 {skus} 个产品里 {lacking} 个没有近期盘点，占卖出件数的 {share}",
        "{lacking} of {skus} products have no count of late, {share} of the pieces sold",
    ),
}
MORE = Text("另有 {n} 家：{state}", "{n} more: {state}")
UNIT = Text("天", "days")


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One account, or one of its products without a fresh count."""

    view: str  # "account" or "sku"
    state: str  # a key of STATES
    account: str
    name: str
    name_en: str
    owner: str
    sku: str
    sku_name: str
    sku_name_en: str
    last_day: date | None  # that a count stands for; None: never counted
    age_days: int | None  # from then to the day looked at
    skus: int  # products sold
    lacking_skus: int  # of these without a fresh count
    sold_pcs: float
    lacking_pcs: float  # of these without a fresh count


@dataclass(frozen=True, slots=True)
class Count:
    """One row of the SQL."""

    account: str
    name: str
    name_en: str
    owner: str
    state: str
    sku: str
    sku_name: str
    sku_name_en: str
    last_day: date | None
    newest: date | None
    skus: int
    sold: float


def ask(store: Store, scope: Scope) -> list[Row]:
    """Accounts first, the worst first; then their products without a fresh count, by pieces sold."""
    by_grain = coarse(store.lake, "stock")
    told = {"months": by_grain.get(spans.MONTH), "weeks": by_grain.get(spans.WEEK)}
    told |= {"listed_days": LISTED_DAYS, "limit_days": LIMIT_DAYS}
    found = store.rows(Path(__file__).with_suffix(".sql"), Count, **scope.params(), **told)
    order = list(STATES)
    accounts = [_account(list(group), scope.as_of) for _, group in groupby(found, key=lambda c: c.account)]
    products = [_product(c, scope.as_of) for c in found if c.state != FRESH]
    accounts.sort(key=lambda r: (order.index(r.state), -r.lacking_pcs, r.account))
    return accounts + sorted(products, key=lambda r: (-r.lacking_pcs, r.account, r.sku))


def _account(group: Sequence[Count], as_of: date) -> Row:
    one, lacking = group[0], [c for c in group if c.state != FRESH]
    age = None if one.newest is None else (as_of - one.newest).days
    state = NEVER if age is None else OLD if age > LIMIT_DAYS else PART if lacking else FRESH
    skus, sold = ([sum(getattr(c, name) for c in some) for some in (group, lacking)] for name in ("skus", "sold"))
    who = (one.account, one.name, one.name_en, one.owner)
    return Row("account", state, *who, "", "", "", one.newest, age, skus[0], skus[1], sold[0], float(sold[1]))


def _product(c: Count, as_of: date) -> Row:
    age = None if c.last_day is None else (as_of - c.last_day).days
    state = MISSING if age is None else OLD
    who, what = (c.account, c.name, c.name_en, c.owner), (c.sku, c.sku_name, c.sku_name_en)
    return Row("sku", state, *who, *what, c.last_day, age, c.skus, c.skus, c.sold, c.sold)


def of(rows: Sequence[Row], view: str) -> list[Row]:
    """The rows of one view."""
    return [r for r in rows if r.view == view]


def lacking(rows: Sequence[Row]) -> list[Row]:
    """Accounts whose counts are missing or old, in all or in part; the worst first."""
    return [r for r in of(rows, "account") if r.state != FRESH]


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """How much of what is sold cannot be seen; then who owes a count, by kind."""
    accounts, some = of(rows, "account"), lacking(rows)
    if not some:
        return [Finding("fair", FINE.fill(all=len(accounts), days=LIMIT_DAYS))] if accounts else []
    share = sum(r.lacking_pcs for r in accounts) / sum(r.sold_pcs for r in accounts)
    head = HEAD.fill(n=len(some), all=len(accounts), share=UNCOUNTED.text(share))
    by_state = ([r for r in some if r.state == state] for state in LEVELS)
    return [Finding(LEVELS[some[0].state], head), *(f for alike in by_state for f in _named(alike))]


def _named(alike: Sequence[Row]) -> list[Finding]:
    """The first of one state by name, the others as a number."""
    found = [Finding(LEVELS[r.state], reason(r), 0.0, r.account, r.called, r.owner) for r in alike[:NAMED]]
    if rest := alike[NAMED:]:
        found.append(Finding(LEVELS[rest[0].state], MORE.fill(n=len(rest), state=STATES[rest[0].state])))
    return found


def reason(row: Row) -> Text:
    """What an account owes."""
    share = UNCOUNTED.text(row.lacking_pcs / row.sold_pcs)
    return ONE[row.state].fill(skus=row.skus, lacking=row.lacking_skus, day=row.last_day, age=row.age_days, share=share)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Days since each account's last count, the oldest first; beyond a month is coloured."""
    aged = [(r, r.age_days) for r in of(rows, "account") if r.age_days is not None]
    oldest = sorted(aged, key=lambda one: (-one[1], one[0].account))[:SHOWN]
    return charts.ranged([(r.called, float(age)) for r, age in oldest], look, UNIT, 0, LIMIT_DAYS)
