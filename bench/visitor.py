"""A visitor over Streamlit's own websocket: one browser tab, its message cache and its widgets; nothing is drawn."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

THINK = 0.06  # seconds between reruns: below it TCP's delayed acknowledgement would be measured
TIMEOUT = 300  # seconds for one rerun
KEPT = 2  # reruns; the browser drops a message that was not used for so long (global.maxCachedMessageAge)
EARLY = ForwardMsg.ScriptFinishedStatus.Value("FINISHED_EARLY_FOR_RERUN")
BROKEN = ForwardMsg.ScriptFinishedStatus.Value("FINISHED_WITH_COMPILE_ERROR")
NOTHING: Mapping[str, str] = MappingProxyType({})


class PageError(Exception):
    """The page showed an exception instead of itself."""


@dataclass(frozen=True, slots=True)
class Run:
    """One rerun: seconds from the request to script_finished, and bytes received."""

    seconds: float
    size: int


class Visitor:
    """One session; open it with `async with`. `page` is a page's address, "" the first."""

    def __init__(self, url: str, page: str = ""):
        self._address = f"ws://{urlsplit(url).netloc}/_stcore/stream"
        self._page, self._hash = page, ""
        self._kept: dict[str, int] = {}  # message hash -> reruns since it was used
        self._widgets: dict[str, str] = {}  # user key -> element id

    async def __aenter__(self) -> Self:
        self._socket = await connect(self._address, subprotocols=["streamlit"], max_size=None, max_queue=None)  # pyright: ignore[reportArgumentType]
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._socket.close()

    async def rerun(self, query: str = "", widgets: Mapping[str, str] = NOTHING) -> Run:
        """Ask for the page once more: with a query string, or with select boxes set to other words."""
        request = self._request(query, widgets)
        used, size, start = set[str](), 0, time.perf_counter()
        await self._socket.send(request)
        while True:
            raw = await asyncio.wait_for(self._socket.recv(decode=False), TIMEOUT)
            size += len(raw)
            if self._take(ForwardMsg.FromString(raw), used):
                break
        seconds = time.perf_counter() - start
        aged = {mark: age + 1 for mark, age in self._kept.items() if age < KEPT}
        self._kept = aged | dict.fromkeys(used, 0)
        return Run(seconds, size)

    def _request(self, query: str, widgets: Mapping[str, str]) -> bytes:
        ask = BackMsg()
        ask.rerun_script.page_script_hash = self._hash
        ask.rerun_script.page_name = "" if self._hash else self._page
        ask.rerun_script.query_string = query
        ask.rerun_script.cached_message_hashes.extend(self._kept)
        ask.rerun_script.context_info.locale = "zh-CN"
        ask.rerun_script.context_info.timezone = "Asia/Shanghai"
        for key, word in widgets.items():
            ask.rerun_script.widget_states.widgets.add(id=self._widgets[key], string_value=word)
        return ask.SerializeToString()

    def _take(self, message: ForwardMsg, used: set[str]) -> bool:
        """Note what a message says; True when it ends the rerun."""
        kind = message.WhichOneof("type")
        if kind == "delta":
            if message.metadata.cacheable and message.hash:
                used.add(message.hash)
            self._note(message)
        elif kind == "ref_hash":
            used.add(message.ref_hash)
        elif kind == "new_session":
            self._hash = message.new_session.page_script_hash or self._hash
        elif kind == "navigation":
            self._hash = message.navigation.page_script_hash or self._hash
        elif kind == "script_finished":
            if message.script_finished == BROKEN:
                raise PageError("compile error")
            return message.script_finished != EARLY
        return False

    def _note(self, message: ForwardMsg) -> None:
        """Remember a select box's id ("$$ID-<hash>-<key>"); stop at an exception."""
        element = message.delta.new_element
        kind = element.WhichOneof("type") or ""
        if kind == "exception":
            raise PageError(f"{element.exception.type}: {element.exception.message}")
        name = getattr(getattr(element, kind, None), "id", "")
        if isinstance(name, str) and name.startswith("$$ID-"):
            self._widgets[name.split("-", 2)[-1]] = name
