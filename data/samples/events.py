"""Events: the accounts' anniversaries, openings, honours and moves; asked, answered or forgotten.

Planted truth: sell-out of all products rises by LIFT[True] in the days of a supported event, by LIFT[False] of one
left alone.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.samples import market
from data.samples.columns import NEVER, Floats, Ints, Words, serial, table, who
from data.samples.seasons import FIRST, LAST, axis

LIFT = {True: 0.30, False: 0.06}
DAYS = 9  # two weekends and the week between
EACH = 4  # events of an account in three years
KINDS = ("周年庆", "新店开业", "获奖", "总部搬迁", "会员节")
ASKED = ("特价机与花篮", "开业样机与导购", "联合贺信", "高管出席", "赠品与海报")
GIVEN = ("特价机 60 台", "样机 12 台、导购 4 人", "贺信与报道", "副总经理到场", "赠品 300 份")
AHEAD = (  # account, kind, day, importance, answered: what stands before the department on LAST
    ("A05", 0, "2026-07-18", 3, True),
    ("A14", 1, "2026-08-08", 3, False),
    ("A24", 4, "2026-07-11", 2, True),
    ("A08", 2, "2026-07-24", 1, False),
    ("A01", 0, "2026-08-22", 3, False),
)


@dataclass(frozen=True, slots=True)
class Events:
    """One event a row (R,): account and kind numbers, first day number, importance 1-3; answered, supported: 0 or 1."""

    account: Ints
    kind: Ints
    day: Ints
    importance: Ints
    answered: Ints
    supported: Ints


def draw(rng: np.random.Generator) -> Events:
    """Draw the past events (one every nine months or so an account) and add those ahead."""
    account = np.repeat(np.arange(len(market.CODES)), EACH)
    day = 60 + 255 * np.tile(np.arange(EACH), len(market.CODES)) + rng.integers(0, 180, len(account))
    ours = market.ours(account, FIRST + day)
    account, day = account[ours], day[ours]
    rows = len(account)
    answered = rng.random(rows) < 0.85
    supported = answered & (rng.random(rows) < 0.75)
    ahead = np.array([(market.account(a), kind, axis().at(on), size, yes) for a, kind, on, size, yes in AHEAD])
    return Events(
        account=np.append(account, ahead[:, 0]),
        kind=np.append(rng.integers(0, len(KINDS), rows), ahead[:, 1]),
        day=np.append(day, ahead[:, 2]),
        importance=np.append(rng.integers(1, 4, rows), ahead[:, 3]),
        answered=np.append(answered.astype(np.int64), ahead[:, 4]),
        supported=np.append(supported.astype(np.int64), np.zeros_like(ahead[:, 4])),
    )


def lift(events: Events) -> Floats:
    """1 + lift by period and account, (P, A): by the share of the period's days that an event covers."""
    daily = np.zeros((len(axis().days), len(market.CODES)))
    for account, day, supported in zip(events.account, events.day, events.supported, strict=True):
        daily[day : day + DAYS, account] = LIFT[bool(supported)]
    return 1 + np.add.reduceat(daily, axis().start, axis=0) / axis().length[:, None]


def events(drawn: Events, rng: np.random.Generator) -> pa.Table:
    """The dataset `events`; an event ahead has been asked for but not yet supported."""
    rows = len(drawn.account)
    starts = FIRST + drawn.day
    asked = np.minimum(starts - rng.integers(20, 50, rows), LAST - 5)
    took = rng.integers(1, 6, rows) + 9 * (rng.random(rows) < 0.15)
    answered, supported = drawn.answered == 1, drawn.supported == 1
    return table(
        "events",
        **who(drawn.account),
        event=serial("SJ", np.arange(1, rows + 1)),
        title=[f"{market.NAMES[a]}{KINDS[k]}" for a, k in zip(drawn.account, drawn.kind, strict=True)],
        kind=[KINDS[k] for k in drawn.kind],
        starts_on=starts,
        ends_on=starts + DAYS - 1,
        importance=drawn.importance,
        asked=[ASKED[k] for k in drawn.kind],
        asked_on=asked,
        answered_on=np.where(answered, np.minimum(asked + took, LAST), NEVER),
        given=[GIVEN[k] if yes else None for k, yes in zip(drawn.kind, supported, strict=True)],
        supported=pa.array(supported, mask=(starts > LAST)),
        owner=Words(market.managers(drawn.account, starts), market.MANAGERS),
        due_on=starts - 7,
        cost=np.where(supported, np.round(4000 * drawn.importance + rng.uniform(0, 9000, rows), -2), 0),
    )
