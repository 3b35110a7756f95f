"""The palette is measured, not trusted: contrast of texts and marks, colours told apart without red or green sight."""

import re
from dataclasses import replace
from datetime import date
from itertools import combinations
from math import dist
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import charts
from analytics.barometer import course
from analytics.charts.theme import BANDS, DARK, LIGHT, WORDS, Look, Tokens, band, layout, rgba
from analytics.metrics import INDEX

SHEET = (Path(__file__).parents[3] / "pages" / "static" / "app.css").read_text(encoding="utf-8")
TEXT, MARK = 4.5, 3.0  # WCAG 2.2: 1.4.3 for text, 1.4.11 for marks that nothing else replaces
APART = {"light": 28, "dark": 27}  # CIE76, the worst pair as UI.md 3 measured it
SIGHT = {  # Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB
    "normal": np.eye(3),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = XYZ @ np.ones(3)
both_themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def linear(colour: str) -> np.ndarray:
    c = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def contrast(a: str, b: str) -> float:
    low, high = sorted(float(XYZ[1] @ linear(c)) for c in (a, b))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, sight: str) -> tuple[float, float, float]:
    t = XYZ @ np.clip(SIGHT[sight] @ linear(colour), 0, 1) / WHITE
    x, y, z = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116).tolist()
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(a: str, b: str, sight: str) -> float:
    return dist(lab(a, sight), lab(b, sight))


def blend(colour: str, ground: str) -> str:
    """An `rgba(r,g,b,alpha)` as it looks on a ground."""
    *over, alpha = (float(part) for part in colour[5:-1].split(","))
    under = [int(ground[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(c * alpha + g * (1 - alpha)):02X}" for c, g in zip(over, under, strict=True))


def in_sheet(name: str, theme: Tokens) -> str:
    found = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\);", SHEET)
    assert found, name
    return found[1 if theme is LIGHT else 2]


def test_the_rulers_agree_with_what_is_published():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)
    assert lab("#FFFFFF", "normal") == pytest.approx((100, 0, 0), abs=0.01)
    assert lab("#FF0000", "normal") == pytest.approx((53.2, 80.1, 67.2), abs=0.1)
    assert apart("#D7191C", "#1A9641", "normal") > 100 > 40 > apart("#D7191C", "#1A9641", "deuteranopia")


@both_themes
@pytest.mark.parametrize("token", ["ink", "ink2", "good", "bad", "storm", "vfair", "over"])
@pytest.mark.parametrize("ground", ["bg", "panel"])
def test_text_can_be_read_on_page_and_panel(theme, token, ground):
    assert contrast(getattr(theme, token), getattr(theme, ground)) >= TEXT


@both_themes
@pytest.mark.parametrize("level", BANDS)
def test_text_can_be_read_on_every_band(theme, level):
    rule = re.search(rf"\.{level} {{ --c: var\(--{level}\); --o: var\(--([\w-]+)\)", SHEET)

    assert rule and contrast(in_sheet(rule[1], theme), theme.of(level)) >= TEXT


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("n", range(5))
def test_the_words_on_the_bands_behind_the_course_of_the_index_can_be_read(dark, n):
    look = Look("zh", dark)
    drawn: Any = course.draw([course.Row(date(2026, 6, 1), 51.0, 45.0, 57.0, 9)], look).layout

    ground = blend(drawn.shapes[n].fillcolor, look.t.bg)

    assert contrast(drawn.annotations[n].font.color, ground) >= TEXT


@both_themes
@pytest.mark.parametrize("token", ["ink", "good", "bad", "over"])
def test_marks_that_carry_meaning_alone_stand_out_from_the_page(theme, token):
    assert contrast(getattr(theme, token), theme.bg) >= MARK


@both_themes
@pytest.mark.parametrize("level", BANDS)
def test_the_course_of_the_index_stands_out_from_every_band_behind_it(theme, level):
    assert contrast(theme.ink, blend(rgba(theme.of(level), 0.22), theme.bg)) >= MARK


@pytest.mark.parametrize("dark", [False, True])
def test_the_line_of_last_year_stands_out_from_the_page(dark):
    look = Look("zh", dark)
    last, _ = charts.years(["2026-06"], [1.0], [1.0], look, 0).data

    assert contrast(last.line.color, look.t.bg) >= MARK


@both_themes
@pytest.mark.parametrize("sight", SIGHT)
def test_the_five_bands_and_overstock_are_told_apart_by_everyone(theme, sight):
    colours = {name: getattr(theme, name) for name in (*BANDS, "over")}
    pairs = [p for p in combinations(colours, 2) if p != ("vfair", "over")]  # these two never share a chart

    found = {(a, b): round(apart(colours[a], colours[b], sight)) for a, b in pairs}

    assert {pair: d for pair, d in found.items() if d < APART["light" if theme is LIGHT else "dark"]} == {}


@both_themes
@pytest.mark.parametrize("sight", SIGHT)
def test_better_and_worse_and_this_year_and_last_are_told_apart_by_everyone(theme, sight):
    assert apart(theme.good, theme.bad, sight) >= 40
    assert apart(theme.ink, theme.prior, sight) >= 27


def test_red_and_green_of_one_lightness_would_not_have_passed():
    wrong = replace(LIGHT, storm="#C8553D", vfair="#5A8F3C")

    assert apart(wrong.storm, wrong.vfair, "normal") > APART["light"] > apart(wrong.storm, wrong.vfair, "deuteranopia")


@pytest.mark.parametrize(
    ("score", "level"),
    [
        (-3, "storm"), (0, "storm"), (19.94, "storm"), (19.96, "rain"), (20, "rain"),
        (39.94, "rain"), (39.96, "change"), (40, "change"), (59.94, "change"), (59.96, "fair"), (60, "fair"),
        (79.94, "fair"), (79.96, "vfair"), (80, "vfair"), (100, "vfair"), (103, "vfair"),
    ],
)  # fmt: skip
def test_a_band_begins_where_the_number_as_shown_does(score, level):
    assert band(score) == level


@given(st.floats(0, 100))
def test_the_word_is_always_that_of_the_number_beside_it(score):
    assert band(score) == BANDS[min(4, int(float(INDEX.show(score, "zh")) // 20))]


def test_every_band_has_its_own_word_in_both_languages():
    assert list(WORDS) == list(BANDS)
    assert len({w.zh for w in WORDS.values()}) == len({w.en for w in WORDS.values()}) == 5


def test_a_token_keeps_its_colour_under_an_opacity():
    assert rgba("#0A14FF", 0.25) == "rgba(10,20,255,0.25)"


@pytest.mark.parametrize("dark", [False, True])
def test_the_layout_takes_the_themes_colours_and_adds_to_an_axis_without_losing_the_house_rules(dark):
    look = Look("zh", dark)

    got = layout(look, 300, xaxis={"nticks": 5}, shapes=[])
    x, y, font = got["xaxis"], got["yaxis"], got["font"]

    assert isinstance(x, dict) and isinstance(y, dict) and isinstance(font, dict)
    assert (got["height"], got["shapes"], font["color"]) == (300, [], look.t.ink)
    assert x == {**y, "nticks": 5} and x["linecolor"] == look.t.line and x["fixedrange"] is True
    assert "nticks" not in y and layout(look, 200)["xaxis"] == y
