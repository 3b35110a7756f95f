"""Type in the small tables that the department keeps itself: new rows above, what is registered below."""

import pandas as pd
import streamlit as st

from analytics.numbers import plain
from data import entry
from data.contract import Dataset
from data.text import LANGS, Text, same
from pages.ui import access, grid, kit, state
from pages.ui.register import Register

EYEBROW = Text("登记", "Registers")
HEAD = Text("直接填表，不用做文件", "Type rows in, without a file")
DO = Text(
    "填好后点发布，检查和上传文件一样。有一格不对就先不发布；发布后随时可以整批撤销。",
    "Publish when done: rows are checked like an upload. Nothing is published while a cell is wrong; undo any time.",
)
WHICH, PICK = Text("登记什么？", "Which register?"), Text("请选择", "Please choose")
DONE = Text("已发布 {n} 行：{title}", "Rows published: {n} · {title}")
DONE_DO = Text(
    "所有页面现在都按它回答。填错了，可以在“批次与撤销”里撤回这一批。",
    "Every page now answers from them. If they are wrong, undo them under “Batches and undo”.",
)
NEW, NEW_DO = Text("新登记", "New rows"), Text("{grain}；带 * 的必填", "{grain}; columns with * are needed")
KNOWN = Text("已登记 {n} 行，可以直接改", "Rows registered, open to changes: {n}")
KNOWN_DO = Text(
    "主键（{key}）不能改。要去掉一行，请撤销它所在的那一批。",
    "The key ({key}) cannot change. To take a row out, undo the batch that it came with.",
)
PART = Text("这里是最新的 {n} 行", "These are the newest {n} rows")
NONE = Text("还没有登记过", "Nothing is registered yet")
NONE_DO = Text("发布后列在这里", "What you publish is listed here")
WRONG = Text("没有发布，有 {n} 处要改", "Nothing was published, to be corrected: {n}")
WRONG_DO = Text("改好后再点发布", "Correct them and publish again")
ROW, COLUMN = Text("哪一行", "Row"), Text("列", "Column")
VALUE, REASON = Text("写的是", "Says"), Text("为什么不行", "Why not")
GO, IDLE = Text("发布 {n} 行", "Publish ({n})"), Text("发布", "Publish")
NOTHING = Text("还没有填写或修改", "Nothing was typed or changed yet")
DEMO = Text("现在看到的是示例公司", "This is the demo company")
DEMO_DO = Text(
    "发布后示例公司就撤走，只留下您登记的行。",
    "Once you publish, the demo company goes and only the rows that you typed stay.",
)
AGREE = {"go": Text("好，开始用自己的数据", "Yes, begin with our own data")}
AND = Text("、", ", ")
EMPTY_ROWS = 3  # to type into; the table grows
CHECKING = Text("正在检查", "Checking")


def show(register: Register) -> None:
    """The register's two tables, and what keeps them from being published."""
    _head(register)
    titles = {name: kit.say(dataset.title) for name, dataset in entry.REGISTERS.items()}
    kit.select(WHICH, titles, register.dataset, register.choose, "register", placeholder=kit.say(PICK), width=420)
    if not register.dataset:
        return
    dataset = entry.REGISTERS[register.dataset]
    if register.rows is None:
        register.rows = entry.rows(state.store(), dataset)
    table = grid.Grid(dataset, _lists(dataset))
    fresh = _fresh(register, table)
    buttons = st.container()
    altered = _known(register, table)
    with buttons:
        _publish(register, dataset, fresh, altered)


def _head(register: Register) -> None:
    batch = register.batch
    if batch is None:
        kit.headline(EYEBROW, HEAD, DO)
        return
    title = entry.REGISTERS[batch.dataset].title
    kit.headline(EYEBROW, DONE.fill(n=plain(batch.rows), title=title), DONE_DO)


def _lists(dataset: Dataset) -> grid.Lists:
    """What the data knows to choose from; where it knows nothing, anything may be typed."""
    shelf = state.shelf()
    products = grid.named(entry.products(state.store()))
    return {
        **{name: grid.named(codes) for name, codes in entry.codes(state.store(), dataset).items()},
        "account": grid.named({account.code: account.name for account in shelf.accounts}),
        "sku": products,
        "replaces": products,
        "category": {word: same(word) for word in shelf.categories},
        "region": {word: same(word) for word in shelf.regions},
    }


def _fresh(register: Register, table: grid.Grid) -> list[dict[str, object]]:
    """The table of new rows."""
    kit.section(NEW, NEW_DO.fill(grain=table.dataset.grain))
    typed = _typed(register, table, "fresh", table.frame([{}] * EMPTY_ROWS), grows=True)
    return grid.rows(typed)


def _known(register: Register, table: grid.Grid) -> list[dict[str, object]]:
    """The table of registered rows; returns those that were changed."""
    dataset, there = table.dataset, register.rows or []
    if not there:
        kit.section(NONE, NONE_DO)
        return []
    count = entry.count(state.store(), dataset)
    key = Text(*(AND[lang].join(dataset.field(name).label[lang] for name in dataset.key) for lang in LANGS))
    kit.section(KNOWN.fill(n=plain(count)), KNOWN_DO.fill(key=key))
    if count > len(there):
        kit.note(PART.fill(n=plain(len(there))))
    typed = _typed(register, table, "known", table.frame(there), locked=dataset.key)
    return entry.changed(there, grid.rows(typed))


def _typed(register: Register, table: grid.Grid, name: str, start: pd.DataFrame, **look) -> pd.DataFrame:
    """One table with what was typed into it, also before the language or the page was changed."""
    key = f"{name}-{register.dataset}-{register.turn}-{state.lang()}"
    if state.is_new(key):
        register.opened[name] = register.typed.get(name, start)
    register.typed[name] = table.show(register.opened[name], key, **look)
    return register.typed[name]


def _publish(register: Register, dataset: Dataset, fresh: list, altered: list) -> None:
    """What is wrong, what becomes of the demo company, and the button."""
    count = sum(not entry.blank(dataset, row) for row in fresh) + len(altered)
    _wrong(register)
    ready = count > 0 and _agreed(register)
    with st.container(horizontal=True, vertical_alignment="center"):
        if not count:
            kit.note(NOTHING)
        st.space("stretch")
        label = kit.say(GO.fill(n=plain(count)) if count else IDLE)
        if st.button(label, type="primary", disabled=not ready, key="publish-typed"):
            with st.spinner(kit.say(CHECKING)):
                register.end(entry.publish(state.home(), dataset, fresh, altered, access.user() or ""))
            st.rerun()


def _agreed(register: Register) -> bool:
    """Whether the demo company, if it is there, may go."""
    if not state.home().is_demo:
        return True
    kit.section(DEMO, DEMO_DO)
    words = {code: kit.md(word) for code, word in AGREE.items()}
    kit.segments(DEMO, words, register.agreed, register.agree, "agree", label_visibility="collapsed")
    return bool(register.agreed)


def _wrong(register: Register) -> None:
    if not register.problems:
        return
    kit.section(WRONG.fill(n=plain(len(register.problems))), WRONG_DO)
    cells = [(kit.say(p.row), kit.say(p.column), p.value, kit.say(p.reason)) for p in register.problems]
    frame = pd.DataFrame(cells, columns=[kit.say(title) for title in (ROW, COLUMN, VALUE, REASON)])
    st.dataframe(frame, hide_index=True, row_height=38, key="wrong")


show(state.register())
