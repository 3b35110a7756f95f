"""Arms of one trial compared: two or more variants, each at several units, inside blocks such as markets.

Ordinary least squares of the outcome on arms with a fixed effect for each block, so that an arm is only compared with
others of its own market; errors clustered by unit, because a unit's periods are not independent: the jackknife over
units (CR3) and t with one degree of freedom fewer than there are units (MacKinnon, Nielsen and Webb 2023).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analytics.stats.decide import Estimate
from analytics.stats.index import Array
from analytics.stats.seasonal import Codes

LEAST_UNITS = 3  # of each of the two arms: of fewer no spread can be told
SINGULAR = 1e-10  # share of the largest eigenvalue below which one is none: arms' dummies always sum to one
Lack = Literal["too few units", "never in one block"]


@dataclass(frozen=True, slots=True)
class Contrast:
    """Arm `first` less arm `second`, a period, in the unit of the outcome; of how many units."""

    first: int
    second: int
    difference: Estimate
    units: int


def compare(outcome: Array, arms: Codes, units: Codes, blocks: Codes | None = None) -> list[Contrast | Lack]:
    """Every pair of arms, in order. `outcome`: (rows,) of a unit and period; `arms`, `units`, `blocks`: codes of rows.

    Rows with NaN stay out. A unit has one arm and one block. Without `blocks` all are one.
    """
    known = ~np.isnan(outcome)
    outcome, arms, units = outcome[known], arms[known], np.unique(units[known], return_inverse=True)[1]
    inside = np.zeros(len(arms), dtype=int) if blocks is None else blocks[known]
    codes = np.unique(arms)
    pairs = [(int(a), int(b)) for n, a in enumerate(codes) for b in codes[n + 1 :]]
    lacks = [len(np.unique(units[arms == code])) < LEAST_UNITS for code in codes]
    if any(lacks):
        return ["too few units"] * len(pairs)
    return _contrasts(outcome, arms, units, inside, codes, pairs)


def _contrasts(
    outcome: Array, arms: Codes, units: Codes, blocks: Codes, codes: Codes, pairs: Sequence[tuple[int, int]]
) -> list[Contrast | Lack]:
    dummies = (arms[:, None] == codes[None, :]).astype(np.float64)
    x, y = _within(dummies, blocks), _within(outcome[:, None], blocks)[:, 0]
    bread: Array = np.asarray(np.linalg.pinv(x.T @ x, rcond=SINGULAR, hermitian=True), dtype=np.float64)
    beta = bread @ x.T @ y
    left = _left_out(x, y - x @ beta, bread, units, blocks)
    found: list[Contrast | Lack] = []
    for first, second in pairs:
        side = (codes == first).astype(np.float64) - (codes == second)
        if not np.allclose(bread @ (x.T @ x) @ side, side):
            found.append("never in one block")  # nor linked by a third arm
            continue
        error = float(np.sqrt(((left @ side) ** 2).sum() * (len(left) - 1) / len(left)))
        both = len(np.unique(units[(arms == first) | (arms == second)]))
        found.append(Contrast(first, second, Estimate(float(side @ beta), error, len(left) - 1.0), both))
    return found


def _left_out(x: Array, missed: Array, bread: Array, units: Codes, blocks: Codes) -> Array:
    """By how much each unit moves the coefficients when it is left out, (units, arms); blocks' means move too."""
    _, at = np.unique(blocks, return_inverse=True)
    size = np.bincount(at)[at]
    moved = np.zeros((int(units.max()) + 1, x.shape[1]))
    for unit in range(len(moved)):
        own = np.flatnonzero(units == unit)
        hat = x[own] @ bread @ x[own].T + 1 / size[own][:, None]
        moved[unit] = bread @ x[own].T @ np.linalg.pinv(np.eye(len(own)) - hat) @ missed[own]
    return moved


def _within(columns: Array, blocks: Codes) -> Array:
    """Columns less their mean in each block."""
    _, at = np.unique(blocks, return_inverse=True)
    size = np.bincount(at)[:, None]
    sums = np.zeros((len(size), columns.shape[1]))
    np.add.at(sums, at, columns)
    return columns - (sums / size)[at]
