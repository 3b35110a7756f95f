"""The first start: the demo company is made while the reader watches, then a banner leads to one's own files."""

import logging
import time
from threading import Thread

import streamlit as st

from data.text import Text
from pages.ui import kit, state

DEMO = Text("示例公司，数据为虚构", "Demo company, made-up data")
BEGIN = Text("用自己的文件开始", "Begin with your own files")
PREPARING = Text("第一次启动：正在准备示例数据", "First start: preparing the demo company")
FAILED = Text("示例数据没有做成", "The demo company could not be made")
WHY = Text(
    "原因已写入服务器日志。可以重试，也可以直接用自己的文件开始。",
    "The server's log says why. Try again, or begin with your own files.",
)
AGAIN = Text("重试", "Try again")
BEAT = 0.2  # seconds between two looks at the work's progress

log = logging.getLogger(__name__)


class Work(Thread):
    """Makes the demo company, once per process, in its own thread: a reader who leaves does not break it off."""

    def __init__(self) -> None:
        super().__init__(name="demo", daemon=True)
        self.share, self.text, self.failed = 0.0, PREPARING, False

    def run(self) -> None:
        try:
            state.home().make_demo(self._tell)
        except Exception:  # whatever it was, readers waiting for this thread must learn that it ended
            log.exception("the demo company could not be made in %s", state.home())
            self.failed = True

    def _tell(self, share: float, text: Text) -> None:
        self.share, self.text = share, text


@st.cache_resource(show_spinner=False)
def _work() -> Work:
    work = Work()
    work.start()
    return work


def early() -> None:
    """Begin to make the demo company, if it is needed, as soon as the server starts: the first visitor waits less."""
    if not state.home().is_ready:
        _work()


def ready() -> None:
    """Return when there is something to show; until then this run shows how far the work has come."""
    if state.home().is_ready:
        return
    work, place = _work(), st.empty()
    while work.is_alive():
        with place:
            kit.progress(work.share, work.text)
        time.sleep(BEAT)
    place.empty()
    if work.failed:
        _failed()


def _failed() -> None:
    kit.empty(FAILED, WHY)
    with st.container(horizontal=True):
        st.button(kit.say(AGAIN), type="primary", on_click=_work.clear, key="again")
        if st.button(kit.say(BEGIN), key="begin"):
            _begin()
    st.stop()


def banner() -> None:
    """While the demo company is shown: say so on every page, and offer the way out."""
    if not state.home().is_demo:
        return
    with st.container(key="banner", horizontal=True, vertical_alignment="center"):
        kit.note(DEMO)
        st.space("stretch")
        if st.button(kit.say(BEGIN), type="tertiary", icon=":material/upload:", key="begin"):
            st.switch_page("intake/upload.py")  # the demo company stays until something of one's own is published


def _begin() -> None:
    state.home().begin()
    st.switch_page("intake/upload.py")
