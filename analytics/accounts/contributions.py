"""Which accounts drove the change, like for like?

Accounts with figures in both years by what they add to the difference of the month or of the year to date; new and
lost accounts, and those with orders in one of the two years only, are told apart from them.

Units: money in CNY.
Source: `bridge`, the same rows.
Duty: 9, timely and accurate sales statistics.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

from analytics import charts
from analytics.accounts import bridge
from analytics.answer import Finding, Level, OfAccount, Scope
from analytics.barometer import growth
from analytics.charts.theme import Look
from analytics.metrics import GROWTH, SALES
from analytics.numbers import Unit, unit_for
from data.store import Store
from data.text import Text

QUESTION = Text("同口径下，是哪些客户推动了变化？", "Which accounts drove the change, like for like?")
CAPTION = Text("两年都有数的客户，销售额差", "Difference in sales, accounts with figures in both years")
MEANING = Text(
    "只比两年都有数的客户，按差额排；新客户、流失客户和只在一年订货的客户另列，不混在同比里。口径与变化构成相同。",
    "Accounts with figures in both years by their difference; new and lost accounts and those that ordered in one year "
    "only are listed apart and are no part of the like-for-like change. Same rules as the bridge.",
)
NEEDS = ("sales",)
BUILDS_ON = (bridge,)
SHOWN = 8  # bars before the rest is summed
NAMED = 3  # accounts that one sentence names
LIKE = Text(
    "{when}可比客户 {n} 家，同比 {change}；变动最大的是{name}（{gap}）",
    "{n} comparable accounts, {change} on last year {when}; {name} moved most ({gap})",
)
APART: dict[str, Text] = {
    "new": Text("新客户 {n} 家，{now}：{names}", "{n} new accounts, {now}: {names}"),
    "lost": Text("流失客户 {n} 家，去年同期 {before}：{names}", "{n} lost accounts, {before} a year before: {names}"),
    "one_year": Text(
        "只在一年订货的客户 {n} 家：今年 {now}，去年 {before}",
        "{n} accounts ordered in one year only: {now} now, {before} a year before",
    ),
}
LEVELS: dict[str, Level] = {"new": "fair", "lost": "rain", "one_year": "change"}
REST = Text("其余 {n} 家", "{n} others")
AND, MORE = Text("、", ", "), Text("等", " and others")


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One account in one period."""

    period: str  # month or year (to date)
    kind: str  # both, new, lost, one_year
    account: str
    name: str
    name_en: str
    owner: str
    this_period: Decimal  # CNY
    before: Decimal  # CNY, a year ago

    @property
    def gap(self) -> float:
        """This period minus a year before, CNY."""
        return float(self.this_period - self.before)


def ask(store: Store, scope: Scope) -> list[Row]:
    """Both periods; in each the largest difference first, either way."""
    rows = bridge.ask(store, scope)
    return [row for period in bridge.PERIODS for r in bridge.of(rows, period) for row in _split(r)]


def _split(r: bridge.Row) -> list[Row]:
    """An account's comparable part, and apart from it what is new or lost; nothing of months that nobody compares."""
    ways = {
        "new": (r.accounts_in, Decimal(0)),
        "lost": (Decimal(0), -r.accounts_out),
        "one_year": (max(r.one_year, Decimal(0)), max(-r.one_year, Decimal(0))),
    }
    alike = (r.this_period - sum(now for now, _ in ways.values()), r.before - sum(then for _, then in ways.values()))
    if r.kind == "both":
        ways = {"both": alike} | ways
    return [
        Row(r.period, kind, r.account, r.name, r.name_en, r.owner, now, before)
        for kind, (now, before) in ways.items()
        if kind == "both" or now or before
    ]


def of(rows: Sequence[Row], period: str, kind: str = "both") -> list[Row]:
    """The rows of one period and kind."""
    return [r for r in rows if r.period == period and r.kind == kind]


def title(rows: Sequence[Row], scope: Scope, period: str) -> Text:
    """The finding of one period; the question where there is nothing to compare with."""
    return next((f.text for f in _alike(of(rows, period), scope, period)), QUESTION)


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """Month and year to date like for like, then who is new, lost or only in one of the two years."""
    found = [f for period in bridge.PERIODS for f in _alike(of(rows, period), scope, period)]
    return found + apart(rows, "year")


def _alike(rows: Sequence[Row], scope: Scope, period: str) -> list[Finding]:
    before, gap = sum(float(r.before) for r in rows), sum(r.gap for r in rows)
    if before <= 0:
        return []
    main = max(rows, key=lambda r: (abs(r.gap), r.account))
    text = LIKE.fill(
        when=bridge.when(scope, period),
        n=len(rows),
        change=GROWTH.text(gap / before),
        name=main.called,
        gap=SALES.text(main.gap),
    )
    return [
        Finding(growth.LEVELS[growth.lean(gap / before)], text, abs(main.gap), main.account, main.called, main.owner)
    ]


def apart(rows: Sequence[Row], period: str) -> list[Finding]:
    """One line each for new accounts, lost ones, and those that ordered in one year only."""
    found = []
    for kind, sentence in APART.items():
        if some := of(rows, period, kind):
            now, before = sum(r.this_period for r in some), sum(r.before for r in some)
            text = sentence.fill(n=len(some), now=SALES.text(now), before=SALES.text(before), names=_names(some))
            found.append(Finding(LEVELS[kind], text, float(abs(now - before))))
    return found


def _names(rows: Sequence[Row]) -> Text:
    first, more = rows[:NAMED], MORE if len(rows) > NAMED else Text("", "")
    return Text(AND.zh.join(r.name for r in first) + more.zh, AND.en.join(r.name_en for r in first) + more.en)


def beside(rows: Sequence[Row], period: str) -> list[Text]:
    """What stands under the bars of one period: who is apart from them."""
    return [f.text for f in apart(rows, period)]


def unit(rows: Sequence[Row], look: Look, period: str = "month") -> Unit:
    """What the figure's numbers are counted in."""
    return unit_for([r.gap for r in of(rows, period)], look.lang)


def draw(rows: Sequence[Row], look: Look, period: str = "month") -> go.Figure:
    """Differences of the comparable accounts, from the largest gain to the largest loss; the small ones in one bar."""
    scale, alike = unit(rows, look, period), of(rows, period)
    shown = sorted(alike[:SHOWN], key=lambda r: (-r.gap, r.account))
    bars = [(r.called, r.gap / scale.size) for r in shown]
    if rest := alike[SHOWN:]:
        bars.append((REST.fill(n=len(rest)), sum(r.gap for r in rest) / scale.size))
    return charts.deviations(bars, look, Text(f"差额，{scale.name}", f"Difference, {scale.name}"), scale.digits)


def draw_year(rows: Sequence[Row], look: Look) -> go.Figure:
    """The differences of the year to date."""
    return draw(rows, look, "year")
