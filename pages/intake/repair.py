"""What cannot be read, by the one word that repairs it: typed once, it holds for every row that says the same."""

from functools import partial

import streamlit as st

from analytics.numbers import plain
from data.contract import Field
from data.datasets import BY_NAME
from data.ingest.delimited import KEPT, PAD, SHORT
from data.ingest.faults import Fault
from data.ingest.repairs import BLANK, EMPTY, FIX
from data.text import Text
from pages.intake import choose
from pages.ui import kit
from pages.ui.wizard import Wizard

TITLE = Text("改一次，所有行都改", "Repair once, for all rows")
HOW = Text(
    "写明它应为什么，同样写法的行都照此读；原文件不动",
    "Say what it stands for, and all rows that say the same are read so; your file stays as it is",
)
CELL, TIMES = Text("“{cell}”", "“{cell}”"), Text("{header} · {n} 行", "{header} · {n} rows")
MEANT = Text("应为", "Stands for")
REST = Text("“{header}”里另有 {n} 种写法：{reason}。", "“{header}” has {n} more kinds of cells: {reason}.")
UNREAD = Text("“{header}”里其余读不懂的", "What else cannot be read in “{header}”")
LEAVE = Text("留空", "Leave it empty")
ROWS_SHORT = Text("格子比表头少的行", "Rows with fewer cells than the header")
FILL = {
    PAD: Text("缺的在行尾，按空格子读", "The last cells are missing: read them as blank"),
    KEPT: Text("退回这些行", "Hand them back"),
}


def show(wizard: Wizard) -> None:
    """The cells that cannot be read, and those that were repaired: a repair is taken back by emptying its line."""
    listed = {f"{FIX}{fault.field.name}:{cell}" for fault in wizard.faults for cell, _ in fault.cells}
    mended = [key for key in wizard.answers if key.startswith(FIX) and key not in listed]
    emptied = [key for key in wizard.answers if key.startswith(BLANK)]
    short = wizard.short or SHORT in wizard.answers
    if not (wizard.faults or mended or emptied or short):
        return
    kit.section(TITLE, HOW)
    for key in mended:
        name, _, cell = key.removeprefix(FIX).partition(":")
        _line(wizard, BY_NAME[wizard.dataset].field(name), cell, "")
    for fault in wizard.faults:
        _fault(wizard, fault)
    optional = {fault.field.name for fault in wizard.faults if not fault.field.required}
    for name in sorted(optional | {key.removeprefix(BLANK) for key in emptied}):
        label = UNREAD.fill(header=BY_NAME[wizard.dataset].field(name).label)
        _segments(wizard, label, {EMPTY: LEAVE}, BLANK + name)
    if short:
        _segments(wizard, ROWS_SHORT, FILL, SHORT)


def _fault(wizard: Wizard, fault: Fault) -> None:
    for cell, rows in fault.cells:
        _line(wizard, fault.field, cell, kit.say(TIMES.fill(header=fault.header, n=plain(rows))))
    if more := fault.kinds - len(fault.cells):
        kit.note(REST.fill(header=fault.header, n=plain(more), reason=fault.reason))


def _line(wizard: Wizard, field: Field, cell: str, about: str) -> None:
    """One cell, and what it stands for: chosen where the column has a list, else typed."""
    key = f"{FIX}{field.name}:{cell}"
    value, then = wizard.answers.get(key, ""), partial(_answer, wizard, key)
    with st.container(horizontal=True, vertical_alignment="center", key=f"match-{key}"):
        kit.pair(CELL.fill(cell=cell), about or kit.say(field.label))
        look = {"label_visibility": "collapsed", "width": 200, "placeholder": kit.say(MEANT)}
        if field.choices:
            words = {choice.value: kit.say(choice.label) for choice in field.choices}
            kit.select(MEANT, words, value, then, f"repair-{key}", **look)
        else:
            kit.typed(MEANT, value, then, f"repair-{key}", **look)


def _segments(wizard: Wizard, label: Text, options: dict[str, Text], key: str) -> None:
    names = {code: kit.md(text) for code, text in options.items()}
    kit.segments(label, names, wizard.answers.get(key, ""), partial(_answer, wizard, key), f"repair-{key}")


def _answer(wizard: Wizard, key: str, value: str) -> None:
    """The rows and totals of the page follow at once."""
    wizard.answer(key, value)
    choose.read(wizard)
