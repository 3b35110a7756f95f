"""Reps: what accounts answer about our managers twice a year, and what they complain of.

Planted truth: score = MEAN + effect of the rep + effect of the account + noise. Three accounts in four changed their
manager in January 2025, so the two effects can be told apart.
"""

import numpy as np
import pyarrow as pa

from data.samples import market
from data.samples.columns import NEVER, Floats, Ints, Words, serial, table, what, who
from data.samples.seasons import FIRST, LAST

MEAN = 3.9  # points of 5
REP_EFFECTS = {"李敏": 0.10, "王磊": -0.50, "陈静": 0.35, "赵强": 0.00, "刘洋": -0.10, "周婷": 0.15}  # points of 5
ACCOUNT_SD = 0.22  # points of 5, between accounts
UNHAPPY = {"A01": -0.35, "A02": -0.45}  # accounts that are displeased, whoever looks after them
RESPONDENT_SD, ANSWER_SD = 0.35, 0.45  # points of 5
WAVES = ("2023H2", "2024H1", "2024H2", "2025H1", "2025H2", "2026H1")
WAVE_DAYS = ("2023-11-06", "2024-05-06", "2024-11-04", "2025-05-12", "2025-11-03", "2026-05-11")
ITEMS = (
    ("响应速度", 5, -0.1),
    ("专业能力", 5, 0.1),
    ("承诺兑现", 5, -0.05),
    ("服务态度", 5, 0.15),
    ("推荐意愿", 10, -0.1),
)
ROLES = ("采购主管", "店长", "财务", "运营主管")
WORDS = ("回复很快", "有时找不到人", "方案讲得清楚", "希望多来门店", "返利对账偏慢")
MOST_SILENT = 3  # people of an account who were asked and did not answer, at most
ANSWERED = 0.9  # share of accounts that answer a wave
COMPLAINTS = 170
THEMES = ("送货延误", "产品质量", "返利兑付", "安装服务", "沟通不畅", "价格变动")
THEME_ODDS = (0.30, 0.18, 0.15, 0.15, 0.14, 0.08)


def account_effects(rng: np.random.Generator) -> Floats:
    """Points of 5 by which each account answers higher or lower, (A,)."""
    effect = rng.normal(0, ACCOUNT_SD, len(market.CODES))
    for code, points in UNHAPPY.items():
        effect[market.account(code)] = points
    return np.round(effect, 3)


def surveys(rng: np.random.Generator, by_account: Floats) -> pa.Table:
    """The dataset `surveys`: two to four respondents an account and wave, five items each; roles, never names."""
    wave, account, number, asked = _respondents(rng)
    day = np.array(WAVE_DAYS, dtype="datetime64[D]")[wave] + rng.integers(0, 19, len(wave))
    rep = market.managers(account, day)
    mood = MEAN + np.array([REP_EFFECTS[name] for name in market.MANAGERS])[rep] + by_account[account]
    mood += rng.normal(0, RESPONDENT_SD, len(wave))
    person, item = (x.ravel() for x in np.meshgrid(np.arange(len(wave)), np.arange(len(ITEMS)), indexing="ij"))
    scale = np.array([best for _, best, _ in ITEMS])[item]
    points = mood[person] + np.array([shift for _, _, shift in ITEMS])[item] + rng.normal(0, ANSWER_SD, len(item))
    spoke = (item == 0) & (rng.random(len(item)) < 0.3)
    return table(
        "surveys",
        **who(account[person]),
        survey=Words(wave[person], WAVES),
        respondent=number[person],
        asked=asked[person],
        role=Words((number[person] - 1) % len(ROLES), ROLES),
        rep=Words(rep[person], market.MANAGERS),
        answered_on=day[person],
        item=Words(item, [name for name, _, _ in ITEMS]),
        score=np.rint(np.where(scale == 10, np.clip(points * 2.5 - 2.5, 0, 10), np.clip(points, 1, 5))),
        scale=scale,
        words=Words(np.where(spoke, rng.integers(0, len(WORDS), len(item)), -1), WORDS),
    )


def _respondents(rng: np.random.Generator) -> tuple[Ints, Ints, Ints, Ints]:
    """(wave, account, number within both from 1, how many were asked there) of everyone who answered."""
    answers = rng.integers(2, 5, (len(WAVES), len(market.CODES))) * (
        rng.random((len(WAVES), len(market.CODES))) < ANSWERED
    )
    wave, account = (x.ravel() for x in np.indices(answers.shape))
    count = answers.ravel() * market.ours(account, np.array(WAVE_DAYS, dtype="datetime64[D]")[wave])
    first = np.repeat(np.cumsum(count) - count, count)
    asked = count + rng.integers(0, MOST_SILENT + 1, len(count))
    number = np.arange(count.sum()) - first + 1
    return np.repeat(wave, count), np.repeat(account, count), number, np.repeat(asked, count)


def complaints(rng: np.random.Generator, by_account: Floats) -> pa.Table:
    """The dataset `complaints`: quality and installation name a product, the others the rep; the latest may be open."""
    day = FIRST + np.sort(rng.integers(0, int((LAST - FIRST).astype(int)) + 1, COMPLAINTS))
    account = rng.choice(len(market.CODES), COMPLAINTS, p=_grumbling(by_account))
    account = np.where(market.ours(account, day), account, market.account("A01"))
    theme = rng.choice(len(THEMES), COMPLAINTS, p=THEME_ODDS)
    closed = day + rng.integers(1, 21, COMPLAINTS)
    sold_all_along = [s for s, product in enumerate(market.PRODUCTS) if product.launched < "2023-07"]
    sku = np.where(np.isin(theme, (1, 3)), rng.choice(sold_all_along, COMPLAINTS), -1)
    rep = market.managers(account, day)
    return table(
        "complaints",
        **who(account),
        sku=what(sku)["sku"],
        complaint=serial("TS", np.arange(1, COMPLAINTS + 1)),
        raised_on=day,
        theme=Words(theme, THEMES),
        rep=Words(np.where(np.isin(theme, (0, 2, 4)), rep, -1), market.MANAGERS),
        severity=rng.choice((1, 2, 3), COMPLAINTS, p=(0.5, 0.35, 0.15)),
        closed_on=np.where(closed <= LAST, closed, NEVER),
        words=[f"{THEMES[t]}，请尽快处理" for t in theme],
    )


def _grumbling(by_account: Floats) -> Floats:
    """Share of each account in the complaints, (A,): large and displeased ones have more, and those of weak reps."""
    size = np.array([account.sales_mcny for account in market.ACCOUNTS]) ** 0.5
    rep = np.array([REP_EFFECTS[market.MANAGERS[m]] for m in market.MANAGER_OF])
    odds = size * np.exp(-1.5 * by_account - 0.8 * rep)
    return odds / odds.sum()
