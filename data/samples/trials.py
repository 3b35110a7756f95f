"""Trials: three of them, and the cards on which people at the accounts say what they think.

Planted truth: SD01 (a demo stand) lifts its product by 12 % at six pilots; SD02 (a door display) does next to
nothing; SD03 is a new product that sells 1.6 pieces a store and week at six pilots, 30 % of them taken from the
washer-dryer it stands beside.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from data.samples import market
from data.samples.columns import NEVER, Floats, Words, serial, table, what, who
from data.samples.demand import Market
from data.samples.seasons import LAST, axis, by_period
from data.samples.truth import TrialEffect


class Trial(NamedTuple):
    """A trial as decided, and its planted `uplift` (existing product) or `rate` a store and week (new one)."""

    code: str
    title: str
    sku: str
    starts: str
    weeks: int
    pilots: tuple[str, ...]
    controls: tuple[str, ...]
    hypothesis: str
    stop_rule: str
    target_uplift: float
    target_rate: float
    uplift: float
    rate: float
    replaces: str = ""
    cannibalised: float = 0.0


TRIALS = (
    Trial(
        "SD01", "样机体验台", "XQG80-B2", "2025-03-03", 8,
        ("A03", "A07", "A10", "A15", "A17", "A22"),
        ("A04", "A06", "A08", "A09", "A11", "A13", "A16", "A18", "A20", "A24"),
        "门店设体验台使 8 公斤滚筒销量提高 5% 以上", "四周后低于对照即停", 0.05, np.nan, 0.12, np.nan,
    ),
    Trial(
        "SD02", "冰箱门体海报", "BCD-456F", "2025-09-01", 8,
        ("A04", "A08", "A11", "A16", "A20", "A23"),
        ("A03", "A06", "A07", "A09", "A10", "A13", "A15", "A17", "A18", "A22"),
        "门体海报使法式冰箱销量提高 5% 以上", "八周后仍看不出提高即停", 0.05, np.nan, 0.01, np.nan,
    ),
    Trial(
        "SD03", "10 公斤分区洗烘一体机试销", "XQG100-S9", "2026-04-06", 16,
        ("A04", "A08", "A12", "A14", "A20", "A24"),
        ("A03", "A07", "A11", "A15", "A17", "A22"),
        "新品单店每周卖出 1.2 台以上", "八周后达标概率低于两成即停", np.nan, 1.2, np.nan, 1.6, "XQG100-H1", 0.30,
    ),
)  # fmt: skip
CLUSTER = 14  # feedback cards a pilot account hands in
THEMES = (
    ("噪音", ("脱水比老款安静", "夜里也能洗，不吵邻居", "甩干时仍有点响")),
    ("价格", ("顾客嫌贵，要讲清省水省电", "价格段合适", "希望首发有赠品")),
    ("外观", ("深色面板受年轻人欢迎", "机身偏厚，小户型放不下", "门体颜色与橱柜配得上")),
    ("功能", ("分区洗很好讲", "烘干时间长了些", "程序太多，老人看不懂")),
    ("安装", ("送装一次到位", "进水管短，安装要加件", "安装师傅还不熟")),
)
ROLES = ("店长", "导购", "顾客")


def change(now: Market) -> tuple[Floats, dict[str, TrialEffect]]:
    """Expected pieces that the trials add and take, (P, A, S), and what each one does."""
    added = np.zeros_like(now.base)
    for trial in TRIALS:
        sku, periods = market.sku(trial.sku), axis().weeks(axis().at(trial.starts), 0, trial.weeks - 1)
        for pilot in map(market.account, trial.pilots):
            if trial.replaces:
                gained = trial.rate * market.ACCOUNTS[pilot].stores / 7 * by_period()[periods, market.CATEGORY_OF[sku]]
                added[periods, pilot, sku] += gained
                old = market.sku(trial.replaces)
                added[periods, pilot, old] -= np.minimum(
                    trial.cannibalised * gained, 0.8 * now.base[periods, pilot, old]
                )
            else:
                added[periods, pilot, sku] += trial.uplift * now.base[periods, pilot, sku]
    effects = {t.code: TrialEffect(t.sku, t.pilots, t.uplift, t.rate, t.replaces, t.cannibalised) for t in TRIALS}
    return added, effects


def trials() -> pa.Table:
    """The dataset `trials`: thresholds were fixed two weeks before the start."""
    starts = np.array([trial.starts for trial in TRIALS], dtype="datetime64[D]")
    return table(
        "trials",
        **what([market.sku(trial.sku) for trial in TRIALS]),
        trial=[trial.code for trial in TRIALS],
        title=[trial.title for trial in TRIALS],
        replaces=[trial.replaces or None for trial in TRIALS],
        starts_on=starts,
        ends_on=starts + np.array([7 * trial.weeks - 1 for trial in TRIALS]),
        fixed_on=starts - 14,
        hypothesis=[trial.hypothesis for trial in TRIALS],
        stop_rule=[trial.stop_rule for trial in TRIALS],
        target_uplift=[trial.target_uplift for trial in TRIALS],
        target_rate=[trial.target_rate for trial in TRIALS],
        go_at=[0.8] * len(TRIALS),
        stop_at=[0.2] * len(TRIALS),
        owner=[market.MANAGERS[n] for n in range(len(TRIALS))],
    )


def trial_scope() -> pa.Table:
    """The dataset `trial_scope`: pilots and controls, by account; only pilots list a new product."""
    rows = [(trial, code, code in trial.pilots) for trial in TRIALS for code in trial.pilots + trial.controls]
    accounts = [market.account(code) for _, code, _ in rows]
    lists = np.array([pilot or not trial.replaces for trial, _, pilot in rows])
    stores = np.array([market.ACCOUNTS[a].stores for a in accounts], dtype=float)
    return table(
        "trial_scope",
        **who(accounts),
        trial=[trial.code for trial, _, _ in rows],
        pilot=[pilot for _, _, pilot in rows],
        listed_on=np.where(lists, np.array([t.starts for t, _, _ in rows], dtype="datetime64[D]"), NEVER),
        stores_listed=np.where(lists, stores, 0),
    )


def feedback(rng: np.random.Generator) -> pa.Table:
    """The dataset `feedback`: CLUSTER cards a pilot; the door display (SD02) is liked less."""
    pilots = [(n, market.account(pilot)) for n, trial in enumerate(TRIALS) for pilot in trial.pilots]
    trial, account = np.repeat(np.array(pilots), CLUSTER, axis=0).T
    cards = len(trial)
    starts = np.array([t.starts for t in TRIALS], dtype="datetime64[D]")
    length = np.minimum([7 * t.weeks for t in TRIALS], (LAST - starts).astype(int))
    theme, phrase = rng.integers(0, len(THEMES), cards), rng.integers(0, 3, cards)
    nth = (rng.random(cards) * np.array([a.stores for a in market.ACCOUNTS])[account]).astype(int)
    liked = np.where(trial == 1, 3.1, 4.0) - 0.6 * (phrase == 2)
    return table(
        "feedback",
        **who(account),
        sku=[TRIALS[t].sku for t in trial],
        card=serial("FK", np.arange(1, cards + 1)),
        trial=[TRIALS[t].code for t in trial],
        store=Words(np.searchsorted(market.STORE_OF, account) + nth, market.STORES),
        given_on=starts[trial] + rng.integers(5, length[trial]),
        role=Words(rng.choice(3, cards, p=(0.2, 0.5, 0.3)), ROLES),
        theme=[THEMES[t][0] for t in theme],
        score=np.clip(np.rint(rng.normal(liked, 0.8)), 1, 5),
        words=[THEMES[t][1][p] for t, p in zip(theme, phrase, strict=True)],
    )
