"""The pages and their order in the menu."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from data.text import Lang, Text


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: its script below pages/, its address ("" for the first page), its title and Material glyph.

    `filtered` says that it carries the filter bar, whose state lives in the address.
    """

    script: str
    url: str
    title: Text
    glyph: str
    filtered: bool = False


MENU: dict[Text, tuple[Leaf, ...]] = {
    Text("查看", "Read"): (
        Leaf("look/barometer.py", "", Text("晴雨总览", "Barometer"), "speed", filtered=True),
        Leaf("look/accounts.py", "accounts", Text("客户业绩", "Accounts"), "storefront", filtered=True),
        Leaf("look/portfolio.py", "portfolio", Text("客户结构", "Portfolio"), "donut_small", filtered=True),
    ),
    Text("职责", "Duties"): (
        Leaf("duties/supply.py", "supply", Text("货源保障", "Supply"), "inventory_2", filtered=True),
        Leaf("duties/frontline.py", "frontline", Text("终端培训", "Training"), "school", filtered=True),
        Leaf("duties/trials.py", "trials", Text("新品试点", "Trials"), "science", filtered=True),
        Leaf("duties/promotions.py", "promotions", Text("促销效果", "Promotions"), "sell", filtered=True),
    ),
    Text("数据", "Data"): (
        Leaf("intake/upload.py", "upload", Text("上传数据", "Upload data"), "upload_file"),
        Leaf("intake/entry.py", "entry", Text("登记", "Registers"), "edit_note"),
        Leaf("intake/calendar.py", "calendar", Text("日历", "Calendar"), "calendar_month"),
        Leaf("intake/codes.py", "codes", Text("编码对照", "Names and codes"), "join_inner"),
        Leaf("intake/batches.py", "batches", Text("批次与撤销", "Batches and undo"), "history"),
        Leaf("intake/health.py", "health", Text("数据健康", "Data health"), "health_metrics", filtered=True),
        Leaf("intake/glossary.py", "glossary", Text("指标口径", "Metrics"), "menu_book"),
    ),
}
LEAVES = {leaf.url: leaf for group in MENU.values() for leaf in group}


def opened(lang: Lang) -> st.Page:
    """The menu, and the page the reader asked for."""
    pages = {
        group[lang]: [
            st.Page(
                leaf.script,
                title=leaf.title[lang],
                icon=f":material/{leaf.glyph}:",
                url_path=leaf.url or None,
                default=not leaf.url,
            )
            for leaf in leaves
        ]
        for group, leaves in MENU.items()
    }
    return st.navigation(pages, expanded=True)  # all of them: the link to more would speak the browser's language


def closed(door: Callable[[], None], title: str) -> st.Page:
    """Every address answers with the door: no menu, no page title, and no script of a page is even registered."""
    pages = [st.Page(door, title=title, url_path=url or None, default=not url) for url in LEAVES]
    return st.navigation(pages, position="hidden")
