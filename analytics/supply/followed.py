"""What became of what we approved?

Every line of every decision of a year: pieces approved, pieces that arrived by the day they were due and after it, and
whether the shelf was empty at a count until the day that the goods should last to. A line is judged once it is due: in
time and in full when at least FULL_PERCENT of its pieces were there by then.

Units: pieces (pcs), shares as ratios (sums over sums), money in CNY as it was expected when decided.
Source: `approvals`, `orders` (else `sell_in`), `stock`; see `followed.sql`.
Duty: 1, assured supply.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, OfAccount, Scope
from analytics.charts.theme import Look
from analytics.metrics import ARRIVED, SALES
from analytics.numbers import pieces, plain
from data.store import Store
from data.text import Text

QUESTION = Text("批准的货后来怎么样了？", "What became of what we approved?")
CAPTION = Text(
    "按时到货占批准的 %，右边是到货／批准（件）", "Arrived in time, % of what was approved; arrived / approved"
)
MEANING = Text(
    "每次批准每客户每产品一行，看近 12 个月的决定。按时足量：应到日当天或之前到了批准件数的 95% 以上；晚到："
    "到“要撑到”那天才凑够；只到一部分、没到：那天还不够，或一件没到。应到日＝最晚到货日；批准时最晚发货日已过的，从"
    "批准当天发起算。到货按订单的到货日和已发数量算，没有订单的用发货开票；批准之前已经发出的不算，退货不扣。同一客户"
    "同一产品又批准过，之后发出的算新的那次，旧的还没到期的不再评判。没到期的只报个数，数据截止后才批准的也在内。断货"
    "：应到日到“要撑到”之间有一次盘点为零。比例是件数之和相除，一单多到的不抵别的单。",
    "One line per decision, account and product, decisions of twelve months. In time and in full: at least 95% of the "
    "pieces there by the day they are due. Late: complete only by the day that they should last to. In part, or not "
    "at all: short even then. Due is the latest day of arrival or, where the latest day of dispatch had passed, the "
    "day on which goods get there that are sent off when decided. Deliveries are those of the orders, or sell-in "
    "where an account has none; what left before the decision does not count, returns are not taken off. Where the "
    "same product was approved for the account again, what leaves from then on belongs to the new decision, and an "
    "old one not yet due is no longer judged. Lines not due, and those decided since the data end, are counted, not "
    "judged. Out of stock: a count of zero "
    "between the two days. Shares are sums over sums; what one line gets beyond its pieces does not make up for "
    "another.",
)
NEEDS = ("approvals",)
ENRICHED_BY = ("orders", "sell_in", "sell_out", "stock")
FULL_PERCENT = 95  # of the pieces: a twentieth less is a pallet not broken up, and leaves no shelf empty
GRACE_DAYS = 7  # a week without any delivery to anybody happens; more, and the file ends there
SHOWN = 10  # bars, and lines in sentences
FULL, LATE, PART, NONE = "full", "late", "part", "none"
VERDICTS = {
    FULL: Text("按时足量", "in time and in full"),
    LATE: Text("晚到", "late"),
    PART: Text("只到一部分", "in part"),
    NONE: Text("没到", "not at all"),
    "open": Text("没到期", "not due yet"),
    "replaced": Text("又批准过", "approved again"),
    "undated": Text("没写最晚到货日", "no day of arrival"),
    "unseen": Text("没有到货数据", "no deliveries known"),
    "unknown": Text("到货数据不全", "deliveries incomplete"),
}
JUDGED = (FULL, LATE, PART, NONE)
ALL_FULL = Text(
    "批准的货到期 {n} 单，都按时足量（≥ {percent}%）",
    "{n} lines approved and due, all of it in time and in full (at least {percent}%)",
)
HEAD = Text(
    "批准的货到期 {n} 单，{full} 单按时足量（≥ {percent}%），{rest}；按件算按时到 {share}",
    "{n} lines approved and due: {full} in time and in full (at least {percent}%), {rest}; {share} of the pieces in "
    "time",
)
COUNT = Text("{n} 单{how}", "{n} {how}")
MONEY = Text(
    "批准时预计这些单保住 {kept} 销额，按时足量的占 {full}",
    "When approved, these lines were to keep {kept} of sales; those in time and in full {full} of it",
)
LINE = Text("{sku}：批准 {qty}，截至 {day} 到 {came}（{share}）", "{sku}: {qty} approved, {came} by {day} ({share})")
AFTER = Text("{line}，之后又到 {later}", "{line}, {later} later")
OUT = Text("{line}；{day} 盘点已断货", "{line}; out of stock when counted on {day}")
EMPTY = Text(
    "盘点过的 {counted} 单里，{empty} 单批准了货还是断过货",
    "Of {counted} lines counted since, {empty} were out of stock all the same",
)
TOO_LITTLE = Text(
    "{text}，其中 {full} 单是按时足量的：批得不够",
    "{text}, {full} of them served in time and in full: too little was approved",
)
LEFT = {
    "open": Text("{n} 单还没到期，不评判", "{n} lines are not due yet and not judged"),
    "replaced": Text("{n} 单到期前又批准过，看新的那次", "{n} lines were approved again before they were due"),
    "undated": Text("{n} 单没写最晚到货日，判断不了", "{n} lines have no day of arrival and cannot be judged"),
    "unseen": Text(
        "{n} 单的客户没有到货数据，判断不了", "{n} lines cannot be judged: no delivery to the account is on file"
    ),
    "unknown": Text(
        "{n} 单的到货没写数量，或数据没到应到日，判断不了",
        "{n} lines cannot be judged: deliveries without a quantity, or a file that ends before the day",
    ),
}
WHO = Text("{name} {sku}", "{name} {sku}")
TARGET = Text("批准", "Approved")


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One approved line and what became of it."""

    decision: str
    decided_on: date
    account: str
    name: str
    name_en: str
    owner: str
    sku: str
    sku_name: str
    sku_name_en: str
    qty: float  # pcs approved
    warehouse: str  # "": not said
    arrive_by: date | None
    due_by: date | None  # arrive_by; later where goods sent off at once could not be there by then
    until: date | None
    in_time_pcs: float | None  # None: no delivery is known, or no day to be held against
    later_pcs: float | None  # after due_by, to `until`
    verdict: str  # a key of VERDICTS
    counts: int  # of stock, from due_by to `until`
    empty: int  # of these counts, with nothing on hand
    empty_on: date | None  # the first of them
    risk: float | None  # P(out within three weeks) when decided
    kept_cny: float | None  # as expected when decided

    @property
    def product(self) -> Text:
        """The product's name in both languages."""
        return Text(self.sku_name, self.sku_name_en)

    @property
    def counted_pcs(self) -> float:
        """Pieces in time, at most what was approved."""
        return min(self.in_time_pcs or 0.0, self.qty)


def ask(store: Store, scope: Scope) -> list[Row]:
    """The newest decision first; of one, the lines that were to keep the most sales."""
    told = {"full_percent": FULL_PERCENT, "grace_days": GRACE_DAYS}
    return store.rows(Path(__file__).with_suffix(".sql"), Row, **scope.params(), **told)


def judged(rows: Sequence[Row]) -> list[Row]:
    """The lines that are due and known."""
    return [r for r in rows if r.verdict in JUDGED]


def share(rows: Sequence[Row]) -> float | None:
    """Pieces in time over pieces approved, of the lines that are judged."""
    due = judged(rows)
    return sum(r.counted_pcs for r in due) / sum(r.qty for r in due) if due else None


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """How many arrived in time and in full, each that did not, shelves empty all the same, and what is not judged."""
    due = judged(rows)
    missed = sorted((r for r in due if r.verdict != FULL), key=lambda r: (-_lost(r), r.account, r.sku))
    found = [Finding("rain" if missed else "fair", _head(due), sum(map(_lost, missed)))] if due else []
    found += [Finding("rain", _line(r), _lost(r), r.account, r.called, r.owner) for r in missed[:SHOWN]]
    found += [Finding("change", text) for text in (_money(due), _empty(due)) if text]
    left = {why: sum(r.verdict == why for r in rows) for why in LEFT}
    return found + [Finding("change", LEFT[why].fill(n=n)) for why, n in left.items() if n]


def _lost(row: Row) -> float:
    """CNY of the sales to be kept whose goods were not there in time."""
    return (row.kept_cny or 0.0) * (1 - row.counted_pcs / row.qty)


def _head(due: Sequence[Row]) -> Text:
    counts = {verdict: sum(r.verdict == verdict for r in due) for verdict in JUDGED}
    if counts[FULL] == len(due):
        return ALL_FULL.fill(n=len(due), percent=FULL_PERCENT)
    parts = [COUNT.fill(n=counts[v], how=VERDICTS[v]) for v in JUDGED if v != FULL and counts[v]]
    rest = Text("，".join(p.zh for p in parts), ", ".join(p.en for p in parts))
    told = {"n": len(due), "full": counts[FULL], "percent": FULL_PERCENT}
    return HEAD.fill(**told, rest=rest, share=ARRIVED.text(share(due)))


def _line(row: Row) -> Text:
    """One line that was not served in time and in full."""
    part = ARRIVED.text(row.counted_pcs / row.qty)
    told = {"qty": pieces(row.qty), "came": pieces(row.in_time_pcs), "day": row.due_by, "share": part}
    text = LINE.fill(sku=row.product, **told)
    if row.later_pcs:
        text = AFTER.fill(line=text, later=pieces(row.later_pcs))
    return OUT.fill(line=text, day=row.empty_on) if row.empty_on else text


def _money(due: Sequence[Row]) -> Text | None:
    """Sales to be kept, as expected, and the part of lines that were served; None where no line says."""
    kept, full = (sum(r.kept_cny or 0.0 for r in some) for some in (due, [r for r in due if r.verdict == FULL]))
    return MONEY.fill(kept=SALES.text(kept), full=ARRIVED.text(full / kept)) if kept else None


def _empty(due: Sequence[Row]) -> Text | None:
    """Shelves that were empty although goods were approved; None where none was."""
    out = [r for r in due if r.empty]
    if not out:
        return None
    text, full = EMPTY.fill(counted=sum(r.counts > 0 for r in due), empty=len(out)), sum(r.verdict == FULL for r in out)
    return TOO_LITTLE.fill(text=text, full=full) if full else text


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """What arrived in time against what was approved, by line."""
    items = [
        (
            WHO.fill(name=r.called, sku=r.product),
            r.counted_pcs / r.qty * 100,
            None,
            f"{plain(r.in_time_pcs)} / {plain(r.qty)}",
        )
        for r in judged(rows)[:SHOWN]
    ]
    return charts.bullets(items, look, TARGET)
