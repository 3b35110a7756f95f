"""Interleaved timing, and the table of ratios with its bars."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Of = Literal["ratio", "ours", "difference"]
HEADERS = ("what", "ours", "theirs", "", "ratio", "bar", "")
VERDICT = {True: "reached", False: "NOT REACHED", None: ""}


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the issue: on ours / theirs, on ours alone, or on ours minus theirs; at most or at least `limit`."""

    of: Of
    limit: float
    at_least: bool = False

    def holds(self, ours: float, theirs: float | None) -> bool | None:
        """Whether it is reached; None when the other side is missing."""
        if self.of != "ours" and theirs is None:
            return None
        value = ours if self.of == "ours" else ours / (theirs or 1) if self.of == "ratio" else ours - (theirs or 0)
        return value >= self.limit if self.at_least else value <= self.limit

    def __str__(self) -> str:
        sign, name = (">=" if self.at_least else "<="), {"ours": "", "ratio": "ratio ", "difference": "ours - theirs "}
        return f"{name[self.of]}{sign} {self.limit:g}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. `bars`: one of them is enough; `note` stands in place of numbers that cannot be had."""

    name: str
    ours: float | None
    theirs: float | None = None
    unit: str = "ms"
    against: str = ""
    bars: tuple[Bar, ...] = ()
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours over theirs."""
        return self.ours / self.theirs if self.ours is not None and self.theirs else None

    @property
    def reached(self) -> bool | None:
        """Whether one of the bars holds; None without bars or numbers."""
        found = [bar.holds(self.ours, self.theirs) for bar in self.bars] if self.ours is not None else []
        told = [one for one in found if one is not None]
        return any(told) if told else None

    def cells(self) -> tuple[str, ...]:
        """The line as text."""
        theirs = f"{_number(self.theirs)} {self.against}" if self.theirs is not None else self.against
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        bar = "; ".join(filter(None, (" or ".join(map(str, self.bars)), self.note)))
        return self.name, _number(self.ours), theirs, self.unit, ratio, bar, VERDICT[self.reached]

    def plain(self) -> dict[str, Any]:
        """The line as JSON."""
        return asdict(self) | {"bars": [str(bar) for bar in self.bars], "ratio": self.ratio, "reached": self.reached}


def at_most(limit: float, of: Of = "ratio") -> Bar:
    """A bar not to be exceeded."""
    return Bar(of, limit)


def at_least(limit: float, of: Of = "ratio") -> Bar:
    """A bar to be reached."""
    return Bar(of, limit, at_least=True)


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def rounds(contenders: Mapping[str, Callable[[], object]], count: int, warmups: int = 1) -> dict[str, list[float]]:
    """Milliseconds of each contender in each round; A B C, A B C, ..., so that all see the same machine."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(warmups + count):
        for name, run in contenders.items():
            gc.collect()  # nobody pays for another's garbage
            start = time.perf_counter()
            run()
            if turn >= warmups:
                taken[name].append((time.perf_counter() - start) * 1e3)
    return taken


def medians(taken: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """The median of each."""
    return {name: statistics.median(values) for name, values in taken.items()}


def printed(lines: Sequence[Line]) -> str:
    """The lines as an aligned table."""
    rows = [HEADERS, *(line.cells() for line in lines)]
    widths = [max(_width(row[n]) for row in rows) for n in range(len(HEADERS))]
    return "\n".join("  ".join(_padded(cell, w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def _width(cell: str) -> int:
    return sum(2 if ord(c) > 0x2E80 else 1 for c in cell)


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))
