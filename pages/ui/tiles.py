"""The account weather map: one tile an account, its index, worst first; a tile opens the account's page.

A st.components.v2 component, because an anchor in st.html reloads the session. Names are text nodes, never HTML.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import streamlit as st

from analytics.charts.theme import WORDS, band, shown
from analytics.numbers import NONE
from data.text import Lang, Text
from pages.ui import state
from pages.ui.kit import STATIC, say

GROUPED = 60  # tiles; more than fit on a screen at once are grouped by region
NO_INDEX = Text("没有指数", "no index")
MAP = Text("客户天气图", "Account weather map")


@dataclass(frozen=True, slots=True)
class Tile:
    """One account: code, name, region, index 0-100; None: there is none, and the tile says so."""

    code: str
    name: Text
    region: str
    score: float | None


_TILES = st.components.v2.component(  # pyright: ignore[reportAttributeAccessIssue]  # loaded lazily
    "weatherglass_tiles",
    html='<div class="tiles"></div>',
    css=(STATIC / "tiles.css").read_text(encoding="utf-8"),
    js=(STATIC / "tiles.js").read_text(encoding="utf-8"),
)


def tiles(items: Sequence[Tile], key: str = "tiles") -> None:
    """Draw the map; a click, Enter or Space goes to the account's page in the same session."""
    lang = state.lang()
    ranked = sorted(items, key=lambda t: (t.score is None, t.score or 0.0, t.code))
    if len(ranked) > GROUPED:
        ranked.sort(key=lambda t: t.region)  # stable: worst first within a region
        groups = [[region, [_tile(t, lang) for t in group]] for region, group in groupby(ranked, lambda t: t.region)]
    else:
        groups = [["", [_tile(t, lang) for t in ranked]]]
    picked = _TILES(
        key=key,
        data={"label": say(MAP), "groups": groups, "dense": len(ranked) > GROUPED},
        on_picked_change=lambda: None,
    ).picked
    if picked in {t.code for t in items}:
        state.open_account(str(picked))


def _tile(tile: Tile, lang: Lang) -> list[str]:
    name = tile.name[lang] or tile.name.zh or tile.code
    if tile.score is None:
        return [tile.code, name, NONE, "none", NO_INDEX[lang]]
    level = band(tile.score)  # whole points are cut, so that a tile never shows the number of the next band
    return [tile.code, name, f"{int(shown(tile.score))}", level, WORDS[level][lang]]
