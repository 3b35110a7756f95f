"""The SQL over staged cells: what is plainly a value is cast, what is not comes from a table of verdicts.

Composed from contract words, column numbers and our own patterns only; what a file says travels as data.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from data.contract import Dataset, Field, Kind
from data.ingest.cells import YES
from data.ingest.dates import EARLIEST, LATEST
from data.ingest.layout import is_nameless
from data.ingest.read import Source
from data.ingest.shapes import Totals
from data.ingest.staging import literal

NUMBER = r"-?[0-9]{1,13}(\.[0-9]+)?"  # thirteen digits: rounding cannot leave DECIMAL(18,4)
INTEGER = r"-?[0-9]{1,13}"
GROUPED = r"-?([0-9]{1,13}|[1-9][0-9]{0,2}(,[0-9]{3}){1,3})(\.[0-9]+)?"  # where the comma separates thousands
ODD = r"\p{Z}\p{C}\x{80}-\x{FF}\x{FFFD}锟"  # spaces and invisible marks, and what garbled text is made of
PLAIN: dict[Kind, str] = {
    Kind.TEXT: rf"[^{ODD}=][^{ODD}]*( +[^{ODD}]+)*",  # no outer space, no ="..."
    Kind.DATE: r"[12][0-9]{3}(-[0-9]{1,2}-|/[0-9]{1,2}/)[0-9]{1,2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?)?",
    Kind.MONTH: r"[12][0-9]{3}-[0-9]{2}-01",
    Kind.QUANTITY: NUMBER,
    Kind.MONEY: NUMBER,
    Kind.COUNT: INTEGER,
    Kind.RATE: NUMBER,
}
SCIENTIFIC = r"[0-9](\.[0-9]+)?[eE]\+[0-9]{2,3}"
TOTAL_WORD = r"(?i)\s*(.*(合\s*计|总\s*计|小\s*计|共\s*计)|(grand[ -]?|sub[ -]?)?totals?)\s*[:：]?\s*"
TOTAL_CHINESE = r".*(合\s*计|总\s*计|小\s*计|共\s*计)\s*[:：]?\s*"
TOTAL_SIGN, TOTAL_LATIN = "计", "total"  # one of which is in every word of TOTAL_WORD
EXAMPLE_LINE = 2  # of a template, below its header
FEW = 0.5  # share of a row's columns; a total row fills its label and the measures


@dataclass(frozen=True, slots=True)
class Plan:
    """How one file becomes one dataset's rows.

    `columns` says which staged column feeds a field; `verdicts` hold (raw, value, reason) for the cells of a field that
    are not plainly values; `commas` are fields whose comma groups thousands, `points` those whose point does, so that
    only integers are plain there; `scales` what a header such as 金额(万元) multiplies by; `totals` what became of the
    rows that sum up others; `window` the first and the last day that is kept; `unfit` holds (value, reason) for values
    of a field that do not fit what is loaded already, `held` (line, reason) for rows; `broken` are rules of the
    contract whose rows are handed back, each with the condition of such a row; `once` hands a row back that another one
    above it equals; `grain` is "month" or "week" where some dates say no day (data/spans.py); `said` is what a field
    holds where its cell is empty; `footers` are the lines below the data.
    """

    dataset: Dataset
    source: Source
    columns: Mapping[str, int]
    verdicts: Mapping[str, pa.Table] = field(default_factory=dict)
    commas: frozenset[str] = frozenset()
    points: frozenset[str] = frozenset()
    scales: Mapping[str, int] = field(default_factory=dict)
    totals: Totals = field(default_factory=Totals)
    window: tuple[date, date] = (date.min, date.max)
    unfit: Mapping[str, pa.Table] = field(default_factory=dict)
    held: Mapping[str, pa.Table] = field(default_factory=dict)
    broken: Mapping[str, str] = field(default_factory=dict)
    once: bool = False
    grain: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    footers: tuple[int, ...] = ()

    @property
    def left_out(self) -> list[int]:
        """The lines that are no records: neither loaded nor handed back."""
        return [*self.totals.agree, *self.footers]

    @property
    def mapped(self) -> list[Field]:
        """The fields that a column feeds, in contract order."""
        return [f for f in self.dataset.fields if f.name in self.columns]

    @property
    def width(self) -> int:
        """How many columns the file has."""
        assert self.source.staged
        return len(self.source.staged.headers)

    def staged(self) -> str:
        """The staged rows with `_line`."""
        return self.source.cells()

    @property
    def raw(self) -> list[str]:
        """The names of the staged columns."""
        return [f"c{at}" for at in range(self.width)]

    def is_plain(self, f: Field) -> str:
        """The condition under which a cell of this field is cast as it stands."""
        cell = f"c{self.columns[f.name]}"
        if f.kind is Kind.FLAG or self.scales.get(f.name, 1) != 1:
            return "false"
        if f.choices:
            return f"({cell} IN ({_list(literal(choice.value) for choice in f.choices)}))"
        pattern = INTEGER if f.name in self.points else GROUPED if f.name in self.commas else PLAIN[f.kind]
        condition = f"regexp_full_match({cell}, {literal(pattern)})"
        if f.kind in (Kind.DATE, Kind.MONTH):
            year = f"coalesce(year(TRY_CAST({cell} AS DATE)), 0)"  # NULL would be neither plain nor odd
            return f"({condition} AND {year} BETWEEN {EARLIEST} AND {LATEST})"
        if is_code(self.dataset, f):
            return f"({condition} AND NOT regexp_full_match({cell}, {literal(SCIENTIFIC)}))"
        return condition

    def judged(self) -> str:
        """Every staged row with its values, and per field `<name>?` and per row `row?`: NULL or a key of REASONS."""
        faults = ", ".join(f'{self._fault(f)} AS "{f.name}?"' for f in self.mapped)
        joins = " ".join(f'LEFT JOIN "unfit_{n}" ON "unfit_{n}".value = cells."{n}"' for n in self.unfit)
        joins += " ".join(f' LEFT JOIN "held_{n}" ON "held_{n}".value = cells._line' for n in self.held)
        return (
            f"WITH cells AS ({self._cells()}), judged AS (SELECT cells.*, {faults} FROM cells {joins}) "
            f"SELECT *, CASE WHEN {self._is_header()} THEN 'header' "
            f"WHEN {self._is_total()} THEN 'total' "
            f"WHEN {self._is_example()} THEN 'example'{self._again()} END AS \"row?\" FROM judged"
        )

    def _is_example(self) -> str:
        """Whether a row is the one that our templates show, left in the file: its first, with every field of it."""
        if len(self.mapped) < len(self.dataset.fields) or not all(f.example for f in self.mapped if f.required):
            return "false"
        says = (
            f'"{f.name}" IS NOT DISTINCT FROM CAST({literal(_stored(f))} AS {f.kind.sql})'
            if f.example
            else f'"{f.name}" IS NULL'
            for f in self.mapped
        )
        return f"(_line <= {EXAMPLE_LINE} AND {' AND '.join(says)})"

    def _again(self) -> str:
        """SQL: a case for rows that stand in the file already."""
        equal = f"row_number() OVER (PARTITION BY {', '.join(self.raw)} ORDER BY _line)"
        return f" WHEN {equal} > 1 THEN 'twice'" if self.once else ""

    def is_good(self) -> str:
        """The condition of a row that is loaded."""
        return " AND ".join(f'"{name}?" IS NULL' for name in ["row", *(f.name for f in self.mapped)])

    def row(self) -> str:
        """The select list of a loaded row: every field in contract order in its own type, then the line."""
        values = (f'{self._kept(f)} AS "{f.name}"' for f in self.dataset.fields)
        return f"{', '.join(values)}, CAST(_line AS BIGINT) AS _line"

    def _kept(self, f: Field) -> str:
        value = f'"{f.name}"' if f.name in self.columns else f"CAST(NULL AS {f.kind.sql})"
        return f"coalesce({value}, {literal(self.said[f.name])})" if f.name in self.said else value

    def headers(self) -> dict[str, str]:
        """The parameters that `judged` takes: the file's own header words."""
        assert self.source.staged
        headers = enumerate(self.source.staged.headers)
        return {f"h{at}": header for at, header in headers if not is_nameless(header)}

    def _cells(self) -> str:
        values = ", ".join(f'{self._value(f)} AS "{f.name}", {self._reason(f)} AS "{f.name}!"' for f in self.mapped)
        joins = " ".join(
            f'LEFT JOIN "odd_{f.name}" ON c{self.columns[f.name]} = "odd_{f.name}".raw'
            for f in self.mapped
            if f.name in self.verdicts
        )
        return f"SELECT {_list(self.raw)}, _line, {values} FROM {self.staged()} {joins}"

    def _value(self, f: Field) -> str:
        cell, odd = f"c{self.columns[f.name]}", f'"odd_{f.name}"'
        digits = f"replace({cell}, ',', '')" if f.name in self.commas else cell
        plain = cell if f.kind is Kind.TEXT else f"TRY_CAST({digits} AS {f.kind.sql})"
        if f.name not in self.verdicts:
            return plain
        return f"CASE WHEN {odd}.raw IS NULL THEN {plain} ELSE CAST({odd}.value AS {f.kind.sql}) END"

    def _reason(self, f: Field) -> str:
        return f'"odd_{f.name}".reason' if f.name in self.verdicts else "CAST(NULL AS VARCHAR)"

    def _fault(self, f: Field) -> str:
        """The reason why this field of a row cannot be loaded."""
        empty = f"WHEN \"{f.name}\" IS NULL THEN 'empty' " if f.required else ""
        check = f"WHEN NOT ({f.check}) THEN 'refused' " if f.check else ""
        days = zip(("<", ">"), self.window, (date.min, date.max), ("far", "future"), strict=True)
        outside = "".join(
            f"WHEN \"{f.name}\" {sign} DATE '{day}' THEN '{reason}' "
            for sign, day, open_, reason in days
            if f.name == self.dataset.dated and day != open_
        )
        at_fault = {rule.name for rule in self.dataset.rules if rule.field == f.name}
        against = "".join(f"WHEN {sql} THEN 'rule:{name}' " for name, sql in self.broken.items() if name in at_fault)
        beside = [f'"{kind}_{f.name}".reason' for kind in ("unfit", "held") if f.name in getattr(self, kind)]
        rest = f"coalesce({', '.join(beside)})" if beside else "NULL"
        return f'CASE WHEN "{f.name}!" IS NOT NULL THEN "{f.name}!" {empty}{check}{outside}{against}ELSE {rest} END'

    def _is_header(self) -> str:
        """Whether a row says the header again; a blank header says nothing."""
        return " AND ".join(f"trim(c{word[1:]}) = ${word}" for word in self.headers()) or "false"

    def _is_total(self) -> str:
        """Whether a row sums up others: it says so in a key, or in any cell while it is otherwise nearly empty.

        Few rows hold such a word at all, and looking for it is a tenth of matching it. A cell that is a number or a day
        holds none.
        """
        filled = " + ".join(f"({cell} IS NOT NULL)::INT" for cell in self.raw)
        lacking = " OR ".join(f'"{f.name}?" IS NOT NULL' for f in self.mapped if f.required) or "false"
        anywhere = " OR ".join(_says(cell, TOTAL_WORD) for cell in self.raw)
        words = [f for f in self.mapped if f.kind is Kind.TEXT]
        keys = [
            _says(f"c{self.columns[f.name]}", TOTAL_WORD if _is_key(self.dataset, f) else TOTAL_CHINESE) for f in words
        ]
        sure = {f"c{self.columns[f.name]}": f'"{f.name}!" IS NOT NULL' for f in self.mapped if f.kind is not Kind.TEXT}
        hint = " OR ".join(f"({sure.get(cell, 'true')} AND ({_hints(cell)}))" for cell in self.raw)
        says = f"{' OR '.join(keys) or 'false'} OR (({lacking} OR {filled} <= {FEW * self.width}) AND ({anywhere}))"
        return f"(CASE WHEN {hint} THEN {says} ELSE false END)"


def is_code(dataset: Dataset, f: Field) -> bool:
    """Whether a field holds keys, whose every digit counts."""
    return f.kind is Kind.TEXT and (f.name in dataset.key or f.name in ("account", "sku"))


def _is_key(dataset: Dataset, f: Field) -> bool:
    """Where even an English "Total" is no name: a brand may be called so, a store or a code is not."""
    return is_code(dataset, f) or f.required


def _stored(f: Field) -> str:
    """A field's example as its column holds it."""
    if f.kind is Kind.MONTH:
        return f"{f.example}-01"
    return str(f.example in YES).lower() if f.kind is Kind.FLAG else f.example


def _hints(cell: str) -> str:
    return f"contains({cell}, '{TOTAL_SIGN}') OR contains(lower({cell}), '{TOTAL_LATIN}')"


def _says(cell: str, pattern: str) -> str:
    return f"coalesce(regexp_full_match({cell}, {literal(pattern)}), false)"


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
