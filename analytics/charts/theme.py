"""Colour tokens and the one layout of figures. Only this file and pages/static/app.css may contain a hex colour."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from analytics.answer import Level
from data.text import Lang, Text

FONT = "Archivo, PingFang SC, Microsoft YaHei UI, Noto Sans CJK SC, Source Han Sans SC, sans-serif"
Shade = Level | Literal["over"]  # a class of stock: the weather of too little, and too much
BANDS: tuple[Level, ...] = ("storm", "rain", "change", "fair", "vfair")  # 0-20-40-60-80-100
WORDS: dict[Level, Text] = {
    "storm": Text("暴雨", "Storm"),
    "rain": Text("雨", "Rain"),
    "change": Text("变", "Change"),
    "fair": Text("晴", "Fair"),
    "vfair": Text("大晴", "Very fair"),
}


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme's colours by role; hex strings."""

    bg: str
    panel: str
    ink: str
    ink2: str
    line: str
    prior: str
    storm: str
    rain: str
    change: str
    fair: str
    vfair: str
    over: str
    good: str
    bad: str

    def of(self, level: Shade) -> str:
        """The colour of a weather band, or of too much."""
        return getattr(self, level)


LIGHT = Tokens(
    bg="#FFFFFF", panel="#F1F5F8", ink="#12263A", ink2="#52647A", line="#D6DFE7", prior="#8497A9",
    storm="#A5371B", rain="#E08A2E", change="#E3D7BA", fair="#92BFE3", vfair="#1E5C99", over="#7C6194",
    good="#1E5C99", bad="#A5371B",
)  # fmt: skip
DARK = Tokens(
    bg="#0C1723", panel="#142435", ink="#E3EBF3", ink2="#A3B3C3", line="#283B4E", prior="#55687B",
    storm="#FF8A63", rain="#7E5514", change="#5F625F", fair="#2F6AA3", vfair="#8CC4F4", over="#C7A9E0",
    good="#8CC4F4", bad="#FF8A63",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """How a figure is to be drawn: in which language, on which theme."""

    lang: Lang
    dark: bool = False

    @property
    def t(self) -> Tokens:
        """The theme's colours."""
        return DARK if self.dark else LIGHT


def band(score: float) -> Level:
    """The weather band of an index of 0-100: five bands, each 20 wide, the lower edge belonging to the band.

    The index as it is shown decides, so that no 40 ever stands beside the word for 39.
    """
    return BANDS[min(4, max(0, int(shown(score) // 20)))]


def shown(score: float) -> float:
    """An index as it is shown: to a tenth of a point."""
    return round(score, 1)


def rgba(colour: str, alpha: float) -> str:
    """A token with an opacity."""
    r, g, b = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({r},{g},{b},{alpha})"


@cache
def on(ground: str, look: Look) -> str:
    """The colour of text on a ground: the theme's ink or its page, whichever stands out more (WCAG 2.2)."""
    light = _luminance(ground) + 0.05
    return max((look.t.ink, look.t.bg), key=lambda c: max(ratio := (_luminance(c) + 0.05) / light, 1 / ratio))


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def layout(look: Look, height: int, **more: object) -> dict[str, object]:
    """The house layout, to be given to `go.Figure(data, layout=...)` in one go; `more` adds to it, axes key by key.

    Written out instead of kept as a Plotly template, which is validated anew in every figure (a fifth of its cost).
    """
    base = _base(look.dark)
    axes = {name: {**AXIS, **_ink(look.dark), **more.pop(name, {})} for name in ("xaxis", "yaxis")}  # pyright: ignore
    return {**base, "height": height, **axes, **more}


AXIS: dict[str, object] = {
    "showgrid": False,
    "zeroline": False,
    "ticks": "",
    "automargin": True,
    "ticklabelstandoff": 5,
    "fixedrange": True,
}


@cache
def _ink(dark: bool) -> dict[str, object]:
    t = DARK if dark else LIGHT
    return {"linecolor": t.line, "tickfont": {"size": 12.5, "color": t.ink2}}


@cache
def _base(dark: bool) -> dict[str, object]:
    t = DARK if dark else LIGHT
    return {
        "template": "none",
        "font": {"family": FONT, "size": 13, "color": t.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 4, "r": 8, "t": 8, "b": 4},
        "showlegend": False,
        "separators": ".,",
        "hoverlabel": {"bgcolor": t.ink, "bordercolor": t.ink, "font": {"family": FONT, "size": 13, "color": t.bg}},
        "bargap": 0.35,
        "barcornerradius": 2,
    }
