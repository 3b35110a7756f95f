"""Promotions: uplift while they run, a dip in the four weeks after, and pieces taken from the account's other products.

Planted truth: per promotion `uplift` (0.13-0.91 of the baseline), `pull_forward` and `cannibalised` (shares of the
pieces gained). Two promotions of one account never come within ten weeks of each other, so each can be read alone.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.samples import market
from data.samples.columns import Floats, Ints, table, what, who
from data.samples.demand import Market
from data.samples.seasons import FIRST, axis
from data.samples.truth import PromotionEffect

EACH = 4  # promotions of an account in three years
SLOT_WEEKS = 34  # one promotion somewhere in each slot; a slot's last ten weeks stay free
FIRST_WEEK = 12  # weeks of plain history before the first promotion
DIP = (0.4, 0.3, 0.2, 0.1)  # how the pieces pulled forward are missing in the four weeks after
MECHANICS = (  # name, how it reads on a poster, discount depth, usual uplift, our share of the discount
    ("直降", "限时直降", 0.12, 0.55, 0.6),
    ("满减", "满额立减", 0.08, 0.40, 0.5),
    ("以旧换新", "以旧换新补贴", 0.10, 0.65, 0.7),
    ("赠品", "买赠活动", 0.05, 0.30, 1.0),
    ("联合海报", "店庆海报", 0.04, 0.22, 0.5),
)
PLANNED = (("A14", "XQG100-B1", "2026-07-13"), ("A20", "KFR-35GW-A", "2026-07-20"), ("A24", "JSQ30-A1", "2026-08-03"))
CLAIM_DAYS = 30  # from the end of a promotion to its payment
NOT_IN = ("XQG80-B2", "BCD-456F", "XQG100-S9", "XQG100-H1")  # trial products and what they replace stay out


@dataclass(frozen=True, slots=True)
class Promotions:
    """One promotion a row (R,): its account, SKU numbers (R, 2; -1 none), Monday, weeks and planted shares."""

    account: Ints
    skus: Ints
    monday: Ints
    weeks: Ints
    mechanic: Ints
    depth: Floats
    uplift: Floats
    pull_forward: Floats
    cannibalised: Floats
    ran: int

    @property
    def codes(self) -> list[str]:
        """PR001, PR002 ..."""
        return [f"PR{n + 1:03d}" for n in range(len(self.account))]


def draw(rng: np.random.Generator, now: Market) -> Promotions:
    """Draw who promotes what, when and how well; the last rows are planned for after the data."""
    accounts = np.repeat(np.arange(len(market.CODES)), EACH)
    first_monday = int(axis().start[np.flatnonzero(axis().week == 1)[0]])
    week = FIRST_WEEK + np.tile(np.arange(EACH) * SLOT_WEEKS, len(market.CODES)) + rng.integers(0, 22, len(accounts))
    open_at = np.array([axis().at(max(np.datetime64(a.since), FIRST)) for a in market.ACCOUNTS])
    monday = first_monday + 7 * week
    kept = monday > open_at[accounts] + 7 * FIRST_WEEK  # a new account needs a baseline first
    accounts, monday = accounts[kept], monday[kept]
    skus = np.array([_two_skus(rng, now, a, day) for a, day in zip(accounts, monday, strict=True)])
    later = np.array([(market.account(a), market.sku(s), axis().at(day)) for a, s, day in PLANNED])
    skus = np.concatenate([skus, np.stack([later[:, 1], np.full(len(later), -1)], axis=1)])
    return _shares(rng, np.append(accounts, later[:, 0]), skus, np.append(monday, later[:, 2]), len(accounts))


def _two_skus(rng: np.random.Generator, now: Market, account: int, day: int) -> tuple[int, int]:
    """One or two products of one category that sell at the account then; the better sellers are likelier."""
    pieces = now.base[axis().period[day], account].copy()
    pieces[[market.sku(code) for code in NOT_IN]] = 0
    first = int(rng.choice(len(pieces), p=pieces / pieces.sum()))
    same = (np.array(market.CATEGORY_OF) == market.CATEGORY_OF[first]) & (pieces > 0)
    same[first] = False
    others = np.flatnonzero(same)
    return first, int(rng.choice(others)) if len(others) > 2 and rng.random() < 0.5 else -1


def _shares(rng: np.random.Generator, account: Ints, skus: Ints, monday: Ints, ran: int) -> Promotions:
    rows = len(account)
    mechanic = rng.integers(0, len(MECHANICS), rows)
    usual = np.array([(depth, uplift) for _, _, depth, uplift, _ in MECHANICS])[mechanic]
    return Promotions(
        account=account,
        skus=skus,
        monday=monday,
        weeks=rng.integers(1, 3, rows),
        mechanic=mechanic,
        depth=np.round(usual[:, 0] * rng.uniform(0.7, 1.3, rows), 2),
        uplift=np.round(usual[:, 1] * rng.uniform(0.6, 1.4, rows), 3),
        pull_forward=np.round(rng.uniform(0.15, 0.40, rows), 3),
        cannibalised=np.round(rng.uniform(0.05, 0.20, rows), 3),
        ran=ran,
    )


def change(plan: Promotions, now: Market) -> tuple[Floats, dict[str, PromotionEffect]]:
    """Expected pieces that the promotions add and take, (P, A, S), and what each one does."""
    added = np.zeros_like(now.base)
    effects = {code: _one(plan, row, now, added) for row, code in enumerate(plan.codes) if row < plan.ran}
    return added, effects


def _one(plan: Promotions, row: int, now: Market, added: Floats) -> PromotionEffect:
    """Write one promotion's pieces into `added` and say what they are."""
    a, monday, weeks = int(plan.account[row]), int(plan.monday[row]), int(plan.weeks[row])
    skus = plan.skus[row][plan.skus[row] >= 0]
    on = axis().weeks(monday, 0, weeks - 1)
    base = now.base[on, a][:, skus]
    gross = plan.uplift[row] * base
    added[on[:, None], a, skus] += gross
    dip = plan.pull_forward[row] * gross.sum(axis=0)
    for n, share in enumerate(DIP):
        after = axis().weeks(monday, weeks + n, weeks + n)
        rate = now.base[after, a][:, skus]
        added[after[:, None], a, skus] -= rate / rate.sum(axis=0) * dip * share
    taken = _take_from_others(now, added, a, skus, on, plan.cannibalised[row] * gross.sum(axis=1))
    shares = (float(plan.uplift[row]), float(plan.pull_forward[row]), float(plan.cannibalised[row]))
    pieces = (float(base.sum()), float(gross.sum()), float(dip.sum()), taken)
    names = tuple(market.SKUS[s] for s in skus)
    return PromotionEffect(market.CODES[a], names, FIRST + monday, FIRST + monday + 7 * weeks - 1, *shares, *pieces)


def _take_from_others(now: Market, added: Floats, a: int, skus: Ints, periods: Ints, pieces: Floats) -> float:
    """Take `pieces` (by period) from the account's other products of the category; returns how many there were."""
    same = np.array(market.CATEGORY_OF) == market.CATEGORY_OF[skus[0]]
    same[skus] = False
    others = now.base[periods, a][:, same]
    total = others.sum(axis=1)
    taken = np.minimum(pieces, 0.5 * total)  # people still buy at least half of what they came for
    added[periods[:, None], a, np.flatnonzero(same)] -= others * (taken / np.maximum(total, 1e-9))[:, None]
    return float(taken.sum())


def claims(plan: Promotions, now: Market, agreed: pa.Table) -> list[tuple]:
    """What accounts were paid a month after each promotion: (promotion, account number, day, CNY).

    Our share of the discount on every piece expected on deal, and the fixed cost.
    """
    row, second = np.nonzero(plan.skus >= 0)
    cost = agreed["fixed_cost"].cast(pa.float64()).to_numpy()
    due = []
    for n, (r, sku) in enumerate(zip(row, plan.skus[row, second], strict=True)):
        a, monday, weeks = int(plan.account[r]), int(plan.monday[r]), int(plan.weeks[r])
        on = axis().weeks(monday, 0, weeks - 1)
        worth = float((now.base[on, a, sku] * now.price[on, a, sku]).sum()) * (1 + plan.uplift[r])
        paid = worth * plan.depth[r] * MECHANICS[plan.mechanic[r]][4] + cost[n]
        due.append((plan.codes[r], a, FIRST + monday + 7 * weeks + CLAIM_DAYS, float(paid)))
    return due


def price_off(plan: Promotions, periods: int) -> Floats:
    """Share of the price that promotions take off, (periods, A, S)."""
    off = np.zeros((periods, len(market.CODES), len(market.SKUS)))
    for row in range(plan.ran):
        on = axis().weeks(int(plan.monday[row]), 0, int(plan.weeks[row]) - 1)
        off[on[:, None], plan.account[row], plan.skus[row][plan.skus[row] >= 0]] = plan.depth[row]
    return off


def promotions(plan: Promotions, now: Market, rng: np.random.Generator) -> pa.Table:
    """The dataset `promotions`: one row per promotion and SKU; fixed cost is split over its SKUs."""
    row, second = np.nonzero(plan.skus >= 0)
    sku, account = plan.skus[row, second], plan.account[row]
    starts = axis().days[plan.monday[row]]
    price = now.price[axis().period[plan.monday[row]], account, sku]
    worth = price * now.base[axis().period[plan.monday[row]], account, sku]
    fixed = np.round(np.clip(worth * rng.uniform(0.03, 0.14, len(row)), 2000, 90000), -2)
    return table(
        "promotions",
        **who(account),
        **what(sku),
        promotion=[plan.codes[r] for r in row],
        title=[f"{market.ACCOUNTS[plan.account[r]].name}{MECHANICS[plan.mechanic[r]][1]}" for r in row],
        starts_on=starts,
        ends_on=starts + 7 * plan.weeks[row] - 1,
        mechanic=[MECHANICS[plan.mechanic[r]][0] for r in row],
        depth=plan.depth[row],
        fixed_cost=fixed,
        our_share=np.array([m[4] for m in MECHANICS])[plan.mechanic[row]],
        account_margin=np.round(price * rng.uniform(0.10, 0.16, len(row)), 2),
        expected_uplift=np.round(plan.uplift[row] * rng.uniform(0.8, 1.5, len(row)), 2),  # plans are hopeful
    )
