"""Tables that are typed into: rows as a frame with a widget for each kind of field, and back again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from data import guide
from data.contract import Dataset, Field, Kind
from data.entry import Row, fields, spelled
from data.text import Text
from pages.ui import kit, state

NUMBERS = {Kind.QUANTITY: "float64", Kind.MONEY: "float64", Kind.RATE: "float64", Kind.COUNT: "Int64"}
DATES = "datetime64[s]"  # a column of dates that has none yet must say so, or what is typed stays text
STEPS = {Kind.QUANTITY: 0.001, Kind.MONEY: 0.01, Kind.RATE: None, Kind.COUNT: 1}
YES_NO = {"true": guide.YES_NO[0], "false": guide.YES_NO[1]}
CODE = Text("{name}（{code}）", "{name} ({code})")
Lists = Mapping[str, Mapping[str, Text]]  # by field: what may be chosen, and what it is called


@dataclass(frozen=True, slots=True)
class Grid:
    """A dataset to type into, and the lists that its fields choose from."""

    dataset: Dataset
    lists: Lists

    def frame(self, rows: Sequence[Row]) -> pd.DataFrame:
        """Rows as the table takes them, numbered from 1."""
        index = pd.RangeIndex(1, len(rows) + 1)
        columns = {name: self._column(self.dataset.field(name), rows, index) for name in fields(self.dataset)}
        return pd.DataFrame(columns, index=index)

    def _column(self, field: Field, rows: Sequence[Row], index: pd.RangeIndex) -> pd.Series:
        cells = [row.get(field.name) for row in rows]
        if self.chosen(field):
            return pd.Series([spelled(cell) or None for cell in cells], index, dtype="object")
        if field.kind in NUMBERS:
            return pd.Series([None if cell is None else float(str(cell)) for cell in cells], index, NUMBERS[field.kind])
        if field.kind is Kind.FLAG:
            return pd.Series([bool(cell) for cell in cells], index, dtype="bool")
        return pd.Series(cells, index, DATES if field.kind in (Kind.DATE, Kind.MONTH) else "object")

    def chosen(self, field: Field) -> Mapping[str, Text]:
        """What may be chosen in a column; empty where anything may be typed."""
        if field.kind is Kind.FLAG:
            return {} if field.required else YES_NO  # three answers: yes, no, not known
        return self.lists.get(field.name) or {choice.value: choice.label for choice in field.choices}

    def show(self, frame: pd.DataFrame, key: str, *, locked: Sequence[str] = (), grows: bool = False) -> pd.DataFrame:
        """Put the table on the page; returns it as it was typed."""
        config: dict[str, Any] = {name: self._config(self.dataset.field(name), frame) for name in frame.columns}
        return st.data_editor(
            frame,
            column_config=config,
            disabled=list(locked),
            num_rows="dynamic" if grows else "fixed",
            hide_index=not grows,
            row_height=38,
            placeholder="",
            key=key,
        )

    def _config(self, field: Field, frame: pd.DataFrame) -> Any:
        """The widget of one column."""
        label, note = kit.say(field.label) + "*" * field.required, kit.md(guide.note(field, state.lang()))
        look: dict[str, Any] = {"label": label, "help": note}
        column = st.column_config
        if options := self.chosen(field):
            words = dict(options) | {old: Text(old, old) for old in frame[field.name].dropna() if old not in options}
            width = "medium" if field.name in self.lists else None  # a name and its code
            return column.SelectboxColumn(
                **look, width=width, options=list(words), format_func=lambda code: kit.say(words[code])
            )
        match field.kind:
            case Kind.DATE | Kind.MONTH:
                return column.DateColumn(**look, format="YYYY-MM-DD" if field.kind is Kind.DATE else "YYYY-MM")
            case Kind.FLAG:
                return column.CheckboxColumn(**look, default=False)
            case Kind.TEXT:
                return column.TextColumn(**look)
            case _:
                return column.NumberColumn(**look, step=STEPS[field.kind])


def rows(frame: pd.DataFrame) -> list[dict[str, object]]:
    """A table's rows; an empty cell is None."""
    blank = frame.astype("object").where(frame.notna(), None)
    return blank.to_dict("records")


def named(codes: Mapping[str, Text]) -> dict[str, Text]:
    """Codes with their names, as they stand in a list."""
    return {code: CODE.fill(name=name, code=code) if name != Text(code, code) else name for code, name in codes.items()}
