"""Quantities, money, counts and rates from what people and systems write."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import partial

from data.contract import Field, Kind
from data.ingest.cells import Ambiguous, Hints, Parser, Problem, Value, half_width
from data.ingest.shapes import WrongAnswer

THOUSANDS, DECIMAL = "thousands", "decimal"  # what the comma of a column is; answers of the question comma:<field>
STEP = {
    Kind.QUANTITY: Decimal("0.001"),
    Kind.MONEY: Decimal("0.0001"),
    Kind.COUNT: Decimal(1),
    Kind.RATE: Decimal("1e-12"),
}
LIMIT = Decimal(10) ** 13  # far beyond any line of business, and rounding cannot leave DECIMAL(18,4)
UNITS = {"万": 10_000, "亿": 100_000_000}
BARE = {"yuan": 1, "wan": UNITS["万"], "yi": UNITS["亿"]}  # what one is in a cell without a sign, where others have one
MONEY_SIGN = r"(?:¥|\$|€|元|rmb|cny)"
CURRENCY = re.compile(
    rf"^([-+(]?)\s*{MONEY_SIGN}\s*|\s*{MONEY_SIGN}\s*([-)]?)$", re.IGNORECASE
)  # never inside: 12元5 is no number
SPACED = re.compile(r"^\d{1,3}( \d{3})+(?=[.,]|$)")  # 1 234 567,5
GROUPED = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d*)?")  # the comma can be a thousands separator
COMMA_DECIMAL = re.compile(r"(\d+|[1-9]\d{0,2}(\.\d{3})+)?,\d+")  # the comma can be a decimal mark
POINT_GROUPED = re.compile(r"[1-9]\d{0,2}(\.\d{3})+")
PLAIN = re.compile(r"\d+(\.\d*)?|\.\d+")
SCIENTIFIC = re.compile(r"(\d+)(?:\.(\d*))?[eE]([+-]?\d{1,3})")


def comma(field: Field, cells: Iterable[str], hints: Hints) -> str | Ambiguous:
    """What the comma is in a number column, or the question whether 1,234 is 1234 or 1.234."""
    key = f"comma:{field.name}"
    if hints.answer and hints.answer not in (THOUSANDS, DECIMAL):
        raise WrongAnswer(f"{key} is answered {hints.answer!r}; it takes {THOUSANDS!r} or {DECIMAL!r}")
    decided = hints.answer or evidence(cells, hints.points)
    return decided or Ambiguous(key, (THOUSANDS, DECIMAL), next(cell for cell in cells if "," in half_width(cell)))


def parser(field: Field, mark: str, hints: Hints) -> Parser:
    """The parser of a number column whose comma is `mark`."""
    return partial(number, kind=field.kind, mark=mark, scale=hints.scale, own=hints.own)


def evidence(cells: Iterable[str], points: bool) -> str | None:
    """What the comma is in this column; None when nothing decides or cells contradict each other."""
    seen: set[tuple[bool, bool]] = set()
    for cell in cells:
        digits = re.sub(r"[^\d.,]", "", half_width(cell))
        if "," in digits:
            seen.add((bool(GROUPED.fullmatch(digits)), bool(COMMA_DECIMAL.fullmatch(digits))))
        elif "." in digits and not POINT_GROUPED.fullmatch(digits):
            points = True
    sure = {THOUSANDS} if points or (True, False) in seen else set()
    if (False, True) in seen:
        sure.add(DECIMAL)
    if len(sure) == 1:
        return sure.pop()
    return None if sure or (True, True) in seen else THOUSANDS


def number(cell: str, kind: Kind, mark: str, scale: int = 1, own: bool = False) -> Value:
    """One cell as decimal text: signs, brackets, currency, 万 and 亿, percent for rates; rounded half up.

    With `own` a cell's own unit (万, 亿, 元 or ¥) stands in place of `scale`; without it both are a contradiction.
    """
    bare = half_width(cell)
    if not bare:
        return None
    unsigned = CURRENCY.sub(r"\1\2", bare)
    factor = Decimal(1 if own and unsigned != bare else scale)
    negative, bare = _sign(unsigned)
    if bare.endswith("%"):
        if kind is not Kind.RATE:
            return Problem("percent")
        bare, factor = bare[:-1].rstrip(), factor / 100
    if bare[-1:] in UNITS:
        if scale != 1 and not own:
            return Problem("unit")
        bare, factor = bare[:-1].rstrip(), Decimal(UNITS[bare[-1]])
    size = _magnitude(SPACED.sub(lambda m: m[0].replace(" ", ""), bare), mark)
    if isinstance(size, Problem):
        return size
    return _rounded(-size * factor if negative else size * factor, kind)


def _sign(bare: str) -> tuple[bool, str]:
    """(negative, the rest) of -5, 5-, (5) and +5; a second sign stays and makes the rest no number."""
    if bare.startswith("(") and bare.endswith(")"):
        return True, bare[1:-1].strip()
    if bare.startswith(("-", "+")):
        return bare[0] == "-", bare[1:].lstrip()
    return (True, bare[:-1].rstrip()) if bare.endswith("-") else (False, bare)


def _magnitude(bare: str, mark: str) -> Decimal | Problem:
    """Digits without a sign."""
    science = SCIENTIFIC.fullmatch(bare)
    if science:
        shown = len(science[2] or "")
        return Decimal(bare) if int(science[3]) <= shown else Problem("inexact")
    if mark == DECIMAL:
        if COMMA_DECIMAL.fullmatch(bare) or POINT_GROUPED.fullmatch(bare):
            return Decimal(bare.replace(".", "").replace(",", "."))
        if "." in bare:
            return Problem("comma" if PLAIN.fullmatch(bare) or GROUPED.fullmatch(bare) else "number")
    if GROUPED.fullmatch(bare) and mark == THOUSANDS:
        return Decimal(bare.replace(",", ""))
    if PLAIN.fullmatch(bare):
        return Decimal(bare)
    return Problem("comma" if COMMA_DECIMAL.fullmatch(bare) or GROUPED.fullmatch(bare) else "number")


def _rounded(value: Decimal, kind: Kind) -> Value:
    if abs(value) >= LIMIT:
        return Problem("huge")
    try:
        rounded = value.quantize(STEP[kind], ROUND_HALF_UP)
    except InvalidOperation:
        return Problem("huge")
    if kind is Kind.COUNT and rounded != value:
        return Problem("whole")
    return f"{rounded:f}"
