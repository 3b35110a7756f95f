"""Step 1 of an upload: which data, which file."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data import intake
from data.datasets import BY_NAME
from data.effect import effect
from data.ingest import again, prepare, spare
from data.profile import Recalled, recall
from data.text import Text
from data.vet import vet
from pages.ui import frame, kit, state
from pages.ui.queue import MOST
from pages.ui.wizard import Wizard

NAME = Text("选文件", "Choose file")
EYEBROW = Text("上传数据", "Upload data")
HEAD = Text("选一个文件，先核对，再发布", "Choose a file, check it, then publish")
DO = Text(
    "CSV 或 Excel 都可以，列名不必照模板。发布前看得到行数、数量和金额合计；发布后随时可以撤销。",
    "CSV or Excel, with your own column names. You see rows and totals before publishing, and can undo at any time.",
)
WHICH = Text("这是什么数据？", "What data is it?")
PICK = Text("请选择", "Please choose")
PICK_FIRST = Text("先说这是什么数据，再选文件", "First say what data it is, then choose the file")
USUAL = Text("常用的数据", "What is uploaded most")
USUAL_FIRST = Text("有客户终端销售就能看晴雨总览", "Sell-out alone is enough for the barometer")
MOST_USED = ("sell_out", "sell_in", "stock", "targets", "accounts", "products")
FILE = Text("文件", "File")
DROP = Text(
    "可以一次选多个，每个最大 500 MB；CSV、TXT、XLSX、XLS",
    "One file or many, up to 500 MB each: CSV, TXT, XLSX, XLS",
)
TOO_MANY = Text(
    "一次最多 {most} 个文件；更多的请用命令行。", "At most {most} files at a time; load more by the command line."
)
REQUIRED, OPTIONAL = Text("必需的列", "Required columns"), Text("可选的列", "Optional columns")
REFUSED = Text("这个文件不能用", "This file cannot be used")
AFRESH = Text("从头对列名", "Match afresh")
READING = Text("正在读 {name}", "Reading {name}")
KINDS = ["csv", "txt", "tsv", "xlsx", "xls", "ods"]


def show(wizard: Wizard) -> None:
    """Ask for the dataset and the file; go on as soon as the file can be read."""
    kit.headline(EYEBROW, HEAD, DO)
    left, right = st.columns([11, 9], gap="large")
    with left:
        _ask(wizard)
    with right:
        _told(wizard.dataset)


def _ask(wizard: Wizard) -> None:
    titles = {name: kit.say(dataset.title) for name, dataset in BY_NAME.items()}
    kit.select(WHICH, titles, wizard.dataset, wizard.aim, "dataset", placeholder=kit.say(PICK))
    with st.container(key=f"drop-{state.lang()}"):
        key, closed = f"file-{wizard.turn}", not wizard.dataset
        files = st.file_uploader(kit.say(FILE), KINDS, accept_multiple_files=True, key=key, disabled=closed)
        kit.note(DROP if wizard.dataset else PICK_FIRST)
    if wizard.dataset:
        spare.keep()  # while the reader looks for the file
    _took(wizard, files)
    if wizard.prepared is not None and wizard.prepared.refused is not None:
        with st.container(key="need-refused"):
            kit.empty(REFUSED, wizard.prepared.refused, wizard.name)


def _took(wizard: Wizard, files: list[UploadedFile]) -> None:
    """One file is read at once; several wait in a list of their own."""
    if len(files) > MOST:
        with st.container(key="need-fewer"):
            kit.empty(REFUSED, TOO_MANY.fill(most=MOST))
    elif len(files) > 1:
        state.queue().begin(wizard.dataset, [(file.name, file.getbuffer()) for file in files], state.uploads())
        wizard.turn += 1
        st.rerun()
    elif files:
        wizard.take(files[0].getbuffer(), files[0].name, state.uploads())
        read(wizard)
        st.rerun()


def read(wizard: Wizard) -> None:
    """Read the file with what has been said about it so far."""
    with st.spinner(kit.md(READING.fill(name=wizard.name))):
        look(wizard)


def look(wizard: Wizard) -> None:
    """The same with nothing shown meanwhile."""
    if wizard.path is None:
        return
    said = {"mapping": wizard.told, "answers": wizard.answers, "today": intake.today()}
    if wizard.prepared is None:
        prepared = prepare(wizard.path, wizard.name, BY_NAME[wizard.dataset], work=state.uploads(), **said)
    else:
        prepared = again(wizard.prepared, **said)
    store = state.home().own()
    found = Recalled(prepared) if wizard.afresh else recall(prepared, store.lake, **said)
    vetted = vet(store, found.prepared, wizard.answers, said["today"])
    wizard.read(vetted, found.note, effect(store, vetted.prepared, wizard.answers))


def like(wizard: Wizard) -> None:
    """Say which earlier file this one is read like, and offer to read it by itself."""
    if wizard.like is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="like"):
        kit.note(wizard.like)
        if st.button(kit.say(AFRESH), icon=":material/restart_alt:", key="afresh"):
            wizard.forget()
            read(wizard)
            wizard.back()
            st.rerun()


def _told(dataset: str) -> None:
    if not dataset:
        kit.section(USUAL, USUAL_FIRST)
        kit.facts([(BY_NAME[name].title, BY_NAME[name].grain) for name in MOST_USED])
        return
    wanted, lang = BY_NAME[dataset], state.lang()
    kit.section(wanted.title, wanted.grain)
    names = {
        need: frame.AND[lang].join(f.label[lang] for f in wanted.fields if f.required is need) for need in (True, False)
    }
    kit.facts([(title, names[need]) for title, need in ((REQUIRED, True), (OPTIONAL, False)) if names[need]])
    with st.container(horizontal=True):
        for kind in frame.TEMPLATES:
            frame.template(dataset, "upload", kind)
