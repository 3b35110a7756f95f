"""A page run on a home, as a browser would ask for it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import state
from pages.ui.menu import LEAVES
from settings import settings

MAIN = Path(__file__).parents[2] / "pages" / "main.py"


def let_go() -> None:
    """Close what the last run opened: the next one finds a cache that is made, where a second one beside it would take
    the demo company's seconds again."""
    for store in state.home()._stores.values():
        store.close()
    state.home.clear()


@pytest.fixture
def run(monkeypatch):
    """Run a page on a home in a language; the address is given as a browser would."""

    def go(home: Path, url: str, **query: str) -> AppTest:
        let_go()
        monkeypatch.setenv("WEATHERGLASS_HOME", str(home))
        settings.cache_clear()
        at = AppTest.from_file(str(MAIN), default_timeout=60)
        for key, value in query.items():
            at.query_params[key] = value
        at.run()
        if url:
            at.switch_page(LEAVES[url].script).run()
        return at

    yield go
    let_go()
    settings.cache_clear()
