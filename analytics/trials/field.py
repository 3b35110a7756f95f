"""How does the product do at the pilots, beside the effect?

Of one trial, pilot by pilot and in total: how many stores list and sell it, what a listed store sells a week, what
share of the goods is sold, who sold it again, and how much of it was taken from the product that it replaces.
Repeated is who sold in the second half of the weeks what it had sold in the first: a store where sell-out comes by
store, else the account. A reorder would need a sell-in file and tells of our plan as much as of demand; sold again is
known wherever anything is. What is not known (no stock file, no stores) is named, never zero.

Units: stores, pcs, pcs per listed store and week; shares as ratios.
Source: `trials`, `trial_scope`, `sell_out`, `stock`, `sell_in`; see `field.sql`; stats/taken.py; docs/methods.md.
Duty: 3, trials of new products.
"""

from collections.abc import Sequence
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.charts.theme import Look
from analytics.metrics_of_trials import CANNIBALISED, DISTRIBUTION, RATE, SELL_THROUGH
from analytics.numbers import plain
from analytics.stats.taken import LEVEL_WEEKS, WINDOWS
from analytics.trials.pieces import LEAST_WEEKS, Facts, Reported, Row, Sold, lost, row, total
from analytics.trials.weeks import WEEK, whole
from data.store import Store
from data.text import Text

QUESTION = Text("新品在试点卖得怎样？", "How does the product do at the pilots?")
CAPTION = Text(
    "上架、卖过、又卖过的门店（没有门店数据时按客户）",
    "Stores that list it, sold it and sold it again; accounts where sell-out names no store",
)
MEANING = Text(
    "铺货率＝上架门店÷客户门店。单店周销＝整周销量÷（上架门店×报数的周数）。售罄率＝卖出÷（试点前最近一次盘点的库存＋之后"
    "进货）；盘点早于开始 45 天以上不算。复销＝前一半周卖过、后一半周又卖过的门店（不分门店报数的按客户）。抢自家老品＝"
    "被替代产品在试点比对照少卖的件数÷新品件数，区间为 80%。",
    "Distribution: listed stores over the account's stores. Rate of sale: pieces of whole weeks over listed stores "
    "times weeks reported. Sell-through: sold over stock at the last count before the trial plus goods received since; "
    "a count more than 45 days older does not serve. Repeat: of the stores (accounts, where sell-out names no store) "
    "that sold in the first half of the weeks, those that sold in the second too. Cannibalised: pieces that the "
    "replaced product lost at the pilots against the controls, over the new product's pieces; the interval holds 80%.",
)
NEEDS = ("trials", "trial_scope")
ENRICHED_BY = ("sell_out", "stock", "sell_in")
SOLD = Text(
    "{listed} 店上架（{share}），每店每周卖 {rate} 件",
    "{listed} stores list it ({share}); a store sells {rate} a week",
)
THROUGH = Text(
    "售罄率 {share}：期初加进货 {goods} 件，卖掉 {gone} 件",
    "Sell-through {share}: of {goods} pcs counted or received {gone} were sold",
)
AGAIN = Text("{first} 个{units}卖过，{again} 个又卖过", "{first} {units} sold it, {again} sold it again")
TAKES = Text(
    "{share} 是从{old}抢来的（80% 区间 {low} 至 {high}）",
    "{share} were taken from {old} (80% interval {low} to {high})",
)
MAYBE = Text(
    "大约 {share} 是从{old}抢来的，也可能没有抢（80% 区间 {low} 至 {high}）",
    "About {share} were taken from {old}, maybe nothing (80% interval {low} to {high})",
)
UNCLEAR = Text(
    "抢了{old}多少还看不出：80% 区间 {low} 至 {high}",
    "How much was taken from {old} cannot be told yet: 80% interval {low} to {high}",
)
UNKNOWN = {
    "rate": Text("单店周销不知道：没有终端销售或上架门店数", "Rate of sale unknown: no sell-out or no listed stores"),
    "through": Text(
        "售罄率不知道：没有试点前的盘点或进货", "Sell-through unknown: no stock count before it, or no sell-in"
    ),
    "again": Text("复销还看不出：整周不到 {n} 周", "Repeat cannot be told yet: fewer than {n} whole weeks"),
    "replaces": Text("没有登记它替代哪个产品，抢了多少不算", "No product is registered that it may replace"),
    "taken": Text(
        "抢了多少算不出：对照不足两家，或历史太短", "Cannibalised share unknown: fewer than two controls, or no past"
    ),
}
PARTLY = Text("其中 {names} 没有数", "without figures: {names}")
AND = Text("、", ", ")
STORES, ACCOUNTS = Text("门店", "stores"), Text("客户", "accounts")
STEPS = (Text("上架", "Listed"), Text("卖过", "Sold"), Text("又卖过", "Sold again"))


def ask(store: Store, scope: Scope) -> list[Row]:
    """All pilots first, then each by code."""
    here = Path(__file__)
    facts = store.rows(here.with_suffix(".sql"), Facts, as_of=scope.as_of, trial=scope.trial)
    if not facts:
        return []
    one = facts[0]
    span = {"trial": one.trial, "until": one.until}
    units = store.rows(here.with_name("field_units.sql"), Sold, sku=one.sku, since=one.starts_on, **span)
    past = one.starts_on - (LEVEL_WEEKS + (WINDOWS + 1) * max(1, len(whole(one.starts_on, one.until)))) * WEEK
    lines = store.rows(here.with_name("field_weeks.sql"), Reported, sku=one.replaces or "", since=past, **span)
    rows = [row(f, units, lines) for f in facts]
    return [total(rows, one, lost(one, lines)), *rows]


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """What is known of all pilots, then what is not, by name."""
    if not rows:
        return []
    total, each = rows[0], rows[1:]
    found = [_rate(total, each), _through(total, each), _again(total, each), _taken(total)]
    return [finding for finding in found if finding]


def _rate(total: Row, each: Sequence[Row]) -> Finding:
    if total.rate is None:
        return Finding("change", UNKNOWN["rate"])
    text = SOLD.fill(
        listed=total.stores_listed, share=DISTRIBUTION.text(total.distribution), rate=RATE.text(total.rate)
    )
    return Finding("fair", _without(text, each, "rate"))


def _through(total: Row, each: Sequence[Row]) -> Finding:
    if total.sell_through is None:
        return Finding("change", UNKNOWN["through"])
    goods, gone = plain(total.goods_pcs), plain(total.gone_pcs)
    text = THROUGH.fill(share=SELL_THROUGH.text(total.sell_through), goods=goods, gone=gone)
    return Finding("fair", _without(text, each, "sell_through"))


def _again(total: Row, each: Sequence[Row]) -> Finding:
    if total.units_sold is None:
        return Finding("change", UNKNOWN["again"].fill(n=LEAST_WEEKS))
    text = AGAIN.fill(first=total.units_sold, again=total.units_again, units=units(total))
    lower = total.repeat is not None and total.repeat < 0.5
    return Finding("rain" if lower else "fair", text)


def _taken(total: Row) -> Finding:
    if not total.replaces:
        return Finding("change", UNKNOWN["replaces"])
    if total.taken_share is None:
        return Finding("change", UNKNOWN["taken"])
    ends = {
        "low": CANNIBALISED.text(total.taken_low),
        "high": CANNIBALISED.text(total.taken_high),
        "old": total.old_called,
    }
    if not total.told:
        return Finding("change", UNCLEAR.fill(**ends))
    sure = (total.taken_low or 0.0) > 0
    text = TAKES if sure else MAYBE
    return Finding("fair" if sure else "change", text.fill(share=CANNIBALISED.text(total.taken_share), **ends))


def _without(text: Text, each: Sequence[Row], name: str) -> Text:
    """The sentence with the pilots that have no such figure."""
    lacking = [r.called for r in each if getattr(r, name) is None]
    if not lacking:
        return text
    names = Text(AND.zh.join(c.zh for c in lacking), AND.en.join(c.en for c in lacking))
    tail = PARTLY.fill(names=names)
    return Text(f"{text.zh}（{tail.zh}）", f"{text.en} ({tail.en})")


def units(total: Row) -> Text:
    """What the funnel counts."""
    return STORES if total.by_store else ACCOUNTS


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The funnel: listed, sold, sold again; each with its share of the one before."""
    total = rows[0] if rows else None
    counts = [] if total is None else [total.units_listed, total.units_sold, total.units_again]
    return charts.funnel([(step, n) for step, n in zip(STEPS, counts, strict=False) if n is not None], look)
