"""Step 4 of an upload: what was published, and where to go from here."""

import streamlit as st

from analytics.numbers import plain
from data.datasets import BY_NAME
from data.text import Text
from pages.intake import outcome
from pages.ui import kit
from pages.ui.wizard import Wizard

NAME = Text("发布", "Publish")
HEAD = Text("已发布 {n} 行", "{n} rows are published")
DO = Text(
    "所有页面现在都按新数据回答。发现不对，可以在“批次与撤销”里整批撤回。",
    "Every page now answers from the new data. If it is wrong, undo the whole batch under “Batches and undo”.",
)
HELD = Text(
    "另有 {n} 行退回，保留在“数据健康”里，改好后可以再传。",
    "Rows handed back: {n}. They are kept under “Data health”; correct them and upload the file again.",
)
LOOK, MORE, BATCHES = (
    Text("看晴雨总览", "See the barometer"),
    Text("再传一个文件", "Upload another file"),
    Text("批次与撤销", "Batches and undo"),
)


def show(wizard: Wizard) -> None:
    """Say what happened; three ways on."""
    batch = wizard.batch
    if batch is None:
        wizard.drop()
        st.rerun()
    kit.headline(f"{batch.receipt.file} · {kit.say(BY_NAME[batch.dataset].title)}", HEAD.fill(n=plain(batch.rows)), DO)
    if batch.receipt.rows_rejected:
        kit.note(HELD.fill(n=plain(batch.receipt.rows_rejected)))
    outcome.show(wizard.effect)
    with st.container(horizontal=True):
        if st.button(kit.say(LOOK), type="primary", icon=":material/speed:", key="look"):
            wizard.drop()
            st.switch_page("look/barometer.py")
        st.button(kit.say(MORE), icon=":material/upload:", on_click=wizard.drop, key="more")
        if st.button(kit.say(BATCHES), icon=":material/history:", key="to-batches"):
            wizard.drop()
            st.switch_page("intake/batches.py")
