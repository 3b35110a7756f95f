"""Several files at once: what is ready is published together, what is not is opened one by one."""

from collections.abc import Callable

import streamlit as st

from analytics.answer import Level
from analytics.numbers import plain
from data import intake
from data.datasets import BY_NAME
from data.ingest import NotReady
from data.text import Text, same
from data.vet import Vetted
from pages.intake import choose
from pages.ui import access, kit, state
from pages.ui.queue import File, Queue, State
from pages.ui.wizard import Wizard

EYEBROW = Text("上传数据 · {title}", "Upload data · {title}")
HEAD = Text("{n} 个文件：{ready} 个可以发布，{rest} 个要看一看", "Files: {n}, ready: {ready}, to be looked at: {rest}")
SOME_DONE = Text(
    "{n} 个文件：{done} 个已发布，{ready} 个可以发布，{rest} 个要看一看",
    "Files: {n}, published: {done}, ready: {ready}, to be looked at: {rest}",
)
ALL_READY = Text("{n} 个文件都可以发布", "All {n} files are ready")
ALL_DONE = Text("{n} 个文件都已发布", "All {n} files are published")
SPEED = Text("{rows} 行，每秒 {speed} 行", "{rows} rows, {speed} rows per second")
DO = Text("先发布没有问题的；其余的逐个打开，回答以后再发布。", "Publish what is clear; open the others one by one.")
WORDS: dict[State, tuple[Level, Text]] = {
    State.WAITING: ("change", Text("未读", "Not read")),
    State.READY: ("fair", Text("可以发布", "Ready")),
    State.PARTLY: ("rain", Text("有退回的行", "Rows at fault")),
    State.OPEN: ("rain", Text("要您说一声", "A question")),
    State.REFUSED: ("storm", Text("不能用", "Refused")),
    State.PUBLISHED: ("vfair", Text("已发布", "Published")),
}
ROWS, PERIOD = Text("{n} 行", "{n} rows"), Text("{since} – {until}", "{since} – {until}")
QUANTITY, AMOUNT = Text("数量 {n}", "Quantity {n}"), Text("金额 {n}", "Amount {n}")
WORST = Text("{column} {reason}", "{column} {reason}")
BAD = Text("退回 {n} 行", "Rows handed back: {n}")
READING = Text("正在读第 {at} 个，共 {n} 个：{name}", "Reading {at} of {n}: {name}")
PUBLISHING = Text("正在发布第 {at} 个，共 {n} 个：{name}", "Publishing {at} of {n}: {name}")
SO_FAR = Text("{what} · {rows} 行，每秒 {speed} 行", "{what} · {rows} rows, {speed} per second")
OPEN, REMOVE = Text("打开", "Open"), Text("不要了", "Remove")
BACK_TO_LIST = Text("回到文件清单", "Back to the list")
GO = Text("发布 {n} 个文件，{rows} 行", "Publish {n} files, {rows} rows")
NOTHING_READY = Text("没有可以直接发布的", "None is ready")
CLOSE, DROP_ALL = Text("上传其他文件", "Upload other files"), Text("其余的不要了", "Remove the rest")


def show(queue: Queue) -> None:
    """Read what waits, then the list and the one button."""
    if queue.of(State.WAITING):
        _work(queue, (State.WAITING,), READING, _read)
        st.rerun()
    _head(queue)
    with st.container(key="batches"):
        for at, file in enumerate(queue.files):
            _line(queue, file, at)
    _buttons(queue)


def back(queue: Queue) -> None:
    """Above the steps of one file: the way back to the list."""
    if st.button(kit.say(BACK_TO_LIST), icon=":material/arrow_back:", key="to-list"):
        leave(queue)
        st.rerun()


def leave(queue: Queue) -> None:
    """Put the open file back into the list, or take it out of it where it was given up."""
    file, queue.current = queue.current, None
    if file is None:
        return
    if file.wizard.batch is not None:
        file.state, file.batch = State.PUBLISHED, file.wizard.batch
        _look_again(queue)
    elif file.wizard.path is None:
        queue.remove(file)
    else:
        _judge(file)


def _head(queue: Queue) -> None:
    ready, done = len(queue.of(State.READY)), len(queue.of(State.PUBLISHED))
    n, rest = len(queue.files), len(queue.files) - ready - done
    sentence = ALL_DONE if done == n else SOME_DONE if done else HEAD if rest else ALL_READY
    speed = queue.speed
    how = SPEED.fill(rows=plain(queue.rows), speed=plain(speed)) if speed else DO
    title = BY_NAME[queue.files[0].wizard.dataset].title
    kit.headline(EYEBROW.fill(title=title), sentence.fill(n=n, ready=ready, rest=rest, done=done), how)


def _line(queue: Queue, file: File, at: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"batch-{at}"):
        level, word = WORDS[file.state]
        kit.entry(kit.label(level, word), file.wizard.name, file.why or "", _facts(file))
        if file.state in (State.PARTLY, State.OPEN, State.READY):
            st.button(kit.say(OPEN), on_click=_open, args=(queue, file), key=f"open-{at}")
        if file.state is not State.PUBLISHED:
            st.button(kit.say(REMOVE), on_click=queue.remove, args=(file,), key=f"remove-{at}")


def _facts(file: File) -> list[Text]:
    prepared = file.wizard.prepared
    checked = prepared.checked if prepared else None
    if checked is None:
        return []
    found = [ROWS.fill(n=plain(checked.rows_good))]
    found += [PERIOD.fill(since=checked.covered[0], until=checked.covered[1])] if checked.covered else []
    sums = ((QUANTITY, checked.totals.get("qty"), 0), (AMOUNT, checked.totals.get("amount"), 2))
    found += [text.fill(n=plain(total, digits)) for text, total, digits in sums if total is not None]
    if keys := file.wizard.effect and file.wizard.effect.overwrite:
        found.append(keys.summary)
    return [*found, BAD.fill(n=plain(checked.rejected))] if checked.rejected else found


def _buttons(queue: Queue) -> None:
    ready = queue.of(State.READY)
    with st.container(horizontal=True):
        is_done = len(queue.of(State.PUBLISHED)) == len(queue.files)
        st.button(kit.say(CLOSE if is_done else DROP_ALL), on_click=queue.drop, key="drop-all")
        st.space("stretch")
        label = GO.fill(n=len(ready), rows=plain(sum(file.rows for file in ready))) if ready else NOTHING_READY
        if st.button(kit.say(label), type="primary", disabled=not ready, key="publish-all"):
            _work(queue, (State.READY,), PUBLISHING, _publish)
            _look_again(queue)
            st.rerun()


def _work(queue: Queue, states: tuple[State, ...], what: Text, step: Callable[[File], None]) -> None:
    """Go through the files with a bar that says which one, how many rows so far, and how fast."""
    names = [file.wizard.name for file in queue.of(*states)]
    with st.container(key="work"):
        place = st.empty()
    for at, n in queue.each(states, step):
        said = what.fill(at=at + 1, n=n, name=names[at])
        if speed := queue.speed:
            said = SO_FAR.fill(what=said, rows=plain(queue.rows), speed=plain(speed))
        with place:
            kit.progress(at / n, said)


def _open(queue: Queue, file: File) -> None:
    """Beside what is loaded by now: other files of the list may have been published since it was read."""
    choose.look(file.wizard)
    queue.current = file


def _read(file: File) -> None:
    choose.look(file.wizard)
    _judge(file)


def _judge(file: File) -> None:
    """Where a file that was read stands, beside what is loaded by now."""
    wizard, home = file.wizard, state.home()
    prepared = wizard.prepared
    assert prepared is not None
    file.why = prepared.refused or intake.known(home, prepared)
    if file.why is not None:
        file.state = State.REFUSED
        return
    vetted = Vetted(prepared, wizard.unknown)
    if asked := intake.open_questions(home, prepared, wizard.answers, vetted):
        file.state, file.why = State.OPEN, asked[0].ask
    else:
        file.state = State.PARTLY if prepared.checked is None or prepared.checked.rejected else State.READY
        worst = wizard.causes[0] if wizard.causes else None
        file.why = WORST.fill(column=worst.column, reason=worst.reason) if worst else None


def _look_again(queue: Queue) -> None:
    """What was published may meet what still waits."""
    for file in queue.of(State.READY, State.PARTLY, State.OPEN):
        _judge(file)


def _publish(file: File) -> None:
    wizard: Wizard = file.wizard
    assert wizard.prepared is not None
    try:
        user = access.user() or ""
        batch = intake.take(state.home(), wizard.prepared, wizard.answers, user, False, wizard.control)
    except NotReady as late:
        file.state, file.why = State.OPEN, late.reason
    else:
        wizard.publish(batch)
        file.state, file.batch, file.why = State.PUBLISHED, batch, same("")
