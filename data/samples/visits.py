"""Visits and promises: who of us went to see whom, and what was promised there.

Planted truth: executives saw the accounts in SHORT far less than planned in the last twelve months; A02 not at all
since November.
"""

import numpy as np
import pyarrow as pa

from data.samples import market
from data.samples.columns import NEVER, Words, serial, table, who
from data.samples.seasons import FIRST, LAST
from data.samples.symposium import HELD

PLAN = {"A": (8, 18), "B": (6, 14), "C": (4, 10)}  # visits a year by tier: executives, managers
DAYS = (2.0, 0.5)  # days one visit takes, with travel: executive, manager
WEST_DAYS = 1.0  # the west takes this much longer
AHEAD = 60  # days of visits arranged after LAST
MADE = 0.93  # share of arranged visits that take place
SHORT = ("A02", "A04", "A13")
SHORT_MADE = 0.35
NEVER_SINCE = ("A02", np.datetime64("2025-11-01"))
PURPOSES = ("旺季备货", "年度协议", "新品推介", "促销方案", "货款与返利", "店庆支持", "例行走访")
MET = ("总经理", "采购总监", "运营总监", "店长", "财务经理")
SUMMARIES = (
    "同意按计划备货",
    "希望加快滚筒到货",
    "提出样机补贴要求",
    "确认下季促销档期",
    "反映返利兑付偏慢",
    "对新品反应积极",
)
PROMISES = (
    *("补齐滚筒样机", "月底前结清上季返利", "安排导购培训两场", "调换滞销机型"),
    *("店庆提供特价机", "缩短到货周期至两周", "派安装师傅驻店", "提供新品首发权"),
)
PROMISE_SHARE = 0.10  # of visits made, on which something was promised
AT_SYMPOSIUM = 8  # accounts that are promised something there
KEPT = 0.93  # of promises closed; the others were given up
CLOSED = 0.93  # of promises that fell due


def visits(rng: np.random.Generator) -> pa.Table:
    """The dataset `visits`: arranged evenly through the year with some slack, most of them made."""
    account, executive, day = _arranged(rng)
    rows = len(account)
    date = FIRST + day
    made = (date <= LAST) & (rng.random(rows) < _chance(account, executive, date))
    who_went, role = _visitors(rng, account, executive, date)
    far = np.array([a.region == market.W for a in market.ACCOUNTS])[account]
    return table(
        "visits",
        **who(account),
        visit=serial("BF", np.arange(1, rows + 1)),
        visited_on=date,
        visitor=who_went,
        executive=executive,
        role=role,
        purpose=Words(rng.integers(0, len(PURPOSES), rows), PURPOSES),
        met=Words(rng.choice(len(MET), rows, p=(0.2, 0.3, 0.2, 0.2, 0.1)), MET),
        days=np.where(executive, DAYS[0], DAYS[1]) + WEST_DAYS * far,
        done=pa.array(made, mask=(date > LAST)),
        planned=rng.random(rows) > 0.05,
        summary=Words(np.where(made, rng.integers(0, len(SUMMARIES), rows), -1), SUMMARIES),
    )


def _arranged(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(account, by an executive, day number) of every visit, by day; Sundays are moved to the Monday."""
    span = int((LAST - FIRST).astype(int)) + AHEAD
    rows = []
    for a, account in enumerate(market.ACCOUNTS):
        for kind, a_year in enumerate(PLAN[account.tier]):
            gap = 365 / a_year
            days = np.arange(gap * rng.random(), span, gap)
            rows += [(int(day), a, kind == 0) for day in np.clip(days + rng.normal(0, gap / 6, len(days)), 0, span)]
    day, account, executive = map(np.array, zip(*sorted(rows), strict=True))
    ours = market.ours(account, FIRST + day)
    return account[ours], executive[ours], (day + (day % 7 == 1))[ours]  # day 0 is a Saturday


def _chance(account: np.ndarray, executive: np.ndarray, date: np.ndarray) -> np.ndarray:
    """How likely an arranged visit takes place."""
    short = np.isin(account, [market.account(code) for code in SHORT]) & executive & (date > LAST - 365)
    never = (account == market.account(NEVER_SINCE[0])) & executive & (date >= NEVER_SINCE[1])
    return np.where(never, 0.0, np.where(short, SHORT_MADE, MADE))


def _visitors(
    rng: np.random.Generator, account: np.ndarray, executive: np.ndarray, date: np.ndarray
) -> tuple[list, list]:
    """Name and role of each visitor: one of the executives, or the account's manager of that day."""
    leader = rng.choice(len(market.EXECUTIVES), len(account), p=(0.2, 0.4, 0.25, 0.15))
    names = np.array(market.MANAGERS + tuple(name for name, _ in market.EXECUTIVES))
    roles = np.array(("客户经理",) * len(market.MANAGERS) + tuple(role for _, role in market.EXECUTIVES))
    person = np.where(executive, len(market.MANAGERS) + leader, market.managers(account, date))
    return names[person].tolist(), roles[person].tolist()


def visit_plan() -> pa.Table:
    """The dataset `visit_plan`: executives and managers, by tier."""
    rows = [(tier, kind == 0, count, DAYS[kind]) for tier, counts in PLAN.items() for kind, count in enumerate(counts)]
    tier, executive, a_year, days = map(list, zip(*rows, strict=True))
    return table("visit_plan", tier=tier, executive=executive, visits_a_year=a_year, days=days)


def promises(rng: np.random.Generator, made: pa.Table) -> pa.Table:
    """The dataset `promises`: one visit in ten and each symposium brought some; most were kept, some of them late."""
    visit, account, made_on, symposium = _occasions(rng, made)
    rows = len(account)
    due = made_on + rng.integers(20, 120, rows)
    closed = due + rng.integers(-18, 25, rows)
    fulfilled = (rng.random(rows) < CLOSED) & (closed <= LAST) & (closed > made_on)
    return table(
        "promises",
        **who(account),
        promise=serial("CN", np.arange(1, rows + 1)),
        made_on=made_on,
        words=Words(rng.integers(0, len(PROMISES), rows), PROMISES),
        owner=Words(market.managers(account, made_on), market.MANAGERS),
        due_on=due,
        closed_on=np.where(fulfilled, closed, NEVER),
        kept=pa.array(rng.random(rows) < KEPT, mask=~fulfilled),
        visit=visit,
        symposium=symposium,
    )


def _occasions(rng: np.random.Generator, made: pa.Table) -> tuple[list, np.ndarray, np.ndarray, list]:
    """(visit or None, account number, day, symposium or None) of every promise, by day."""
    done = np.asarray(made["done"].fill_null(False).to_numpy(zero_copy_only=False), dtype=bool)
    seen = made.take(pa.array(np.flatnonzero(done & (rng.random(len(done)) < PROMISE_SHARE))))
    rows = [(day, market.CODES.index(a), visit, None) for day, a, visit in zip(*_columns(seen), strict=True)]
    for name, held in HELD.items():
        day, guests = np.datetime64(held), rng.choice(len(market.CODES), AT_SYMPOSIUM, replace=False)
        rows += [(day, int(a), None, name) for a in guests if market.ours(a, day)]
    day, account, visit, symposium = zip(*sorted(rows, key=lambda row: row[:2]), strict=True)
    return list(visit), np.array(account), np.array(day), list(symposium)


def _columns(seen: pa.Table) -> tuple[np.ndarray, list, list]:
    return seen["visited_on"].to_numpy().astype("datetime64[D]"), seen["account"].to_pylist(), seen["visit"].to_pylist()
