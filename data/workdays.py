"""The calendar of a year: sales peaks, days off and make-up working days, one's own where given, else the known ones.

Statutory days come from the package `holidays`. China announces the make-up working days of a year in the autumn before
it; while they are not known the year is provisional. Rows of the dataset `calendar` replace the known peaks of their
year where they hold a peak, and the known days where they hold a day off or a make-up day.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from data.store import Store
from data.text import Text

Kind = Literal["peak", "off", "work"]
KINDS: dict[Kind, Text] = {
    "peak": Text("旺季", "Peak"),
    "off": Text("放假", "Day off"),
    "work": Text("调休上班", "Make-up day"),
}
PEAKS = (  # name, month and day it starts, falls and ends on: as retailers run them
    (Text("五一", "Labour Day"), (4, 24), (5, 1), (5, 5)),
    (Text("618", "618"), (6, 1), (6, 18), (6, 20)),
    (Text("国庆", "National Day"), (9, 24), (10, 1), (10, 8)),
    (Text("双十一", "Double 11"), (11, 1), (11, 11), (11, 12)),
)
SPRING = Text("春节旺季", "Spring Festival season")
SPRING_DAYS = (30, 3)  # days before the day from which, and to which, people buy
MAKE_UP, NEW_YEAR = Text("调休上班", "Make-up working day"), "春节"
MOVED = ("休息日", "调休")  # how the name of a day off in lieu begins, in `holidays` and in uploaded calendars
SATURDAY = 5
ONE_DAY = timedelta(days=1)
OWN = """SELECT name, name_en, starts_on, ends_on, falls_on, peak, day_off, working, provisional FROM calendar
WHERE starts_on BETWEEN $since AND $until ORDER BY starts_on, name"""


@dataclass(frozen=True, slots=True)
class Span:
    """One peak, holiday or make-up day; `own`: it was uploaded or typed in."""

    kind: Kind
    name: Text
    starts_on: date
    ends_on: date
    falls_on: date | None
    provisional: bool
    own: bool

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


def known(year: int) -> list[Span]:
    """The usual peaks, and the statutory days of the People's Republic; provisional without announced make-up days."""
    import holidays  # slow to import, and only the calendar needs it

    zh, en = (holidays.country_holidays("CN", years=year, language=name) for name in ("zh_CN", "en_US"))
    worked = sorted(day for day in zh.weekend_workdays if day.year == year)
    off = [(day, Text(zh[day], en[day])) for day in sorted(zh) if day.year == year]
    days = [Span("off", name, day, day, None, not worked, False) for day, name in off]
    days += [Span("work", MAKE_UP, day, day, None, False, False) for day in worked]
    spring = next((day for day, name in off if NEW_YEAR in name.zh and not name.zh.startswith(MOVED)), None)
    return sorted([*_peaks(year, spring), *days], key=lambda s: (s.starts_on, s.kind))


def _peaks(year: int, spring: date | None) -> list[Span]:
    usual = [
        Span("peak", name, date(year, *since), date(year, *until), date(year, *day), False, False)
        for name, since, day, until in PEAKS
    ]
    if spring is None:
        return usual
    first, last = (spring - timedelta(days=n) for n in SPRING_DAYS)
    return [Span("peak", SPRING, first, last, spring, False, False), *usual]


def joined(days: list[Span]) -> list[Span]:
    """Days off as they are announced: with the weekend days between and beside them as one span, by the name that most
    of its statutory days have; and make-up days."""
    worked = {s.starts_on for s in days if s.kind == "work"}
    runs: list[list[Span]] = []
    for day in (s for s in days if s.kind == "off"):
        last = runs[-1][-1] if runs else None
        if last and _free(last.ends_on, day.starts_on, worked) and last.own == day.own:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [*(_holiday(run, worked) for run in runs), *(s for s in days if s.kind == "work")]


def _holiday(run: list[Span], worked: set[date]) -> Span:
    """One span of days off that follow each other; of names equally frequent the first."""
    named = [s.name for s in run if not s.name.zh.startswith(MOVED)] or [run[0].name]
    first, last = run[0].starts_on, max(s.ends_on for s in run)
    while _weekend(first - ONE_DAY, worked):
        first -= ONE_DAY
    while _weekend(last + ONE_DAY, worked):
        last += ONE_DAY
    return replace(run[0], name=max(named, key=named.count), starts_on=first, ends_on=last)


def _free(since: date, until: date, worked: set[date]) -> bool:
    """Whether all days between two are weekend days that are not worked."""
    return all(_weekend(since + ONE_DAY * n, worked) for n in range(1, (until - since).days))


def _weekend(day: date, worked: set[date]) -> bool:
    return day.weekday() >= SATURDAY and day not in worked


def own(store: Store, year: int) -> list[Span]:
    """What was uploaded or typed in for a year."""
    spans: list[Span] = []
    found = store.execute(OWN, since=date(year, 1, 1), until=date(year, 12, 31))
    for name, name_en, since, until, day, peak, off, work, provisional in found:
        title = Text(name, name_en or name)
        flags: dict[Kind, object] = {"peak": peak, "off": off, "work": work}
        for kind, there in flags.items():
            if there:
                spans.append(Span(kind, title, since, until, day, bool(provisional), True))
    return spans


def calendar(store: Store, year: int) -> list[Span]:
    """One's own peaks and days where the year has any, else the known ones; by day."""
    mine = own(store, year)
    peaks, days = any(s.kind == "peak" for s in mine), any(s.kind != "peak" for s in mine)
    rest = [s for s in known(year) if not (peaks if s.kind == "peak" else days)]
    there = sorted([*mine, *rest], key=lambda s: (s.starts_on, s.kind, s.name.zh))
    whole = [s for s in there if s.kind == "peak"] + joined([s for s in there if s.kind != "peak"])
    return sorted(whole, key=lambda s: (s.starts_on, s.kind, s.name.zh))


def festivals(store: Store, since: date, until: date) -> list[date]:
    """The days of Spring Festival between two days, as one's own calendar says, else the known one."""
    days = []
    for year in range(since.year, until.year + 1):
        mine = [s.falls_on for s in own(store, year) if NEW_YEAR in s.name.zh and s.falls_on]
        days += mine[:1] or [s.falls_on for s in known(year) if s.name == SPRING and s.falls_on]
    return [day for day in days if since <= day <= until]


def is_provisional(spans: list[Span]) -> bool:
    """Whether any day may still change."""
    return any(s.provisional for s in spans)


def working_days(spans: list[Span], year: int, month: int) -> int:
    """Weekdays that are not off, and weekend days that are worked."""
    first, following = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    days = [first + timedelta(days=n) for n in range((following - first).days)]
    off, work = ([s for s in spans if s.kind == kind] for kind in ("off", "work"))
    return sum(
        any(day in s for s in work) or (day.weekday() < SATURDAY and not any(day in s for s in off)) for day in days
    )
