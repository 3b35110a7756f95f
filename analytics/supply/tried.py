"""What a reader tries when goods are planned: another day of the peak, more growth, another service or lead time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from analytics.answer import Scope
from analytics.supply.peak import Peak
from analytics.supply.plan import SERVICE
from data.text import Text

SHIFTS = (-56, -42, -28, -14, -7, 7, 14, 28)  # days by which a peak is moved
AHEAD = (14, 28, 42, 56)  # days from today: a peak that is near, and those where the calendar has none
GROWTHS = ("-30", "-20", "-10", "0", "10", "20", "30", "50")  # % beyond season and level
SERVICES = ("80", "90", "98", "99", "m")  # % beside the usual one; m: by margin
LEADS = ("7", "14", "21", "28", "35", "42", "56")  # days from order to delivery
DAY, MOVED = Text("{day}", "{day}"), Text("{day}（{by}）", "{day} ({by})")
EARLIER, LATER = Text("早 {n} 天", "{n} days earlier"), Text("晚 {n} 天", "{n} days later")
BY_CALENDAR, NO_PEAK = Text("{name}，{day}", "{name}, {day}"), Text("半年内没有旺季", "No peak within half a year")
PERCENT, DAYS = Text("{n}%", "{n}%"), Text("{n} 天", "{n} days")
BY_MARGIN = Text("按毛利算", "By margin")
PER_PRODUCT = Text("按产品档案", "As the products say")


def starts(scope: Scope, found: Sequence[Peak]) -> dict[str, Text]:
    """First days that the next peak can be tried on, by ISO day; "" is the calendar's own, of which `found` are."""
    if not found:
        days = [scope.as_of + timedelta(days=n) for n in AHEAD]
        return {"": NO_PEAK} | {day.isoformat(): DAY.fill(day=day.isoformat()) for day in days}
    peak = found[0]
    usual = BY_CALENDAR.fill(name=Text(peak.name, peak.name_en), day=peak.starts_on.isoformat())
    days = {scope.as_of + timedelta(days=n) for n in AHEAD} | {peak.starts_on + timedelta(days=n) for n in SHIFTS}
    moved = {day: (day - peak.starts_on).days for day in sorted(days) if day > scope.as_of and day != peak.starts_on}
    return {"": usual} | {
        day.isoformat(): MOVED.fill(day=day.isoformat(), by=(LATER if n > 0 else EARLIER).fill(n=abs(n)))
        for day, n in moved.items()
    }


def growths(found: Sequence[Peak]) -> dict[str, Text]:
    """Growth of the peak beyond season and level, in whole percent; "" is the calendar's."""
    told = round(100 * (found[0].growth or 0.0)) if found else 0
    return {"": PERCENT.fill(n=told)} | {n: PERCENT.fill(n=n) for n in GROWTHS if n != str(told)}


def services() -> dict[str, Text]:
    """Probabilities to be served without a gap; "" is the usual one."""
    usual = {"": PERCENT.fill(n=round(100 * SERVICE))}
    return usual | {n: BY_MARGIN if n == "m" else PERCENT.fill(n=n) for n in SERVICES}


def leads() -> dict[str, Text]:
    """Days from order to delivery of every product; "" is what the product master says."""
    return {"": PER_PRODUCT} | {n: DAYS.fill(n=n) for n in LEADS}


def tried(scope: Scope, start: str, growth: str, service: str, lead: str) -> Scope:
    """The scope with the reader's plan: ISO day, whole percent twice (or m), days; "" leaves what the data says."""
    plan = replace(
        scope.plan,
        starts=date.fromisoformat(start) if start else None,
        growth=int(growth) / 100 if growth else None,
        service=int(service) / 100 if service and service != "m" else None,
        by_margin=service == "m",
        lead_days=int(lead) if lead else None,
    )
    return replace(scope, plan=plan)
