"""Judging a column: the distinct cells that are not plainly values go through a parser once each, or are asked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import duckdb
import pyarrow as pa

from data.contract import Field, Kind
from data.ingest import cells, datenotes, dates, habits, numbers, repairs, ticked
from data.ingest.cells import Ambiguous, Hints, Parser, Problem
from data.ingest.plan import Plan, is_code
from data.ingest.shapes import BATCH_ROWS, Option, Question, WrongAnswer
from data.text import Text

REPEATS = 2  # times a cell comes on average in the first rows; from there on finding the distinct ones pays
FIRST_ROWS = 50_000
NUMBERS = (Kind.QUANTITY, Kind.MONEY, Kind.COUNT, Kind.RATE)
DATES = (Kind.DATE, Kind.MONTH)
VERDICT = pa.schema([("raw", pa.string()), ("value", pa.string()), ("reason", pa.string())])
POINT_DECIMAL = r"-?([0-9]+\.([0-9]{1,2}|[0-9]{4,})|(0|[0-9]{4,})\.[0-9]+)"  # 1.5 but not 1.234, which could be 1234
OPEN = r"-?[1-9][0-9]{0,2},[0-9]{3}"  # 1,234 is 1234 or 1.234
CLEAR = r"-?[1-9][0-9]{0,2}((,[0-9]{3}){2,3}(\.[0-9]+)?|,[0-9]{3}\.[0-9]+)"  # 1,234,567 and 1,234.50 are not
MARKED = r"(?i).*[0-9０-９]\s*(万|亿)\s*(元|rmb|cny)?\s*[)）-]?\s*"  # 1.2万, (3 亿元)
BARE = r"\s*[-+(（]?[0-9０-９.,，]*[0-9０-９][0-9０-９.,，]*[-)）]?\s*"  # 300, 1,234.50; 300元 says its unit
SCALE = re.compile(r"(千|百万|万|亿)(?:元|件|台|个|只|箱)|[(（\[【](千|百万|万|亿)[)）\]】]")
SCALES = {"千": 1_000, "万": 10_000, "百万": 1_000_000, "亿": 100_000_000}
STATED = re.compile(r"单位\s*[:：]?\s*(?:人民币)?\s*(千|百万|万|亿)元")

ASK_COMMA = Text("“{field}”里的“{example}”是多少？", "How much is “{example}” in “{field}”?")
COMMAS = {
    numbers.THOUSANDS: Text("逗号是千位分隔符", "The comma separates thousands"),
    numbers.DECIMAL: Text("逗号是小数点", "The comma is the decimal mark"),
}
ASK_DATES = Text("“{field}”里的“{example}”按什么顺序书写？", "In which order is “{example}” in “{field}” written?")
ORDERS = {
    "ymd": Text("年-月-日", "Year, month, day"),
    "mdy": Text("月-日-年", "Month, day, year"),
    "dmy": Text("日-月-年", "Day, month, year"),
}
ASK_MIXED = Text(
    "“{field}”里有的写“{example}”，有的没有单位。没有单位的是什么？",
    "In “{field}” some cells say “{example}” and others no unit. What are those in?",
)
MIXED = {
    "yuan": Text("元（件）", "Ones: yuan or pieces"),
    "wan": Text("万", "Ten thousands (万)"),
    "yi": Text("亿", "Hundred millions (亿)"),
}
ASK_UNIT = Text(
    "表头上方写着“{said}”，金额要按这个单位换算吗？", "Above the header it says “{said}”. Are the amounts in that unit?"
)
UNITS = {
    "as_stated": Text("是，换算成元", "Yes, convert them to yuan"),
    "yuan": Text("不，金额已经是元", "No, they are in yuan already"),
}
SCALED = Text("“{header}”的数已乘以 {scale:,}。", "The numbers of “{header}” were multiplied by {scale:,}.")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The plan with its verdicts, or the questions that keep it from being made; notes either way."""

    plan: Plan
    questions: tuple[Question, ...]
    notes: tuple[Text, ...]


def judge(con: duckdb.DuckDBPyConnection, plan: Plan, answers: Mapping[str, str]) -> Judgement:
    """Look at every mapped column once, and at the distinct odd cells of those that have any."""
    questions: list[Question] = []
    plan, notes = _scaled(plan, answers, questions)
    for field, has_plain in _odd_fields(con, plan, answers):
        plan, told, asked = _column(con, plan, field, has_plain, answers)
        notes += told
        questions += asked
    return Judgement(plan, tuple(questions), tuple(notes))


def _scaled(plan: Plan, answers: Mapping[str, str], questions: list[Question]) -> tuple[Plan, list[Text]]:
    """What headers and the lines above them say of units: 金额(万元) is clear, 单位：万元 above the table is asked."""
    staged = plan.source.staged
    assert staged
    said = next((m for m in map(STATED.search, staged.above) if m), None)
    stated = 1
    if said and "unit" not in answers:
        options = tuple(Option(value, label) for value, label in UNITS.items())
        questions.append(Question("unit", ASK_UNIT.fill(said=said[0]), options))
    elif said and answers["unit"] == "as_stated":
        stated = SCALES[said[1]]
    scales, notes = {}, []
    for f in (f for f in plan.mapped if f.kind in (Kind.MONEY, Kind.QUANTITY)):
        header = staged.headers[plan.columns[f.name]]
        found = SCALE.search(header)
        scale = SCALES[found[1] or found[2]] if found else stated if f.kind is Kind.MONEY else 1
        if scale != 1:
            scales[f.name] = scale
            notes.append(SCALED.fill(header=header, scale=scale))
    return replace(plan, scales=scales), notes


def _odd_fields(con: duckdb.DuckDBPyConnection, plan: Plan, answers: Mapping[str, str]) -> list[tuple[Field, bool]]:
    """The fields with cells that are not plainly values, or with a unit told, and whether they have plain ones too.

    Where cells repeat, as the first rows tell, it is cheaper to find the distinct ones first, by a fifth to a
    twentieth; the others are looked at all in one pass.
    """
    fields = plan.mapped
    kinds = ", ".join(f"count(DISTINCT c{plan.columns[f.name]})" for f in fields)
    first = f"(SELECT * FROM {plan.staged()} LIMIT {FIRST_ROWS})"
    [(rows, *counts)] = con.execute(f"SELECT count(*), {kinds} FROM {first}").fetchall()
    repeating = [f for f, count in zip(fields, counts, strict=True) if count * REPEATS <= rows]
    seen = {f.name: _looks(con, plan, [f], f"(SELECT DISTINCT c{plan.columns[f.name]} FROM {plan.staged()})")
            for f in repeating}  # fmt: skip
    rest = [f for f in fields if f.name not in seen]
    looks = [look for f in repeating for look in seen[f.name]] + (
        _looks(con, plan, rest, plan.staged()) if rest else []
    )
    has = {f.name: look for f, look in zip([*repeating, *rest], looks, strict=True)}
    return [(f, has[f.name][1]) for f in fields if has[f.name][0] or f"unit:{f.name}" in answers]


def _looks(con: duckdb.DuckDBPyConnection, plan: Plan, fields: list[Field], cells: str) -> list[tuple[bool, bool]]:
    """(any cell that is not plain, any that is) of each field."""
    looks = (f"bool_or(NOT {plan.is_plain(f)}), bool_or({plan.is_plain(f)})" for f in fields)
    [row] = con.execute(f"SELECT {', '.join(looks)} FROM {cells}").fetchall()
    return [(bool(odd), bool(plain)) for odd, plain in zip(row[::2], row[1::2], strict=True)]


def _column(
    con: duckdb.DuckDBPyConnection, plan: Plan, field: Field, has_plain: bool, answers: Mapping[str, str]
) -> tuple[Plan, list[Text], list[Question]]:
    """(plan with this column's verdicts, notes, questions)."""
    key = f"{'dates' if field.kind in DATES else 'comma'}:{field.name}"
    plan, unit, asked = _unit(con, plan, field, answers)
    if asked:
        return plan, [], [_question(plan, field, asked)]
    hints = Hints(answers.get(key), not has_plain, False, plan.scales.get(field.name, 1), is_code(plan.dataset, field))
    hints = replace(hints, own=bool(unit))
    plan, odd, parse = _reader(con, plan, field, hints)
    if isinstance(parse, Ambiguous):
        return plan, [], [_question(plan, field, parse)]
    said = repairs.told(field, answers)
    header = _header(plan, field)
    spelled = ticked.note(field, header) or habits.note(header, field.kind, odd, parse)
    notes = [*spelled, *datenotes.notes(header, field, odd, parse, has_plain)]
    notes += said.notes(field, header, odd, parse)
    grain = datenotes.grain(odd) if field.name == plan.dataset.dated else plan.grain
    verdicts = {**plan.verdicts, field.name: _verdicts(odd, said.on(parse))}
    return replace(plan, verdicts=verdicts, grain=grain), notes, []


def _header(plan: Plan, field: Field) -> str:
    """What the column that feeds a field is called."""
    assert plan.source.staged
    return plan.source.staged.headers[plan.columns[field.name]]


def _reader(
    con: duckdb.DuckDBPyConnection, plan: Plan, field: Field, hints: Hints
) -> tuple[Plan, "Cells", Parser | Ambiguous]:
    """(plan with what the comma is, odd cells, who reads them or the question)."""
    if field.kind in NUMBERS and not field.choices:
        return _numbers(con, plan, field, hints)
    odd = _odd(con, plan, field)
    if tick := ticked.word(field, _header(plan, field)):
        return plan, odd, ticked.parser(field, tick)
    return plan, odd, _parser(field, odd, _spanned(con, plan, field, odd, hints))


def _unit(
    con: duckdb.DuckDBPyConnection, plan: Plan, field: Field, answers: Mapping[str, str]
) -> tuple[Plan, str, Ambiguous | None]:
    """(plan with the scale of bare numbers, the answer that says it, or the question what 300 is beside 1.2万)."""
    key, cell = f"unit:{field.name}", f"c{plan.columns[field.name]}"
    if field.kind not in (Kind.QUANTITY, Kind.MONEY) or field.name in plan.scales:
        return plan, "", None
    if answer := answers.get(key, ""):
        if answer not in numbers.BARE:
            raise WrongAnswer(f"{key} is answered {answer!r}; it takes one of {sorted(numbers.BARE)}")
        scales = {**plan.scales, field.name: numbers.BARE[answer]} if numbers.BARE[answer] != 1 else plan.scales
        return replace(plan, scales=scales), answer, None
    looks = (f"any_value({cell}) FILTER (WHERE regexp_full_match({cell}, '{look}'))" for look in (MARKED, BARE))
    [(marked, bare)] = con.execute(f"SELECT {', '.join(looks)} FROM {plan.staged()}").fetchall()
    return plan, "", Ambiguous(key, tuple(numbers.BARE), marked) if marked and bare else None


def _numbers(
    con: duckdb.DuckDBPyConnection, plan: Plan, field: Field, hints: Hints
) -> tuple[Plan, "Cells", Parser | Ambiguous]:
    """A column of numbers: what the comma is, then who reads the cells. (plan, odd cells, parser or question).

    Cells like 1,234.50 may be as many as the rows, so DuckDB reads them; a few of them stand for all as evidence.
    """
    grouped = replace(plan, commas=plan.commas | ({field.name} if field.kind is not Kind.COUNT else set()))
    odd = _odd(con, grouped, field)
    samples, points = _samples(con, plan, field)
    mark = numbers.comma(field, [*samples, *odd], replace(hints, points=points))
    if isinstance(mark, Ambiguous):
        return plan, odd, mark
    if mark == numbers.DECIMAL:  # then 1.234 is 1234, and no cell with a comma or point is plain any more
        grouped = replace(plan, points=plan.points | {field.name})
        odd = _odd(con, grouped, field)
    return grouped, odd, numbers.parser(field, mark, hints)


def _samples(con: duckdb.DuckDBPyConnection, plan: Plan, field: Field) -> tuple[list[str], bool]:
    """(cells with grouped digits: one of each kind of evidence, whether plain cells have a decimal point)."""
    cell = f"c{plan.columns[field.name]}"
    kinds = (f"any_value({cell}) FILTER (WHERE regexp_full_match({cell}, '{kind}'))" for kind in (OPEN, CLEAR))
    points = f"bool_or(regexp_full_match({cell}, '{POINT_DECIMAL}'))"
    [(*samples, seen)] = con.execute(f"SELECT {', '.join(kinds)}, {points} FROM {plan.staged()}").fetchall()
    return [sample for sample in samples if sample], bool(seen)


def _spanned(con: duckdb.DuckDBPyConnection, plan: Plan, field: Field, odd: "Cells", hints: Hints) -> Hints:
    """The hints with the days of a column, where numbers stand among them."""
    if hints.alone or field.kind not in DATES or not any(map(dates.is_serial, odd)):
        return hints
    day = f"TRY_CAST(c{plan.columns[field.name]} AS DATE)"
    [span] = con.execute(
        f"SELECT min({day}), max({day}), count(DISTINCT {day}) FROM {plan.staged()} WHERE {plan.is_plain(field)}"
    ).fetchall()
    return replace(hints, span=span)


def _parser(field: Field, odd: "Cells", hints: Hints) -> Parser | Ambiguous:
    if field.choices:
        return cells.choice(field)
    if field.kind in DATES:
        return dates.parser(field, odd, hints)
    if field.kind is Kind.FLAG:
        return cells.flag
    return cells.code if hints.code else cells.text


class Cells:
    """Distinct cells kept as Arrow and handed out as strings, as often as asked: a list would weigh five times more."""

    def __init__(self, column: pa.ChunkedArray):
        self._column = column

    def __iter__(self) -> Iterator[str]:
        for batch in self.batches():
            yield from batch

    def batches(self) -> Iterator[list[str]]:
        """The same, BATCH_ROWS at a time."""
        for at in range(0, len(self._column), BATCH_ROWS):
            yield self._column.slice(at, BATCH_ROWS).to_pylist()


def _odd(con: duckdb.DuckDBPyConnection, plan: Plan, field: Field) -> Cells:
    cell = f"c{plan.columns[field.name]}"
    found = con.sql(
        f"SELECT DISTINCT {cell} FROM {plan.staged()} WHERE {cell} IS NOT NULL AND NOT {plan.is_plain(field)}"
    )
    return Cells(found.to_arrow_table().column(0))


def _verdicts(odd: Cells, parse: Parser) -> pa.Table:
    def batch(raws: list[str]) -> pa.RecordBatch:
        found = [parse(raw) for raw in raws]
        values = [None if isinstance(one, Problem) else one for one in found]
        reasons = [one.key if isinstance(one, Problem) else None for one in found]
        return pa.record_batch([pa.array(column, pa.string()) for column in (raws, values, reasons)], schema=VERDICT)

    return pa.Table.from_batches((batch(raws) for raws in odd.batches()), VERDICT)


def _question(plan: Plan, field: Field, open_: Ambiguous) -> Question:
    ask, labels = {"comma": (ASK_COMMA, COMMAS), "unit": (ASK_MIXED, MIXED)}.get(
        open_.key.partition(":")[0], (ASK_DATES, ORDERS)
    )
    ask = ask.fill(field=_header(plan, field), example=open_.example)
    return Question(open_.key, ask, tuple(Option(choice, labels[choice]) for choice in open_.choices))
