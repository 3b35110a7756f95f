"""Incentives: yearly rebate agreements with tiers, piece bonuses, contests, and what was paid on them.

Planted truth: what each agreement has earned by the last day, reckoned here from the very tables that are handed out.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from data.samples import market
from data.samples.columns import Floats, Words, numbers_of, serial, table, who
from data.samples.demand import Market
from data.samples.seasons import FIRST, LAST, MONTHS, axis
from data.samples.truth import Rebate

YEARS = (2024, 2025, 2026)
STEPS = (0.88, 1.0, 1.12)  # thresholds as shares of the expected basis
RATES = (0.010, 0.020, 0.030)
PIECE_STEPS = (0.85, 1.0, 1.15)
PER_PIECE = (20, 35, 50)  # CNY for each washer sold out in the half-year
PIECES_FROM, PIECES_TO = "2026-01-01", "2026-06-30"
PIECES = ("A03", "A08", "A12", "A15", "A20", "A22")
EXCLUDED = "XQB30-M1"  # the mini washer earns no rebate in agreements of chains
ROUND = 100_000  # CNY: thresholds are round numbers


class Agreement(NamedTuple):
    """One agreement; `steps` are thresholds and rates (share, or CNY a piece), lowest first."""

    code: str
    account: int
    since: str
    until: str
    pieces: bool
    retroactive: bool
    excluded: str
    forecast: float
    steps: tuple[tuple[float, float], ...]


def agree(now: Market) -> tuple[Agreement, ...]:
    """The agreements of three years; the basis expected is the plain demand at the level of each January."""
    yearly = [_yearly(now, year, a) for year in YEARS for a in range(len(market.CODES))]
    return tuple(yearly + [_by_pieces(now, market.account(code)) for code in PIECES])


def _yearly(now: Market, year: int, a: int) -> Agreement:
    months = np.arange((year - 2023) * 12 - 6, (year - 2023) * 12 + 6)
    periods = np.isin(axis().month, months)
    worth = float((now.base[periods, a] * now.price[periods, a]).sum())
    then = np.exp(now.month_level(int(months[0]))[a] - np.mean([now.month_level(int(m))[a] for m in months]))
    forecast = max(ROUND * 5, round(worth * float(then) / ROUND) * ROUND)
    steps = tuple(
        (round(forecast * step / ROUND) * float(ROUND), rate) for step, rate in zip(STEPS, RATES, strict=True)
    )
    chain = market.ACCOUNTS[a].channel == market.CHAIN
    code = f"FL{year}{market.CODES[a]}"
    return Agreement(
        code, a, f"{year}-01-01", f"{year}-12-31", False, a % 2 == 0, EXCLUDED if chain else "", forecast, steps
    )


def _by_pieces(now: Market, a: int) -> Agreement:
    washers = np.array(market.CATEGORY_OF) == 0
    pieces = float(now.base[axis().within(PIECES_FROM, PIECES_TO), a][:, washers].sum())
    forecast = round(pieces, -1)
    steps = tuple(
        (float(round(forecast * step, -1)), float(cny)) for step, cny in zip(PIECE_STEPS, PER_PIECE, strict=True)
    )
    return Agreement(f"TS2026{market.CODES[a]}", a, PIECES_FROM, PIECES_TO, True, False, "", forecast, steps)


def earned(agreements: tuple[Agreement, ...], amount: Floats, pieces: Floats) -> dict[str, Rebate]:
    """Basis and rebate of each agreement by LAST, from sell-in `amount` and sell-out `pieces`, (36, A, S)."""
    return {agreement.code: _earned(agreement, amount, pieces) for agreement in agreements}


def _earned(agreement: Agreement, amount: Floats, pieces: Floats) -> Rebate:
    since, until = (np.datetime64(day) for day in (agreement.since, agreement.until))
    opens = FIRST + axis().start[axis().month_opens[:MONTHS]]
    months = (opens >= since) & (opens <= until)
    if agreement.pieces:
        basis = pieces[months, agreement.account][:, np.array(market.CATEGORY_OF) == 0].sum()
    else:
        kept = np.array([sku != agreement.excluded for sku in market.SKUS])
        basis = amount[months, agreement.account][:, kept].sum()
    return Rebate(market.CODES[agreement.account], float(basis), round(rebate(agreement, float(basis)), 2))


def rebate(agreement: Agreement, basis: float) -> float:
    """CNY earned on a basis: retroactive pays the reached rate on all of it, incremental each rate on its own slice."""
    if agreement.retroactive:
        return basis * max((rate for threshold, rate in agreement.steps if basis >= threshold), default=0.0)
    upper = [threshold for threshold, _ in agreement.steps[1:]] + [np.inf]
    slices = zip(agreement.steps, upper, strict=True)
    return sum(max(0.0, min(basis, high) - low) * rate for (low, rate), high in slices)


def monthly(sales: pa.Table, column: str) -> Floats:
    """Sum of a column by month, account and SKU, (36, A, S)."""
    month = (sales["sold_on"].to_numpy().astype("datetime64[M]") - FIRST.astype("datetime64[M]")).astype(np.int64)
    account, sku = numbers_of(sales["account"], market.CODES), numbers_of(sales["sku"], market.SKUS)
    shape = (MONTHS, len(market.CODES), len(market.SKUS))
    sums = np.zeros(shape)
    np.add.at(sums, (month, account, sku), sales[column].cast(pa.float64()).to_numpy())
    return sums


def agreements(agreed: tuple[Agreement, ...]) -> pa.Table:
    """The dataset `agreements`."""
    return table(
        "agreements",
        **who([a.account for a in agreed]),
        agreement=[a.code for a in agreed],
        title=[f"{a.since[:4]} 上半年洗衣机台量奖" if a.pieces else f"{a.since[:4]} 年度返利" for a in agreed],
        starts_on=[a.since for a in agreed],
        ends_on=[a.until for a in agreed],
        category=[market.WASHER if a.pieces else None for a in agreed],
        excluded=[a.excluded or None for a in agreed],
        by_sell_out=[a.pieces for a in agreed],
        by_qty=[a.pieces for a in agreed],
        retroactive=[a.retroactive for a in agreed],
        without_promotions=[False] * len(agreed),
        forecast=[a.forecast for a in agreed],
    )


def tiers(agreed: tuple[Agreement, ...]) -> pa.Table:
    """The dataset `tiers`: three steps an agreement."""
    rows = [(a, n + 1, threshold, rate) for a in agreed for n, (threshold, rate) in enumerate(a.steps)]
    return table(
        "tiers",
        agreement=[a.code for a, *_ in rows],
        tier=[n for _, n, _, _ in rows],
        threshold=[threshold for _, _, threshold, _ in rows],
        rate=[0.0 if a.pieces else rate for a, _, _, rate in rows],
        per_piece=[rate if a.pieces else 0.0 for a, _, _, rate in rows],
    )


def payments(
    rng: np.random.Generator, agreed: tuple[Agreement, ...], owed: dict[str, Rebate], prizes: list, claims: list
) -> pa.Table:
    """The dataset `payments`: past years' rebates, some in parts or not yet in full; prizes; the cost of promotions.

    `prizes` and `claims`: (contest or promotion, account number, day, CNY).
    """
    rows = [row for a in agreed if a.until < "2026" for row in _paid(a, owed[a.code].earned_cny, rng.random())]
    rows += [(account, day, amount, None, contest, None) for contest, account, day, amount in prizes]
    rows += [(account, day, amount, None, None, promotion) for promotion, account, day, amount in claims]
    rows = sorted((row for row in rows if row[1] <= LAST and row[2] > 0), key=lambda row: (row[1], row[0]))
    return table(
        "payments",
        **who([row[0] for row in rows]),
        payment=serial("DF", np.arange(1, len(rows) + 1), 6),
        paid_on=[row[1] for row in rows],
        amount=[round(row[2], 2) for row in rows],
        agreement=[row[3] for row in rows],
        contest=[row[4] for row in rows],
        promotion=[row[5] for row in rows],
        form=Words([1 if row[4] else 0 for row in rows], ("货款折让", "银行转账")),
    )


def _paid(agreement: Agreement, earned_cny: float, chance: float) -> list[tuple]:
    year = int(agreement.since[:4]) + 1
    first, second = np.datetime64(f"{year}-02-24"), np.datetime64(f"{year}-04-21")
    if chance < 0.6:
        return [(agreement.account, first, earned_cny, agreement.code, None, None)]
    parts = [(agreement.account, first, 0.7 * earned_cny, agreement.code, None, None)]
    return parts + (
        [(agreement.account, second, 0.3 * earned_cny, agreement.code, None, None)] if chance < 0.85 else []
    )
