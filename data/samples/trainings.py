"""Trainings: a session lifts the trained category at that store, and the lift decays.

Planted truth: lift = LIFT x share of staff trained, halving every HALF_LIFE_WEEKS; none where the test was failed. No
store is trained twice in one category, so each session has an untouched history.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.samples import market
from data.samples.columns import Floats, Ints, Words, serial, table, who
from data.samples.seasons import axis
from data.samples.truth import TrainingEffect

LIFT = 0.22  # of the category's sell-out at the store when all staff were trained
HALF_LIFE_WEEKS = 8.0
PASS = 60  # test points of 100; below it nothing was learned
SESSIONS = 90
FROM, UNTIL = "2023-10-09", "2026-05-23"
CATEGORY_ODDS = (0.55, 0.20, 0.15, 0.05, 0.05)  # washers are trained most
TOPICS = ("滚筒洗衣机卖点与演示", "冰箱保鲜与空间讲解", "空调能效与安装要点", "热水器安全与选型", "洗碗机体验式销售")


@dataclass(frozen=True, slots=True)
class Sessions:
    """One session a row (R,): store and category numbers, day number, people, test score, planted lift at the start."""

    store: Ints
    category: Ints
    day: Ints
    trained: Ints
    staff: Ints
    score: Floats
    lift: Floats

    @property
    def account(self) -> Ints:
        """The account of each session's store."""
        return np.array(market.STORE_OF)[self.store]


def draw(rng: np.random.Generator) -> Sessions:
    """Draw the sessions: stores of accounts that report by store are three times as likely."""
    by_store = np.array([market.CODES[a] in market.BY_STORE for a in market.STORE_OF])
    odds = np.outer(np.where(by_store, 3.0, 1.0), CATEGORY_ODDS).ravel()
    pair = rng.choice(len(odds), SESSIONS, replace=False, p=odds / odds.sum())
    day = np.sort(rng.integers(axis().at(FROM), axis().at(UNTIL), SESSIONS))
    late = ~market.ours(np.array(market.STORE_OF)[pair // len(CATEGORY_ODDS)], axis().days[day])
    day = np.where(late, axis().at(UNTIL), day)  # a store that was not ours yet is trained on the last day
    staff = rng.integers(8, 19, SESSIONS)
    trained = np.maximum(3, np.rint(staff * rng.uniform(0.45, 1.0, SESSIONS))).astype(np.int64)
    score = np.round(np.clip(rng.normal(74, 12, SESSIONS), 35, 98), 0)
    lift = np.where(score >= PASS, LIFT * trained / staff, 0.0)
    return Sessions(pair // len(CATEGORY_ODDS), pair % len(CATEGORY_ODDS), day, trained, staff, score, lift)


def effect(sessions: Sessions) -> TrainingEffect:
    """What the sessions do, by code."""
    lifts = {f"PX{n + 1:04d}": float(lift) for n, lift in enumerate(sessions.lift)}
    return TrainingEffect(LIFT, HALF_LIFE_WEEKS, lifts, tuple(code for code, lift in lifts.items() if lift == 0))


def store_lift(sessions: Sessions) -> Floats:
    """1 + lift of each store and category, (P, stores, K); it begins with the first whole period after the session."""
    lift = np.ones((len(axis().start), len(market.STORES), len(market.CATEGORIES)))
    for store, category, day, size in zip(sessions.store, sessions.category, sessions.day, sessions.lift, strict=True):
        since = int(axis().period[day]) + 1
        weeks = (axis().start[since:] - day) / 7
        lift[since:, store, category] += size * 0.5 ** (weeks / HALF_LIFE_WEEKS)
    return lift


def account_lift(by_store: Floats, share: Floats) -> Floats:
    """The same by account and SKU, (P, A, S), stores weighted by `share` (stores, S) of their account's sales."""
    first = np.searchsorted(market.STORE_OF, np.arange(len(market.CODES)))
    return np.add.reduceat(by_store[:, :, market.CATEGORY_OF] * share, first, axis=1)


def trainings(sessions: Sessions, rng: np.random.Generator) -> pa.Table:
    """The dataset `trainings`: one session a row."""
    rows = len(sessions.store)
    return table(
        "trainings",
        **who(sessions.account),
        training=serial("PX", np.arange(1, rows + 1)),
        store=Words(sessions.store, market.STORES),
        held_on=axis().days[sessions.day],
        topic=Words(sessions.category, TOPICS),
        category=Words(sessions.category, market.CATEGORIES),
        trainer=Words(rng.integers(0, len(market.TRAINERS), rows), market.TRAINERS),
        trained=sessions.trained,
        staff=sessions.staff,
        reaction=np.round(np.clip(rng.normal(4.3, 0.3, rows), 1, 5), 1),
        score_before=np.clip(sessions.score - np.round(rng.normal(18, 6, rows)), 10, 95),
        score=sessions.score,
        practice=np.round(np.clip(rng.normal(sessions.score / 120, 0.1), 0.05, 1), 2),
        hours=np.array([1.5, 2.0, 3.0])[rng.integers(0, 3, rows)],
        cost=np.round(800 + 120 * sessions.trained + rng.uniform(0, 900, rows), -1),
    )
