"""Every page runs without a fault: on the demo company in both languages, and where nothing is loaded yet."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.text import Text
from pages.ui import state
from pages.ui.menu import LEAVES
from settings import settings

SAYS = {
    "": Text("客户天气图", "Account weather map"),
    "accounts": Text("做成八成销售额", "make 80% of sales"),
    "upload": Text("选一个文件", "Choose a file"),
    "entry": Text("直接填表", "Type rows in"),
    "calendar": Text("个工作日", "working days"),
    "codes": Text("编码对照", "Names and codes"),
    "glossary": Text("处处同一个口径", "counted alike everywhere"),
    "health": Text("该问谁", "22 of 24 accounts reported"),
    "batches": Text("个文件在用", "Files that count"),
}
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


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("url", LEAVES)
def test_a_page_of_the_demo_company_speaks_the_language_it_is_asked_in(run, demo_home, url, lang):
    at = run(demo_home, url, lang=lang)

    assert not at.exception
    words = " ".join(str(block.proto.body) for block in at.get("html"))
    assert SAYS[url][lang] in words
    assert ("示例公司" in words) == (lang == "zh")
    assert ("Demo company" in words) == (lang == "en")


@pytest.mark.parametrize("url", LEAVES)
def test_a_page_without_data_says_what_it_needs(run, tmp_path, url):
    (tmp_path / "begun").touch()

    at = run(tmp_path, url)

    assert not at.exception
    words = " ".join(str(block.proto.body) for block in at.get("html"))
    assert "示例公司" not in words
    if LEAVES[url].filtered:
        assert "还没有" in words


def test_an_account_that_is_asked_for_gets_its_own_page(run, demo_home):
    at = run(demo_home, "accounts", a="A01", lang="en")

    assert not at.exception
    assert "Jintai · 华东 · June 2026" in " ".join(str(block.proto.body) for block in at.get("html"))


def test_a_question_with_nothing_to_draw_says_so_instead_of_an_empty_figure(run, store, given):
    months = [(f"{2023 + n // 12}-{n % 12 + 1:02}-15", n) for n in range(40)]
    given("sell_in", *[{"account": "A", "sku": "X", "sold_on": day, "qty": 1, "amount": 100 + n} for day, n in months])
    (store.root / "begun").touch()

    at = run(store.root, "")

    assert not at.exception
    figures = [chart.proto.id for chart in at.get("plotly_chart")]
    assert figures and not any("reporting" in one for one in figures)  # with sell-in nobody is late
    assert "所选范围内没有这类情况" in " ".join(str(block.proto.body) for block in at.get("html"))
