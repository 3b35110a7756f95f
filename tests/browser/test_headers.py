"""What every answer of the server carries, and whom the websocket refuses."""

import urllib.error
import urllib.request

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

PATHS = ["/", "/accounts", "/app/static/app.css", "/_stcore/health", "/_stcore/no-such-thing", "/app/static/../main.py"]


@pytest.fixture
def url(serve, home) -> str:
    return serve(home)


def head(url: str) -> dict[str, str]:
    """The answer's headers, whatever its status."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return dict(answer.headers)
    except urllib.error.HTTPError as refused:
        return dict(refused.headers)


def test_every_answer_carries_the_security_headers(url):
    for path in PATHS:
        found = {name.lower(): value for name, value in head(url + path).items()}

        assert found["x-content-type-options"] == "nosniff" and found["referrer-policy"] == "same-origin", path
        policy = found["content-security-policy"]
        assert "frame-ancestors 'self'" in policy and "default-src 'self'" in policy, path
        assert "unsafe-eval" not in policy and "http:" not in policy and "*" not in policy, path
        script = next(part for part in policy.split("; ") if part.startswith("script-src"))
        assert "unsafe-inline" not in script, path


def test_the_source_is_not_served(url):
    for path in ("/app/static/../main.py", "/app/static/%2e%2e/main.py", "/main.py"):
        try:
            with urllib.request.urlopen(url + path, timeout=10) as answer:
                assert b"import streamlit" not in answer.read()
        except urllib.error.HTTPError as refused:
            assert refused.code in (400, 403, 404)


def test_another_sites_page_cannot_open_the_websocket(url):
    address = url.replace("http", "ws") + "/_stcore/stream"

    with pytest.raises(InvalidStatus) as refused:
        connect(address, subprotocols=["streamlit"], origin="https://evil.example")

    assert refused.value.response.status_code == 403
