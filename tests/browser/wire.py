"""A visitor without a browser: speaks Streamlit's websocket protocol and keeps every byte the server sends."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

EARLY = ForwardMsg.ScriptFinishedStatus.Value("FINISHED_EARLY_FOR_RERUN")


@dataclass
class Seen:
    """What one script run sent."""

    raw: list[bytes] = field(default_factory=list)
    messages: list[ForwardMsg] = field(default_factory=list)

    def says(self, text: str) -> bool:
        """Whether these words are anywhere in what was sent."""
        return any(text.encode() in one for one in self.raw)

    def kinds(self) -> list[str]:
        """The kinds of messages, in order."""
        return [message.WhichOneof("type") or "" for message in self.messages]

    def elements(self) -> list[str]:
        """The kinds of elements put on the page."""
        deltas = [m.delta for m in self.messages if m.WhichOneof("type") == "delta"]
        return [d.new_element.WhichOneof("type") or "" for d in deltas if d.WhichOneof("type") == "new_element"]

    def pages(self) -> list[str]:
        """Titles of the menu's visible pages."""
        menus = [m.navigation for m in self.messages if m.WhichOneof("type") == "navigation"]
        return [page.page_name for menu in menus if menu.position != menu.HIDDEN for page in menu.app_pages]


def visit(url: str, page: str = "", *, headers: dict[str, str] | None = None, locale: str = "zh-CN") -> Seen:
    """Open a page as the first request of a new session and run it to its end."""
    parts, seen = urlsplit(url), Seen()
    ask = BackMsg()
    ask.rerun_script.page_name = page
    ask.rerun_script.query_string = parts.query
    ask.rerun_script.context_info.locale = locale
    with connect(
        f"ws://{parts.netloc}/_stcore/stream", subprotocols=["streamlit"], max_size=None, additional_headers=headers
    ) as socket:
        socket.send(ask.SerializeToString())
        while True:
            seen.raw.append(socket.recv(timeout=60))
            seen.messages.append(message := ForwardMsg.FromString(seen.raw[-1]))
            if message.WhichOneof("type") == "script_finished" and message.script_finished != EARLY:
                return seen
