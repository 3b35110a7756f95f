"""Pieces of HTML: hostile names stay text, numbers stay with their words, marks stay on the scale."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from data.text import Text, same
from pages.ui import kit
from pages.ui.kit import Kpi, Line, Mark

HOSTILE = "<img src=x onerror=alert(1)>\"'><script>x</script>"


class Tags(HTMLParser):
    """The tags and attributes that a browser would see."""

    def __init__(self, html: str):
        super().__init__()
        self.tags, self.attributes, self.words = set(), set(), ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.words += data


@pytest.fixture
def html(monkeypatch) -> list[str]:
    """What the pieces put on the page, in Chinese."""
    shown: list[str] = []
    monkeypatch.setattr(kit.st, "html", shown.append)
    monkeypatch.setattr(kit.state, "lang", lambda: "zh")
    return shown


PIECES = {
    "headline": lambda t: kit.headline(t, t, t),
    "doorway": lambda t: kit.doorway(same(t), same(t)),
    "verdict": lambda t: kit.verdict("storm", t, t, t, [same(t)]),
    "verdict number": lambda t: kit.verdict("storm", t, t, t),
    "section": lambda t: kit.section(t, t),
    "note": kit.note,
    "barometer": lambda t: kit.barometer(Mark(t, 58), Mark(t, 64), Mark(t, 70)),
    "kpis": lambda t: kit.kpis([Kpi(t, t, t, True, t, [1, 2])]),
    "ranked": lambda t: kit.ranked([Line(kit.chip("storm", t), t, t, t, t), Line(kit.label("rain", t), t, t)]),
    "steps": lambda t: kit.steps([same(t)], 0),
    "facts": lambda t: kit.facts([(t, t)]),
    "legend": lambda t: kit.legend([("storm", t)]),
    "empty": lambda t: kit.empty(t, t, t),
    "progress": lambda t: kit.progress(0.5, t),
    "pair": lambda t: kit.pair(t, t),
    "entry": lambda t: kit.entry(kit.chip("fair"), t, t, [same(t)]),
}


@pytest.mark.parametrize("piece", PIECES)
def test_a_hostile_name_stays_text(html, piece):
    PIECES[piece](HOSTILE)

    seen = Tags(html[0])
    assert not seen.tags & {"img", "script"} and not any(name.startswith("on") for name in seen.attributes)
    assert "<script>x</script>" in seen.words or "aria-label" in seen.attributes


@pytest.mark.parametrize(
    "text",
    [
        "[x](http://a)",
        "![](http://a/b.png)",
        ":red[x]",
        "$x$",
        ":material/home:",
        "<b>",
        "`x`",
        "# x",
        "1. x",
        "https://a.b",
    ],
)
def test_markdown_of_data_is_escaped_in_labels(monkeypatch, text):
    monkeypatch.setattr(kit.state, "lang", lambda: "zh")

    escaped = kit.md(text)

    assert re.sub(r"\\(.)", r"\1", escaped) == text
    assert not re.search(r"(?<!\\)[\[\]`$<:#!]", escaped)


def test_numbers_stay_with_their_chinese_neighbours(monkeypatch):
    monkeypatch.setattr(kit.state, "lang", lambda: "zh")

    assert kit.keep("掉了 6 分，占 58% 的销额") == "掉了\u00a06 分，占\u00a058%\u00a0的销额".replace(
        "6 分", "6\u00a0分"
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_minus_stays_with_its_currency_sign(monkeypatch, lang):
    monkeypatch.setattr(kit.state, "lang", lambda: lang)

    assert kit.keep("−¥18.0万 (−¥22.8万) −13%") == "−\u2060¥18.0万 (−\u2060¥22.8万) −13%"


def test_the_strip_draws_only_marks_that_exist_and_keeps_them_on_the_scale(html):
    kit.barometer(Mark("6 月", 104.0), Mark("5 月", None), Mark("计划", -3.0))

    assert 'class="now" style="left:100.0%"' in html[0] and 'class="plan" style="left:0.0%"' in html[0]
    assert "prev" not in html[0]


def test_the_strip_refuses_to_be_drawn_without_a_score(html):
    with pytest.raises(ValueError, match="empty state"):
        kit.barometer(Mark("6 月", None), Mark("5 月", 1.0), Mark("计划", None))


@pytest.mark.parametrize(
    "change, good, arrow, word",
    [
        ("\u22123.2%", False, "arrow down", ""),
        ("-3.2%", False, "arrow down", ""),
        ("+1.0", True, "arrow up", ""),
        ("\u221260 万", True, "arrow down", "，好转"),
        ("+480 万", False, "arrow up", "，转差"),
        ("±0.0", None, "", ""),
    ],
)
def test_arrow_is_direction_colour_is_judgement_and_a_word_says_when_they_disagree(html, change, good, arrow, word):
    kit.kpis([Kpi("x", "1", change, good, "环比")])

    assert (f'class="{arrow}"' in html[0]) if arrow else "arrow" not in html[0]
    assert f"环比{word}</small>" in html[0]


@pytest.mark.parametrize("series", [[1, 1, 1], [0.0, 5.0], [3, -2, 9]])
def test_a_line_stays_in_its_box(series):
    points = re.findall(r"(-?[\d.]+),(-?[\d.]+)", unquote(kit.spark(series)).split("points=")[1])

    assert len(points) == len(series)
    assert all(0 <= float(x) <= 100 and 2 <= float(y) <= 28 for x, y in points)


def test_texts_of_both_languages_reach_the_page(monkeypatch):
    monkeypatch.setattr(kit.state, "lang", lambda: "en")

    assert kit.esc(Text("晴", "R&D")) == "R&amp;D"


def test_a_name_whose_letters_are_turned_round_is_shown_as_it_is_written():
    turned = "safe\u202evsc.exe"

    assert kit.esc(turned) == "safevsc.exe" and "\u202e" not in kit.md(turned)
