"""Stock and shipments with known truth: does it run out as often as is said, is a promised service kept?

python -m bench.supply
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.stats import intermittent
from analytics.stats.seasonal import WEEKLY, at, fit
from analytics.stats.spread import spread
from analytics.stats.stockout import Demand, demand, enough, risk, ship
from bench import panels
from bench.panels import Walmart

Array = NDArray[np.float64]
SERVICES = (0.8, 0.9, 0.95, 0.98)
ORIGINS = (91, 104, 117, 130)  # weeks of Walmart's that are known; 91 is before the second Christmas
WEEKS = 10  # horizon
LEAD = (0.1, 0.2, 0.3, 0.2, 0.1, 0.1)  # P(what is coming arrives at the end of week 1, 2, ...)
BINS = 10  # of equal width, for the calibration error


@dataclass(frozen=True, slots=True)
class World:
    """Items with what is believed of them and what then happened: pcs, (items,) or (items, weeks)."""

    expected: Demand
    on_hand: Array
    coming: Array
    asked: Array  # what was asked for, by week
    arrives: NDArray[np.integer]  # the week at whose end the goods came

    @property
    def ran_out(self) -> NDArray[np.bool_]:
        """Whether at the end of any week more had been asked for than had been there."""
        weeks = np.arange(1, WEEKS + 1)
        there = self.on_hand[:, None] + self.coming[:, None] * (weeks > self.arrives[:, None])
        return np.asarray((np.cumsum(self.asked, axis=1) > there).any(axis=1))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Expected calibration error, slope of the outcome on the logit of what was said, Brier scores; rule: by cover."""

    error: float
    slope: float
    brier: float
    naive_brier: float


def world(seed: int, items: int, level: float = 0.2) -> World:
    """Items of 2 to 300 pieces a week with a season; the true level is off by `level`, weeks vary by 15 to 60 %."""
    rng = np.random.default_rng(seed)
    rate = rng.lognormal(3, 1.2, items).clip(2, 300)[:, None]
    points = rate * np.exp(rng.normal(0, 0.25, (items, WEEKS)))
    single = rng.uniform(0.15, 0.6, items)
    off = rng.gamma(1 / level**2, level**2, items)
    wobble = rng.gamma(1 / single[:, None] ** 2, single[:, None] ** 2, (items, WEEKS))
    asked = points * off[:, None] * wobble
    arrives = rng.choice(np.arange(1, len(LEAD) + 1), size=items, p=LEAD)
    cover = rng.uniform(0, 12, items)
    coming = np.where(rng.random(items) < 0.6, rng.uniform(0, 10, items), 0.0) * rate[:, 0]
    expected = demand(points, single, np.full(items, level))
    return World(expected, cover * rate[:, 0], coming, asked, arrives)


def said(found: World) -> Array:
    """The risk of each item."""
    weeks, everybody = np.arange(WEEKS), np.ones(len(found.on_hand))
    ways = [(found.coming[:, None] * (weeks >= n), share * everybody) for n, share in enumerate(LEAD, 1)]
    return risk(found.expected, found.on_hand, ways)


def calibration(found: World) -> Calibration:
    """What was said against what happened."""
    p, out = said(found), found.ran_out.astype(float)
    place = np.minimum((p * BINS).astype(int), BINS - 1)
    gaps = [abs(out[place == b].mean() - p[place == b].mean()) * (place == b).mean() for b in np.unique(place)]
    rule = (found.on_hand + found.coming < found.expected.mean[:, -1]).astype(float)
    return Calibration(float(sum(gaps)), _slope(p, out), _brier(p, out), _brier(rule, out))


def _brier(p: Array, out: Array) -> float:
    return float(((p - out) ** 2).mean())


def _slope(p: Array, out: Array) -> float:
    """Slope of a logistic regression of the outcome on the logit of what was said (Cox 1958), by Newton's steps."""
    inside = np.clip(p, 1e-4, 1 - 1e-4)
    x = np.stack([np.ones(len(p)), np.log(inside / (1 - inside))], axis=1)
    beta = np.array([0.0, 1.0])
    for _ in range(25):
        fitted = 1 / (1 + np.exp(-(x @ beta)))
        weight = fitted * (1 - fitted)
        beta = beta + np.linalg.solve((x * weight[:, None]).T @ x, x.T @ (out - fitted))
    return float(beta[1])


def served(found: World, service: float) -> float:
    """Share of items that got through the horizon with what was shipped at once for that service."""
    none = np.zeros(len(found.on_hand))
    sent = ship(found.expected, service, none)
    return float((found.asked.sum(axis=1) <= sent).mean())


def now_and_then(seed: int, items: int, service: float, ahead: int = 8) -> float:
    """Share of items with sales in a quarter of the weeks, in bunches, whose stock of whole pieces met `ahead` weeks;
    as pieces are whole more is served than asked for, and what is asked for is taken as what they serve."""
    rng = np.random.default_rng(seed)
    chance, bunch = rng.uniform(0.1, 0.4, (items, 1)), rng.uniform(1, 4, (items, 1))
    sold = rng.random((items, 104 + ahead)) < chance
    asked = np.where(sold, 1 + rng.poisson(bunch - 1 + 1e-9, sold.shape), 0).astype(float)
    found = intermittent.rate(asked[:, :104])
    stock = intermittent.enough(found, ahead, service)
    promised = 1 - intermittent.beyond(found, ahead, stock)
    kept = asked[:, 104:].sum(axis=1) <= stock
    return float(service + (kept.mean() - promised.mean()))


def kept_on_walmart(real: Walmart, origin: int, services: Sequence[float], ahead: int = 13) -> list[float]:
    """Share of stores' departments whose next `ahead` weeks were met by the stock that each service asks for.

    Forecast and errors come from the first `origin` weeks alone, as the outlook works them out; what has no forecast
    or came to nothing is left out.
    """
    y, came = real.sales[:, :origin], real.sales[:, origin : origin + ahead].sum(axis=1)
    found = fit(y, real.department, WEEKLY)
    points = np.where(found.level > 0, found.level, np.nan)[:, None] * at(found.index, origin, ahead, WEEKLY)
    errors = spread(y, real.department, WEEKLY, ahead, found)
    judged = ~np.isnan(points).any(axis=1) & ~np.isnan(errors.level) & (came > 0)
    total = demand(points[judged], errors.single[judged], errors.level[judged]).up_to(ahead)
    return [float((came[judged] <= enough(total, service)).mean()) for service in services]


def main() -> None:
    """Print the figures of docs/methods.md; Walmart's where WEATHERGLASS_REAL_DATA names its folder."""
    folder = panels.real()
    for origin in ORIGINS if folder else ():
        found = kept_on_walmart(panels.walmart(folder).whole(), origin, SERVICES) if folder else []
        print(f"Walmart, 13 weeks from week {origin}: served {[round(share, 3) for share in found]}")
    for level in (0.1, 0.2, 0.3):
        found = calibration(world(7, 20_000, level))
        kept = [served(world(8, 20_000, level), service) for service in SERVICES]
        print(f"level error {level}: {found}; served {[round(share, 3) for share in kept]}")
    for service in (0.9, 0.95, 0.98):
        print(f"now and then, {service}: {now_and_then(9, 20_000, service):.3f}")


if __name__ == "__main__":
    main()
