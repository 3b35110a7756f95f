"""Which accounts have dropped, against what was to be expected of them and against their peers?

Residual = y / one-step-ahead SxL forecast − 1, minus the median residual of the other accounts in the same period, so
that a market that falls as a whole raises nobody. z by median and MAD of the account's own past residuals, the MAD
shrunk towards the accounts' typical one. Slow rule: CUSUM of z clipped at ±3 (reference k, limit h). Fast rule: two of
three periods below −3 without a recovery between. An alarm is told once: what its drop goes on to cause, until the
level knows it, is taken off.
Source: CUSUM after Page (1954), clipped as in robust control charts; figures reached: docs/methods.md.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from analytics.stats.forecast import one_step, points
from analytics.stats.index import CLIP, CONSISTENT
from analytics.stats.seasonal import MONTHLY, WEEKLY, Array, Codes, Season

Rule = Literal["slow", "fast"]
LEAST_PEERS = 3  # others whose median stands for the market; with fewer nothing is taken off
FAST_OF = 3  # periods that the fast rule looks at, of which two must be below −CLIP
SHRINK = 26.0  # periods of the accounts' typical MAD that an account's own is weighed against


@dataclass(frozen=True, slots=True)
class Watch:
    """How a rhythm is watched: CUSUM reference and limit in z, and the residuals needed before the first z."""

    season: Season
    k: float
    h: float
    warm: int


WEEKS = Watch(WEEKLY, k=0.5, h=8.0, warm=13)
# A drop must show within two months, so the limit is low; still no single month can raise the alarm, since one clipped
# z adds 2.5 at most: it may be a late report.
MONTHS = Watch(MONTHLY, k=0.5, h=2.5, warm=8)


@dataclass(frozen=True, slots=True)
class Alarm:
    """A drop of `series`, told at time `raised`, that began most likely at time `since` (columns of y).

    `drop`: relative change of the periods since then against the forecast made before it, beside the peers' (−0.2: a
    fifth less); NaN without such a forecast. It is an estimate made because it looked large: on average a little large.
    """

    series: int
    raised: int
    since: int
    rule: Rule
    drop: float


@dataclass(frozen=True, slots=True)
class Watched:
    """Alarms by time, then series; z and scale (series, times), NaN where not watched; whether peers were taken off.

    `scale` is what one z is worth: an account's usual relative error of one period.
    """

    alarms: tuple[Alarm, ...]
    z: Array
    scale: Array
    against_peers: bool

    @property
    def unwatched(self) -> tuple[int, ...]:
        """Series without a single z: too short, or nothing known of them."""
        return tuple(int(n) for n in np.flatnonzero(np.isnan(self.z).all(axis=1)))


def watch(y: Array, groups: Codes, how: Watch = WEEKS) -> Watched:
    """Alarms over the whole history of `y` (series, times); NaN is missing and neither raises nor clears anything."""
    z, scale = standard(residual(y, groups, how.season), how.warm)
    drop = lru_cache(lambda since: _drop(y, groups, how.season, since))
    found = [
        alarm
        for s in range(len(y))
        for alarm in raised(s, z[s], scale[s], how, lambda since, t, s=s: float(drop(since)[s, t - since]))
    ]
    return Watched(tuple(sorted(found, key=lambda a: (a.raised, a.series))), z, scale, len(y) > LEAST_PEERS)


def residual(y: Array, groups: Codes, season: Season) -> Array:
    """Relative one-step-ahead error beside the others' median: (series, times), NaN where either is missing."""
    told = one_step(y, groups, season)
    return beside_peers(np.divide(y, told, out=np.full(y.shape, np.nan), where=told > 0) - 1)


def beside_peers(x: Array) -> Array:
    """`x` (series, times) minus the median of the other series at each time; unchanged under `LEAST_PEERS` others."""
    if len(x) <= LEAST_PEERS:
        return x
    return x - np.stack([_median(np.delete(x, n, axis=0)) for n in range(len(x))])


def standard(x: Array, warm: int) -> tuple[Array, Array]:
    """z of each residual against its own past, unclipped, and its scale: (series, times), NaN before `warm` known."""
    z, scales = np.full(x.shape, np.nan), np.full(x.shape, np.nan)
    count = np.cumsum(~np.isnan(x), axis=1)
    for t in range(1, x.shape[1]):
        ready = count[:, t - 1] >= warm
        if ready.any():
            past = x[ready, :t]
            centre = _median(past.T)
            own = CONSISTENT * _median(np.abs(past - centre[:, None]).T)
            scale = np.sqrt(_shrunk(own**2, count[ready, t - 1]))
            off = x[ready, t] - centre
            z[ready, t] = np.divide(off, scale, out=np.sign(off) * CLIP, where=scale > 0)
            scales[ready, t] = scale
    return z, scales


def _shrunk(own: Array, count: Array) -> Array:
    return (count * own + SHRINK * np.median(own)) / (count + SHRINK)


def _median(x: Array) -> Array:
    """Median down the columns over what is known; NaN in an unknown column."""
    ordered, count = np.sort(x, axis=0), (~np.isnan(x)).sum(axis=0)
    low, high = np.maximum(count - 1, 0) // 2, np.minimum(count // 2, len(x) - 1)
    places = np.stack([low, high])
    return np.take_along_axis(ordered, places, axis=0).mean(axis=0)


def raised(series: int, z: Array, scale: Array, how: Watch, drop: Callable[[int, int], float]) -> Iterator[Alarm]:
    """The alarms of one series from its z and their scale (times,); `drop` tells the size from since and time."""
    z, total, run = z.copy(), 0.0, list[int]()
    for t in map(int, np.flatnonzero(~np.isnan(z))):
        run = [*run, t] if total > 0 else [t]
        total = max(0.0, total - float(np.clip(z[t], -CLIP, CLIP)) - how.k)
        fast = (z[run[-FAST_OF:]] < -CLIP).sum() > 1
        if total > how.h or fast:
            since = run[_begun(z[run])]
            size = drop(since, t)
            yield Alarm(series, t, since, "slow" if total > how.h else "fast", size)
            z[t + 1 :] -= _told(size, t + 1 - since, len(z) - t - 1, how.season.windows) / scale[t + 1 :]
            total = 0.0


def _begun(z: Array) -> int:
    """Where in a run of z a lasting shift began most likely: the start with the largest −sum / √length."""
    length = np.arange(len(z), 0, -1)
    return int(np.argmax(-np.cumsum(z[::-1])[::-1] / np.sqrt(length)))


def _told(drop: float, after: int, count: int, windows: tuple[int, int]) -> Array:
    """Residuals (count,) that a drop goes on to cause from `after` periods on, while the level learns; 0 for NaN."""
    taken = np.mean([np.minimum((after + np.arange(count)) / width, 1.0) for width in windows], axis=0)
    size = 0.0 if np.isnan(drop) else min(max(drop, -0.9), 0.0)  # an account that is gone leaves no level to speak of
    return size * (1 - taken) / (1 + size * taken)


def lacking(y: Array, groups: Codes, season: Season, since: int, last: int) -> tuple[Array, Array]:
    """The `last` periods against the forecast made before time `since`, beside the peers' (−.2: a fifth less).

    With it what that forecast says for a whole year from `since` on; (series,) each, NaN without forecast or figures.
    """
    ahead = y.shape[1] - since
    told = points(y[:, :since], groups, max(ahead, season.period), season)
    recent = np.where(np.isnan(y[:, since:]), np.nan, told[:, :ahead])[:, -last:]
    expected, came = (
        np.nansum(recent, axis=1),
        np.nansum(np.where(np.isnan(recent), np.nan, y[:, since:][:, -last:]), 1),
    )
    change = np.divide(came, expected, out=np.full(len(y), np.nan), where=expected > 0) - 1
    return beside_peers(change[:, None])[:, 0], told[:, : season.period].sum(axis=1)


def _drop(y: Array, groups: Codes, season: Season, since: int) -> Array:
    """Change of the running total from `since` on against the forecast made before it, beside the peers'."""
    ahead = y.shape[1] - since
    told = points(y[:, :since], groups, ahead, season)
    told = np.where(np.isnan(y[:, since:]), 0.0, told)
    total = np.cumsum(told, axis=1)
    came = np.cumsum(np.nan_to_num(y[:, since:]), axis=1)
    return beside_peers(np.divide(came, total, out=np.full(total.shape, np.nan), where=total > 0) - 1)
