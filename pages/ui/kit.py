"""Small pieces of HTML. Whatever comes from data passes through `esc` (HTML) or `md` (Markdown labels)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import streamlit as st

from analytics.answer import Level
from analytics.charts.theme import BANDS, WORDS, band
from analytics.metrics import INDEX
from data.text import Text
from pages.ui import state

STATIC = Path(__file__).parent.parent / "static"
LOGO, MARK = "/app/static/logo.svg", "/app/static/mark.svg"  # as addresses: a file would go with every rerun, inlined
BETTER = Text("，好转", ", better")
WORSE = Text("，转差", ", worse")
ARROWS = {"+": "up", "-": "down", "\u2212": "down"}


TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def say(text: Text | str) -> str:
    """In the reader's language."""
    return text if isinstance(text, str) else text[state.lang()]


def esc(text: Text | str) -> str:
    """Safe in HTML, quotes included: the one gate between data and markup."""
    return escape(_straight(text), quote=True)


def md(text: Text | str) -> str:
    """Safe in a Markdown label of a widget: no links, images, colours, formulas or icons out of data."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|$:~<>&])", r"\\\1", _straight(text))


def _straight(text: Text | str) -> str:
    """What is said, without marks that turn letters round: a name could be shown as if it ended otherwise."""
    return TURNING.sub("", say(text))


def keep(text: Text | str) -> str:
    """Escaped; a line ends neither between a number and its Chinese neighbours nor between a minus and its currency."""
    glued = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\d¥])|(?<=[\d%]) (?=[\u4e00-\u9fff])", "\u00a0", esc(text))
    return glued.replace("−¥", "−\u2060¥")


def css() -> None:
    """The style sheet; first on every page."""
    st.html(STATIC / "app.css")


def chip(level: Level, text: Text | str = "") -> str:
    """A weather word on its colour, with its icon; `text` instead of the word."""
    return f'<span class="chip {level}"><i class="wx {level}"></i>{esc(text or WORDS[level])}</span>'


def label(level: Level, text: Text | str) -> str:
    """A word on a weather colour, without icon: for things that are no weather."""
    return f'<span class="chip plain {level}">{esc(text)}</span>'


# -- page head --------------------------------------------------------------------------------------------------------


def hero():
    """The panel every reading page opens with: two columns, sentence and action left, one verdict right."""
    return st.container(key="hero").columns([12, 8], gap="large", vertical_alignment="center")


def headline(eyebrow: Text | str, sentence: Text | str, action: Text | str = "") -> None:
    """What it is about, what was found, what to do."""
    do = f'<p class="do">{keep(action)}</p>' if say(action) else ""
    st.html(f'<div class="head"><p class="eyebrow">{esc(eyebrow)}</p><h1>{keep(sentence)}</h1>{do}</div>')


def doorway(title: Text, sentence: Text) -> None:
    """The sign-in page's only words."""
    st.html(f'<div class="door"><i class="dial"></i><h1>{esc(title)}</h1><p>{esc(sentence)}</p></div>')


def verdict(level: Level, big: Text | str, small: Text | str, note: Text | str, options: Sequence[Text] = ()) -> None:
    """The one saturated block of a page: a number with its word, or one of several `options`."""
    trio = "".join(f'<span class="{"on" if say(o) == say(big) else ""}">{esc(o)}</span>' for o in options)
    number = f'<div class="big">{esc(big)} <small>{esc(small)}</small><i class="wx {level}"></i></div>'
    body = f'<div class="trio">{trio}</div>' if options else number
    st.html(f'<div class="verdict {level}">{body}<p>{keep(note)}</p></div>')


def section(title: Text | str, sub: Text | str = "") -> None:
    """The finding, and below it what, unit, when."""
    st.html(f'<div class="sec"><h2>{keep(title)}</h2><p>{keep(sub)}</p></div>')


def note(text: Text | str) -> None:
    """One quiet sentence."""
    st.html(f'<p class="note">{keep(text)}</p>')


# -- the index strip --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on the index strip: what it is called, and where it stands on 0-100; None: there is none."""

    name: Text | str
    score: float | None


def barometer(now: Mark, before: Mark, plan: Mark) -> None:
    """The index of 0-100 on five bands: a pointer for now, a ring for before, a dashed line for the plan."""
    if now.score is None:
        raise ValueError("the barometer needs a score for now; show an empty state instead")
    level = band(now.score)
    marks = [(kind, m) for kind, m in (("now", now), ("prev", before), ("plan", plan)) if m.score is not None]
    shown = {kind: INDEX.show(m.score, state.lang()) for kind, m in marks}
    spoken = "; ".join(f"{esc(m.name)} {shown[kind]}" for kind, m in marks)
    bands = "".join(f'<span class="{b}"></span>' for b in BANDS)
    # drawn in reverse: the pointer lies above the ring, the ring above the line
    pins = "".join(
        f'<em class="{kind}" style="left:{min(100.0, max(0.0, m.score or 0.0)):.1f}%"></em>'
        for kind, m in reversed(marks)
    )
    words = "".join(
        f'<span class="{"on" if b == level else ""}"><i class="wx {b}"></i><b>{esc(WORDS[b])}</b></span>' for b in BANDS
    )
    key = "".join(f'<span><i class="k {kind}"></i>{keep(m.name)} {shown[kind]}</span>' for kind, m in marks)
    st.html(
        f'<div class="baro" role="img" aria-label="{spoken}"><div class="top"><div class="num">{shown["now"]}</div>'
        f'<div class="say"><b>{chip(level)}</b><span>{keep(now.name)}</span></div></div>'
        f'<div class="scale"><div class="segs">{bands}</div>{pins}</div>'
        f'<div class="labs">{words}</div><div class="key">{key}</div></div>'
    )


# -- the KPI strip ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kpi:
    """One number of the strip. `good`: is the change for the better (None: neither); `series` oldest first."""

    label: Text | str
    value: str
    change: str = ""
    good: bool | None = None
    against: Text | str = ""
    series: Sequence[float] = ()


def kpis(items: Sequence[Kpi]) -> None:
    """Up to five numbers with change, what it is against, and a line of the last months.

    Not st.metric: its line loads the Vega bundle, which needs eval, and it takes only an ASCII hyphen for a minus.
    """
    st.html('<div class="kpis">' + "".join(_kpi(item) for item in items) + "</div>")


def _kpi(item: Kpi) -> str:
    arrow = ARROWS.get(item.change[:1], "")
    tone = {True: "good", False: "bad", None: "even"}[item.good]
    # direction and judgement disagree: say it
    odd = WORSE if (arrow, item.good) == ("up", False) else BETTER if (arrow, item.good) == ("down", True) else None
    point = f'<i class="arrow {arrow}"></i>' if arrow else ""
    delta = f'<span class="delta {tone}">{point}{esc(item.change)}</span>' if item.change else ""
    against = esc(item.against) + (esc(odd) if odd else "")
    line = f'<i class="spark {tone}" style="--m:{spark(item.series)}"></i>' if len(item.series) > 1 else ""
    return (
        f'<div><span class="l">{keep(item.label)}</span><b>{keep(item.value)}</b>'
        f'<span class="d">{delta}<small>{against}</small></span>{line}</div>'
    )


def spark(series: Sequence[float]) -> str:
    """A line as a CSS mask, coloured by the style sheet; numbers only, so nothing of the data's text gets in."""
    values = [float(value) for value in series]
    low, span, step = min(values), max(values) - min(values), 100 / (len(values) - 1)
    heights = [28 - 26 * (value - low) / span if span else 15 for value in values]
    points = " ".join(f"{i * step:.1f},{height:.1f}" for i, height in enumerate(heights))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 30" preserveAspectRatio="none"><polyline fill="none" '
        'stroke="black" stroke-width="1.6" stroke-linejoin="round" vector-effect="non-scaling-stroke" '
        f'points="{points}"/></svg>'
    )
    return f"url(&quot;data:image/svg+xml,{quote(svg)}&quot;)"


# -- lists and states -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a ranked list: a chip (made by `chip` or `label`), who, what, how much, and by whom and when."""

    chip: str
    name: Text | str
    text: Text | str
    amount: str = ""
    owner: Text | str = ""


def ranked(lines: Sequence[Line], *, wide: bool = False) -> None:
    """What to do first, by money or severity."""
    body = "".join(
        f'<div><span class="w">{line.chip}</span>'
        f'<span><span class="a">{keep(line.name)}</span><span class="t">{keep(line.text)}</span></span>'
        f'<span class="m">{keep(line.amount)}<small>{keep(line.owner)}</small></span></div>'
        for line in lines
    )
    st.html(f'<div class="rank{" wide" if wide else ""}">{body}</div>')


def steps(names: Sequence[Text], current: int) -> None:
    """Where one stands in a sequence."""
    kinds = ["done" if i < current else "cur" if i == current else "" for i in range(len(names))]
    cells = "".join(f'<span class="{kind}"><b>{esc(name)}</b></span>' for kind, name in zip(kinds, names, strict=True))
    st.html(f'<div class="steps" role="list">{cells}</div>')


def facts(pairs: Sequence[tuple[Text | str, Text | str]]) -> None:
    """Names left, values right."""
    st.html('<div class="ev">' + "".join(f"<span>{keep(k)}</span><b>{keep(v)}</b>" for k, v in pairs) + "</div>")


def quoted(words: str, by: Text | str) -> None:
    """What somebody said, in their own words, and who."""
    st.html(f'<div class="quote">{esc(words)}<small>{keep(by)}</small></div>')


def legend(items: Sequence[tuple[str, Text | str]]) -> None:
    """Colour classes and what they mean."""
    st.html(
        '<div class="legend">' + "".join(f'<span><i class="sw {c}"></i>{esc(t)}</span>' for c, t in items) + "</div>"
    )


def empty(title: Text | str, why: Text | str, needs: Text | str = "") -> None:
    """What one would see here, and what is needed for it."""
    code = f"<code>{esc(needs)}</code>" if say(needs) else ""
    st.html(f'<div class="need"><h3>{esc(title)}</h3><p>{keep(why)}</p>{code}</div>')


def progress(share: float, text: Text | str) -> None:
    """How far a long piece of work has come."""
    done = min(100, max(0, round(share * 100)))
    st.html(
        f'<div class="work" role="progressbar" aria-valuenow="{done}" aria-valuemin="0" aria-valuemax="100">'
        f'<p>{keep(text)}</p><div><i style="width:{done}%"></i></div></div>'
    )


def pair(name: Text | str, example: str) -> None:
    """A column's name, and below it some of its cells."""
    st.html(f'<div class="pair"><b>{esc(name)}</b><small>{esc(example)}</small></div>')


def entry(chip: str, name: Text | str, kind: Text | str, facts: Sequence[Text]) -> None:
    """One published file: its state, its name and kind, and what is known of it."""
    told = "".join(f"<span>{keep(fact)}</span>" for fact in facts)
    st.html(f'<div class="entry">{chip}<div><b>{esc(name)}</b> <small>{esc(kind)}</small><p>{told}</p></div></div>')


# -- choosing ---------------------------------------------------------------------------------------------------------


def select(
    label: Text, options: Mapping[str, str], value: str, then: Callable[[str], None], key: str, **look: Any
) -> None:
    """A select box set to `value` ("": nothing yet); `then` is told what was chosen instead, before the next run."""
    key = state.widget(key, value if value in options else None)
    show, told = (lambda code: options.get(code, code)), (lambda: then(str(state.read(key) or "")))
    st.selectbox(md(label), list(options), format_func=show, key=key, on_change=told, **look)


def typed(label: Text, value: str, then: Callable[[str], None], key: str, **look: Any) -> None:
    """A line to type into; `then` is told what stands there, before the next run."""
    key = state.widget(key, value)
    st.text_input(md(label), key=key, on_change=lambda: then(str(state.read(key) or "").strip()), **look)


def segments(
    label: Text, options: Mapping[str, str], value: str, then: Callable[[str], None], key: str, **look: Any
) -> None:
    """A few choices side by side; "" is none of them."""
    key = state.widget(key, value or None)
    show, told = (lambda code: options.get(code, code)), (lambda: then(str(state.read(key) or "")))
    st.segmented_control(md(label), list(options), format_func=show, key=key, on_change=told, **look)
