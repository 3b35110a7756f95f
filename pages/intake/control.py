"""Control totals of the source's own report beside those of the file; a difference is published by choice only."""

from functools import partial

import streamlit as st

from data.control import ACCEPT, KEY, NAMES, Control, compared, unsettled
from data.ingest import Checked
from data.text import Text
from pages.ui import kit
from pages.ui.wizard import Wizard

SHOULD_BE = Text("合计应为", "Should be")
WHY = Text("填上原报表的合计，自动核对；可以不填", "Type the totals of your report to have them compared; optional")
EQUAL, DIFFERENT, NO_NUMBER = Text("一致", "Equal"), Text("不一致", "Different"), Text("不是数字", "No number")
SAID = Text("应为 {typed}", "Should be {typed}")
KNOWN = Text("合计与原报表不一致", "The totals differ from your report")
OWN = Text("文件里的合计与明细不符", "A total in the file differs from its rows")
FILE = f"{KEY}file"  # the answer to a total that the file itself has
WIDTHS = {"rows": 76, "qty": 96, "amount": 132}  # pixels: three beside each other on a phone too
DECIDE = Text("改正文件，或者定一下", "Correct the file, or decide")


def ask(wizard: Wizard, seen: Checked) -> None:
    """Three small fields, and for each that is filled whether it agrees, by how much it does not."""
    kit.section(SHOULD_BE, WHY)
    has = {"rows", *(name for name, total in seen.totals.items() if total is not None)}
    with st.container(horizontal=True, gap="xsmall", key="control"):
        for name, width in WIDTHS.items():
            if name in has:
                value, then = wizard.control.get(name, ""), partial(wizard.expect, name)
                kit.typed(NAMES[name], value, then, f"control-{name}", width=width)
    if found := compared(seen, wizard.control):
        kit.ranked([_line(one) for one in found])


def _line(one: Control) -> kit.Line:
    if one.agrees:
        return kit.Line(kit.label("fair", EQUAL), NAMES[one.name], SAID.fill(typed=one.typed))
    chip = kit.label("storm", DIFFERENT if one.said is not None else NO_NUMBER)
    return kit.Line(chip, NAMES[one.name], SAID.fill(typed=one.typed), one.more, one.percent)


def settled(wizard: Wizard, seen: Checked) -> bool:
    """Ask whether to publish in spite of each difference; whether that is decided for all."""
    wrong = [one for one in compared(seen, wizard.control) if not one.agrees]
    own = [] if seen.plan is None else list(seen.plan.totals.differ.values())
    if wrong or own:
        kit.section(KNOWN if wrong else OWN, DECIDE)
    if own:
        names = {ACCEPT.value: kit.md(ACCEPT.label)}
        kit.segments(own[0], names, wizard.answers.get(FILE, ""), partial(wizard.answer, FILE), FILE)
    for one in wrong:
        names, value = {o.value: kit.md(o.label) for o in one.question.options}, wizard.answers.get(one.key, "")
        if names:
            kit.segments(one.sentence, names, value, partial(wizard.answer, one.key), one.key)
        else:
            kit.note(one.sentence)
    return not unsettled(seen, wizard.control, wizard.answers) and (not own or FILE in wizard.answers)
