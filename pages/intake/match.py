"""Step 2 of an upload: which column is which, and what the file leaves open."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from data.contract import Field
from data.datasets import BY_NAME
from data.ingest import Prepared, Question
from data.ingest.constant import VALUE
from data.ingest.fill import WORDS
from data.ingest.match import likeliest
from data.text import Text
from pages.intake import choose
from pages.ui import frame, kit, state
from pages.ui.wizard import WHOLE, Wizard, columns

NAME = Text("对列名", "Match columns")
ALL_FOUND = Text("{n} 列都对上了", "All {n} columns are matched")
SOME_OPEN = Text("对上 {n} 列，还有 {open} 处要您说一声", "{n} columns are matched, still to be said: {open}")
NOT_READ = Text("先说一声，才读得下去", "One answer is needed before the file can be read")
DO = Text(
    "左边是要的，右边是文件里的列名。不对就改。",
    "Left is what is needed, right what the file calls it. Change what is wrong.",
)
COLUMNS, AS_READ = (
    Text("列名", "Columns"),
    Text("左边是要的，右边是文件里的", "What is needed, and what the file calls it"),
)
OPEN, ONCE = (
    Text("还要您定的", "For you to decide"),
    Text("答一次，整个文件都按它读", "Answered once, for the whole file"),
)
AT_THE_LEFT = Text(
    "请为它们选一列，或填一个整个文件通用的值：{names}",
    "Choose a column, or type one value for the whole file: {names}",
)
NOTHING_OPEN = Text("没有要您定的。", "Nothing is left for you to decide.")
LEFT_OUT = Text("不导入的列：{names}", "Columns that are not imported: {names}")
NO_COLUMN, CHOOSE = Text("（文件里没有）", "(not in the file)"), Text("请选一列", "Choose a column")
ONE_VALUE = Text("（整个文件都一样，我来填）", "(the same for the whole file)")
TYPE_IT = Text("填一次", "Type it once")
IN_FILE = Text("文件里：{samples}", "In the file: {samples}")
ABSENT = Text("文件里没有的可选列（{n}）", "Optional columns that the file does not have ({n})")
MUST, EXAMPLE = Text("{label}（必需）", "{label} (required)"), Text("例如 {example}", "such as {example}")
OTHER, GO_ON = Text("换一个文件", "Another file"), Text("继续：查问题", "Go on: check rows")
PICK = Text("请选择", "Please choose")
SIDE_BY_SIDE = 4  # answers that fit beside each other
UNDECIDED = "?"  # stands in a select box for a column that is still to be named; no header can be this and be chosen


def show(wizard: Wizard) -> None:
    """Let the analyst see, correct and complete how the file is read."""
    prepared = wizard.prepared
    if prepared is None:
        wizard.drop()
        st.rerun()
    mapping = columns(wizard.told, prepared.mapping)
    undecided = _undecided(wizard, prepared, mapping)
    _head(wizard, prepared, len(mapping), len(undecided))
    choose.like(wizard)
    left, right = st.columns([11, 9], gap="large")
    with left:
        if prepared.source.staged is not None:
            kit.section(COLUMNS, AS_READ)
            _columns(wizard, prepared, mapping)
    with right:
        kit.section(OPEN, ONCE)
        _questions(wizard, prepared, mapping)
        _buttons(wizard, ready=not undecided)


def _undecided(wizard: Wizard, prepared: Prepared, mapping: Mapping[str, str]) -> list[str]:
    """What still needs a word: required columns, columns that fit several fields, questions."""
    said = {name for name in wizard.whole if wizard.answers.get(VALUE + name)}
    needed = {f.name for f in BY_NAME[wizard.dataset].fields if f.required} | wizard.whole
    fields = sorted(needed - mapping.keys() - said)
    rivals = [name for name in _asked(prepared) if name not in wizard.told and name not in fields]
    questions = [key for key in wizard.asked if key not in wizard.answers]
    return [*(fields if prepared.has_columns else []), *rivals, *questions]


def _asked(prepared: Prepared) -> list[str]:
    return [q.key.removeprefix("map.") for q in prepared.questions if q.key.startswith("map.")]


def _head(wizard: Wizard, prepared: Prepared, found: int, undecided: int) -> None:
    staged = prepared.source.staged
    about = [wizard.name, *([staged.encoding.upper(), staged.sheet] if staged else [])]
    sentence = SOME_OPEN.fill(n=found, open=undecided) if undecided else ALL_FOUND.fill(n=found)
    kit.headline(" · ".join(filter(None, about)), sentence if staged else NOT_READ, DO if staged else "")


def _columns(wizard: Wizard, prepared: Prepared, mapping: Mapping[str, str]) -> None:
    """What is needed or was found; what is neither waits below, folded."""
    fields, asked = BY_NAME[wizard.dataset].fields, _asked(prepared)
    shown = {*mapping, *asked, *wizard.whole}
    absent = [f for f in fields if not f.required and f.name not in shown]
    for field in fields:
        if field not in absent and (field.name in mapping or prepared.has_columns):
            _column(wizard, prepared, field, mapping)
    if absent and prepared.has_columns:
        with st.expander(kit.say(ABSENT.fill(n=len(absent))), key="absent"):
            for field in absent:
                _column(wizard, prepared, field, mapping)


def _column(wizard: Wizard, prepared: Prepared, field: Field, mapping: Mapping[str, str]) -> None:
    name = field.name
    undecided = name not in mapping and name not in wizard.told and name in _asked(prepared)
    value = UNDECIDED if undecided else WHOLE if name in wizard.whole else mapping.get(name, "")
    with st.container(horizontal=True, vertical_alignment="center", key=f"match-{name}"):
        label = MUST.fill(label=field.label) if field.required else field.label
        kit.pair(label, _example(prepared, field, mapping.get(name, "")))
        look = {"label_visibility": "collapsed", "width": 260}
        options = _options(prepared, field, undecided=undecided)
        kit.select(field.label, options, value, partial(wizard.put, name), f"header-{name}", **look)
        if name in wizard.whole:
            typed, then = wizard.answers.get(VALUE + name, ""), partial(wizard.answer, VALUE + name)
            kit.typed(field.label, typed, then, f"value-{name}", placeholder=kit.say(TYPE_IT), **look)


def _options(prepared: Prepared, field: Field, *, undecided: bool) -> dict[str, str]:
    """What a field may be read from, the likeliest column first."""
    options = {UNDECIDED: kit.say(CHOOSE)} if undecided else {}
    one = {WHOLE: kit.say(ONE_VALUE)} if field.kind in WORDS else {}
    headers = {header: header for header in likeliest(field, prepared.headers)}
    rest = one | headers if undecided else headers | one
    return options | rest | {"": kit.say(NO_COLUMN)}


def _example(prepared: Prepared, field: Field, header: str) -> str:
    """What the column holds; where none is chosen, what such a column could hold."""
    if held := prepared.samples(header):
        return kit.say(IN_FILE.fill(samples=frame.AND[state.lang()].join(held)))
    return kit.say(EXAMPLE.fill(example=field.example)) if field.example else ""


def _questions(wizard: Wizard, prepared: Prepared, mapping: Mapping[str, str]) -> None:
    for question in wizard.asked.values():
        _ask(wizard, question)
    if asked := [BY_NAME[wizard.dataset].field(name).label for name in _asked(prepared) if name not in wizard.told]:
        kit.note(AT_THE_LEFT.fill(names=frame.listed(asked)))
    elif not wizard.asked:
        kit.note(NOTHING_OPEN)
    if prepared.source.staged is not None:
        unused = [h for h in prepared.headers if h not in mapping.values()]
        if unused:
            kit.note(LEFT_OUT.fill(names=frame.AND[state.lang()].join(unused)))


def _ask(wizard: Wizard, question: Question) -> None:
    names = {option.value: kit.md(option.label) for option in question.options}
    value, key = wizard.answers.get(question.key, ""), f"answer-{question.key}"

    def put(chosen: str) -> None:
        wizard.answer(question.key, chosen)

    if len(names) > SIDE_BY_SIDE:
        kit.select(question.ask, names, value, put, key, placeholder=kit.say(PICK))
    else:
        kit.segments(question.ask, names, value, put, key)


def _buttons(wizard: Wizard, *, ready: bool) -> None:
    with st.container(horizontal=True):
        st.button(kit.say(OTHER), on_click=wizard.drop, key="other")
        st.space("stretch")
        if st.button(kit.say(GO_ON), type="primary", disabled=not ready, key="go-on"):
            choose.read(wizard)
            st.rerun()
