"""Weekly panels built row by row, apart from the SQL, and rows made from a seed: what the SQL is held against."""

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

WEEK = timedelta(days=7)
MONDAY = date(2023, 6, 5)
Line = tuple[str, str, date, float]  # account, sku, day, pcs


def panel_of(lines: Iterable[Line], as_of: date, flow: str = "sell_out") -> tuple[list[tuple[str, str]], np.ndarray]:
    """Series (account, sku) in order, and their weeks: (series, weeks), NaN missing."""
    last = as_of - timedelta(days=as_of.weekday()) - (WEEK if as_of.weekday() < 6 else timedelta())
    sold: dict[tuple[str, str, date], float] = {}
    for account, sku, day, pcs in lines:
        monday = day - timedelta(days=day.weekday())
        if last - 155 * WEEK <= monday <= last:
            sold[account, sku, monday] = sold.get((account, sku, monday), 0.0) + pcs
    first, reported = min(week for _, _, week in sold), {(account, week) for account, _, week in sold}
    weeks = [first + n * WEEK for n in range((last - first).days // 7 + 1)]
    names = sorted({(account, sku) for account, sku, _ in sold})
    y = np.full((len(names), len(weeks)), np.nan)
    begun: dict[tuple[str, str], date] = {}
    for account, sku, week in sold:
        begun[account, sku] = min(week, begun.get((account, sku), week))
    for n, (account, sku) in enumerate(names):
        for t, week in enumerate(weeks):
            if week >= begun[account, sku] and (flow == "sell_in" or (account, week) in reported):
                y[n, t] = sold.get((account, sku, week), 0.0)
    return names, y


def made(seed: int, accounts: int = 3, skus: int = 8, weeks: int = 130) -> list[Line]:
    """Lines of accounts that miss weeks, of series that begin late, rest, come back, or sell now and then."""
    rng = np.random.default_rng(seed)
    season = 1 + 0.5 * np.sin(np.arange(weeks) * 2 * np.pi / 52)
    lines: list[Line] = []
    for a in range(accounts):
        away = rng.random(weeks) < 0.04
        for k in range(skus):
            rate, begun = rng.lognormal(2.5, 1), int(rng.choice([0, 0, 0, 20, 70, weeks - 5]))
            shy = rng.choice([1.0, 1.0, 0.4])
            pcs = rng.poisson(rate * season * rng.lognormal(0, 0.2 + 0.1 * k / skus, weeks))
            for t in range(begun, weeks):
                if pcs[t] and not away[t] and rng.random() < shy:
                    day = MONDAY + t * WEEK + timedelta(days=int(rng.integers(7)))
                    lines.append((f"A{a}", f"S{k}", day, float(pcs[t])))
    return lines
