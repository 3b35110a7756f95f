"""Which trials go on to all accounts, which stop, and which cannot be told yet?

Every trial by the rule that was fixed before its start: an existing product's uplift against a synthetic control of
accounts that did not take part, a new product's rate of sale; how likely the goal is reached, and how many more weeks
would settle it. Without a goal and lines fixed before the first day there is an estimate and no verdict. Sell-out only.

Units: uplifts as shares, rates of sale in pcs per store and week, probabilities 0-1.
Source: `trials`, `trial_scope`, `sell_out`, `promotions`, `stock`; see `decided.sql`, `weekly.sql`, `caveats.sql`;
`stats.synthetic`, `stats.rates`, `stats.decide`; docs/methods.md.
Duty: 3, trials of new products and measures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.charts.dots import Dot
from analytics.charts.theme import Look
from analytics.stats.decide import Verdict, decide
from analytics.stats.synthetic import Readout
from analytics.trials import caveats, decided, reading, said
from analytics.trials.decided import Kind, Trial
from analytics.trials.reading import Reading
from data.store import Store
from data.text import Text

QUESTION = Text(
    "哪些试点该推进，哪些该停，哪些还看不准？",
    "Which trials go on, which stop, and which cannot be told yet?",
)
CAPTION = Text(
    "达到目标的百分之几：点为估计，线为 80% 区间，虚线为目标",
    "Reached of the goal, %: dot is the estimate, line its 80% interval, dashes the goal",
)
MEANING = Text(
    "终端销售，整周计。老产品：试点客户卖出的，对照客户加权拼出的走势推算本来会卖的，两者之比就是增幅；把每家对照当成"
    "试点再算一遍，看会差多少，得出区间。新品：每店每周卖出的件数，按各试点客户的差别得出区间。达标概率不低于推广线就"
    "推进，不高于终止线就停止，中间为看不准，并说再看几周能定；再看半年也定不了，就是样本太小。标准没有定在开始之前的，"
    "只给估计，不下结论。",
    "Sell-out, whole weeks. Product on sale before: what the pilots sold over what a weighted mean of the controls let "
    "expect; each control taken as if it were the pilot shows how far off that can be, which gives the interval. New "
    "product: pieces per store and week, with the interval from how pilots differ. Go where the chance of the goal is "
    "at least the upper line, stop where it is at most the lower, hold between, with the weeks that would settle it; "
    "what half a year would not settle is too small to tell. Where the rule was not fixed before the start there is an "
    "estimate and no verdict.",
)
NEEDS = ("trials", "trial_scope", "sell_out")
ENRICHED_BY = ("promotions", "stock")
BUILDS_ON = (decided, reading, caveats)
GOAL, OF_GOAL = Text("目标", "Goal"), Text("目标 = 100", "Goal = 100")
Word = Literal["go", "hold", "stop", "small", "open", "planned"]
URGENT: tuple[Word, ...] = ("stop", "go", "hold", "small", "open", "planned")


@dataclass(frozen=True, slots=True)
class Row:
    """One trial. `estimate` and `goal` are shares for an uplift, pcs per store and week for a rate."""

    trial: str
    title: str
    sku: str
    sku_name: str
    sku_name_en: str
    kind: Kind
    owner: str
    starts_on: date
    ends_on: date
    weeks_run: int  # whole weeks
    weeks_planned: int  # whole weeks
    pilots: int  # that count
    pilots_named: int
    controls: int  # that were weighed
    controls_named: bool  # else: all accounts that were no pilots
    goal: float | None
    go_at: float  # probability
    stop_at: float  # probability
    rule_given: bool  # else: the usual lines
    fixed_on: date | None
    fixed_before: bool
    estimate: float | None
    low80: float | None
    high80: float | None
    low95: float | None
    high95: float | None
    gain_pcs: float | None  # a week, all pilots; None for a rate
    probability: float | None  # of the goal; None without a verdict
    verdict: Word
    weeks_more: int | None  # that would settle it; 0 settled, None not within half a year or not known
    reason: str  # why there is no verdict (a key of said.REASONS), "" where there is one
    promotions: int  # of the product at pilots in that time
    out_weeks: int  # weeks of pilots in which a count found none
    untold_weeks: int  # weeks of pilots that were not told

    @property
    def product(self) -> Text:
        """What the product is called."""
        return Text(self.sku_name, self.sku_name_en)

    @property
    def running(self) -> bool:
        """Whether it has begun and weeks are still to come."""
        return self.verdict != "planned" and self.weeks_run < self.weeks_planned


def ask(store: Store, scope: Scope) -> list[Row]:
    """The most urgent first; among like ones the one that ends last."""
    every = decided.trials(store, scope)
    if not every:
        return []
    sales, marks = reading.panel(store, scope), caveats.caveats(store, scope)
    rows = [
        _row(one, reading.read(one, every, sales, scope) if one.begun(scope) else None, marks)
        for one in every
        if one.chosen
    ]
    return sorted(rows, key=lambda r: (URGENT.index(r.verdict), not r.running, -r.ends_on.toordinal(), r.trial))


def _row(trial: Trial, found: Reading | None, marks: Sequence[caveats.Caveat]) -> Row:
    facts, (promotions, out_weeks) = trial.facts, caveats.summed(marks, trial.facts.trial)
    word, told, reason = _verdict(trial, found)
    estimate = found.estimate if found else None
    low80, high80, low95, high95 = _bands(found)
    each = found.each if found else ()
    return Row(
        facts.trial, facts.title, facts.sku, facts.sku_name, facts.sku_name_en, trial.kind, facts.owner,
        facts.starts_on, facts.ends_on, found.run if found else 0, trial.weeks,
        sum(one is not None for one in each), len(trial.pilots),
        found.controls if found else len(trial.controls), bool(trial.controls),
        trial.goal, trial.go_at, trial.stop_at, facts.go_at is not None and facts.stop_at is not None,
        facts.fixed_on, trial.fixed_before,
        found.shown(estimate.value) if found and estimate else None, low80, high80, low95, high95,
        found.found.gain if found and isinstance(found.found, Readout) else None,
        told.chance if told else None, word, told.weeks_more if told else None, reason,
        promotions, out_weeks, found.untold if found else 0,
    )  # fmt: skip


def _bands(found: Reading | None) -> tuple[float | None, ...]:
    """Ends of the 80 % and the 95 % interval."""
    if found is None or found.estimate is None:
        return None, None, None, None
    ends = (*found.estimate.band(0.8), *found.estimate.band(0.95))
    return tuple(found.shown(end) for end in ends)


def _verdict(trial: Trial, found: Reading | None) -> tuple[Word, Verdict | None, str]:
    """The verdict, what it rests on, and why there is none."""
    if found is None:
        return "planned", None, ""
    estimate, goal = found.estimate, found.goal()
    if estimate is None:
        return "small", None, str(found.found)
    if goal is None or not trial.fixed_before:
        return "open", None, "no goal" if goal is None else "fixed late" if trial.facts.fixed_on else "not dated"
    told = decide(estimate, goal, found.run, trial.go_at, trial.stop_at)
    if told.word == "hold" and told.weeks_more is None:
        return "small", told, "weeks do not help"
    return told.word, told, ""


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """One sentence a trial, then what to bear in mind with it."""
    return [finding for row in rows for finding in (said.verdict(row), *said.notes(row))]


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """What each trial reached of its goal, the goal as a dashed line at 100."""
    items = [dot for row in rows for dot in _dot(row, look)]
    return charts.dots(items, look, OF_GOAL, 100.0, GOAL)


def _dot(row: Row, look: Look) -> list[Dot]:
    """Estimate and 80 % interval in % of what the goal asks for: of an uplift, of all that is sold."""
    if row.estimate is None or row.low80 is None or row.high80 is None or not row.goal:
        return []
    base = 1.0 if row.kind == "uplift" else 0.0
    value, low, high = (100 * (base + end) / (base + row.goal) for end in (row.estimate, row.low80, row.high80))
    return [(said.named(row), value, low, high, said.word(row)[look.lang], False)]
