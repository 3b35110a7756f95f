"""What a promotion added, what it only pulled forward, and what it took from the products beside it.

Baseline = level × season × ratio of controls. The season is SxL's, fitted without the weeks that promotions touched;
the level is that of the half-years before and after (of before alone while there is no after); the ratio is what the
same product sold in the same weeks at accounts without a promotion, against their own baseline, shrunk towards all
products of the category there. gross = actual − baseline while it runs, dip = the same in the four weeks after, beside
= the same at the account's other products of the category while it runs (what it cannibalised), net = all three.
Errors come from the method's own at windows of the same length that no promotion touched. Source: docs/methods.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, isnan, nan, sqrt

import numpy as np

from analytics.stats.placebo import Laws, laws
from analytics.stats.seasonal import Codes
from analytics.stats.unpromoted import Basis, Promoted, Sold, Windows, basis, pairs, windows

SHRINK = 30.0  # pieces of the usual uplift that a product's own is weighed against, for the size of its error


@dataclass(frozen=True, slots=True)
class Part:
    """Pieces beyond the baseline, their standard error, and the baseline, pcs; NaN where it cannot be told."""

    pcs: float
    error: float
    base: float


UNTOLD = Part(nan, nan, nan)


@dataclass(frozen=True, slots=True)
class Effect:
    """Of one deal: its parts and the net, pcs; `uplift` of the baseline with its standard error, ratios.

    `after`: weeks of the dip that are known; `controls`: accounts that its products were held against, the fewest of
    them; `sided`: whether the weeks after tell the level too.
    """

    actual: float
    gross: Part
    dip: Part
    beside: Part
    net: Part
    uplift: float
    uplift_error: float
    after: int
    controls: int
    sided: bool


NOTHING = Effect(nan, UNTOLD, UNTOLD, UNTOLD, UNTOLD, nan, nan, 0, 0, False)


@dataclass(frozen=True, slots=True)
class _Read:
    """One promoted product: pieces sold and expected without, while it runs, in the weeks after and beside it."""

    actual: float
    base: float
    later: float
    later_base: float
    known: int
    near: tuple[int, int, int]  # account and category, week and weeks: products of one deal share what is beside them
    near_actual: float
    near_base: float
    controls: int
    sided: bool
    laws: Laws


def effects(sold: Sold, promoted: Promoted) -> list[Effect]:
    """Measure the deals 0, 1, ...; `promoted` holds only weeks that are in `sold`. NaN where nothing can be told."""
    if not len(promoted.series):
        return []
    told, read = basis(sold, promoted), dict[int, _Read]()
    for weeks in np.unique(promoted.weeks).tolist():
        for sided in (True, False):
            rows = [int(n) for n in np.flatnonzero(promoted.weeks == weeks) if n not in read]
            if rows:
                read |= _looked(told, promoted, windows(told, weeks, sided=sided), rows, sided)
    gain = sum(r.actual for r in read.values()) / max(1.0, sum(r.base for r in read.values()))
    deals: list[list[int]] = [[] for _ in range(int(promoted.deal.max()) + 1)]
    for row, deal in enumerate(promoted.deal.tolist()):
        deals[deal].append(row)
    return [_effect([read[r] for r in rows], gain) if rows and set(rows) <= set(read) else NOTHING for rows in deals]


def _looked(told: Basis, promoted: Promoted, seen: Windows, rows: Sequence[int], sided: bool) -> dict[int, _Read]:
    """What the windows say of some promoted products; without those that have no baseline."""
    at = {row: (int(promoted.series[row]), int(promoted.start[row])) for row in rows}
    at = {row: place for row, place in at.items() if seen.during.base[place] > 0}
    if not at:
        return {}
    errors, pair = laws(told.sold, seen), pairs(told.sold)
    return {row: _read(seen, place, pair, int(promoted.weeks[row]), sided, errors) for row, place in at.items()}


def _read(seen: Windows, at: tuple[int, int], pair: Codes, weeks: int, sided: bool, errors: Laws) -> _Read:
    during, after, (series, start) = seen.during, seen.after, at
    near = np.flatnonzero((pair == pair[series]) & during.free[:, start])
    return _Read(
        actual=float(during.actual[at]),
        base=float(during.base[at]),
        later=float(after.actual[at]),
        later_base=float(after.base[at]),
        known=int(seen.known[at]),
        near=(int(pair[series]), start, weeks),
        near_actual=float(during.actual[near, start].sum()),
        near_base=float(during.base[near, start].sum()),
        controls=int(during.controls[at]),
        sided=sided,
        laws=errors,
    )


def _effect(rows: Sequence[_Read], gain: float) -> Effect:
    """Products of one deal together; `gain` is what is usually sold on deal over the baseline."""
    came = [r.base * (r.actual + SHRINK * gain) / (r.base + SHRINK) for r in rows]
    lift = [float(r.laws.gross.error(size)) for r, size in zip(rows, came, strict=True)]
    dip = [float(r.laws.dip.error(r.later_base)) for r in rows]
    alike, base, later = rows[0].laws.products, sum(r.base for r in rows), sum(r.later_base for r in rows)
    actual = sum(r.actual for r in rows)
    gross = Part(actual - base, _joint(lift, alike), base)
    parts = (gross, Part(sum(r.later for r in rows) - later, _joint(dip, alike), later), _beside(rows))
    known, controls, sided = min(r.known for r in rows), min(r.controls for r in rows), all(r.sided for r in rows)
    net = _net(parts, rows[0].laws)
    return Effect(actual, *parts, net, gross.pcs / base, gross.error / base, known, controls, sided)


def _beside(rows: Sequence[_Read]) -> Part:
    """The account's other products of the category; those beside several products of one deal are counted once."""
    near = list({r.near: r for r in rows}.values())
    error = hypot(*(float(r.laws.beside.error(r.near_base)) for r in near))
    return Part(sum(r.near_actual - r.near_base for r in near), error, sum(r.near_base for r in near))


def _joint(errors: Sequence[float], alike: float) -> float:
    """The error of a sum whose parts go together by the correlation `alike`."""
    return sqrt((1 - alike) * sum(e**2 for e in errors) + alike * sum(errors) ** 2)


def _net(parts: tuple[Part, Part, Part], law: Laws) -> Part:
    """All parts together; NaN while nothing is known of the weeks after."""
    gross, dip, beside = parts
    both = law.gross_dip * gross.error * dip.error + law.gross_beside * gross.error * beside.error
    both += law.dip_beside * dip.error * beside.error
    square = sum(p.error**2 for p in parts) + 2 * both
    return Part(sum(p.pcs for p in parts), sqrt(max(square, 0.0)) if not isnan(square) else nan, gross.base)
