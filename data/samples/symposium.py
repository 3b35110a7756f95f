"""The yearly symposium and the monthly pulse: who came, what they said, what they forecast, how they feel.

Planted truth: each account's forecast is off by its own bias; the pulse's outlook follows the growth of the account's
level over the three months to come, so it leads sell-out growth by a quarter.
"""

import numpy as np
import pyarrow as pa

from data.samples import market
from data.samples.columns import NEVER, Floats, Words, serial, table, who
from data.samples.demand import Market
from data.samples.seasons import FIRST, MONTHS, axis
from data.samples.supply import Supply

HELD = {"2023": "2023-12-08", "2024": "2024-12-06", "2025": "2025-12-05"}
ROLES = ("总经理", "采购总监", "运营总监")
TOPICS = {
    "产品": ("噪音", "外观", "能效", "价格带"),
    "服务": ("到货", "安装", "退换货", "对账"),
    "营销": ("促销力度", "物料", "导购培训", "线上线下同价"),
    "研发": ("洗烘一体", "智能互联", "小型化", "节水"),
}
DEPARTMENTS = {"产品": "产品部", "服务": "客服部", "营销": "市场部", "研发": "研发部"}
VERDICTS = {-1: "有待改进", 0: "与同行相当", 1: "做得好"}
REPLIED = 0.66  # share of opinions that were answered
EACH = 4  # opinions of an account a year, one a topic
BIAS_MEAN, BIAS_SD = 0.05, 0.11  # accounts forecast a little too high; log
FORECAST_NOISE = 0.06  # log, by category and quarter
SICK = ("A01", "A02")  # critical of us, and sent fewer people
LEAD_MONTHS = 3
FLAT = 0.05  # log growth below which an account says "the same"
PULSE_NOISE = 0.07  # log growth: how well an account knows its own business
REPLIES = 0.92  # share of monthly questions answered
COVER_FLAT = 0.18  # log of cover over its mean below which stock feels right


def attendance(rng: np.random.Generator) -> pa.Table:
    """The dataset `attendance`: three roles of each account are invited every year."""
    year, account, role = _asked(len(ROLES))
    chance = np.where(np.isin(account, [market.account(code) for code in SICK]) & (year == 2), 0.4, 0.88)
    return table(
        "attendance",
        **who(account),
        symposium=Words(year, list(HELD)),
        held_on=np.array(list(HELD.values()), dtype="datetime64[D]")[year],
        role=Words(role, ROLES),
        seats=1 + (role == 2),
        attended=rng.random(len(year)) < chance,
        host=Words(account % len(market.EXECUTIVES), [name for name, _ in market.EXECUTIVES]),
    )


def _asked(each: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(year, account, number from 0 to `each`) of all that were our accounts in that December."""
    year, account, number = (x.ravel() for x in np.indices((len(HELD), len(market.CODES), each)))
    ours = market.ours(account, np.array(list(HELD.values()), dtype="datetime64[D]")[year])
    return year[ours], account[ours], number[ours]


def opinions(rng: np.random.Generator) -> pa.Table:
    """The dataset `opinions`: one opinion a topic, account and year; two thirds were answered."""
    year, account, topic = _asked(EACH)
    rows = len(year)
    names = [list(TOPICS)[t] for t in topic]
    themes = [TOPICS[name][h] for name, h in zip(names, rng.integers(0, 4, rows), strict=True)]
    sick = np.isin(account, [market.account(code) for code in SICK])
    mood = np.clip(np.rint(rng.normal(np.where(sick, -0.8, 0.05), 0.7)), -1, 1).astype(int)
    given = np.array(list(HELD.values()), dtype="datetime64[D]")[year]
    replied = rng.random(rows) < REPLIED
    return table(
        "opinions",
        **who(account),
        opinion=serial("YJ", np.arange(1, rows + 1)),
        symposium=Words(year, list(HELD)),
        given_on=given,
        topic=names,
        theme=themes,
        category=Words(np.where(topic % 2 == 0, rng.integers(0, len(market.CATEGORIES), rows), -1), market.CATEGORIES),
        mood=mood,
        words=[theme + VERDICTS[m] for theme, m in zip(themes, mood, strict=True)],
        owner=[DEPARTMENTS[name] for name in names],
        reply=Words(np.where(replied, 0, -1), ("已列入明年计划",)),
        replied_on=np.where(replied, given + rng.integers(7, 45, rows), NEVER),
    )


def biases(rng: np.random.Generator) -> Floats:
    """By how much (log) each account forecasts above what it will sell, (A,)."""
    return np.round(rng.normal(BIAS_MEAN, BIAS_SD, len(market.CODES)), 3)


def account_forecasts(rng: np.random.Generator, now: Market, expected: Floats, bias: Floats) -> pa.Table:
    """The dataset `account_forecasts`: next year's quarters, by category, told each December.

    `expected` (P, A, S) pieces.
    """
    opens = axis().month_opens[6::3]  # quarters from January 2024 to December 2026
    by_category = np.eye(len(market.CATEGORIES))[market.CATEGORY_OF]
    pieces, worth = (np.add.reduceat(x, opens, axis=0) @ by_category for x in (expected, expected * now.price))
    ends = np.append(opens[1:], len(axis().start))
    wrong = np.exp(bias[None, :, None] + rng.normal(0, FORECAST_NOISE, pieces.shape))
    told = np.array(list(HELD.values()), dtype="datetime64[D]")[np.arange(len(opens)) // 4]
    asked = market.ours(np.arange(len(market.CODES)), told[:, None])[:, :, None]
    quarter, account, category = np.nonzero((pieces > 1) & asked)
    return table(
        "account_forecasts",
        **who(account),
        symposium=Words(quarter // 4, list(HELD)),
        given_on=told[quarter],
        category=Words(category, market.CATEGORIES),
        starts_on=FIRST + axis().start[opens[quarter]],
        ends_on=FIRST + axis().end[ends[quarter] - 1],
        qty=np.rint((pieces * wrong)[quarter, account, category]),
        amount=np.round((worth * wrong)[quarter, account, category], -2),
    )


def pulse(rng: np.random.Generator, now: Market, expected: Floats, supply: Supply) -> pa.Table:
    """The dataset `pulse`: outlook, stock and order plans of each account and month; some months are left out."""
    outlook = _sign(_growth_ahead(now) + rng.normal(0, PULSE_NOISE, (MONTHS, len(market.CODES))), FLAT)
    stock_view = _sign(_cover(supply, expected), COVER_FLAT)
    order_plan = np.sign(outlook - stock_view + rng.choice((-1, 0, 1), outlook.shape, p=(0.1, 0.8, 0.1)))
    months = FIRST + axis().start[axis().month_opens[:MONTHS]]
    replied = (rng.random(outlook.shape) < REPLIES) & market.ours(np.arange(len(market.CODES)), months[:, None])
    month, account = np.nonzero(replied)
    return table(
        "pulse",
        **who(account),
        month=months[month],
        outlook=outlook[replied],
        stock_view=stock_view[replied],
        order_plan=order_plan[replied],
    )


def _growth_ahead(now: Market) -> Floats:
    """Log growth on last year of each account's level over the LEAD_MONTHS to come, (36, A)."""

    def mean(month: int) -> Floats:
        return np.mean([now.month_level(month + n) for n in range(1, LEAD_MONTHS + 1)], axis=0)

    return np.stack([mean(month) - mean(month - 12) for month in range(MONTHS)])


def _cover(supply: Supply, expected: Floats) -> Floats:
    """Log of each account's stock at month end against the month to come, over its own mean, (36, A)."""
    closes = np.append(axis().month_opens[1:MONTHS], axis().known) - 1
    by_account = (axis().known, len(market.CODES), len(market.SKUS))
    stock = supply.stock.reshape(by_account).sum(axis=2)[closes]
    ahead = np.add.reduceat(expected.sum(axis=2), axis().month_opens, axis=0)[1 : MONTHS + 1]
    cover = np.log((stock + 1) / (ahead + 1))
    return cover - cover.mean(axis=0)


def _sign(values: Floats, flat: float) -> np.ndarray:
    """-1, 0 or 1: 0 within `flat` of nothing."""
    return np.where(values > flat, 1, np.where(values < -flat, -1, 0))
