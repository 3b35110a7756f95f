"""Service figures with known truth: how often is an account called low, or a trend seen, that is not there; that is?

python -m bench.service
"""

from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from analytics.answer import months_back
from analytics.supply import served
from analytics.supply.served import HIT, MISSES, Sums

ACCOUNTS, ORDERS, LINES = 24, 26, 10  # a year of an order every second week
RATE = 0.85
TOGETHER = 0.6  # share of an order's lines that go with the same lorry, and are late or in time together
JUNE = date(2026, 6, 1)
RUNS = 400


def account(rng: np.random.Generator, rate: float, orders: int = ORDERS) -> tuple[Sums, Sums]:
    """A year of one account: as it is, and as if each line were an order of its own."""
    qty = rng.lognormal(2.5, 0.8, (orders, LINES)).round() + 1
    lorry = rng.random((orders, LINES)) < TOGETHER
    hit = np.where(lorry, rng.random((orders, 1)) < rate, rng.random((orders, LINES)) < rate)
    return _sums(qty, hit), _sums(qty.reshape(-1, 1), hit.reshape(-1, 1))


def _sums(qty: NDArray[np.float64], hit: NDArray[np.bool_]) -> Sums:
    """Of (orders, lines)."""
    ordered, kept = qty.sum(axis=1), (qty * hit).sum(axis=1)
    by = dict.fromkeys((HIT, *MISSES), 0.0) | {HIT: float(kept.sum()), "late": float((ordered - kept).sum())}
    moments = (float((kept**2).sum()), float((ordered * kept).sum()), float((ordered**2).sum()))
    return Sums(qty.size, float(ordered.sum()), float(ordered.sum()), by, moments, float(len(qty)), None)


def _all(parts: list[Sums]) -> Sums:
    first, *rest = parts
    for one in rest:
        by = {outcome: pcs + one.by[outcome] for outcome, pcs in first.by.items()}
        squares = (
            first.squares[0] + one.squares[0],
            first.squares[1] + one.squares[1],
            first.squares[2] + one.squares[2],
        )
        ordered, orders = first.ordered + one.ordered, first.orders + one.orders
        first = replace(first, by=by, squares=squares, ordered=ordered, filled=ordered, orders=orders)
    return first


def called(seed: int, gap: float, *, by_line: bool) -> tuple[float, float]:
    """(alike accounts called low in a year, share of runs in which one `gap` below the others is)."""
    rng, false, found = np.random.default_rng(seed), 0, 0
    for _ in range(RUNS):
        made = [account(rng, RATE - gap * (n == 0))[by_line] for n in range(ACCOUNTS)]
        whole = _all(made)
        low = [served.is_low(one, whole.without(one)) for one in made]
        found, false = found + low[0], false + sum(low[1:])
    return false / RUNS, found / RUNS


def trends(seed: int, change: float) -> dict[str, float]:
    """How often each verdict is given on a year that is `change` better, with a season and what months share."""
    rng = np.random.default_rng(seed)
    counts: dict[str, int] = {"worse": 0, "alike": 0, "better": 0}
    for _ in range(RUNS):
        swing = 0.05 * np.sin(np.arange(24) * np.pi / 6) + rng.normal(0, 0.01, 24) + change * (np.arange(24) >= 12)
        months = [account(rng, float(RATE + move), orders=50)[0] for move in swing]
        before, now = _all(months[:12]).otif, _all(months[12:]).otif
        named = {months_back(JUNE, 23 - n): one.otif for n, one in enumerate(months)}
        found = served.trend(now, before, named, JUNE)
        assert found
        counts[found.verdict] += 1
    return {verdict: n / RUNS for verdict, n in counts.items()}


def main() -> None:
    """Print the figures of docs/methods.md."""
    for gap in (0.05, 0.10, 0.15):
        for by_line in (False, True):
            false, found = called(7, gap, by_line=by_line)
            print(f"{gap:.0%} low, by {'line' if by_line else 'order'}: {false:.2f} false a year, found {found:.2f}")
    for change in (0.0, -0.02, -0.04, -0.06):
        print(f"trend {change:+.0%}: {trends(8, change)}")


if __name__ == "__main__":
    main()
