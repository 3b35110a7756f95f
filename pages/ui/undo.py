"""Taking a batch out again, wherever it is listed: two clicks, the second on a button that names what is lost."""

import streamlit as st

from data.lake import Batch
from data.text import Text
from pages.ui import access, kit, state

UNDO, SURE, KEEP = Text("撤销", "Undo"), Text("确定撤销", "Yes, undo"), Text("留着", "Keep")


def ask(batch: Batch, lost: Text, row: str = "") -> None:
    """The button, or the question whether it is meant; `row` tells several lines of one batch apart."""
    key = f"{batch.id}{row}"
    if state.undoing() != key:
        st.button(kit.say(UNDO), icon=":material/undo:", on_click=state.ask_undo, args=(key,), key=f"undo-{key}")
        return
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", width="stretch"):
        kit.note(lost)
        sure = st.button(kit.say(SURE), type="primary", key=f"sure-{key}")
        st.button(kit.say(KEEP), on_click=state.ask_undo, args=("",), key=f"keep-{key}")
    if sure:
        state.store().lake.undo(batch.id, access.user() or "")
        state.ask_undo("")
        st.rerun()
