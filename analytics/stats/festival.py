"""A festival that moves through the year: its weeks are counted from the day, where the past shows that this is better.

Around every festival five weeks before and three after take the same places in the year, and the weeks that are left of
a winter fill the places that are left. Whether that helps is asked of the past: each winter foretold from the others,
placed either way. Source: docs/methods.md.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from analytics.stats.seasonal import Array, Codes, Season, yearly_base

BEFORE, AFTER = 5, 3  # weeks around the day that move with it: people buy before it, shops are shut after it
ZONE = 8  # weeks to either side among which places are exchanged: the day moves by two at most from its middle
GAIN = 0.10  # of the error that counting from the day must take away


def placed(season: Season, first: date, days: Sequence[date], times: int) -> Season:
    """The season with the places of `times` weeks from the Monday `first` on, past and ahead; `days` the festivals."""
    weeks = np.array([(day - first).days // 7 for day in days])
    if not len(weeks):
        return season
    period = season.period
    middle = int(np.median(weeks[0] + (weeks - weeks[0] + period // 2) % period - period // 2))
    places = np.arange(times) % period
    for week in weeks.tolist():
        centre = middle + period * round((week - middle) / period)
        for time, place in zip(*_winter(week, centre), strict=True):
            if 0 <= time < times:
                places[time] = place % period
    return replace(season, places=tuple(places.tolist()))


def _winter(week: int, centre: int) -> tuple[list[int], list[int]]:
    """Times of one winter and the places they take, both as times of a winter whose festival is in week `centre`."""
    zone = list(range(centre - ZONE, centre + ZONE + 1))
    shift = max(-(ZONE - BEFORE), min(ZONE - BEFORE, week - centre))
    core = [centre + shift + n for n in range(-BEFORE, AFTER + 1)]
    taken = [centre + n for n in range(-BEFORE, AFTER + 1)]
    return core + [t for t in zone if t not in core], taken + [t for t in zone if t not in taken]


def gains(y: Array, plain: Season, moved: Season, first: date, days: Sequence[date]) -> bool:
    """Whether winters that are known are foretold better from each other with their weeks counted from the festival.

    `y` (series, times); needs two whole winters with a year of sales around them.
    """
    times = y.shape[1]
    total = np.nansum(y, axis=0)[None]
    base = yearly_base(total, plain.period)[0]
    weeks = [(day - first).days // 7 for day in days]
    winters = [w for w in weeks if w - ZONE >= 0 and w + ZONE < times and (base[w - ZONE : w + ZONE + 1] > 0).all()]
    if len(winters) < 2 or not moved.places:
        return False
    ratio = total[0] / np.where(base > 0, base, np.nan)
    errors = [_error(ratio, season.positions(0, times), winters) for season in (plain, moved)]
    return errors[1] < (1 - GAIN) * errors[0]


def _error(ratio: Array, places: Codes, winters: Sequence[int]) -> float:
    """Mean error of each winter's weeks foretold by the mean of the other winters' weeks in the same places."""
    missed: list[float] = []
    for week in winters:
        here = np.arange(week - ZONE, week + ZONE + 1)
        others = np.concatenate([np.arange(w - ZONE, w + ZONE + 1) for w in winters if w != week])
        for time in here:
            like = others[places[others] == places[time]]
            if len(like):
                missed.append(abs(float(ratio[time] - ratio[like].mean())))
    return float(np.mean(missed)) if missed else np.inf
