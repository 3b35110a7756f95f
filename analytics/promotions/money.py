"""What pieces are worth to us and to the account, with the error that the pieces have.

Ours: net pieces × our unit margin − spend (fixed cost and our share of the discount on all pieces on deal). The
account's own gain: net pieces × its unit margin − its share of the discount. ROI is the gain over what was paid.
"""

from dataclasses import dataclass
from math import isfinite

from analytics.promotions.measured import Measured
from analytics.stats.placebo import Z
from analytics.stats.pooled import Told

SURE = 0.90  # chance from which an 80 % interval lies on one side of nothing


@dataclass(frozen=True, slots=True)
class Gain:
    """CNY gained with the ends of 80 %, what was paid for it, CNY, and the chance that it is above nothing."""

    cny: float
    low: float
    high: float
    paid: float
    chance: float

    @property
    def roi(self) -> float | None:
        """Gain over what was paid; None where nothing was."""
        return self.cny / self.paid if self.paid > 0 else None

    @property
    def roi_low(self) -> float | None:
        """The low end."""
        return self.low / self.paid if self.paid > 0 else None

    @property
    def roi_high(self) -> float | None:
        """The high end."""
        return self.high / self.paid if self.paid > 0 else None


def gain(earned: Told, paid: float) -> Gain:
    """What `earned` CNY come to after what was paid."""
    net = Told(earned.mean - paid, earned.error)
    return Gain(net.mean, net.mean - Z * net.error, net.mean + Z * net.error, paid, net.chance(0.0))


def ours(m: Measured) -> Gain | None:
    """Our gain of one deal; None where a term is missing or its net is not known."""
    return _of(m, "margin", m.deal.spend)


def theirs(m: Measured) -> Gain | None:
    """The account's own gain."""
    off = m.deal.discounts()
    return _of(m, "account_margin", None if off is None else off[1])


def _of(m: Measured, margin: str, paid: float | None) -> Gain | None:
    each, net = m.deal.mean(margin), m.effect.net
    if each is None or paid is None or not isfinite(net.error):
        return None
    return gain(Told(net.pcs * each, net.error * abs(each)), paid)
