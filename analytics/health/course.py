"""What a month without figures means: late, a gap, stopped reporting, stopped selling, or not yet begun."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.answer import months_back
from data.text import Text

MONTHS = 12  # shown: a year, so that every season is there once
SENT = ("sell_out", "stock")  # what accounts report themselves; the other datasets are our own books
SHORT = {
    "sell_out": Text("终端销售", "Sell-out"),
    "sell_in": Text("进货", "Sell-in"),
    "stock": Text("库存", "Stock"),
    "orders": Text("订单", "Orders"),
    "payments": Text("兑付", "Payments"),
}  # beside each other their titles would not fit
SOLD = ("sell_out",)  # where an account that is silent may still be alive, as its other files tell


@dataclass(frozen=True, slots=True)
class State:
    """What a month is: its sign in a cell or a file, its name, and whether somebody is to be called about it."""

    sign: str
    name: Text
    calls: bool = False


REPORTED = State("✓", Text("已报", "Reported"))
NOTHING = State("0", Text("没有销售", "Nothing sold"), calls=True)
GAP = State("–", Text("中间缺报", "Gap"))
LATE = State("?", Text("迟报", "Late"), calls=True)
SILENT = State("○", Text("停止销售", "Not selling"), calls=True)
STOPPED = State("×", Text("停止报数", "Not reporting"), calls=True)
OPEN = State("…", Text("未满月", "Month still open"))
NOT_YET = State("·", Text("尚未开始", "Not yet begun"))
STATES = {s.sign: s for s in (REPORTED, NOTHING, GAP, LATE, SILENT, STOPPED, OPEN, NOT_YET)}


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of one account in one dataset: first and last month with rows, how many there are, and of the
    months shown those with rows, each with whether any figure in it is not zero."""

    first: date
    last: date
    months: int
    named: Mapping[date, bool]

    @property
    def rhythm(self) -> int:
        """The usual number of months from one report to the next, at least one: the mean over all there were."""
        return max(1, round(_between(self.first, self.last) / (self.months - 1))) if self.months > 1 else 1


@dataclass(frozen=True, slots=True)
class Around:
    """What else a month is judged by: the dataset, the last month shown and whether it is still open, the months in
    which anybody is in its files, and those in which the account is in other files that it sends."""

    dataset: str
    until: date
    open: bool
    came: frozenset[date]
    elsewhere: frozenset[date] = frozenset()

    @property
    def closed(self) -> date:
        """The last month that has ended."""
        return months_back(self.until, 1) if self.open else self.until

    @property
    def months(self) -> list[date]:
        """The months shown, oldest first."""
        return [months_back(self.until, n) for n in range(MONTHS - 1, -1, -1)]


def course(past: Past, around: Around) -> list[State]:
    """The state of each month shown, oldest first."""
    return [_state(month, past, around) for month in around.months]


def _state(month: date, past: Past, around: Around) -> State:
    if month in past.named:
        return REPORTED if past.named[month] else NOTHING
    if month < past.first:
        return NOT_YET
    if month > around.closed:
        return OPEN
    if around.dataset not in SENT:  # no order is a fact; a month without anybody is a file that did not come
        return NOTHING if month in around.came else GAP if month < max(around.came, default=month) else LATE
    return GAP if month < past.last else _trailing(past, around)


def _trailing(past: Past, around: Around) -> State:
    """Months after the last report: one state for all of them, as they are one silence."""
    if _between(past.last, around.closed) <= past.rhythm:
        return LATE
    alive = around.dataset in SOLD and any(month > past.last for month in around.elsewhere)
    return SILENT if alive else STOPPED


def missing(states: Sequence[State]) -> int:
    """Months at the end, open ones apart, that have no sales or no report."""
    closed = [s for s in states if s is not OPEN]
    return next((n for n, s in enumerate(reversed(closed)) if s in (REPORTED, NOT_YET)), len(closed))


def _between(since: date, until: date) -> int:
    """Months from one month to another."""
    return (until.year - since.year) * 12 + until.month - since.month
