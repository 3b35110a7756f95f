"""Control totals: what a person says a file should come to, from the source's own report, beside what it comes to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from data.ingest import Checked, Option, Question
from data.ingest.cells import half_width
from data.text import Text

NAMES = {"rows": Text("行数", "Rows"), "qty": Text("数量", "Quantity"), "amount": Text("金额", "Amount")}
FINEST = {"rows": Decimal(1), "qty": Decimal("0.001"), "amount": Decimal("0.01")}  # finer digits are a sum's rounding
NUMBER = re.compile(r"[-+]?([0-9]{1,15}|[0-9]{1,3}(,[0-9]{3}){1,4})(\.[0-9]{1,10})?")
MINUS = "\u2212"
KEY = "control:"  # questions and answers on control totals have this before the total's name
ACCEPT = Option("accept", Text("差异已知，照样发布", "The difference is known: publish all the same"))
DIFFERS = Text("{name}是 {found}，应为 {said}：差 {difference}", "{name}: {found} instead of {said}, {difference}")
ABSENT = Text("应为 {said}，文件里没有可合计的{name}", "{name} should be {said}; the file has none to add up")
NO_NUMBER = Text("{name}应为“{typed}”：这不是数字", "{name} should be “{typed}”, which is not a number")


@dataclass(frozen=True, slots=True)
class Control:
    """One total as `typed`, as the number it is (None: it is none), and what the rows to load come to (None: no such
    total). All at the precision that was typed, amounts to the cent at most."""

    name: str
    typed: str
    said: Decimal | None
    found: Decimal | None

    @property
    def key(self) -> str:
        """The name of the question whether to publish all the same."""
        return KEY + self.name

    @property
    def agrees(self) -> bool:
        """Whether both are numbers and equal."""
        return self.said is not None and self.said == self.found

    @property
    def difference(self) -> Decimal | None:
        """What the file has more than it should (negative: less)."""
        return None if self.said is None or self.found is None else self.found - self.said

    @property
    def share(self) -> float | None:
        """The difference as a share of what it should be; None where that is nothing."""
        return float(self.difference / self.said) if self.difference is not None and self.said else None

    @property
    def more(self) -> str:
        """The difference as people read it: +1,200.50; empty where there is none to tell."""
        return "" if self.difference is None else f"{self.difference:+,}".replace("-", MINUS)

    @property
    def percent(self) -> str:
        """The share with two decimals; a difference is never shown as none."""
        if self.share is None:
            return ""
        shown = f"{self.share:+.2%}" if abs(self.share) >= 0.00005 else "<0.01%"
        return shown.replace("-", MINUS)

    @property
    def sentence(self) -> Text:
        """What is wrong with it."""
        name = NAMES[self.name]
        if self.said is None:
            return NO_NUMBER.fill(name=name, typed=self.typed)
        if self.difference is None:
            return ABSENT.fill(name=name, said=f"{self.said:,}")
        share = f" ({self.percent})" if self.percent else ""
        return DIFFERS.fill(name=name, found=f"{self.found:,}", said=f"{self.said:,}", difference=self.more + share)

    @property
    def question(self) -> Question:
        """Whether to publish all the same; a word that is no number leaves no choice but to correct it."""
        return Question(self.key, self.sentence, () if self.said is None else (ACCEPT,))


def compared(checked: Checked, typed: Mapping[str, str]) -> list[Control]:
    """Every total that was typed beside the file's own; `typed` is {rows | qty | amount: number}."""
    found = {"rows": Decimal(checked.rows_good), **checked.totals}
    return beside(typed, found)


def beside(typed: Mapping[str, str], found: Mapping[str, Decimal | None]) -> list[Control]:
    """Every total that was typed beside what was found; both are {rows | qty | amount: number}."""
    return [_control(name, typed[name], found.get(name)) for name in NAMES if typed.get(name, "").strip()]


def unsettled(checked: Checked, typed: Mapping[str, str], answers: Mapping[str, str]) -> list[Control]:
    """Those that differ and that nobody accepted; `answers` may have `control:<name>`."""
    wrong = [control for control in compared(checked, typed) if not control.agrees]
    return [one for one in wrong if one.said is None or answers.get(one.key) != ACCEPT.value]


def number(name: str, typed: str) -> Decimal | None:
    """What was typed, with or without commas between thousands; None when it is no number, or no whole one of rows."""
    bare = half_width(typed).lstrip("¥").replace(" ", "")
    said = Decimal(bare.replace(",", "")) if NUMBER.fullmatch(bare) else None
    return None if said is None or (name == "rows" and said % 1) else said


def kept(typed: Mapping[str, str]) -> dict[str, str]:
    """What goes into a receipt: the numbers, as decimal strings."""
    numbers = {name: number(name, text) for name, text in typed.items()}
    return {name: str(said) for name, said in numbers.items() if said is not None}


def _control(name: str, typed: str, found: Decimal | None) -> Control:
    said = number(name, typed)
    if said is None:
        return Control(name, typed, None, found)
    digits = said.as_tuple().exponent
    assert isinstance(digits, int)  # no infinity is a NUMBER
    step = max(FINEST[name], Decimal(1).scaleb(digits))
    at = (amount if amount is None else amount.quantize(step, ROUND_HALF_UP) for amount in (said, found))
    return Control(name, typed, *at)
