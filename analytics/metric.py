"""What a figure is: how it is called, counted, spelled and judged."""

from dataclasses import dataclass
from typing import Literal

from analytics import numbers
from analytics.numbers import Number
from data.text import Lang, Text

Unit = Literal["CNY", "pcs", "ratio", "change", "points", "index", "days", "months", "accounts", "count", "number"]
Better = Literal["up", "down", "neither"]


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure. `unit` decides how it is spelled, `better` what is good; `source` names table and method."""

    id: str
    name: Text
    unit: Unit
    decimals: int
    better: Better
    meaning: Text
    source: str

    def show(self, value: Number | None, lang: Lang) -> str:
        """The value as people read it; a missing one is a dash, never zero."""
        if value is None:
            return numbers.NONE
        match self.unit:
            case "CNY":
                return numbers.money(value, lang)
            case "ratio":
                return numbers.percent(value, self.decimals)
            case "change":
                return numbers.signed_percent(value, self.decimals)
            case "points":
                return numbers.signed(value, self.decimals, POINTS[lang])
            case "pcs":
                return numbers.short(value, lang)
            case "days":
                return numbers.plain(value, self.decimals) + DAYS[lang]
            case "months":
                return numbers.plain(value, self.decimals) + MONTHS[lang]
            case "index" | "accounts" | "count" | "number":
                return numbers.plain(value, self.decimals)

    def text(self, value: Number | None) -> Text:
        """The value inside a sentence."""
        return Text(self.show(value, "zh"), self.show(value, "en"))

    def good(self, change: float) -> bool | None:
        """Whether a change of this size is good news; `None` when neither direction is."""
        if self.better == "neither" or change == 0:
            return None
        return (change > 0) == (self.better == "up")


POINTS = Text(" 点", " pts")
DAYS = Text(" 天", " days")
MONTHS = Text(" 个月", " months")
