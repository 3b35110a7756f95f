"""What happened while the index moved?

The events, promotions and trials of two years that concern most sales, at most five and one a month, to stand beside
the course of the index. That something happened in a month does not say that it moved the index.

Units: money in CNY, what the accounts concerned sold in the month.
Source: `events`, `promotions`, `trials` with `trial_scope`; see `marks.sql`.
Duty: 9, timely and accurate sales statistics.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.charts.theme import Look
from analytics.metrics import SALES
from analytics.numbers import unit_for
from data.store import Store
from data.text import Text

QUESTION = Text("指数变动的时候发生了什么？", "What happened while the index moved?")
CAPTION = Text("两年里涉及销售额最大的几件事", "What concerned most sales in two years")
MEANING = Text(
    "客户大事、促销和试点（按试点客户），按所涉客户当月销售额排，每月最多一件，共五件。同月发生不等于就是原因。",
    "Account events, promotions and trials (at their pilots) by what the accounts concerned sold in the month; one a "
    "month, five in all. Happening in the same month does not make it the cause.",
)
NEEDS = ("sales",)
ENRICHED_BY = ("events", "promotions", "trials", "trial_scope")
SHORT = {
    "events": Text("大事", "Event"),
    "promotions": Text("促销", "Promotion"),
    "trials": Text("试点", "Trial"),
}
LINE = Text("{n}　{month} {kind}：{title}{who}", "{n}  {month} {kind}: {title}{who}")
WHO = Text("（{who}）", " ({who})")
SEVERAL = Text("{n} 家客户", "{n} accounts")


@dataclass(frozen=True, slots=True)
class Row:
    """One happening; `name` is the account concerned, the first by code where there are several."""

    month: date
    starts_on: date
    dataset: str
    title: str | None
    accounts: int
    name: str
    name_en: str
    amount: float  # CNY

    @property
    def who(self) -> Text:
        """Whom it concerned."""
        return Text(self.name, self.name_en) if self.accounts == 1 else SEVERAL.fill(n=self.accounts)


def ask(store: Store, scope: Scope) -> list[Row]:
    """The largest first."""
    params = {name: value for name, value in scope.params().items() if name != "categories"}
    return store.rows(Path(__file__).with_suffix(".sql"), Row, **params)


def numbered(rows: Sequence[Row]) -> dict[date, int]:
    """The number under which each stands in the figure, by month, the oldest being 1."""
    return {row.month: n for n, row in enumerate(sorted(rows, key=lambda r: r.month), 1)}


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """One line for each, the largest first, with the number in the figure."""
    number = numbered(rows)
    return [
        Finding(
            "change",
            LINE.fill(
                n=number[r.month],
                month=f"{r.month:%Y-%m}",
                kind=SHORT[r.dataset],
                title=r.title or SHORT[r.dataset],
                who=Text("", "") if r.name in (r.title or "") and r.accounts == 1 else WHO.fill(who=r.who),
            ),
            r.amount,
        )
        for r in rows
    ]


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """What the accounts concerned sold in the month, the largest first."""
    unit = unit_for([r.amount for r in rows], look.lang)
    words = Text(f"{SALES.name.zh}，{unit.name}", f"{SALES.name.en}, {unit.name}")
    items = [(f"{r.month:%Y-%m} {r.title or SHORT[r.dataset][look.lang]}", r.amount / unit.size) for r in rows]
    return charts.amounts(items, look, words, unit.digits)
