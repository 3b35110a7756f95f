"""Did the trial work at each pilot, or only at some?

Each pilot of one trial by itself, with its 80 % interval, and all of them together. One account is far less sure than
six: an interval across the goal says that this account cannot be told by itself. Sell-out only.

Units: uplifts as shares, rates of sale in pcs per store and week.
Source: as `readout`.
Duty: 3, trials of new products and measures.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, OfAccount, Scope
from analytics.charts.dots import Dot
from analytics.charts.theme import Look
from analytics.numbers import plain, signed
from analytics.stats.decide import Estimate
from analytics.supply.naming import listed
from analytics.trials import decided, reading
from analytics.trials.decided import Kind, Place
from analytics.trials.reading import Reading
from data.store import Store
from data.text import Text

QUESTION = Text("每家试点都见效吗？", "Did the trial work at each pilot?")
CAPTION = Text(
    "各试点的效果：点为估计，线为 80% 区间，菱形为合计，虚线为目标",
    "Effect at each pilot: dot is the estimate, line its 80% interval, diamond all of them, dashes the goal",
)
MEANING = Text(
    "所选试点（没选时是最后结束或正在进行的一个）。增幅：每家试点各自对照推算的水平；新品：每店每周卖出的件数。单独一家"
    "的区间比合计宽得多，区间跨过目标，就是这一家单独看不准。",
    "The trial that was chosen, else the one that ends last. Uplift: each pilot against its own synthetic control; new "
    "product: pieces per store and week. One account's interval is far wider than that of all; where it crosses the "
    "goal, this account cannot be told by itself.",
)
NEEDS = ("trials", "trial_scope", "sell_out")
BUILDS_ON = (decided, reading)
LEVEL = 0.8  # probability of the interval
ABOVE = Text("{names}超过目标", "{names} above the goal")
BELOW = Text("{names}不到目标", "{names} below the goal")
ACROSS = Text("{names}单独看不准", "{names} cannot be told alone")
ALL_ACROSS = Text("{n} 家试点单独看都看不准，要看合计", "None of {n} pilots can be told alone: look at all of them")
NO_GOAL = Text("{title}没有填目标，只看效果", "{title} has no goal; these are the effects")
UNTOLD = Text("{names}没有足够的周销量，没算", "{names} told too few weeks and have no effect of their own")
NONE = Text("{title}各家都算不出效果", "No effect can be worked out at any pilot of {title}")
WHOLE = Text("合计", "All pilots")
GOAL, PERCENT = Text("目标 {goal}", "Goal {goal}"), Text("多卖，%", "Sold more, %")
PIECES = Text("件，每店每周", "pcs a store and week")
COMMA = Text("，", ", ")


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One pilot of the trial, or all of them together (`whole`, its account "")."""

    trial: str
    title: str
    kind: Kind
    account: str
    store: str  # "": all of the account
    name: str
    name_en: str
    whole: bool
    estimate: float | None  # None: too little was told
    low80: float | None
    high80: float | None
    goal: float | None

    @property
    def place(self) -> Text:
        """What the pilot is called, with its store."""
        return Text(f"{self.name} {self.store}".strip(), f"{self.name_en} {self.store}".strip())


def ask(store: Store, scope: Scope) -> list[Row]:
    """The largest effect first, those without one last, then all of them together."""
    found = reading.latest(store, scope)
    if found is None:
        return []
    rows = [_row(found, place, one) for place, one in zip(found.trial.pilots, found.each, strict=True)]
    rows.sort(key=lambda r: (r.estimate is None, -(r.estimate or 0.0), r.account, r.store))
    return [*rows, _row(found, None, found.estimate)]


def _row(found: Reading, place: Place | None, one: Estimate | None) -> Row:
    facts = found.trial.facts
    low, high = (None, None) if one is None else map(found.shown, one.band(LEVEL))
    where = ("", "", WHOLE.zh, WHOLE.en) if place is None else (place.account, place.store, place.name, place.name_en)
    estimate = None if one is None else found.shown(one.value)
    return Row(facts.trial, facts.title, found.trial.kind, *where, place is None, estimate, low, high, found.trial.goal)


def title(rows: Sequence[Row]) -> Text:
    """Who is above the goal, who below, and whose interval crosses it."""
    told = [r for r in rows if not r.whole and r.estimate is not None]
    if not told:
        return NONE.fill(title=rows[0].title)
    if rows[0].goal is None:
        return NO_GOAL.fill(title=rows[0].title)
    sides = {side: [r for r in told if _side(r) == side] for side in (1, -1, 0)}
    if len(told) == len(sides[0]) > 1:
        return ALL_ACROSS.fill(n=len(told))
    words = ((ABOVE, sides[1]), (BELOW, sides[-1]), (ACROSS, sides[0]))
    parts = [text.fill(names=listed(r.place for r in group)) for text, group in words if group]
    return Text(COMMA.zh.join(p.zh for p in parts), COMMA.en.join(p.en for p in parts))


def _side(row: Row) -> int:
    """1 above the goal with all of its interval, -1 below, 0 across."""
    low, high, goal = row.low80 or 0.0, row.high80 or 0.0, row.goal or 0.0
    return 1 if low >= goal else -1 if high < goal else 0


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The title, and who could not be judged."""
    if not rows:
        return []
    found = [
        Finding("fair" if any(_side(r) > 0 for r in rows[:-1] if r.estimate is not None) else "change", title(rows))
    ]
    untold = [r.place for r in rows if not r.whole and r.estimate is None]
    if untold and len(untold) < len(rows) - 1:
        found.append(Finding("change", UNTOLD.fill(names=listed(untold))))
    return found


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Dots with their intervals, the goal as a dashed line."""
    rate = bool(rows) and rows[0].kind == "rate"
    goal = rows[0].goal if rows else None
    words = GOAL.fill(goal=plain(goal, 1) if rate else f"{plain(100 * (goal or 0))}%")
    line = None if goal is None else goal * (1 if rate else 100)
    return charts.dots([dot for r in rows for dot in _dot(r)], look, PIECES if rate else PERCENT, line, words)


def _dot(row: Row) -> list[Dot]:
    if row.estimate is None or row.low80 is None or row.high80 is None:
        return []
    size = 1 if row.kind == "rate" else 100
    value = row.estimate * size
    word = plain(value, 1) if row.kind == "rate" else signed(value, 0)
    return [(WHOLE if row.whole else row.place, value, row.low80 * size, row.high80 * size, word, row.whole)]
