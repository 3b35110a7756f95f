"""What of a question's rows every contender must give: plain tuples in one order, compared to the cent."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import Any

from analytics.accounts import change, products, ranking
from analytics.barometer import growth, sales, years

CENT = 0.005  # CNY; half a cent either way is the same cent
EXACT = 1e-12  # relative; what adding up in binary doubles may lose on a sum of billions


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its figures: codes and days first, then amounts."""

    name: str
    question: ModuleType
    fields: tuple[str, ...]
    leaves_out: frozenset[int] = frozenset()  # months of the year that are asked by a rule which the peers do not have

    def of(self, rows: Iterable[Any]) -> list[tuple]:
        """The figures of our rows."""
        return [tuple(getattr(row, name) for name in self.fields) for row in rows]

    def alike(self, figures: Sequence[tuple]) -> list[tuple]:
        """The figures that everybody counts in the same way."""
        return [row for row in figures if not self.leaves_out or _day(row[0]).month not in self.leaves_out]


FESTIVE = frozenset({1, 4})  # January and February are one cell for us: no window of growth cuts between them

SIX = (
    Asked("sales", sales, ("month", "amount", "qty", "accounts", "alike", "before")),
    Asked("growth", growth, ("month", "account", "current", "before", "reported"), FESTIVE),
    Asked("years", years, ("year", "amount", "qty", "months", "accounts")),
    Asked(
        "ranking",
        ranking,
        ("account", "month_amount", "month_before", "year_amount", "rolling", "alike", "rolling_before", "total"),
    ),
    Asked("change", change, ("category", "current", "before")),
    Asked("products", products, ("sku", "rolling", "rolling_before", "qty")),
)


def differences(ours: Sequence[tuple], theirs: Sequence[tuple]) -> list[str]:
    """Where two sets of figures differ by a cent or more; the first few."""
    if len(ours) != len(theirs):
        return [f"{len(ours)} rows against {len(theirs)}"]
    pairs = zip(sorted(ours, key=_key), sorted(theirs, key=_key), strict=True)
    return [f"{a} against {b}" for a, b in pairs if not all(map(_same, a, b))][:3]


def hold(name: str, ours: Sequence[tuple], contenders: dict[str, Callable[[], Sequence[tuple]]]) -> None:
    """Stop the bench when somebody answers otherwise: a ratio of different answers means nothing."""
    for who, ask in contenders.items():
        if found := differences(ours, ask()):
            raise SystemExit(f"{name}: {who} gives other figures: {found}")


def _key(row: tuple) -> list[str]:
    return [str(_day(value)) for value in row if isinstance(_day(value), str | date)]


def _day(value: Any) -> Any:
    return value.date() if hasattr(value, "date") else value


def _same(a: Any, b: Any) -> bool:
    if _empty(a) or _empty(b):
        return _empty(a) and _empty(b)
    if isinstance(a, str | date | bool):
        return bool(_day(a) == _day(b))
    return abs(float(a) - float(b)) <= CENT + EXACT * abs(float(a))


def _empty(value: Any) -> bool:
    return value is None or value != value
