"""What training comes to at a glance: at most five numbers from the questions' own rows."""

from collections.abc import Sequence

from analytics.frontline import coverage, learned, lift, untrained
from analytics.glance import Kpi
from analytics.metrics import PASSED, STORES_COVERED, TRAINING_GAIN, TRAINING_LIFT, TRAINING_TOTAL, Metric
from analytics.stats.did import Effect
from data.text import Text

UNTOLD = Text("还看不出", "cannot be told yet")
NO_SELL_OUT = Text("还没有终端销售", "no sell-out yet")
OF_STORES = Text("{n} / {all} 家，近 12 个月", "{n} of {all} stores, 12 months")
UNCOUNTED = Text("门店数不知道", "stores not counted")
OF_SESSIONS = Text("共 {n} 场", "of {n} sessions")
NO_TESTS = Text("没有测试分", "no test scores")
WITHIN = Text("80%：{range}", "80%: {range}")
FIRST = Text("前 {n} 处，80%：{range}", "first {n}, 80%: {range}")
NONE_LEFT = Text("重点门店都培训过", "no important store is left")


def sold(rows: Sequence[lift.Row] | None) -> tuple[Kpi, Kpi]:
    """The lift of the trained range and of everything of ours. `None`: no sell-out was ever loaded."""
    study = lift.whole(rows) if rows is not None else None
    why = NO_SELL_OUT if rows is None else UNTOLD
    parts = (None, None) if study is None else (study.brand, study.total)
    return _lift(TRAINING_LIFT, parts[0], why), _lift(TRAINING_TOTAL, parts[1], why)


def covered(rows: Sequence[coverage.Row]) -> Kpi:
    """Stores with a session in twelve months, of all."""
    found = coverage.total(rows)
    against = UNCOUNTED if found.share is None else OF_STORES.fill(n=found.trained, all=found.stores)
    return Kpi(STORES_COVERED, found.share, "", None, against)


def passed(rows: Sequence[learned.Row]) -> Kpi:
    """Sessions whose test was passed."""
    everything = next(iter(learned.of(rows, "all")), None)
    if everything is None or everything.passed is None:
        return Kpi(PASSED, None, "", None, NO_TESTS)
    return Kpi(PASSED, everything.passed, "", None, OF_SESSIONS.fill(n=everything.sessions))


def to_gain(rows: Sequence[untrained.Row] | None) -> Kpi:
    """What the next sessions could bring. `None`: no sell-out was ever loaded."""
    first = untrained.first(rows or ())
    if not first or any(r.gain_cny is None for r in first):
        return Kpi(TRAINING_GAIN, None, "", None, NO_SELL_OUT if rows is None else UNTOLD if first else NONE_LEFT)
    against = FIRST.fill(n=len(first), range=untrained.ranged(first))
    return Kpi(TRAINING_GAIN, sum(r.gain_cny or 0.0 for r in first), "", None, against)


def _lift(metric: Metric, effect: Effect | None, why: Text) -> Kpi:
    if effect is None:
        return Kpi(metric, None, "", None, why)
    return Kpi(metric, effect.lift, "", None, WITHIN.fill(range=lift.ranged(*effect.reach())))
