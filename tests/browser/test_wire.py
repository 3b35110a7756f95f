"""What a rerun that changes nothing sends: references, not the page once more."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from bench.pages import WIRE
from bench.visitor import Visitor


async def last_of(url: str, page: str, count: int = 4) -> int:
    async with Visitor(url, page) as visitor:
        for _ in range(count - 1):
            await visitor.rerun()
        return (await visitor.rerun()).size


@pytest.mark.parametrize("page", ["", "accounts"])
def test_an_unchanged_rerun_is_sent_as_references(serve_demo, page):
    with ThreadPoolExecutor(1) as aside:  # Playwright keeps an event loop running in the tests' own thread
        size = aside.submit(asyncio.run, last_of(serve_demo, page)).result()

    assert 0 < size <= WIRE * 1_000


@pytest.mark.parametrize("page", ["", "accounts", "upload", "batches"])
def test_logo_and_mark_are_there_from_every_address(demo_tab, page):
    shown = demo_tab(page)

    assert shown.page.evaluate("document.querySelector('[data-testid=\"stSidebarHeader\"] img').naturalWidth") > 0
    icon = shown.page.evaluate("document.querySelector('link[rel~=\"icon\"]').href")
    assert shown.page.request.get(icon).headers["content-type"].startswith("image/svg")


@pytest.mark.parametrize(("page", "count", "behind"), [("", 4, "客户景气"), ("accounts", 5, "向别家买得最多")])
def test_what_stands_behind_a_page_is_named_and_comes_when_it_is_opened(demo_tab, page, count, behind):
    shown = demo_tab(f"{page}?lang=zh")
    figures = shown.page.locator('[data-testid="stPlotlyChart"]')
    before = figures.count()
    assert "再看：" in shown.text()

    shown.page.locator(".st-key-more summary").first.click()
    expect(figures).to_have_count(before + count, timeout=20_000)
    shown.settle()

    assert figures.count() == before + count and behind in shown.text() and shown.real_complaints() == []
