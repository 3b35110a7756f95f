"""What did they learn, and do they use it?

The four levels of Kirkpatrick: how it was liked, what was learned, what is seen in the store, what it sold; of all
sessions, and by topic and trainer where there are five or more.

Units: reaction points of 5; scores and gain points of 100; shares and lift ratios; ranges hold 80 %.
Source: `measured.sql` (trainings); Kirkpatrick (1959); the lift from `stats.staggered`.
Duty: 2, winning the people who sell by training.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.charts.theme import Look
from analytics.frontline import measured
from analytics.frontline.lift import ranged
from analytics.frontline.measured import PASS, Measured, Session
from analytics.metrics import PASSED, PRACTICE, REACTION, SCORE, SCORE_GAIN, TRAINING_LIFT
from analytics.numbers import plain
from analytics.stats import staggered, student
from analytics.stats.did import LEAST, SHARE
from analytics.stats.sampling import of_ratio
from data.store import Store
from data.text import LANGS, Text, same

QUESTION = Text("学会了吗？用上了吗？", "What did they learn, and do they use it?")
CAPTION = Text(
    "各课题、讲师的销售提升，%，横线 80% 范围，虚线为全部，右侧为可测场次",
    "Lift by topic and trainer, %, lines hold 80%, dashed: all, at the right the sessions measured",
)
MEANING = Text(
    "柯氏四级：满意度、测试、现场应用、销售提升。各分数按参训人数加权，范围按场次。通过：平均 60 分以上。"
    "少于 5 场的课题和讲师不列数字；范围互相重叠时分不出高下，所以不排名。"
    "讲师教的课题、去的门店不同，差别不等于讲师好坏。",
    "Kirkpatrick's four levels: reaction, test, practice in the store, result in sales. Scores are weighted by people "
    "trained, ranges are over sessions. Passed: a mean of 60 or more. Topics and trainers with fewer than 5 sessions "
    "have no figures. Where ranges overlap nobody is better, so nobody is ranked; trainers also teach different topics "
    "at different stores.",
)
NEEDS = ("trainings",)
ENRICHED_BY = ("accounts", "sell_out", "sell_in", "products")
BUILDS_ON = (measured,)
HIDDEN = 5  # sessions; with fewer a figure would be chance, and could be laid at one trainer's door
HEAD = {
    "reaction": Text("满意度 {value} / 5", "reaction {value} of 5"),
    "test": Text("测试 {before} → {after} 分", "test {before} → {after}"),
    "practice": Text("现场应用 {value}", "practice {value}"),
    "lift": Text("销售 {value}", "sales {value}"),
}
AND = Text("，", ", ")
LIKED = Text("一级 反应：满意度 {value} / 5（{n} 场）", "1 Reaction: {value} of 5 ({n} sessions)")
LEARNED = Text(
    "二级 学习：测试 {before} → {after} 分，提高 {gain}（80% 范围 {range}），{passed} 的场次通过",
    "2 Learning: test {before} → {after}, a gain of {gain} (80% range {range}); {passed} of sessions passed",
)
SEEN = Text("三级 行为：现场应用 {value}", "3 Behaviour: practice seen in the store {value}")
SOLD = Text("四级 结果：销售提升 {lift}（80% 范围 {range}）", "4 Result: lift {lift} (80% range {range})")
UNSOLD = Text("四级 结果：可测的培训太少，提升还看不出", "4 Result: too few sessions can be measured to tell a lift")
UNTESTED = Text("二级 学习：没有训前训后都有的测试分", "2 Learning: no test scores of before and after")
ALIKE = Text(
    "各课题、讲师的范围互相重叠：分不出高下", "Ranges of topics and trainers overlap: none can be told from another"
)
FEW = Text("{n} 个课题或讲师少于 5 场，不列数字", "Topics or trainers with under 5 sessions have no figures: {n}")
RANGE = Text("{low} 至 {high}", "{low} to {high}")
Maybe = float | None
Test = tuple[Maybe, Maybe, Maybe, Maybe, Maybe]
Ends = tuple[Maybe, Maybe, Maybe]


@dataclass(frozen=True, slots=True)
class Row:
    """All sessions, those of a topic or those of a trainer; figures are None where not known or of fewer than five."""

    view: str  # all, topic, trainer
    part: str  # the topic or trainer; "" of all
    sessions: int
    people: int
    reaction: float | None = None  # points of 5
    score_before: float | None = None  # points of 100
    score_after: float | None = None  # points of 100, at the same sessions
    gain: float | None = None  # points
    gain_low: float | None = None  # points, of the range that holds 80 %
    gain_high: float | None = None  # points
    passed: float | None = None  # share of sessions with a test
    practice: float | None = None  # share of checks
    lift: float | None = None  # ratio
    low: float | None = None  # ratio, of the range that holds 80 %
    high: float | None = None  # ratio
    measured: int = 0  # sessions behind the lift


def ask(store: Store, scope: Scope) -> list[Row]:
    """All first, then topics and trainers by name: no ranking."""
    found = measured.measure(store, scope)
    if found is None or not (chosen := found.where(lambda s: s.chosen)).any():
        return []
    phi = staggered.dispersion(found.brand(chosen)) if (chosen & found.told).any() else 1.0
    return [_row(found, chosen & mine, view, part, phi) for view, part, mine in _groups(found) if (chosen & mine).any()]


def of(rows: Sequence[Row], view: str) -> list[Row]:
    """The rows of one view."""
    return [r for r in rows if r.view == view]


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The four levels, whether groups can be told apart, and what is hidden."""
    if not rows:
        return []
    [everything] = of(rows, "all")
    texts = [*_head(everything), *_levels(everything), *_apart(rows)]
    return [Finding("change", text) for text in texts]


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The lift of each topic and trainer that has one."""
    told = [r for r in rows if r.view != "all" and r.lift is not None]
    items = [
        (same(r.part), 100 * (r.lift or 0), 100 * (r.low or 0), 100 * (r.high or 0), f"n {r.measured}") for r in told
    ]
    every = next((r.lift for r in of(rows, "all")), None)
    return charts.lifts(items, look, None if every is None else 100 * every)


def _groups(found: Measured) -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
    yield "all", "", np.ones(len(found.sessions), dtype=bool)
    for view in ("topic", "trainer"):
        named = np.array([getattr(s, view) for s in found.sessions], dtype=np.str_)
        for part in sorted(set(named.tolist()) - {""}):
            yield view, part, np.asarray(named == part)


def _row(found: Measured, mine: NDArray[np.bool_], view: str, part: str, phi: float) -> Row:
    sessions = [s for s, chosen in zip(found.sessions, mine, strict=True) if chosen]
    count, people = len(sessions), sum(s.trained for s in sessions)
    if count < HIDDEN:
        return Row(view, part, count, people)
    told = mine & found.told
    known = int(told.sum())
    effect = staggered.average(found.brand(told), phi) if known >= (HIDDEN if part else 1) else None
    ends: Ends = (None, None, None) if effect is None else (effect.lift, *effect.reach())
    tests = [s for s in sessions if s.score is not None]
    passed = sum((s.score or 0) >= PASS for s in tests) / len(tests) if tests else None
    return Row(
        view, part, count, people, _mean(sessions, lambda s: s.reaction), *_test(sessions), passed,
        _mean(sessions, lambda s: s.practice), *ends, known,
    )  # fmt: skip


def _mean(sessions: Sequence[Session], value: Callable[[Session], float | None]) -> float | None:
    """Weighted by the people trained, over the sessions that have one."""
    known = [(float(x), s.trained) for s in sessions if (x := value(s)) is not None and s.trained > 0]
    people = sum(n for _, n in known)
    return sum(x * n for x, n in known) / people if people else None


def _test(sessions: Sequence[Session]) -> Test:
    """Before, after, gain and its range, of sessions that have both tests."""
    both = [s for s in sessions if s.score is not None and s.score_before is not None and s.trained > 0]
    if not both:
        return None, None, None, None, None
    before, after = _mean(both, lambda s: s.score_before) or 0.0, _mean(both, lambda s: s.score) or 0.0
    if len(both) < LEAST:
        return before, after, after - before, None, None
    people = np.array([s.trained for s in both], dtype=float)
    gained = np.array([(s.score or 0.0) - (s.score_before or 0.0) for s in both])
    u = of_ratio(gained * people, people)
    error = sqrt(float((u**2).sum()) * (len(u) - 1) / len(u))
    half = error * student.quantile((1 + SHARE) / 2, len(u) - 1.0)
    return before, after, after - before, after - before - half, after - before + half


def _head(row: Row) -> list[Text]:
    """The four levels in one sentence, as far as they are known."""
    told = {
        "reaction": (row.reaction, {"value": REACTION.text(row.reaction)}),
        "test": (row.gain, {"before": SCORE.text(row.score_before), "after": SCORE.text(row.score_after)}),
        "practice": (row.practice, {"value": PRACTICE.text(row.practice)}),
        "lift": (row.lift, {"value": TRAINING_LIFT.text(row.lift)}),
    }
    parts = [HEAD[name].fill(**slots) for name, (known, slots) in told.items() if known is not None]
    sentence = {lang: AND[lang].join(part[lang] for part in parts) for lang in LANGS}
    return [Text(sentence["zh"], sentence["en"][:1].upper() + sentence["en"][1:])] if parts else []


def _levels(row: Row) -> Iterator[Text]:
    if row.reaction is not None:
        yield LIKED.fill(value=REACTION.text(row.reaction), n=row.sessions)
    if row.gain is None or row.gain_low is None:
        yield UNTESTED
    else:
        ends = RANGE.fill(low=plain(row.gain_low), high=plain(row.gain_high))
        yield LEARNED.fill(
            before=SCORE.text(row.score_before), after=SCORE.text(row.score_after), gain=SCORE_GAIN.text(row.gain),
            range=ends, passed=PASSED.text(row.passed),
        )  # fmt: skip
    if row.practice is not None:
        yield SEEN.fill(value=PRACTICE.text(row.practice))
    if row.lift is None or row.low is None or row.high is None:
        yield UNSOLD
    else:
        yield SOLD.fill(lift=TRAINING_LIFT.text(row.lift), range=ranged(row.low, row.high))


def _apart(rows: Sequence[Row]) -> Iterator[Text]:
    """That groups overlap, where they do; how many are hidden."""
    groups = [r for r in rows if r.view != "all"]
    for view in ("topic", "trainer"):
        told = [(r.low, r.high) for r in of(rows, view) if r.low is not None and r.high is not None]
        if told and max(low for low, _ in told) > min(high for _, high in told):
            break
    else:
        if sum(r.low is not None for r in groups) > 1:
            yield ALIKE
    if hidden := sum(r.sessions < HIDDEN for r in groups):
        yield FEW.fill(n=hidden)
