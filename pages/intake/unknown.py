"""What a file names and the masters do not: load it as it is, take it for a known one, or hand the rows back."""

import streamlit as st

from analytics.numbers import plain
from data.text import Text
from data.vet import MASTERS, UNKNOWN, Unknown, Vetted, asked
from pages.intake import choose
from pages.ui import kit
from pages.ui.wizard import Wizard

WHAT = Text("怎么处理", "What to do with them")
FOR = Text("“{code}”就是", "“{code}” is")
NOBODY = Text("都不是", "None of these")
ROWS = Text("{n} 行 · 可能是 {known}：{why}", "{n} rows · perhaps {known}: {why}")
ALL_TAKEN = {
    "account": Text("档案里没有的客户，都认作已知的了", "Every account that the master lacks is taken for a known one"),
    "sku": Text("档案里没有的产品，都认作已知的了", "Every product that the master lacks is taken for a known one"),
}
OTHERS = Text("还有 {n} 个没有相近的已知编码。", "Others without a known code that is like them: {n}.")
TAKEN = Text(
    "认作已知编码的，会记进编码对照，随时可以撤销。",
    "What is taken for a known code goes into names and codes, and can be undone at any time.",
)
LISTED = 8  # codes offered one by one; the others follow the answer for all


def show(wizard: Wizard) -> bool:
    """Ask about the unknown codes by kind; whether that is decided."""
    for kind in MASTERS:
        _kind(wizard, kind, [u for u in wizard.unknown if u.kind == kind])
    return wizard.prepared is not None and not Vetted(wizard.prepared, wizard.unknown).open(wizard.answers)


def _kind(wizard: Wizard, kind: str, unknown: list[Unknown]) -> None:
    if not unknown:
        return
    like = [u for u in unknown if u.like][:LISTED]
    rest = [u for u in unknown if u.key not in wizard.answers]
    question = asked(kind, rest or unknown)
    kit.section(question.ask if rest else ALL_TAKEN[kind], TAKEN if like else "")
    for one in like:
        _one(wizard, one)
    if like and len(unknown) > len(like):
        kit.note(OTHERS.fill(n=plain(len(unknown) - len(like))))
    if rest:
        names = {option.value: kit.md(option.label) for option in question.options}
        _segments(wizard, WHAT, names, UNKNOWN + kind)


def _one(wizard: Wizard, one: Unknown) -> None:
    options = {"": kit.say(NOBODY)} | {option.value: kit.say(option.label) for option in one.options}
    why = ROWS.fill(n=plain(one.rows), known=one.options[0].label, why=one.like[0].reason)
    with st.container(key=f"match-{one.key}"):
        words, choice = st.columns([11, 9], vertical_alignment="center")
        with words:
            kit.pair(one.called, kit.say(why))
        with choice:
            kit.select(
                FOR.fill(code=one.code),
                options,
                wizard.answers.get(one.key, ""),
                lambda code: _answer(wizard, one.key, code),
                f"answer-{one.key}",
                label_visibility="collapsed",
            )


def _segments(wizard: Wizard, label: Text, names: dict[str, str], key: str) -> None:
    kit.segments(label, names, wizard.answers.get(key, ""), lambda value: _answer(wizard, key, value), f"answer-{key}")


def _answer(wizard: Wizard, key: str, value: str) -> None:
    """The counts of the page follow the answer at once."""
    wizard.answer(key, value)
    choose.read(wizard)
