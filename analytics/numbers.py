"""How numbers are spelled for people: 万/亿 and K/M, signs, percent. They stay numbers until they come here."""

from dataclasses import dataclass
from decimal import Decimal

from data.text import Lang, Text, same

MINUS = "\u2212"  # the typographic minus; st.metric and spreadsheets want the ASCII one and never see these strings
NONE = "–"  # missing is named, never zero
STEPS: dict[Lang, tuple[tuple[float, str], ...]] = {
    "zh": ((1e8, "亿"), (1e4, "万")),
    "en": ((1e9, "B"), (1e6, "M"), (1e3, "K")),
}
YUAN = Text("元", "¥")
PIECES = Text("{n} 件", "{n} pcs")
Number = int | float | Decimal
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit for a whole chart or column: its name in a caption, what one of it is, and how many decimals."""

    name: str
    size: float
    digits: int

    def show(self, value: Number | None) -> str:
        """The bare number in this unit, for a bar or a cell."""
        return NONE if value is None else plain(float(value) / self.size, self.digits)


def plain(value: Number | None, digits: int = 0) -> str:
    """1234.5 -> 1,234 or, with one digit, 1,234.5; a real minus sign; no minus on a rounded zero."""
    if value is None:
        return NONE
    text = f"{abs(float(value)):,.{digits}f}"
    return MINUS + text if float(value) < 0 and text.strip("0.,") else text


def short(value: Number | None, lang: Lang) -> str:
    """12_345_678 -> 1,235万 (zh), 12.3M (en): three significant digits."""
    if value is None:
        return NONE
    size = abs(float(value))
    for step, word in STEPS[lang]:
        if size >= step * 0.9995:  # 9,999.9 is shown as 1.00万, not as 10,000
            amount = size / step
            digits = 2 if amount < 9.995 else 1 if amount < 99.95 else 0
            return f"{MINUS if value < 0 else ''}{amount:,.{digits}f}{word}"
    return plain(value)


def money(value: Number | None, lang: Lang, currency: str = "¥") -> str:
    """A sum with its currency sign: ¥1.28亿, ¥128M, −¥60万."""
    text = short(value, lang)
    if value is None:
        return text
    return MINUS + currency + text[1:] if text.startswith(MINUS) else currency + text


def signed(value: Number | None, digits: int = 1, unit: str = "") -> str:
    """A variance: +1.2, −5.7, ±0.0."""
    if value is None:
        return NONE
    text = f"{abs(float(value)):,.{digits}f}"
    sign = "±" if not text.strip("0.,") else "+" if value > 0 else MINUS
    return f"{sign}{text}{unit}"


def percent(value: Number | None, digits: int = 1) -> str:
    """A share or ratio: 0.946 -> 94.6%."""
    return NONE if value is None else plain(float(value) * 100, digits) + "%"


def signed_percent(value: Number | None, digits: int = 1) -> str:
    """A relative change: −0.032 -> −3.2%."""
    return NONE if value is None else signed(float(value) * 100, digits, "%")


def pieces(value: Number | None) -> Text:
    """A quantity inside a sentence: 1,234 件, 1,234 pcs."""
    return same(NONE) if value is None else PIECES.fill(n=plain(value))


def unit_for(values: list[float], lang: Lang, word: Text = YUAN) -> Unit:
    """The one unit in which a chart prints bare numbers: 万元 or ¥M, by the largest of them.

    The widest unit in which the largest number still has more than one digit before the point, so that the bars at the
    short end of a ranking are not all 0.3; the first of the steps (亿, B) only from a hundred of it.
    """
    largest = max((abs(v) for v in values), default=0.0)
    for n, (step, name) in enumerate(STEPS[lang]):
        if largest >= step * (100 if n == 0 else 1):
            digits = 0 if largest >= 1000 * step else 1 if largest >= 10 * step else 2
            return Unit(name + word.zh if lang == "zh" else word.en + name, step, digits)
    return Unit(word[lang], 1.0, 0)


def pieces_for(values: list[float], lang: Lang) -> Unit:
    """The one unit in which a chart prints pieces: 件, 万件; pcs, K pcs."""
    found = unit_for(values, lang, Text("件", ""))
    return found if lang == "zh" else Unit(f"{found.name} pcs".strip(), found.size, found.digits)
