"""The main way through, as an analyst and an executive take it, in both languages, both themes, desktop and phone."""

from typing import Any

import pytest

from pages.ui.menu import LEAVES

HEAD = "客户编码,客户名称,产品编码,销售日期,数量,含税金额"
WORDS = {
    "zh": {
        "demo": "示例公司，数据为虚构",
        "why": "为什么",
        "account": "看",
        "begin": "用自己的文件开始",
        "dataset": "客户终端销售",
        "totals": "核对合计",
        "publish": "发布",
        "done": "已发布",
        "more": "再传一个文件",
        "another": "这是什么数据？",
        "batches": "批次与撤销",
        "undo": "撤销",
        "sure": "确定撤销",
        "undone": "已撤销",
    },
    "en": {
        "demo": "Demo company, made-up data",
        "why": "Why it",
        "account": "Open",
        "begin": "Begin with your own files",
        "dataset": "Sell-out (the account's own sales)",
        "totals": "Control totals",
        "publish": "Publish",
        "done": "rows are published",
        "more": "Upload another file",
        "another": "What data is it?",
        "batches": "Batches and undo",
        "undo": "Undo",
        "sure": "Yes, undo",
        "undone": "Undone",
    },
}
PAGES = ["accounts?a=A01", *(url for url in LEAVES if url not in ("calendar", "glossary"))]
WAYS: dict[str, dict[str, Any]] = {
    "zh": {"locale": "zh-CN"},
    "en-dark": {"locale": "en-US", "color_scheme": "dark"},
    "zh-phone": {"locale": "zh-CN", "viewport": {"width": 390, "height": 844}, "has_touch": True},
}


def month(day: str, amount: int) -> list[str]:
    """Two accounts' lines of one month."""
    return [f"A01,锦泰家电,X1,{day},2,{amount}", f"A02,万汇商城,X1,{day},1,{amount // 2}"]


def publish(shown, tmp_path, say: dict[str, str], name: str, lines: list[str]) -> None:
    """From the upload page to published."""
    shown.page.wait_for_selector(f"text={say['another']}")
    shown.settle()
    shown.choose(say["dataset"])
    (tmp_path / name).write_bytes("\r\n".join([HEAD, *lines]).encode("gb18030"))
    shown.page.locator("input[type=file]").set_input_files(tmp_path / name)
    shown.page.wait_for_selector(f"text={say['totals']}")
    shown.settle()
    shown.page.get_by_role("button", name=say["publish"]).last.click()
    shown.page.wait_for_selector(f"text={say['done']}")
    shown.settle()


def words_of(shown, url: str) -> str:
    """All words of a page, once it stands."""
    return shown.open(url).text()


@pytest.mark.parametrize("way", ["en-dark", "zh-phone"])
def test_from_the_demo_to_own_figures_and_back(serve, tab, tmp_path, way):
    say, url = WORDS[way[:2]], serve(tmp_path / "home")
    shown = tab(**WAYS[way]).open(url)

    assert say["demo"] in shown.text()
    assert say["why"] in shown.text()
    shown.page.locator(".st-key-open-worst button").click()
    shown.page.wait_for_url("**/accounts?*a=A*")
    shown.settle()
    assert say["demo"] in shown.text()
    shown.page.get_by_role("button", name=say["begin"]).click()
    shown.page.wait_for_url("**/upload*")

    assert say["demo"] in shown.text()  # nothing was published yet
    publish(shown, tmp_path, say, "五月.csv", month("2026-05-10", 34_560))
    assert say["demo"] not in shown.text()
    assert "3.46" in words_of(shown, f"{url}/accounts?a=A01") or "34.6K" in shown.text()
    before = shown.text()

    shown.open(f"{url}/upload")
    publish(shown, tmp_path, say, "五月补.csv", month("2026-05-20", 20_000))
    after = words_of(shown, f"{url}/accounts?a=A01")
    assert "5.46" in after or "54.6K" in after

    shown.open(f"{url}/batches")
    shown.page.get_by_role("button", name=say["undo"]).first.click()
    shown.page.get_by_role("button", name=say["sure"]).click()
    shown.page.wait_for_selector(f"text={say['undone']}")
    back = words_of(shown, f"{url}/accounts?a=A01")
    assert ("3.46" in back or "34.6K" in back) and "5.46" not in back and "54.6K" not in back
    assert back.count("¥") == before.count("¥")
    assert shown.real_complaints() == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("page", PAGES)
def test_no_page_scrolls_sideways_or_shows_a_fault(serve_demo, demo_tab, way, page):
    shown = demo_tab(page, **WAYS[way])

    width = shown.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1]
    main = shown.page.evaluate("(m => [m.scrollWidth, m.clientWidth])(document.querySelector('[data-testid=stMain]'))")
    assert main[0] <= main[1]
    assert shown.page.locator('[data-testid="stException"], [data-testid="stAlert"]').count() == 0
    assert shown.real_complaints() == []
    assert all(url.startswith((serve_demo, "data:", "blob:")) for url in shown.requests), "something left the machine"
