"""What a promotion that has not run yet may bring: the forecast of its weeks, the uplift's law, what is usually lost.

Chances are drawn: the forecast's error, the uplift of one more promotion of the mechanic at the account, the shares
that one more loses to the weeks after and to products beside it. The draws are the same every time.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from analytics.promotions.learnt import Learnt
from analytics.promotions.measured import Programme
from analytics.stats.forecast import forecast
from analytics.stats.placebo import SHARE, Z
from analytics.stats.pooled import Told
from analytics.stats.seasonal import Array
from analytics.stats.unpromoted import touched

FURTHEST = 26  # weeks ahead that a forecast reaches
DRAWS = 4000
STOCKED = 0.90  # of the draws that the pieces to have in stock suffice for
LEAST_UPLIFT = -0.5  # a draw below it is a promotion that halves sales: the law's tail, not the trade's


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked about; None is not known. Money CNY (a piece, but `fixed`), shares ratios."""

    account: str
    mechanic: str
    depth: float | None
    fixed: float | None
    our_share: float | None
    price: float | None
    margin: float | None
    account_margin: float | None

    @property
    def discounts(self) -> tuple[float, float] | None:
        """CNY off a piece, our part and the account's."""
        if self.depth is None or self.price is None or self.our_share is None:
            return None
        off = self.depth * self.price
        return off * self.our_share, off * (1 - self.our_share)


@dataclass(frozen=True, slots=True)
class Ends:
    """A number with the ends of 80 %."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Side:
    """What one side gains, CNY; over what it pays, ratio (None where it may pay nothing); the chance to gain; paid."""

    gain: Ends
    roi: Ends | None
    chance: float
    paid: float


@dataclass(frozen=True, slots=True)
class Expected:
    """Pieces, and money where no term for it is missing. `stock`: pieces that suffice in nine of ten cases; `both`: the
    chance that both gain; `break_even`: the uplift from which we gain, None where none suffices or is known."""

    base: Ends
    uplift: Ends
    net: Ends
    stock: float
    ours: Side | None
    theirs: Side | None
    both: float | None
    break_even: float | None


def baseline(told: Programme, account: str, sku: str, starts: date, weeks: int) -> Told | None:
    """Pieces of a product in weeks to come without a promotion; None where there is no forecast of them.

    Errors of single weeks are added, as a level that is off stays so.
    """
    sold, first = told.sold, told.week(starts) - told.weeks
    row = told.places.get((account, sku))
    if sold is None or told.promoted is None or row is None or first < 0 or first + weeks > FURTHEST:
        return None
    same = np.flatnonzero(sold.category == sold.category[row])
    calm = np.where(touched(sold, told.promoted).any, np.nan, sold.y)[same]
    found = forecast(calm, np.zeros(len(same), int), first + weeks, sold.season, SHARE)
    at = int(np.searchsorted(same, row))
    points = found.points[at, first:]
    reach = (found.band.high[at, first:] - found.band.low[at, first:]) / 2 / Z
    return Told(float(points.sum()), float(reach.sum())) if np.isfinite(points).all() else None


def expected(known: Learnt, base: Told, terms: Terms) -> Expected:
    """What the terms may bring."""
    draw = np.random.default_rng(1).standard_normal((4, DRAWS))
    lift = known.lift.new(known.columns(terms.mechanic, terms.account, terms.depth))
    pieces = np.maximum(base.mean + base.error * draw[0], 0.0)
    up = np.maximum(np.expm1(lift.mean + lift.error * draw[1]), LEAST_UPLIFT)
    lost = [part.new(np.ones(1)) for part in (known.whole.pulled, known.whole.taken)]
    kept = 1 - sum(np.clip(t.mean + t.error * d, 0, 1) for t, d in zip(lost, draw[2:], strict=True))
    gross, sold = pieces * up, pieces * (1 + up)
    net = gross * np.where(gross > 0, kept, 1.0)
    ours, theirs = _ours(terms, net, sold), _theirs(terms, net, sold)
    both = None if ours is None or theirs is None else float(((ours.gain > 0) & (theirs.gain > 0)).mean())
    return Expected(
        base=_ends(pieces), uplift=_ends(up), net=_ends(net), stock=float(np.quantile(sold, STOCKED)), ours=_side(ours),
        theirs=_side(theirs), both=both, break_even=_break_even(terms, base.mean, 1 - sum(t.mean for t in lost)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One side's gain and what it pays, CNY (draws,)."""

    gain: Array
    paid: Array


def _ours(terms: Terms, net: Array, sold: Array) -> _Drawn | None:
    off = terms.discounts
    if terms.margin is None or terms.fixed is None or off is None:
        return None
    paid = terms.fixed + off[0] * sold
    return _Drawn(net * terms.margin - paid, paid)


def _theirs(terms: Terms, net: Array, sold: Array) -> _Drawn | None:
    off = terms.discounts
    if terms.account_margin is None or off is None:
        return None
    return _Drawn(net * terms.account_margin - off[1] * sold, off[1] * sold)


def _break_even(terms: Terms, base: float, kept: float) -> float | None:
    """The uplift at which net pieces at our margin pay fixed cost and our discount on every piece on deal."""
    off = terms.discounts
    if terms.margin is None or terms.fixed is None or off is None or base <= 0 or kept * terms.margin <= off[0]:
        return None
    return (terms.fixed / base + off[0]) / (kept * terms.margin - off[0])


def _side(drawn: _Drawn | None) -> Side | None:
    if drawn is None:
        return None
    roi = _ends(drawn.gain / drawn.paid) if drawn.paid.min() > 0 else None
    return Side(_ends(drawn.gain), roi, float((drawn.gain > 0).mean()), float(drawn.paid.mean()))


def _ends(values: Array) -> Ends:
    low, middle, high = np.quantile(values, [(1 - SHARE) / 2, 0.5, (1 + SHARE) / 2])
    return Ends(float(low), float(middle), float(high))
