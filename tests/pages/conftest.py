"""A page run on a home, as a browser would ask for it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import state
from pages.ui.menu import LEAVES
from settings import settings

MAIN = Path(__file__).parents[2] / "pages" / "main.py"


@pytest.fixture
def run(monkeypatch):
    """Run a page on a home in a language; the address is given as a browser would."""

    def go(home: Path, url: str, **query: str) -> AppTest:
        monkeypatch.setenv("WEATHERGLASS_HOME", str(home))
        settings.cache_clear()
        state.home.clear()
        at = AppTest.from_file(str(MAIN), default_timeout=60)
        for key, value in query.items():
            at.query_params[key] = value
        at.run()
        if url:
            at.switch_page(LEAVES[url].script).run()
        return at

    yield go
    settings.cache_clear()
    state.home.clear()
