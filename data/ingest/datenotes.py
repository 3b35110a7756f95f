"""What an analyst should know of a column of dates: which of them say no day, and which were numbers."""

from collections.abc import Iterable

from data import spans
from data.contract import Field, Kind
from data.ingest import cells, dates
from data.ingest.cells import Parser
from data.text import Text

MONTHS_ONLY = Text(
    "“{header}”有只写到月份的日期，按当月 1 日读取。",
    "“{header}” holds dates without a day; they were read as the first of the month.",
)
SPELLED = 3  # numbers in a note
SERIALS = Text(
    "“{header}”的日期里混有 {count} 种数字，按 Excel 的日期序号读取：{examples}。",
    "“{header}” holds {count} numbers among its dates; they were read as the days that Excel counts: {examples}.",
)
WEEKS_ONLY = Text(
    "“{header}”里是周，按该周的星期一读取。",
    "“{header}” holds weeks; they were read as the Monday of the week.",
)


def notes(header: str, field: Field, odd: Iterable[str], parse: Parser, has_plain: bool) -> list[Text]:
    """What became of dates that are months or weeks, or numbers among days; nothing of other columns."""
    if field.kind not in (Kind.DATE, Kind.MONTH):
        return []
    return [*_of_months(header, field, odd), *_of_serials(header, odd, parse, has_plain)]


def _of_months(header: str, field: Field, odd: Iterable[str]) -> list[Text]:
    """What became of dates that are months or weeks."""
    bare = [cells.half_width(cell) for cell in odd] if field.kind is Kind.DATE else []
    grains = ((MONTHS_ONLY, dates.ONLY_MONTH), (WEEKS_ONLY, dates.WEEK))
    return [text.fill(header=header) for text, shape in grains if any(map(shape.fullmatch, bare))]


def _of_serials(header: str, odd: Iterable[str], parse: Parser, has_plain: bool) -> list[Text]:
    """That numbers among days were read as such."""
    numbers = dict.fromkeys(cell for cell in odd if dates.is_serial(cell))
    serials = [f"{cell} → {day}" for cell in numbers if isinstance(day := parse(cell), str)]
    if not serials or not (has_plain or any(isinstance(parse(cell), str) for cell in odd if cell not in numbers)):
        return []
    dots = " …" if len(serials) > SPELLED else ""
    return [SERIALS.fill(header=header, count=len(serials), examples=", ".join(sorted(serials)[:SPELLED]) + dots)]


def grain(odd: Iterable[str]) -> str:
    """What the coarsest dates of a column stand for: a month, a week, or ("") a day each."""
    bare = [cells.half_width(cell) for cell in odd]
    shapes = ((spans.MONTH, dates.ONLY_MONTH), (spans.WEEK, dates.WEEK))
    return next((grain for grain, shape in shapes if any(map(shape.fullmatch, bare))), "")
