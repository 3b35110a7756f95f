"""Start Weatherglass: `streamlit run app.py`. The launcher: warm imports, security headers, then pages/main.py."""

import base64
import gc
import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from settings import settings

WARM = ("plotly.graph_objects", "duckdb", "pandas", "pyarrow", "orjson", "pages.ui.frame")  # what the first page needs


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Import before the first visitor comes, then set those objects aside from every later garbage collection.

    Streamlit collects after each rerun (runner.postScriptGC, off in config.toml); with 10 sessions that was 812 ms of a
    rerun, 248 ms once the imports are frozen.
    """
    for name in WARM:
        import_module(name)
    import_module("pages.ui.wizard").sweep(settings().home / "uploads")
    import_module("pages.ui.start").early()
    gc.collect()
    gc.freeze()
    yield


def inline_scripts() -> str:
    """The hashes of the scripts written into Streamlit's own index.html, so that no other inline script may run."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    bodies = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'" for body in bodies)


POLICY = "; ".join(
    (
        "default-src 'self'",
        f"script-src 'self' blob: {inline_scripts()}",  # blob: an inline st.components.v2 component is loaded as one
        "style-src 'self' 'unsafe-inline'",  # emotion and Plotly write <style> elements and style attributes
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",  # for browsers older than frame-ancestors
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Guarded:
    """Puts `HEADERS` on every HTTP answer; pure ASGI, so streams and websockets pass untouched."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, guarded if scope["type"] == "http" else send)


app = st.App(Path(__file__).parent / "pages" / "main.py", lifespan=lifespan, middleware=[Middleware(Guarded)])
