"""What did each session bring?

Each session by itself, and drawn towards what all sessions say, because one store's eight weeks say little.

Units: lift and shrunk ratios, with ranges that hold 80 %; score points of 100; people.
Source: `measured.sql`, `cells.sql`; `stats.staggered`, `stats.shrunk`, docs/methods.md, "Training".
Duty: 2, winning the people who sell by training.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from analytics import charts
from analytics.answer import Cut, Finding, Level, OfAccount, Scope
from analytics.charts.theme import Look
from analytics.frontline import measured
from analytics.frontline.lift import ranged
from analytics.frontline.measured import REASONS, Measured, Session
from analytics.metrics import TRAINING_LIFT
from analytics.stats import staggered
from analytics.stats.did import SHARE, Effect
from analytics.stats.shrunk import shrunk
from analytics.stats.staggered import Each
from analytics.stats.student import NORMAL
from data.store import Store
from data.text import Text, same

QUESTION = Text("每场培训带来了什么？", "What did each session bring?")
CAPTION = Text(
    "最近可测的培训，%：点为收缩后的提升，横线 80% 范围，圈为单场自身，虚线为全部平均",
    "The latest sessions measured, %: dots shrunk, lines hold 80%, rings by itself, dashed: the average of all",
)
MEANING = Text(
    "单看一场，8 周的销售说明不了多少，所以每场的提升向同类培训（测试通过的、没通过的分开）的平均收缩（经验贝叶斯），"
    "越不确定收得越多。“有提升”：自身和收缩后的 80% 范围都在零以上；“没见效”：收缩后的范围低于总平均的一半，"
    "或测试没通过；其余是“单场看不出”。不排名：只凭一场的数，排在最后的多半是碰巧。",
    "One session's eight weeks say little, so its lift is drawn towards the average of its like (tests passed and "
    "failed apart; empirical Bayes), the more the less is known. “Lift”: its own 80% range and the shrunk one are "
    "above zero. “No lift”: the shrunk range lies under half the average of all, or the test was failed. Else it is "
    "not told alone. No ranking: on one session's figure the last are mostly last by chance.",
)
NEEDS = ("trainings", "sell_out")
BUILDS_ON = (measured,)
SHOWN, MOST = 12, 1000  # sessions in the figure; rows
PART = 0.5  # of the pooled lift, that a range must exclude before a session is said to have brought nothing
VERDICTS: dict[str, tuple[Text, Level]] = {
    "lift": (Text("有提升", "Lift"), "fair"),
    "none": (Text("没见效", "No lift"), "rain"),
    "failed": (Text("测试没通过", "Test failed"), "rain"),
    "small": (Text("单场看不出", "Not told alone"), "change"),
    "open": (Text("没有测", "Not measured"), "change"),
}
HEAD = Text(
    "{n} 场可测：{lift} 场单看就有提升，{none} 场没见效，{small} 场单看看不出",
    "Of {n} sessions measured {lift} show a lift by themselves, {none} none, {small} are too small to tell alone",
)
FAILED = Text("{n} 场测试没通过：先补训再谈销售", "{n} sessions failed the test: train again before asking for sales")
UNMEASURED = Text("{n} 场还没法测", "{n} sessions cannot be measured")
ONE = Text("{name} {store}，{day}，{category}：{why}", "{name} {store}, {day}, {category}: {why}")
NO_LIFT = Text("培训过，没见效（{lift}，80% 范围 {range}）", "trained, no lift ({lift}, 80% range {range})")
SCORED = Text("测试 {score} 分，没通过", "test score {score}, failed")
Maybe = float | None
Lifts = tuple[Maybe, Maybe, Maybe, Maybe, Maybe, Maybe]  # own lift, low, high; shrunk lift, low, high
NAMED = 3  # sessions that are called by name, the latest first
LABEL = Text("{store} {day}", "{store} {day}")


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One session at one store; lifts are None where it is not measured."""

    training: str
    account: str
    name: str
    name_en: str
    owner: str
    store: str
    category: str
    held_on: date
    trained: int  # people
    score: float | None  # points of 100
    lift: float | None  # ratio, by itself
    low: float | None  # ratio, of the range that holds 80 %
    high: float | None
    shrunk: float | None  # ratio, drawn towards all
    shrunk_low: float | None
    shrunk_high: float | None
    verdict: str  # a key of VERDICTS
    reason: str  # why it is not measured, a key of measured.REASONS; "" where it is


def ask(store: Store, scope: Scope) -> list[Row]:
    """The latest first; each is shrunk beside all sessions, whoever is looked at."""
    found = measured.measure(store, scope)
    if found is None:
        return []
    pooled = staggered.average(found.brand(found.told)) if found.told.any() else None
    lifts = _lifts(found)
    rows = [
        _row(s, reason, lifts.get(n), pooled)
        for n, (s, reason) in enumerate(zip(found.sessions, found.reasons, strict=True))
        if s.chosen
    ]
    return Cut(rows[::-1][:MOST], len(rows), pooled) if rows else []


def average(rows: Sequence[Row]) -> Effect | None:
    """The lift of all sessions together; None: too small to tell."""
    return cast("Effect | None", rows.whole) if isinstance(rows, Cut) else None


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """How many of each verdict, then those that brought nothing or failed the test, the latest first."""
    if not rows:
        return []
    count = {key: sum(r.verdict == key for r in rows) for key in VERDICTS}
    measured_ = sum(not r.reason for r in rows)
    head = HEAD.fill(n=measured_, lift=count["lift"], none=count["none"], small=_small(rows))
    found = [Finding("change", head)] if measured_ else []
    if count["failed"]:
        found.append(Finding("rain", FAILED.fill(n=count["failed"])))
    if measured_ < len(rows):
        found.append(Finding("change", UNMEASURED.fill(n=len(rows) - measured_)))
    named = [r for r in rows if r.verdict in ("none", "failed")][:NAMED]
    return [*found, *(Finding("rain", why(r), 0.0, r.account, r.called, r.owner) for r in named)]


def why(row: Row) -> Text:
    """A session that brought nothing, and how that is known."""
    if row.verdict == "failed":
        reason = SCORED.fill(score=f"{row.score or 0:.0f}")
    elif row.shrunk is not None and row.shrunk_low is not None and row.shrunk_high is not None:
        reason = NO_LIFT.fill(lift=TRAINING_LIFT.text(row.shrunk), range=ranged(row.shrunk_low, row.shrunk_high))
    else:
        reason = REASONS[row.reason] if row.reason else VERDICTS[row.verdict][0]
    return ONE.fill(name=row.called, store=row.store, day=row.held_on, category=same(row.category), why=reason)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The latest sessions that could be measured, by date."""
    told = [r for r in rows if r.shrunk is not None][:SHOWN]
    items = [
        (
            LABEL.fill(store=r.store, day=f"{r.held_on:%y-%m-%d}"), 100 * (r.shrunk or 0),
            100 * (r.shrunk_low or 0), 100 * (r.shrunk_high or 0), VERDICTS[r.verdict][0][look.lang],
        )
        for r in told
    ]  # fmt: skip
    pooled = average(rows)
    own = [100 * (r.lift or 0) for r in told]
    return charts.lifts(items, look, None if pooled is None else 100 * pooled.lift, own)


def _small(rows: Sequence[Row]) -> int:
    """Measured, and neither a lift nor none: also those that failed the test and show nothing either way."""
    return sum(not r.reason and r.verdict not in ("lift", "none") for r in rows)


def _lifts(found: Measured) -> dict[int, Lifts]:
    """By session: lift and range by itself, lift and range drawn towards its like (None with fewer than three)."""
    brand = found.brand(found.told)
    if not len(brand.unit):
        return {}
    each = staggered.each(brand, staggered.dispersion(brand))
    failed = found.where(lambda s: s.failed)[each.unit]
    return {n: told for mine in (failed, ~failed) for n, told in _drawn(each, mine)}


def _drawn(each: Each, mine: NDArray[np.bool_]) -> list[tuple[int, Lifts]]:
    """Those that are alike: each by itself and drawn towards one another."""
    seen, variance = each.log[mine], each.variance[mine]
    half = np.sqrt(variance) * NORMAL.inv_cdf((1 + SHARE) / 2)
    own = np.expm1(np.stack([seen, seen - half, seen + half], axis=1)).tolist()
    drawn = shrunk(seen, variance)
    if drawn is None:
        together = [[None] * 3] * len(own)
    else:
        together = np.expm1(np.stack([drawn.mean, *drawn.reach(SHARE)], axis=1)).tolist()
    told = [cast(Lifts, (*a, *b)) for a, b in zip(own, together, strict=True)]
    return list(zip(each.unit[mine].tolist(), told, strict=True))


def _row(s: Session, reason: str, lifts: Lifts | None, pooled: Effect | None) -> Row:
    told: Lifts = lifts or (None, None, None, None, None, None)
    verdict = _verdict(s, lifts, pooled)
    return Row(
        s.training, s.account, s.name, s.name_en, s.owner, s.store, s.category, s.held_on, s.trained, s.score, *told,
        verdict, reason,
    )  # fmt: skip


def _verdict(s: Session, lifts: Lifts | None, pooled: Effect | None) -> str:
    """The rule of MEANING."""
    low, _, _, together_low, together_high = (None,) * 5 if lifts is None else lifts[1:]
    if low is not None and low > 0 and together_low is not None and together_low > 0:
        return "lift"
    if s.failed:
        return "failed"
    if lifts is None:
        return "open"
    sells = pooled is not None and pooled.reach()[0] > 0
    usual = pooled.lift if pooled is not None and sells else -np.inf  # nothing lies under half of no lift
    return "none" if together_high is not None and together_high < PART * usual else "small"
