"""Dates and months from what people and systems write; the order of day and month is decided by the column or asked."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from data.contract import Field, Kind
from data.ingest.cells import Ambiguous, Hints, Parser, Problem, Value, half_width
from data.ingest.shapes import WrongAnswer

EARLIEST, LATEST = 1990, 2099  # years of business that an export can hold; beyond them it is a filler or a slip
SERIAL_ZERO = date(1899, 12, 30)  # what Excel counts days from, its 29 February 1900 included
SHANGHAI = timedelta(hours=8)  # the business day of a time with a zone
YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
SHORT = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{2})")
ONLY_MONTH = re.compile(r"(\d{4})(?:[-/](\d{1,2})|\.(\d{2})|年(\d{1,2})月?|(\d{2}))")
WEEK = re.compile(r"(\d{4})(?:-?W(\d{1,2})|年第?(\d{1,2})周)")  # ISO 8601: a week begins on Monday
SERIAL = re.compile(r"[2-7]\d{4}")  # 1954 to 2119
REACH = timedelta(days=31)  # before the first and after the last day of a column: the month beside it
MOSTLY = 0.8  # of the different cells of a column of such numbers
TIME = re.compile(
    r"(?:T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?|上午|下午)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
PARTS = {"ymd": (0, 1, 2), "dmy": (2, 1, 0), "mdy": (2, 0, 1)}  # where year, month and day stand


def parser(field: Field, cells: Iterable[str], hints: Hints) -> Parser | Ambiguous:
    """The parser of a date column, or the question which of its numbers is the day."""
    bare = {_without_time(half_width(cell)) for cell in cells}  # a set: two million times of day are a few hundred days
    filled = sorted(bare - {""})
    if hints.answer and hints.answer not in PARTS:
        raise WrongAnswer(f"dates:{field.name} is answered {hints.answer!r}; it takes one of {sorted(PARTS)}")
    long = [cell for cell in filled if not SHORT.fullmatch(cell)]
    mixed = len(long) < len(filled) and any(map(YEAR_LAST.fullmatch, long))
    order = hints.answer or evidence(long if mixed else filled)
    if isinstance(order, tuple):
        example = next(cell for cell in filled if YEAR_LAST.fullmatch(cell) or SHORT.fullmatch(cell))
        return Ambiguous(f"dates:{field.name}", order, example)
    parse = partial(_day, kind=field.kind, order=order, short="" if mixed else order)
    window = _window(filled, parse, hints)
    return partial(_either, parse=parse, kind=field.kind, window=window) if window else parse


def _window(filled: Sequence[str], parse: Parser, hints: Hints) -> tuple[date, date] | None:
    """The first and the last day that a number may stand for in this column; None where numbers are no days.

    Beside days a number counts when it falls among them and such numbers are no more than they; not where the order of
    day and month has to be told, as Excel may have read just these cells in the other one. A column of numbers is one
    of days when hardly anything else stands in it.
    """
    others = [cell for cell in filled if not SERIAL.fullmatch(cell)]
    serials = len(filled) - len(others)
    if not serials or any(YEAR_LAST.fullmatch(cell) or SHORT.fullmatch(cell) for cell in others):
        return None
    days = [date.fromisoformat(day) for cell in others if isinstance(day := parse(cell), str)]
    first, last, kinds = hints.span or (date.max, date.min, 0)
    if hints.alone and not days:
        return (date.min, date.max) if serials >= MOSTLY * len(filled) else None
    if serials > len(days) + kinds:
        return None
    return min(first, *days, date.max) - REACH, max(last, *days, date.min) + REACH


def is_serial(cell: str) -> bool:
    """Whether a cell may be a day as Excel counts it."""
    return SERIAL.fullmatch(_without_time(half_width(cell))) is not None


def evidence(cells: Sequence[str]) -> str | tuple[str, ...] | None:
    """The order of 03/04/2026 in this column, "" when cells contradict each other; a tuple of orders is to be asked.

    None when no cell needs an order. Two-digit years are always asked: 26-01-05 fits all three.
    """
    if any(SHORT.fullmatch(cell) for cell in cells):
        return tuple(PARTS)
    pairs = [(int(m[1]), int(m[3])) for m in map(YEAR_LAST.fullmatch, cells) if m]
    if not pairs:
        return None
    day_first, month_first = any(a > 12 for a, _ in pairs), any(b > 12 for _, b in pairs)
    if day_first and month_first:
        return ""
    if day_first or month_first:
        return "dmy" if day_first else "mdy"
    return ("dmy", "mdy")


def _day(cell: str, kind: Kind, order: str | None, short: str | None) -> Value:
    """One cell as an ISO day, for a MONTH its first day; `short` is the order of two-digit years."""
    bare = half_width(cell)
    if not bare:
        return None
    found = YEAR_FIRST.fullmatch(_without_time(bare))
    if found:
        year, month, day = (int(part) for part in found.groups() if part and part.isdigit())
        return _iso(year, month, day, kind, _zone_shift(bare))
    only = ONLY_MONTH.fullmatch(bare)
    if only:
        year, month = (int(part) for part in only.groups() if part)
        return _iso(year, month, 1, kind)
    week = WEEK.fullmatch(bare)
    if week and kind is Kind.DATE:
        return _monday(int(week[1]), int(week[2] or week[3]), kind)
    return _ordered(_without_time(bare), kind, order, short)


def _ordered(bare: str, kind: Kind, order: str | None, short: str | None) -> Value:
    """A day whose parts stand in the column's order; beside four-digit years 26-01-05 has none that is known."""
    found = YEAR_LAST.fullmatch(bare)
    if not found:
        found, order = SHORT.fullmatch(bare), short
    if not found:
        return Problem("month" if kind is Kind.MONTH else "date")
    if not order:
        return Problem("order")
    parts = [int(found[n]) for n in (1, 3, 4)]
    if len(found[4]) == 4 and order == "ymd":
        return Problem("order")
    year, month, day = (parts[at] for at in PARTS[order])
    return _iso(year + 2000 if len(found[4]) == 2 else year, month, day, kind)


def _iso(year: int, month: int, day: int, kind: Kind, shift: timedelta = timedelta()) -> Value:
    if not EARLIEST <= year <= LATEST:
        return Problem("range")
    try:
        when = (datetime(year, month, day) + shift).date()
    except ValueError:
        return Problem("impossible")
    return (when.replace(day=1) if kind is Kind.MONTH else when).isoformat()


def _monday(year: int, week: int, kind: Kind) -> Value:
    try:
        day = date.fromisocalendar(year, week, 1)
    except ValueError:
        return Problem("impossible")
    return _iso(day.year, day.month, day.day, kind)


def _either(cell: str, parse: Parser, kind: Kind, window: tuple[date, date]) -> Value:
    """A day as it is written or, within the window, as the number that a spreadsheet counts it by."""
    bare = _without_time(half_width(cell))
    if not SERIAL.fullmatch(bare):
        return parse(cell)
    when = SERIAL_ZERO + timedelta(days=int(bare))
    return _iso(when.year, when.month, when.day, kind) if window[0] <= when <= window[1] else parse(cell)


def _without_time(bare: str) -> str:
    return TIME.sub("", bare)


def _zone_shift(bare: str) -> timedelta:
    """From midnight of the written day to the moment it is in Shanghai; nothing without a zone."""
    time = TIME.search(bare)
    if not time or not time[4]:
        return timedelta()
    zone = time[4].replace(":", "")
    offset = (
        timedelta()
        if zone[0] not in "+-"
        else (-1 if zone[0] == "-" else 1) * timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5]))
    )
    return timedelta(hours=int(time[1]), minutes=int(time[2])) - offset + SHANGHAI
