"""When people buy: the time axis, each category's seasonal index, the peaks, and the Spring Festival that moves.

Planted truth: MONTHLY (index by category and month), PEAKS (lift by category), FESTIVAL (lift by day from the day).
"""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from data.samples.columns import NEVER, Days, Floats, Ints, table
from data.samples.market import AIRCON, CATEGORIES, DISH, FRIDGE, HEATER, WASHER

FIRST = np.datetime64("2023-07-01")
LAST = np.datetime64("2026-06-30")  # the last day of the data
HORIZON = np.datetime64("2026-12-31")  # buyers, targets and forecasts look ahead to here
MONTHS = 36  # from FIRST to LAST

MONTHLY = {  # mean demand of a month before peaks and festival, January first; normalised to mean 1 below
    WASHER: (1.00, 0.95, 1.00, 0.98, 1.00, 0.96, 0.92, 0.96, 1.04, 1.06, 1.06, 1.07),
    FRIDGE: (0.86, 0.84, 0.90, 0.98, 1.08, 1.18, 1.18, 1.10, 1.00, 0.96, 0.96, 0.96),
    AIRCON: (0.38, 0.42, 0.70, 1.05, 1.62, 2.10, 2.02, 1.34, 0.74, 0.52, 0.55, 0.56),
    HEATER: (1.22, 1.10, 1.00, 0.88, 0.78, 0.70, 0.68, 0.76, 0.98, 1.20, 1.36, 1.34),
    DISH: (1.04, 0.98, 0.98, 0.96, 0.96, 0.98, 0.92, 0.94, 1.00, 1.04, 1.12, 1.08),
}
WEEKDAY = (0.82, 0.80, 0.82, 0.86, 1.05, 1.38, 1.27)  # Monday to Sunday: appliances sell at weekends
SPRING = tuple(np.datetime64(day) for day in ("2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06"))
FESTIVAL = ((-30, -10, 0.22), (-9, -3, 0.00), (-2, 6, -0.62), (7, 15, -0.25))  # days from the day, lift in between


class Peak(NamedTuple):
    """A sales peak: month-day it starts, falls and ends; `lift` of the mean day; how categories share in it."""

    name: str
    name_en: str
    starts: str
    falls: str
    ends: str
    lift: float
    share: tuple[float, float, float, float, float]


PEAKS = (
    Peak("五一", "Labour Day", "04-24", "05-01", "05-05", 0.50, (1.0, 1.0, 1.0, 0.7, 1.0)),
    Peak("618", "618", "06-01", "06-18", "06-20", 0.55, (1.0, 1.0, 0.7, 0.8, 1.4)),
    Peak("国庆", "National Day", "09-24", "10-01", "10-08", 0.60, (1.1, 0.9, 0.5, 0.9, 1.0)),
    Peak("双十一", "Double 11", "11-01", "11-11", "11-12", 0.75, (1.0, 0.9, 0.7, 1.0, 1.4)),
)


@dataclass(frozen=True, slots=True)
class Axis:
    """Days and periods. A period is a week (Monday to Sunday) cut where a month ends, so weeks and months both add up.

    `days` (D,) from FIRST to HORIZON; by period (P,): `start`, `end` day numbers, `week` and `month` numbers;
    `period` (D,) of each day; `known` periods end by LAST.
    """

    days: Days
    start: Ints
    end: Ints
    week: Ints
    month: Ints
    period: Ints
    known: int

    @property
    def length(self) -> Ints:
        """Days in each period, 1 to 7."""
        return self.end - self.start + 1

    def at(self, day: str | np.datetime64) -> int:
        """The number of a day."""
        return int((np.datetime64(day) - FIRST).astype(int))

    @property
    def month_opens(self) -> Ints:
        """The first period of each month, (42,): 36 known and 6 ahead."""
        return np.searchsorted(self.month, np.arange(self.month[-1] + 1))

    def within(self, since: str | np.datetime64, until: str | np.datetime64) -> slice:
        """The periods from the one holding `since` to the one holding `until`."""
        return slice(int(self.period[self.at(since)]), int(self.period[self.at(until)]) + 1)

    def weeks(self, day: int, first: int, last: int) -> Ints:
        """The periods of the `first` to `last` week counted from the week of day number `day` (0)."""
        gap = self.week - self.week[self.period[day]]
        return np.flatnonzero((gap >= first) & (gap <= last))


@cache
def axis() -> Axis:
    """The one time axis of the demo company."""
    days = np.arange(FIRST, HORIZON + 1)
    monday = weekday(days) == 0
    opens = monday | (days == days.astype("datetime64[M]"))
    opens[0] = True
    start = np.flatnonzero(opens)
    end = np.append(start[1:], len(days)) - 1
    months = (days.astype("datetime64[M]") - FIRST.astype("datetime64[M]")).astype(np.int64)
    known = int(np.searchsorted(end, int((LAST - FIRST).astype(int)), side="right"))
    return Axis(days, start, end, np.cumsum(monday)[start], months[start], np.cumsum(opens) - 1, known)


def weekday(days: Days) -> Ints:
    """0 Monday to 6 Sunday."""
    return (days.astype("datetime64[D]").astype(np.int64) + 3) % 7


@cache
def factor() -> Floats:
    """Demand of each category on each day, (K, D), 1 on a mean day of the year; weekdays left out."""
    days = axis().days
    year = (days - days.astype("datetime64[Y]")).astype(np.float64)
    middles = (np.arange(12) + 0.5) * 365.25 / 12
    index = np.array([MONTHLY[name] for name in CATEGORIES])
    index /= index.mean(axis=1, keepdims=True)
    smooth = np.array([np.interp(year, middles, row, period=365.25) for row in index])
    return smooth * (1 + _peaks(days)) * (1 + _festival(days))


@cache
def by_period() -> Floats:
    """Demand of each category in each period in mean days, (P, K)."""
    return np.add.reduceat(factor(), axis().start, axis=1).T


@cache
def emphasis() -> Floats:
    """How likely a sale of a period falls on each of its days, (D + 1,) cumulated: weekends, and the days of peaks."""
    days = axis().days
    weight = np.array(WEEKDAY)[weekday(days)] * (1 + _peaks(days)[0])
    return np.append(0.0, np.cumsum(weight))


def seasonal_index() -> dict[str, tuple[float, ...]]:
    """What a monthly index should find: mean day of each calendar month over the mean day of all 36 months."""
    days = axis().days
    seen = factor()[:, days <= LAST]
    month = (days[days <= LAST].astype("datetime64[M]").astype(np.int64)) % 12
    means = [[float(row[month == m].mean() / row.mean()) for m in range(12)] for row in seen]
    return {name: tuple(row) for name, row in zip(CATEGORIES, means, strict=True)}


def _peaks(days: Days) -> Floats:
    """Lift by category and day, (K, D): rises to the day itself and then stands until the end."""
    lift = np.zeros((len(CATEGORIES), len(days)))
    for peak in PEAKS:
        for year in range(2023, 2027):
            starts, falls, ends = (np.datetime64(f"{year}-{day}") for day in (peak.starts, peak.falls, peak.ends))
            ramp = 0.6 + 0.8 * np.clip((days - starts) / (falls - starts), 0, 1)  # mean about 1 over the peak
            lift += np.outer(peak.share, np.where((days >= starts) & (days <= ends), peak.lift * ramp, 0.0))
    return lift


def _festival(days: Days) -> Floats:
    """Lift by day, (D,), around each Spring Festival: people buy before it, shops are shut after it."""
    lift = np.zeros(len(days))
    for day in SPRING:
        gap = (days - day).astype(np.int64)
        for since, until, change in FESTIVAL:
            lift += np.where((gap >= since) & (gap <= until), change, 0.0)
    return lift


@cache
def calendar() -> pa.Table:
    """The dataset `calendar`: peaks, days off and make-up working days of 2023 to 2027 (2027 provisional)."""
    rows = sorted(_peak_rows() + _holiday_rows(), key=lambda row: (row[2], row[0]))
    name, name_en, starts, ends, falls, peak, off, working, growth = map(list, zip(*rows, strict=True))
    provisional = [day >= np.datetime64("2027-01-01") for day in starts]
    columns = {"name": name, "name_en": name_en, "starts_on": starts, "ends_on": ends, "falls_on": falls}
    flags = {"peak": peak, "day_off": off, "working": working, "provisional": provisional}
    return table("calendar", **columns, **flags, growth=growth)


def _peak_rows() -> list[tuple]:
    rows = []
    for year in range(2023, 2027):
        for peak in PEAKS:
            starts, falls, ends = (np.datetime64(f"{year}-{day}") for day in (peak.starts, peak.falls, peak.ends))
            growth = 0.05 if falls > LAST else np.nan
            rows.append((peak.name, peak.name_en, starts, ends, falls, True, False, False, growth))
    ahead = (("春节旺季", "Spring Festival season", day - 30, day - 3, day) for day in SPRING)
    return rows + [(*row, True, False, False, np.nan) for row in ahead]


def _holiday_rows() -> list[tuple]:
    """Days off and the weekends worked for them; 2027 has no make-up days yet."""
    import holidays  # slow to import, and only this table needs it

    zh, en = (holidays.country_holidays("CN", years=range(2023, 2028), language=name) for name in ("zh_CN", "en_US"))
    rows = []
    for day in sorted(zh):
        date = np.datetime64(day)
        near = [spring for spring in SPRING if "春节" in zh[day] and abs((spring - date).astype(int)) < 15]
        moved = zh[day].startswith("休息日")
        name, name_en = ("调休放假", "Day off in lieu") if moved else (zh[day], en[day])
        rows.append((name, name_en, date, date, near[0] if near else NEVER, False, True, False, np.nan))
    worked = sorted(day for day in zh.weekend_workdays if 2023 <= day.year <= 2026)
    make_up = ("调休上班", "Make-up working day")
    return rows + [
        (*make_up, np.datetime64(day), np.datetime64(day), NEVER, False, False, True, np.nan) for day in worked
    ]
